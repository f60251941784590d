"""Another person than the one who wrote it approves the newest draft, and no other draft."""

from typing import Any

import pytest

from services.reply.domain.approving import approve_draft, endorse_draft, send_draft_back
from services.reply.domain.handling import Handling
from services.reply.domain.refusals import (
    AlreadyApproved,
    AlreadyEndorsed,
    AlreadyReplied,
    ApprovesOwnDraft,
    DraftWentBack,
    NoDistrict,
    NotApproved,
    SupersededDraft,
    TooLong,
    UnknownDraft,
)
from shared.contracts.event import Actor
from shared.contracts.registry import UnitLevel
from shared.contracts.reply import ReplyApproved
from tests.domain.reply.longhua import (
    CHEN,
    LEAD,
    LIN,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    PROPOSAL,
    RULES,
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


def test_nor_somebody_who_acts_for_the_writer() -> None:
    for_chen = LIN.model_copy(update={"on_behalf_of": CHEN.person})

    with pytest.raises(ApprovesOwnDraft):
        approve(WRITTEN_TWICE, draft=2, by=for_chen)


def test_a_draft_goes_back_with_a_reason_and_is_not_approved_any_more() -> None:
    def send_back(why: str) -> str:
        return send_draft_back(
            WRITTEN_TWICE, task_id=LONGHUA_TASK, draft=2, why=why, by=LIN, on=MONDAY, rules=RULES
        ).why

    assert send_back("没有答复第二条") == "没有答复第二条"
    with pytest.raises(TooLong):
        send_back("字" * 11)
    with pytest.raises(DraftWentBack, match="第2稿已经退回修改，请另拟新稿"):
        approve(handled_by(with_round(LEAD, newest=drafted(2, sent_back=True))), draft=2)


def test_a_districts_leaders_endorse_what_was_approved_once_and_not_their_own() -> None:
    def endorse(
        *,
        level: UnitLevel = UnitLevel.DISTRICT,
        by: Actor = LIN,
        approved: bool = True,
        **changes: Any,
    ) -> int:
        draft = drafted(2, approved=approved, **changes)
        return endorse_draft(
            handled_by(with_round(LEAD, newest=draft)),
            task_id=LONGHUA_TASK,
            draft=2,
            level=level,
            by=by,
            on=MONDAY,
        ).draft

    assert endorse() == 2
    with pytest.raises(NoDistrict, match="只有区级承办单位"):
        endorse(level=UnitLevel.CITY)
    with pytest.raises(NotApproved):
        endorse(approved=False)
    with pytest.raises(AlreadyEndorsed):
        endorse(endorsed=True)
    with pytest.raises(ApprovesOwnDraft):
        endorse(by=CHEN)
