"""Co-handlers put their names to one version; who sends it back ends the waiting for all."""

from dataclasses import replace
from typing import Any

import pytest

from services.reply.domain.countersigning import (
    ask_to_countersign,
    countersign,
    refuse_to_countersign,
)
from services.reply.domain.handling import Countersigning, Handling, Task
from services.reply.domain.refusals import (
    AlreadyReplied,
    AskedAlready,
    DraftWentBack,
    NobodyToAsk,
    NotApproved,
    NotAskedToSign,
    NotCoHandler,
    SignedInTheFuture,
    SupersededDraft,
    TaskEnded,
)
from shared.contracts.event import Actor, TaskId
from tests.domain.reply.longhua import (
    CHEN,
    CO_HANDLER,
    FRIDAY,
    FUTIAN,
    FUTIAN_TASK,
    INDUSTRY,
    LEAD,
    LIN,
    LONGHUA,
    LONGHUA_TASK,
    RULES,
    SECOND_CO_HANDLER,
    TUESDAY,
    WEI,
    WU,
    drafted,
    handled_by,
    signed_paper,
    with_round,
)


def written(*asked: tuple[str, Any], **changes: Any) -> Task:
    """The lead's second draft, about which these units were asked."""
    signing = tuple(Countersigning(unit=unit, state=state) for unit, state in asked)  # type: ignore[arg-type]
    draft = drafted(2, approved=True, countersigning=signing, **changes)
    return with_round(LEAD, newest=draft)


BOTH_ASKED = handled_by(
    written((FUTIAN, "open"), (INDUSTRY, "open")), CO_HANDLER, SECOND_CO_HANDLER
)


def ask(handling: Handling) -> tuple[str, ...]:
    return ask_to_countersign(handling, task_id=LONGHUA_TASK, draft=2, by=CHEN, on=FRIDAY).asked


def sign(
    handling: Handling, *, draft: int = 2, by: Actor = WEI, own: TaskId = FUTIAN_TASK, **more: Any
) -> str:
    return countersign(
        handling, task_id=own, lead_task=LONGHUA_TASK, draft=draft, by=by, on=FRIDAY, **more
    ).unit


def test_every_co_handler_is_asked_about_an_approved_version() -> None:
    assert ask(handled_by(written(), CO_HANDLER, SECOND_CO_HANDLER)) == (FUTIAN, INDUSTRY)
    with pytest.raises(NotApproved):
        ask(handled_by(with_round(LEAD, newest=drafted(2)), CO_HANDLER))
    with pytest.raises(NobodyToAsk, match="没有会办单位"):
        ask(handled_by(written()))
    with pytest.raises(NobodyToAsk):
        ask(handled_by(written(), replace(CO_HANDLER, ended=True)))


def test_one_that_joined_later_is_asked_alone_and_nobody_twice() -> None:
    joined = handled_by(written((FUTIAN, "signed")), CO_HANDLER, SECOND_CO_HANDLER)

    assert ask(joined) == (INDUSTRY,)
    with pytest.raises(AskedAlready, match="第2稿已经送各会办单位会签"):
        ask(BOTH_ASKED)


def test_a_co_handler_signs_the_version_it_was_asked_about() -> None:
    assert sign(BOTH_ASKED) == FUTIAN
    signed = handled_by(written((FUTIAN, "signed")), CO_HANDLER)
    with pytest.raises(NotAskedToSign, match="第2稿目前没有等待本单位会签"):
        sign(signed)
    with pytest.raises(NotAskedToSign):
        sign(handled_by(written(), CO_HANDLER))


def test_a_stale_version_cannot_be_signed() -> None:
    with pytest.raises(SupersededDraft):
        sign(BOTH_ASKED, draft=1)
    with pytest.raises(DraftWentBack):
        sign(handled_by(written((FUTIAN, "ended"), sent_back=True), CO_HANDLER))
    replied = with_round(written((FUTIAN, "open")), issued=True)
    with pytest.raises(AlreadyReplied):
        sign(handled_by(replied, CO_HANDLER))
    with pytest.raises(TaskEnded):
        sign(handled_by(replace(written((FUTIAN, "open")), ended=True), CO_HANDLER))


def test_only_a_co_handler_signs() -> None:
    with pytest.raises(NotCoHandler):
        sign(BOTH_ASKED, by=LIN, own=LONGHUA_TASK)


def test_what_was_signed_on_paper_is_recorded_by_an_officer() -> None:
    event = countersign(
        BOTH_ASKED,
        task_id=FUTIAN_TASK,
        lead_task=LONGHUA_TASK,
        draft=2,
        by=WU,
        on=FRIDAY,
        paper=signed_paper("魏东"),
    )

    assert (event.by, event.paper) == (WU, signed_paper("魏东"))
    with pytest.raises(SignedInTheFuture):
        sign(BOTH_ASKED, by=WU, paper=signed_paper("魏东", TUESDAY))


def test_who_sends_it_back_ends_the_others_requests() -> None:
    event = refuse_to_countersign(
        BOTH_ASKED,
        task_id=FUTIAN_TASK,
        lead_task=LONGHUA_TASK,
        draft=2,
        why="数据有误",
        by=WEI,
        on=FRIDAY,
        rules=RULES,
    )

    assert (event.unit, event.lead, event.ended) == (FUTIAN, LONGHUA, (INDUSTRY,))
    with pytest.raises(NotAskedToSign):
        refuse_to_countersign(
            handled_by(written(), CO_HANDLER),
            task_id=FUTIAN_TASK,
            lead_task=LONGHUA_TASK,
            draft=2,
            why="数据有误",
            by=WEI,
            on=FRIDAY,
            rules=RULES,
        )
