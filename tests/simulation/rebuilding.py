"""An empty portal hears the whole year anew, in batches of any size."""

from random import Random

from tests.simulation.books import ReadSide, everything_told, read_side
from tests.world import Keys, World, copy_of, world_on

LARGEST_BATCH = 300


async def rebuilt(
    world: World, *, admin_url: str, template: str, keys: Keys, seed: int
) -> ReadSide:
    """What a portal shows that had heard nothing before."""
    told, dice, done = await everything_told(world), Random(seed), 0
    async with (
        copy_of(admin_url, template) as url,
        world_on(url, keys, services=["portal"]) as anew,
    ):
        while done < len(told):
            batch = dice.randint(1, LARGEST_BATCH)
            await anew["portal"].backbone.hearing.hear(told[done : done + batch])
            done += batch
        return await read_side(anew)
