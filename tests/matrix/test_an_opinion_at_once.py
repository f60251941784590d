"""An opinion given at once, where the rules let it be."""

from tests.matrix.living import OPINION, in_hand, lived, rules_say, task
from tests.story.office import TRANSPORT
from tests.world import World

LIFE = (
    *in_hand(TRANSPORT),
    task(TRANSPORT, "opinion", OPINION),
)


async def test_all_others_are_refused(world: World) -> None:
    await rules_say(world, opinion_chain="one_act")

    assert await lived(world, LIFE) == []
