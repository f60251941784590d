"""The office decides a return: another unit takes over with new clocks, or the first goes on."""

from dataclasses import replace
from datetime import date

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.deciding_returns import decide_return
from services.assignment.domain.reassigning import Reassigned
from services.assignment.domain.refusals import (
    BackToItself,
    HandlesAlready,
    NoReturnPending,
    RefusedYetMoved,
)
from shared.contracts.assignment import HandlersReassigned, ReturnDecided, Role, WorkRolledUp
from shared.contracts.event import TaskId
from shared.reference import UnknownUnit
from tests.domain.assignment.office import (
    EDUCATION,
    FUTIAN,
    LONGHUA,
    LONGHUA_HOUSING,
    LONGHUA_SCHOOLS,
    MONDAY,
    OFFICE,
    OPINION_BY,
    PROPOSAL,
    REPLY_BY,
    RETURN_BY,
    SIGN_BY,
    TERMS,
    UNITS,
)

RETURNED = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, TaskState.RETURNED, proposed_unit=EDUCATION)
CO_HANDLER = Task(TaskId("D01.1"), FUTIAN, Role.CO_HANDLE, TaskState.SIGNED)
READER = Task(TaskId("C021.1"), EDUCATION, Role.REFERENCE, TaskState.NOTED)


def decided(
    *tasks: Task, upheld: bool = True, new_unit: str | None = None
) -> tuple[ReturnDecided | Reassigned, ...]:
    return decide_return(
        Assignment(PROPOSAL, "20240080", tasks=tasks),
        task_id=tasks[0].task_id,
        upheld=upheld,
        why="属全市统筹事项",
        new_unit=new_unit,
        units=UNITS,
        terms=TERMS,
        by=OFFICE,
        on=MONDAY,
    )


def reassigned(*tasks: Task, new_unit: str | None = None) -> HandlersReassigned:
    """What follows when the return is upheld."""
    verdict, event, *rest = decided(*tasks, new_unit=new_unit)
    assert isinstance(verdict, ReturnDecided)
    assert isinstance(event, HandlersReassigned)
    assert rest == []
    return event


def test_refused_the_unit_goes_on() -> None:
    assert decided(RETURNED, CO_HANDLER, upheld=False) == (
        ReturnDecided(
            proposal_id=PROPOSAL,
            by=OFFICE,
            on=MONDAY,
            task_id=TaskId("D09.1"),
            unit=LONGHUA,
            upheld=False,
            why="属全市统筹事项",
            object_by=TERMS.due("object", starts_on=MONDAY),
        ),
    )


@pytest.mark.parametrize(
    ("returned_on", "sign_by"),
    [
        (date(2024, 3, 4), date(2024, 3, 14)),  # three working days were left
        (date(2024, 3, 6), date(2024, 3, 12)),
        (date(2024, 3, 7), date(2024, 3, 12)),  # on the last day: one day at least
    ],
)
def test_refused_the_clock_for_signing_goes_on_where_it_stood_still(
    returned_on: date, sign_by: date
) -> None:
    sign = TERMS.due("sign", starts_on=date(2024, 3, 4))

    [verdict] = decided(replace(RETURNED, sign=sign, returned_on=returned_on), upheld=False)

    assert isinstance(verdict, ReturnDecided)
    assert verdict.sign is not None
    assert (verdict.sign.clock, verdict.sign.on) == ("sign", sign_by)


def test_refused_who_was_late_with_signing_stays_late() -> None:
    sign = TERMS.due("sign", starts_on=date(2024, 3, 4))

    [verdict] = decided(replace(RETURNED, sign=sign, returned_on=date(2024, 3, 8)), upheld=False)

    assert isinstance(verdict, ReturnDecided)
    assert verdict.sign is None


def test_upheld_the_decision_is_told_before_its_effect() -> None:
    verdict, effect = decided(RETURNED, CO_HANDLER)

    assert isinstance(verdict, ReturnDecided)
    assert verdict.upheld
    assert isinstance(effect, HandlersReassigned)


def test_upheld_the_task_goes_to_the_unit_that_was_proposed() -> None:
    event = reassigned(RETURNED, CO_HANDLER)

    assert event.ended == ("D09.1",)
    assert [(task.task_id, task.unit, task.role) for task in event.tasks] == [
        ("C021.2", EDUCATION, Role.LEAD)
    ]
    assert event.why == "属全市统筹事项"


def test_the_office_may_name_another_unit_than_the_proposed_one() -> None:
    event = reassigned(RETURNED, CO_HANDLER, new_unit="市规划资源局")

    assert event.tasks[0].task_id == "C030.2"


