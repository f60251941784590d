"""The data that a place starts with, as files beside the code."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.resources import files
from typing import Any

from services.registry.domain.refusals import UnknownPlace
from services.registry.domain.seeding import Seed
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import (
    CalendarYearAnnounced,
    Duty,
    HeldPost,
    PersonRegistered,
    Post,
    RulesPublished,
    UnitLevel,
    UnitRegistered,
    UnitSucceeded,
)

DATA = files("services.registry") / "data"
PLACES = ("shenzhen",)

UNIT_POSTS = {
    Post.OFFICER: "经办人",
    Post.SECTION_HEAD: "科室负责人",
    Post.DEPUTY: "分管负责人",
    Post.HEAD: "负责人",
}
CITY_POSTS = (
    (Post.OFFICE, "C007", "市政府办公厅交办人员"),
    (Post.SUPERVISION, "C007", "市政府督查室人员"),
    (Post.COMMITTEE, "C004", "市政协提案委工作人员"),
    (Post.LEADER, "C001", "市政府分管领导"),
    (Post.OPERATOR, "C007", "系统运维人员"),
    (Post.SECURITY, "C007", "安全管理员"),
    (Post.AUDITOR, "C007", "审计管理员"),
)
CONFERENCE = UnitCode("C003")
MEMBERS = ("甲", "乙", "丙")


def starting_data(place: str) -> Seed:
    """Units, successions, people for the demo, calendars and rules of a place.

    Raises:
        UnknownPlace: nothing was prepared for it.
    """
    if place not in PLACES:
        raise UnknownPlace(place=place, known="、".join(PLACES))
    units = tuple(_units())
    return Seed(
        units=units,
        successions=tuple(_successions()),
        people=(*_people_of_the_city(), *_members(), *_people_of(units)),
        calendars=tuple(
            CalendarYearAnnounced.model_validate_json(text) for text in _texts("calendars")
        ),
        rules=tuple(_rules()),
    )


def _units() -> Iterable[UnitRegistered]:
    duties = _duties()
    for row in _rows("units.csv"):
        yield UnitRegistered(
            code=UnitCode(row["code"]),
            name=row["name"],
            short_name=row["short_name"],
            aliases=_listed(row["aliases"]),
            level=UnitLevel(row["level"]),
            parent=UnitCode(row["parent"]) if row["parent"] else None,
            source=row["source"],
            kind=row["kind"],
            duties=tuple(duties[row["code"]]),
            since=_day(row["since"]),
            until=_day(row["until"]),
        )


def _duties() -> dict[str, list[Duty]]:
    found: dict[str, list[Duty]] = defaultdict(list)
    for row in _rows("duties.csv"):
        since, until = _day(row["since"]), _day(row["until"])
        duty = Duty(says=row["says"], source=row["source"], since=since, until=until)
        found[row["code"]].append(duty)
    return found


def _successions() -> Iterable[UnitSucceeded]:
    for row in _rows("successions.csv"):
        yield UnitSucceeded.model_validate(row | {"successors": _listed(row["successors"])})


def _rules() -> Iterable[RulesPublished]:
    """Each rule set is a folder: what its files say of the same thing is put together."""
    for folder in sorted((DATA / "rules").iterdir(), key=lambda entry: entry.name):
        whole: dict[str, Any] = {}
        for text in _texts(f"rules/{folder.name}"):
            for part, says in json.loads(text).items():
                if isinstance(says, dict):
                    whole[part] = whole.get(part, {}) | says
                elif isinstance(says, list):
                    whole[part] = [*whole.get(part, []), *says]
                else:
                    whole[part] = says
        yield RulesPublished.model_validate(whole)


def _people_of_the_city() -> Iterable[PersonRegistered]:
    for post, unit, name in CITY_POSTS:
        yield _demo_person(post, unit=UnitCode(unit), name=name)


def _members() -> Iterable[PersonRegistered]:
    """A few members who put proposals."""
    for n, called in enumerate(MEMBERS, 1):
        yield PersonRegistered(
            person=PersonId(f"member.{n}"),
            name=f"市政协委员{called}（演示）",
            posts=(HeldPost(post=Post.PROPOSER, unit=CONFERENCE),),
        )


def _people_of(units: Sequence[UnitRegistered]) -> Iterable[PersonRegistered]:
    """Somebody in each post that every unit has."""
    for unit in units:
        for post, called in UNIT_POSTS.items():
            yield _demo_person(post, unit=unit.code, name=f"{unit.short_name}{called}")


def _demo_person(post: Post, *, unit: UnitCode, name: str) -> PersonRegistered:
    return PersonRegistered(
        person=PersonId(f"{post}.{unit}"),
        name=f"{name}（演示）",
        posts=(HeldPost(post=post, unit=unit),),
    )


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text("utf-8").splitlines()))


def _texts(folder: str) -> list[str]:
    entries = sorted((DATA / folder).iterdir(), key=lambda entry: entry.name)
    return [entry.read_text("utf-8") for entry in entries if entry.name.endswith(".json")]


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(";")) if cell else ()
