"""Replying: talk, opinions, drafts, approval, letters, ratings, promises."""

from collections.abc import Sequence
from datetime import date

from deploy.demo import letters
from deploy.demo.acts import Act, upon
from deploy.demo.cast import head_of, officer_of, proposer
from deploy.demo.portfolio import LONGHUA, Promise, Proposal, Reply, Verdict
from deploy.demo.units import named, task_of


def contacted(
    case: Proposal, unit: str, *, on: date, kind: str, says: str, generation: int = 1
) -> Act:
    path = f"tasks/{task_of(unit, generation)}/contacts"
    body = {"kind": kind, "people": list(case.proposers), "summary": says}
    return upon(case, on, officer_of(unit), "reply", path, body, f"{unit}与提案人沟通")


def opined(case: Proposal, unit: str, *, on: date) -> Act:
    work = case.district_work if unit == LONGHUA else ()
    body = {"opinion": letters.opinion(case, unit=unit, work=work)}
    path = f"tasks/{task_of(unit)}/opinion"
    return upon(case, on, head_of(unit), "reply", path, body, f"{unit}提出会办意见")


def drafted(
    case: Proposal, unit: str, *, on: date, version: int, generation: int, reply: Reply
) -> Act:
    path = f"tasks/{task_of(unit, generation)}/drafts"
    text = letters.letter(case, unit=unit, version=version, answer=reply.answer)
    body = {"text": text, "result_class": reply.result}
    return upon(case, on, officer_of(unit), "reply", path, body, f"{unit}拟第{version}稿")


def approved(case: Proposal, unit: str, *, on: date, version: int, generation: int) -> Act:
    path = f"tasks/{task_of(unit, generation)}/approve"
    body = {"draft": version}
    return upon(case, on, head_of(unit), "reply", path, body, f"{unit}审签第{version}稿")


def issued(
    case: Proposal,
    unit: str,
    *,
    on: date,
    generation: int,
    reply: Reply,
    because: str | None,
    others: Sequence[Proposal],
) -> Act:
    body = {
        "draft": reply.drafts,
        "summary": reply.answer,
        "reason": reply.reason,
        "promises": [
            {"text": promise.text, "due_on": promise.due_on.isoformat()}
            for promise in reply.promises
        ],
        "without_opinions_because": because,
    }
    return Act(
        on,
        head_of(unit),
        "reply",
        f"/proposals/{case.proposal_id}/tasks/{task_of(unit, generation)}/issue",
        body,
        f"{case.called}：{unit}答复提案人",
        concerns=(case.proposal_id, *(other.proposal_id for other in others)),
        queue=(f"letters of {named(unit).code}",),
    )


def rated(case: Proposal, unit: str, *, on: date, round: int, nth: int, verdict: Verdict) -> Act:
    path = f"replies/{named(unit).code}.r{round}/ratings"
    body = {
        "proposer": case.proposers[nth],
        "process": verdict.process,
        "result": verdict.result,
        "comment": verdict.comment,
    }
    return upon(case, on, proposer(case, nth), "reply", path, body, f"{case.proposers[nth]}评价")


def kept(case: Proposal, unit: str, *, round: int, nth: int, promise: Promise) -> Act:
    assert promise.kept_on is not None
    path = f"promises/{named(unit).code}.r{round}.p{nth}/keep"
    body = {"evidence": f"{promise.evidence}{letters.MADE_UP}"}
    return upon(case, promise.kept_on, officer_of(unit), "reply", path, body, f"{unit}兑现承诺")
