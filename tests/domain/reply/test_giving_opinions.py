"""A co-handler gives the lead one opinion for each time it was asked, late rather than never."""

from dataclasses import replace
from datetime import date

import pytest

from services.reply.domain.giving_opinions import Opinion, give_opinion
from services.reply.domain.handling import Handling
from services.reply.domain.numbering import LetterBook
from services.reply.domain.refusals import AlreadyGaveOpinion, NotCoHandler, NotSignedYet, TooLong
from shared.contracts.event import Actor, TaskId
from shared.contracts.reply import OpinionGiven
from tests.domain.reply.longhua import (
    CALENDAR,
    CHEN,
    CO_HANDLER,
    FRIDAY,
    FUTIAN,
    FUTIAN_TASK,
    LEAD,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    PROPOSAL,
    RULES,
    TUESDAY,
    WU,
    handled_by,
    with_round,
)

BOOK = LetterBook(short_name="福田", year=2024, last=4, pattern="{unit}会函〔{year}〕{n}号")


def agree(
    handling: Handling,
    *,
    opinion: str = "建议共建园区",
    on: date = FRIDAY,
    by: Actor = WU,
    task_id: TaskId = FUTIAN_TASK,
) -> OpinionGiven:
    given, *_ = give_opinion(
        handling,
        task_id=task_id,
        opinion=Opinion(opinion),
        book=BOOK,
        by=by,
        on=on,
        rules=RULES,
        calendar=CALENDAR,
    )
    assert isinstance(given, OpinionGiven)
    return given


def test_a_co_handler_gives_its_opinion_to_the_lead() -> None:
    event = agree(handled_by(LEAD, CO_HANDLER))

    assert event == OpinionGiven(
        proposal_id=PROPOSAL,
        by=WU,
        on=FRIDAY,
        task_id=FUTIAN_TASK,
        unit=FUTIAN,
        lead=LONGHUA,
        opinion="建议共建园区",
        days_late=0,
        letter_id="D01.1.o1",
        document_number="福田会函〔2024〕5号",
    )


@pytest.mark.parametrize(("on", "late"), [(FRIDAY, 0), (MONDAY, 1), (TUESDAY, 2)])
def test_a_late_opinion_is_welcome_and_counted(on: date, late: int) -> None:
    assert agree(handled_by(LEAD, CO_HANDLER), on=on).days_late == late


def test_an_opinion_may_come_after_the_reply() -> None:
    replied = with_round(LEAD, issued=True)

    assert agree(handled_by(replied, CO_HANDLER), on=TUESDAY).lead == LONGHUA


def test_an_opinion_is_given_once() -> None:
    given = replace(CO_HANDLER, opinion_given=True)

    with pytest.raises(AlreadyGaveOpinion, match="每次交办只提一次"):
        agree(handled_by(LEAD, given))


def test_asked_again_in_a_new_generation_a_unit_gives_a_new_opinion() -> None:
    before = replace(CO_HANDLER, opinion_given=True, ended=True)
    again = replace(CO_HANDLER, task_id=TaskId("D01.2"))

    event = agree(handled_by(LEAD, before, again), task_id=TaskId("D01.2"))

    assert event.task_id == "D01.2"


def test_a_co_handler_signs_before_it_speaks() -> None:
    unsigned = replace(CO_HANDLER, signed=False)

    with pytest.raises(NotSignedYet):
        agree(handled_by(LEAD, unsigned))


def test_the_lead_gives_no_opinion_to_itself() -> None:
    with pytest.raises(NotCoHandler, match="只有会办单位"):
        agree(handled_by(LEAD, CO_HANDLER), by=CHEN, task_id=LONGHUA_TASK)


def test_an_opinion_keeps_to_its_length() -> None:
    assert agree(handled_by(LEAD, CO_HANDLER), opinion="字" * 30)
    with pytest.raises(TooLong, match="会办意见有31字"):
        agree(handled_by(LEAD, CO_HANDLER), opinion="字" * 31)
