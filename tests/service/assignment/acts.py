"""What people do at assignment, as the tests say it."""

from typing import Any

from shared.contracts.event import ProposalId
from tests.domain.assignment.office import PROPOSAL
from tests.world import Answer, World


async def hand_over(world: World, *items: dict[str, Any], post: str = "office") -> Answer:
    """The office hands over a list; by default, the first proposal to Longhua and two others."""
    items = items or (item(),)
    return await world.tell("assignment", "/hand-overs", {"items": list(items)}, post=post)


def item(proposal_id: ProposalId = PROPOSAL, **units: Any) -> dict[str, Any]:
    """A row of the list."""
    handlers = units or {"lead": "龙华区", "co_handlers": ["市教育局"], "reference": ["C030"]}
    return {"proposal_id": proposal_id, **handlers}


async def act(
    world: World, task_id: str, act: str, *, unit: str, post: str = "officer", **body: Any
) -> Answer:
    """A unit does something with a task of the first proposal."""
    path = f"/proposals/{PROPOSAL}/tasks/{task_id}/{act}"
    return await world.tell("assignment", path, body or None, post=post, unit=unit)


async def office(world: World, path: str, *, post: str = "office", **body: Any) -> Answer:
    """The office does something with the first proposal."""
    return await world.tell(
        "assignment", f"/proposals/{PROPOSAL}/{path}", body or None, post=post, unit="C007"
    )


async def return_to_office(
    world: World,
    task_id: str = "D09.1",
    *,
    unit: str = "D09",
    proposed_unit: str = "市规划资源局",
    post: str = "head",
) -> Answer:
    """The head of a unit returns a task and proposes another unit."""
    return await act(
        world,
        task_id,
        "return",
        unit=unit,
        post=post,
        reason_code="not-ours",
        reason="属规划职责",
        proposed_unit=proposed_unit,
    )


async def decide(world: World, task_id: str = "D09.1", **verdict: Any) -> Answer:
    """The office decides a return."""
    return await act(
        world, task_id, "decide-return", unit="C007", post="office", why="经研究", **verdict
    )


async def page(world: World) -> dict[str, Any]:
    """The first proposal's page."""
    answer = await world.ask("assignment", f"/proposals/{PROPOSAL}")
    assert answer.status == 200
    found: dict[str, Any] = answer.body
    return found


async def states(world: World) -> dict[str, str]:
    """How each task of the first proposal stands."""
    return {task["task_id"]: task["state"] for task in (await page(world))["tasks"]}
