"""A disagreement: it is with the heads, then the office, then a leader; or taken back."""

from typing import Any

from tests.matrix.living import (
    CITY_OFFICE,
    MAYOR,
    OPINION,
    PROPOSAL,
    SECOND,
    WHY,
    Step,
    Who,
    approved,
    in_hand,
    lived,
    meanwhile,
    of,
    opined,
    task,
)
from tests.story.office import LONGHUA, TRANSPORT
from tests.world import World

NO = "not-at-your-level"


def about(nth: int, by: Who, verb: str, body: Any, **more: Any) -> Step:
    """The one with whom a disagreement is does something about it."""
    at = {"disagreement_id": f"C028.1.d{nth}"}
    way = f"POST {PROPOSAL}/disagreements/{{disagreement_id}}/{verb}"
    return Step(by, "reply", way, body, at=at, **more)


LIFE = (
    *in_hand(TRANSPORT),
    *approved(),
    *opined(TRANSPORT, contradicts="线路走向"),
    about(
        1,
        of(LONGHUA, "head"),
        "raise",
        WHY,
        others="not-your-disagreement",
        told={TRANSPORT: None, "office": NO, "leader": NO},
    ),
    about(1, CITY_OFFICE, "raise", WHY, others=NO),
    about(1, MAYOR, "settle", {"outcome": "按原走向"}, others=NO),
    task(TRANSPORT, "opinion/withdraw", WHY, post="head"),
    *meanwhile(
        task(TRANSPORT, "opinion/drafts", {**OPINION, "contradicts": "站点位置"}),
        task(TRANSPORT, "opinion/check", SECOND, post="section_head"),
        task(TRANSPORT, "opinion/issue", SECOND, post="head"),
    ),
    about(
        2,
        of(TRANSPORT, "head"),
        "settle",
        {"outcome": "改走支路"},
        others="not-your-disagreement",
        told={"office": NO, "leader": NO},
    ),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
