"""The committee asks, reminds and closes; silence is written down as silence."""

from dataclasses import replace
from datetime import date

import pytest

from services.reply.domain.asking_ratings import (
    ask_for_ratings,
    close_rating,
    remind_of_rating,
)
from services.reply.domain.meeting import Meeting, hold_meeting
from services.reply.domain.proposing import Signatory
from services.reply.domain.rating import Reply
from services.reply.domain.refusals import (
    AlreadyMet,
    AskedToRateAlready,
    EverybodyRated,
    LetterVoid,
    MetInTheFuture,
    NoMeetingOrdered,
    NotAccepted,
    NotRemindedYet,
    RatingIsClosed,
    RatingStillRuns,
)
from shared.contracts.intake import Proposer
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import FaceToFaceOrdered, RatingClosed, RedoOrdered
from tests.domain.reply.longhua import (
    CALENDAR,
    COMMITTEE,
    FRIDAY,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    OFFICE,
    PROPOSAL,
    RULES,
    SATURDAY,
    TUESDAY,
    with_rules,
)

REPLY = Reply(
    proposal_id=PROPOSAL,
    reply_id="D09.r1",
    task_id=LONGHUA_TASK,
    unit=LONGHUA,
    round=1,
    signatory=Signatory((Proposer(name="王志毅"), Proposer(name="李娜"))),
    rate_by=FRIDAY,
)
ALL_RATED = replace(REPLY, rated_by=frozenset({"王志毅", "李娜"}))
REMIND_FIRST = with_rules(numbers={"rating.reminders": 1})


def close(
    reply: Reply, *, on: date = SATURDAY, rules: RulesPublished = RULES
) -> tuple[object, ...]:
    return close_rating(reply, by=COMMITTEE, on=on, rules=rules, calendar=CALENDAR)


def test_the_committee_asks_once_with_a_window_of_its_own() -> None:
    asked = ask_for_ratings(REPLY, by=COMMITTEE, on=MONDAY, rules=RULES, calendar=CALENDAR)

    assert (asked.rate.on, asked.rate.starts_on) == (date(2024, 3, 25), MONDAY)
    with pytest.raises(AskedToRateAlready):
        ask_for_ratings(
            replace(REPLY, asked=True), by=COMMITTEE, on=MONDAY, rules=RULES, calendar=CALENDAR
        )


def test_where_the_office_checks_first_the_committee_asks_after_that() -> None:
    after_check = with_rules(policies={"rating.after": "check"})

    with pytest.raises(NotAccepted, match="审核后再征询意见"):
        ask_for_ratings(REPLY, by=COMMITTEE, on=MONDAY, rules=after_check, calendar=CALENDAR)
    assert ask_for_ratings(
        replace(REPLY, accepted=True),
        by=COMMITTEE,
        on=MONDAY,
        rules=after_check,
        calendar=CALENDAR,
    )


def test_only_those_who_are_silent_are_reminded() -> None:
    one_rated = replace(REPLY, rated_by=frozenset({"王志毅"}))

    assert remind_of_rating(one_rated, by=COMMITTEE, on=MONDAY).proposers == ("李娜",)
    with pytest.raises(EverybodyRated):
        remind_of_rating(ALL_RATED, by=COMMITTEE, on=MONDAY)


def test_when_all_have_rated_it_may_be_closed_on_any_day() -> None:
    (closed,) = close(ALL_RATED, on=FRIDAY, rules=REMIND_FIRST)

    assert isinstance(closed, RatingClosed)
    assert closed.unanswered == ()


def test_else_when_the_day_is_over_and_they_were_reminded() -> None:
    with pytest.raises(RatingStillRuns, match="王志毅、李娜尚未评价，评价期限到2024-03-01为止"):
        close(replace(REPLY, reminders=1), on=FRIDAY, rules=REMIND_FIRST)
    with pytest.raises(NotRemindedYet, match="须先提醒再截止"):
        close(REPLY, rules=REMIND_FIRST)
    (closed,) = close(replace(REPLY, reminders=1), rules=REMIND_FIRST)
    assert isinstance(closed, RatingClosed)
    assert closed.unanswered == ("王志毅", "李娜"), "no answer, and satisfied by no means"


def test_a_dissatisfied_rating_that_ordered_nothing_yet_does_so_at_the_closing() -> None:
    discontent = replace(ALL_RATED, dissatisfied=True)

    _, redo = close(discontent)
    _, meeting = close(discontent, rules=with_rules(numbers={"rounds.max": 1}))
    already = close(replace(discontent, superseded=True))

    assert isinstance(redo, RedoOrdered)
    assert isinstance(meeting, FaceToFaceOrdered)
    assert len(already) == 1


@pytest.mark.parametrize(
    ("past", "refusal"),
    [(replace(REPLY, closed=True), RatingIsClosed), (replace(REPLY, void=True), LetterVoid)],
)
def test_what_is_closed_or_void_is_asked_about_no_more(
    past: Reply, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask_for_ratings(past, by=COMMITTEE, on=MONDAY, rules=RULES, calendar=CALENDAR)
    with pytest.raises(refusal):
        remind_of_rating(past, by=COMMITTEE, on=MONDAY)
    with pytest.raises(refusal):
        close(past)


# The meeting after the last round

MEETING = Meeting(
    proposal_id=PROPOSAL,
    reply_id="D09.r2",
    task_id=LONGHUA_TASK,
    unit=LONGHUA,
    round=2,
    ordered=True,
)


def meet(meeting: Meeting, held_on: date = MONDAY) -> date:
    return hold_meeting(
        meeting,
        held_on=held_on,
        people=("王志毅", "林海"),
        result="agreed",
        outcome="达成一致",
        by=OFFICE,
        on=MONDAY,
        rules=RULES,
    ).held_on


def test_a_meeting_is_held_once_after_it_was_ordered() -> None:
    assert (meet(MEETING), meet(MEETING, FRIDAY)) == (MONDAY, FRIDAY)
    with pytest.raises(NoMeetingOrdered):
        meet(replace(MEETING, ordered=False))
    with pytest.raises(AlreadyMet):
        meet(replace(MEETING, held=True))
    with pytest.raises(MetInTheFuture, match="2024-03-05还没有到"):
        meet(MEETING, TUESDAY)
