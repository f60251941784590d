"""A key proposal: designated, led, inspected, tracked, endorsed, and taken back."""

from typing import Any

from tests.matrix.living import (
    CASE,
    CITY_OFFICE,
    COMMISSION,
    FIRST,
    MAYOR,
    PROPOSAL,
    WHY,
    Step,
    Who,
    approved,
    committee,
    handed_over,
    lived,
    meanwhile,
    of,
    submitted,
    task,
)
from tests.story.office import LONGHUA, OFFICE, WANG
from tests.world import World

OVERSEERS: Any = {"told": {"office": None, "supervision": None, "committee": None}}
TALKED = {"kind": "visit", "held_on": "2024-01-22", "units": [LONGHUA], "summary": "走访社区"}
SEEN = {
    "held_on": "2024-01-22",
    "place": "民治街道",
    "units": [LONGHUA],
    "progress": "站点已选定",
    "findings": [{"unit": LONGHUA, "says": "没有公示线路"}],
}


def led(by: Who, verb: str, body: Any, **more: Any) -> Step:
    """Something is done to see that a key proposal comes to something."""
    return Step(by, "escalation", f"POST {PROPOSAL}/{verb}", body, **more)


LIFE = (
    *meanwhile(submitted(CASE, "增开社区巴士", WANG), committee("accept", {})),
    committee("designate-key", {"leader": "市政府分管领导", "supervised_by": OFFICE}),
    *meanwhile(handed_over(LONGHUA), task(LONGHUA, "sign")),
    led(MAYOR, "activities", TALKED, told={**OVERSEERS["told"], "leader": None}),
    led(COMMISSION, "inspections", SEEN, **OVERSEERS),
    led(
        of(LONGHUA),
        "inspections/{inspection_id}/findings/{finding_id}/answer",
        {"says": "已经公示"},
        others="not-your-finding",
        at={"inspection_id": "i1", "finding_id": "i1.1"},
    ),
    led(CITY_OFFICE, "tracker", {"person": f"supervision.{OFFICE}"}, told={"supervision": None}),
    *approved(),
    task(LONGHUA, "endorse", FIRST, post="head"),
    committee("take-back-key", WHY),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
