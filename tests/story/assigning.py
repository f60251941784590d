"""What the office, the units and the leaders do about tasks once they were handed over."""

from collections.abc import Sequence
from typing import Any

from tests.story.office import CITY, OFFICE, act, upon_task
from tests.world import Answer, World


async def by_office(
    world: World, case: str, unit: str, verb: str, /, *, generation: int = 1, **body: Any
) -> Answer:
    """The office does something with a unit's task."""
    path = f"/proposals/{case}/tasks/{unit}.{generation}/{verb}"
    return await act(world, "assignment", path, body, post="office", unit=OFFICE)


async def on_proposal(world: World, case: str, verb: str, **body: Any) -> Answer:
    """The office does something with a proposal's handlers or items."""
    path = f"/proposals/{case}/{verb}"
    return await act(world, "assignment", path, body, post="office", unit=OFFICE)


async def by_unit(
    world: World,
    case: str,
    unit: str,
    verb: str,
    /,
    *,
    post: str = "officer",
    generation: int = 1,
    **body: Any,
) -> Answer:
    """A unit does something with its own task."""
    return await upon_task(
        world, "assignment", case, unit, verb, body, post=post, generation=generation
    )


async def ask_extension(world: World, case: str, unit: str, until: str) -> Answer:
    return await by_unit(world, case, unit, "ask-extension", until=until, reason="须先完成勘察")


async def decide_extension(world: World, case: str, unit: str, **verdict: Any) -> Answer:
    return await by_office(world, case, unit, "decide-extension", why="情况属实", **verdict)


async def object_once_more(world: World, case: str, unit: str, *, proposed: str) -> Answer:
    """The head of a unit signs a second objection."""
    return await by_unit(
        world,
        case,
        unit,
        "object",
        post="head",
        reason="仍不属于本单位职责",
        proposed_unit=proposed,
    )


async def hold_meeting(world: World, case: str, unit: str, *present: str) -> Answer:
    """The office brings the units together and keeps the minutes."""
    return await by_office(
        world,
        case,
        unit,
        "objection-meeting",
        held_on=world.today.isoformat(),
        present=list(present),
        minutes="双方各陈意见，报请市领导裁定",
    )


async def decide_objection(
    world: World, case: str, unit: str, *, upheld: bool, new_unit: str | None = None
) -> Answer:
    """A leader has the last word."""
    path = f"/proposals/{case}/tasks/{unit}.1/decide-objection"
    body = {"upheld": upheld, "why": "经市领导裁定", "new_unit": new_unit}
    return await act(world, "assignment", path, body, post="leader", unit=CITY)


async def sweep_tasks(world: World) -> dict[str, Any]:
    """The office follows new calendars and successions."""
    answer = await act(world, "assignment", "/sweep", post="office", unit=OFFICE)
    found: dict[str, Any] = answer.body
    return found


def item(unit: str, says: str, *days: str, advised: Sequence[str] = ()) -> dict[str, Any]:
    """An item of a plan, with a milestone for each day."""
    return {
        "says": says,
        "unit": unit,
        "officer": "李老师",
        "milestones": [{"says": f"第{n}步", "due_on": day} for n, day in enumerate(days, start=1)],
        "advised": list(advised),
    }


async def on_item(
    world: World, case: str, item_id: str, verb: str, unit: str, **body: Any
) -> Answer:
    """A unit does something with its item."""
    path = f"/proposals/{case}/items/{item_id}/{verb}"
    return await act(world, "assignment", path, body, post="officer", unit=unit)


async def assignment(world: World, case: str) -> dict[str, Any]:
    """Everything about who handles a proposal."""
    answer = await world.ask("assignment", f"/proposals/{case}")
    assert answer.status == 200
    found: dict[str, Any] = answer.body
    return found
