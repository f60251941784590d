"""Exporting: what a page shows, as a workbook."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.portal.domain.cases import day_text
from services.portal.domain.ledger import Filters, filter_says
from services.portal.figures_page import narrowed, statistics_of
from services.portal.ledger_page import Asked, question_of
from services.portal.papers.listings import (
    ledger_sheet,
    promise_sheet,
    statistics_sheets,
)
from services.portal.papers.refusals import TooMuchToExport
from services.portal.papers.sheets import Sheet, workbook
from services.portal.printing import handed_out, in_the_press
from services.portal.store import ledger, overview, promises
from services.portal.store.rows import Row
from services.portal.viewing import View, Viewing

router = APIRouter(include_in_schema=False)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 100_000
AT_ONCE = 2_000

Year = Annotated[int | None, Query(ge=1949, le=9999)]


@router.get("/ledger.xlsx")
async def ledger_workbook(view: Viewing, filters: Asked) -> Response:
    """导出台账：与页面的筛选条件、列和顺序完全一致。"""
    filters = filters.from_the_start
    rows = await _rows(view, filters)
    said = [filter_says(name, value, unit=view.label) for name, value in filters.chosen.items()]
    sheet = ledger_sheet(
        rows,
        columns=filters.columns,
        names=view.label,
        light=lambda duty: view.lamp.of(duty).word,
        above=("提案台账", f"筛选：{'；'.join(said) or '无'}", f"{_as_of(view)}，共{len(rows)}件"),
    )
    return await _as_workbook(view, [sheet], title="提案台账")


async def _rows(view: View, filters: Filters) -> list[Row]:
    """Everything that the filters leave, in the order asked.

    Raises:
        TooMuchToExport: nobody reads so many in a sheet.
    """
    found: list[Row] = []
    beyond = filters
    while True:
        rows = await ledger.rows(view.tx, question_of(view, beyond), limit=AT_ONCE)
        found += rows
        if len(found) > MOST:
            raise TooMuchToExport(most=MOST)
        if len(rows) < AT_ONCE:
            return found
        beyond = filters.beyond(after=rows[-1]["proposal_id"])


@router.get("/statistics.xlsx")
async def statistics_workbook(view: Viewing, filters: Asked) -> Response:
    """导出统计：统计页的全部数字，每张表写明统计口径。"""
    years = await overview.years(view.tx)
    asked = narrowed(filters, year=years[0] if years else view.today.year)
    found = await statistics_of(view, asked)
    said = [filter_says(name, value, unit=view.label) for name, value in asked.chosen.items()]
    sheets = statistics_sheets(
        states=found.states,
        categories=found.categories,
        roles=found.roles,
        units=[(view.name(row["unit"]), row) for row in found.units],
        districts=[(one.name, one.row) for one in found.districts],
        classes=found.classes,
        ratings=found.ratings,
        months=found.months,
        above=(
            f"{asked.year}年政协提案办理统计",
            f"范围：{'；'.join(said)}",
            _as_of(view),
        ),
    )
    return await _as_workbook(view, sheets, title=f"{asked.year}年提案办理统计")


@router.get("/promises.xlsx")
async def promises_workbook(view: Viewing, year: Year = None, unit: str = "") -> Response:
    """导出承诺清单：答复中承诺的事项，期限早的在前。"""
    years = await overview.years(view.tx)
    shown = year or (years[0] if years else view.today.year)
    code = view.known.unit(unit).code if unit.strip() else ""
    rows = await promises.listed(
        view.tx,
        year=shown,
        unit=code,
        seen=view.seen,
        limit=MOST + 1,
    )
    if len(rows) > MOST:
        raise TooMuchToExport(most=MOST)
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
    return view.lamp.of(
        {"kind": "promise", "due_on": promise["due_on"], "done_on": promise["kept_on"]}
    ).word


def _as_of(view: View) -> str:
    return f"截至{day_text(view.today)}"


async def _as_workbook(view: View, sheets: Sequence[Sheet], *, title: str) -> Response:
    made = await in_the_press(lambda: workbook(sheets, title=title, on=view.today))
    return handed_out(made, name=f"{title}.xlsx", kind=XLSX)
