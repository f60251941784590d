"""What people do at intake, as the tests say it."""

from typing import Any
from uuid import UUID, uuid5

from tests.world import Answer, World

NAMES = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")


def called(name: str) -> str:
    """An id for a proposal that the test calls by a name."""
    return str(uuid5(NAMES, name))


async def submit(world: World, name: str = "bus", **form: Any) -> Answer:
    """The committee enters a proposal."""
    body = {
        "proposal_id": called(name),
        "year": 2024,
        "title": f"关于{name}的提案",
        "text": "建议增开社区公交。",
        "kind": "single",
        "proposers": [{"name": "王志毅"}],
        **form,
    }
    return await world.tell("intake", "/proposals", body, post="committee", unit="C004")


async def review(world: World, name: str, act: str, **body: Any) -> Answer:
    """The committee does something with a proposal."""
    return await world.tell(
        "intake", f"/proposals/{called(name)}/{act}", body, post="committee", unit="C004"
    )


async def file(world: World, *names: str, **form: Any) -> None:
    """Proposals are submitted and accepted, in this order."""
    for name in names:
        await submit(world, name, **form)
        assert (await review(world, name, "accept")).status == 200


async def merge(world: World, *names: str, main: str) -> Answer:
    """The committee merges proposals."""
    body = {
        "main": called(main),
        "members": [called(name) for name in names],
        "why": "均建议增开社区公交",
    }
    return await world.tell("intake", "/groups", body, post="committee", unit="C004")


async def page(world: World, name: str) -> dict[str, Any]:
    """A proposal's page."""
    answer = await world.ask("intake", f"/proposals/{called(name)}")
    assert answer.status == 200
    found: dict[str, Any] = answer.body
    return found


async def listed(world: World, **query: Any) -> list[str]:
    """The titles of a list."""
    answer = await world.ask("intake", "/proposals", **query)
    assert answer.status == 200
    return [line["title"] for line in answer.body["proposals"]]
