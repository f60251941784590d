"""The people, days and proposals that intake's rules are tried on."""

from datetime import date

from services.intake.domain.proposal import Proposal
from shared.contracts.event import Actor, PersonId, ProposalId, UnitCode

MONDAY = date(2024, 1, 15)
COMMITTEE = Actor(person=PersonId("p-zhou"), name="周敏", post="committee", unit=UnitCode("C004"))
WANG = Actor(person=PersonId("p-wang"), name="王志毅", post="proposer", unit=UnitCode("C003"))

BUS = Proposal(ProposalId("a"), 2024, "关于增开社区公交的提案")
FILED = Proposal(ProposalId("b"), 2024, "关于增加学位的提案", "accepted", number="20240007")
DECLINED = Proposal(ProposalId("c"), 2024, "关于我家门前的路", "declined")
