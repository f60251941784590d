"""Reporting: the facts of a period, of one unit or of the whole city, brought together and written
up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query

from services.portal.domain.cases import Case
from services.portal.domain.figures import COUNTING_RULES
from services.portal.domain.ledger import by_proposal
from services.portal.domain.period import (
    OfSession,
    OfYear,
    Period,
    days_of,
    period_of,
    periods_of_days,
)
from services.portal.domain.report import FIELDS_NAMED, Meeting, Report, write_report, written
from services.portal.domain.words import RATINGS
from services.portal.papers.report import Summed
from services.portal.store import cases, city_reports, ledger, overview, reports
from services.portal.store.rows import Row
from services.portal.viewing import View
from shared.contracts.registry import UnitLevel, UnitRegistered
from shared.reference import NoRules

OF_THE_CITY_ITSELF = "市级部门"
YEARS_IN_PARTS = 2


@dataclass(frozen=True, slots=True)
class Material:
    """A report as its figures write it, with what a person may choose from: the cases that it may
    tell of, and the districts' figures beside the city's."""

    report: Report
    cases: tuple[Case, ...]
    sums: tuple[Summed, ...] = ()


@dataclass(frozen=True, slots=True)
class Periods:
    """What periods one may choose from, by how they count."""

    years: tuple[Period, ...]
    sessions: tuple[Period, ...]
    days: tuple[Period, ...]


async def periods(view: View) -> Periods:
    """The years of the proposals, the sessions of the rule set, and this year's and last year's
    halves and quarters."""
    years = await overview.years(view.tx) or [view.today.year]
    try:
        sessions = view.known.rules_on(view.today).sessions
    except NoRules:
        sessions = ()
    newest_first = sorted(sessions, key=lambda one: one.since, reverse=True)
    return Periods(
        tuple(OfYear(year) for year in years),
        tuple(OfSession(one.session) for one in newest_first),
        tuple(periods_of_days(years[:YEARS_IN_PARTS])),
    )


async def _period_asked(
    period: Annotated[
        str,
        Query(max_length=60, description="2024、session:七届四次或2024-01-01..2024-06-30"),
    ] = "",
    year: Annotated[int | None, Query(ge=1949, le=9999, description="提案年度")] = None,
    since: Annotated[str, Query(max_length=10, description="起日，含")] = "",
    until: Annotated[str, Query(max_length=10, description="止日，含")] = "",
) -> Period | None:
    """The period that an address names, in one of the ways in which it can."""
    if since or until:
        return days_of(since, until)
    if period:
        return period_of(period)
    return None if year is None else OfYear(year)


PeriodAsked = Annotated[Period | None, Depends(_period_asked)]


async def report_of(view: View, unit: str, *, period: Period) -> Report:
    """A unit's report on a period, as it stands on the day that is viewed."""
    return (await material_of(view, unit, period=period)).report


async def material_of(view: View, unit: str, *, period: Period) -> Material:
    """What a unit's report on a period is made of; of the city as a whole, where it is the city."""
    found = view.unit(unit)
    if found.parent is None and found.level is UnitLevel.CITY:
        return await _of_the_city(view, found, period=period)
    facts = await reports.facts_of(view.tx, found.code, period=period, seen=view.seen)
    told = await _cases(
        view, await reports.cases_of(view.tx, found.code, period=period), unit=found
    )
    return Material(
        write_report(
            facts,
            unit=found.name,
            period=period,
            as_of=period.as_of(view.today),
            meetings=await _meetings(view, found, period=period),
            cases=told,
        ),
        tuple(told),
    )


async def _meetings(view: View, unit: UnitRegistered, *, period: Period) -> list[Meeting]:
    rows = await reports.meetings_of(view.tx, unit.code, period=period)
    return [Meeting(on=row["on_day"], name=row["name"]) for row in rows]


