"""A light tells how a duty stands on a day: red from the day after its last one."""

from datetime import date

import pytest

from services.portal.domain.lights import Lamp, Light
from shared.calendar import Calendar
from shared.contracts.registry import Deadline, Number
from shared.nearness import Horizon, near_until
from tests.domain.shared.reckoning import rules

THURSDAY, FRIDAY = date(2024, 3, 7), date(2024, 3, 8)
SATURDAY, MONDAY = date(2024, 3, 9), date(2024, 3, 11)
SEVEN_DAYS = Deadline(count=7, unit="calendar_days", source=None)
WARNS_LATE = Number(value=1, says="签收前1个工作日起为临期", source=None)
RULES = rules().model_copy(update={"numbers": {"near:sign": WARNS_LATE}})
LAMP = Lamp(Horizon(FRIDAY, MONDAY), Calendar())


def lit(due_on: date, **more: object) -> Light:
    return LAMP.of({"due_on": due_on, "done_on": None, "dead_on": None, **more})


def test_the_last_day_is_not_over_before_it_ends() -> None:
    assert lit(FRIDAY) is Light.YELLOW


def test_the_day_after_is_red() -> None:
    assert lit(THURSDAY) is Light.RED


def test_near_is_yellow_up_to_the_horizon() -> None:
    assert lit(MONDAY) is Light.YELLOW
    assert lit(date(2024, 3, 12)) is Light.GREEN


def test_done_on_the_last_day_is_in_time_and_a_day_later_is_late() -> None:
    assert lit(THURSDAY, done_on=THURSDAY) is Light.DONE
    assert lit(THURSDAY, done_on=FRIDAY) is Light.LATE


def test_what_ended_or_stands_still_is_not_red() -> None:
    assert lit(THURSDAY, dead_on=FRIDAY) is Light.DEAD
    assert lit(THURSDAY, paused=True) is Light.PAUSED


def test_what_ended_while_it_stood_still_has_ended() -> None:
    assert lit(THURSDAY, paused=True, dead_on=FRIDAY) is Light.DEAD


def test_words_and_shapes_tell_all_open_lights_apart() -> None:
    lights = [one for one in Light if one.is_open]

    assert lights == [Light.RED, Light.YELLOW, Light.GREEN]
    assert len({one.word for one in lights}) == 3
    assert len({one.shape for one in lights}) == 3


@pytest.mark.parametrize(
    ("due_on", "says"),
    [
        (FRIDAY, "今日到期"),
        (MONDAY, "余1个工作日"),
        (SATURDAY, "下一个工作日前到期"),
        (THURSDAY, "逾期1个工作日"),
        (date(2024, 3, 1), "逾期5个工作日"),
    ],
)
def test_distances_are_counted_in_working_days(due_on: date, says: str) -> None:
    assert LAMP.distance(due_on) == says


def test_a_duty_missed_on_a_free_day_is_late_by_less_than_a_working_day() -> None:
    on_sunday = Lamp(Horizon(date(2024, 3, 10), MONDAY), Calendar())

    assert on_sunday.distance(SATURDAY) == "逾期不足1个工作日"


def test_the_horizon_turns_the_rules_warning_round() -> None:
    two_working_days = Deadline(count=2, unit="working_days", source=None)

    assert near_until(FRIDAY, near=SEVEN_DAYS, calendar=Calendar()) == date(2024, 3, 15)
    assert near_until(FRIDAY, near=two_working_days, calendar=Calendar()) == date(2024, 3, 12)


def test_a_clock_with_a_warning_of_its_own_turns_yellow_by_it() -> None:
    lamp = Lamp(Horizon(FRIDAY, MONDAY, {"sign": FRIDAY}), Calendar())
    done = {"done_on": None, "dead_on": None}

    assert lamp.of({"kind": "sign", "due_on": MONDAY, **done}) is Light.GREEN
    assert lamp.of({"kind": "reply", "due_on": MONDAY, **done}) is Light.YELLOW


def test_a_special_kind_of_a_clock_follows_it_unless_it_has_its_own() -> None:
    horizon = Horizon(THURSDAY, MONDAY, {"reply": FRIDAY, "reply:key": SATURDAY})

    assert horizon.until("reply:joint") == FRIDAY
    assert horizon.until("reply:key") == SATURDAY
    assert horizon.until("opinion") == MONDAY
    assert horizon.latest == MONDAY


def test_the_clock_that_the_rules_name_goes_before_the_kind_that_the_page_shows() -> None:
    lamp = Lamp(Horizon(FRIDAY, FRIDAY, {"decide_return": MONDAY}), Calendar())
    duty = {"kind": "decide", "clock": "decide_return", "due_on": MONDAY}

    assert lamp.of(duty) is Light.YELLOW


def test_the_horizon_is_reckoned_from_the_numbers_of_the_rule_set() -> None:
    horizon = Horizon.of(FRIDAY, rules=RULES, calendar=Calendar())

    assert horizon.until("sign") == MONDAY
    assert horizon.until("reply") == date(2024, 3, 15)
