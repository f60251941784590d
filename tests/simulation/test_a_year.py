"""A small year of a city: whatever people do, the books agree on every evening."""

import pytest

from tests.simulation.books import must_be_the_same, read_side
from tests.simulation.city import Size
from tests.simulation.evenings import Books
from tests.simulation.rebuilding import rebuilt
from tests.simulation.year import Year
from tests.world import Keys, World

SMALL = Size(proposals=40, units=30, members=40, days=110, patience=2)
SMALLER = Size(proposals=16, units=20, members=20, days=50, patience=1)
ONCE_FAILED: tuple[int, ...] = ()


@pytest.mark.parametrize(("seed", "size"), [(1, SMALL), *((seed, SMALLER) for seed in ONCE_FAILED)])
async def test_whatever_happens_the_books_agree(
    world: World, seed: int, size: Size, admin_url: str, template: str, keys: Keys
) -> None:
    year = Year(world, seed=seed, size=size, books=Books())

    await year.play()

    anew = await rebuilt(world, admin_url=admin_url, template=template, keys=keys, seed=seed)
    must_be_the_same(await read_side(world), anew)
