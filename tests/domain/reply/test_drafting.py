"""An answering unit writes version after version, until its reply has gone out."""

from collections.abc import Collection
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reply.domain.drafting import changes, draft_reply
from services.reply.domain.handling import Handling
from services.reply.domain.refusals import (
    AlreadyReplied,
    DoesNotReply,
    DraftChangedMeanwhile,
    TalkFirst,
    TooLong,
    UnknownClass,
    UnknownPoint,
)
from shared.contracts.event import Actor, TaskId
from shared.contracts.registry import RulesPublished
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
    with_rules,
)


def write(
    handling: Handling,
    *,
    text: str = "您提出的提案收悉。",
    result_class: str = "A",
    by: Actor = CHEN,
    task_id: TaskId = LONGHUA_TASK,
    rules: RulesPublished = RULES,
    answered: Collection[str] = (),
    after: int | None = None,
) -> ReplyDrafted:
    return draft_reply(
        handling,
        task_id=task_id,
        text=text,
        result_class=result_class,
        by=by,
        on=MONDAY,
        rules=rules,
        answered=answered,
        after=after,
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


def test_where_the_kind_demands_it_nothing_is_written_before_a_talk() -> None:
    rules = with_rules(policies={"contact.before": "issue", "contact.before:key": "draft"})
    key = replace(handled_by(LEAD), kinds=("key", "single"))

    with pytest.raises(TalkFirst, match="第1轮办理还没有与提案人沟通，本提案须先沟通再拟稿"):
        write(key, rules=rules)
    assert write(handled_by(LEAD), rules=rules), "an ordinary one may be written"
    for talked in (with_round(LEAD, contacts=1), with_round(LEAD, waived=True)):
        assert write(replace(handled_by(talked), kinds=("key",)), rules=rules)


def test_a_draft_says_which_points_it_passes_over() -> None:
    handling = replace(handled_by(LEAD), points=("建园区", "设专线"))

    assert write(handling, answered=["设专线"]).unanswered == ("建园区",)
    assert write(handling, answered=["设专线", "建园区"]).unanswered == ()
    with pytest.raises(UnknownPoint, match="没有“办学校”这一条建议"):
        write(handling, answered=["办学校"])


def test_what_changed_between_two_versions_is_shown_by_paragraphs() -> None:
    before = "收悉。\n一、拟建园区。\n特此答复。"
    after = "收悉。\n一、建成园区。\n二、设专线。\n特此答复。"

    assert list(changes(before, after)) == [
        ("stays", "收悉。"),
        ("removed", "一、拟建园区。"),
        ("added", "一、建成园区。"),
        ("added", "二、设专线。"),
        ("stays", "特此答复。"),
    ]


@given(st.lists(st.sampled_from("甲乙丙丁")), st.lists(st.sampled_from("甲乙丙丁")))
def test_the_changes_tell_both_versions_whole(old: list[str], new: list[str]) -> None:
    told = list(changes("\n".join(old), "\n".join(new)))

    assert [one.text for one in told if one.what != "added"] == old
    assert [one.text for one in told if one.what != "removed"] == new


def test_who_saw_the_newest_version_writes_the_next() -> None:
    second = handled_by(with_round(LEAD, newest=drafted(2)))

    assert write(second, after=2).draft == 3
    assert write(handled_by(LEAD), after=0).draft == 1


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_who_saw_another_one_would_undo_it(seen: int) -> None:
    with pytest.raises(DraftChangedMeanwhile) as refusal:
        write(handled_by(with_round(LEAD, newest=drafted(2))), after=seen)

    assert CHEN.name in refusal.value.sentence
    assert "第2稿" in refusal.value.sentence
