"""Rounds: the office checks, the committee asks, who is not satisfied is answered again."""

from typing import Any

from tests.matrix.living import (
    COMMISSION,
    RATING,
    REPLY,
    WHY,
    Step,
    answered,
    checks,
    in_hand,
    lived,
)
from tests.story.office import WANG
from tests.world import World

ROUND_2, ROUND_3 = {"reply_id": "D07.r2"}, {"reply_id": "D07.r3"}
BAD = {**RATING, "result": "dissatisfied"}
MET = {
    "held_on": "2024-01-22",
    "people": [WANG],
    "result": "agreed",
    "outcome": "达成一致",
}


def asking(verb: str, at: dict[str, str], body: Any = None, **more: Any) -> Step:
    """The committee asks those who may rate."""
    return Step(COMMISSION, "reply", f"POST {REPLY}/{verb}", body, at=at, **more)


LIFE = (
    *in_hand(),
    *answered(),
    checks(f"{REPLY}/change-class", {"result_class": "C", **WHY}),
    checks(f"{REPLY}/send-back", WHY),
    *answered(2),
    asking("ask-for-ratings", ROUND_2),
    asking("remind-of-rating", ROUND_2),
    asking("close-ratings", ROUND_2),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
