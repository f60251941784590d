"""The people, days, rules and proposals that intake's rules are tried on."""

from datetime import date, datetime

from services.intake.domain.proposal import Proposal
from shared.clock import OFFICE as OFFICE_ZONE
from shared.contracts.event import Actor, PersonId, ProposalId, UnitCode
from shared.contracts.intake import Proposer
from shared.contracts.registry import (
    Deadline,
    Number,
    Policy,
    Reason,
    ResultClass,
    RulesPublished,
    Series,
    Session,
)

MONDAY = date(2024, 1, 15)
NINE = datetime(2024, 1, 15, 9, tzinfo=OFFICE_ZONE)
COMMITTEE = Actor(person=PersonId("p-zhou"), name="周敏", post="committee", unit=UnitCode("C004"))
OFFICE = Actor(person=PersonId("p-he"), name="何平", post="office", unit=UnitCode("C007"))
WANG = Actor(person=PersonId("p-wang"), name="王志毅", post="proposer", unit=UnitCode("C003"))
WU = Actor(person=PersonId("p-wu"), name="吴联喜", post="proposer", unit=UnitCode("C003"))
LI = Actor(person=PersonId("p-li"), name="李娜", post="proposer", unit=UnitCode("C003"))
FOR_WANG = LI.model_copy(update={"on_behalf_of": WANG.person})


def proposer(actor: Actor) -> Proposer:
    """Somebody as a proposer."""
    return Proposer(name=actor.name, person=actor.person)


BUS = Proposal(
    ProposalId("a"), 2024, "关于增开社区公交的提案", proposers=(proposer(WANG), proposer(WU))
)
FILED = Proposal(
    ProposalId("b"),
    2024,
    "关于增加学位的提案",
    "accepted",
    number="20240007",
    proposers=(proposer(WANG), proposer(WU)),
)
DECLINED = Proposal(ProposalId("c"), 2024, "关于我家门前的路", "declined")
SESSION = Session(session="七届四次", since=MONDAY, until=date(2024, 1, 19), source=None)


def _number(value: int) -> Number:
    return Number(value=value, says="试", source=None)


def _policy(value: str) -> Policy:
    return Policy(value=value, says="试", source=None)


RULES = RulesPublished(
    rules="test",
    place="test",
    year=2024,
    edition=1,
    effective_on=date(2024, 1, 1),
    source="试",
    deadlines={},
    inner_margin=Deadline(count=1, unit="working_days", source=None),
    near=Deadline(count=1, unit="working_days", source=None),
    classes=(ResultClass(code="B", says="正在解决", meaning="in_progress"),),
    decline_reasons=(),
    return_reasons=(),
    ladders={},
    coordination=(),
    limits={"title": 20, "text": 40, "suggested_units": 3},
    numbers={
        "joint_hours_in_session": _number(3),
        "joint_hours_off_session": _number(24),
        "attachments_most": _number(2),
    },
    policies={
        "joint_signatures": _policy("each_signs"),
        "put_by:sector": _policy("in_session"),
        "put_by:group": _policy("in_session"),
        "form:sector": _policy("convenor"),
        "form:group": _policy("convenor"),
        "form:party": _policy("seal"),
        "form:body": _policy("seal"),
        "form:committee": _policy("seal"),
        "review_group:社会": _policy("social"),
        "review_group": _policy("economy"),
    },
    reasons={
        "categories": (Reason(code="社会", says="社会"), Reason(code="经济", says="经济")),
        "review_groups": (
            Reason(code="social", says="社会组"),
            Reason(code="economy", says="经济组"),
        ),
    },
    series={
        "session_serial": Series(pattern="{session}第{n:04}号", says="试", source=None),
        "off_session_serial": Series(pattern="{year}年平时第{n:04}号", says="试", source=None),
        "category_serial": Series(pattern="{category}类{n:03}号", says="试", source=None),
    },
)
