"""Handing over: the office gives a whole list of proposals to their handling units in one act."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.assignment.domain.advising import followed
from services.assignment.domain.assignment import Assignment
from services.assignment.domain.refusals import (
    FaultyList,
    Finding,
    HandedOverAlready,
    LeadAndSplit,
    ListedTwice,
    MergedElsewhere,
    NamedTwice,
    NobodyAnswers,
    NotFiled,
    TakenBack,
)
from services.assignment.domain.terms import Terms, Units, task_from_office
from shared.contracts.assignment import AdviceFollowed, HandlersAssigned, Role
from shared.contracts.event import Actor, ProposalId, UnitCode
from shared.contracts.registry import UnitRegistered
from shared.refusals import Refusal

Handler = tuple[UnitRegistered, Role]
Fault = tuple[str, Refusal]  # the column, and what is wrong there


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list: a proposal, and its units as the office wrote them.

    ``advised`` are the units that were offered for it, in their order, if any were.
    """

    proposal_id: ProposalId
    lead: str | None = None
    split: tuple[str, ...] = ()
    co_handlers: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    advised: tuple[str, ...] = ()

    def parts(self) -> Iterator[tuple[str, Role, str]]:
        """Each unit with its column and its role, the answering ones first."""
        if self.lead is not None:
            yield "lead", Role.LEAD, self.lead
        yield from (("split", Role.SPLIT, text) for text in self.split)
        yield from (("co_handlers", Role.CO_HANDLE, text) for text in self.co_handlers)
        yield from (("reference", Role.REFERENCE, text) for text in self.reference)


def hand_over(
    rows: Sequence[Row],
    *,
    desk: Mapping[ProposalId, Assignment],
    units: Units,
    terms: Terms,
    meeting: str | None,
    by: Actor,
    on: date,
) -> list[HandlersAssigned | AdviceFollowed]:
    """Every row is handed over, or none: then each fault of each row is named."""
    findings: list[Finding] = []
    handlers: list[list[Handler]] = []
    advice: list[list[UnitCode]] = []
    first_listed: dict[ProposalId, int] = {}
    for n, row in enumerate(rows, start=1):
        assignment = desk.get(row.proposal_id)
        found, faults = _find_handlers(row, units=units)
        handlers.append(found)
        advised, unknown = _find_advised(row, units=units)
        advice.append(advised)
        faults += unknown
        faults += _faults_of_roles(row)
        faults += _faults_of_proposal(assignment)
        if (first := first_listed.setdefault(row.proposal_id, n)) != n:
            faults.append(("proposal_id", ListedTwice(row=first)))
        number = assignment.number if assignment else None
        findings += (
            Finding.of(fault, row=n, column=column, proposal_id=row.proposal_id, number=number)
            for column, fault in faults
        )
    if findings:
        raise FaultyList(findings)
    events: list[HandlersAssigned | AdviceFollowed] = []
    for row, found, advised in zip(rows, handlers, advice, strict=True):
        of_this = terms.of(desk[row.proposal_id])
        events.append(
            HandlersAssigned(
                proposal_id=row.proposal_id,
                by=by,
                on=on,
                meeting=meeting,
                tasks=tuple(
                    task_from_office(unit.code, role, generation=1, terms=of_this, on=on)
                    for unit, role in found
                ),
            )
        )
        if advised:
            chosen = [unit.code for unit, role in found if role.answers_proposer]
            events.append(followed(row.proposal_id, advised, chosen=chosen, by=by, on=on))
    return events


def _find_advised(row: Row, *, units: Units) -> tuple[list[UnitCode], list[Fault]]:
    advised: list[UnitCode] = []
    faults: list[Fault] = []
    for text in row.advised:
        try:
            advised.append(units.unit(text).code)
        except Refusal as unknown:
            faults.append(("advised", unknown))
    return advised, faults


def _find_handlers(row: Row, *, units: Units) -> tuple[list[Handler], list[Fault]]:
    """The units of a row in their roles; whoever is not known or named twice is a fault."""
    handlers: list[Handler] = []
    faults: list[Fault] = []
    for column, role, text in row.parts():
        try:
            unit = units.unit(text)
        except Refusal as unknown:
            faults.append((column, unknown))
            continue
        if any(unit.code == known.code for known, _ in handlers):
            faults.append((column, NamedTwice(unit=unit.name)))
        else:
            handlers.append((unit, role))
    return handlers, faults


def _faults_of_roles(row: Row) -> list[Fault]:
    """One lead, or units that each answer for their own part; never both, never neither."""
    if row.lead is None and not row.split:
        return [("lead", NobodyAnswers())]
    if row.lead is not None and row.split:
        return [("split", LeadAndSplit())]
    return []


def _faults_of_proposal(assignment: Assignment | None) -> list[Fault]:
    """Only a filed proposal, handled on its own, that is handed over for the first time."""
    if assignment is None:
        return [("proposal_id", NotFiled())]
    if assignment.withdrawn:
        return [("proposal_id", TakenBack())]
    if assignment.merged_into is not None:
        return [("proposal_id", MergedElsewhere(main=assignment.merged_into))]
    if assignment.tasks:
        return [("proposal_id", HandedOverAlready())]
    return []
