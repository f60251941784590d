"""Matters: blocked promises and disputes, dismissed or decided and followed up; supervision."""

from typing import Any

from tests.matrix.living import (
    CITY_OFFICE,
    LONGHUAS,
    MAYOR,
    PROMISE,
    PROPOSAL,
    WHY,
    Step,
    Who,
    answered,
    in_hand,
    lived,
    matter,
    meanwhile,
    of,
    opined,
)
from tests.story.office import LONGHUA, TRANSPORT
from tests.world import World

OVERSEERS: Any = {"told": {"office": None, "supervision": None}}


def supervision(by: Who, verb: str, body: Any, **more: Any) -> Step:
    """Something is done about the first supervision."""
    way = f"POST {PROPOSAL}/supervisions/{{supervision_id}}/{verb}"
    return Step(by, "escalation", way, body, at={"supervision_id": "s1"}, **more)


LIFE = (
    *in_hand(TRANSPORT),
    *opined(TRANSPORT),
    *answered(),
    Step(
        of(LONGHUA),
        "escalation",
        f"POST {PROMISE}/blocked",
        {"blocked_by": TRANSPORT, "why": "线路未获批准"},
        others="not-your-promise",
        at=LONGHUAS,
    ),
    matter(CITY_OFFICE, "dismiss", WHY, told={"leader": None}),
    *meanwhile(
        Step(
            CITY_OFFICE,
            "escalation",
            f"POST {PROPOSAL}/matters",
            {"evidence": "职责不清", "parties": [LONGHUA, TRANSPORT]},
        ),
        matter(
            MAYOR,
            "decide",
            {"decision": "请安排经费", "effect": {"kind": "ask", "unit": TRANSPORT}},
            n=2,
        ),
    ),
    matter(CITY_OFFICE, "follow-ups", {"says": "经费方案在批"}, n=2, **OVERSEERS),
    matter(CITY_OFFICE, "carry-out", {"says": "经费已下达"}, n=2, **OVERSEERS),
    *meanwhile(
        Step(
            CITY_OFFICE,
            "escalation",
            f"POST {PROPOSAL}/supervisions",
            {"unit": LONGHUA, "demand": "请反馈"},
        ),
        supervision(of(LONGHUA), "answer", {"says": "已办"}, others="not-supervised"),
    ),
    supervision(CITY_OFFICE, "close", {"result": "已办结"}, **OVERSEERS),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
