"""A unit's names are its own, and it stands under a unit that may be above it."""

import pytest

from services.registry.domain.refusals import (
    LevelIsFixed,
    NameTaken,
    ParentIsBelow,
    ParentOfWrongLevel,
    UnknownUnit,
)
from services.registry.domain.register import Register
from services.registry.domain.registering_units import register_unit
from shared.contracts.registry import UnitRegistered
from tests.domain.registry.standing import (
    CITY,
    LONGHUA,
    REGISTER,
    TRANSPORT,
    UNITS,
    unit,
)

HEALTH = unit("C031", "市卫生健康委员会", level="city", under="C001", short_name="市卫健委")


def test_a_new_unit_is_told_whole() -> None:
    assert register_unit(REGISTER, unit=HEALTH) == (HEALTH,)


def test_the_first_unit_stands_under_nobody() -> None:
    assert register_unit(Register(), unit=CITY) == (CITY,)


@pytest.mark.parametrize("standing", UNITS, ids=lambda one: one.name)
def test_a_unit_that_stands_like_that_already_is_not_told_again(
    standing: UnitRegistered,
) -> None:
    assert register_unit(REGISTER, unit=standing) == ()


def test_a_unit_may_be_renamed() -> None:
    renamed = TRANSPORT.model_copy(update={"name": "市综合交通局", "aliases": ()})

    assert register_unit(REGISTER, unit=renamed) == (renamed,)


def test_a_unit_may_swap_its_own_names() -> None:
    swapped = TRANSPORT.model_copy(update={"name": "市交通局", "short_name": "市交通运输局"})

    assert register_unit(REGISTER, unit=swapped) == (swapped,)


@pytest.mark.parametrize("name", ["市交通运输局", "市交通局", "深圳市交通运输局", "C028"])
@pytest.mark.parametrize("as_what", ["name", "short_name", "aliases"])
def test_no_name_may_stand_for_two_units(name: str, as_what: str) -> None:
    value = (name,) if as_what == "aliases" else name
    another = HEALTH.model_copy(update={as_what: value})

    with pytest.raises(NameTaken, match=f"“{name}”已属于市交通运输局（C028）"):
        register_unit(REGISTER, unit=another)


def test_a_name_that_contains_another_is_no_collision() -> None:
    branch = unit("S201", "市交通运输局龙华管理局", level="section", under="C028")

    assert register_unit(REGISTER, unit=branch) == (branch,)


def test_a_unit_cannot_stand_under_one_that_is_not_registered() -> None:
    orphan = HEALTH.model_copy(update={"parent": "C099"})

    with pytest.raises(UnknownUnit, match="没有名为“C099”的单位"):
        register_unit(REGISTER, unit=orphan)


@pytest.mark.parametrize(
    ("level", "under"),
    [
        ("city", "C001"),
        ("district", "C001"),
        ("section", "D07"),
        ("section", "C028"),  # a city bureau's branch in the district
        ("street", "D07"),
        ("section", "S003"),
        ("section", "T051"),
    ],
)
def test_who_may_stand_under_whom(level: str, under: str) -> None:
    new = unit("X100", "新单位", level=level, under=under)

    assert register_unit(REGISTER, unit=new) == (new,)


@pytest.mark.parametrize(
    ("level", "under"),
    [
        ("city", "D07"),
        ("district", "D07"),
        ("district", "S003"),
        ("street", "C001"),
        ("street", "S003"),
        ("street", "T051"),
    ],
)
def test_who_may_not_stand_under_whom(level: str, under: str) -> None:
    new = unit("X100", "新单位", level=level, under=under)

    with pytest.raises(ParentOfWrongLevel, match="不能作新单位的上级"):
        register_unit(REGISTER, unit=new)


def test_a_unit_cannot_stand_under_itself() -> None:
    with pytest.raises(ParentIsBelow):
        register_unit(REGISTER, unit=CITY.model_copy(update={"parent": "C001"}))


def test_a_unit_cannot_stand_under_one_below_it() -> None:
    with pytest.raises(ParentIsBelow, match="市交通运输局在深圳市人民政府之下"):
        register_unit(REGISTER, unit=CITY.model_copy(update={"parent": "C028"}))


def test_a_level_is_fixed() -> None:
    with pytest.raises(LevelIsFixed, match="龙华区人民政府（D07）的层级不能更改"):
        register_unit(REGISTER, unit=unit("D07", LONGHUA.name, level="street", under="C001"))


@pytest.mark.parametrize("text", ["D07", "龙华区人民政府", "龙华区", " 龙华区 "])
def test_a_unit_is_found_by_its_code_or_any_of_its_names(text: str) -> None:
    assert REGISTER.unit(text) == LONGHUA


@pytest.mark.parametrize("text", ["龙华", "区人民政府", "人民政府", "", "d07"])
def test_a_part_of_a_name_finds_nothing(text: str) -> None:
    with pytest.raises(UnknownUnit):
        REGISTER.unit(text)
