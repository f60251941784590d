"""A clock stops with the act it waits for; one that stood still runs on until its new day."""

from dataclasses import replace

from services.escalation.domain.stopping import run_on, stop
from shared.contracts.escalation import DeadlineMissed
from shared.contracts.event import SYSTEM
from tests.domain.escalation.office import FUTIAN, OPINION, PROPOSAL, day, due


def test_on_the_last_day_nothing_was_missed() -> None:
    assert stop(OPINION, on=day("03-15")) is None


def test_the_day_after_it_is_told_though_nobody_had_looked() -> None:
    assert stop(OPINION, on=day("03-16")) == DeadlineMissed(
        proposal_id=PROPOSAL,
        clock_id="D01.1/opinion",
        clock="opinion",
        unit=FUTIAN,
        due_on=day("03-15"),
        by=SYSTEM,
        on=day("03-16"),
    )


def test_what_was_told_missed_is_not_told_again() -> None:
    assert stop(replace(OPINION, missed=True), on=day("03-18")) is None


def test_a_clock_that_stood_still_runs_on_until_the_day_that_was_told() -> None:
    paused = replace(OPINION, state="paused", stopped_on=day("03-13"), near_told=True)

    running = run_on(paused, until=due("opinion", day("03-25")), on=day("03-18"))

    assert running == replace(OPINION, due_on=day("03-25"), generation=2, since=day("03-18"))


def test_a_clock_that_was_missed_stays_as_late_as_it_was() -> None:
    late = replace(OPINION, state="stopped", stopped_on=day("03-18"), missed=True)

    running = run_on(late, until=None, on=day("03-20"))

    assert running == replace(OPINION, missed=True)
