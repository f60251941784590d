"""A unit that is renamed stays the same unit; its old name stays on file."""

from datetime import date, timedelta

import pytest

from services.registry.domain.refusals import (
    BeforeLastRenaming,
    NameTaken,
    NotYet,
    OldNameTwice,
    SameName,
    UnitIsGone,
    UnknownUnit,
)
from services.registry.domain.register import Fact, Register
from services.registry.domain.renaming_units import rename_unit
from shared.contracts.event import UnitCode
from shared.contracts.registry import UnitRegistered, UnitSucceeded
from tests.domain.registry.standing import REGISTER, TODAY

MARCH = date(2023, 3, 1)


def rename(
    name: str = "市综合交通局",
    *,
    unit: str = "C028",
    short_name: str = "市综合交通局",
    aliases: list[str] | None = None,
    on: date = TODAY,
    register: Register = REGISTER,
) -> tuple[UnitRegistered | UnitSucceeded, ...]:
    return rename_unit(
        register,
        unit=unit,
        name=name,
        short_name=short_name,
        aliases=aliases,
        on=on,
        source="机构改革",
        today=TODAY,
    )


def after(*facts: Fact, register: Register = REGISTER) -> Register:
    for fact in facts:
        register = register.after(fact)
    return register


def test_the_unit_is_told_with_its_new_name_and_the_old_one_as_such() -> None:
    unit, succession = rename()

    assert isinstance(unit, UnitRegistered)
    assert (unit.code, unit.name, unit.parent) == ("C028", "市综合交通局", "C001")
    assert succession == UnitSucceeded(
        old_name="市交通运输局",
        old_code=UnitCode("C028"),
        successors=(UnitCode("C028"),),
        how="renamed",
        on=TODAY,
        year=2024,
        source="机构改革",
    )
    assert succession.is_renaming
    assert succession.ended is None


def test_the_short_name_goes_on_as_an_alias_unless_aliases_are_given() -> None:
    kept, _ = rename()
    given, _ = rename(aliases=["深圳市综合交通局", "市综合交通局"])

    assert isinstance(kept, UnitRegistered)
    assert isinstance(given, UnitRegistered)
    assert kept.aliases == ("深圳市交通运输局", "市交通局")
    assert given.aliases == ("深圳市综合交通局",), "a name is no alias of itself"


def test_the_old_name_is_free_for_others_and_no_unit_of_today() -> None:
    register = after(*rename())

    assert "市交通运输局" not in register.names()
    with pytest.raises(UnitIsGone, match="“市交通运输局”自2024-01-15起已由市综合交通局承接"):
        register.unit("市交通运输局")


@pytest.mark.parametrize("unit", ["C028", "市交通运输局", "市交通局"])
def test_the_unit_may_be_given_by_any_name(unit: str) -> None:
    assert rename(unit=unit) == rename()


def test_the_name_it_has_is_no_new_name() -> None:
    with pytest.raises(SameName, match="市交通运输局现在就叫这个名称"):
        rename("市交通运输局")


def test_the_new_name_must_be_free() -> None:
    with pytest.raises(NameTaken, match="龙华区"):
        rename("龙华区")


def test_nobody_is_renamed_in_advance() -> None:
    with pytest.raises(NotYet, match="生效日2024-01-16还没有到"):
        rename(on=TODAY + timedelta(days=1))


def test_one_name_follows_another() -> None:
    register = after(*rename(on=MARCH))

    assert rename("市大交通局", on=MARCH + timedelta(days=1), register=register) != ()
    with pytest.raises(BeforeLastRenaming, match="在2023-03-01已更过名"):
        rename("市大交通局", on=MARCH, register=register)


def test_a_name_that_it_had_once_may_come_back_but_has_one_story() -> None:
    back = date(2023, 6, 1)
    register = after(*rename(on=MARCH))
    register = after(*rename("市交通运输局", on=back, register=register), register=register)

    assert register.unit("市交通运输局").code == "C028"
    with pytest.raises(OldNameTwice, match="旧名“市交通运输局”已登记过另一次沿革（2023年）"):
        rename(register=register)


def test_a_unit_that_is_not_there_is_not_renamed() -> None:
    with pytest.raises(UnknownUnit):
        rename(unit="C099")
