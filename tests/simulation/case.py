"""A proposal on its way, and what the people concerned see of it when they look."""

from asyncio import gather
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.simulation.city import Planned
from tests.world import World

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The newest draft of a unit's opinion: only its own people see it, so they remember it."""

    draft: int
    checked: bool = False


@dataclass
class Case:
    """Where it stands for those who do not handle it: who put it, whether it was filed."""

    planned: Planned
    stage: str = "submitted"  # then filed, handed_over, ended
    main: str | None = None
    members: list[str] = field(default_factory=list)
    next_visit: date = date.max
    opinions: dict[str, "Opinion"] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.planned.proposal_id


@dataclass(frozen=True, slots=True)
class Seen:
    """What assignment, reply and escalation show of one proposal to whoever sees all."""

    handling: Row
    words: Row
    watched: Row

    @property
    def tasks(self) -> list[Row]:
        tasks: list[Row] = self.handling["tasks"]
        return tasks

    @property
    def held(self) -> set[str]:
        """The units that have a part now."""
        return {one["unit"] for one in self.tasks if one["state"] not in ("completed", "ended")}

    def open_of(self, what: str, task: Row) -> Row | None:
        """The undecided return, objection or extension of a task."""
        rows = [one for one in self.handling[what] if one["task_id"] == task["task_id"]]
        return next((one for one in rows if one["decided_on"] is None), None)


async def look(world: World, case: str) -> Seen:
    """All three rooms' own answers.

    Raises:
        LookupError: one of them does not know a proposal that was handed over.
    """
    answers = await gather(
        *(
            world.ask(service, f"/proposals/{case}")
            for service in ("assignment", "reply", "escalation")
        )
    )
    if wrong := [answer for answer in answers if answer.status != 200]:
        raise LookupError(f"{case}: {wrong}")
    return Seen(*(answer.body for answer in answers))


def day(text: str | None) -> date | None:
    """A day as the services write it."""
    return date.fromisoformat(text) if text else None
