"""Somebody at the portal: opens a page, or sends a form."""

from collections.abc import Mapping

import httpx

from services.portal.desks import HINTS_READ
from tests.world import World


async def at_the_portal(
    world: World,
    method: str,
    path: str,
    written: Mapping[str, str | list[str]] | None = None,
    *,
    post: str = "officer",
    unit: str,
    person: str | None = None,
) -> httpx.Response:
    """Somebody opens a page, or sends a form."""
    headers = {
        "Authorization": f"Bearer {world.token(post=post, unit=unit, person=person)}",
        "Huiban-Today": world.today.isoformat(),
        "Accept": "text/html",
        "Cookie": f"{HINTS_READ}=yes",  # one has been here before
    }
    return await world["portal"].client.request(method, path, data=written, headers=headers)


def form(code: str, case: str, unit: str) -> str:
    """The address of a form about a unit's first task in a case."""
    return f"/do/{code}?proposal_id={case}&task_id={unit}.1"
