"""What the stories look at: the services' own answers, the logs, and the portal's pages."""

import re
from html import unescape
from typing import Any

from pydantic_core import from_json

from tests.world import World


async def handling(world: World, case: str) -> dict[str, dict[str, Any]]:
    """Every task of a proposal, by its id."""
    answer = await world.ask("assignment", f"/proposals/{case}")
    assert answer.status == 200
    return {task["task_id"]: task for task in answer.body["tasks"]}


async def said(world: World, case: str) -> dict[str, Any]:
    """Everything that was said and sent in a proposal."""
    answer = await world.ask("reply", f"/proposals/{case}")
    assert answer.status == 200
    found: dict[str, Any] = answer.body
    return found


async def clocks(world: World, case: str) -> dict[str, str]:
    """How each clock of a proposal stands: its light while it runs, else stopped or dead."""
    answer = await world.ask("escalation", f"/proposals/{case}")
    assert answer.status == 200
    return {
        clock["clock_id"]: clock["light"] if clock["state"] == "running" else clock["state"]
        for clock in answer.body["clocks"]
    }


async def matters(world: World, case: str) -> list[dict[str, Any]]:
    """What was flagged for the city in a proposal."""
    answer = await world.ask("escalation", f"/proposals/{case}")
    assert answer.status == 200
    found: list[dict[str, Any]] = answer.body["matters"]
    return found


async def told(world: World, service: str, case: str, kind: str) -> list[dict[str, Any]]:
    """What a service has told of a proposal in events of one kind, in order."""
    rows = await world.rows(
        service,
        "SELECT payload FROM events WHERE aggregateid = $1 AND type = $2 ORDER BY seq",
        case,
        f"huiban.{service}.{kind}.v1",
    )
    return [from_json(row["payload"]) for row in rows]


async def page(world: World, path: str) -> str:
    """A page of the portal as text, without the spaces that only its markup needs."""
    answer = await world.ask("portal", path)
    assert answer.status == 200
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", answer.body)))


async def case_page(world: World, case: str) -> str:
    """The portal's page of a proposal, as text."""
    return await page(world, f"/proposals/{case}")


async def standing(world: World, case: str) -> str:
    """How far a proposal has come, in the word that its page shows."""
    answer = await world.ask("portal", f"/proposals/{case}")
    found = re.search(r'class="state state-\w+">([^<]+)<', answer.body)
    assert found is not None
    return found[1]


async def figures(world: World, unit: str) -> dict[str, Any]:
    """A unit's report on the year, as figures."""
    answer = await world.ask("portal", f"/report.json?unit={unit}&year={world.today.year}")
    assert answer.status == 200
    found: dict[str, Any] = answer.body
    return found
