"""Clocks stand still, stop, run again: returns, replies, further rounds, promises."""

from datetime import date

from services.portal.domain.fold import Folded
from shared.contracts.assignment import (
    AssignmentReturned,
    HandlersReassigned,
    ReturnDecided,
    Role,
)
from shared.contracts.event import TaskId
from shared.contracts.reply import (
    OpinionGiven,
    PromiseKept,
    PromiseMade,
    Rating,
    RedoOrdered,
    ReplyApproved,
    ReplyDrafted,
    ReplyRated,
)
from tests.domain.portal.stories import (
    CLERK,
    CO_TASK,
    FRIDAY,
    HEALTH,
    LEAD_TASK,
    LONGHUA,
    OFFICER,
    PROPOSAL,
    SIBLING,
    TRANSPORT,
    TUESDAY,
    assigned,
    due,
    folded,
    issued,
    row,
    task,
)

ASSIGNED = assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE))
RETURNED = AssignmentReturned(
    proposal_id=PROPOSAL,
    by=OFFICER,
    on=TUESDAY,
    task_id=CO_TASK,
    unit=TRANSPORT,
    reason_code="not-ours",
    reason="不属本单位职责",
    proposed_unit=HEALTH,
    decide=due(FRIDAY, clock="decide_return"),
)


def decided(*, upheld: bool) -> ReturnDecided:
    return ReturnDecided(
        proposal_id=PROPOSAL,
        by=CLERK,
        on=TUESDAY,
        task_id=CO_TASK,
        unit=TRANSPORT,
        upheld=upheld,
        why="职责在此",
    )


def drafted(draft: int) -> ReplyDrafted:
    return ReplyDrafted(
        proposal_id=PROPOSAL,
        by=OFFICER,
        on=TUESDAY,
        task_id=LEAD_TASK,
        unit=LONGHUA,
        round=1,
        draft=draft,
        result_class="A",
    )


APPROVED = ReplyApproved(
    proposal_id=PROPOSAL, by=OFFICER, on=TUESDAY, task_id=LEAD_TASK, unit=LONGHUA, round=1, draft=1
)


def done_on(written: Folded, clock_id: str) -> object:
    return row(written, "clocks", clock_id)["done_on"]


def test_while_a_return_is_decided_the_clock_for_signing_stands_still() -> None:
    written = folded(ASSIGNED, RETURNED)

    assert row(written, "clocks", "C030.1/sign")["paused"] is True
    assert row(written, "clocks", "C030.1/decide")["due_on"] == "2024-01-19"


def test_a_refused_return_lets_it_go_on() -> None:
    written = folded(ASSIGNED, RETURNED, decided(upheld=False))

    assert row(written, "clocks", "C030.1/sign")["paused"] is False
    assert done_on(written, "C030.1/decide") == "2024-01-16"


def test_an_upheld_one_does_not() -> None:
    written = folded(ASSIGNED, RETURNED, decided(upheld=True))

    assert row(written, "clocks", "C030.1/sign")["paused"] is True


def test_a_second_return_starts_the_clock_of_the_decision_anew() -> None:
    written = folded(ASSIGNED, RETURNED, decided(upheld=False), RETURNED)

    assert done_on(written, "C030.1/decide") is None


def test_reassigned_tasks_end_and_their_successors_begin() -> None:
    reassigned = HandlersReassigned(
        proposal_id=PROPOSAL,
        by=CLERK,
        on=TUESDAY,
        generation=2,
        ended=(CO_TASK,),
        tasks=(task(HEALTH, Role.CO_HANDLE, task_id=TaskId("C031.2"), generation=2),),
        policy="restart",
        why="改由卫生健康委会办",
    )

    written = folded(ASSIGNED, reassigned)

    assert row(written, "tasks", "C030.1")["ended_on"] == "2024-01-16"
    assert row(written, "tasks", "C031.2")["unit"] == HEALTH
    assert row(written, "clocks", "C031.2/answer")["kind"] == "opinion"


def test_an_opinion_stops_its_clock_and_keeps_how_late_it_was() -> None:
    opinion = OpinionGiven(
        proposal_id=PROPOSAL,
        by=OFFICER,
        on=FRIDAY,
        task_id=CO_TASK,
        unit=TRANSPORT,
        lead=LONGHUA,
        opinion="同意",
        days_late=3,
    )

    written = folded(ASSIGNED, opinion)

    assert done_on(written, "C030.1/answer") == "2024-01-19"
    assert row(written, "tasks", "C030.1")["days_late"] == 3


def test_a_draft_lies_on_the_desk_for_approval_then_for_issue_then_nowhere() -> None:
    assert row(folded(ASSIGNED, drafted(1)), "tasks", "D07.1")["desk"] == "approval"
    assert row(folded(ASSIGNED, drafted(1), APPROVED), "tasks", "D07.1")["desk"] == "issue"
    assert row(folded(ASSIGNED, drafted(1), APPROVED, issued()), "tasks", "D07.1")["desk"] == ""


def test_a_newer_draft_waits_for_approval_again() -> None:
    written = folded(ASSIGNED, drafted(1), APPROVED, drafted(2))

    assert row(written, "tasks", "D07.1")["desk"] == "approval"


def test_a_reply_ends_the_task_and_waits_for_its_rating() -> None:
    written = folded(ASSIGNED, issued())

    assert done_on(written, "D07.1/answer") == "2024-01-16"
    assert row(written, "clocks", "D07.r1/rate")["kind"] == "rate"


def test_in_a_group_the_siblings_reply_ends_no_task_of_its_own() -> None:
    written = folded(issued(proposal_id=SIBLING))

    assert (SIBLING, "D07.r1") in written.rows["replies"]
    assert written.rows["tasks"] == {}
    assert list(written.rows["clocks"]) == [(SIBLING, "D07.r1/rate")]


def test_a_dissatisfied_rating_opens_a_round_with_a_clock_of_its_own() -> None:
    rated = ReplyRated(
        proposal_id=PROPOSAL,
        by=CLERK,
        on=FRIDAY,
        reply_id="D07.r1",
        round=1,
        proposer="李娜",
        process=Rating.SATISFIED,
        result=Rating.DISSATISFIED,
    )
    redo = RedoOrdered(
        proposal_id=PROPOSAL,
        by=CLERK,
        on=FRIDAY,
        reply_id="D07.r1",
        task_id=LEAD_TASK,
        unit=LONGHUA,
        round=2,
        answer=due(date(2024, 4, 19)),
    )

    written = folded(ASSIGNED, issued(), rated, redo)

    assert row(written, "clocks", "D07.1/answer.r2")["kind"] == "redo"
    assert done_on(written, "D07.1/answer.r2") is None
    assert done_on(folded(ASSIGNED, redo, issued(round=2)), "D07.1/answer.r2") == "2024-01-16"


def test_a_promise_runs_until_it_is_kept() -> None:
    made = PromiseMade(
        proposal_id=PROPOSAL,
        by=OFFICER,
        on=TUESDAY,
        promise_id="D07.r1.p1",
        reply_id="D07.r1",
        unit=LONGHUA,
        text="年内开通",
        due_on=date(2024, 12, 31),
    )
    kept = PromiseKept(
        proposal_id=PROPOSAL,
        by=OFFICER,
        on=FRIDAY,
        promise_id="D07.r1.p1",
        unit=LONGHUA,
        evidence="已开通",
    )

    assert done_on(folded(made), "D07.r1.p1/promise") is None
    written = folded(made, kept)
    assert done_on(written, "D07.r1.p1/promise") == "2024-01-19"
    assert row(written, "promises", "D07.r1.p1")["text"] == "年内开通"
