"""Every part of the pages, photographed: at a desk, on a phone, on paper, in other colours."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PHONE, Visitor

ALL = "/dev/components"


async def test_the_parts_at_a_desk_and_on_a_phone(visitor: Visitor) -> None:
    page = await visitor.opens(ALL)
    await visitor.keeps("components-desk")
    assert await visitor.violations() == []

    await page.set_viewport_size({"width": PHONE, "height": 844})
    await visitor.keeps("components-phone")
    assert await visitor.violations() == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert visitor.complaints == []


async def test_the_parts_on_paper(visitor: Visitor) -> None:
    page = await visitor.opens(ALL)
    await page.emulate_media(media="print")

    await visitor.keeps("components-print")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_parts_in_the_colours_of_the_system(visitor: Visitor, scheme: str) -> None:
    page = visitor.page
    await page.emulate_media(
        forced_colors="active", color_scheme="dark" if scheme == "dark" else "light"
    )
    await visitor.opens(ALL)
    await visitor.keeps(f"components-forced-{scheme}")

    # Without their colours, lights are told by their shapes and words.
    shapes = page.locator("section[aria-labelledby=c-lights] > p").first.locator(".light")
    drawn = [await one.locator("svg").inner_html() for one in await shapes.all()]
    words = await shapes.all_inner_texts()
    assert len(set(words)) == len(words)
    assert len(set(drawn)) >= len(drawn) - 1, "only what counts no more shares its dash"


async def test_the_parts_with_more_contrast(visitor: Visitor) -> None:
    await visitor.page.emulate_media(contrast="more")
    await visitor.opens(ALL)

    await visitor.keeps("components-contrast")
    assert await visitor.violations() == []


async def test_nothing_moves_for_who_wants_stillness(visitor: Visitor) -> None:
    await visitor.page.emulate_media(reduced_motion="reduce")
    page = await visitor.opens(ALL)

    moving = await page.evaluate(
        "getComputedStyle(document.querySelector('.busy'), '::before').animationName"
    )
    assert moving == "none"


async def test_hints_go_without_script_when_they_were_read(scriptless: Visitor) -> None:
    page = await scriptless.opens("/desk")
    await expect(page.get_by_role("heading", name="第一次来？")).to_be_visible()

    await page.get_by_role("button", name="知道了，不再显示").click()

    await expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    await expect(page.get_by_role("heading", name="第一次来？")).to_have_count(0)


async def test_the_words_of_a_page_are_explained_on_it(visitor: Visitor) -> None:
    page = await visitor.opens("/desk")
    words = page.locator(".words-here")
    assert not await words.get_by_text("交办机关把提案交给单位办理").is_visible()

    await words.locator("summary").press("Enter")

    await expect(words.get_by_text("交办机关把提案交给单位办理")).to_be_visible()
    await visitor.keeps("words-desk")
    assert await visitor.violations() == []
