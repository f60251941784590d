"""Replying: talk, opinions, drafts, approval, letters, ratings, promises."""

from collections.abc import Iterator, Sequence
from datetime import date

from deploy.demo import letters
from deploy.demo.acts import Act, upon
from deploy.demo.cast import OFFICE, deputy_of, head_of, officer_of, proposer, section_head_of
from deploy.demo.portfolio import LONGHUA, Promise, Proposal, Reply, Verdict
from deploy.demo.units import named, task_of


def contacted(
    case: Proposal, unit: str, *, on: date, kind: str, says: str, generation: int = 1
) -> Act:
    path = f"tasks/{task_of(unit, generation)}/contacts"
    body = {"kind": kind, "people": list(case.proposers), "summary": says}
    return upon(case, on, officer_of(unit), "reply", path, body, f"{unit}与提案人沟通")


def opined(case: Proposal, unit: str, *, on: date) -> Iterator[Act]:
    """Written by an officer, checked by the section's head, issued by the head of the unit."""
    work = case.district_work if unit == LONGHUA else ()
    body = {"opinion": letters.opinion(case, unit=unit, work=work)}
    path = f"tasks/{task_of(unit)}/opinion"
    draft = {"draft": 1}
    yield upon(case, on, officer_of(unit), "reply", f"{path}/drafts", body, f"{unit}拟会办意见")
    yield upon(
        case, on, section_head_of(unit), "reply", f"{path}/check", draft, f"{unit}核会办意见"
    )
    yield upon(case, on, head_of(unit), "reply", f"{path}/issue", draft, f"{unit}提出会办意见")


def drafted(
    case: Proposal, unit: str, *, on: date, version: int, generation: int, reply: Reply
) -> Act:
    path = f"tasks/{task_of(unit, generation)}/drafts"
    text = letters.letter(case, unit=unit, version=version, answer=reply.answer)
    answers = letters.point_by_point(case) if case.key else {}
    body = {
        "text": text,
        "result_class": reply.result,
        "answers": [{"point": point, "answer": says} for point, says in answers.items()],
    }
    return upon(case, on, officer_of(unit), "reply", path, body, f"{unit}拟第{version}稿")


def approved(case: Proposal, unit: str, *, on: date, version: int, generation: int) -> Act:
    path = f"tasks/{task_of(unit, generation)}/approve"
    body = {"draft": version}
    who = deputy_of(unit) if case.key else head_of(unit)
    return upon(case, on, who, "reply", path, body, f"{unit}审签第{version}稿")


def endorsed_and_countersigned(
    case: Proposal, unit: str, *, on: date, version: int, generation: int
) -> Iterator[Act]:
    """What a key proposal needs besides: the district's head, and every co-handler's signature."""
    path, draft = f"tasks/{task_of(unit, generation)}", {"draft": version}
    lead = {"lead_task": task_of(unit, generation)}
    yield upon(case, on, head_of(unit), "reply", f"{path}/endorse", draft, f"{unit}审定答复")
    asked = f"{path}/ask-to-countersign"
    yield upon(case, on, officer_of(unit), "reply", asked, draft, f"{unit}送会签")
    for other in case.co_handlers:
        signed = f"tasks/{task_of(other)}/countersign"
        yield upon(case, on, head_of(other), "reply", signed, lead | draft, f"{other}会签")


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
        "evidence": letters.evidence(reply.answer),
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


def kept(case: Proposal, unit: str, *, round: int, nth: int, promise: Promise) -> Iterator[Act]:
    """Reported by the unit; whether it is so, the office finds."""
    assert promise.kept_on is not None
    path = f"promises/{named(unit).code}.r{round}.p{nth}"
    body = {"evidence": f"{promise.evidence}{letters.MADE_UP}"}
    on = promise.kept_on
    yield upon(case, on, officer_of(unit), "reply", f"{path}/report", body, f"{unit}报告兑现承诺")
    yield upon(case, on, OFFICE, "reply", f"{path}/keep", {}, "核实承诺已经兑现")
