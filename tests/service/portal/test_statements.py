"""A page asks the database as often for a full house as for an empty one."""

import pytest

from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId
from tests.counting import statements
from tests.service.portal.lives import FIRST, LONGHUA, TRANSPORT, Life, filed, task, whole_life
from tests.service.portal.looking import look
from tests.world import World

MOST = 40  # of one page
PAGES = ("/", "/desk", "/ledger", "/units", f"/units/{LONGHUA}", "/report?unit=D07&year=2024")


async def asked(world: World, path: str) -> list[str]:
    await look(world, path)  # what is learnt once is known afterwards
    async with statements(world) as said:
        await look(world, path)
    return said


@pytest.mark.parametrize("path", [*PAGES, f"/proposals/{FIRST}"])
async def test_a_page_asks_no_more_the_more_there_is(portal: World, path: str) -> None:
    portal["portal"].client.headers["authorization"] = (
        f"Bearer {portal.token(post='office', unit='C007')}"
    )
    await portal.hears("portal", *whole_life(Life()))
    few = await asked(portal, path)

    for nth in range(2, 14):
        life = Life(ProposalId(f"00000000-0000-4000-8000-{nth:012d}"))
        await portal.hears(
            "portal",
            *filed(life, f"2024{nth:04d}"),
            life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
            life.signed(LONGHUA),
            life.flagged(LONGHUA, TRANSPORT),
        )
    many = await asked(portal, path)

    assert len(many) <= len(few) + 1, sorted(set(many))
    assert len(many) <= MOST
