"""A unit that handles a proposal may note when and how it talked with the proposers."""

from dataclasses import replace
from datetime import date

import pytest

from services.reply.domain.contacting import record_contact
from services.reply.domain.handling import Handling, Task
from services.reply.domain.refusals import (
    OnlyTakesNote,
    TalksInTheFuture,
    TooLong,
    UnclearContact,
)
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, TaskId
from shared.contracts.reply import ContactKind, ContactRecorded
from tests.domain.reply.longhua import (
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
    SCAN,
    TUESDAY,
    WU,
    drafted,
    handled_by,
    with_round,
)


def visit(
    handling: Handling, *, task_id: TaskId, by: Actor, summary: str = "上门听取意见"
) -> ContactRecorded:
    return record_contact(
        handling,
        task_id=task_id,
        kind=ContactKind.VISIT,
        people=("王志毅",),
        summary=summary,
        by=by,
        on=MONDAY,
        rules=RULES,
    )


def test_the_lead_records_a_visit() -> None:
    event = visit(handled_by(LEAD), task_id=LONGHUA_TASK, by=CHEN)

    assert event == ContactRecorded(
        proposal_id=PROPOSAL,
        by=CHEN,
        on=MONDAY,
        task_id=LONGHUA_TASK,
        unit=LONGHUA,
        kind=ContactKind.VISIT,
        people=("王志毅",),
        summary="上门听取意见",
        contact_id="D09.1.c1",
        stage="before",
        talked_on=MONDAY,
    )


@pytest.mark.parametrize(
    ("task", "stage"),
    [
        (LEAD, "before"),
        (with_round(LEAD, newest=drafted(1)), "during"),
        (with_round(LEAD, newest=drafted(1), issued=True), "after"),
    ],
)
def test_a_talk_is_before_during_or_after_the_writing(task: Task, stage: str) -> None:
    assert visit(handled_by(task), task_id=LONGHUA_TASK, by=CHEN).stage == stage


def test_a_talk_is_noted_later_under_its_own_day_but_never_before_it() -> None:
    def noted(talked_on: date) -> ContactRecorded:
        return record_contact(
            handled_by(replace(LEAD, contacts=2)),
            task_id=LONGHUA_TASK,
            kind=ContactKind.CALL,
            people=("王志毅",),
            summary="电话沟通",
            by=CHEN,
            on=MONDAY,
            rules=RULES,
            talked_on=talked_on,
            attachments=(SCAN,),
        )

    contact = noted(FRIDAY)
    assert (contact.talked_on, contact.on, contact.contact_id) == (FRIDAY, MONDAY, "D09.1.c3")
    assert contact.attachments == (SCAN,)
    with pytest.raises(TalksInTheFuture, match="沟通日期2024-03-05还没有到"):
        noted(TUESDAY)


def test_a_splitting_unit_and_a_co_handler_may_talk_too() -> None:
    split = replace(LEAD, role=Role.SPLIT)

    assert visit(handled_by(split), task_id=LONGHUA_TASK, by=CHEN).unit == LONGHUA
    assert visit(handled_by(LEAD, CO_HANDLER), task_id=FUTIAN_TASK, by=WU).unit == FUTIAN


def test_talking_goes_on_after_the_reply() -> None:
    replied = with_round(LEAD, issued=True)

    assert visit(handled_by(replied), task_id=LONGHUA_TASK, by=CHEN).unit == LONGHUA


def test_a_unit_that_only_takes_note_has_nothing_to_talk_about() -> None:
    noted = replace(CO_HANDLER, role=Role.REFERENCE, answer_by=None)

    with pytest.raises(OnlyTakesNote, match="参阅单位只作了解"):
        visit(handled_by(LEAD, noted), task_id=FUTIAN_TASK, by=WU)


def test_the_way_of_talking_must_be_one_that_we_know() -> None:
    with pytest.raises(UnclearContact, match="沟通方式不明"):
        record_contact(
            handled_by(LEAD),
            task_id=LONGHUA_TASK,
            kind=ContactKind.UNKNOWN,
            people=("王志毅",),
            summary="上门听取意见",
            by=CHEN,
            on=MONDAY,
            rules=RULES,
        )


def test_a_note_keeps_to_its_length() -> None:
    assert visit(handled_by(LEAD), task_id=LONGHUA_TASK, by=CHEN, summary="字" * 20)
    with pytest.raises(TooLong, match="摘要有21字，超过了20字的上限"):
        visit(handled_by(LEAD), task_id=LONGHUA_TASK, by=CHEN, summary="字" * 21)
