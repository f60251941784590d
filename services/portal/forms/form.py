"""Forms: an act as a person sees it, when it is possible, and the command that it becomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from services.portal.forms.fields import Field, Unwritable, Written, read
from shared.contracts.event import Actor
from shared.policy import Relation, decide

About = Literal["nothing", "proposal", "task", "reply", "promise", "matter"]
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand for somebody who looks at a case: what they may do rests on it."""

    caller: Actor
    relation: Relation
    today: date
    proposal: Facts
    thing: Facts


Hindrance = Callable[[Standing], str | None]


def nothing_hinders(_: Standing) -> str | None:
    """Possible at any time, as far as one can see from here."""
    return None


@dataclass(frozen=True, slots=True)
class Form:
    """An act of the office: its right, its words, its fields, and the endpoint that does it.

    ``path`` has the places {proposal_id}, {task_id} and so on, filled from what the form is about.
    ``fixed`` goes into the command as it stands. ``hindered`` says why it is not possible now.
    """

    code: str
    act: str
    service: str
    path: str
    title: str
    says: str
    about: About
    fields: tuple[Field, ...] = ()
    method: Literal["POST", "PUT", "DELETE"] = "POST"
    hindered: Hindrance = nothing_hinders
    fixed: tuple[tuple[str, Any], ...] = ()
    needs_fresh_sign_in: bool = False
    weight: Literal["main", "more", "grave"] = "main"

    def hindrance(self, standing: Standing) -> str | None:
        """Why this is not possible now for this person; None if it is."""
        decision = decide(self.act, standing.caller, standing.relation)
        return self.hindered(standing) if decision.allowed else decision.says

    def is_for(self, caller: Actor, relation: Relation | None = None) -> bool:
        """Whether somebody in this post, standing so to the thing, ever does this."""
        return decide(self.act, caller, relation).allowed

    def command(self, written: Written) -> tuple[dict[str, Any], dict[str, str]]:
        """The command that was written, and what is wrong beside which field."""
        command: dict[str, Any] = dict(self.fixed)
        wrong: dict[str, str] = {}
        for field in self.fields:
            try:
                value = read(field, written)
            except Unwritable as why:
                wrong[field.name] = str(why)
                continue
            if value is not None:
                _put(command, field.name, value)
        return command, wrong

    def address(self, about: Mapping[str, str]) -> str:
        """The endpoint for one thing."""
        return self.path.format(**about)


def _put(command: dict[str, Any], name: str, value: Any) -> None:
    """A dotted name stands for a part of a part."""
    *outer, last = name.split(".")
    for part in outer:
        command = command.setdefault(part, {})
    command[last] = value


def beside_fields(problem: Facts, fields: tuple[Field, ...]) -> tuple[dict[str, str], list[str]]:
    """A service's "no", sorted: what belongs beside a field, and what stands above the form."""
    beside: dict[str, str] = {}
    above: list[str] = []
    names = {field.name for field in fields}
    for finding in problem.get("findings") or ():
        place = str(finding.get("field", "")).removeprefix("body.")
        name = next((name for name in names if place == name or place.startswith(f"{name}.")), None)
        if name is not None:
            beside.setdefault(name, str(finding["says"]))
        elif "row" in finding:
            above.append(f"第{finding['row']}行：{finding['says']}")
        else:
            above.append(str(finding.get("says", "")))
    if not beside and not above:
        above.append(str(problem.get("detail", "没有办成，请稍后重试。")))
    return beside, above
