"""Escalating: the clocks are looked through, and a leader decides what units could not."""

from datetime import date

from deploy.demo.acts import Act, upon
from deploy.demo.cast import LEADER, OPERATOR
from deploy.demo.portfolio import Proposal


def coordinated(
    case: Proposal, *, on: date, matter: str, decision: str, new_lead: str | None
) -> Act:
    effect = {"kind": "new_lead", "lead": new_lead} if new_lead else {"kind": "as_it_is"}
    body = {"decision": decision, "effect": effect}
    return upon(case, on, LEADER, "escalation", f"matters/{matter}/decide", body, "市领导协调决定")


def swept(*, on: date) -> Act:
    return Act(on, OPERATOR, "escalation", "/sweep", {}, "每日巡查期限")
