"""What a leader decides about a matter binds: a new lead takes over, with new clocks."""

from dataclasses import replace
from datetime import date

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.coordinating import follow_coordination
from services.assignment.domain.reassigning import Reassigned
from shared.contracts.assignment import (
    AssignmentSigned,
    ExtensionGranted,
    HandlersReassigned,
    Role,
)
from shared.contracts.escalation import CoordinationDecided, Effect
from shared.contracts.event import Actor, PersonId, TaskId, UnitCode
from tests.domain.assignment.office import (
    CITY,
    EDUCATION,
    FUTIAN,
    LONGHUA,
    LONGHUA_HOUSING,
    LONGHUA_SCHOOLS,
    MONDAY,
    PROPOSAL,
    REPLY_BY,
    TERMS,
    UNITS,
)

MAYOR = Actor(person=PersonId("p-mayor"), name="林副市长", post="leader", unit=CITY)
NEW_LEAD = Effect(kind="new_lead", lead=FUTIAN)
ASKS = Effect(kind="ask", unit=EDUCATION)
AS_IT_IS = Effect(kind="as_it_is")

LEAD = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, TaskState.SIGNED)
CO_HANDLER = Task(TaskId("D01.1"), FUTIAN, Role.CO_HANDLE, TaskState.SIGNED)
OTHER = Task(TaskId("C021.1"), EDUCATION, Role.CO_HANDLE, TaskState.SIGNED)
SCHOOLS = Task(TaskId("S003.1"), LONGHUA_SCHOOLS, Role.LEAD, parent=LEAD.task_id)
HOUSING = Task(
    TaskId("S006.1"), LONGHUA_HOUSING, Role.LEAD, TaskState.COMPLETED, parent=LEAD.task_id
)


def followed(
    *tasks: Task, effect: Effect = NEW_LEAD, merged_into: str | None = None
) -> tuple[Reassigned | ExtensionGranted, ...]:
    decided = CoordinationDecided(
        proposal_id=PROPOSAL,
        by=MAYOR,
        on=MONDAY,
        matter_id="m1",
        decision="由福田区牵头",
        effect=effect,
    )
    return follow_coordination(
        Assignment(PROPOSAL, "20240080", merged_into, tasks),
        decided=decided,
        units=UNITS,
        terms=TERMS,
    )


def reassigned(*tasks: Task) -> HandlersReassigned:
    [event] = followed(*tasks)
    assert isinstance(event, HandlersReassigned)
    return event


def test_the_new_lead_takes_over_by_the_leaders_decision() -> None:
    event = reassigned(LEAD, OTHER)

    assert (event.ended, event.generation) == (("D09.1",), 2)
    assert [(task.task_id, task.unit, task.role) for task in event.tasks] == [
        ("D01.2", FUTIAN, Role.LEAD)
    ]
    assert (event.by, event.matter_id, event.why) == (MAYOR, "m1", "由福田区牵头")


def test_the_new_leads_clocks_start_on_the_day_of_the_decision() -> None:
    event = reassigned(LEAD)

    assert event.policy == "restart"
    assert event.tasks[0].answer is not None
    assert event.tasks[0].answer.on == REPLY_BY


def test_a_co_handler_that_becomes_lead_owes_its_opinion_no_more() -> None:
    assert reassigned(LEAD, CO_HANDLER, OTHER).ended == ("D09.1", "D01.1")


def test_open_work_under_the_old_lead_ends_and_finished_work_stays_finished() -> None:
    assert reassigned(LEAD, SCHOOLS, HOUSING).ended == ("D09.1", "S003.1")


def test_a_pending_return_of_the_old_lead_is_settled_with_it() -> None:
    assert reassigned(replace(LEAD, state=TaskState.RETURNED)).ended == ("D09.1",)


def test_of_split_units_all_give_way_to_the_new_lead() -> None:
    parts = replace(LEAD, role=Role.SPLIT), replace(OTHER, role=Role.SPLIT)

    assert reassigned(*parts).ended == ("D09.1", "C021.1")


def test_a_proposal_that_nobody_handles_yet_gets_its_first_lead() -> None:
    event = reassigned()

    assert (event.ended, event.generation, event.tasks[0].task_id) == ((), 1, "D01.1")


def test_a_merged_proposal_gets_no_lead_of_its_own() -> None:
    assert followed(merged_into="20240498") == ()


def test_a_proposal_merged_when_it_was_handled_already_keeps_its_tasks_and_may_change_lead() -> (
    None
):
    [event] = followed(LEAD, merged_into="20240498")

    assert isinstance(event, HandlersReassigned)
    assert event.ended == ("D09.1",)


