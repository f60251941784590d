"""A proposal as far as coordination looks at it: who handles it, what came back, what is open."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.escalation.domain.staff import Circle
from shared.contracts.assignment import Role
from shared.contracts.escalation import Effect
from shared.contracts.event import PersonId, ProposalId, TaskId, UnitCode
from shared.refusals import Unknown


@dataclass(frozen=True, slots=True)
class Handler:
    """A unit's present part; ``returned`` while its return or objection is not decided.

    ``officer`` is whom the unit named to handle it.
    """

    task_id: TaskId
    unit: UnitCode
    role: Role
    parent: TaskId | None = None
    returned: bool = False
    officer: PersonId | None = None

    @property
    def answers(self) -> bool:
        """Whether it owes the proposer a reply; work handed down serves another's reply."""
        return self.parent is None and self.role.answers_proposer


@dataclass(frozen=True, slots=True)
class Return:
    """A unit once said that a task was another's."""

    unit: UnitCode
    proposed_unit: UnitCode
    on: date


@dataclass(frozen=True, slots=True)
class Matter:
    """Something for the city to settle; open until it is decided or dismissed.

    It lapses when the proposal is withdrawn.
    """

    matter_id: str
    rule: str
    generation: int
    state: Literal["open", "decided", "dismissed", "lapsed"] = "open"
    decided_on: date | None = None
    parties: tuple[UnitCode, ...] = ()
    effect: Effect | None = None
    carried_out_on: date | None = None


@dataclass(frozen=True, slots=True)
class Supervision:
    """The demand of an answer from a unit: open, answered, closed. It lapses with its task."""

    supervision_id: str
    unit: UnitCode
    state: Literal["open", "answered", "closed", "lapsed"] = "open"
    task_id: TaskId | None = None
    clock_id: str | None = None
    clock_generation: int | None = None


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """What an inspection found in a unit; ``answered_on`` once the unit has said what it did."""

    inspection_id: str
    finding_id: str
    unit: UnitCode
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """``generation`` rises with every reassignment: what was flagged before it is another story.

    ``leader`` is set for a key proposal; ``tracker`` keeps an eye on it.
    """

    proposal_id: ProposalId
    generation: int = 0
    handlers: tuple[Handler, ...] = ()
    returns: tuple[Return, ...] = ()
    matters: tuple[Matter, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    findings: tuple[OpenFinding, ...] = ()
    inspections: int = 0
    office: UnitCode | None = None
    committee: UnitCode | None = None
    leader: str | None = None
    tracker: PersonId | None = None
    withdrawn: bool = False
    proposers: tuple[PersonId, ...] = ()

    @property
    def answering(self) -> tuple[UnitCode, ...]:
        """The units that owe the proposer a reply."""
        return tuple(handler.unit for handler in self.handlers if handler.answers)

    @property
    def taking_part(self) -> tuple[UnitCode, ...]:
        """Every unit that has a part in it now, each once."""
        return tuple(dict.fromkeys(handler.unit for handler in self.handlers))

    @property
    def desk(self) -> UnitCode | None:
        """Who sees to what concerns the whole of it: the office, before that the committee."""
        return self.office or self.committee

    @property
    def next_matter_id(self) -> str:
        """Matters are numbered within their proposal."""
        return f"m{len(self.matters) + 1}"

    @property
    def next_supervision_id(self) -> str:
        """So are supervisions."""
        return f"s{len(self.supervisions) + 1}"

    def circle(self, unit: UnitCode) -> Circle:
        """Those around a duty that a unit has in this proposal."""
        return Circle(
            unit=unit,
            office=self.office,
            committee=self.committee,
            proposers=self.proposers,
            tracker=self.tracker,
            officer=next(
                (one.officer for one in self.handlers if one.unit == unit and one.officer), None
            ),
        )

    def matter(self, matter_id: str) -> Matter:
        """The matter of this id, decided or not."""
        for matter in self.matters:
            if matter.matter_id == matter_id:
                return matter
        raise Unknown(what="协调事项", id=matter_id)

    def supervision(self, supervision_id: str) -> Supervision:
        """The supervision of this id, closed or not."""
        for one in self.supervisions:
            if one.supervision_id == supervision_id:
                return one
        raise Unknown(what="督办", id=supervision_id)

    def finding(self, inspection_id: str, finding_id: str) -> OpenFinding:
        """The finding of this id, answered or not."""
        for one in self.findings:
            if (one.inspection_id, one.finding_id) == (inspection_id, finding_id):
                return one
        raise Unknown(what="督查发现的问题", id=finding_id)

    def task_of(self, unit: UnitCode) -> TaskId | None:
        """The task that a unit has now."""
        return next((one.task_id for one in self.handlers if one.unit == unit), None)

    def open_matter_under(self, rule: str) -> Matter | None:
        """The matter that this rule, or a person, flagged and nobody decided yet."""
        return next((one for one in self.matters if one.rule == rule and one.state == "open"), None)

    def may_be_flagged_under(self, rule: str) -> bool:
        """A rule flags a proposal once in each generation, and never beside its own open matter."""
        return not self.withdrawn and not any(
            matter.rule == rule and (matter.state == "open" or matter.generation == self.generation)
            for matter in self.matters
        )
