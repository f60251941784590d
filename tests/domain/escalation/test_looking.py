"""What is told of a clock on a day: near once, missed once, each rung of the ladder once."""

from dataclasses import replace
from datetime import date

import pytest

from services.escalation.domain.clock import Clock, ClockState
from services.escalation.domain.looking import Told, Watch, look, next_look
from shared.contracts.escalation import DeadlineMissed, DeadlineNear, ReminderSent
from shared.contracts.event import SYSTEM
from shared.contracts.registry import Deadline, Rung
from tests.domain.escalation.office import (
    CALENDAR,
    FUTIAN,
    OPINION,
    PROPOSAL,
    day,
    rules_with,
    rung,
    watch,
)

QUIET = watch()
BEFORE = rung(1, -2, "经办人")  # Wednesday 13 March
LAST_DAY = rung(2, 0, "联络员")  # Friday 15 March
AFTER = rung(3, 3, "负责人")  # Wednesday 20 March
AFTER_10 = rung(4, 10, "督查室")  # Friday 29 March
LADDER = watch(BEFORE, LAST_DAY, AFTER, AFTER_10)

NEAR_TOLD = replace(OPINION, near_told=True)
MISSED = replace(OPINION, missed=True)


def reminders(told: tuple[Told, ...]) -> list[tuple[int, str, str]]:
    return [(one.rung, one.to, one.says) for one in told if isinstance(one, ReminderSent)]


def rungs(told: tuple[Told, ...]) -> list[int]:
    return [one.rung for one in told if isinstance(one, ReminderSent)]


def after(clock: Clock, told: tuple[Told, ...]) -> Clock:
    """The clock once this was told."""
    return replace(
        clock,
        near_told=clock.near_told or any(isinstance(one, DeadlineNear) for one in told),
        missed=clock.missed or any(isinstance(one, DeadlineMissed) for one in told),
        told_rungs=clock.told_rungs | set(rungs(told)),
    )


def test_far_from_its_day_there_is_nothing_to_tell() -> None:
    assert look(OPINION, LADDER, on=day("03-11")) == ()


def test_it_is_near_from_the_day_that_the_rules_say() -> None:
    assert look(OPINION, QUIET, on=day("03-12")) == (
        DeadlineNear(
            proposal_id=PROPOSAL,
            clock_id="D01.1/opinion",
            clock="opinion",
            unit=FUTIAN,
            due_on=day("03-15"),
            by=SYSTEM,
            on=day("03-12"),
        ),
    )


def test_near_is_told_once() -> None:
    assert look(NEAR_TOLD, QUIET, on=day("03-13")) == ()


def test_near_is_counted_in_the_rule_s_unit_of_time() -> None:
    a_week = watch(near=Deadline(count=7, unit="calendar_days", source=None))

    assert look(OPINION, a_week, on=day("03-07")) == ()
    assert look(OPINION, a_week, on=day("03-08")) != ()


def test_the_last_day_belongs_to_the_unit() -> None:
    assert look(NEAR_TOLD, QUIET, on=day("03-15")) == ()


def test_the_day_after_it_is_missed_even_on_a_saturday() -> None:
    assert look(NEAR_TOLD, QUIET, on=day("03-16")) == (
        DeadlineMissed(
            proposal_id=PROPOSAL,
            clock_id="D01.1/opinion",
            clock="opinion",
            unit=FUTIAN,
            due_on=day("03-15"),
            by=SYSTEM,
            on=day("03-16"),
        ),
    )


def test_missed_is_told_once() -> None:
    assert look(MISSED, QUIET, on=day("03-18")) == ()


def test_what_is_missed_is_no_longer_near() -> None:
    told = look(OPINION, QUIET, on=day("03-18"))

    assert [type(one) for one in told] == [DeadlineMissed]


@pytest.mark.parametrize("state", ["stopped", "dead"])
def test_a_clock_that_does_not_run_tells_nothing(state: ClockState) -> None:
    assert look(replace(OPINION, state=state), LADDER, on=day("03-29")) == ()


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("03-12", []),
        ("03-13", [(1, "经办人", "第1级")]),
        ("03-15", [(2, "联络员", "第2级")]),
        ("03-20", [(3, "负责人", "第3级")]),
        ("03-29", [(4, "督查室", "第4级")]),
    ],
)
def test_each_rung_is_told_on_its_day(on: str, expected: list[tuple[int, str, str]]) -> None:
    told_before = frozenset(range(1, expected[0][0])) if expected else frozenset()

    told = look(replace(OPINION, told_rungs=told_before), LADDER, on=day(on))

    assert reminders(told) == expected


def test_a_rung_is_told_once() -> None:
    told = look(replace(OPINION, told_rungs=frozenset({1})), LADDER, on=day("03-13"))

    assert rungs(told) == []


def test_nobody_is_reminded_on_a_free_day() -> None:
    saturday = watch(rung(1, 1, "经办人", unit="calendar_days"))

    assert rungs(look(MISSED, saturday, on=day("03-16"))) == []
    assert rungs(look(MISSED, saturday, on=day("03-17"))) == []


