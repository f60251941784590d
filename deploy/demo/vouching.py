"""The city's own sign-in in the demo: a provider on this machine that vouches for some people."""

import re
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from fastapi import FastAPI

from deploy.demo.cast import (
    COMMITTEE,
    LEADER,
    OFFICE,
    SECURITY,
    Person,
    deputy_of,
    head_of,
    officer_of,
    section_head_of,
)
from deploy.demo.portfolio import LONGHUA
from deploy.local.oidc import create_provider
from deploy.local.ports import LOOPBACK
from deploy.local.serving import served
from deploy.troubles import Trouble

CLIENT = "huiban"
FORM_TOKEN = re.compile(r'name="form_token" value="([^"]*)"')


class NoAccountOpened(Trouble):
    """没能给{name}开通账号：门户回答{status}。"""


@dataclass(frozen=True, slots=True)
class Vouching:
    """The provider as it runs, whom it knows, and where it may send people back to."""

    address: str
    secret: str
    people: Sequence[Person]
    back: list[str]

    @property
    def settings(self) -> dict[str, str]:
        """What the portal has to know of it."""
        return {
            "HUIBAN_OIDC_ISSUER": self.address,
            "HUIBAN_OIDC_NAME": "统一身份认证（演示）",
            "HUIBAN_OIDC_CLIENT": CLIENT,
            "HUIBAN_OIDC_SECRET": self.secret,
        }

    async def vouch(self, *, portal: str) -> None:
        """From now on people may come back to this portal, where each has an account.

        The security administrator opens the accounts by the portal's own forms.

        Raises:
            NoAccountOpened: the portal does not open one.
        """
        self.back.extend(
            f"{one}/sign-in/back" for one in (portal, portal.replace(LOOPBACK, "localhost"))
        )
        async with httpx.AsyncClient(
            base_url=portal, headers={"origin": portal}, follow_redirects=True
        ) as browser:
            page = await browser.get("/sign-in")
            seat = {"person": SECURITY.person, "seat": f"{SECURITY.post}/{SECURITY.unit}/"}
            page = await browser.post("/sign-in/demo", data=_token(page) | seat)
            for one in self.people:
                page = await browser.get(f"/security/accounts/{one.person}")
                page = await browser.post(
                    f"/security/accounts/{one.person}/open",
                    data=_token(page) | {"subject": one.person},
                )
                if page.status_code != httpx.codes.OK:
                    raise NoAccountOpened(name=one.name, status=page.status_code)


@asynccontextmanager
async def citys_sign_in() -> AsyncIterator[Vouching]:
    """A provider on this machine, as long as one is inside."""
    people = (
        OFFICE,
        COMMITTEE,
        LEADER,
        *(of(LONGHUA) for of in (officer_of, section_head_of, deputy_of, head_of)),
    )
    secret, back = secrets.token_urlsafe(), list[str]()

    def provider(address: str) -> FastAPI:
        named = {str(one.person): one.name for one in people}
        return create_provider(address, people=named, client=CLIENT, secret=secret, back=back)

    async with served(provider) as address:
        yield Vouching(address, secret, people, back)


def _token(page: httpx.Response) -> dict[str, str]:
    found = FORM_TOKEN.search(page.text)
    return {"form_token": found[1]} if found else {}
