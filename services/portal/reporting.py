"""Reporting: the facts of a unit's year, brought together and written up."""

from services.portal.domain.cases import Case
from services.portal.domain.ledger import by_proposal
from services.portal.domain.report import Meeting, Report, write_report
from services.portal.store import cases, ledger, reports
from services.portal.store.rows import Row
from services.portal.viewing import View
from shared.contracts.registry import UnitRegistered


async def report_of(view: View, unit: str, *, year: int) -> Report:
    """A unit's report on a year, as it stands on the day that is viewed."""
    found = view.unit(unit)
    facts = await reports.year_of(view.tx, found.code, year=year, seen=view.seen)
    meetings = await reports.meetings_of(view.tx, found.code, year=year)
    return write_report(
        facts,
        unit=found.name,
        of=year,
        as_of=view.today,
        meetings=[Meeting(on=row["on_day"], name=row["name"]) for row in meetings],
        cases=await _cases(view, found, year=year),
    )


async def _cases(view: View, unit: UnitRegistered, *, year: int) -> list[Case]:
    told = await reports.cases_of(view.tx, unit.code, year=year)
    homes = [case["home"] for case in told]
    hands = by_proposal(await ledger.handlers(view.tx, homes))
    promises = by_proposal(await cases.promises_of(view.tx, homes))
    replies = by_proposal(
        await reports.summaries_of(view.tx, unit.code, [case["proposal_id"] for case in told])
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
                if promise["unit"] == unit.code
            ),
        )

    return [case_of(case) for case in told]
