"""A unit acts on its own task, while the task stands, after signing, where it is handled."""

from dataclasses import replace
from datetime import date

import pytest

from services.reply.domain.handling import days_late
from services.reply.domain.refusals import (
    HandledWithMain,
    NoLeadYet,
    NotSignedYet,
    NotYourTask,
    TaskEnded,
    UnknownTask,
)
from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId, TaskId
from tests.domain.reply.longhua import (
    CALENDAR,
    CO_HANDLER,
    FRIDAY,
    FUTIAN,
    FUTIAN_TASK,
    INDUSTRY,
    LEAD,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    PROPOSAL,
    SATURDAY,
    SECOND_CO_HANDLER,
    SUNDAY,
    TUESDAY,
    handled_by,
    merged,
)

MAIN = ProposalId("20240001")


def test_a_unit_finds_its_own_signed_task() -> None:
    assert handled_by(LEAD, CO_HANDLER).task_of(FUTIAN, task_id=FUTIAN_TASK) == CO_HANDLER


def test_a_task_that_was_never_given_is_unknown() -> None:
    with pytest.raises(UnknownTask, match=r"没有编号为“D99\.1”的承办任务"):
        handled_by(LEAD).task_of(LONGHUA, task_id=TaskId("D99.1"))


def test_nobody_acts_on_another_units_task() -> None:
    with pytest.raises(NotYourTask, match="由其他单位承办"):
        handled_by(LEAD, CO_HANDLER).task_of(FUTIAN, task_id=LONGHUA_TASK)


def test_a_task_that_was_reassigned_takes_no_further_act() -> None:
    ended = replace(LEAD, ended=True)

    with pytest.raises(TaskEnded, match="已经改派"):
        handled_by(ended).task_of(LONGHUA, task_id=LONGHUA_TASK)


def test_signing_comes_before_everything_else() -> None:
    unsigned = replace(LEAD, signed=False)

    with pytest.raises(NotSignedYet, match="请先签收"):
        handled_by(unsigned).task_of(LONGHUA, task_id=LONGHUA_TASK)


def test_a_merged_proposal_is_handled_on_the_main_one() -> None:
    not_begun_here = replace(LEAD, round=None)

    with pytest.raises(HandledWithMain, match=r"请在主提案《关于推动龙华.*》下办理"):
        merged(not_begun_here, into=MAIN).task_of(LONGHUA, task_id=LONGHUA_TASK)


def test_a_merged_proposal_with_a_round_of_its_own_is_handled_on_itself() -> None:
    assert merged(LEAD, into=MAIN).task_of(LONGHUA, task_id=LONGHUA_TASK) == LEAD


def test_opinions_go_to_the_first_unit_that_answers_and_still_stands() -> None:
    ended = replace(LEAD, ended=True)
    successor = replace(SECOND_CO_HANDLER, role=Role.SPLIT)

    assert handled_by(CO_HANDLER, LEAD, successor).lead == LONGHUA
    assert handled_by(CO_HANDLER, ended, successor).lead == INDUSTRY


def test_without_anybody_who_answers_there_is_no_lead() -> None:
    with pytest.raises(NoLeadYet, match="目前没有主办或分办单位"):
        _ = handled_by(CO_HANDLER).lead


def test_opinions_are_owed_by_standing_co_handlers_that_gave_none() -> None:
    given = replace(CO_HANDLER, opinion_given=True)
    ended = replace(CO_HANDLER, ended=True)

    assert handled_by(LEAD, given, ended, SECOND_CO_HANDLER).opinions_owed == (SECOND_CO_HANDLER,)


def test_a_first_reply_goes_to_the_whole_group_and_a_redo_to_its_own_proposal() -> None:
    handling = merged(LEAD, into=MAIN)
    assert LEAD.round is not None

    assert handling.answered_in(LEAD.round) == (MAIN, PROPOSAL)
    assert handling.answered_in(replace(LEAD.round, redo=True)) == (PROPOSAL,)


@pytest.mark.parametrize(
    ("on", "late"), [(FRIDAY, 0), (SATURDAY, 1), (SUNDAY, 1), (MONDAY, 1), (TUESDAY, 2)]
)
def test_lateness_counts_working_days_and_begins_the_day_after(on: date, late: int) -> None:
    assert days_late(FRIDAY, on=on, calendar=CALENDAR) == late


def test_without_a_date_nobody_is_late() -> None:
    assert days_late(None, on=TUESDAY, calendar=CALENDAR) == 0
