"""Assignment alone on a real PostgreSQL, with units, rules and two filed proposals."""

from collections.abc import AsyncIterator

import pytest

from shared.contracts.event import Actor, PersonId, ProposalId, UnitCode
from shared.contracts.intake import ProposalAccepted
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
