"""Countersigning: the lead asks, each co-handler signs for itself or sends it back."""

from tests.matrix.living import (
    DRAFT,
    FIRST,
    SECOND,
    SENT,
    WHY,
    approved,
    in_hand,
    lived,
    meanwhile,
    opined,
    task,
)
from tests.story.office import LONGHUA, TRANSPORT
from tests.world import World

SIGNS = {"lead_task": "D07.1"}


LIFE = (
    *in_hand(TRANSPORT),
    *opined(TRANSPORT),
    task(LONGHUA, "points", {"points": ["增开巴士", "增设站台"]}),
    *approved(),
    task(LONGHUA, "ask-to-countersign", FIRST),
    task(TRANSPORT, "refuse-countersign", {**SIGNS, **FIRST, **WHY}, post="head"),
    *meanwhile(
        task(LONGHUA, "drafts", DRAFT),
        task(LONGHUA, "approve", SECOND, post="section_head"),
        task(LONGHUA, "ask-to-countersign", SECOND),
    ),
    task(TRANSPORT, "countersign", {**SIGNS, **SECOND}, post="head"),
    task(LONGHUA, "issue", SENT, post="head"),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
