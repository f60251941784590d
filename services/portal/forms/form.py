"""Forms: an act as a person sees it, when it is possible, and the command that it becomes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from urllib.parse import quote

from services.portal.domain.versions import Named, Reading
from services.portal.forms.fields import Field, Kind, Unwritable, Written, put, read
from shared.contracts.event import Actor
from shared.policy import Relation, decide

About = Literal[
    "nothing",
    "proposal",
    "task",
    "contact",
    "disagreement",
    "item",
    "reply",
    "letter",
    "promise",
    "look_back",
    "matter",
    "supervision",
    "finding",
]
Stage = Literal["filing", "handing", "handling", "answering", "rating", "keeping", "watching"]
Room = Literal["cases", "drafts", "imports", "register", "notices"]
Facts = Mapping[str, Any]
# Rooms with a page of their own, and what it is called.
ROOMS: Mapping[Room, str] = {
    "drafts": "我的草稿",
    "register": "登记簿",
    "notices": "消息与订阅",
}
PLACES = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand for somebody who looks at a case: what they may do rests on it."""

    caller: Actor
    relation: Relation
    today: date
    proposal: Facts
    thing: Facts
    told: Facts = field(default_factory=dict)  # what the service said that has the thing
    reading: Reading | None = None  # what one reads before one acts


Hindrance = Callable[[Standing], str | None]


Shown = Callable[[Standing], list[tuple[str, str]]]
Preset = Callable[[Standing], Mapping[str, Any]]
Reads = Callable[[Standing, Facts, Named], Reading | None]
Previews = Literal["", "reply", "opinion"]


def nothing_shown(_: Standing) -> list[tuple[str, str]]:
    """There is nothing to read before one decides."""
    return []


def nothing_read(_: Standing, __: Facts, ___: Named) -> Reading | None:
    """There is no text of which this form is about."""
    return None


def nothing_preset(_: Standing) -> Mapping[str, Any]:
    """Nothing stands in the fields at first, but what their own presets name."""
    return {}


def nothing_hinders(_: Standing) -> str | None:
    """Possible at any time, as far as one can see from here."""
    return None


@dataclass(frozen=True, slots=True)
class Form:
    """An act of the office: its right, its words, its fields, and the endpoint that does it.

    ``path`` has the places {proposal_id}, {task_id} and so on, filled from what the form is about.
    A place that is also a field comes from what was written. ``fixed`` goes into the command as it
    stands. ``hindered`` says why it is not possible now. ``asks`` is where the service tells what
    stands already: from it come ``shown``, which one reads before deciding, and ``preset``.
    ``stage`` is when it is looked for at a case, ``room`` where it is found besides; ``leads_to``
    are the forms that come next, with what the service answered. ``version`` names the field that
    says which version was there when the form was opened: who wrote meanwhile is not overwritten.
    ``reads`` is the text that one has before one, with its earlier versions; ``previews`` says as
    what kind of letter the text that is being written can be seen. ``page`` is where it is done
    with more at hand than a form has room for. ``shows_branches``: who has what of the task so far.
    """

    code: str
    act: str
    service: str
    path: str
    title: str
    says: str
    about: About
    fields: tuple[Field, ...] = ()
    stage: Stage = "handling"
    room: Room = "cases"
    method: Literal["POST", "PUT", "DELETE"] = "POST"
    hindered: Hindrance = nothing_hinders
    fixed: tuple[tuple[str, Any], ...] = ()
    needs_fresh_sign_in: bool = False
    weight: Literal["main", "more", "grave"] = "main"
    asks: str = ""
    shown: Shown = nothing_shown
    preset: Preset = nothing_preset
    sends: Literal["json", "file"] = "json"
    answers: bool = False  # what the service answers is shown
    leads_to: tuple[str, ...] = ()
    version: str = ""
    reads: Reads = nothing_read
    previews: Previews = ""
    page: str = ""
    shows_branches: bool = False

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
        for one in self.fields:
            try:
                value = read(one, written)
            except Unwritable as why:
                wrong[one.name] = str(why)
                continue
            if one.kind == "document" and isinstance(value, dict):
                command |= value
            elif value is not None and one.name not in self.places:
                put(command, one.name, value)
        return command, wrong

    @property
    def places(self) -> tuple[str, ...]:
        """What the address of the endpoint names."""
        return tuple(PLACES.findall(self.path))

    @property
    def door(self) -> str:
        """Where it is done."""
        return self.page or f"/do/{self.code}"

    @property
    def has_text(self) -> bool:
        """Whether somebody reads a text before they do it."""
        return self.reads is not nothing_read

    def asks_for(self, *kinds: Kind) -> bool:
        """Whether it has a field or a column of one of these kinds."""
        return any(one.kind in kinds for one in self.all_fields)

    @property
    def all_fields(self) -> list[Field]:
        """Its fields, with the columns of its lists."""
        return [one for field in self.fields for one in (field, *field.rows)]

    @property
    def takes_files(self) -> bool:
        """Whether papers are brought with it."""
        return self.asks_for("file", "files")

    @property
    def stands_alone(self) -> bool:
        """Whether it can be opened without saying for what."""
        return self.about == "nothing" and not any(
            one.kind == "kept" and one.name in self.places for one in self.fields
        )

    def address(self, about: Mapping[str, str], written: Written) -> str:
        """The endpoint for one thing."""
        names = {name: about.get(name) or written.get(name, "") for name in self.places}
        return self.path.format(**{name: quote(words, safe="") for name, words in names.items()})


def upon(service: str, about: About, at: str, **always: Any) -> Callable[..., Form]:
    """How forms are written that act upon the same kind of thing, at addresses below one."""

    def form(
        code: str, verb: str, act: str, title: str, says: str, *fields: Field, **more: Any
    ) -> Form:
        return Form(
            code=code,
            act=f"{service}.{act}",
            service=service,
            path=f"{at}/{verb}".rstrip("/"),
            title=title,
            says=says,
            about=about,
            fields=fields,
            **{**always, **more},
        )

    return form


def beside_fields(problem: Facts, fields: tuple[Field, ...]) -> tuple[dict[str, str], list[str]]:
    """A service's "no", sorted: what belongs beside a field, and what stands above the form."""
    beside: dict[str, str] = {}
    above: list[str] = []
    names = {one.name for one in fields}
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
