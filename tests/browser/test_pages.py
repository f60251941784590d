"""Every page at the desk and on the phone: complete, quiet, kept as a picture."""

import pytest

from tests.browser.conftest import Visitor
from tests.browser.office import LATE, MEMBER, WHOLE

PAGES = {
    "overview": "/",
    "figures": "/figures?year=2024",
    "units": "/units",
    "worklist": "/units/D07",
    "worklist-office": "/units/C007",
    "ledger": "/ledger?year=2024",
    "ledger-empty": "/ledger?q=%E6%97%A0%E6%AD%A4%E6%A1%88",
    "proposal": f"/proposals/{WHOLE.proposal_id}",
    "proposal-late": f"/proposals/{LATE.proposal_id}",
    "proposal-merged": f"/proposals/{MEMBER.proposal_id}",
    "report-choice": "/report",
    "report": "/report?unit=D07&year=2024",
    "manual": "/manual",
    "manual-unit": "/manual/unit",
    "manual-words": "/manual/words",
}
pages = pytest.mark.parametrize("name", PAGES)


@pages
async def test_a_page_at_the_desk(visitor: Visitor, name: str) -> None:
    page = await visitor.opens(PAGES[name])

    await visitor.keeps(f"{name}-desk")
    assert await page.locator("h1").count() == 1
    assert await page.locator("main table:not(:has(caption))").count() == 0
    assert visitor.complaints == []


@pages
async def test_a_page_on_the_phone_needs_no_sideways_scrolling(caller: Visitor, name: str) -> None:
    page = await caller.opens(PAGES[name])

    await caller.keeps(f"{name}-phone")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    assert caller.complaints == []


@pages
async def test_a_page_on_paper(visitor: Visitor, name: str) -> None:
    page = await visitor.opens(PAGES[name])
    await page.emulate_media(media="print")

    await visitor.keeps(f"{name}-print")
    assert not await page.locator("#nav").is_visible()
    assert await page.locator("h1").is_visible()


async def test_a_page_that_is_not_there(visitor: Visitor) -> None:
    response = await visitor.page.goto(visitor.address + "/proposals/none")

    assert response is not None
    assert response.status == 404
    await visitor.keeps("not-found-desk")
    assert "没有找到提案" in await visitor.page.inner_text("main")
