"""An answering unit writes version after version, until its reply has gone out."""

import pytest

from services.reply.domain.drafting import draft_reply
from services.reply.domain.handling import Handling
from services.reply.domain.refusals import AlreadyReplied, DoesNotReply, TooLong, UnknownClass
from shared.contracts.event import Actor, TaskId
from shared.contracts.reply import ReplyDrafted
from tests.domain.reply.longhua import (
    CHEN,
    CO_HANDLER,
    FUTIAN_TASK,
    LEAD,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    PROPOSAL,
    RULES,
    WU,
    drafted,
    handled_by,
    with_round,
)


def write(
    handling: Handling,
    *,
    text: str = "您提出的提案收悉。",
    result_class: str = "A",
    by: Actor = CHEN,
    task_id: TaskId = LONGHUA_TASK,
) -> ReplyDrafted:
    return draft_reply(
        handling,
        task_id=task_id,
        text=text,
        result_class=result_class,
        by=by,
        on=MONDAY,
        rules=RULES,
    )


def test_the_first_draft_is_number_one() -> None:
    event = write(handled_by(LEAD), result_class="B")

    assert event == ReplyDrafted(
        proposal_id=PROPOSAL,
        by=CHEN,
        on=MONDAY,
        task_id=LONGHUA_TASK,
        unit=LONGHUA,
        round=1,
        draft=1,
        result_class="B",
    )


def test_each_further_draft_counts_on_even_after_an_approval() -> None:
    written_twice = with_round(LEAD, newest=drafted(2))
    approved = with_round(LEAD, newest=drafted(3, approved=True))

    assert write(handled_by(written_twice)).draft == 3
    assert write(handled_by(approved)).draft == 4


def test_a_new_round_begins_with_draft_one() -> None:
    second_round = with_round(LEAD, number=2, redo=True)

    event = write(handled_by(second_round))

    assert (event.round, event.draft) == (2, 1)


def test_the_class_must_be_one_of_the_rules() -> None:
    with pytest.raises(UnknownClass, match="没有“D”这一办理结果类别，现行规则的类别有：A、B、C"):
        write(handled_by(LEAD), result_class="D")


def test_nothing_is_drafted_after_the_reply_went_out() -> None:
    replied = with_round(LEAD, issued=True)

    with pytest.raises(AlreadyReplied, match="第1轮答复已经发出"):
        write(handled_by(replied))


def test_a_co_handler_does_not_answer_the_proposers() -> None:
    with pytest.raises(DoesNotReply, match="不直接答复提案人"):
        write(handled_by(LEAD, CO_HANDLER), by=WU, task_id=FUTIAN_TASK)


def test_a_reply_keeps_to_its_length() -> None:
    assert write(handled_by(LEAD), text="字" * 40)
    with pytest.raises(TooLong, match="答复稿有41字"):
        write(handled_by(LEAD), text="字" * 41)


def test_where_the_rules_name_no_limit_there_is_none() -> None:
    without = RULES.model_copy(update={"limits": {}})

    assert draft_reply(
        handled_by(LEAD),
        task_id=LONGHUA_TASK,
        text="字" * 41,
        result_class="A",
        by=CHEN,
        on=MONDAY,
        rules=without,
    )
