"""Shenzhen's starting data: complete, without a name that stands for two, honest about sources."""

from collections import Counter
from typing import get_args

import pytest

from services.registry.commands import Kind
from services.registry.domain.ending_posts import end_post
from services.registry.domain.naming_successors import name_successors
from services.registry.domain.refusals import UnknownPlace
from services.registry.domain.register import Register, names_of
from services.registry.domain.registering_units import register_unit
from services.registry.domain.renaming_units import rename_unit
from services.registry.domain.seeding import Seed, seed
from services.registry.starting_data import starting_data
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import Post, RulesPublished
from tests.domain.registry.standing import OPERATOR, RULES, SHENZHEN, TODAY

REGISTER = Register(units={unit.code: unit for unit in SHENZHEN.units})


def test_there_are_213_units_numbered_by_level() -> None:
    assert len(SHENZHEN.units) == 213
    assert Counter(unit.code[0] for unit in SHENZHEN.units) == {"C": 77, "D": 11, "S": 47, "T": 78}
    assert Counter(unit.level for unit in SHENZHEN.units) == {
        "city": 77,
        "district": 11,
        "section": 47,
        "street": 78,
    }


def test_no_name_stands_for_two_units() -> None:
    uses = Counter(name for unit in SHENZHEN.units for name in names_of(unit))

    assert [name for name, times in uses.items() if times > 1] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("龙华区人民政府", "D07"),
        ("龙华区", "D07"),
        ("龙华区政府", "D07"),
        ("市人社局", "C024"),
        ("市人力资源保障局", "C024"),
        ("市人力资源和社会保障局", "C024"),
        ("龙岗区科技创新局", "S033"),
        ("龙华区发展改革局", "S002"),
        ("东晓街道办事处", "T017"),
        ("深圳市水务（集团）有限公司", "C077"),
        ("市民政局", "C022"),
    ],
)
def test_a_unit_is_found_by_what_offices_call_it(text: str, code: str) -> None:
    assert REGISTER.unit(text).code == code


def test_a_district_bureau_is_never_called_by_a_name_that_every_district_has() -> None:
    assert not any(name.startswith("区") for unit in SHENZHEN.units for name in names_of(unit))


def test_a_city_bureaus_branch_in_a_district_is_not_the_districts() -> None:
    assert REGISTER.unit("市规划资源局龙华管理局").parent == REGISTER.unit("市规划资源局").code


def test_every_unit_says_where_it_was_found() -> None:
    assert all(unit.source.startswith(("verified", "unverified")) for unit in SHENZHEN.units)


def test_every_unit_has_its_people_marked_as_made_up() -> None:
    people = {str(person.person): person for person in SHENZHEN.people}
    posts = ("officer", "section_head", "deputy", "head")
    wanted = {f"{post}.{unit.code}" for post in posts for unit in SHENZHEN.units}

    assert wanted <= set(people)
    assert people["officer.D07"].name == "龙华区经办人（演示）"
    assert all(person.name.endswith("（演示）") for person in SHENZHEN.people)


def test_somebody_is_there_in_every_post() -> None:
    posts = {held.post for person in SHENZHEN.people for held in person.posts}

    assert posts == set(Post) - {Post.UNKNOWN}


def test_every_unit_is_of_a_kind() -> None:
    kinds = Counter(unit.kind for unit in SHENZHEN.units)

    assert set(kinds) == set(get_args(Kind))
    assert REGISTER.unit("深圳供电局").kind == "company"


def test_the_bureaus_say_what_they_are_there_for_and_that_it_is_to_be_verified() -> None:
    bureaus = [one for one in SHENZHEN.units if one.kind == "bureau"]

    assert [one.name for one in bureaus if not one.duties] == []
    for unit in SHENZHEN.units:
        for duty in unit.duties:
            assert duty.source == "据一般了解撰写，待核", unit.name
            assert 2 <= len(duty.says) <= 60


@pytest.mark.parametrize(
    ("text", "code"),
    [("加装电梯", "C027"), ("养犬", "C021"), ("托育", "C031"), ("二次供水", "C045")],
)
def test_a_duty_names_what_people_ask_for(text: str, code: str) -> None:
    unit = REGISTER.units[UnitCode(code)]

    assert any(text in duty.says for duty in unit.duties)


def test_the_calendar_reaches_from_2018_to_2027_the_last_year_provisional() -> None:
    assert [year.year for year in SHENZHEN.calendars] == list(range(2018, 2028))
    assert [year.year for year in SHENZHEN.calendars if year.provisional] == [2027]


def test_a_succession_by_way_of_a_body_that_is_gone_names_the_unit_at_its_end() -> None:
    by_old_name = {one.old_name: one for one in SHENZHEN.successions}

    through = by_old_name["市金融发展服务办公室"]

    assert through.successors == ("C035",)
    assert "市地方金融监督管理局" in through.source


def test_a_body_that_was_split_has_two_successors() -> None:
    by_old_name = {one.old_name: one for one in SHENZHEN.successions}

    assert by_old_name["市经济贸易和信息化委员会"].successors == ("C019", "C029")


