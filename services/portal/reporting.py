"""Reporting: the facts of a unit's year, brought together and written up."""

from services.portal.domain.cases import Case
from services.portal.domain.report import Meeting, Report, write_report
from services.portal.store import cases, ledger, reports
from services.portal.viewing import View


async def report_of(view: View, unit: str, *, year: int) -> Report:
    """A unit's report on a year, as it stands on the day that is viewed."""
    found = view.known.unit(unit)
    facts = await reports.year_of(view.tx, found.code, year=year)
    told = await reports.cases_of(view.tx, found.code, year=year)
    hands = await ledger.handlers(view.tx, [case["home"] for case in told])
    promises = await cases.promises_of(view.tx, [case["home"] for case in told])
    return write_report(
        facts,
        unit=found.name,
        of=year,
        as_of=view.today,
        meetings=[
            Meeting(on=row["on_day"], name=row["name"])
            for row in await reports.meetings_of(view.tx, found.code, year=year)
        ],
        cases=[
            Case(
                proposal_id=case["proposal_id"],
                number=case["number"],
                title=case["title"],
                kind=case["kind"],
                proposers=tuple(one["name"] for one in case["proposers"]),
                leads=tuple(
                    view.name(hand["unit"])
                    for hand in hands
                    if hand["proposal_id"] == case["home"] and hand["role"] in ("lead", "split")
                ),
                co_handlers=tuple(
                    view.name(hand["unit"])
                    for hand in hands
                    if hand["proposal_id"] == case["home"] and hand["role"] == "co_handle"
                ),
                is_key=case["is_key"],
                is_composed=case["origin"] == "composed",
                answers=tuple(
                    reply["summary"]
                    for reply in facts.replies
                    if reply["proposal_id"] == case["proposal_id"]
                ),
                promises=tuple(
                    promise["text"]
                    for promise in promises
                    if promise["proposal_id"] == case["home"] and promise["unit"] == found.code
                ),
            )
            for case in told
        ],
    )
