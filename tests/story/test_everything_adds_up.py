"""Everything adds up: a portfolio goes its random ways for months, and all books agree."""

from random import Random

import pytest

from tests.story import office
from tests.story.books import disagreements, everything_told, read_side
from tests.story.seeing import figures
from tests.story.wandering import UNITS, Case, something_happens
from tests.world import Keys, World, copy_of, world_on

PROPOSALS, ROUNDS, ACTS = 30, 45, 6


@pytest.mark.parametrize("seed", [int(x) for x in __import__("os").environ.get("SEEDS","0").split(",")])
async def test_whatever_happens_the_books_agree(
    world: World, seed: int, admin_url: str, template: str, keys: Keys
) -> None:
    dice = Random(seed)
    cases = await handed_over(world, dice=dice)

    for nth in range(ROUNDS):
        world.days_pass(dice.randint(1, 4))
        await office.sweep(world)
        for case in dice.sample(cases, ACTS):
            await something_happens(world, case, dice=dice)
        if nth % 15 == 0:
            assert await disagreements(world) == {}
    assert await disagreements(world) == {}

    told = await everything_told(world)
    async with copy_of(admin_url, template) as url:
        async with world_on(url, keys, services=["portal"]) as rebuilt:
            while told:
                batch = dice.randint(1, 300)
                await rebuilt["portal"].backbone.hearing.hear(told[:batch])
                del told[:batch]
            a, b = await read_side(rebuilt), await read_side(world)
            for t in a:
                for x, y in zip(a[t], b[t]):
                    if x != y:
                        print("REBUILT", t, {k: (x[k], y[k]) for k in x if x[k] != y[k]}, x)
                        for r in await everything_told(world):
                            if r.key.decode() == x["proposal_id"] and x.get("task_id","zz").encode() in r.value or (r.key.decode() == x["proposal_id"] and b"without_opinions" in r.value): print("     ", dict(r.headers)["ce_type"], r.value[:600])
            assert await read_side(rebuilt) == await read_side(world)


async def handed_over(world: World, *, dice: Random) -> list[Case]:
    """Thirty proposals, some of them merged, led by one unit or split among several."""
    filed = [await _filed(world, f"第{nth}件事", dice=dice) for nth in range(PROPOSALS)]
    cases = []
    while filed:
        size = dice.choice([1, 1, 1, 1, 2, 3])
        main, *members = filed[:size]
        del filed[:size]
        if members:
            await office.merge(world, main.id, *(member.id for member in members))
        cases.append(Case(main.id, main.proposers, tuple(members)))
    await office.hand_over(world, *(_row(case, dice=dice) for case in cases))
    return cases


async def _filed(world: World, title: str, *, dice: Random) -> Case:
    proposers = dice.sample((office.WANG, office.LI, office.ZHAO), dice.randint(1, 2))
    return Case(await office.filed(world, title, *proposers), tuple(proposers))


def _row(case: Case, *, dice: Random) -> dict[str, object]:
    first, second, *others = dice.sample(UNITS, 5)
    helpers = others[: dice.randint(0, 3)]
    if dice.random() < 0.3:
        return office.row(case.id, split=[first, second], co_handlers=helpers)
    return office.row(case.id, lead=first, co_handlers=helpers, reference=[second])
