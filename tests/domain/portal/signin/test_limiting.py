"""Limiting: how often one may fail, and how long one waits then."""

from datetime import datetime

import pytest

from services.portal.signin.domain.limiting import locked_until, may_try
from services.portal.signin.domain.refusals import TooManyFailures, TooManyFromHere
from tests.domain.portal.signin.terms import MINUTE, MOMENT, NOW, TERMS


def failed(*minutes_ago: float) -> list[datetime]:
    return [NOW - minutes * MINUTE for minutes in minutes_ago]


def test_four_failures_are_not_too_many() -> None:
    assert locked_until(failed(0, 1, 2, 3), terms=TERMS) is None


def test_the_fifth_is_and_the_wait_counts_from_it() -> None:
    assert locked_until(failed(2, 3, 4, 5, 6), terms=TERMS) == NOW + 13 * MINUTE


def test_five_over_a_long_time_are_not() -> None:
    assert locked_until(failed(0, 1, 2, 3, 15), terms=TERMS) is not None
    assert locked_until(failed(0, 1, 2, 3, 15.001), terms=TERMS) is None


def test_after_the_wait_it_takes_five_new_ones() -> None:
    assert locked_until(failed(0, 15.5, 16, 17, 18), terms=TERMS) is None


@pytest.mark.parametrize(("ago", "minutes"), [(0, 16), (14.5, 1)])
def test_who_waits_is_told_how_long(ago: float, minutes: int) -> None:
    with pytest.raises(TooManyFailures, match=f"请{minutes}分钟后再试"):
        may_try(failed(*[ago] * 5), from_here=0, terms=TERMS, now=NOW)


def test_the_wait_ends() -> None:
    may_try(failed(*[0] * 5), from_here=0, terms=TERMS, now=NOW + TERMS.lock)
    with pytest.raises(TooManyFailures):
        may_try(failed(*[0] * 5), from_here=0, terms=TERMS, now=NOW + TERMS.lock - MOMENT)


def test_an_address_has_its_own_measure() -> None:
    may_try([], from_here=59, terms=TERMS, now=NOW)
    with pytest.raises(TooManyFromHere):
        may_try([], from_here=60, terms=TERMS, now=NOW)
