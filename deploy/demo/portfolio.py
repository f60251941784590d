"""The portfolio of the year: 37 municipal proposals in which Longhua has a part."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from deploy.demo.compose import PORTFOLIO
from shared.contracts.event import ProposalId

LONGHUA = "龙华区人民政府"
NOT_NAMED = "姓名未载"


@dataclass(frozen=True, slots=True)
class DistrictWork:
    """What the district hands down to one of its own units."""

    unit: str
    duty: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What a reply promises; without ``kept_on`` it was broken, or the year ends before."""

    text: str
    due_on: date
    kept_on: date | None = None
    evidence: str = ""
    broken_on: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one proposer says of a reply."""

    process: str
    result: str
    comment: str


CONTENT = Verdict("satisfied", "satisfied", "")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a unit answers in one round, and what the proposers make of it, in their order."""

    result: str
    answer: str
    reason: str | None
    drafts: int
    promises: tuple[Promise, ...]
    ratings: tuple[Verdict, ...]

    def verdict(self, nth: int) -> Verdict:
        """The n-th proposer's word; who has none of their own is content."""
        return self.ratings[nth] if nth < len(self.ratings) else CONTENT


@dataclass(frozen=True, slots=True)
class Proposal:
    """One case as the demo plays it; units by their full names."""

    proposal_id: ProposalId
    number: str
    year: int
    origin: str
    title: str
    text: str
    kind: str
    proposers: tuple[str, ...]
    source: str
    category: str
    part: str
    lead: str | None
    split: tuple[str, ...]
    co_handlers: tuple[str, ...]
    reference: tuple[str, ...]
    handed_over_on: date
    merged_into: str | None
    merged_why: str | None
    key: dict[str, str] | None
    district_work: tuple[DistrictWork, ...]
    asks: tuple[str, ...]
    reply: Reply
    other_replies: dict[str, Reply]
    second_reply: Reply | None

    @property
    def answering(self) -> tuple[str, ...]:
        """The units that owe the proposers a reply when the proposal is handed over."""
        return self.split or ((self.lead,) if self.lead else ())

    def reply_of(self, unit: str) -> Reply:
        """The first reply of a unit; in a split case each answers for its own part."""
        return self.other_replies.get(unit, self.reply)

    @property
    def points(self) -> tuple[str, ...]:
        """What it asks in a numbered list, to be answered one by one; the texts of the real ones
        are not published."""
        return self.asks if self.origin == "composed" else ()

    def points_of(self, unit: str) -> tuple[str, ...]:
        """The points that a unit answers: where several do, each its part."""
        parts = len(self.answering)
        if parts < 2:
            return self.points
        return self.points[self.answering.index(unit) :: parts]

    @property
    def unnamed(self) -> bool:
        """Whether the names of some who put it are not known."""
        return any(NOT_NAMED in name for name in self.proposers)

    @property
    def called(self) -> str:
        """How a letter names it."""
        return f"第{self.number}号提案"


@cache
def portfolio() -> tuple[Proposal, ...]:
    """The committed file, in the order of the numbers."""
    return tuple(_proposal(case) for case in json.loads(PORTFOLIO.read_text("utf-8")))


def members_of(main: Proposal) -> tuple[Proposal, ...]:
    """The other members of the group that ``main`` leads; empty where nothing was merged."""
    return tuple(other for other in portfolio() if other.merged_into == main.number)


def _proposal(case: dict[str, Any]) -> Proposal:
    return Proposal(
        **{
            **case,
            "proposers": tuple(case["proposers"]),
            "split": tuple(case["split"]),
            "co_handlers": tuple(case["co_handlers"]),
            "reference": tuple(case["reference"]),
            "handed_over_on": date.fromisoformat(case["handed_over_on"]),
            "district_work": tuple(DistrictWork(**work) for work in case["district_work"]),
            "asks": tuple(case["asks"]),
            "reply": _reply(case["reply"]),
            "other_replies": {unit: _reply(reply) for unit, reply in case["other_replies"].items()},
            "second_reply": _reply(case["second_reply"]) if case["second_reply"] else None,
        }
    )


def _reply(reply: dict[str, Any]) -> Reply:
    return Reply(
        **{
            **reply,
            "promises": tuple(_promise(promise) for promise in reply["promises"]),
            "ratings": tuple(Verdict(*verdict) for verdict in reply["ratings"]),
        }
    )


def _promise(promise: dict[str, str]) -> Promise:
    return Promise(
        text=promise["text"],
        due_on=date.fromisoformat(promise["due_on"]),
        kept_on=_day(promise.get("kept_on")),
        evidence=promise.get("evidence", ""),
        broken_on=_day(promise.get("broken_on")),
        why=promise.get("why", ""),
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
