"""The desk by keyboard: from row to row, everything one can go to; several at once; on a phone."""

from playwright.async_api import Page, expect

from tests.browser.conftest import Visitor

FOCUSED = "document.activeElement.textContent.trim()"


async def desk(visitor: Visitor) -> Page:
    return await visitor.opens("/desk")


async def test_one_goes_from_row_to_row_and_acts(visitor: Visitor) -> None:
    page = await desk(visitor)

    await page.keyboard.press("j")
    first = await page.evaluate(FOCUSED)
    await page.keyboard.press("j")
    second = await page.evaluate(FOCUSED)
    await page.keyboard.press("k")

    assert first != second
    assert await page.evaluate(FOCUSED) == first
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/do/**")
    assert visitor.complaints == []


async def test_the_proposal_of_a_row_opens(visitor: Visitor) -> None:
    page = await desk(visitor)

    await page.keyboard.press("j")
    await page.keyboard.press("o")

    await page.wait_for_url("**/proposals/**")


async def test_everything_one_can_go_to_is_found_by_its_words(visitor: Visitor) -> None:
    page = await desk(visitor)

    await page.keyboard.press("Control+k")
    await page.keyboard.type("登记簿")
    await visitor.keeps("palette-desk")
    assert await visitor.violations() == []
    await page.keyboard.press("Enter")

    await page.wait_for_url("**/rooms/register")


async def test_other_words_are_looked_for_in_the_ledger(visitor: Visitor) -> None:
    page = await desk(visitor)

    await page.keyboard.press("/")
    await page.keyboard.type("幼儿园")
    await page.get_by_role("link", name="在台账中查找").click()

    await expect(page.locator("#found-says")).to_have_text("2件")


async def test_keys_are_explained_and_can_be_switched_off(visitor: Visitor) -> None:
    page = await desk(visitor)

    await page.keyboard.press("?")
    await expect(page.locator("dialog dl")).to_be_visible()
    await visitor.keeps("keys-desk")
    assert await visitor.violations() == []
    await page.get_by_role("button", name="停用单键快捷键").click()
    await page.keyboard.press("j")

    # The focus leaves a dialog that was closed only when the page is drawn anew.
    await page.wait_for_function("document.activeElement === document.body")
    await page.keyboard.press("?")
    await page.get_by_role("button", name="启用单键快捷键").click()
    await page.keyboard.press("j")
    assert not await page.evaluate("document.activeElement === document.body")


async def test_a_key_that_is_written_is_no_command(visitor: Visitor) -> None:
    page = await desk(visitor)

    await page.fill("#find", "")
    await page.type("#find", "jk?/")

    assert await page.input_value("#find") == "jk?/"
    assert await page.locator("dialog").count() == 0


async def test_a_leader_finds_on_the_phone_what_to_decide_first(leader: Visitor) -> None:
    page = await leader.opens("/desk")
    await page.get_by_role("button", name="知道了，不再显示").click()
    await page.wait_for_load_state("networkidle")

    await leader.keeps("leader-phone")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    assert await leader.violations() == []
    titles = [title.split()[0] for title in await page.locator("section h2").all_inner_texts()]
    assert titles == ["待协调事项", "红灯", "重点提案"]
    decide = page.locator("section .act").first
    assert "作出协调决定" in await decide.inner_text()
    box = await decide.bounding_box()
    assert box is not None
    assert box["height"] >= 32
    await page.get_by_role("link", name="红灯").click()
    assert page.url.endswith("#pile-red")


async def test_the_desk_is_for_reading_and_acting_without_script_too(scriptless: Visitor) -> None:
    page = await scriptless.opens("/desk")

    await page.locator(".row-act .act").first.click()

    await page.wait_for_url("**/do/**")


async def test_rooms_are_dressed_and_led_to(visitor: Visitor) -> None:
    page = await desk(visitor)

    await page.get_by_role("link", name="消息与订阅").click()

    await page.wait_for_url("**/rooms/notices")
    await visitor.keeps("notices-desk")
    assert await visitor.violations() == []
    assert await page.locator(".elsewhere a[aria-current]").inner_text() == "消息与订阅"
