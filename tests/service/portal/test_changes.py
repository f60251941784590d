"""Live pages are told that something changed only where it is their reader's to see."""

import asyncio
from collections.abc import Callable, Collection

import pytest

from services.portal.live import Changed
from services.portal.store.changes import changes, concerns
from services.portal.store.seeing import Seen
from shared.contracts.assignment import Role
from shared.contracts.event import PersonId
from shared.contracts.intake import JointSignatureAsked, Proposer
from shared.policy import Sight
from tests.service.portal.lives import (
    CITY,
    FIRST,
    HEALTH,
    LONGHUA,
    SECOND,
    TRANSPORT,
    Life,
    day,
    filed,
    someone,
    task,
)
from tests.world import World

EVERYTHING = Seen(Sight(everything=True))
OF_LONGHUA = Seen(Sight(everything=False, units=(LONGHUA,)))
OF_TRANSPORT = Seen(Sight(everything=False, units=(TRANSPORT,)))
OF_LI_NA = Seen(Sight(everything=False, person=PersonId("li.na")))
OF_NOBODY = Seen(Sight(everything=False, person=PersonId("somebody")))
LI_NA = Proposer(name="李娜", person=PersonId("li.na"))


@pytest.fixture
async def two(portal: World) -> World:
    """Li Na's proposal, which Longhua answers, and another one, which is the health office's."""
    first, second = Life(), Life(SECOND)
    await portal.hears("portal", first.submitted(proposers=(LI_NA,)), first.accepted())
    await portal.hears("portal", first.assigned(task(LONGHUA, Role.LEAD)))
    await portal.hears("portal", *filed(second, "20240002"))
    await portal.hears("portal", second.assigned(task(HEALTH, Role.LEAD)))
    return portal


async def is_told(world: World, keys: Collection[str], seen: Seen, *, of: str = "") -> bool:
    async with world["portal"].backbone.desk.transaction() as tx:
        if of:
            return await changes(tx, keys, of, seen=seen)
        return await concerns(tx, keys, seen=seen)


@pytest.mark.parametrize(
    ("seen", "first", "second"),
    [
        (EVERYTHING, True, True),
        (OF_LONGHUA, True, False),
        (OF_TRANSPORT, False, False),
        (OF_LI_NA, True, False),
        (OF_NOBODY, False, False),
    ],
    ids=["office", "its unit", "another unit", "its proposer", "another proposer"],
)
async def test_only_who_sees_a_proposal_is_told_that_it_changed(
    two: World, seen: Seen, *, first: bool, second: bool
) -> None:
    assert await is_told(two, [FIRST], seen) is first
    assert await is_told(two, [SECOND], seen) is second
    assert await is_told(two, [FIRST, SECOND], seen) is (first or second)


async def test_the_page_of_one_proposal_is_told_of_that_one_alone(two: World) -> None:
    assert await is_told(two, [FIRST], EVERYTHING, of=FIRST)
    assert not await is_told(two, [SECOND], EVERYTHING, of=FIRST)
    assert not await is_told(two, [FIRST], OF_TRANSPORT, of=FIRST)


async def test_a_merged_proposal_changes_with_the_one_in_which_it_is_handled(two: World) -> None:
    merged = [Life(one).merged(FIRST, FIRST, SECOND) for one in (FIRST, SECOND)]
    await two.hears("portal", *merged)

    assert await is_told(two, [FIRST], EVERYTHING, of=SECOND)
    assert not await is_told(two, [SECOND], EVERYTHING, of=FIRST)


async def test_who_is_asked_to_sign_a_draft_is_told(portal: World) -> None:
    asked = JointSignatureAsked(
        proposal_id=SECOND,
        by=someone(CITY, "proposer"),
        on=day("03-01"),
        title="关于口袋公园的提案",
        asked=(LI_NA,),
        until="2024-03-04T10:00:00+08:00",  # type: ignore[arg-type]
    )
    await portal.hears("portal", asked)

    assert await is_told(portal, [SECOND], OF_LI_NA)
    assert not await is_told(portal, [SECOND], OF_NOBODY)


async def test_who_watches_hears_the_keys_once_they_are_written(portal: World) -> None:
    changed = Changed()
    watches: set[Callable[[Collection[str]], None]] = portal["portal"].backbone.hearing.watches
    watches.add(changed.tell)

    await portal.hears("portal", *filed(Life(), "20240001"))
    await portal.hears("portal", Life(SECOND).submitted())

    async with asyncio.timeout(1):
        assert await changed.wait() == {FIRST, SECOND}


async def test_what_is_told_while_nobody_waits_is_kept_until_they_do() -> None:
    changed = Changed()

    changed.tell({"a"})
    changed.tell({"b"})

    assert await changed.wait() == {"a", "b"}
