"""Looking at the portal as a person does, with a browser that asks for pages."""

import re

from tests.world import World

TAG = re.compile(r"<[^>]+>")


async def look(world: World, path: str, *, status: int = 200) -> str:
    """A page's text, without its markup, on the world's day."""
    response = await world["portal"].client.get(
        path, headers={"accept": "text/html", "huiban-today": world.today.isoformat()}
    )
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("text/html")
    return re.sub(r"\s+", " ", TAG.sub(" ", response.text))
