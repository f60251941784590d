"""Without script: the ten acts that are done most are done all the same."""

from tests.browser.acts.conftest import Coming
from tests.browser.acts.ten_acts import ten_acts
from tests.world import World


async def test_the_ten_most_used_acts(scriptless: Coming, world: World) -> None:
    await ten_acts(scriptless, world, street="观湖")
