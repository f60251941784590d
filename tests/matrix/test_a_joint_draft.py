"""A joint draft: its writer asks, who is asked signs or declines, and only they."""

from typing import Any

from tests.matrix.living import (
    ANOTHER,
    CASE,
    MEMBER,
    OTHER,
    WHY,
    Step,
    Who,
    lived,
    meanwhile,
    member,
)
from tests.story.office import CITY, LI, ZHAO
from tests.world import World

DRAFT_BODY = {
    "title": "增开社区巴士",
    "text": "建议如下。",
    "kind": "joint",
    "joint": [{"name": LI, "person": LI}, {"name": ZHAO, "person": ZHAO}],
}
EVERY_WRITER: Any = {"told": {"proposer": None, "committee": None}}


def drafting(
    way: str, body: Any = None, *, by: Who = MEMBER, others: str = "unknown", **more: Any
) -> Step:
    """Something is done with Wang's draft."""
    return Step(by, "intake", way, body, others=others, **{"at": {"draft_id": CASE}, **more})


LIFE = (
    drafting("POST /drafts", {**DRAFT_BODY, "draft_id": CASE}, **EVERY_WRITER),
    drafting("PUT /drafts/{draft_id}", {**DRAFT_BODY, "version": 1}),
    drafting("POST /drafts/{draft_id}/ask-signatures"),
    drafting(
        "POST /drafts/{draft_id}/decline",
        WHY,
        by=Who("proposer", CITY, ZHAO),
        others="not-asked-to-sign",
        told={LI: None},
    ),
    drafting("POST /drafts/{draft_id}/sign", by=ANOTHER, others="not-asked-to-sign"),
    drafting("POST /drafts/{draft_id}/submit"),
    member(
        "withdraw",
        WHY,
        others="not-your-proposal",
        told={LI: "only-first-proposer", "committee": None},
    ),
    *meanwhile(drafting("POST /drafts", {**DRAFT_BODY, "draft_id": OTHER}, **EVERY_WRITER)),
    drafting("DELETE /drafts/{draft_id}", at={"draft_id": OTHER}),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
