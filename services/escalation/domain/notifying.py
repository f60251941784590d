"""Notifying: who is to know of an event, and in which words it will be read out to them.

A notice keeps facts, not a sentence: it is read in the language of whoever reads it. Which words
of the rules mean whom is data; an event without an entry there is told to nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.escalation.domain.clock import Clock
from services.escalation.domain.proposal import Proposal
from services.escalation.domain.staff import Staff
from shared.contracts import assignment, escalation, reply
from shared.contracts.event import PersonId, ProposalEvent, ProposalId, UnitCode

NOTIFY = "notify:"

Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for one person. With a clock it is worth telling while that clock runs only."""

    person: PersonId
    proposal_id: ProposalId
    kind: str
    told_on: date
    facts: Facts
    clock_id: str | None = None
    generation: int | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """What an event has to say, and the units around which its readers are found."""

    kind: str
    around: tuple[UnitCode, ...]
    facts: Facts = field(default_factory=dict)
    clock_id: str | None = None


def notices_of(
    event: ProposalEvent, *, proposal: Proposal, staff: Staff, clocks: Iterable[Clock] = ()
) -> list[Notice]:
    """A line for everybody who is to know of this event.

    ``clocks`` are those that it may speak of, as they stand afterwards.
    """
    generations = {clock.clock_id: clock.generation for clock in clocks}
    if isinstance(event, escalation.ReminderSent):
        facts = {
            "says": event.says,
            "unit": event.unit,
            "clock": event.clock,
            "rung": str(event.rung),
        }
        due_on = {clock.clock_id: clock.due_on for clock in clocks}.get(event.clock_id)
        return [
            Notice(
                person=person,
                proposal_id=event.proposal_id,
                kind="reminder",
                told_on=event.on,
                facts={**facts, "due_on": str(due_on or "")},
                clock_id=event.clock_id,
                generation=generations.get(event.clock_id),
            )
            for person in event.recipients
        ]
    return [
        Notice(
            person=person,
            proposal_id=event.proposal_id,
            kind=word.kind,
            told_on=event.on,
            facts=word.facts,
            clock_id=word.clock_id,
            generation=generations.get(word.clock_id) if word.clock_id else None,
        )
        for word in _words(event, proposal)
        for person in _readers(word, proposal=proposal, staff=staff)
    ]


def _readers(word: _Word, *, proposal: Proposal, staff: Staff) -> list[PersonId]:
    policy = staff.rules.policies.get(f"{NOTIFY}{word.kind}")
    called = policy.value.split("+") if policy is not None else []
    found = (
        person
        for name in called
        for unit in word.around
        for person in staff.behind(name.strip(), proposal.circle(unit))
    )
    return list(dict.fromkeys(found))


def _words(event: ProposalEvent, proposal: Proposal) -> list[_Word]:
    match event:
        case (
            assignment.HandlersAssigned()
            | assignment.HandlersReassigned()
            | assignment.WorkHandedDown()
        ):
            return [
                _Word("assigned", (task.unit,), {"unit": task.unit, "role": task.role})
                for task in event.tasks
            ]
        case assignment.ReturnDecided():
            verdict = "upheld" if event.upheld else "refused"
            return [_of(event.unit, "return_decided", verdict=verdict)]
        case assignment.ObjectionRaised():
            return [_of(event.unit, "objected", due_on=str(event.decide.on))]
        case assignment.ObjectionDecided():
            verdict = "upheld" if event.upheld else "refused"
            return [_of(event.unit, "objection_decided", verdict=verdict)]
        case assignment.HeirWanted():
            return [_of(event.unit, "heir_wanted")]
        case assignment.ExtensionGranted():
            granted = [one.due.on for one in event.moved if one.task_id == event.task_id]
            until = max(granted, default=event.on)
            return [_of(event.unit, "extended", due_on=str(until))]
        case assignment.ExtensionRefused():
            return [_of(event.unit, "extension_refused")]
        case reply.RedoOrdered():
            kind = "sent_back" if event.because == "sent_back" else "redo"
            return [_of(event.unit, kind, due_on=str(event.answer.on), round=str(event.round))]
        case reply.FaceToFaceOrdered():
            due_on = str(event.meet.on) if event.meet is not None else ""
            return [_of(event.unit, "meet", due_on=due_on)]
        case reply.PromiseChanged():
            dates = {"before_on": str(event.before_on), "due_on": str(event.due_on)}
            return [_of(event.unit, "promise_changed", **dates)]
        case escalation.DeadlineMissed():
            missed = {"clock": event.clock, "due_on": str(event.due_on), "unit": event.unit}
            return [_Word("missed", (event.unit,), missed, clock_id=event.clock_id)]
        case escalation.SupervisionOpened():
            letter = {"letter": event.number, "due_on": str(event.answer.on)}
            return [_of(event.unit, "supervised", **letter)]
        case escalation.SupervisionAnswered():
            return [_of(event.unit, "supervision_answered")]
        case escalation.SupervisionClosed():
            return [_of(event.unit, "supervision_closed")]
        case escalation.InspectionHeld():
            return [
                _of(finding.unit, "finding", due_on=str(finding.answer.on))
                for finding in event.findings
            ]
        case escalation.CoordinationFlagged():
            return [_Word("flagged", event.parties, {"units": ",".join(event.parties)})]
        case escalation.CoordinationDecided():
            named = (event.effect.lead, event.effect.unit)
            parties = proposal.matter(event.matter_id).parties
            around = (*parties, *(one for one in named if one is not None))
            return [_Word("decided", tuple(dict.fromkeys(around)))]
        case escalation.CoordinationDismissed():
            return [_Word("dismissed", proposal.matter(event.matter_id).parties)]
        case escalation.PositionStated():
            return [_of(event.unit, "position")]
        case escalation.TrackerNamed():
            return [_Word("tracker", (event.by.unit,))]
        case _:
            return []


def _of(unit: UnitCode, kind: str, **facts: str) -> _Word:
    return _Word(kind, (unit,), {"unit": unit, **facts})
