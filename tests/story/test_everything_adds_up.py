"""Everything adds up: a portfolio goes its random ways for months, and all books agree."""

import os
from random import Random
from uuid import UUID

import pytest

from tests.story.books import disagreements, everything_told, read_side
from tests.story.office import LI, WANG, ZHAO, filed, hand_over, merge, row
from tests.story.wandering import UNITS, Case, something_happens
from tests.story.watching import sweep
from tests.world import Keys, World, copy_of, world_on

PROPOSALS, ROUNDS, ACTS = 30, 45, 6


@pytest.mark.parametrize("seed", [int(x) for x in os.environ.get("SEEDS", "1,2").split(",")])
async def test_whatever_happens_the_books_agree(
    world: World, seed: int, admin_url: str, template: str, keys: Keys
) -> None:
    dice = Random(seed)
    cases = await handed_over(world, dice=dice)

    for nth in range(ROUNDS):
        world.days_pass(dice.randint(1, 4))
        await sweep(world)
        for case in dice.sample(cases, ACTS):
            await something_happens(world, case, dice=dice)
        if nth % 5 == 0:
            assert await disagreements(world) == {}
    assert await disagreements(world) == {}

    told = await everything_told(world)
    async with (
        copy_of(admin_url, template) as url,
        world_on(url, keys, services=["portal"]) as rebuilt,
    ):
        while told:
            batch = dice.randint(1, 300)
            await rebuilt["portal"].backbone.hearing.hear(told[:batch])
            del told[:batch]
        assert await read_side(rebuilt) == await read_side(world)


async def handed_over(world: World, *, dice: Random) -> list[Case]:
    """Thirty proposals, some of them merged, led by one unit or split among two."""
    waiting = [await a_filed_case(world, f"第{nth}件事", dice=dice) for nth in range(PROPOSALS)]
    cases = []
    while waiting:
        size = dice.choice([1, 1, 1, 1, 2, 3])
        main, *members = waiting[:size]
        del waiting[:size]
        if members:
            await merge(world, main.id, *(member.id for member in members))
        cases.append(Case(main.id, main.proposers, tuple(members)))
    await hand_over(world, *(a_row(case, dice=dice) for case in cases))
    return cases


async def a_filed_case(world: World, title: str, *, dice: Random) -> Case:
    """A proposal of one or two members."""
    proposers = dice.sample((WANG, LI, ZHAO), dice.randint(1, 2))
    proposal_id = str(UUID(int=dice.getrandbits(128), version=4))
    await filed(world, title, *proposers, proposal_id=proposal_id)
    return Case(proposal_id, tuple(proposers))


def a_row(case: Case, *, dice: Random) -> dict[str, object]:
    """Who gets it: a lead with helpers and a reader, or two that answer each for its part."""
    first, second, *others = dice.sample(UNITS, 5)
    helpers = others[: dice.randint(0, 3)]
    if dice.random() < 0.3:
        return row(case.id, split=[first, second], co_handlers=helpers)
    return row(case.id, lead=first, co_handlers=helpers, reference=[second])
