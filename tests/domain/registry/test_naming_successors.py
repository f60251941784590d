"""A unit that is gone leaves its work to units of today."""

import pytest

from services.registry.domain.naming_successors import name_successors
from services.registry.domain.refusals import NameStillInUse, UnknownUnit
from services.registry.domain.register import Register
from shared.contracts.event import UnitCode
from shared.contracts.registry import UnitSucceeded
from tests.domain.registry.standing import REGISTER, TODAY

SUCCEEDED = UnitSucceeded(
    old_name="市交通运输委员会", successors=(UnitCode("C028"),), year=2019, source="机构改革"
)


def name(
    *successors: str,
    old_name: str = "市交通运输委员会",
    year: int = 2019,
    register: Register = REGISTER,
) -> tuple[UnitSucceeded, ...]:
    told = name_successors(
        register,
        old_name=old_name,
        successors=successors,
        year=year,
        source="机构改革",
        today=TODAY,
    )
    return tuple(one for one in told if isinstance(one, UnitSucceeded))


@pytest.mark.parametrize("successor", ["C028", "市交通运输局", "市交通局", "深圳市交通运输局"])
def test_a_successor_may_be_given_by_any_name(successor: str) -> None:
    assert name(successor) == (SUCCEEDED,)


def test_a_unit_may_be_split_among_several() -> None:
    (succeeded,) = name("市交通局", "龙华区")

    assert succeeded.successors == ("C028", "D07")


def test_a_successor_named_twice_counts_once() -> None:
    assert name("C028", "市交通局") == (SUCCEEDED,)


def test_a_succession_that_stands_is_not_told_again() -> None:
    assert name("C028", register=REGISTER.after(SUCCEEDED)) == ()


def test_a_succession_may_be_corrected() -> None:
    (succeeded,) = name("C028", year=2018, register=REGISTER.after(SUCCEEDED))

    assert succeeded.year == 2018


def test_a_successor_must_be_a_unit_of_today() -> None:
    with pytest.raises(UnknownUnit, match="市交通委"):
        name("市交通委")


@pytest.mark.parametrize("old_name", ["龙华区人民政府", "龙华区", "D07"])
def test_a_name_still_in_use_is_not_an_old_one(old_name: str) -> None:
    with pytest.raises(NameStillInUse, match=f"“{old_name}”仍是现有单位（D07）的名称"):
        name("C028", old_name=old_name)


def test_an_old_name_may_live_on_as_its_successors_short_name() -> None:
    (succeeded,) = name("C028", old_name="市交通局")

    assert succeeded.old_name == "市交通局"


def test_an_old_name_may_not_live_on_as_another_units_short_name() -> None:
    with pytest.raises(NameStillInUse, match="C028"):
        name("D07", old_name="市交通局")


@pytest.mark.parametrize("old_name", ["市交通运输局", "C028"])
def test_nobody_succeeds_itself(old_name: str) -> None:
    with pytest.raises(NameStillInUse, match="C028"):
        name("C028", old_name=old_name)