@pytest.mark.parametrize(
    ("clock", "count", "unit", "has_source"),
    [
        ("sign", 3, "working_days", False),
        ("return", 10, "calendar_days", True),
        ("decide_return", 7, "calendar_days", True),
        ("contact", 15, "working_days", True),
        ("opinion", 1, "months", True),
        ("reply", 3, "months", True),
        ("rate", 15, "working_days", True),
        ("redo", 3, "months", True),
        ("publish", 20, "working_days", True),
    ],
)
def test_the_deadlines_of_the_rules(clock: str, count: int, unit: str, has_source: bool) -> None:
    deadline = RULES.deadlines[clock]

    assert (deadline.count, deadline.unit) == (count, unit)
    assert (deadline.source is not None) is has_source


def test_a_number_without_a_source_says_why() -> None:
    numbers = (*RULES.deadlines.values(), RULES.inner_margin, RULES.near)

    assert all(one.note for one in numbers if one.source is None)


def test_four_classes_of_which_one_needs_a_promise_and_two_a_reason() -> None:
    assert [(one.code, one.meaning) for one in RULES.classes] == [
        ("A", "solved"),
        ("B", "in_progress"),
        ("C", "not_now"),
        ("D", "for_reference"),
    ]
    assert [one.code for one in RULES.classes if one.needs_promise] == ["B"]
    assert [one.code for one in RULES.classes if one.needs_reason] == ["C", "D"]


def test_a_ladder_for_every_clock_that_is_watched() -> None:
    assert set(RULES.ladders) == {
        "sign",
        "contact",
        "opinion",
        "reply",
        "decide_return",
        "decide_extension",
        "decide_objection",
        "rate",
        "redo",
        "publish",
        "meet",
        "promise",
        "supervise",
        "finding",
        "matter",
        "carry_out",
    }


def test_all_of_it_can_be_told_to_an_empty_register() -> None:
    told = seed(Register(), wanted=SHENZHEN, on=TODAY)

    assert len(told) == 213 + 11 + 862 + 10 + 1


def test_seeding_again_tells_nothing() -> None:
    register = Register()
    for fact in seed(register, wanted=SHENZHEN, on=TODAY):
        register = register.after(fact)

    assert seed(register, wanted=SHENZHEN, on=TODAY) == ()


def test_seeding_tells_only_what_changed() -> None:
    register = Register()
    for fact in seed(register, wanted=SHENZHEN, on=TODAY):
        register = register.after(fact)
    moved = SHENZHEN.units[-1].model_copy(update={"source": "verified: 2026"})
    wanted = Seed(
        units=(*SHENZHEN.units[:-1], moved),
        successions=SHENZHEN.successions,
        people=SHENZHEN.people,
        calendars=SHENZHEN.calendars,
        rules=SHENZHEN.rules,
    )

    assert seed(register, wanted=wanted, on=TODAY) == (moved,)


def test_seeding_leaves_later_editions_alone() -> None:
    later_rules = RULES.model_copy(update={"edition": RULES.edition + 1})
    later_year = SHENZHEN.calendars[-1].model_copy(update={"edition": 2, "provisional": False})
    register = Register()
    for fact in (*seed(register, wanted=SHENZHEN, on=TODAY), later_rules, later_year):
        register = register.after(fact)

    assert seed(register, wanted=SHENZHEN, on=TODAY) == ()


def test_seeding_leaves_alone_what_has_a_story_of_its_own_since() -> None:
    register = Register()
    for fact in seed(register, wanted=SHENZHEN, on=TODAY):
        register = register.after(fact)
    renamed = rename_unit(
        register,
        unit="C018",
        name="市科技局",
        short_name="市科技局",
        aliases=None,
        on=TODAY,
        source="机构改革",
        today=TODAY,
    )
    merged = name_successors(
        register,
        old_name="市中小企业服务局",
        successors=["C019"],
        how="merged",
        on=TODAY,
        source="机构改革",
        today=TODAY,
    )
    ended = end_post(
        register,
        person=PersonId("head.D07"),
        post=Post.HEAD,
        unit=UnitCode("D07"),
        until=TODAY,
        by=OPERATOR,
        on=TODAY,
    )
    for fact in (*renamed, *merged, *ended):
        register = register.after(fact)

    assert seed(register, wanted=SHENZHEN, on=TODAY) == ()


def test_seeding_does_not_take_a_unit_back_to_a_parent_that_is_gone() -> None:
    register = Register()
    for fact in seed(register, wanted=SHENZHEN, on=TODAY):
        register = register.after(fact)
    for one in [one for one in register.units.values() if one.parent == "C025"]:
        for moved in register_unit(register, unit=one.model_copy(update={"parent": "C027"})):
            register = register.after(moved)
    for fact in name_successors(
        register,
        old_name="C025",
        successors=["C027"],
        how="merged",
        on=TODAY,
        source="机构改革",
        today=TODAY,
    ):
        register = register.after(fact)

    assert seed(register, wanted=SHENZHEN, on=TODAY) == ()


def test_an_installation_of_the_first_release_gets_the_next_edition_of_the_rules() -> None:
    first = RULES.model_copy(update={"edition": 1, "numbers": {}, "sessions": ()})
    register = Register(rules={first.rules: first})

    told = seed(register, wanted=SHENZHEN, on=TODAY)

    assert [one for one in told if isinstance(one, RulesPublished)] == [RULES]


def test_a_place_nobody_prepared_is_refused() -> None:
    with pytest.raises(UnknownPlace, match="没有为“atlantis”准备的初始数据。现有：shenzhen"):
        starting_data("atlantis")
