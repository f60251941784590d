"""Replying: talk, opinions, drafts, approval, letters, ratings, promises."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from deploy.demo import letters
from deploy.demo.acts import Act, upon
from deploy.demo.cast import COMMITTEE, OFFICE, head_of, officer_of, proposer, section_head_of
from deploy.demo.portfolio import LONGHUA, Promise, Proposal, Reply, Verdict
from deploy.demo.units import named, task_of


def contacted(
    case: Proposal, unit: str, *, on: date, kind: str, says: str, generation: int = 1
) -> Act:
    path = f"tasks/{task_of(unit, generation)}/contacts"
    body = {"kind": kind, "people": list(case.proposers), "summary": says}
    return upon(case, on, officer_of(unit), "reply", path, body, f"{unit}与提案人沟通")


def confirmed(case: Proposal, unit: str, *, on: date, nth: int) -> Act:
    """The first proposer says that the n-th talk took place."""
    path = f"contacts/{task_of(unit)}.c{nth}/confirm"
    body = {"proposer": case.proposers[0]}
    return upon(case, on, proposer(case), "reply", path, body, "提案人确认沟通属实")


def denied(case: Proposal, unit: str, *, on: date, nth: int, says: str) -> Act:
    path = f"contacts/{task_of(unit)}.c{nth}/deny"
    body = {"proposer": case.proposers[0], "says": says}
    return upon(case, on, proposer(case), "reply", path, body, "提案人否认所记的沟通")


def opined(case: Proposal, unit: str, *, on: date) -> Iterator[Act]:
    """An officer writes an opinion, the section head checks it, the head issues it."""
    work = case.district_work if unit == LONGHUA else ()
    path = f"tasks/{task_of(unit)}/opinion"
    written = {"opinion": letters.opinion(case, unit=unit, work=work)}
    draft, says = {"draft": 1}, f"{unit}提出会办意见"
    writer, checker = officer_of(unit), section_head_of(unit)
    yield upon(case, on, writer, "reply", f"{path}/drafts", written, f"{says}（拟稿）")
    yield upon(case, on, checker, "reply", f"{path}/check", draft, f"{says}（核稿）")
    issued = upon(case, on, head_of(unit), "reply", f"{path}/issue", draft, says)
    yield replace(issued, queue=(f"opinions of {named(unit).code}",))


def drafted(
    case: Proposal, unit: str, *, on: date, version: int, generation: int, reply: Reply
) -> Act:
    path = f"tasks/{task_of(unit, generation)}/drafts"
    body = {
        "text": letters.letter(case, unit=unit, version=version, reply=reply),
        "result_class": reply.result,
        "answers": [
            letters.point(ask, reply=reply, version=version) for ask in case.points_of(unit)
        ],
    }
    return upon(case, on, officer_of(unit), "reply", path, body, f"{unit}拟第{version}稿")


def approved(case: Proposal, unit: str, *, on: date, version: int, generation: int) -> Act:
    path = f"tasks/{task_of(unit, generation)}/approve"
    body = {"draft": version}
    return upon(case, on, section_head_of(unit), "reply", path, body, f"{unit}核第{version}稿")


def endorsed(case: Proposal, unit: str, *, on: date, version: int) -> Act:
    path, body = f"tasks/{task_of(unit)}/endorse", {"draft": version}
    return upon(case, on, head_of(unit), "reply", path, body, f"{unit}审定第{version}稿")


def asked_to_countersign(case: Proposal, unit: str, *, on: date, version: int) -> Act:
    path, body = f"tasks/{task_of(unit)}/ask-to-countersign", {"draft": version}
    return upon(case, on, officer_of(unit), "reply", path, body, f"第{version}稿送会签")


def countersigned(case: Proposal, unit: str, *, on: date, version: int, lead: str) -> Act:
    path = f"tasks/{task_of(unit)}/countersign"
    body = {"lead_task": task_of(lead), "draft": version}
    return upon(case, on, head_of(unit), "reply", path, body, f"{unit}会签第{version}稿")


def refused_to_countersign(
    case: Proposal, unit: str, *, on: date, version: int, lead: str, why: str
) -> Act:
    path = f"tasks/{task_of(unit)}/refuse-countersign"
    body = {"lead_task": task_of(lead), "draft": version, "why": why}
    return upon(case, on, head_of(unit), "reply", path, body, f"{unit}退回会签的第{version}稿")


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
        "evidence": letters.evidence(case) if reply.result == "A" else None,
        "promises": [
            {"text": promise.text, "due_on": promise.due_on.isoformat()}
            for promise in reply.promises
        ],
        "without_opinions_because": because,
        "publication": {"attribute": "open"},
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


def accepted(case: Proposal, unit: str, *, on: date, round: int) -> Act:
    """The office finds that a reply matches its class and misses no point."""
    path = f"replies/{named(unit).code}.r{round}/accept"
    return upon(case, on, OFFICE, "reply", path, {}, f"交办机关审核{unit}的答复")


def published(case: Proposal, unit: str, *, on: date, round: int) -> Iterator[Act]:
    """The office decides that a summary of the letter may be read by all, and releases it."""
    path = f"letters/{named(unit).code}.r{round}"
    decided, form = {"attribute": "open", "form": "summary"}, {"form": "summary"}
    says = f"{unit}的答复公开摘要"
    yield upon(case, on, OFFICE, "reply", f"{path}/decide-publication", decided, f"审定{says}")
    yield upon(case, on, OFFICE, "reply", f"{path}/release", form, says)


def reminded_of_rating(case: Proposal, unit: str, *, on: date) -> Act:
    path = f"replies/{named(unit).code}.r1/remind-of-rating"
    return upon(case, on, COMMITTEE, "reply", path, {}, "提醒尚未评价的提案人")


def closed_ratings(case: Proposal, unit: str, *, on: date, round: int) -> Act:
    """Who said nothing until now has given no answer; that is not satisfied."""
    path = f"replies/{named(unit).code}.r{round}/close-ratings"
    return upon(case, on, COMMITTEE, "reply", path, {}, "评价截止")


def kept(case: Proposal, unit: str, *, round: int, nth: int, promise: Promise) -> Iterator[Act]:
    """The unit reports what it did; the office finds that it is so."""
    assert promise.kept_on is not None
    path = f"promises/{named(unit).code}.r{round}.p{nth}"
    says = {"evidence": f"{promise.evidence}{letters.MADE_UP}"}
    on, who = promise.kept_on, officer_of(unit)
    yield upon(case, on, who, "reply", f"{path}/report", says, f"{unit}报告承诺落实")
    yield upon(case, on, OFFICE, "reply", f"{path}/keep", {}, f"核实{unit}的承诺已兑现")


def broken(case: Proposal, unit: str, *, round: int, nth: int, promise: Promise) -> Act:
    assert promise.broken_on is not None
    path = f"promises/{named(unit).code}.r{round}.p{nth}/break"
    body = {"why": f"{promise.why}{letters.MADE_UP}"}
    return upon(case, promise.broken_on, OFFICE, "reply", path, body, f"{unit}的承诺没有兑现")
