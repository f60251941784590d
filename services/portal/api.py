"""The report for programs, and as a text to work on."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic_core import to_jsonable_python

from services.portal.domain.period import Period, PeriodMissing
from services.portal.reporting import PeriodAsked, report_of
from services.portal.templating import draw
from services.portal.viewing import Viewing

router = APIRouter(tags=["portal"])

Unit = Annotated[str, Query(description="单位编码、全称、规范简称或别名")]


def _named(period: Period | None) -> Period:
    if period is None:
        raise PeriodMissing
    return period


@router.get("/report.json", response_class=JSONResponse)
async def report_json(view: Viewing, unit: Unit, period: PeriodAsked) -> JSONResponse:
    """总体情况的全部数字和文字；``counting_rules`` 逐项说明统计口径。"""
    report = await report_of(view, unit, period=_named(period))
    return JSONResponse(to_jsonable_python(report.as_json()))


@router.get("/report.md", response_class=PlainTextResponse)
async def report_markdown(view: Viewing, unit: Unit, period: PeriodAsked) -> PlainTextResponse:
    """总体情况，Markdown文本。"""
    report = await report_of(view, unit, period=_named(period))
    text = draw("report.md", {"report": report, "rules": report.rules})
    return PlainTextResponse(text, media_type="text/markdown; charset=utf-8")
