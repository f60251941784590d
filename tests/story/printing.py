"""What people have the portal print."""

import httpx

from tests.story.office import OFFICE
from tests.world import World


async def download(
    world: World,
    path: str,
    *,
    post: str = "office",
    unit: str = OFFICE,
    person: str | None = None,
) -> httpx.Response:
    """Somebody asks the portal for a file or a page."""
    token = world.token(post=post, unit=unit, person=person)
    return await world["portal"].client.get(
        path,
        headers={
            "Authorization": f"Bearer {token}",
            "Huiban-Today": world.today.isoformat(),
            "Accept": "text/html",
        },
    )
