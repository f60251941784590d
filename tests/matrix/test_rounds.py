"""Rounds: the office checks, the committee asks, who is not satisfied is answered again."""

from typing import Any

from tests.matrix.living import (
    CITY_OFFICE,
    COMMISSION,
    LONGHUAS,
    RATING,
    REPLY,
    WHY,
    Step,
    answered,
    checks,
    in_hand,
    lived,
    meanwhile,
    member,
    rules_say,
)
from tests.story.office import WANG
from tests.world import World

ROUND_2 = {"reply_id": "D07.r2"}
BAD = {**RATING, "result": "dissatisfied"}
MET = {
    "held_on": "2024-01-22",
    "people": [WANG],
    "result": "agreed",
    "outcome": "达成一致",
}


def asking(verb: str, **more: Any) -> Step:
    """The committee asks those who may rate the second answer."""
    return Step(COMMISSION, "reply", f"POST {REPLY}/{verb}", at=ROUND_2, **more)


def dissatisfied(reply: dict[str, str]) -> tuple[Step, ...]:
    """Wang says so."""
    return meanwhile(
        member("replies/{reply_id}/ratings", BAD, others="rates-for-another", at=reply)
    )


CHECKED = (
    *in_hand(),
    *answered(),
    checks(f"{REPLY}/change-class", {"result_class": "A", **WHY}),
    checks(f"{REPLY}/send-back", WHY),
    *answered(),
    asking("ask-for-ratings"),
    asking("remind-of-rating"),
    asking("close-ratings", days=60),
)
MEETING_HELD = (
    *in_hand(),
    *answered(),
    *dissatisfied(LONGHUAS),
    *answered(),
    *dissatisfied(ROUND_2),
    Step(
        CITY_OFFICE,
        "reply",
        f"POST {REPLY}/hold-meeting",
        MET,
        at=ROUND_2,
        told={"committee": None},
    ),
)
LIFE = (*CHECKED, *MEETING_HELD)


async def test_all_others_are_refused_where_the_committee_asks(world: World) -> None:
    await rules_say(world, rating_asked="by_committee")

    assert await lived(world, CHECKED) == []


async def test_all_others_are_refused_where_nobody_is_satisfied(world: World) -> None:
    assert await lived(world, MEETING_HELD) == []
