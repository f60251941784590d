"""Coming in with the city's own sign-in: a real provider on loopback, code and PKCE."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.oidc import create_provider
from deploy.local.serving import served
from tests.service.portal.lives import UNITS
from tests.service.portal.signin.door import (
    Browser,
    changed,
    happened,
    rows,
    settled,
)
from tests.service.portal.signin.people import (
    CLERK,
    HEAD,
    OPERATOR,
    PEOPLE,
    WITH_SIGN_IN,
)
from tests.world import Keys, World, world_on

BACK = "https://portal/sign-in/back"
SECRET = "the client's secret"
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


@dataclass
class City:
    """The provider as it runs, and the portal that trusts it."""

    world: World
    provider: FastAPI
    address: str

    async def authorize(self, address: str, subject: str) -> str:
        """Say at the provider who one is: the address to which it sends one back."""
        async with httpx.AsyncClient() as client:
            page = await client.get(address)
            assert page.status_code == 200, page.text
            told = {name: unescape(value) for name, value in HIDDEN.findall(page.text)}
            sent = await client.post(f"{self.address}/authorize", data=told | {"subject": subject})
        return sent.headers["location"]


@pytest.fixture
async def city(database_url: str, keys: Keys) -> AsyncIterator[City]:
    providers: list[FastAPI] = []

    def provider(address: str) -> FastAPI:
        people = {"sz-001": "陈静", "sz-002": "孙运", "sz-003": "外人"}
        providers.append(create_provider(address, people=people, secret=SECRET, back=[BACK]))
        return providers[0]

    async with served(provider) as address:
        told = {"huiban_oidc_issuer": address, "huiban_oidc_secret": SECRET}
        async with world_on(
            database_url, keys, services=["portal"], demo=False, more=told
        ) as world:
            await world.hears("portal", *UNITS, *PEOPLE, WITH_SIGN_IN)
            await settled(world, CLERK.person)
            await settled(world, OPERATOR.person)
            await changed(
                world,
                "UPDATE accounts SET subject = CASE person WHEN $1 THEN 'sz-001' ELSE 'sz-002' END",
                CLERK.person,
            )
            yield City(world, providers[0], address)


async def sets_out(browser: Browser, path: str = "/sign-in/with?next=%2Fledger") -> str:
    sent = await browser.client.get(path)
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


async def test_one_comes_in_without_a_password_of_ours(city: City) -> None:
    browser = await Browser(city.world).opens("/sign-in?next=/ledger")
    assert "使用统一身份认证登录" in browser.text

    there = await sets_out(browser)
    asked = parse_qs(urlsplit(there).query)
    await browser.opens(await city.authorize(there, "sz-001"))

    assert asked["code_challenge_method"] == ["S256"]
    assert browser.path == "/ledger"
    assert "陈静 龙华区 经办人" in browser.text
    assert await happened(city.world) == [("signed-in", CLERK.person)]


async def test_whom_nobody_gave_an_account_is_told_so(city: City) -> None:
    browser = Browser(city.world)

    await browser.opens(await city.authorize(await sets_out(browser), "sz-003"))

    assert browser.status == 403
    assert "但您在本系统还没有账号" in browser.text


async def test_whom_the_administrator_locked_stays_out(city: City) -> None:
    await changed(city.world, "UPDATE accounts SET locked_at = now(), locked_why = '离岗'")
    browser = Browser(city.world)

    await browser.opens(await city.authorize(await sets_out(browser), "sz-001"))

    assert browser.status == 403
    assert "已被安全管理员停用" in browser.text


async def test_only_the_browser_that_set_out_comes_back(city: City) -> None:
    """Else somebody could be let in, unseen, as another."""
    setter = Browser(city.world)
    back = await city.authorize(await sets_out(setter), "sz-001")

    other = await Browser(city.world).opens(back)

    assert other.status == 403
    assert "没有确认您的身份" in other.text
    assert await rows(city.world, "SELECT * FROM sessions") == []


async def test_one_comes_back_once(city: City) -> None:
    browser = Browser(city.world)
    there = await sets_out(browser)
    held = dict(browser.client.cookies)
    back = await city.authorize(there, "sz-001")
    await browser.opens(back)

    again = Browser(city.world)
    again.client.cookies.update(held)
    await again.opens(back)

    assert again.status == 403


async def test_a_code_of_another_journey_is_not_taken(city: City) -> None:
    mine, other = Browser(city.world), Browser(city.world)
    back = urlsplit(await city.authorize(await sets_out(mine), "sz-001"))
    theirs = urlsplit(await city.authorize(await sets_out(other), "sz-002"))
    mixed = (
        f"/sign-in/back?code={parse_qs(theirs.query)['code'][0]}"
        f"&state={parse_qs(back.query)['state'][0]}"
    )

    await mine.opens(mixed)

    assert mine.status == 403


async def test_the_providers_no_is_shown(city: City) -> None:
    browser = Browser(city.world)
    state = parse_qs(urlsplit(await sets_out(browser)).query)["state"][0]

    await browser.opens(f"/sign-in/back?error=access_denied&state={state}")

    assert "统一身份认证没有确认您的身份" in browser.text


async def test_a_post_that_needs_two_factors_needs_ours_unless_the_provider_asked_for_two(
    city: City,
) -> None:
    with_one, with_two = Browser(city.world), Browser(city.world)

    await with_one.opens(await city.authorize(await sets_out(with_one), "sz-002"))
    city.provider.state.methods = ["pwd", "otp"]
    await with_two.opens(await city.authorize(await sets_out(with_two), "sz-002"))

    assert with_one.path.startswith("/sign-in/enrol")
    assert with_two.path == "/ledger"


async def test_one_proves_oneself_again_at_the_provider(city: City) -> None:
    browser = Browser(city.world)
    await browser.opens(await city.authorize(await sets_out(browser), "sz-001"))
    await changed(city.world, "UPDATE sessions SET proved_at = proved_at - interval '16 minutes'")
    await browser.opens("/account/second-factor")
    assert browser.path == "/sign-in/again?next=%2Faccount%2Fsecond-factor"

    there = await sets_out(browser, "/sign-in/with?again=1&next=%2Faccount%2Fsecond-factor")
    assert parse_qs(urlsplit(there).query)["prompt"] == ["login"]
    await browser.opens(await city.authorize(there, "sz-001"))

    assert browser.path == "/account/second-factor"
    assert ("proved", CLERK.person) in await happened(city.world)


async def test_another_person_at_the_provider_proves_nothing(city: City) -> None:
    browser = Browser(city.world)
    await browser.opens(await city.authorize(await sets_out(browser), "sz-001"))

    there = await sets_out(browser, "/sign-in/with?again=1&next=%2Faccount")
    await browser.opens(await city.authorize(there, "sz-002"))

    assert ("proved", CLERK.person) not in await happened(city.world)


async def test_a_provider_that_is_away_is_named(database_url: str, keys: Keys) -> None:
    told = {"huiban_oidc_issuer": "http://127.0.0.1:1", "huiban_oidc_name": "粤政易"}
    async with world_on(database_url, keys, services=["portal"], demo=False, more=told) as world:
        await world.hears("portal", *UNITS, HEAD, WITH_SIGN_IN)

        browser = await Browser(world).opens("/sign-in/with")

    assert browser.status == 503
    assert "统一身份认证暂时没有应答" in browser.text
    assert "使用粤政易登录" in browser.text


async def test_where_there_is_no_provider_nobody_is_sent_there(world: World) -> None:
    browser = await Browser(world).opens("/sign-in/with")

    assert browser.status == 404
    assert "没有接入统一身份认证" in browser.text
