"""Escalating: the clocks are looked through, and a leader decides what units could not."""

from datetime import date

from deploy.demo.acts import Act, upon
from deploy.demo.cast import LEADER, OPERATOR, SUPERVISION, officer_of
from deploy.demo.portfolio import Proposal
from deploy.demo.units import code_of


def coordinated(
    case: Proposal, *, on: date, matter: str, decision: str, new_lead: str | None
) -> Act:
    effect = {"kind": "new_lead", "lead": new_lead} if new_lead else {"kind": "as_it_is"}
    body = {"decision": decision, "effect": effect}
    return upon(case, on, LEADER, "escalation", f"matters/{matter}/decide", body, "市领导协调决定")


def swept(*, on: date) -> Act:
    return Act(on, OPERATOR, "escalation", "/sweep", {}, "每日巡查期限")


def delivered(*, on: date) -> Act:
    """The day's news goes out by mail."""
    return Act(on, OPERATOR, "escalation", "/deliver", {}, "发送当日通知")


def answered_supervision(case: Proposal, unit: str, *, on: date, says: str) -> Act:
    path, body = "supervisions/s1/answer", {"says": says}
    return upon(case, on, officer_of(unit), "escalation", path, body, f"{unit}反馈督办")


def closed_supervision(case: Proposal, *, on: date, result: str) -> Act:
    path, body = "supervisions/s1/close", {"result": result}
    return upon(case, on, SUPERVISION, "escalation", path, body, "督办办结")


def led(case: Proposal, *, on: date, unit: str, summary: str) -> Act:
    """The leader of a key proposal goes to see."""
    body = {
        "kind": "research",
        "held_on": on.isoformat(),
        "units": [code_of(unit)],
        "summary": summary,
    }
    return upon(case, on, SUPERVISION, "escalation", "activities", body, "领衔督办调研")
