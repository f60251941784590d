"""Assignment alone on a real PostgreSQL, with units, rules and two filed proposals."""

from collections.abc import AsyncIterator

import pytest

from shared.contracts.event import Actor, PersonId, ProposalId, UnitCode
from shared.contracts.intake import (
    ProposalAccepted,
    ProposalKind,
    ProposalSubmitted,
    Proposer,
)
from tests.conftest import Opening
from tests.domain.assignment.office import (
    EVERY_UNIT,
    EVERYBODY,
    MONDAY,
    OTHER_PROPOSAL,
    PROPOSAL,
    RULES,
)
from tests.world import World

COMMITTEE = Actor(
    person=PersonId("p-committee"), name="提案委", post="committee", unit=UnitCode("C004")
)


def accepted(proposal_id: ProposalId, number: str) -> ProposalAccepted:
    return ProposalAccepted(proposal_id=proposal_id, by=COMMITTEE, on=MONDAY, number=number)


def submitted(
    proposal_id: ProposalId,
    title: str,
    *,
    text: str = "建议如下。",
    person: str = "wang",
    session: str | None = "七届四次",
) -> ProposalSubmitted:
    member = Actor(person=PersonId(person), name="王委员", post="proposer", unit=UnitCode("C001"))
    return ProposalSubmitted(
        proposal_id=proposal_id,
        by=member,
        on=MONDAY,
        year=2024,
        title=title,
        text=text,
        kind=ProposalKind.SINGLE,
        proposers=(Proposer(name="王委员", person=PersonId(person)),),
        session=session,
    )


@pytest.fixture
async def desk(open_world: Opening) -> AsyncIterator[World]:
    """Two filed proposals lie on the desk, on a Monday."""
    async with open_world("assignment", today=MONDAY) as world:
        await world.hears(
            "assignment",
            *EVERY_UNIT,
            *EVERYBODY,
            RULES,
            accepted(PROPOSAL, "20240080"),
            accepted(OTHER_PROPOSAL, "20240498"),
        )
        yield world
