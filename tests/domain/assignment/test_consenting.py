"""The head of a unit, or a deputy, agrees to a return; who they are is looked up."""

from dataclasses import replace
from datetime import date

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.consenting import consent_to_return, named_in_post
from services.assignment.domain.refusals import (
    NotHeadOfUnit,
    NotYourTask,
    ReturnNotToOffice,
    SignedAlready,
)
from shared.contracts.assignment import Person, ReturnConsented, Role
from shared.contracts.event import PersonId, TaskId, UnitCode
from shared.contracts.registry import Post
from shared.policy import HEADS
from tests.domain.assignment.office import (
    FUTIAN,
    LONGHUA,
    MONDAY,
    PEOPLE,
    PROPOSAL,
    head_of,
)

TASK = Task(TaskId("D09.1"), LONGHUA, Role.LEAD)


def consented(task: Task = TASK, *, by: UnitCode = LONGHUA) -> ReturnConsented:
    return consent_to_return(
        Assignment(PROPOSAL, "20240080", tasks=(task,)),
        task_id=task.task_id,
        by=head_of(by),
        on=MONDAY,
    )


def test_the_head_agrees_that_a_task_be_returned() -> None:
    event = consented()

    assert (event.task_id, event.unit, event.by.person) == ("D09.1", LONGHUA, "h-D09")


def test_to_the_return_of_ones_own_task_only() -> None:
    with pytest.raises(NotYourTask):
        consented(by=FUTIAN)


def test_not_once_it_was_signed_for() -> None:
    with pytest.raises(SignedAlready):
        consented(replace(TASK, state=TaskState.SIGNED))


def test_work_handed_down_is_not_returned_to_the_office() -> None:
    with pytest.raises(ReturnNotToOffice):
        consented(replace(TASK, parent=TaskId("C001.1")))


def named(person: str, *, unit: UnitCode = LONGHUA, on: date = MONDAY) -> Person:
    return named_in_post(PersonId(person), posts=HEADS, unit=unit, people=PEOPLE, on=on)


@pytest.mark.parametrize("post", ["head", "deputy"])
def test_a_head_or_a_deputy_is_found_by_their_post(post: str) -> None:
    assert named(f"{post}.D09").person == f"{post}.D09"


@pytest.mark.parametrize("person", ["officer.D09", "head.D01", "somebody"])
def test_nobody_else_is(person: str) -> None:
    with pytest.raises(NotHeadOfUnit, match="不是贵单位的承办单位分管负责人、承办单位负责人"):
        named(person)


def test_a_deputy_does_not_deploy_in_the_heads_place() -> None:
    with pytest.raises(NotHeadOfUnit):
        named_in_post(
            PersonId("deputy.D09"), posts=[Post.HEAD], unit=LONGHUA, people=PEOPLE, on=MONDAY
        )
