"""A unit may return its task: in time, for a coded reason, unsigned, naming another unit."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.refusals import (
    ConsentMissing,
    DecidedForGood,
    ForReferenceOnly,
    NotYourTask,
    PaperFromTheFuture,
    PaperNotAccepted,
    ProposesItself,
    RefusedBefore,
    ReturnNotToOffice,
    ReturnPending,
    SignedAlready,
    TooLateToReturn,
    TooManyReturns,
    UnknownReason,
)
from services.assignment.domain.returning import return_task
from services.assignment.domain.terms import Terms
from shared.contracts.assignment import AssignmentReturned, Consent, Role
from shared.contracts.event import Actor, PersonId, TaskId, UnitCode
from shared.contracts.registry import Policy
from shared.refusals import Refusal
from tests.domain.assignment.office import (
    DECIDE_BY,
    EDUCATION,
    FUTIAN,
    LONGHUA,
    MONDAY,
    PROPOSAL,
    RETURN_BY,
    TERMS,
    head_of,
    officer_of,
)

TASK = Task(TaskId("D09.1"), LONGHUA, Role.LEAD, return_by=TERMS.due("return", starts_on=MONDAY))


def returned(
    task: Task = TASK,
    *,
    by: UnitCode = LONGHUA,
    reason_code: str = "not-ours",
    proposed_unit: UnitCode = EDUCATION,
    on: date = MONDAY,
    caller: Actor | None = None,
    paper: Consent | None = None,
    returns: int = 0,
    terms: Terms = TERMS,
) -> AssignmentReturned:
    return return_task(
        Assignment(PROPOSAL, "20240080", tasks=(task,), returns=returns),
        task_id=task.task_id,
        reason_code=reason_code,
        reason="属全市统筹事项。",
        proposed_unit=proposed_unit,
        paper=paper,
        terms=terms,
        by=caller or head_of(by),
        on=on,
    )


def test_a_unit_returns_a_task_and_names_another_unit() -> None:
    event = returned()

    assert (event.task_id, event.unit, event.proposed_unit) == ("D09.1", LONGHUA, EDUCATION)
    assert (event.reason_code, event.reason) == ("not-ours", "属全市统筹事项。")


def test_the_office_has_its_own_date_to_decide() -> None:
    event = returned(on=MONDAY)

    assert (event.decide.on, event.decide.source) == (DECIDE_BY, "广州规定")


def test_a_task_may_be_returned_on_the_last_day() -> None:
    assert returned(on=RETURN_BY).on == RETURN_BY


def test_the_day_after_is_too_late() -> None:
    with pytest.raises(TooLateToReturn, match="退办期限已于2024-03-21届满"):
        returned(on=RETURN_BY + timedelta(days=1))


def test_a_reason_is_one_of_the_rules() -> None:
    assert returned(reason_code="moved").reason_code == "moved"

    with pytest.raises(UnknownReason, match="not-ours、moved"):
        returned(reason_code="too-much-work")


def test_a_unit_cannot_propose_itself() -> None:
    with pytest.raises(ProposesItself):
        returned(proposed_unit=LONGHUA)


def test_nobody_returns_another_units_task() -> None:
    with pytest.raises(NotYourTask):
        returned(by=FUTIAN)


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (TaskState.SIGNED, SignedAlready),
        (TaskState.RETURNED, ReturnPending),
        (TaskState.NOTED, ForReferenceOnly),
    ],
)
def test_only_a_task_that_was_not_taken_on_is_returned(
    state: TaskState, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        returned(replace(TASK, state=state))


def test_work_handed_down_is_not_returned_to_the_office() -> None:
    with pytest.raises(ReturnNotToOffice, match="请与上级承办单位商定"):
        returned(replace(TASK, parent=TaskId("C001.1")))


PAPER = Consent(person=PersonId("head.D09"), name="龙华区负责人", on=MONDAY, on_paper=True)
OFFICER = officer_of(LONGHUA)


def by_policy(value: str) -> Terms:
    policies = {**TERMS.rules.policies, "return.consent": Policy(value=value, says="", source=None)}
    return replace(TERMS, rules=TERMS.rules.model_copy(update={"policies": policies}))


def test_the_heads_own_act_is_their_consent() -> None:
    consent = returned().consent

    assert consent is not None
    assert (consent.person, consent.on, consent.on_paper) == ("h-D09", MONDAY, False)


def test_an_officer_returns_with_the_consent_that_the_head_gave_here() -> None:
    given = Consent(person=PersonId("h-D09"), name="负责人", on=MONDAY)

    assert returned(replace(TASK, consent=given), caller=OFFICER).consent == given


def test_without_the_heads_consent_an_officer_does_not_return() -> None:
    with pytest.raises(ConsentMissing, match="退办须经单位负责人同意"):
        returned(caller=OFFICER)


def test_a_consent_on_paper_counts_where_the_rules_say_so() -> None:
    assert returned(caller=OFFICER, paper=PAPER).consent == PAPER

    with pytest.raises(PaperNotAccepted):
        returned(caller=OFFICER, paper=PAPER, terms=by_policy("here"))


def test_a_paper_has_been_signed_by_today() -> None:
    with pytest.raises(PaperFromTheFuture):
        returned(caller=OFFICER, paper=PAPER.model_copy(update={"on": MONDAY + timedelta(days=1)}))


def test_a_place_may_do_without_the_heads_consent() -> None:
    assert returned(caller=OFFICER, terms=by_policy("none")).consent is None


def test_a_proposal_does_not_go_round_for_ever() -> None:
    assert returned(returns=2).task_id == TASK.task_id

    with pytest.raises(TooManyReturns, match="已退办3次"):
        returned(returns=3)


def test_what_was_refused_is_objected_to_and_not_returned_again() -> None:
    with pytest.raises(RefusedBefore):
        returned(replace(TASK, object_by=TERMS.due("object", starts_on=MONDAY)))


def test_what_a_leader_decided_is_not_returned() -> None:
    with pytest.raises(DecidedForGood):
        returned(replace(TASK, bound=True))
