"""A year's working days are announced edition by edition; only days that differ are listed."""

import pytest

from services.registry.domain.announcing_years import announce_year
from services.registry.domain.refusals import (
    AlreadyOfficial,
    DayLikeItsWeekday,
    DayOfAnotherYear,
    DayTwice,
    EditionNotNext,
)
from services.registry.domain.register import Register
from tests.domain.registry.standing import announced, year

FREE_MONDAY = ("2024-02-12", False)
WORKED_SUNDAY = ("2024-02-18", True)


def test_a_year_is_told_with_its_days_in_order() -> None:
    told = announce_year(Register(), year=year(2024, WORKED_SUNDAY, FREE_MONDAY))

    assert told == (year(2024, FREE_MONDAY, WORKED_SUNDAY),)


def test_a_year_that_stands_like_that_is_not_told_again() -> None:
    register = announced(year(2024, FREE_MONDAY, WORKED_SUNDAY))

    assert announce_year(register, year=year(2024, WORKED_SUNDAY, FREE_MONDAY)) == ()


def test_the_first_edition_that_is_here_may_be_a_later_one() -> None:
    assert announce_year(Register(), year=year(2024, edition=2)) == (year(2024, edition=2),)


def test_there_is_no_edition_before_the_first() -> None:
    with pytest.raises(EditionNotNext, match="2024年工作日历的下一版应为第1版，不能登记第0版"):
        announce_year(Register(), year=year(2024, edition=0))


def test_the_next_edition_follows_the_last() -> None:
    register = announced(year(2024, FREE_MONDAY))

    told = announce_year(register, year=year(2024, WORKED_SUNDAY, edition=2))

    assert told == (year(2024, WORKED_SUNDAY, edition=2),)


@pytest.mark.parametrize("edition", [1, 3])
def test_an_edition_is_neither_changed_nor_left_out(edition: int) -> None:
    register = announced(year(2024, FREE_MONDAY))

    with pytest.raises(EditionNotNext, match="应为第2版"):
        announce_year(register, year=year(2024, WORKED_SUNDAY, edition=edition))


def test_each_year_counts_its_own_editions() -> None:
    register = announced(year(2024, edition=3))

    assert announce_year(register, year=year(2025)) == (year(2025),)


def test_a_provisional_year_becomes_official() -> None:
    register = announced(year(2027, provisional=True))

    assert announce_year(register, year=year(2027, edition=2)) == (year(2027, edition=2),)


def test_a_provisional_year_may_be_replaced_by_another() -> None:
    register = announced(year(2027, provisional=True))
    better = year(2027, ("2027-01-01", False), edition=2, provisional=True)

    assert announce_year(register, year=better) == (better,)


def test_an_official_year_stays_official() -> None:
    register = announced(year(2024))

    with pytest.raises(AlreadyOfficial, match="2024年的工作日历已正式公布"):
        announce_year(register, year=year(2024, edition=2, provisional=True))


@pytest.mark.parametrize("day", ["2023-12-29", "2025-01-01"])
def test_a_day_belongs_to_its_year(day: str) -> None:
    with pytest.raises(DayOfAnotherYear, match=f"{day}不在2024年内"):
        announce_year(Register(), year=year(2024, (day, False)))


@pytest.mark.parametrize("day", ["2024-01-01", "2024-12-31"])
def test_the_first_and_the_last_day_of_a_year_belong_to_it(day: str) -> None:
    assert announce_year(Register(), year=year(2024, (day, False))) != ()


def test_a_day_is_listed_once() -> None:
    with pytest.raises(DayTwice, match="2024-02-12列了两次"):
        announce_year(Register(), year=year(2024, FREE_MONDAY, FREE_MONDAY))


@pytest.mark.parametrize(
    ("day", "works", "says"),
    [
        ("2024-02-16", True, "2024-02-16是周五，本来就上班"),
        ("2024-02-17", False, "2024-02-17是周六，本来就休息"),
        ("2024-02-18", False, "2024-02-18是周日，本来就休息"),
        ("2024-02-19", True, "2024-02-19是周一，本来就上班"),
    ],
)
def test_a_day_like_its_weekday_is_not_listed(day: str, works: bool, says: str) -> None:
    with pytest.raises(DayLikeItsWeekday, match=says):
        announce_year(Register(), year=year(2024, (day, works)))
