"""The counter, open for business."""

from collections.abc import AsyncIterator

import pytest

from tests.backbone.web.counter import Counter, opened, put_together
from tests.world import Keys, copy_of


@pytest.fixture(scope="module")
async def one_database(admin_url: str, template: str) -> AsyncIterator[str]:
    async with copy_of(admin_url, template) as url:
        yield url


@pytest.fixture
async def counter(one_database: str, keys: Keys) -> AsyncIterator[Counter]:
    async with opened(put_together(one_database, keys), keys) as here:
        yield here


@pytest.fixture
async def demo_counter(one_database: str, keys: Keys) -> AsyncIterator[Counter]:
    async with opened(put_together(one_database, keys, demo=True), keys) as here:
        yield here
