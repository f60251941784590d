"""What a visitor can do on the pages, by mouse, by keyboard, and without script."""

from playwright.async_api import expect

from tests.browser.conftest import Visitor
from tests.browser.office import WHOLE


async def test_a_filter_narrows_the_ledger_in_place_and_in_the_address(visitor: Visitor) -> None:
    page = await visitor.opens("/ledger")
    await page.evaluate("window.stayed = true")

    await page.select_option("#f-light", "red")

    await expect(page.locator("#found-says")).to_have_text("4件")
    assert page.url.endswith("/ledger?light=red")
    assert await page.evaluate("window.stayed") is True, "the page itself was not loaded again"
    assert visitor.complaints == []


async def test_the_address_brings_the_same_view_to_a_colleague(visitor: Visitor) -> None:
    page = await visitor.opens("/ledger?light=red")

    assert await page.input_value("#f-light") == "red"
    await expect(page.locator("#found-says")).to_have_text("4件")


async def test_going_back_brings_back_the_view_before(visitor: Visitor) -> None:
    page = await visitor.opens("/ledger")
    await page.select_option("#f-light", "red")
    await expect(page.locator("#found-says")).to_have_text("4件")

    await page.go_back()

    await expect(page.locator("#found-says")).to_have_text("7件")


async def test_a_chosen_filter_is_taken_back_by_its_chip(visitor: Visitor) -> None:
    page = await visitor.opens("/ledger?light=red&year=2024")

    await page.click("text=已逾期 ×")

    await expect(page.locator("#found-says")).to_have_text("7件")
    assert page.url.endswith("/ledger?year=2024")


async def test_the_ledger_filters_without_script(scriptless: Visitor) -> None:
    page = await scriptless.opens("/ledger")

    await page.select_option("#f-light", "red")
    await page.get_by_role("button", name="筛选").click()

    await expect(page.locator("#found-says")).to_have_text("4件")
    assert page.url.endswith("/ledger?light=red")


async def test_the_menu_is_open_where_no_script_could_open_it(scriptless: Visitor) -> None:
    page = await scriptless.opens("/")

    assert await page.locator("#nav").is_visible()
    assert not await page.locator(".chart").first.is_visible()
    await (
        page.locator("#months-table").locator("xpath=ancestor::details").locator("summary").click()
    )
    assert await page.locator("#months-table").is_visible()


async def test_the_search_box_finds_by_title(visitor: Visitor) -> None:
    page = await visitor.opens("/")

    await page.fill("#find", "幼儿园")
    await page.press("#find", "Enter")

    await expect(page.locator("#found-says")).to_have_text("2件")


async def test_every_chart_is_drawn_and_has_its_table(visitor: Visitor) -> None:
    page = await visitor.opens("/figures?year=2024")
    charts = page.locator("[data-chart]")

    assert await charts.count() > 4
    for chart in await charts.all():
        assert await chart.locator("svg").count() == 1
        twin = await chart.get_attribute("data-from")
        assert await page.locator(f"table#{twin} tbody tr").count() > 0


async def test_a_due_date_is_explained_when_asked(visitor: Visitor) -> None:
    page = await visitor.opens(f"/proposals/{WHOLE.proposal_id}")
    explained = page.locator("details.why").first
    assert not await explained.locator("ol").is_visible()

    await explained.locator("summary").click()

    assert await explained.locator("ol").is_visible()
    assert "规则" in await explained.inner_text()


async def test_large_print_stays_large(visitor: Visitor) -> None:
    page = await visitor.opens("/")
    before = await page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")

    await page.click("text=大字")
    await visitor.opens("/units")

    after = await page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert after > before
    assert await page.get_attribute(".enlarge", "aria-pressed") == "true"
    await visitor.keeps("units-large")


async def test_on_the_phone_the_menu_opens(caller: Visitor) -> None:
    page = await caller.opens("/")
    assert not await page.locator("#nav").is_visible()

    await page.click(".menu")

    assert await page.locator("#nav").is_visible()
    assert await page.get_attribute(".menu", "aria-expanded") == "true"


async def test_the_keyboard_reaches_the_text_first(visitor: Visitor) -> None:
    page = await visitor.opens("/")

    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "跳到正文"
    await page.keyboard.press("Enter")

    assert await page.evaluate("document.activeElement.id") == "main"


async def test_no_light_is_told_by_colour_alone(visitor: Visitor) -> None:
    page = await visitor.opens("/units/D07")

    for light in await page.locator(".light").all():
        assert (await light.inner_text()).strip()
        assert await light.locator("svg").count() == 1
