"""Published: its unit proposes, the office decides, releases, and takes back."""

from tests.matrix.living import LETTER, LONGHUAS, WHY, Step, answered, checks, in_hand, lived, of
from tests.story.office import LONGHUA
from tests.world import World

OPEN = {"attribute": "open"}


LIFE = (
    *in_hand(),
    *answered(),
    Step(
        of(LONGHUA),
        "reply",
        f"POST {LETTER}/propose-publication",
        OPEN,
        others="not-your-letter",
        at=LONGHUAS,
    ),
    checks(f"{LETTER}/decide-publication", OPEN),
    checks(f"{LETTER}/release", {}),
    checks(f"{LETTER}/withdraw-release", WHY),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
