"""Another system acts in a post, for the acts that it was given, until its account ends."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.domain.keeping_accounts import end_account, register_account, rotate_key
from services.registry.domain.refusals import (
    AccountEnded,
    AccountTaken,
    ActNotOfPost,
    BackwardsDates,
    NoSuchAccount,
    NotForAccounts,
    UnknownAct,
)
from services.registry.domain.register import Register
from shared.contracts.event import UnitCode
from shared.contracts.registry import Post, ServiceAccountRegistered
from tests.domain.registry.standing import REGISTER, TODAY

DAY = timedelta(days=1)
HR = ServiceAccountRegistered(
    account="hr-sync",
    name="人事系统",
    post=Post.OPERATOR,
    unit=UnitCode("C001"),
    key_digest="a" * 64,
    acts=("read", "registry.people"),
)


def register(**changes: Any) -> tuple[ServiceAccountRegistered, ...]:
    return register_account(REGISTER, account=HR.model_copy(update=changes), on=TODAY)


def with_hr(until: date | None = None) -> Register:
    return REGISTER.after(HR.model_copy(update={"until": until}))


def test_an_account_is_for_some_of_the_acts_of_its_post() -> None:
    assert register() == (HR,)


def test_an_act_named_twice_counts_once() -> None:
    assert register(acts=("read", "read", "registry.people")) == (HR,)


def test_an_act_that_is_not_known_is_answered_with_those_that_are() -> None:
    with pytest.raises(UnknownAct, match=r"没有名为“tea\.make”的事项。可授权的事项有：.*read"):
        register(acts=("tea.make",))


def test_an_act_of_another_post_is_not_given() -> None:
    with pytest.raises(ActNotOfPost, match=r"“系统运维”不能办理“assignment\.sign”"):
        register(acts=("read", "assignment.sign"))


@pytest.mark.parametrize("post", [Post.SECURITY, Post.AUDITOR])
def test_who_grants_and_who_looks_over_are_people(post: Post) -> None:
    with pytest.raises(NotForAccounts):
        register(post=post, acts=("read",))


def test_it_ends_today_at_the_earliest() -> None:
    assert register(until=TODAY) != ()
    with pytest.raises(BackwardsDates):
        register(until=TODAY - DAY)


def test_a_name_is_never_given_twice() -> None:
    for register_with in (with_hr(), with_hr(TODAY - DAY)):
        with pytest.raises(AccountTaken, match="服务账户“hr-sync”已经登记"):
            register_account(register_with, account=HR, on=TODAY)


def test_another_key_takes_the_place_of_the_first() -> None:
    [rotated] = rotate_key(with_hr(), account="hr-sync", key_digest="b" * 64, on=TODAY)

    assert rotated == HR.model_copy(update={"key_digest": "b" * 64})


def test_it_is_over_on_the_day_it_is_ended() -> None:
    [ended] = end_account(with_hr(), account="hr-sync", on=TODAY)

    assert ended.until == TODAY - DAY


def test_what_has_ended_is_neither_ended_nor_given_a_key() -> None:
    assert end_account(with_hr(TODAY), account="hr-sync", on=TODAY) != ()
    with pytest.raises(AccountEnded, match="已于2024-01-14停用"):
        end_account(with_hr(TODAY - DAY), account="hr-sync", on=TODAY)
    with pytest.raises(AccountEnded):
        rotate_key(with_hr(TODAY - DAY), account="hr-sync", key_digest="b", on=TODAY)


def test_an_account_that_is_not_there() -> None:
    with pytest.raises(NoSuchAccount, match="没有名为“hr-sync”的服务账户"):
        end_account(REGISTER, account="hr-sync", on=TODAY)
