"""Coming into the demo by the city's own sign-in: a provider on this machine, OpenID Connect."""

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest

from deploy.demo.cast import OFFICE, Person, head_of
from deploy.demo.portfolio import LONGHUA
from tests.living import PlayedYear

pytestmark = pytest.mark.connected

WITH = re.compile(r'href="(/sign-in/with[^"]*)"')
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


@pytest.fixture
async def browser(played_year: PlayedYear) -> AsyncIterator[httpx.AsyncClient]:
    """A stranger's browser in front of the portal."""
    portal = played_year.parts.addresses.url("portal")
    async with httpx.AsyncClient(
        base_url=portal, headers={"accept": "text/html"}, follow_redirects=True
    ) as browser:
        yield browser


async def _arrives(browser: httpx.AsyncClient, subject: str) -> httpx.Response:
    """Say at the provider who one is, and go wherever that leads."""
    door = await browser.get("/sign-in")
    way = WITH.search(door.text)
    assert way is not None, door.text
    asked = await browser.get(unescape(way[1]))
    told = {name: unescape(value) for name, value in HIDDEN.findall(asked.text)}
    return await browser.post(
        str(asked.url.copy_with(path="/authorize", query=None)),
        data=told | {"subject": subject},
    )


@pytest.mark.parametrize("somebody", [OFFICE, head_of(LONGHUA)], ids=["office", "head"])
async def test_whom_the_city_vouches_for_is_at_their_desk(
    browser: httpx.AsyncClient, somebody: Person
) -> None:
    desk = await _arrives(browser, somebody.person)

    assert desk.status_code == 200
    assert "工作台" in desk.text
    assert somebody.name in desk.text


async def test_whom_the_city_does_not_know_stays_outside(browser: httpx.AsyncClient) -> None:
    answer = await _arrives(browser, "nobody")

    assert answer.status_code == 400
    assert (await browser.get("/desk")).url.path == "/sign-in"
