"""A proposal as far as coordination looks at it: who handles it, what came back, what is open."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId, TaskId, UnitCode
from shared.refusals import Unknown


@dataclass(frozen=True, slots=True)
class Handler:
    """A unit's present part; ``returned`` while the office has not decided its return."""

    task_id: TaskId
    unit: UnitCode
    role: Role
    parent: TaskId | None = None
    returned: bool = False

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
    """Something for the city to settle; open until it is decided."""

    matter_id: str
    rule: str
    generation: int
    state: Literal["open", "decided"] = "open"
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """``generation`` rises with every reassignment: what was flagged before it is another story."""

    proposal_id: ProposalId
    generation: int = 0
    handlers: tuple[Handler, ...] = ()
    returns: tuple[Return, ...] = ()
    matters: tuple[Matter, ...] = ()

    @property
    def answering(self) -> tuple[UnitCode, ...]:
        """The units that owe the proposer a reply."""
        return tuple(handler.unit for handler in self.handlers if handler.answers)

    @property
    def next_matter_id(self) -> str:
        """Matters are numbered within their proposal."""
        return f"m{len(self.matters) + 1}"

    def matter(self, matter_id: str) -> Matter:
        """The matter of this id, decided or not."""
        for matter in self.matters:
            if matter.matter_id == matter_id:
                return matter
        raise Unknown(what="协调事项", id=matter_id)

    def open_matter_under(self, rule: str) -> Matter | None:
        """The matter that this rule, or a person, flagged and nobody decided yet."""
        return next((one for one in self.matters if one.rule == rule and one.state == "open"), None)

    def may_be_flagged_under(self, rule: str) -> bool:
        """A rule flags a proposal once in each generation, and never beside its own open matter."""
        return not any(
            matter.rule == rule and (matter.state == "open" or matter.generation == self.generation)
            for matter in self.matters
        )
