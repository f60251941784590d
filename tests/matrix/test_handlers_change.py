"""Who handles it changes: joins, leaves, changes places; work below is taken back."""

from typing import Any

from tests.matrix.living import (
    CITY_OFFICE,
    PROPOSAL,
    RETURN,
    TASK,
    WHY,
    Step,
    in_hand,
    lived,
    meanwhile,
    of,
    office,
    task,
)
from tests.story.office import LONGHUA, MINZHI, NANSHAN, TRANSPORT
from tests.world import World

PLACES = {
    "changes": [{"unit": NANSHAN, "role": "lead"}, {"unit": LONGHUA, "role": "co_handle"}],
    **WHY,
}
WORK = {"tasks": [{"unit": MINZHI, "duty": "提出方案"}]}


def handlers(verb: str, body: Any) -> Step:
    """The office says who handles it."""
    return Step(CITY_OFFICE, "assignment", f"POST {PROPOSAL}/{verb}", body)


LIFE = (
    *in_hand(TRANSPORT),
    *meanwhile(task(LONGHUA, "hand-down", WORK)),
    Step(
        of(LONGHUA),
        "assignment",
        f"POST {TASK}/withdraw",
        WHY,
        others="withdrawn-by-giver",
        told={"office": "withdrawn-by-giver"},
        at={"task_id": f"{MINZHI}.1"},
    ),
    handlers("handlers", {"unit": NANSHAN, "role": "co_handle", **WHY}),
    handlers("change-roles", PLACES),
    office("withdraw", WHY, unit=LONGHUA, n=3, others="not-your-task"),
    office("reassign", {"unit": LONGHUA, **WHY}, unit=TRANSPORT),
    *meanwhile(
        task(LONGHUA, "consent-to-return", post="head", n=4), task(LONGHUA, "return", RETURN, n=4)
    ),
    office("decide-return", {"upheld": True, "new_unit": TRANSPORT, **WHY}, unit=LONGHUA, n=4),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
