"""Somebody with a browser in front of the portal's door; cookies and forms are as they come."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import httpx
import pyotp

from services.portal.signin.first_password import set_at_the_terminal
from services.portal.signin.room import SignIn, WithSignIn, now
from shared.contracts.event import PersonId
from tests.service.portal.signin.people import PASSWORD
from tests.world import World

FORM_TOKEN = re.compile(r'name="form_token" value="([^"]*)"')
LETTERS = re.compile(r'class="secret-letters">(.*?)</p>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
HASHED: dict[str, str] = {}  # hashing takes its time


def signin_of(world: World) -> SignIn:
    backbone = world["portal"].backbone
    assert isinstance(backbone, WithSignIn)
    return backbone.signin


@dataclass
class Browser:
    """A browser: it keeps cookies, sends the tokens of forms, and says where it comes from."""

    world: World
    address: str = "192.0.2.1"
    base: str = "https://portal"
    headers: dict[str, str] = field(default_factory=dict)
    here: httpx.Response | None = None

    def __post_init__(self) -> None:
        app = self.world["portal"].app
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, client=(self.address, 50_000)),
            base_url=self.base,
            headers={"accept": "text/html", "user-agent": "Chrome/90 Windows", **self.headers},
        )

    @property
    def text(self) -> str:
        """The page in front of one, without its markup."""
        assert self.here is not None
        return re.sub(r"\s+", " ", unescape(TAG.sub(" ", self.here.text)))

    @property
    def path(self) -> str:
        """Where the page is."""
        assert self.here is not None
        return self.here.url.raw_path.decode()

    @property
    def status(self) -> int:
        assert self.here is not None
        return self.here.status_code

    async def opens(self, path: str) -> "Browser":
        """Go to a page, wherever that leads."""
        self.here = await self.client.get(path, follow_redirects=True)
        return self

    async def sends(
        self, path: str, *, token: str | None = None, site: str = "same-origin", **fields: str
    ) -> "Browser":
        """Send a form of the page in front of one, wherever that leads."""
        found = FORM_TOKEN.search(self.here.text) if self.here is not None else None
        known = found[1] if found is not None else ""
        self.here = await self.client.post(
            path,
            data={"form_token": known if token is None else token, **fields},
            headers={"sec-fetch-site": site, "origin": self.base},
            follow_redirects=True,
        )
        return self

    async def signs_in(self, name: str, password: str = PASSWORD, *, next: str = "") -> "Browser":
        """Write name and password."""
        await self.opens(f"/sign-in?next={next}")
        return await self.sends("/sign-in", account=name, password=password, next=next)

    def cookie(self) -> str:
        """The id that the browser holds."""
        return self.client.cookies["__Host-huiban"]


async def first_password(world: World, person: PersonId) -> str:
    """A one-time password from the terminal."""
    signin = signin_of(world)
    return await set_at_the_terminal(
        signin.desk,
        signin.passwords,
        person,
        known=await world["portal"].desk.reference(),
        now=now(),
    )


async def settled(world: World, person: PersonId) -> None:
    """Somebody has had their account for a while, with a password of their own."""
    if PASSWORD not in HASHED:
        HASHED[PASSWORD] = await signin_of(world).passwords.hashed(PASSWORD)
    await changed(
        world,
        "INSERT INTO accounts (person, opened_at, password, set_at) VALUES ($1, now(), $2, now())",
        person,
        HASHED[PASSWORD],
    )


async def with_code(world: World, person: PersonId) -> pyotp.TOTP:
    """Somebody has had an authenticator for a while."""
    secret = pyotp.random_base32()
    await changed(
        world,
        "UPDATE accounts SET secret = $2, enrolled_at = now() WHERE person = $1",
        person,
        signin_of(world).seal.closed(secret),
    )
    return pyotp.TOTP(secret)


def code_now(totp: pyotp.TOTP, *, steps: int = 0) -> str:
    """What the authenticator shows now, or some steps later."""
    return totp.at(now(), counter_offset=steps)


async def comes_in(world: World, person: PersonId, *, address: str = "192.0.2.1") -> Browser:
    """Somebody has come in, with a code where their post asks for one."""
    browser = Browser(world, address=address)
    await settled(world, person)
    await browser.signs_in(person)
    if browser.path.startswith("/sign-in/enrol"):
        totp = pyotp.TOTP(secret_on(browser))
        await browser.sends("/sign-in/enrol", code=code_now(totp))
        await browser.opens("/")
    return browser


def secret_on(browser: Browser) -> str:
    """The secret that a page shows for an authenticator."""
    assert browser.here is not None
    hit = LETTERS.search(browser.here.text)
    assert hit is not None, browser.text
    return "".join(TAG.sub("", hit[1]).split())


async def changed(world: World, statement: str, *args: object) -> None:
    """Let something have happened."""
    async with signin_of(world).desk.transaction() as tx:
        await tx.execute(statement, *args)


async def rows(world: World, query: str, *args: object) -> list[dict[str, Any]]:
    """Look into the tables of sign-in."""
    async with signin_of(world).desk.transaction() as tx:
        return [dict(row) for row in await tx.fetch(query, *args)]


async def happened(world: World) -> list[tuple[str, str]]:
    """What the trail says, in order."""
    found = await rows(world, "SELECT what, person FROM trail ORDER BY n")
    return [(row["what"], row["person"]) for row in found]