async def _of_the_city(view: View, city: UnitRegistered, *, period: Period) -> Material:
    units = view.known.units.values()
    groups: dict[str, str] = {unit.code: _group_of(view, unit) for unit in units}
    counted = await city_reports.counted(view.tx, period=period, groups=groups, most=FIELDS_NAMED)
    said = counted["ratings"] or []
    made, kept = counted["promises_made"], counted["promises_kept"]
    figures: dict[str, Any] = {
        **counted,
        "by_class": counted["by_class"] or {},
        "ratings": {
            "forms": sum(row["forms"] for row in said),
            **{
                about: {
                    rating: sum(row["forms"] for row in said if row[about] == rating)
                    for rating in RATINGS
                }
                for about in ("process", "result")
            },
        },
        "conversion_rate": round(kept / made, 4) if made else None,
    }
    told = await _cases(view, await city_reports.cases_of(view.tx, period=period), unit=None)
    return Material(
        written(
            {code: figures[code] for code in COUNTING_RULES},
            unit=city.name,
            period=period,
            as_of=period.as_of(view.today),
            meetings=await _meetings(view, city, period=period),
            cases=told,
            fields=counted["categories"] or [],
            is_demo=counted["is_demo"],
            is_city=True,
        ),
        tuple(told),
        (_sums(view, figures),),
    )


def _sums(view: View, figures: Mapping[str, Any]) -> Summed:
    """Each district's figures and those of the city's own departments, beside the city's; both are
    counted for themselves, so that it shows where they do not add up."""
    columns = ("received", "answering", "replies", "promised", "kept")
    found = {
        row["name"]: tuple(row[column] for column in columns) for row in figures["shares"] or ()
    }
    nothing = (0,) * len(columns)
    order = [
        *(unit.name for unit in view.known.units.values() if unit.level is UnitLevel.DISTRICT),
        OF_THE_CITY_ITSELF,
    ]
    return Summed(
        "各区和市级部门承办情况",
        "承办、主办分办按提案计，几个区、部门都有份的各计一次；答复和承诺按件计",
        ("承办", "主办、分办", "答复", "承诺", "已兑现"),
        tuple((name, found.get(name, nothing)) for name in order),
        (figures["held_again"], figures["answered_again"], 0, 0, 0),
        (
            figures["received"],
            figures["answering"],
            figures["replies"],
            figures["promises_made"],
            figures["promises_kept"],
        ),
        together="各区、市级部门",
    )


def _group_of(view: View, unit: UnitRegistered) -> str:
    """The district to which a unit belongs, or the city's own departments."""
    above = (unit.code, *view.known.parents(unit.code))
    for code in above:
        if (one := view.known.units.get(code)) and one.level is UnitLevel.DISTRICT:
            return one.name
    return OF_THE_CITY_ITSELF


async def _cases(view: View, told: list[Row], *, unit: UnitRegistered | None) -> list[Case]:
    """Cases as a report tells them: what one unit answered and promised, or what all did."""
    homes = [case["home"] for case in told]
    proposals = [case["proposal_id"] for case in told]
    hands = by_proposal(await ledger.handlers(view.tx, homes))
    promises = by_proposal(await cases.promises_of(view.tx, homes))
    replies = by_proposal(
        await city_reports.summaries_of(view.tx, proposals)
        if unit is None
        else await reports.summaries_of(view.tx, unit.code, proposals)
    )

    def case_of(case: Row) -> Case:
        parts = hands[case["home"]]
        return Case(
            proposal_id=case["proposal_id"],
            number=case["number"],
            title=case["title"],
            kind=case["kind"],
            proposers=tuple(one["name"] for one in case["proposers"]),
            leads=tuple(
                view.name(part["unit"]) for part in parts if part["role"] in ("lead", "split")
            ),
            co_handlers=tuple(
                view.name(part["unit"]) for part in parts if part["role"] == "co_handle"
            ),
            is_key=case["is_key"],
            is_composed=case["origin"] == "composed",
            answers=tuple(reply["summary"] for reply in replies[case["proposal_id"]]),
            promises=tuple(
                promise["text"]
                for promise in promises[case["home"]]
                if unit is None or promise["unit"] == unit.code
            ),
        )

    return [case_of(case) for case in told]
