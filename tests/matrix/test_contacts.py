"""Contacts: whoever was talked with confirms them, denies them, or needs none."""

from typing import Any

from tests.matrix.living import TALK, Step, in_hand, lived, meanwhile, member, task
from tests.story.office import LONGHUA, WANG
from tests.world import World

SAYS = {"proposer": WANG}
FIRST_TALK, SECOND_TALK = ({"contact_id": f"D07.1.c{n}"} for n in (1, 2))


def says(verb: str, body: Any, at: dict[str, str]) -> Step:
    """Wang says what is so."""
    return member(verb, body, others="speaks-for-another", at=at)


LIFE = (
    *in_hand(),
    *meanwhile(task(LONGHUA, "contacts", TALK), task(LONGHUA, "contacts", TALK)),
    says("contacts/{contact_id}/confirm", SAYS, FIRST_TALK),
    says("contacts/{contact_id}/deny", {**SAYS, "says": "没有人来过"}, SECOND_TALK),
    says("tasks/{task_id}/waive-contact", SAYS, {"task_id": "D07.1"}),
)


async def test_all_others_are_refused(world: World) -> None:
    assert await lived(world, LIFE) == []
