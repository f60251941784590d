"""Filing: people are entered, proposals come in, the committee takes them up."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from deploy.demo.acts import Act, upon
from deploy.demo.cast import COMMITTEE, OPERATOR, Person, proposer
from deploy.demo.portfolio import Proposal
from deploy.demo.units import Section, named


def founded(section: Section, *, on: date) -> Act:
    """A section that the demo adds to a unit."""
    body = {
        "name": section.name,
        "short_name": section.short_name,
        "level": "section",
        "parent": named(section.below).code,
        "kind": "bureau",
        "source": "演示所设的内设机构",
    }
    path = f"/units/{section.code}"
    return Act(on, OPERATOR, "registry", path, body, f"登记{section.name}", method="PUT")


def registered(person: Person, *, on: date) -> Act:
    post = {"post": person.post, "unit": person.unit}
    body: dict[str, Any] = {"name": person.name, "posts": [post], "mail": person.mail}
    path = f"/people/{person.person}"
    return Act(on, OPERATOR, "registry", path, body, f"登记{person.name}", method="PUT")


def handed_in(case: Proposal, *, on: date) -> Iterator[Act]:
    """A joint one is signed by each proposer; where their names are not known, it came on paper."""
    if case.kind == "joint" and not case.unnamed:
        yield from _signed_together(case, on=on)
        return
    body = _words(case) | {
        "proposal_id": case.proposal_id,
        "year": case.year,
        "proposers": _names(case),
        "origin": case.origin,
        "source": case.source,
    }
    if case.kind == "collective":
        body |= {"put_by": "body", "body": case.proposers[0], "sealed": True}
    who, why = (COMMITTEE, "代录书面提案") if case.unnamed else (proposer(case), "提交提案")
    yield Act(on, who, "intake", "/proposals", body, why, (case.proposal_id,))


def _signed_together(case: Proposal, *, on: date) -> Iterator[Act]:
    """The first proposer writes and asks; the others sign inside the window; it is handed in."""
    writer, concerns = proposer(case), (case.proposal_id,)
    draft = f"/drafts/{case.proposal_id}"
    body = _words(case) | {"draft_id": case.proposal_id, "joint": _names(case)[1:]}
    yield Act(on, writer, "intake", "/drafts", body, "起草提案", concerns)
    yield Act(on, writer, "intake", f"{draft}/ask-signatures", {}, "邀请联名", concerns)
    for nth in range(1, len(case.proposers)):
        yield Act(on, proposer(case, nth), "intake", f"{draft}/sign", {}, "联名签署", concerns)
    said = {"origin": case.origin, "source": case.source}
    yield Act(on, writer, "intake", f"{draft}/submit", said, "提交提案", concerns)


def _words(case: Proposal) -> dict[str, Any]:
    return {
        "title": case.title,
        "text": case.text,
        "kind": case.kind,
        "category": case.category,
        "suggested_units": list(case.answering),
    }


def _names(case: Proposal) -> list[dict[str, str]]:
    return [
        {"name": name, "person": proposer(case, nth).person}
        for nth, name in enumerate(case.proposers)
    ]


def judged_similar(case: Proposal, other: Proposal, *, on: date) -> Act:
    """The committee takes the hint that two ask the same."""
    why = f"相似提案提示：与{other.called}须并案"
    path = f"similar/{other.proposal_id}"
    return upon(case, on, COMMITTEE, "intake", path, {"answer": "merge"}, why)


def accepted(case: Proposal, *, on: date) -> Act:
    """Filed one after another, since the serials of session and category are given in turn."""
    body = {"number": case.number}
    act = upon(case, on, COMMITTEE, "intake", "accept", body, f"立案，编第{case.number}号")
    return replace(act, queue=("serials",))


def merged(main: Proposal, others: Sequence[Proposal], *, on: date) -> Act:
    members = [main.proposal_id, *(other.proposal_id for other in others)]
    body = {"main": main.proposal_id, "members": members, "why": others[0].merged_why}
    numbers = "、".join(other.number for other in others)
    why = f"第{numbers}号并入第{main.number}号办理"
    return Act(on, COMMITTEE, "intake", "/groups", body, why, tuple(members))


def designated_key(case: Proposal, *, on: date) -> Act:
    return upon(case, on, COMMITTEE, "intake", "designate-key", case.key or {}, "定为重点提案")
