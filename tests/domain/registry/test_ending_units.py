"""A unit ends by a succession with a day; whoever acted in it ends with it."""

from datetime import date, timedelta

import pytest

from services.registry.domain.naming_successors import How, name_successors
from services.registry.domain.refusals import (
    DayOrYear,
    NameStillInUse,
    NotYet,
    OldNameTwice,
    RenameInstead,
    UnitIsGone,
    UnitsBelow,
    WrongNumberOfSuccessors,
    YearAndDayDiffer,
)
from services.registry.domain.register import Fact, Register
from services.registry.domain.registering_units import register_unit
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import (
    HeldPost,
    PersonRegistered,
    Post,
    ServiceAccountRegistered,
    UnitRegistered,
    UnitSucceeded,
)
from tests.domain.registry.standing import EDUCATION, REGISTER, TODAY, TRANSPORT, unit

EVE = TODAY - timedelta(days=1)
HEALTH = unit("C031", "市卫生健康委员会", level="city", under="C001", short_name="市卫健委")
WITH_HEALTH = REGISTER.after(HEALTH)


def succeed(
    *successors: str,
    old_name: str = "市卫生健康委员会",
    how: How | None = "merged",
    on: date | None = TODAY,
    year: int | None = None,
    register: Register = WITH_HEALTH,
) -> tuple[Fact, ...]:
    return name_successors(
        register,
        old_name=old_name,
        successors=successors or ("市交通局",),
        how=how,
        on=on,
        year=year,
        source="机构改革",
        today=TODAY,
    )


def after(register: Register, *facts: Fact) -> Register:
    for fact in facts:
        register = register.after(fact)
    return register


@pytest.mark.parametrize("old_name", ["市卫生健康委员会", "C031"])
def test_a_unit_ends_on_the_day_before_and_its_work_goes_on_elsewhere(old_name: str) -> None:
    ended, succession = succeed(old_name=old_name)

    assert ended == HEALTH.model_copy(update={"until": EVE})
    assert succession == UnitSucceeded(
        old_name="市卫生健康委员会",
        old_code=UnitCode("C031"),
        successors=(UnitCode("C028"),),
        how="merged",
        on=TODAY,
        year=2024,
        source="机构改革",
    )
    assert succession.ended == "C031"


def test_what_is_gone_is_not_found_and_not_changed_but_its_names_are_free() -> None:
    register = after(WITH_HEALTH, *succeed())

    for text in ("C031", "市卫生健康委员会"):
        with pytest.raises(UnitIsGone, match="自2024-01-15起已由市交通运输局承接"):
            register.unit(text)
    with pytest.raises(UnitIsGone):
        register_unit(register, unit=HEALTH.model_copy(update={"source": "更正"}))
    new = unit("C090", "市卫生健康委员会", level="city", under="C001")
    assert register_unit(register, unit=new) == (new,)


def test_the_same_succession_again_is_not_told_again() -> None:
    register = after(WITH_HEALTH, *succeed())

    assert succeed(register=register) == ()


def test_its_day_may_be_put_right() -> None:
    register = after(WITH_HEALTH, *succeed())

    ended, succession = succeed(on=EVE, register=register)

    assert isinstance(ended, UnitRegistered)
    assert isinstance(succession, UnitSucceeded)
    assert ended.until == EVE - timedelta(days=1)
    assert succession.on == EVE


def post(of: Post, *, in_unit: str = "C031", since: date | None = None) -> HeldPost:
    return HeldPost(post=of, unit=UnitCode(in_unit), since=since)


def test_posts_and_accounts_in_it_end_with_it() -> None:
    person = PersonRegistered(
        person=PersonId("li.ming"),
        name="李明",
        posts=(
            post(Post.OFFICER),
            post(Post.HEAD, in_unit="C028"),
            post(Post.DEPUTY, since=TODAY + timedelta(days=5)),
        ),
    )
    account = ServiceAccountRegistered(
        account="his",
        name="医院系统",
        post=Post.OFFICER,
        unit=UnitCode("C031"),
        key_digest="x",
        acts=("read",),
    )

    _, li, his, _ = succeed(register=after(WITH_HEALTH, person, account))

    assert isinstance(li, PersonRegistered)
    assert li.posts == (
        post(Post.OFFICER).model_copy(update={"until": EVE}),
        post(Post.HEAD, in_unit="C028"),
    )
    assert his == account.model_copy(update={"until": EVE})


