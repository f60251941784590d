"""Taking over: a checked list becomes proposals, all of its rows or none (导入).

A hand-over list brings filed proposals under their numbers; an archive brings those of earlier
years with what they were answered.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from services.intake.domain.accepting import YearRegister, accept_proposal
from services.intake.domain.checking_lists import (
    Checking,
    Finding,
    Units,
    kind_of,
    proposers_of,
    year_of,
)
from services.intake.domain.proposal import Proposal
from services.intake.domain.reading_lists import ListRow, day_of
from services.intake.domain.refusals import FaultyList, ListChanged
from services.intake.domain.reviewing import review_group_of
from shared.contracts.event import Actor, ProposalId, UnitCode
from shared.contracts.intake import (
    ArchivedReply,
    ProposalAccepted,
    ProposalArchived,
    ProposalKind,
    ProposalSubmitted,
    ProposerType,
)
from shared.contracts.registry import RulesPublished
from shared.refusals import Refusal

NOT_RECORDED = "（提案原文未随清单导入）"


def must_stand_as_checked(before: Sequence[Finding], now: Sequence[Finding]) -> None:
    """Whoever confirms has read the findings: they are the same still, and none is a fault.

    Raises:
        FaultyList: rows that cannot be taken over.
        ListChanged: something has happened since the list was checked.
    """
    faults = [one for one in before if one.level == "fault"]
    if faults:
        raise FaultyList(count=len(faults), findings=[asdict(one) for one in faults])
    # What only resembles may come and go with every proposal; what is the same may not.
    fresh = [one for one in now if one not in before]
    gone = [one for one in before if one not in now and one.code != "similar"]
    if fresh or gone:
        raise ListChanged(says=(fresh or gone)[0].says)


def proposal_from(
    row: ListRow,
    *,
    proposal_id: ProposalId,
    against: Checking,
    source: str,
    by: Actor,
    on: date,
) -> ProposalSubmitted:
    """A row of a hand-over list as a proposal that came in."""
    category = row["category"] or None
    kind = kind_of(row)
    proposers = proposers_of(row)
    is_body = kind is ProposalKind.COLLECTIVE
    return ProposalSubmitted(
        proposal_id=proposal_id,
        year=year_of(row, default=against.year) or against.year,
        title=row["title"],
        text=row["text"] or NOT_RECORDED,
        kind=kind,
        proposers=proposers,
        category=category,
        suggested_units=suggested(row, units=against.units),
        session=row["session"] or None,
        put_by=ProposerType.BODY if is_body else ProposerType.MEMBER,
        body=proposers[0].name if is_body else None,
        sealed=is_body,
        review_group=review_group_of(category, rules=against.rules),
        source=source,
        by=by,
        on=on,
    )


def filed_from(
    submitted: ProposalSubmitted, *, number: str | None, register: YearRegister
) -> ProposalAccepted:
    """The same proposal, filed under its number, or the next free one."""
    proposal = Proposal(
        submitted.proposal_id,
        submitted.year,
        submitted.title,
        category=submitted.category,
        session=submitted.session,
    )
    return accept_proposal(
        proposal, number=number, register=register, by=submitted.by, on=submitted.on
    )


def archived_from(
    row: ListRow,
    *,
    proposal_id: ProposalId,
    units: Units,
    rules: RulesPublished,
    source: str,
    by: Actor,
    on: date,
) -> ProposalArchived:
    """A row of an archive list as a closed proposal with its replies, one per answering unit."""
    leads = (*row.listed("lead"), *row.listed("split"))
    means = {one.code: one.says for one in rules.classes}
    answered = row["result_class"] or row["summary"] or row["answered_on"]
    return ProposalArchived(
        proposal_id=proposal_id,
        number=row["number"],
        year=year_of(row) or on.year,
        title=row["title"],
        text=row["text"],
        proposers=proposers_of(row),
        kind=kind_of(row),
        category=row["category"] or None,
        session=row["session"] or None,
        leads=leads,
        co_handlers=row.listed("co_handlers"),
        replies=tuple(
            ArchivedReply(
                unit=unit,
                code=_code_of(unit, units=units),
                result_class=row["result_class"] or None,
                says=means.get(row["result_class"], ""),
                summary=row["summary"],
                on=day_of(row["answered_on"]),
            )
            for unit in leads or ("",)
            if answered
        ),
        source=source,
        by=by,
        on=on,
    )


def suggested(row: ListRow, *, units: Units) -> tuple[UnitCode, ...]:
    """The units of a row that would answer, and those that would help."""
    named = (*row.listed("lead"), *row.listed("split"), *row.listed("co_handlers"))
    return tuple(dict.fromkeys(code for one in named if (code := _code_of(one, units=units))))


def _code_of(text: str, *, units: Units) -> UnitCode | None:
    try:
        return units.unit(text).code
    except Refusal:
        return None
