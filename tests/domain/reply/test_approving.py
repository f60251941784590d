"""Another person than the one who wrote it approves the newest draft, and no other draft."""

import pytest

from services.reply.domain.approving import approve_draft
from services.reply.domain.handling import Handling
from services.reply.domain.refusals import (
    AlreadyApproved,
    AlreadyReplied,
    ApprovesOwnDraft,
    SupersededDraft,
    UnknownDraft,
)
from shared.contracts.event import Actor
from shared.contracts.reply import ReplyApproved
from tests.domain.reply.longhua import (
    CHEN,
    LEAD,
    LIN,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    PROPOSAL,
    drafted,
    handled_by,
    with_round,
)

WRITTEN_TWICE = handled_by(with_round(LEAD, newest=drafted(2)))


def approve(handling: Handling, *, draft: int, by: Actor = LIN) -> ReplyApproved:
    return approve_draft(handling, task_id=LONGHUA_TASK, draft=draft, by=by, on=MONDAY)


def test_a_second_person_approves_the_newest_draft() -> None:
    event = approve(WRITTEN_TWICE, draft=2)

    assert event == ReplyApproved(
        proposal_id=PROPOSAL,
        by=LIN,
        on=MONDAY,
        task_id=LONGHUA_TASK,
        unit=LONGHUA,
        round=1,
        draft=2,
    )


def test_an_older_draft_is_past_approving() -> None:
    with pytest.raises(SupersededDraft, match="第1稿之后已有第2稿"):
        approve(WRITTEN_TWICE, draft=1)


@pytest.mark.parametrize("draft", [0, 3])
def test_a_draft_that_was_not_written_cannot_be_approved(draft: int) -> None:
    with pytest.raises(UnknownDraft, match=f"没有第{draft}稿"):
        approve(WRITTEN_TWICE, draft=draft)


def test_before_the_first_draft_there_is_nothing_to_approve() -> None:
    with pytest.raises(UnknownDraft):
        approve(handled_by(LEAD), draft=1)


def test_nobody_approves_what_he_wrote_himself_whatever_his_post() -> None:
    chen_as_head = CHEN.model_copy(update={"post": "head"})

    with pytest.raises(ApprovesOwnDraft, match="拟稿人不能审签自己的稿件"):
        approve(WRITTEN_TWICE, draft=2, by=chen_as_head)


def test_a_draft_is_approved_once() -> None:
    approved = handled_by(with_round(LEAD, newest=drafted(2, approved=True)))

    with pytest.raises(AlreadyApproved, match="第2稿已经审签"):
        approve(approved, draft=2)


def test_nothing_is_approved_after_the_reply_went_out() -> None:
    replied = handled_by(with_round(LEAD, newest=drafted(2), issued=True))

    with pytest.raises(AlreadyReplied):
        approve(replied, draft=2)
