"""Showing people: a cast for a demo, from whoever there is."""

from datetime import date

from services.portal.signin.domain.showing_people import ready_people
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import HeldPost, PersonRegistered, Post, UnitLevel, UnitRegistered

DAY = date(2024, 3, 1)


def unit(code: str, level: UnitLevel) -> UnitRegistered:
    return UnitRegistered(
        code=UnitCode(code), name=code, short_name=code, level=level, parent=None, source="试"
    )


def person(id: str, *posts: tuple[Post, str]) -> PersonRegistered:
    return PersonRegistered(
        person=PersonId(id),
        name=id,
        posts=tuple(HeldPost(post=post, unit=UnitCode(code)) for post, code in posts),
    )


UNITS = {
    one.code: one
    for one in (
        unit("D01", UnitLevel.DISTRICT),
        unit("D07", UnitLevel.DISTRICT),
        unit("C007", UnitLevel.CITY),
        unit("C030", UnitLevel.CITY),
    )
}


def cast(*people: PersonRegistered, busy: tuple[str, ...] = ()) -> dict[str, list[str]]:
    roles = ready_people(people, units=UNITS, busy=[UnitCode(code) for code in busy], on=DAY)
    return {role.part.title: [one.person for one in role.people] for role in roles}


def test_the_busiest_unit_of_a_level_is_shown() -> None:
    people = (
        person("one", (Post.OFFICER, "D01")),
        person("seven", (Post.OFFICER, "D07")),
        person("head", (Post.HEAD, "D07")),
    )

    assert cast(*people, busy=("C030", "D07", "D01")) == {"区政府": ["seven", "head"]}
    assert cast(*people) == {"区政府": ["one"]}


def test_the_office_is_no_department_to_be_played() -> None:
    office, clerk = person("office", (Post.OFFICE, "C007")), person("c", (Post.OFFICER, "C007"))
    transport = person("t", (Post.OFFICER, "C030"))

    assert cast(office, clerk, transport, busy=("C007",)) == {
        "市政府办公厅": ["office"],
        "市直部门": ["t"],
    }


def test_the_few_members_who_came_last_are_enough() -> None:
    members = [person(f"m{n}", (Post.PROPOSER, "C003")) for n in range(9)]

    assert cast(*members) == {"政协委员": ["m6", "m7", "m8"]}


def test_who_would_be_two_administrators_does_not_stand_ready() -> None:
    both = person("both", (Post.SECURITY, "C007"), (Post.AUDITOR, "C007"))

    assert cast(both, person("op", (Post.OPERATOR, "C007"))) == {"管理员": ["op"]}


def test_who_has_left_does_not_either() -> None:
    gone = PersonRegistered(
        person=PersonId("gone"),
        name="gone",
        posts=(HeldPost(post=Post.LEADER, unit=UnitCode("C001"), until=date(2024, 2, 29)),),
    )

    assert cast(gone) == {}
