"""The cast: the people who act in the demo, named for their posts and not after anyone."""

from dataclasses import dataclass, replace

from deploy.demo.portfolio import LONGHUA, Proposal, portfolio
from deploy.demo.units import SECTION, code_of, named, people
from shared.contracts.event import PersonId, UnitCode

MAIL_DOMAIN = "huiban.example"
CONFERENCE = "中国人民政治协商会议深圳市委员会"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who acts in one post of one unit."""

    person: PersonId
    name: str
    post: str
    unit: UnitCode
    mail: str | None = None


def _holder(post: str, *, unit: str) -> Person:
    """The one person whom the registry knows in this post of this unit."""
    code = code_of(unit)
    person = PersonId(f"{post}.{code}")
    name = f"{SECTION.short_name}经办人" if code == SECTION.code else people()[person].name
    return Person(person=person, name=name, post=post, unit=code)


OFFICE = _holder("office", unit="市政府办公厅")
COMMITTEE = _holder("committee", unit="市政协提案委员会")
SUPERVISION = _holder("supervision", unit="市政府办公厅")
LEADER = _holder("leader", unit="深圳市人民政府")
OPERATOR = _holder("operator", unit="市政府办公厅")
SECURITY = _holder("security", unit="市政府办公厅")


def officer_of(unit: str) -> Person:
    """The person who handles a unit's proposals."""
    return _holder("officer", unit=unit)


def section_head_of(unit: str) -> Person:
    """The person who checks what a unit's officer has written."""
    return _holder("section_head", unit=unit)


def deputy_of(unit: str) -> Person:
    """The person who arranges a unit's work."""
    return _holder("deputy", unit=unit)


def head_of(unit: str) -> Person:
    """The person who issues a unit's letters."""
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


def with_mail() -> tuple[Person, ...]:
    """Those who get mail: of the office, the committee and the district, and the leader."""
    longhua = (officer_of(LONGHUA), section_head_of(LONGHUA), deputy_of(LONGHUA), head_of(LONGHUA))
    return tuple(
        replace(one, mail=f"{one.person.lower()}@{MAIL_DOMAIN}")
        for one in (OFFICE, SUPERVISION, COMMITTEE, LEADER, *longhua)
    )
