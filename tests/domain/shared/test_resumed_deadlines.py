"""A clock that stood still goes on with what it had left, and says how its new day was found."""

import pytest

from shared.contracts.event import Due
from shared.deadlines import due, resumed_due
from tests.domain.shared.reckoning import CALENDAR, day, rules

RULES = rules(sign=(3, "working_days"))
DUE_JANUARY_25 = due("sign", starts_on=day("2024-01-22"), rules=RULES, calendar=CALENDAR)


def resumed(paused_on: str, start: str, *, paused: Due = DUE_JANUARY_25) -> Due:
    return resumed_due(paused, paused_on=day(paused_on), starts_on=day(start), calendar=CALENDAR)


@pytest.mark.parametrize(
    ("paused_on", "goes_on_after", "on"),
    [
        ("2024-01-22", "2024-01-29", "2024-02-01"),  # three working days left
        ("2024-01-23", "2024-01-29", "2024-01-31"),
        ("2024-01-25", "2024-01-29", "2024-01-30"),  # none left: one at least
        ("2024-01-23", "2024-01-23", "2024-01-25"),  # decided at once: as it was
        ("2024-01-23", "2024-02-02", "2024-02-05"),  # Sunday 4 February is worked
        ("2024-01-23", "2024-02-09", "2024-02-19"),  # over Spring Festival
    ],
)
def test_the_working_days_that_were_left_are_counted_on(
    paused_on: str, goes_on_after: str, on: str
) -> None:
    assert resumed(paused_on, goes_on_after).on == day(on)


def test_it_is_explained_from_the_day_on_which_it_stood_still() -> None:
    found = resumed("2024-01-23", "2024-02-02")

    assert (found.clock, found.rule, found.source) == ("sign", "shenzhen-2024@1 sign", "某市规定")
    assert (found.starts_on, found.calendar) == (day("2024-02-02"), "CN-2024@1")
    assert [(step.says, step.day) for step in found.steps] == [
        ("原期限为2024-01-25", day("2024-01-25")),
        ("自2024-01-23起停止计时，余2个工作日", day("2024-01-23")),
        ("自2024-02-02（当日不计）起继续计时", day("2024-02-02")),
        ("02-04补班，计入工作日", day("2024-02-04")),
        ("加2个工作日", day("2024-02-05")),
    ]


def test_the_day_that_is_given_at_least_is_said() -> None:
    says = [step.says for step in resumed("2024-01-25", "2024-01-29").steps]

    assert says[1] == "自2024-01-25起停止计时，余0个工作日，按1个工作日计"
    assert says[-1] == "加1个工作日"


def test_beyond_the_announced_calendar_it_is_provisional() -> None:
    found = resumed("2024-01-23", "2026-12-31")

    assert found.provisional
    assert found.steps[-1].says == "2027年放假安排尚未正式公布，此日暂定"
