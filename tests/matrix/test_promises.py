"""Promises: changed, kept, inherited, broken; looked back upon, and answered again."""

from tests.matrix.living import (
    CITY_OFFICE,
    LONGHUAS,
    REPLY,
    WHY,
    Step,
    answered,
    in_hand,
    lived,
    meanwhile,
    of,
    promise,
)
from tests.story.office import LONGHUA, TRANSPORT
from tests.world import World

MORE_TIME = {"text": "开线", "due_on": "2024-06-10", "why": "汛期"}


LIFE = (
    *in_hand(),
    *answered(),
    *meanwhile(
        promise(of(LONGHUA, "head"), "ask-for-change", MORE_TIME, others="not-your-promise"),
    ),
    promise(CITY_OFFICE, "decide-change", {"granted": True, "why": "同意"}),
    promise(CITY_OFFICE, "inherit", {"unit": TRANSPORT, "why": "职责划转"}),
    promise(of(TRANSPORT), "progress", {"progress": "已招标"}, others="not-your-promise"),
    promise(CITY_OFFICE, "inherit", {"unit": LONGHUA, "why": "职责划回"}),
    Step(CITY_OFFICE, "reply", "POST /look-backs", {"year": 2024, "seed": "2024"}),
    Step(
        CITY_OFFICE,
        "reply",
        "POST /look-backs/{year}/proposals/{proposal_id}/items/{item}",
        {"found": "solved", "says": "现场查看"},
        at={"year": "2024", "item": "D07.r1.p1"},
    ),
    promise(of(LONGHUA), "report", {"evidence": "照片"}, others="not-your-promise"),
    promise(
        CITY_OFFICE,
        "keep",
        {},
        others="not-your-promise",
        told={LONGHUA: "checks-own-promise"},
    ),
    Step(
        of(LONGHUA, "head"),
        "reply",
        f"POST {REPLY}/second-answer",
        {"summary": "线路全部开通"},
        others="not-your-letter",
        at=LONGHUAS,
    ),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []


BROKEN = (
    *in_hand(),
    *answered(),
    promise(CITY_OFFICE, "break", WHY),
)


async def test_all_others_are_refused_when_one_is_broken(world: World) -> None:
    assert await lived(world, BROKEN) == []
