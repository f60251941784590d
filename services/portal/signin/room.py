"""The room where people come in: its tables, its keys, and the portal's backbone around it."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property

from fastapi import Request

from services.portal.signin.codes import Seal
from services.portal.signin.domain.account import Session
from services.portal.signin.domain.refusals import NoSigningKey
from services.portal.signin.domain.terms import Terms
from services.portal.signin.passwords import Passwords
from services.portal.signin.provider import Provider
from services.portal.signin.store import schema
from shared import rules
from shared.clock import epoch_seconds
from shared.contracts.event import Actor
from shared.contracts.registry import Post, RulesPublished
from shared.identity import mint
from shared.postgres import migrate, migrations, open_pool
from shared.service import Backbone, StartingUp
from shared.settings import Settings
from shared.web import backbone_of
from shared.work import Desk

TOKEN_MINUTES = 5
RENEWED_BEFORE_SECONDS = 60
REMEMBERED = 4096
POOL = 8
# The kernel's tables are for those who tell and hear; nobody does here.
SCRIPTS = [
    (name, script)
    for name, script in migrations("services.portal.signin")
    if not name.startswith("0000_")
]


class SignIn:
    """Where people come in: the tables in which that is kept, and the keys for it."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self.settings = settings
        self.desk = desk
        self.passwords = Passwords()
        self.provider = Provider(settings) if settings.huiban_oidc_issuer else None
        self._tokens: OrderedDict[tuple[int, Actor], tuple[str, float]] = OrderedDict()

    @cached_property
    def seal(self) -> Seal:
        """What closes secrets; raises like ``token_for``."""
        if self.settings.huiban_signing_key is None:
            raise NoSigningKey
        return Seal(self.settings.huiban_signing_key)

    def token_for(self, session: Session, caller: Actor) -> str:
        """The person's own short-lived token, as the services want to see it.

        It is kept and handed out again until its last minute.

        Raises:
            NoSigningKey: the surroundings have not given the portal one.
        """
        if self.settings.huiban_signing_key is None:
            raise NoSigningKey
        now = epoch_seconds()
        token, expires = self._tokens.get((session.number, caller), ("", 0.0))
        if now > expires - RENEWED_BEFORE_SECONDS:
            token = "Bearer " + mint(
                self.settings.huiban_signing_key,
                person=caller.person,
                name=caller.name,
                post=caller.post,
                unit=caller.unit,
                minutes=TOKEN_MINUTES,
                on_behalf_of=caller.on_behalf_of,
            )
            self._tokens[session.number, caller] = (token, now + TOKEN_MINUTES * 60)
            if len(self._tokens) > REMEMBERED:
                self._tokens.popitem(last=False)
        return token


class WithSignIn(Backbone):
    """The portal's backbone: sign-in's tables are opened and closed with its own."""

    _signin: SignIn | None = None

    @property
    def signin(self) -> SignIn:
        """Where people come in; raises ``StartingUp`` like ``desk``."""
        if self._signin is None:
            raise StartingUp(what=self.waits_for)
        return self._signin

    @asynccontextmanager
    async def at_desk(self) -> AsyncIterator[None]:
        """Open both pools, bring both schemas up to date."""
        async with super().at_desk(), open_desk(self.settings.database_url) as desk:
            self._signin = SignIn(self.settings, desk)
            try:
                yield
            finally:
                self._signin.passwords.close()
                self._signin = None


@asynccontextmanager
async def open_desk(database_url: str) -> AsyncIterator[Desk]:
    """Sign-in's tables, made or brought up to date first."""
    async with open_pool(database_url, schema=schema.SCHEMA, size=POOL) as pool:
        await schema.make(pool)
        await migrate(pool, SCRIPTS, schema=schema.SCHEMA)
        yield Desk(pool, service=schema.SCHEMA)


def signin_of(request: Request) -> SignIn:
    """Where people come in, behind a request to the portal."""
    backbone = backbone_of(request)
    assert isinstance(backbone, WithSignIn)
    return backbone.signin


def now() -> datetime:
    """This moment."""
    return datetime.fromtimestamp(epoch_seconds(), UTC)


def terms_of(published: RulesPublished) -> Terms:
    """What a rule set says of sign-in.

    Raises:
        NotInRules: it leaves something out.
    """

    def number(name: str) -> int:
        return rules.number(published, f"signin.{name}")

    days = number("password_days")
    return Terms(
        failures_to_lock=number("failures_to_lock"),
        lock=timedelta(minutes=number("lock_minutes")),
        failures_per_address=number("failures_per_address"),
        idle=timedelta(minutes=number("idle_minutes")),
        longest=timedelta(hours=number("session_hours")),
        fresh=timedelta(minutes=number("fresh_minutes")),
        length=number("password_length"),
        kinds=number("password_kinds"),
        history=number("password_history"),
        password_life=timedelta(days=days) if days else None,
        first_password_life=timedelta(days=number("first_password_days")),
        recovery_codes=number("recovery_codes"),
        second_factor=frozenset(
            post
            for post in Post
            if (found := published.policies.get(f"signin.second_factor.{post}")) is not None
            and found.value == "required"
        ),
    )


def new_id() -> str:
    """An id that nobody guesses."""
    return secrets.token_urlsafe(32)


def digest_of(id: str) -> bytes:
    """What is stored of an id."""
    return hashlib.sha256(id.encode()).digest()


def form_token_of(id: str) -> str:
    """The token that the forms of a session carry: who has not the id cannot know it."""
    code = hmac.new(id.encode(), b"form", hashlib.sha256).digest()
    return urlsafe_b64encode(code).decode().rstrip("=")
