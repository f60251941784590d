"""Green, yellow from the day that counts as near, red from the day after the last, grey at rest."""

from dataclasses import replace

import pytest

from services.escalation.domain.clock import ClockState
from services.escalation.domain.lights import Light, light_of
from services.escalation.domain.looking import look
from shared.calendar import days
from shared.contracts.escalation import DeadlineNear
from shared.contracts.registry import Deadline, Number
from shared.nearness import Horizon, near_of
from tests.domain.escalation.office import (
    CALENDAR,
    OPINION,
    WORKING_DAYS_3,
    day,
    rules_with,
    watch,
)

NEARS = [
    WORKING_DAYS_3,
    Deadline(count=7, unit="calendar_days", source=None),
    Deadline(count=1, unit="months", source=None),
    Deadline(count=0, unit="calendar_days", source=None),
]


def on(text: str, *, near: Deadline = WORKING_DAYS_3) -> Horizon:
    return Horizon.of(day(text), rules=rules_with(near=near), calendar=CALENDAR)


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("03-11", Light.GREEN),
        ("03-12", Light.YELLOW),
        ("03-15", Light.YELLOW),
        ("03-16", Light.RED),
    ],
)
def test_a_running_clock_is_green_then_yellow_then_red(text: str, light: Light) -> None:
    assert light_of(OPINION, on(text)) is light


@pytest.mark.parametrize("state", ["stopped", "dead"])
def test_a_clock_that_does_not_run_is_grey(state: ClockState) -> None:
    assert light_of(replace(OPINION, state=state), on("03-20")) is Light.GREY


def test_a_clock_that_stands_still_shows_that_whatever_the_day() -> None:
    assert light_of(replace(OPINION, state="paused"), on("03-20")) is Light.PAUSED


@pytest.mark.parametrize(
    ("clock", "text", "light"),
    [
        ("sign", "03-13", Light.GREEN),
        ("sign", "03-14", Light.YELLOW),
        ("sign:key", "03-13", Light.GREEN),
        ("opinion:key", "03-13", Light.YELLOW),
    ],
)
def test_a_short_clock_is_not_yellow_at_once(clock: str, text: str, light: Light) -> None:
    rules = rules_with(numbers={"near:sign": Number(value=1, says="签收前1日", source=None)})

    horizon = Horizon.of(day(text), rules=rules, calendar=CALENDAR)

    assert light_of(replace(OPINION, clock=clock), horizon) is light
    assert near_of(rules, clock) == (
        Deadline(count=1, unit="working_days", source=None)
        if clock.startswith("sign")
        else WORKING_DAYS_3
    )


@pytest.mark.parametrize("near", NEARS, ids=["3 working days", "7 days", "a month", "0 days"])
@pytest.mark.parametrize("today", ["03-08", "02-29", "04-05"])
def test_the_light_is_yellow_on_just_the_days_on_which_near_is_told(
    today: str, near: Deadline
) -> None:
    for due_on in days(day("02-01"), day("05-31")):
        clock = replace(OPINION, due_on=due_on)
        told = look(clock, watch(near=near), on=day(today))

        yellow = light_of(clock, on(today, near=near)) is Light.YELLOW

        assert yellow == any(isinstance(one, DeadlineNear) for one in told)


def test_every_light_has_a_word_and_a_shape_of_its_own() -> None:
    assert [(light.word, light.shape) for light in Light] == [
        ("绿灯·正常", "●"),
        ("黄灯·临期", "◆"),
        ("红灯·已逾期", "■"),
        ("暂停计时", "‖"),
        ("已停止", "○"),
    ]
