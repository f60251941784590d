"""The cast: the people who act in the demo, named for their posts and not after anyone."""

from dataclasses import dataclass

from deploy.demo.portfolio import Proposal, portfolio
from deploy.demo.units import named, people
from shared.contracts.event import PersonId, UnitCode

CONFERENCE = "中国人民政治协商会议深圳市委员会"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who acts in one post of one unit."""

    person: PersonId
    name: str
    post: str
    unit: UnitCode


def _holder(post: str, *, unit: str) -> Person:
    """The one person whom the registry knows in this post of this unit."""
    code = named(unit).code
    person = PersonId(f"{post}.{code}")
    return Person(person=person, name=people()[person].name, post=post, unit=code)


OFFICE = _holder("office", unit="市政府办公厅")
COMMITTEE = _holder("committee", unit="市政协提案委员会")
LEADER = _holder("leader", unit="深圳市人民政府")
OPERATOR = _holder("operator", unit="市政府办公厅")


def officer_of(unit: str) -> Person:
    """The person who handles a unit's proposals."""
    return _holder("officer", unit=unit)


def section_head_of(unit: str) -> Person:
    """The person who checks what a unit writes."""
    return _holder("section_head", unit=unit)


def deputy_of(unit: str) -> Person:
    """The person who answers for a part of a unit's work, under its head."""
    return _holder("deputy", unit=unit)


def head_of(unit: str) -> Person:
    """The person who approves and issues a unit's replies."""
    return _holder("head", unit=unit)


def proposer(proposal: Proposal, nth: int = 0) -> Person:
    """The n-th proposer; the first one hands the proposal in."""
    return Person(
        person=PersonId(f"proposer.{proposal.number}.{nth + 1}"),
        name=proposal.proposers[nth],
        post="proposer",
        unit=named(CONFERENCE).code,
    )


def proposers() -> tuple[Person, ...]:
    """All who put a proposal this year; the registry does not know them yet."""
    return tuple(proposer(case, nth) for case in portfolio() for nth in range(len(case.proposers)))
