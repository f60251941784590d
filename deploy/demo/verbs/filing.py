"""Filing: people are entered, proposals come in, the committee takes them up."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from deploy.demo.acts import Act, upon
from deploy.demo.cast import COMMITTEE, OPERATOR, Person, proposer
from deploy.demo.portfolio import Proposal


def registered(person: Person, *, on: date) -> Act:
    post = {"post": person.post, "unit": person.unit}
    body = {"name": person.name, "posts": [post]}
    path = f"/people/{person.person}"
    return Act(on, OPERATOR, "registry", path, body, f"登记{person.name}", method="PUT")


def submitted(case: Proposal, *, on: date) -> Act:
    """Handed in by its proposer; one that several signed on paper is entered by the committee."""
    body: dict[str, Any] = {
        "proposal_id": case.proposal_id,
        "year": case.year,
        "title": case.title,
        "text": case.text,
        "kind": case.kind,
        "proposers": [
            {"name": name, "person": proposer(case, nth).person}
            for nth, name in enumerate(case.proposers)
        ],
        "category": case.category,
        "suggested_units": list(case.answering),
        "origin": case.origin,
        "source": case.source,
    }
    if case.kind == "collective":
        body |= {"put_by": "body", "body": case.proposers[0], "sealed": True}
    who = COMMITTEE if case.kind == "joint" else proposer(case)
    return Act(on, who, "intake", "/proposals", body, "提交提案", (case.proposal_id,))


def accepted(case: Proposal, *, on: date) -> Act:
    body = {"number": case.number}
    return upon(case, on, COMMITTEE, "intake", "accept", body, f"立案，编第{case.number}号")


def merged(main: Proposal, others: Sequence[Proposal], *, on: date) -> Act:
    members = [main.proposal_id, *(other.proposal_id for other in others)]
    body = {"main": main.proposal_id, "members": members, "why": others[0].merged_why}
    numbers = "、".join(other.number for other in others)
    why = f"第{numbers}号并入第{main.number}号办理"
    return Act(on, COMMITTEE, "intake", "/groups", body, why, tuple(members))


def designated_key(case: Proposal, *, on: date) -> Act:
    return upon(case, on, COMMITTEE, "intake", "designate-key", case.key or {}, "定为重点提案")
