"""Merged, undone, taken back: what becomes of tasks that were handed over already."""

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.merging import (
    follow_merging,
    follow_undoing,
    follow_withdrawal,
)
from services.assignment.domain.reassigning import Reassigned
from services.assignment.domain.refusals import MergedElsewhere, TakenBack
from services.assignment.domain.signing import sign_task
from services.assignment.domain.terms import Terms
from shared.contracts.assignment import AssignmentSigned, HandlersReassigned, Role
from shared.contracts.event import ProposalId, TaskId
from shared.contracts.intake import MergeUndone, ProposalsMerged, ProposalWithdrawn
from shared.contracts.registry import Policy
from tests.domain.assignment.office import (
    FUTIAN,
    LONGHUA,
    LONGHUA_SCHOOLS,
    MONDAY,
    OFFICE,
    OTHER_PROPOSAL,
    PROPOSAL,
    REPLY_BY,
    TERMS,
    UNITS,
    officer_of,
)

LATER = date(2024, 4, 8)
LEAD = Task(
    TaskId("D09.1"),
    LONGHUA,
    Role.LEAD,
    TaskState.SIGNED,
    given_on=MONDAY,
    answer=TERMS.due("reply", starts_on=MONDAY),
)
CO_HANDLER = replace(
    LEAD, task_id=TaskId("D01.1"), unit=FUTIAN, role=Role.CO_HANDLE, state=TaskState.UNSIGNED
)
BELOW = replace(LEAD, task_id=TaskId("S003.1"), unit=LONGHUA_SCHOOLS, parent=LEAD.task_id)
RESTARTS = replace(
    TERMS,
    rules=TERMS.rules.model_copy(
        update={
            "policies": {
                **TERMS.rules.policies,
                "merge.clock": Policy(value="restart", says="", source=None),
            }
        }
    ),
)


def merged(
    *tasks: Task, main: ProposalId = OTHER_PROPOSAL, terms: Terms = TERMS
) -> tuple[Reassigned, ...]:
    event = ProposalsMerged(
        proposal_id=PROPOSAL,
        by=OFFICE,
        on=LATER,
        main=main,
        members=(OTHER_PROPOSAL, PROPOSAL),
        why="诉求相同",
        after_hand_over=True,
    )
    return follow_merging(
        Assignment(PROPOSAL, "20240080", tasks=tasks), merged=event, units=UNITS, terms=terms
    )


def undone(
    *group: Task, own: tuple[Task, ...] = (), policy: Literal["restart", "keep"] = "restart"
) -> tuple[Reassigned, ...]:
    event = MergeUndone(
        proposal_id=PROPOSAL,
        by=OFFICE,
        on=LATER,
        main=OTHER_PROPOSAL,
        members=(OTHER_PROPOSAL, PROPOSAL),
        why="诉求其实不同",
        after_hand_over=True,
        policy=policy,
    )
    return follow_undoing(
        Assignment(PROPOSAL, "20240080", tasks=own),
        group=Assignment(OTHER_PROPOSAL, "20240498", tasks=group),
        undone=event,
        units=UNITS,
        terms=TERMS,
    )


def test_a_members_own_tasks_end_with_all_that_hangs_below_them() -> None:
    [event] = merged(LEAD, CO_HANDLER, BELOW)

    assert isinstance(event, HandlersReassigned)
    assert (event.ended, event.tasks) == (("D09.1", "D01.1", "S003.1"), ())
    assert event.why == "诉求相同"


def test_who_had_no_tasks_loses_none() -> None:
    assert merged() == ()


def test_the_main_proposals_clocks_stay_as_they_are() -> None:
    assert merged(LEAD, CO_HANDLER, main=PROPOSAL) == ()


def test_unless_the_place_starts_them_anew() -> None:
    event, *carried = merged(LEAD, CO_HANDLER, main=PROPOSAL, terms=RESTARTS)

    assert isinstance(event, HandlersReassigned)
    assert event.policy == "restart"
    assert [(task.task_id, task.answer and task.answer.on) for task in event.tasks] == [
        ("D09.2", date(2024, 7, 8)),
        ("D01.2", date(2024, 5, 8)),
    ]
    assert [one.task_id for one in carried if isinstance(one, AssignmentSigned)] == ["D09.2"]


def test_who_leaves_a_group_gets_tasks_for_the_units_that_handled_it() -> None:
    event, signed = undone(LEAD, CO_HANDLER, BELOW)

    assert isinstance(event, HandlersReassigned)
    assert [(task.task_id, task.role) for task in event.tasks] == [
        ("D09.1", Role.LEAD),
        ("D01.1", Role.CO_HANDLE),
    ]
    assert isinstance(signed, AssignmentSigned)
    assert signed.task_id == "D09.1"


@pytest.mark.parametrize(("policy", "on"), [("restart", date(2024, 7, 8)), ("keep", REPLY_BY)])
def test_its_clocks_follow_the_policy(policy: Literal["restart", "keep"], on: date) -> None:
    event = undone(LEAD, policy=policy)[0]

    assert isinstance(event, HandlersReassigned)
    assert (event.policy, event.tasks[0].answer and event.tasks[0].answer.on) == (policy, on)


def test_in_the_next_generation_if_it_had_tasks_before() -> None:
    event = undone(LEAD, own=(replace(LEAD, state=TaskState.ENDED),))[0]

    assert isinstance(event, HandlersReassigned)
    assert event.tasks[0].task_id == "D09.2"


def test_a_group_that_was_not_handed_over_has_nothing_to_give() -> None:
    assert undone() == ()


def test_what_is_taken_back_ends() -> None:
    event = ProposalWithdrawn(proposal_id=PROPOSAL, by=OFFICE, on=LATER, why="问题已经解决")

    [ended] = follow_withdrawal(
        Assignment(PROPOSAL, "20240080", tasks=(LEAD, CO_HANDLER)),
        withdrawn=event,
        units=UNITS,
        terms=TERMS,
    )

    assert isinstance(ended, HandlersReassigned)
    assert ended.ended == ("D09.1", "D01.1")


def test_whoever_acts_afterwards_reads_what_became_of_it() -> None:
    ended = replace(CO_HANDLER, state=TaskState.ENDED)

    with pytest.raises(TakenBack):
        sign_task(
            Assignment(PROPOSAL, "20240080", tasks=(ended,), withdrawn=True),
            task_id=ended.task_id,
            by=officer_of(FUTIAN),
            on=LATER,
        )
    with pytest.raises(MergedElsewhere, match="第20240498号"):
        sign_task(
            Assignment(PROPOSAL, "20240080", merged_into="20240498", tasks=(ended,)),
            task_id=ended.task_id,
            by=officer_of(FUTIAN),
            on=LATER,
        )
