"""The rules' words find people: in the unit, above it, in the office, by deputy, or nobody."""

import pytest

from services.escalation.domain.staff import Circle, Staff
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import HeldPost, PersonRegistered, Policy, Post
from tests.domain.escalation.office import (
    CITY,
    FUTIAN,
    FUTIAN_BUREAU,
    INDUSTRY,
    LONGHUA,
    UNITS,
    day,
    rules_with,
)

COMMITTEE = UnitCode("C004")


def person(name: str, post: Post, unit: UnitCode, **held: object) -> PersonRegistered:
    posts = (HeldPost.model_validate({"post": post, "unit": unit, **held}),)
    return PersonRegistered(person=PersonId(name), name=name, posts=posts)


PEOPLE = [
    person("officer", Post.OFFICER, FUTIAN_BUREAU),
    person("chief", Post.SECTION_HEAD, FUTIAN_BUREAU),
    person("former", Post.HEAD, FUTIAN_BUREAU, until=day("02-29")),
    person("district-head", Post.HEAD, FUTIAN),
    person("clerk", Post.OFFICE, CITY),
    person("mayor", Post.LEADER, CITY),
    person("elsewhere", Post.OFFICER, LONGHUA),
    person("collector", Post.COMMITTEE, COMMITTEE),
]
WORDS = {
    "经办人": "officer@own",
    "负责人": "deputy@own;head@own;head@line",
    "上级负责人": "head@parent",
    "督查室": "supervision@city;office@office",
    "领导": "leader@line",
    "提案委": "committee@committee",
    "提案人": "proposers;committee@committee",
    "跟踪人": "tracker",
    "承办人": "named;officer@own",
    "乱写": "officer@moon",
}
CIRCLE = Circle(unit=FUTIAN_BUREAU, office=CITY, committee=COMMITTEE)


def staff(*, deputies: dict[str, str] | None = None) -> Staff:
    acting = deputies or {}
    return Staff.on_day(
        day("03-01"),
        people=PEOPLE,
        deputies=lambda giver, held: [PersonId(acting[giver])] if giver in acting else [],
        units=UNITS,
        rules=rules_with(
            policies={
                f"recipients:{word}": Policy(value=value, says="试", source=None)
                for word, value in WORDS.items()
            }
        ),
    )


@pytest.mark.parametrize(
    ("word", "people"),
    [
        ("经办人", ("officer",)),
        ("负责人", ("district-head",)),
        ("上级负责人", ("district-head",)),
        ("督查室", ("clerk",)),
        ("领导", ("mayor",)),
        ("提案委", ("collector",)),
        ("提案人", ("collector",)),
        ("跟踪人", ()),
        ("乱写", ()),
        ("没有规定", ()),
    ],
)
def test_a_word_finds_people_in_the_order_of_its_choices(
    word: str, people: tuple[str, ...]
) -> None:
    assert staff().behind(word, CIRCLE) == people


def test_proposers_and_trackers_are_named_by_the_proposal() -> None:
    circle = Circle(unit=INDUSTRY, proposers=(PersonId("wang"),), tracker=PersonId("zhou"))

    assert staff().behind("提案人", circle) == ("wang",)
    assert staff().behind("跟踪人", circle) == ("zhou",)


def test_whoever_acts_for_somebody_is_told_too() -> None:
    assert staff(deputies={"officer": "chen"}).behind("经办人", CIRCLE) == ("officer", "chen")


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("chief", ["chief"]),
        ("officer", ["officer", "stand-in"]),
        ("former", ["officer", "stand-in"]),
        ("elsewhere", ["officer", "stand-in"]),
        (None, ["officer", "stand-in"]),
    ],
)
def test_whom_the_unit_named_is_told_while_they_are_there(
    named: str | None, told: list[str]
) -> None:
    circle = Circle(unit=FUTIAN_BUREAU, officer=PersonId(named) if named else None)

    assert [*staff(deputies={"officer": "stand-in"}).behind("承办人", circle)] == told


def test_without_an_office_nobody_is_found_there() -> None:
    assert staff().behind("督查室", Circle(unit=FUTIAN_BUREAU)) == ()
