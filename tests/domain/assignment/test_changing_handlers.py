"""After the hand-over a unit joins, leaves, or gets another role, each in one act."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.changing_handlers import (
    Change,
    add_handler,
    change_roles,
    withdraw_handler,
)
from services.assignment.domain.reassigning import Reassigned, reassign_task
from services.assignment.domain.refusals import (
    AnsweredAlready,
    BackToItself,
    HandledNotByUnit,
    HandlesAlready,
    LeadAlready,
    LeadAndSplit,
    MergedElsewhere,
    NamedTwice,
    NobodyAnswers,
    NotHandedOver,
    NotYourTask,
    ReassignedAlready,
    SameRole,
    TakenBack,
    WithdrawnByGiver,
)
from services.assignment.domain.terms import Clock
from shared.contracts.assignment import (
    AssignmentSigned,
    HandlersReassigned,
    Role,
    WorkRolledUp,
)
from shared.contracts.event import Actor, TaskId
from tests.domain.assignment.office import (
    EDUCATION,
    FUTIAN,
    LONGHUA,
    LONGHUA_HOUSING,
    LONGHUA_SCHOOLS,
    MONDAY,
    OFFICE,
    OPINION_BY,
    PLANNING,
    PROPOSAL,
    REPLY_BY,
    TERMS,
    UNITS,
    officer_of,
)

LATER = date(2024, 4, 8)
REPLY = TERMS.due("reply", starts_on=MONDAY)
LEAD = Task(
    TaskId("D09.1"),
    LONGHUA,
    Role.LEAD,
    TaskState.SIGNED,
    given_on=MONDAY,
    answer=REPLY,
    contact=TERMS.due("contact", starts_on=MONDAY),
)
CO_HANDLER = Task(
    TaskId("D01.1"),
    FUTIAN,
    Role.CO_HANDLE,
    TaskState.SIGNED,
    given_on=MONDAY,
    answer=TERMS.due("opinion", starts_on=MONDAY),
)
SCHOOLS = Task(
    TaskId("S003.1"),
    LONGHUA_SCHOOLS,
    Role.LEAD,
    TaskState.SIGNED,
    parent=LEAD.task_id,
    duty="学位",
    answer=TERMS.inner_due(REPLY, starts_on=MONDAY),
)
HOUSING = replace(
    SCHOOLS, task_id=TaskId("S006.1"), unit=LONGHUA_HOUSING, state=TaskState.COMPLETED
)


def of(*tasks: Task, **how: Any) -> Assignment:
    return Assignment(PROPOSAL, "20240080", tasks=tasks, **how)


def moved(events: tuple[Reassigned, ...]) -> HandlersReassigned:
    event = events[0]
    assert isinstance(event, HandlersReassigned)
    return event


def added(
    *tasks: Task, unit: str = "市教育局", role: Role = Role.CO_HANDLE, **how: Any
) -> HandlersReassigned:
    return moved(
        add_handler(
            of(*tasks, **how),
            unit=unit,
            role=role,
            duty="提出意见",
            why="涉及学校",
            units=UNITS,
            terms=TERMS,
            by=OFFICE,
            on=LATER,
        )
    )


def withdrawn(task: Task, *others: Task, by: Actor = OFFICE) -> tuple[Reassigned, ...]:
    return withdraw_handler(
        of(task, *others),
        task_id=task.task_id,
        why="不再涉及",
        units=UNITS,
        terms=TERMS,
        by=by,
        on=LATER,
    )


def changed(
    *tasks: Task, clock: Clock | None = None, with_work: bool = False, **roles: Role
) -> tuple[Reassigned, ...]:
    return change_roles(
        of(*tasks),
        changes=[Change(unit, role) for unit, role in roles.items()],
        why="分工调整",
        clock=clock,
        with_work=with_work,
        units=UNITS,
        terms=TERMS,
        by=OFFICE,
        on=LATER,
    )


def reassigned(
    *tasks: Task, unit: str = "市教育局", clock: Clock | None = None, with_work: bool = False
) -> tuple[Reassigned, ...]:
    return reassign_task(
        of(*tasks),
        task_id=tasks[0].task_id,
        unit=unit,
        why="属全市统筹事项",
        clock=clock,
        with_work=with_work,
        units=UNITS,
        terms=TERMS,
        by=OFFICE,
        on=LATER,
    )


def test_a_unit_joins_in_the_next_generation_and_its_clocks_start_today() -> None:
    event = added(LEAD)

    [task] = event.tasks
    assert (event.ended, event.generation, event.policy) == ((), 2, "restart")
    assert (task.task_id, task.role, task.duty) == ("C021.2", Role.CO_HANDLE, "提出意见")
    assert task.answer is not None
    assert task.answer.starts_on == LATER


def test_a_unit_joins_though_another_has_answered() -> None:
    split = replace(LEAD, role=Role.SPLIT, answered_on=MONDAY)

    assert added(split, role=Role.SPLIT).tasks[0].role is Role.SPLIT


def test_work_that_the_unit_did_for_another_ends_when_it_joins_itself() -> None:
    assert added(LEAD, SCHOOLS, unit="S003").ended == ("S003.1",)


def test_joining_must_make_sense() -> None:
    with pytest.raises(HandlesAlready):
        added(LEAD, CO_HANDLER, unit="福田区")
    with pytest.raises(LeadAlready, match="龙华区人民政府"):
        added(LEAD, role=Role.LEAD)
    with pytest.raises(LeadAndSplit):
        added(LEAD, role=Role.SPLIT)
    with pytest.raises(NotHandedOver):
        added()
    with pytest.raises(TakenBack):
        added(LEAD, withdrawn=True)
    with pytest.raises(MergedElsewhere):
        added(LEAD, merged_into="20240498")


def test_a_task_is_taken_back_with_all_that_was_handed_down_from_it() -> None:
    split = replace(LEAD, role=Role.SPLIT)
    other = replace(LEAD, task_id=TaskId("C030.1"), unit=PLANNING, role=Role.SPLIT)

    [event] = withdrawn(split, other, SCHOOLS)

    assert isinstance(event, HandlersReassigned)
    assert (event.ended, event.tasks, event.policy) == (("D09.1", "S003.1"), (), "keep")


def test_somebody_must_go_on_answering() -> None:
    with pytest.raises(NobodyAnswers):
        withdrawn(LEAD, CO_HANDLER)


def test_who_has_answered_is_not_withdrawn() -> None:
    with pytest.raises(AnsweredAlready, match="福田区人民政府已经答复"):
        withdrawn(replace(CO_HANDLER, answered_on=MONDAY), LEAD)


def test_whoever_gave_a_task_takes_it_back() -> None:
    assert moved(withdrawn(SCHOOLS, LEAD, by=officer_of(LONGHUA))).ended == ("S003.1",)

    with pytest.raises(WithdrawnByGiver):
        withdrawn(SCHOOLS, LEAD)
    with pytest.raises(WithdrawnByGiver):
        withdrawn(SCHOOLS, LEAD, by=officer_of(LONGHUA_SCHOOLS))
    with pytest.raises(NotYourTask):
        withdrawn(CO_HANDLER, LEAD, by=officer_of(LONGHUA))
    with pytest.raises(ReassignedAlready):
        withdrawn(replace(CO_HANDLER, state=TaskState.ENDED), LEAD)


def test_taking_back_the_last_open_piece_rolls_the_rest_up() -> None:
    _, rolled_up = withdrawn(SCHOOLS, LEAD, HOUSING, by=officer_of(LONGHUA))

    assert isinstance(rolled_up, WorkRolledUp)
    assert (rolled_up.task_id, rolled_up.completed) == ("D09.1", ("S006.1",))


def test_a_lead_and_a_co_handler_change_places_in_one_act() -> None:
    event, *signed = changed(LEAD, CO_HANDLER, D01=Role.LEAD, D09=Role.CO_HANDLE)

    assert isinstance(event, HandlersReassigned)
    assert event.ended == ("D09.1", "D01.1")
    assert [(task.task_id, task.role, task.instead_of) for task in event.tasks] == [
        ("D01.2", Role.LEAD, "D01.1"),
        ("D09.2", Role.CO_HANDLE, "D09.1"),
    ]
    assert [one.task_id for one in signed if isinstance(one, AssignmentSigned)] == [
        "D01.2",
        "D09.2",
    ]


def test_kept_the_new_roles_clock_counts_from_the_first_day() -> None:
    event = moved(changed(LEAD, CO_HANDLER, D01=Role.LEAD, D09=Role.CO_HANDLE))

    assert event.policy == "keep"
    assert [task.answer and task.answer.on for task in event.tasks] == [REPLY_BY, OPINION_BY]


def test_restarted_it_counts_from_today_by_the_offices_word() -> None:
    event = moved(changed(LEAD, CO_HANDLER, clock="restart", D01=Role.LEAD, D09=Role.REFERENCE))

    assert event.policy == "restart"
    assert [task.answer and task.answer.on for task in event.tasks] == [date(2024, 7, 8), None]


def test_work_below_ends_with_a_changed_role_unless_it_is_said_to_go_on() -> None:
    without = moved(changed(LEAD, CO_HANDLER, SCHOOLS, D01=Role.LEAD, D09=Role.CO_HANDLE))
    assert without.ended == ("D09.1", "D01.1", "S003.1")
    assert len(without.tasks) == 2

    event, *signed = changed(
        LEAD, CO_HANDLER, SCHOOLS, with_work=True, D01=Role.LEAD, D09=Role.CO_HANDLE
    )
    assert isinstance(event, HandlersReassigned)
    [below] = event.tasks[2:]
    assert (below.task_id, below.parent, below.duty) == ("S003.2", "D09.2", "学位")
    assert below.answer is not None
    assert SCHOOLS.answer is not None
    assert below.answer.on == SCHOOLS.answer.on
    assert below.answer.steps[-1].says.endswith("时限按“不变”办理，仍为2024-06-04")
    assert "S003.2" in [one.task_id for one in signed if isinstance(one, AssignmentSigned)]


def test_changing_roles_must_make_sense() -> None:
    with pytest.raises(LeadAlready):
        changed(LEAD, CO_HANDLER, D01=Role.LEAD)
    with pytest.raises(NobodyAnswers):
        changed(LEAD, CO_HANDLER, D09=Role.CO_HANDLE)
    with pytest.raises(LeadAndSplit):
        changed(LEAD, CO_HANDLER, D01=Role.SPLIT)
    with pytest.raises(SameRole):
        changed(LEAD, CO_HANDLER, D01=Role.CO_HANDLE)
    with pytest.raises(HandledNotByUnit):
        changed(LEAD, C021=Role.CO_HANDLE)
    with pytest.raises(HandledNotByUnit):
        changed(LEAD, SCHOOLS, S003=Role.CO_HANDLE)
    with pytest.raises(NamedTwice):
        changed(LEAD, CO_HANDLER, D01=Role.LEAD, 福田区=Role.SPLIT)
    with pytest.raises(AnsweredAlready):
        changed(LEAD, replace(CO_HANDLER, answered_on=MONDAY), D01=Role.REFERENCE)


def test_the_office_reassigns_of_its_own_accord_and_the_clock_starts_anew() -> None:
    [event] = reassigned(LEAD, CO_HANDLER)

    assert isinstance(event, HandlersReassigned)
    [task] = event.tasks
    assert (event.policy, task.task_id, task.instead_of) == ("restart", "C021.2", "D09.1")
    assert task.answer is not None
    assert task.answer.on == date(2024, 7, 8)


def test_or_stays_as_it_was_by_the_offices_word_and_says_so() -> None:
    event = moved(reassigned(LEAD, CO_HANDLER, clock="keep"))

    [task] = event.tasks
    assert event.policy == "keep"
    assert task.answer is not None
    assert task.contact is not None
    assert task.sign is not None
    assert (task.answer.on, task.contact.on) == (REPLY_BY, date(2024, 4, 1))
    assert task.sign.starts_on == LATER  # nobody signs before they were asked
    assert task.answer.steps[-1].says == "2024-04-08任务转接，时限按“不变”办理，仍为2024-06-11"


def test_a_clock_that_stood_still_goes_on_with_the_one_who_takes_over() -> None:
    paused = replace(LEAD, paused_on=date(2024, 6, 4))

    [task] = moved(reassigned(paused, clock="keep")).tasks

    assert (task.answer and task.answer.on, task.answer_left) == (date(2024, 4, 15), 5)


def test_work_below_moves_along_only_as_far_as_it_stands_below_the_heir() -> None:
    event = moved(reassigned(LEAD, SCHOOLS, with_work=True))

    assert event.ended == ("D09.1", "S003.1")
    assert [task.unit for task in event.tasks] == [EDUCATION]


def test_a_task_is_not_reassigned_to_its_holder() -> None:
    with pytest.raises(BackToItself):
        reassigned(LEAD, unit="龙华区")
    with pytest.raises(HandlesAlready):
        reassigned(CO_HANDLER, LEAD, unit="龙华区")
