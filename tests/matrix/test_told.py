"""Told: everybody reads their own notices, and subscribes for themselves."""

from typing import Any

from shared.contracts.registry import Post
from tests.matrix.living import Step, in_hand, lived, meanwhile, of
from tests.story.office import LONGHUA
from tests.world import World

WANTED = {"name": "区政务平台", "url": "https://example.org/hook", "secret": "s" * 16}
HEAD = of(LONGHUA, "head")


def subscription(way: str, body: Any = None) -> Step:
    """The head of Longhua does something with a subscription; to others it is not there."""
    return Step(
        HEAD,
        "escalation",
        way,
        body,
        others="not-subscriber",
        told={"operator": None},
        at={"subscription_id": "longhua"},
    )


NOT_THEIRS = "not-in-inbox"
LIFE = (
    *in_hand(),
    Step(
        of(LONGHUA),
        "escalation",
        "POST /inbox/{notice_id}/read",
        others=NOT_THEIRS,
        told=dict.fromkeys(set(Post) - {Post.OFFICER}, NOT_THEIRS),
        at={"notice_id": "1"},
    ),
    *meanwhile(subscription("PUT /subscriptions/{subscription_id}", WANTED)),
    subscription("PUT /subscriptions/{subscription_id}", WANTED),
    subscription("POST /subscriptions/{subscription_id}/redrive"),
    subscription("DELETE /subscriptions/{subscription_id}"),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
