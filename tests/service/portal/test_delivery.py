"""How pages are delivered: nothing foreign, nothing inline, assets under their versions."""

import re

import pytest

from tests.world import World

PAGES = ("/", "/units", "/units/D07", "/ledger", "/report", "/nowhere")


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_has_script_or_style_of_its_own_or_from_elsewhere(
    portal: World, path: str
) -> None:
    response = await portal["portal"].client.get(path, headers={"accept": "text/html"})

    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]+src=)|<style|\sstyle=|\son[a-z]+=", response.text)
    assert not re.search(r"(?:src|href)=\"?(?:https?:)?//", response.text)


async def test_assets_are_served_for_ever_under_their_versions(portal: World) -> None:
    client = portal["portal"].client
    page = (await client.get("/")).text
    assets = set(re.findall(r"(?:src|href)=\"(/static/[^\"]+)", page))

    assert len([path for path in assets if path.startswith("/static/vendor/")]) >= 3
    assert len([path for path in assets if "?v=" in path]) >= 6
    for path in assets:
        response = await client.get(path)
        assert response.status_code == 200, path
        assert "immutable" in response.headers["cache-control"], path


@pytest.mark.parametrize(
    "path",
    [
        *("/static/portal.css", "/static/portal.css?v=", "/static/portal.css?v=0123456789ab"),
        *("/static/none.css?v=None", "/static/vendor/none.js"),
    ],
)
async def test_what_is_asked_for_without_its_version_is_asked_for_again(
    portal: World, path: str
) -> None:
    response = await portal["portal"].client.get(path)

    assert response.headers["cache-control"] == "no-cache"


async def test_pages_are_read_only(portal: World) -> None:
    response = await portal["portal"].client.post("/ledger")

    assert response.status_code == 405


@pytest.mark.parametrize(
    ("path", "smaller"),
    [("/static/portal.css", True), ("/public", True), ("/ledger", False), ("/manual", False)],
)
async def test_what_is_the_same_for_everybody_is_sent_smaller(
    portal: World, path: str, smaller: bool
) -> None:
    answer = await portal["portal"].client.get(
        path, headers={"accept": "text/html", "accept-encoding": "gzip"}
    )

    assert answer.status_code == 200
    assert (answer.headers.get("content-encoding") == "gzip") == smaller