def test_units_below_it_are_taken_elsewhere_first() -> None:
    with pytest.raises(
        UnitsBelow, match="龙华区人民政府之下还有龙华区教育局、龙华区民治街道办事处"
    ):
        succeed("市交通局", old_name="D07")

    alone = Register(units={one.code: one for one in (TRANSPORT, EDUCATION)})
    assert succeed("市交通局", old_name="S003", register=alone) != ()


@pytest.mark.parametrize("how", ["merged", "abolished"])
def test_one_successor_takes_all(how: How) -> None:
    assert succeed(how=how) != ()


def test_a_unit_may_be_split_or_abolished_among_several() -> None:
    for how in ("split", "abolished"):
        *_, succession = succeed("C028", "D07", how=how)
        assert isinstance(succession, UnitSucceeded)
        assert succession.successors == ("C028", "D07")


@pytest.mark.parametrize(
    ("how", "successors", "says"),
    [
        ("merged", ("C028", "D07"), "并入应有一个承接单位"),
        ("renamed", ("C028", "D07"), "更名应有一个承接单位"),
        ("split", ("C028",), "拆分应有两个以上承接单位"),
        ("split", ("C028", "市交通局"), "拆分应有两个以上承接单位"),
    ],
)
def test_successors_are_as_many_as_the_way_has_it(
    how: How, successors: tuple[str, ...], says: str
) -> None:
    with pytest.raises(WrongNumberOfSuccessors, match=says):
        succeed(*successors, how=how)


def test_a_unit_of_today_ends_by_a_day_and_in_a_way() -> None:
    with pytest.raises(NameStillInUse, match="请写明方式和生效日"):
        succeed(how=None)
    with pytest.raises(NameStillInUse):
        succeed(on=None, year=2024)


def test_nobody_succeeds_itself() -> None:
    with pytest.raises(NameStillInUse):
        succeed("市卫健委")


def test_a_unit_that_only_changes_its_name_keeps_its_code() -> None:
    with pytest.raises(RenameInstead, match="市卫生健康委员会只是更名的，请按更名登记"):
        succeed(how="renamed")


def test_nothing_is_entered_before_its_day() -> None:
    assert succeed(on=TODAY) != ()
    with pytest.raises(NotYet, match="生效日2024-01-16还没有到"):
        succeed(on=TODAY + timedelta(days=1))


def test_there_is_a_day_or_a_year_and_they_agree() -> None:
    old = "市卫生局"
    with pytest.raises(DayOrYear):
        succeed(old_name=old, on=None)
    with pytest.raises(YearAndDayDiffer, match="生效日2024-01-15不在2023年内"):
        succeed(old_name=old, year=2023)
    [told] = succeed(old_name=old, year=2024)
    assert isinstance(told, UnitSucceeded)
    assert (told.year, told.since, told.old_code) == (2024, TODAY, None)


def test_where_only_the_year_is_known_it_counts_from_its_first_day() -> None:
    [told] = succeed(old_name="市卫生局", on=None, year=2009)

    assert isinstance(told, UnitSucceeded)
    assert told.since == date(2009, 1, 1)


def test_an_old_name_has_one_story() -> None:
    register = after(WITH_HEALTH, *succeed())
    again = unit("C090", "市卫生健康委员会", level="city", under="C001")
    register = after(register, again)

    with pytest.raises(OldNameTwice, match="“市卫生健康委员会”已登记过另一次沿革（2024年）"):
        succeed(register=register)


def test_a_succession_by_way_of_a_unit_that_is_gone_is_refused() -> None:
    register = after(WITH_HEALTH, *succeed())

    with pytest.raises(UnitIsGone):
        succeed("C031", old_name="市卫生局", register=register)
