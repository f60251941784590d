"""A clock with another date has told nothing of it yet; where the day stays, so do its alarms."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.escalation.domain.clock import Awaited, ClockState
from services.escalation.domain.looking import look, next_look
from services.escalation.domain.moving import move, moved_clocks
from services.escalation.domain.stopping import pause, run_on, stop, stopped
from shared.calendar import ONE_DAY
from shared.contracts.assignment import MovedDue
from shared.contracts.escalation import DeadlineMissed, ReminderSent
from shared.contracts.event import TaskId
from tests.domain.escalation.office import FUTIAN, OPINION, day, due, rung, watch

LATER = due("opinion", day("04-15"))
TOLD = replace(OPINION, near_told=True, missed=True, told_rungs=frozenset({1, 2}))
LADDER = watch(rung(1, -3, "经办人"), rung(2, 0, "联络员"), rung(3, 3, "负责人"))


def test_a_moved_clock_begins_anew() -> None:
    assert move(TOLD, due=LATER, on=day("03-18")) == replace(
        OPINION, due_on=day("04-15"), generation=2, since=day("03-18")
    )


def test_where_the_day_stays_so_does_what_was_told() -> None:
    certain = due("opinion", OPINION.due_on)

    assert move(replace(TOLD, provisional=True), due=certain, on=day("03-18")) == TOLD


@pytest.mark.parametrize(
    ("state", "day_after"), [("running", "04-15"), ("stopped", "03-15"), ("dead", "03-15")]
)
def test_who_has_talked_is_not_asked_to_by_another_day(state: ClockState, day_after: str) -> None:
    talked_on = day("03-05") if state == "stopped" else None
    contact = replace(OPINION, awaits=Awaited.CONTACT, state=state, stopped_on=talked_on)
    later = MovedDue(
        task_id=TaskId("D01.1"), unit=FUTIAN, clock="contact", before=day("03-15"), due=LATER
    )

    found = {one.due_on for one in moved_clocks([contact], [later], on=day("03-10"))}

    assert (found or {contact.due_on}) == {day(day_after)}


def test_a_dead_clock_does_not_move() -> None:
    dead = replace(OPINION, state="dead")

    assert move(dead, due=LATER, on=day("03-18")) == dead


@pytest.mark.parametrize(("done_on", "late"), [("03-18", False), ("04-16", True)])
def test_of_what_was_done_the_new_date_says_whether_it_was_late(done_on: str, late: bool) -> None:
    done = stopped(OPINION, on=day(done_on))

    assert move(done, due=LATER, on=day("04-16")).missed is late


def test_a_rung_that_lies_before_the_move_does_not_belong_to_the_new_date() -> None:
    soon = move(OPINION, due=due("opinion", day("03-20")), on=day("03-18"))

    assert [type(one).__name__ for one in look(soon, LADDER, on=day("03-18"))] == ["DeadlineNear"]
    reminded = look(soon, LADDER, on=day("03-20"))
    assert [one.rung for one in reminded if isinstance(one, ReminderSent)] == [2]


def test_only_the_round_under_way_is_moved() -> None:
    first = replace(stopped(OPINION, on=day("03-11")), awaits=Awaited.REPLY, clock_id="D01.1/reply")
    second = replace(OPINION, awaits=Awaited.REPLY, clock_id="D01.r1/redo")
    moved = MovedDue(
        task_id=TaskId("D01.1"), unit=FUTIAN, clock="answer", before=day("03-15"), due=LATER
    )

    changed = moved_clocks([first, second], [moved], on=day("03-12"))

    assert [(one.clock_id, one.due_on) for one in changed] == [("D01.r1/redo", day("04-15"))]


@pytest.mark.parametrize("clock", ["sign", "contact", "return_by", "unknown"])
def test_a_date_of_another_clock_moves_nothing_here(clock: str) -> None:
    moved = MovedDue.model_validate(
        {
            "task_id": "D01.1",
            "unit": FUTIAN,
            "clock": clock,
            "before": day("03-15"),
            "due": LATER,
        }
    )

    assert moved_clocks([OPINION], [moved], on=day("03-12")) == []


def test_a_clock_that_stands_still_is_not_missed_however_long() -> None:
    paused = pause(OPINION, on=day("03-14"))

    assert (paused.state, paused.missed) == ("paused", False)
    assert look(paused, LADDER, on=day("04-30")) == ()
    assert stop(paused, on=day("04-30")) is None
    assert not stopped(paused, on=day("04-30")).missed


def test_one_that_had_run_out_before_it_stood_still_stays_missed() -> None:
    assert pause(OPINION, on=day("03-18")).missed
    assert stopped(pause(OPINION, on=day("03-18")), on=day("04-30")).missed


days = st.dates(date(2024, 3, 1), date(2024, 6, 28))


@given(st.lists(st.tuples(days, days), max_size=5), st.sampled_from(["running", "paused"]))
def test_however_often_it_moves_it_is_told_missed_only_of_the_date_it_has(
    moves: list[tuple[date, date]], state: ClockState
) -> None:
    clock = replace(OPINION, state=state)
    for on, to in sorted(moves):
        clock = move(clock, due=due("opinion", to), on=on)
    clock = run_on(clock, until=None, on=day("06-28"))

    missed = [one for one in look(clock, LADDER, on=day("06-28")) if type(one) is DeadlineMissed]

    assert [one.due_on for one in missed] == ([clock.due_on] if clock.due_on < day("06-28") else [])


@given(days, st.integers(1, 40))
def test_the_next_look_is_always_ahead_and_finds_something_or_a_free_day(
    due_on: date, ahead: int
) -> None:
    clock = replace(OPINION, due_on=due_on)
    on = day("03-01") + ahead * ONE_DAY

    following = next_look(clock, LADDER, after=on)

    assert following is None or following > on