@pytest.mark.parametrize("state", [TaskState.UNSIGNED, TaskState.SIGNED])
def test_who_leads_already_just_goes_on(state: TaskState) -> None:
    lead = replace(LEAD, unit=FUTIAN, state=state)

    assert followed(lead, OTHER) == ()


def test_who_returned_the_lead_and_is_named_all_the_same_starts_anew() -> None:
    lead = Task(TaskId("D01.1"), FUTIAN, Role.LEAD, TaskState.RETURNED)

    event = reassigned(lead)

    assert (event.ended, event.tasks[0].task_id) == (("D01.1",), "D01.2")


def test_a_decision_that_leaves_the_handlers_as_they_are_changes_none() -> None:
    assert followed(LEAD, CO_HANDLER, effect=AS_IT_IS) == ()


@pytest.mark.parametrize("unit", [LONGHUA_SCHOOLS, LONGHUA_HOUSING])
def test_a_unit_under_the_old_lead_may_become_the_lead(unit: UnitCode) -> None:
    [event] = followed(LEAD, SCHOOLS, effect=Effect(kind="new_lead", lead=unit))

    assert isinstance(event, HandlersReassigned)
    assert event.ended == ("D09.1", "S003.1")


ANSWERS = TERMS.due("reply", starts_on=MONDAY)


def new_role(unit: UnitCode, role: Role, *tasks: Task) -> list[tuple[str, Role, bool]]:
    """What is given by a decision on a unit's role."""
    events = followed(*tasks, effect=Effect(kind="new_role", unit=unit, role=role))
    return [
        (task.task_id, task.role, task.binding)
        for event in events
        if isinstance(event, HandlersReassigned)
        for task in event.tasks
    ]


def test_a_unit_gets_another_role_for_good() -> None:
    assert new_role(FUTIAN, Role.REFERENCE, LEAD, CO_HANDLER) == [("D01.2", Role.REFERENCE, True)]


def test_a_unit_that_had_none_gets_one() -> None:
    assert new_role(EDUCATION, Role.CO_HANDLE, LEAD) == [("C021.2", Role.CO_HANDLE, True)]


def test_beside_a_unit_that_answers_for_its_part_the_lead_does_so_too() -> None:
    assert new_role(FUTIAN, Role.SPLIT, LEAD, CO_HANDLER) == [
        ("D01.2", Role.SPLIT, True),
        ("D09.2", Role.SPLIT, True),
    ]


def test_the_role_of_the_lead_is_a_new_lead() -> None:
    assert new_role(FUTIAN, Role.LEAD, LEAD, CO_HANDLER) == [("D01.2", Role.LEAD, True)]


def test_a_role_that_a_unit_has_already_changes_nothing() -> None:
    assert new_role(FUTIAN, Role.CO_HANDLE, LEAD, CO_HANDLER) == []


def test_the_only_one_to_answer_goes_on_answering() -> None:
    assert new_role(LONGHUA, Role.CO_HANDLE, LEAD, CO_HANDLER) == []


def test_a_unit_that_had_signed_need_not_sign_for_its_new_role() -> None:
    _, signed = followed(
        LEAD, CO_HANDLER, effect=Effect(kind="new_role", unit=FUTIAN, role=Role.REFERENCE)
    )

    assert isinstance(signed, AssignmentSigned)
    assert (signed.task_id, signed.carried_from) == ("D01.2", "D01.1")


def new_date(due_on: date, *tasks: Task) -> list[tuple[str, date]]:
    events = followed(*tasks, effect=Effect(kind="new_date", unit=LONGHUA, due_on=due_on))
    return [
        (moved.task_id, moved.due.on)
        for event in events
        if isinstance(event, ExtensionGranted)
        for moved in event.moved
    ]


@pytest.mark.parametrize("day", [date(2024, 4, 1), date(2024, 12, 2)])
def test_a_leader_sets_any_date_sooner_or_later(day: date) -> None:
    assert new_date(day, replace(LEAD, answer=ANSWERS)) == [("D09.1", day)]


def test_a_date_for_who_owes_nothing_changes_nothing() -> None:
    assert new_date(date(2024, 4, 1), replace(LEAD, answer=ANSWERS, answered_on=MONDAY)) == []
    assert new_date(date(2024, 4, 1), CO_HANDLER) == []


def test_money_that_is_asked_for_changes_no_task() -> None:
    assert followed(LEAD, effect=ASKS) == ()


def test_what_was_taken_back_is_not_moved_any_more() -> None:
    decided = CoordinationDecided(
        proposal_id=PROPOSAL,
        by=MAYOR,
        on=MONDAY,
        matter_id="m1",
        decision="由福田区牵头",
        effect=NEW_LEAD,
    )
    taken_back = Assignment(PROPOSAL, "20240080", withdrawn=True)

    assert follow_coordination(taken_back, decided=decided, units=UNITS, terms=TERMS) == ()
