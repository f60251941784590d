"""The timeline reads like an office diary, with units under the names they bear today."""

import inspect
import re
from datetime import date
from typing import Any

import pytest

from services.portal.domain import from_assignment, from_intake
from services.portal.domain.saying import Saying
from services.portal.domain.story import parts_of, sentence
from services.portal.domain.words import PROGRESS, STATES
from services.portal.store import settling
from shared.contracts.assignment import HandlersReassigned, ReturnDecided, Role
from shared.contracts.escalation import CoordinationDecided, DeadlineMissed, Effect
from shared.contracts.event import ProposalEvent, TaskId
from shared.contracts.reply import OpinionGiven, Rating, ReplyRated
from tests.domain.portal.stories import (
    CLERK,
    CO_TASK,
    FRIDAY,
    HEALTH,
    LONGHUA,
    OFFICER,
    PROPOSAL,
    TRANSPORT,
    assigned,
    issued,
    task,
)

NAMES: dict[str, str] = {LONGHUA: "龙华区", TRANSPORT: "市交通局", HEALTH: "市卫健委"}
ACT: dict[str, Any] = {"proposal_id": PROPOSAL, "by": CLERK, "on": FRIDAY}


def said(event: ProposalEvent) -> Saying:
    parts = parts_of(event.type_name(), event.model_dump(mode="json"))
    return sentence(event.type_name(), parts, lambda code: NAMES.get(code, code))


def test_a_hand_over_names_everybody_by_role() -> None:
    event = assigned(
        task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE), task(HEALTH, Role.CO_HANDLE)
    )

    assert said(event).says == "交办：龙华区主办；市交通局、市卫健委会办"


def test_a_reassignment_says_what_became_of_the_clock() -> None:
    event = HandlersReassigned(
        **ACT,
        generation=2,
        ended=(CO_TASK,),
        tasks=(task(HEALTH, Role.CO_HANDLE, task_id=TaskId("C031.2")),),
        policy="restart",
        why="职责在此",
    )

    assert said(event) == Saying("改派：市卫健委会办，时限自当日重新计算", "职责在此", "milestone")


@pytest.mark.parametrize(
    ("upheld", "says"), [(True, "同意市交通局退办"), (False, "不同意退办，由市交通局继续办理")]
)
def test_a_decided_return_says_yes_or_no(upheld: bool, says: str) -> None:
    event = ReturnDecided(**ACT, task_id=CO_TASK, unit=TRANSPORT, upheld=upheld, why="理由")

    assert said(event).says == says


def opinion(days_late: int) -> OpinionGiven:
    return OpinionGiven(
        proposal_id=PROPOSAL,
        by=OFFICER,
        on=FRIDAY,
        task_id=CO_TASK,
        unit=TRANSPORT,
        lead=LONGHUA,
        opinion="同意",
        days_late=days_late,
    )


def test_who_is_late_is_said_to_be_late() -> None:
    assert said(opinion(0)) == Saying("市交通局向龙华区反馈会办意见", "同意")
    assert said(opinion(3)) == Saying(
        "市交通局向龙华区反馈会办意见（逾期3个工作日）", "同意", "alarm"
    )


def test_a_second_reply_is_called_one() -> None:
    assert said(issued()).says == "龙华区答复提案人：龙华区函〔2024〕1号，A类"
    assert said(issued(round=2)).says.startswith("龙华区再次答复提案人")


def test_a_dissatisfied_result_is_an_alarm_and_a_dissatisfied_process_alone_is_not() -> None:
    def rating(process: Rating, result: Rating) -> ReplyRated:
        return ReplyRated(
            **ACT, reply_id="D07.r1", round=1, proposer="李娜", process=process, result=result
        )

    assert said(rating(Rating.SATISFIED, Rating.DISSATISFIED)).tone == "alarm"
    assert said(rating(Rating.DISSATISFIED, Rating.SATISFIED)).tone == "milestone"


def test_a_missed_deadline_says_whose_and_which() -> None:
    event = DeadlineMissed(
        **ACT, clock_id="x", clock="opinion", unit=TRANSPORT, due_on=date(2024, 2, 18)
    )

    assert said(event).says == "市交通局的会办意见期限已于2024-02-18届满"


def test_a_decision_names_the_new_lead_if_there_is_one() -> None:
    def decided(effect: Effect) -> str:
        event = CoordinationDecided(**ACT, matter_id="m1", decision="如下", effect=effect)
        return said(event).says

    assert decided(Effect(kind="new_lead", lead=HEALTH)) == "市级协调决定：改由市卫健委主办"
    assert decided(Effect(kind="as_it_is")) == "市级协调决定"


def test_an_unknown_type_is_read_out_neutrally() -> None:
    assert sentence("huiban.future.Thing.v1", {}, str).says == "其他事项（huiban.future.Thing.v1）"


def test_every_state_has_plain_words_for_the_public() -> None:
    assert PROGRESS.keys() == STATES.keys()
    assert all(PROGRESS.values())


def test_no_reading_puts_a_proposal_into_a_state_without_words() -> None:
    readings = inspect.getsource(from_intake) + inspect.getsource(from_assignment)
    named = set(re.findall(r'state="([a-z_]+)"', readings))
    named |= set(re.findall(r"(?:THEN|ELSE) '([a-z_]+)'", inspect.getsource(settling)))

    assert named
    assert named <= STATES.keys()