def test_the_clocks_of_the_new_unit_start_on_the_day_of_the_decision() -> None:
    event = reassigned(RETURNED)

    [task] = event.tasks
    assert event.policy == "restart"
    assert [due.on for due in (task.sign, task.return_by, task.answer) if due] == [
        SIGN_BY,
        RETURN_BY,
        REPLY_BY,
    ]


def test_a_co_handlers_successor_owes_an_opinion() -> None:
    returned = replace(RETURNED, role=Role.CO_HANDLE)

    [task] = reassigned(returned).tasks

    assert (task.role, task.answer and task.answer.on) == (Role.CO_HANDLE, OPINION_BY)


def test_each_reassignment_is_a_generation_of_its_own() -> None:
    second = replace(RETURNED, task_id=TaskId("D09.2"), generation=2)

    event = reassigned(second, CO_HANDLER)

    assert (event.generation, event.tasks[0].task_id) == (3, "C021.3")


def test_a_unit_that_returned_in_an_earlier_generation_may_get_it_after_all() -> None:
    once = Task(TaskId("C021.1"), EDUCATION, Role.LEAD, TaskState.ENDED)
    now = replace(RETURNED, task_id=TaskId("D09.2"), generation=2)

    assert reassigned(now, once).tasks[0].task_id == "C021.3"


def test_there_must_be_a_return_to_decide() -> None:
    with pytest.raises(NoReturnPending):
        decided(CO_HANDLER)


def test_it_does_not_go_back_to_the_unit_that_returned_it() -> None:
    with pytest.raises(BackToItself):
        decided(RETURNED, new_unit="龙华区")


def test_a_refused_return_moves_nothing() -> None:
    with pytest.raises(RefusedYetMoved):
        decided(RETURNED, upheld=False, new_unit="市教育局")


def test_the_new_unit_must_be_known() -> None:
    with pytest.raises(UnknownUnit):
        decided(RETURNED, new_unit="省教育厅")


def test_a_unit_with_a_lighter_part_may_take_over_and_gives_up_the_lighter_one() -> None:
    assert reassigned(RETURNED, READER).ended == ("D09.1", "C021.1")
    assert reassigned(RETURNED, CO_HANDLER, new_unit="福田区").ended == ("D09.1", "D01.1")


@pytest.mark.parametrize("role", [Role.LEAD, Role.CO_HANDLE])
def test_a_unit_with_an_equal_or_weightier_part_does_not_take_another(role: Role) -> None:
    returned = replace(RETURNED, role=Role.CO_HANDLE)
    held = Task(TaskId("C021.1"), EDUCATION, role)

    with pytest.raises(HandlesAlready, match="市教育局在这件提案中已有任务"):
        decided(returned, held)


def test_work_handed_down_is_lighter_than_any_part_from_the_office() -> None:
    returned = replace(RETURNED, task_id=TaskId("C021.1"), unit=EDUCATION, role=Role.CO_HANDLE)
    lead = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, TaskState.SIGNED)
    below = Task(TaskId("S006.1"), LONGHUA_HOUSING, Role.LEAD, parent=lead.task_id)

    event = reassigned(returned, lead, below, new_unit="区住建局")

    assert event.ended == ("C021.1", "S006.1")
    assert event.tasks[0].role is Role.CO_HANDLE


def test_work_that_was_waited_for_is_rolled_up_when_its_last_unit_is_called_away() -> None:
    giver = Task(TaskId("D01.1"), FUTIAN, Role.CO_HANDLE, TaskState.SIGNED)
    done = Task(
        TaskId("S003.1"),
        LONGHUA_SCHOOLS,
        Role.CO_HANDLE,
        TaskState.COMPLETED,
        parent=giver.task_id,
    )
    called_away = Task(
        TaskId("S006.1"),
        LONGHUA_HOUSING,
        Role.CO_HANDLE,
        TaskState.SIGNED,
        parent=giver.task_id,
    )

    _, effect, *rolled_up = decided(RETURNED, giver, done, called_away, new_unit="区住建局")

    assert isinstance(effect, HandlersReassigned)
    assert effect.ended == ("D09.1", "S006.1")
    assert rolled_up == [
        WorkRolledUp(
            proposal_id=PROPOSAL,
            by=OFFICE,
            on=MONDAY,
            task_id=giver.task_id,
            unit=FUTIAN,
            completed=(done.task_id,),
        )
    ]


def test_nothing_is_rolled_up_when_nothing_was_finished() -> None:
    giver = Task(TaskId("D01.1"), FUTIAN, Role.CO_HANDLE, TaskState.SIGNED)
    called_away = Task(TaskId("S006.1"), LONGHUA_HOUSING, Role.CO_HANDLE, parent=giver.task_id)

    assert reassigned(RETURNED, giver, called_away, new_unit="区住建局").ended == (
        "D09.1",
        "S006.1",
    )
