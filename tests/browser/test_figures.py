"""The figures: a bar leads where the figure beside it leads, with patterns and without script."""

import re

from tests.browser.conftest import Visitor

TILE = ".tile-map li"


async def test_a_bar_leads_to_the_ledger_as_its_figure_does(visitor: Visitor) -> None:
    page = await visitor.opens("/figures?year=2024")
    figure = page.locator("#units-table tbody tr").first.locator("td:nth-of-type(4) a")
    leads = await figure.get_attribute("href")
    count = await figure.inner_text()
    drawn = page.locator("[data-from=units-table] svg")
    await drawn.scroll_into_view_if_needed()
    chart = await drawn.bounding_box()
    assert chart is not None

    # The first unit's bar begins at the left, in the first of as many rows as there are units.
    rows = await page.locator("#units-table tbody tr").count()
    height = (chart["height"] - 60) / rows
    await page.mouse.click(chart["x"] + 150, chart["y"] + 34 + height / 2)
    await page.wait_for_url(re.compile("/ledger"))

    assert page.url.endswith(leads or "-")
    assert (await page.inner_text("#found-says")).startswith(f"{count}件")
    assert visitor.complaints == []


async def test_bars_are_told_apart_by_patterns_too(visitor: Visitor) -> None:
    page = await visitor.opens("/figures?year=2024")

    assert await page.locator("[data-chart] svg pattern").count() > 0


async def test_no_axe_violation(visitor: Visitor) -> None:
    await visitor.opens("/figures?year=2024")

    assert await visitor.violations() == []


async def test_the_map_keeps_its_places_on_a_phone(caller: Visitor) -> None:
    page = await caller.opens("/figures?year=2024")

    box = await page.locator(TILE).first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
