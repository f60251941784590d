"""The manual: readable by anybody, page by page."""

import re

import pytest

from services.portal.manual.shelf import PAGES
from tests.world import World


async def test_the_list_leads_to_every_page(portal: World) -> None:
    client = portal["portal"].client
    del client.headers["authorization"]

    answer = await client.get("/manual")

    assert answer.status_code == 200
    assert set(re.findall(r'href="/manual/(\w+)"', answer.text)) == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
async def test_every_page_is_read_without_signing_in(portal: World, page: str) -> None:
    client = portal["portal"].client
    del client.headers["authorization"]

    answer = await client.get(f"/manual/{page}")

    assert answer.status_code == 200
    parts = re.findall(r'href="#(part-\d+)"', answer.text)
    assert parts
    assert [part for part in parts if f'<h2 id="{part}">' not in answer.text] == []


async def test_another_page_is_not_there(portal: World) -> None:
    answer = await portal["portal"].client.get("/manual/..%2fapp")

    assert answer.status_code == 404


async def test_a_page_that_the_manual_does_not_have_says_so(portal: World) -> None:
    answer = await portal["portal"].client.get("/manual/elsewhere")

    assert answer.status_code == 404
    assert "使用手册中没有这一页" in answer.text


async def test_pictures_are_seen_without_signing_in(portal: World) -> None:
    client = portal["portal"].client
    del client.headers["authorization"]

    page = await client.get("/manual/unit")
    pictures = re.findall(r'<img src="(/manual/pictures/[\w-]+\.webp)" alt="([^"]+)"', page.text)

    assert len(pictures) > 5
    for address, says in pictures:
        answer = await client.get(address)
        assert answer.headers["content-type"] == "image/webp", says
        assert answer.content.startswith(b"RIFF")
    missing = await client.get("/manual/pictures/elsewhere.webp")
    assert (missing.status_code, "没有这张图" in missing.text) == (404, True)
