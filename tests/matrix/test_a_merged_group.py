"""A merged group: made, enlarged, objected to, undone, and made again by the office."""

from typing import Any

from tests.matrix.living import (
    ANOTHER,
    CASE,
    CITY_OFFICE,
    COMMISSION,
    OTHER,
    THIRD,
    WHY,
    Step,
    committee,
    handed_over,
    lived,
    meanwhile,
    member,
    submitted,
)
from tests.story.office import LI, LONGHUA, WANG, ZHAO
from tests.world import World

ALL = ((CASE, "增开社区巴士", WANG), (OTHER, "开通社区巴士", LI), (THIRD, "开通夜间巴士", ZHAO))
TWO = {"main": CASE, "members": [CASE, OTHER], "why": "诉求相同"}


def before_hand_over(way: str, body: Any) -> Step:
    """The committee does something with Wang's group."""
    return Step(
        COMMISSION,
        "intake",
        way,
        body,
        at={"main": CASE},
        told={"office": "only-committee-before-hand-over"},
    )


def after_hand_over(way: str, body: Any) -> Step:
    """The office does it now."""
    return Step(
        CITY_OFFICE,
        "intake",
        way,
        body,
        at={"main": CASE},
        told={"committee": "only-office-after-hand-over"},
    )


LIFE = (
    *meanwhile(
        *(submitted(*one) for one in ALL),
        *(committee("accept", {}, proposal_id=one) for one, _, _ in ALL),
    ),
    committee("similar/{other}", {"answer": "merge"}, other=OTHER),
    committee("link", {"other": THIRD, "why": "同一路段"}),
    before_hand_over("POST /groups", TWO),
    before_hand_over("POST /groups/{main}/members", {"members": [THIRD], **WHY}),
    member(
        "object", WHY, by=ANOTHER, at={"proposal_id": OTHER}, others="not-your-proposal", told={}
    ),
    committee("refuse-objection", WHY, proposal_id=OTHER),
    before_hand_over("POST /groups/{main}/undo", {"members": [], **WHY}),
    *meanwhile(handed_over(LONGHUA)),
    after_hand_over("POST /groups", TWO),
    after_hand_over("POST /groups/{main}/members", {"members": [THIRD], **WHY}),
    after_hand_over("POST /groups/{main}/undo", {"members": [OTHER], "policy": "keep", **WHY}),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
