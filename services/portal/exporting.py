"""Exporting: what a page shows, as a workbook."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.portal.domain.cases import day_text
from services.portal.domain.ledger import LAST_PAGE, PAGE_SIZE, Filters, by_proposal, filter_says
from services.portal.domain.overview import months_of, ratings_of
from services.portal.papers.listings import (
    SHOWN,
    ledger_sheet,
    promise_sheet,
    statistics_sheets,
)
from services.portal.papers.refusals import TooMuchToExport
from services.portal.papers.sheets import Sheet, workbook
from services.portal.printing import handed_out, in_the_press
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.store import ledger, overview, promises
from services.portal.store.rows import Row
from services.portal.viewing import View, Viewing
from shared.policy import sight_of

router = APIRouter(include_in_schema=False)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = LAST_PAGE * PAGE_SIZE
MOST_PROMISES = 100_000

Year = Annotated[int | None, Query(ge=1949, le=9999)]


@router.get("/ledger.xlsx")
async def ledger_workbook(
    view: Viewing,
    year: str = "",
    unit: str = "",
    role: str = "",
    light: str = "",
    state: str = "",
    category: str = "",
    kind: str = "",
    key: str = "",
    origin: str = "",
    q: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """导出台账：与页面的筛选条件、列和顺序完全一致。"""
    filters = Filters(
        year=year.strip(),
        unit=view.known.unit(unit).code if unit.strip() else "",
        role=role,
        light=light,
        state=state,
        category=category,
        kind=kind,
        key=key,
        origin=origin,
        q=" ".join(q.split()),
    ).checked()
    rows = await _rows(view, filters)
    said = [filter_says(name, value, unit=view.label) for name, value in filters.chosen.items()]
    sheet = ledger_sheet(
        rows,
        columns=SHOWN,
        names=view.label,
        light=lambda duty: view.lamp.of(duty).word,
        above=("提案台账", f"筛选：{'；'.join(said) or '无'}", f"{_as_of(view)}，共{len(rows)}件"),
    )
    return await _as_workbook(view, [sheet], title="提案台账")


async def _rows(view: View, filters: Filters) -> list[Row]:
    """Everything that the filters leave, as the ledger shows it, page by page.

    Raises:
        TooMuchToExport: the ledger itself does not show so many.
    """
    lamp = view.lamp
    found: list[Row] = []
    for nth in range(1, LAST_PAGE + 1):
        page = filters.on_page(nth)
        rows, count = await ledger.page(view.tx, page, today=lamp.today, near=lamp.near_on)
        if count > MOST:
            raise TooMuchToExport(most=MOST)
        homes = {row["proposal_id"]: row["merged_into"] or row["proposal_id"] for row in rows}
        hands = by_proposal(await ledger.handlers(view.tx, set(homes.values())))
        duties = await ledger.next_duties(view.tx, list(homes), unit=filters.unit)
        found += [
            {
                **row,
                "handlers": hands[homes[row["proposal_id"]]],
                "duty": duties.get(row["proposal_id"]),
            }
            for row in rows
        ]
        if nth * PAGE_SIZE >= count:
            break
    return found


@router.get("/statistics.xlsx")
async def statistics_workbook(view: Viewing, year: Year = None) -> Response:
    """导出统计：总览页的数字，每张表写明统计口径。"""
    years = await overview.years(view.tx)
    shown = year or (years[0] if years else view.today.year)
    lamp = view.lamp
    sheets = statistics_sheets(
        units=await overview.units_in_numbers(
            view.tx, year=shown, today=lamp.today, near=lamp.near_on
        ),
        states=await overview.states(view.tx, year=shown),
        classes=await overview.classes(view.tx, year=shown),
        ratings=ratings_of(await overview.ratings_of_year(view.tx, year=shown)),
        months=months_of(await overview.months(view.tx, year=shown)),
        names=view.name,
        above=(f"{shown}年政协提案办理统计", _as_of(view)),
    )
    return await _as_workbook(view, sheets, title=f"{shown}年提案办理统计")


@router.get("/promises.xlsx")
async def promises_workbook(view: Viewing, year: Year = None, unit: str = "") -> Response:
    """导出承诺清单：答复中承诺的事项，期限早的在前。"""
    if view.caller is None:
        raise SignInFirst
    years = await overview.years(view.tx)
    shown = year or (years[0] if years else view.today.year)
    code = view.known.unit(unit).code if unit.strip() else ""
    rows = await promises.listed(
        view.tx,
        year=shown,
        unit=code,
        sight=sight_of(view.caller, view.known),
        caller=view.caller,
        limit=MOST_PROMISES + 1,
    )
    if len(rows) > MOST_PROMISES:
        raise TooMuchToExport(most=MOST_PROMISES)
    whose = f"，{view.name(code)}" if code else ""
    sheet = promise_sheet(
        rows,
        names=view.name,
        light=partial(_light_of_promise, view),
        above=(f"{shown}年提案答复承诺事项清单{whose}", f"{_as_of(view)}，共{len(rows)}项"),
    )
    return await _as_workbook(view, [sheet], title=f"{shown}年答复承诺事项清单")


def _light_of_promise(view: View, promise: Row) -> str:
    """Nobody waits any more for what was found broken or fell with its reply."""
    if promise["state"] in ("broken", "void"):
        return ""
    return view.lamp.of({"due_on": promise["due_on"], "done_on": promise["kept_on"]}).word


def _as_of(view: View) -> str:
    return f"截至{day_text(view.today)}"


async def _as_workbook(view: View, sheets: Sequence[Sheet], *, title: str) -> Response:
    made = await in_the_press(lambda: workbook(sheets, title=title, on=view.today))
    return handed_out(made, name=f"{title}.xlsx", kind=XLSX)
