"""The office takes an issued reply, sends it back for all that got it, or changes its class."""

from dataclasses import replace
from datetime import date

import pytest

from services.reply.domain.checking import (
    IssuedReply,
    accept_reply,
    change_class,
    send_reply_back,
)
from services.reply.domain.refusals import (
    AlreadyChecked,
    LetterVoid,
    NeedsPromise,
    Overtaken,
    SameClass,
    UnknownClass,
)
from shared.contracts.event import ProposalId
from shared.contracts.registry import Deadline
from shared.contracts.reply import RedoOrdered, ReplySentBack
from tests.domain.reply.longhua import (
    CALENDAR,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    OFFICE,
    PROPOSAL,
    RULES,
)

MEMBER = ProposalId("20240498")
ISSUED = IssuedReply(
    together=(PROPOSAL, MEMBER),
    proposal_id=MEMBER,
    reply_id="D09.r1",
    task_id=LONGHUA_TASK,
    unit=LONGHUA,
    round=1,
    result_class="A",
)
WITHIN_TEN = RULES.model_copy(
    update={
        "deadlines": {
            **RULES.deadlines,
            "redo:sent_back": Deadline(count=10, unit="working_days", source=None),
        }
    }
)


def test_the_office_accepts_a_reply_once() -> None:
    assert accept_reply(ISSUED, by=OFFICE, on=MONDAY).unit == LONGHUA
    with pytest.raises(AlreadyChecked, match="已经审核通过"):
        accept_reply(replace(ISSUED, accepted=True), by=OFFICE, on=MONDAY)


def test_what_is_sent_back_is_void_for_all_and_answered_again_by_a_day_of_its_own() -> None:
    promised = replace(ISSUED, promises=("D09.r1.p1",))

    events = send_reply_back(
        promised, why="遗漏要点", by=OFFICE, on=MONDAY, rules=WITHIN_TEN, calendar=CALENDAR
    )

    assert [(type(event), event.proposal_id) for event in events] == [
        (ReplySentBack, PROPOSAL),
        (RedoOrdered, PROPOSAL),
        (ReplySentBack, MEMBER),
        (RedoOrdered, MEMBER),
    ]
    back, again, back_too, _ = events
    assert isinstance(back, ReplySentBack)
    assert isinstance(back_too, ReplySentBack)
    assert isinstance(again, RedoOrdered)
    assert (back.promises, back_too.promises) == (("D09.r1.p1",), ()), "promised on the main one"
    assert (again.round, again.because) == (2, "sent_back")
    assert again.answer.on == date(2024, 3, 18)


def test_without_a_date_of_its_own_it_has_that_of_a_redo() -> None:
    _, again, *_ = send_reply_back(
        ISSUED, why="遗漏要点", by=OFFICE, on=MONDAY, rules=RULES, calendar=CALENDAR
    )

    assert isinstance(again, RedoOrdered)
    assert again.answer.clock == "redo"


def test_the_office_changes_a_class_to_one_that_the_letter_bears_out() -> None:
    event = change_class(
        ISSUED, result_class="C", why="尚未解决", by=OFFICE, on=MONDAY, rules=RULES
    )

    assert (event.before, event.result_class, event.meaning) == ("A", "C", "not_now")
    with pytest.raises(SameClass):
        change_class(ISSUED, result_class="A", why="无", by=OFFICE, on=MONDAY, rules=RULES)
    with pytest.raises(UnknownClass):
        change_class(ISSUED, result_class="Z", why="无", by=OFFICE, on=MONDAY, rules=RULES)
    with pytest.raises(NeedsPromise, match="B类（列入计划）答复须至少列明一项承诺"):
        change_class(ISSUED, result_class="B", why="在办", by=OFFICE, on=MONDAY, rules=RULES)
    promised = replace(ISSUED, promises=("D09.r1.p1",))
    assert change_class(promised, result_class="B", why="在办", by=OFFICE, on=MONDAY, rules=RULES)


@pytest.mark.parametrize(
    ("past", "refusal"),
    [(replace(ISSUED, void=True), LetterVoid), (replace(ISSUED, superseded=True), Overtaken)],
)
def test_what_was_sent_back_or_overtaken_is_past_checking(
    past: IssuedReply, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        accept_reply(past, by=OFFICE, on=MONDAY)
    with pytest.raises(refusal):
        send_reply_back(past, why="无", by=OFFICE, on=MONDAY, rules=RULES, calendar=CALENDAR)
    with pytest.raises(refusal):
        change_class(past, result_class="C", why="无", by=OFFICE, on=MONDAY, rules=RULES)
