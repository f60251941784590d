"""Somebody asks the head of their unit to let a task be returned."""

from dataclasses import replace

import pytest

from services.assignment.domain.asking_consent import ask_consent
from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.refusals import (
    ConsentGiven,
    NotYourTask,
    ProposesItself,
    ReturnNotToOffice,
    SignedAlready,
    UnknownReason,
)
from shared.contracts.assignment import Consent, ReturnConsentAsked, Role
from shared.contracts.event import Actor, PersonId, TaskId, UnitCode
from tests.domain.assignment.office import FUTIAN, LONGHUA, MONDAY, PROPOSAL, TERMS, officer_of

TASK = Task(TaskId("D09.1"), LONGHUA, Role.LEAD)
REASON = TERMS.rules.return_reasons[0].code


def ask(
    task: Task = TASK,
    *,
    by: Actor | None = None,
    reason_code: str = REASON,
    proposed_unit: UnitCode = FUTIAN,
) -> ReturnConsentAsked:
    return ask_consent(
        Assignment(PROPOSAL, "20240080", tasks=(task,)),
        task_id=task.task_id,
        reason_code=reason_code,
        reason="属于福田区职责",
        proposed_unit=proposed_unit,
        terms=TERMS,
        by=by or officer_of(LONGHUA),
        on=MONDAY,
    )


def test_it_says_why_and_whose_it_is() -> None:
    event = ask()

    assert (event.unit, event.reason_code, event.proposed_unit) == (LONGHUA, REASON, FUTIAN)
    assert event.reason == "属于福田区职责"


def test_who_has_consented_need_not_be_asked() -> None:
    with pytest.raises(ConsentGiven):
        ask(replace(TASK, consent=Consent(person=PersonId("h"), name="何", on=MONDAY)))


def test_only_what_could_be_returned_is_asked_for() -> None:
    with pytest.raises(SignedAlready):
        ask(replace(TASK, state=TaskState.SIGNED))
    with pytest.raises(NotYourTask):
        ask(by=officer_of(FUTIAN))
    with pytest.raises(ReturnNotToOffice):
        ask(replace(TASK, parent=TaskId("C001.1")))
    with pytest.raises(UnknownReason):
        ask(reason_code="no-such-reason")
    with pytest.raises(ProposesItself):
        ask(proposed_unit=LONGHUA)