def test_a_rung_of_a_free_day_is_told_on_the_next_working_day_and_is_not_late() -> None:
    saturday = watch(rung(1, 1, "经办人", unit="calendar_days"))

    told = look(MISSED, saturday, on=day("03-18"))

    assert reminders(told) == [(1, "经办人", "第1级")]


def test_people_are_reminded_on_a_sunday_that_is_worked() -> None:
    due_at_ching_ming = replace(OPINION, due_on=day("04-03"), missed=True)
    the_day_after = watch(rung(1, 1, "经办人", unit="calendar_days"))

    assert rungs(look(due_at_ching_ming, the_day_after, on=day("04-04"))) == []
    assert rungs(look(due_at_ching_ming, the_day_after, on=day("04-07"))) == [1]


def test_what_was_passed_over_is_told_late_and_says_so() -> None:
    told = look(OPINION, watch(BEFORE), on=day("03-14"))

    assert reminders(told) == [
        (
            1,
            "经办人",
            "第1级（本提醒应于2024-03-13发出，迟至2024-03-14补发；办理期限为2024-03-15）",
        )
    ]


def test_each_recipient_hears_only_the_highest_rung_passed_over() -> None:
    twice_to_the_head = watch(BEFORE, rung(2, 3, "负责人"), rung(3, 5, "负责人"), AFTER_10)

    told = look(OPINION, twice_to_the_head, on=day("03-25"))

    assert rungs(told) == [1, 3]


def test_a_rung_passed_over_is_over() -> None:
    twice_to_the_head = watch(rung(1, 3, "负责人"), rung(2, 5, "负责人"))
    higher_told = replace(MISSED, told_rungs=frozenset({2}))

    assert rungs(look(higher_told, twice_to_the_head, on=day("03-26"))) == []


def test_a_lower_rung_told_does_not_hold_back_a_higher_one() -> None:
    twice_to_the_head = watch(rung(1, 3, "负责人"), rung(2, 5, "负责人"))
    lower_told = replace(MISSED, told_rungs=frozenset({1}))

    assert rungs(look(lower_told, twice_to_the_head, on=day("03-22"))) == [2]


def test_two_rungs_for_one_recipient_that_meet_on_a_day_are_one_reminder() -> None:
    weekend = watch(
        rung(1, 1, "经办人", unit="calendar_days"), rung(2, 2, "经办人", unit="calendar_days")
    )

    assert rungs(look(MISSED, weekend, on=day("03-18"))) == [2]


def test_a_rung_from_before_the_clock_started_does_not_belong_to_it() -> None:
    started = day("03-13")
    week_before = rung(1, -3, "经办人")  # Tuesday 12 March

    assert rungs(look(replace(OPINION, started_on=started), watch(week_before), on=started)) == []
    assert rungs(look(replace(OPINION, started_on=started), watch(BEFORE), on=started)) == [1]


def test_a_ladder_may_count_in_months() -> None:
    a_month_on = watch(rung(5, 1, "分管领导", unit="months"))

    assert rungs(look(MISSED, a_month_on, on=day("04-12"))) == []
    assert rungs(look(MISSED, a_month_on, on=day("04-15"))) == [5]


def all_that_is_told(clock: Clock, watching: Watch, days: list[date]) -> list[Told]:
    told: list[Told] = []
    for on in days:
        new = look(clock, watching, on=on)
        clock = after(clock, new)
        told += new
    return told


def test_looking_every_day_or_only_on_the_days_foretold_tells_the_same() -> None:
    every_day = [day(f"03-{n:02}") for n in range(1, 32)]
    foretold, clock, on = [], OPINION, day("03-01")
    while on <= day("03-31"):
        foretold.append(on)
        clock = after(clock, look(clock, LADDER, on=on))
        following = next_look(clock, LADDER, after=on)
        if following is None:
            break
        on = following

    daily = all_that_is_told(OPINION, LADDER, every_day)

    assert all_that_is_told(OPINION, LADDER, foretold) == daily
    assert len(daily) == 6
    assert foretold == [day(f"03-{n}") for n in ("01", "12", "13", "15", "16", "20", "29")]


def test_a_clock_that_has_told_all_is_not_looked_at_again() -> None:
    spent = replace(MISSED, told_rungs=frozenset({1, 2, 3, 4}))

    assert next_look(spent, LADDER, after=day("03-29")) is None


def test_a_rung_held_back_by_a_free_day_is_looked_at_again() -> None:
    friday_passed_over = watch(LAST_DAY)

    assert next_look(MISSED, friday_passed_over, after=day("03-16")) == day("03-17")


@pytest.mark.parametrize(
    ("clock", "ladder"), [("opinion", (BEFORE,)), ("contact", ())], ids=["ladder", "no ladder"]
)
def test_a_clock_is_watched_with_the_ladder_of_its_name(
    clock: str, ladder: tuple[Rung, ...]
) -> None:
    rules = rules_with(opinion=(BEFORE,))

    watching = Watch.over(replace(OPINION, clock=clock), rules=rules, calendar=CALENDAR)

    assert watching.ladder == ladder
    assert watching.near == rules.near
