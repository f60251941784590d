"""Lists: who waits for what, as far as the reader may see; each in pages."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from services.reply import store
from services.reply.views import (
    ConversionView,
    CountersignRow,
    DenialRow,
    DisagreementRow,
    DisclosureRow,
    DraftRow,
    LetterRow,
    LookBackRow,
    MeetingRow,
    OpinionRow,
    PromiseRow,
    RateRow,
)
from shared.contracts.event import UnitCode
from shared.web import Reading

router = APIRouter()


async def _lists(
    look: Reading,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> store.Lists:
    return store.Lists(look.tx, look.sight, caller=look.caller, limit=limit, offset=offset)


Lists = Annotated[store.Lists, Depends(_lists)]


@router.get("/letters")
async def letters(
    lists: Lists,
    unit: UnitCode | None = None,
    result_class: str | None = None,
    unchecked: bool = False,
) -> list[LetterRow]:
    """发出的答复，新的在前；可以只看交办机关尚未审核的。"""
    return await lists.letters(unit=unit, result_class=result_class, unchecked=unchecked)


@router.get("/drafts")
async def drafts(
    lists: Lists,
    waits_for: Literal["draft", "check", "countersign", "issue"] | None = None,
) -> list[DraftRow]:
    """在办的稿件和各自等待的一步：重拟、审签、会签或签发。"""
    return await lists.drafts(waits_for=waits_for)


@router.get("/to-countersign")
async def to_countersign(lists: Lists) -> list[CountersignRow]:
    """等待会签的稿件。"""
    return await lists.to_countersign()


@router.get("/opinions")
async def opinions(
    lists: Lists,
    look: Reading,
    state: Literal["due", "missing", "late", "given", "withdrawn"] | None = None,
) -> list[OpinionRow]:
    """会办意见：待提、逾期未提、迟提、撤回的，主办单位和交办机关都可以看到。"""
    return await lists.opinions(state=state, today=look.today)


@router.get("/denials")
async def denials(lists: Lists) -> list[DenialRow]:
    """提案人否认的沟通。"""
    return await lists.denials()


@router.get("/disagreements")
async def disagreements(
    lists: Lists, level: Literal["heads", "office", "leader"] | None = None
) -> list[DisagreementRow]:
    """尚未解决的意见分歧。"""
    return await lists.disagreements(level=level)


@router.get("/to-rate")
async def to_rate(lists: Lists) -> list[RateRow]:
    """尚未截止评价的答复，和还没有评价的提案人。"""
    return await lists.to_rate()


@router.get("/meetings")
async def meetings(lists: Lists) -> list[MeetingRow]:
    """需要组织的面商。"""
    return await lists.meetings()


@router.get("/disclosures")
async def disclosures(
    lists: Lists, waits_for: Literal["attribute", "decision", "release"] | None = None
) -> list[DisclosureRow]:
    """公开：等待拟定属性、审定或公开的文书。"""
    return await lists.disclosures(waits_for=waits_for)


@router.get("/promises")
async def promises(
    lists: Lists,
    unit: UnitCode | None = None,
    state: Literal["open", "reported", "change_asked", "kept", "broken", "void"] | None = None,
    due_before: date | None = None,
) -> list[PromiseRow]:
    """承诺事项，先到期的在前。"""
    return await lists.promises(unit=unit, state=state, due_before=due_before)


@router.get("/look-backs/{year}")
async def look_back(lists: Lists, year: int) -> list[LookBackRow]:
    """一年回头看的事项，还没有登记结果的在前。"""
    return await lists.look_back(year)


@router.get("/conversion")
async def conversion(
    lists: Lists,
    by: Literal["unit", "year", "category"] = "unit",
    year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
) -> ConversionView:
    """成果转化率：按单位、年度或类别，附计算规则。"""
    return await lists.conversion(year=year, by=by)
