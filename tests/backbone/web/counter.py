"""A counter at which something can be noted: the smallest service that takes commands over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

import httpx
from fastapi import APIRouter, FastAPI, Query
from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.event import ProposalId
from shared.contracts.intake import ProposalDeclined
from shared.hearing import Ears
from shared.identity import mint
from shared.refusals import Refusal
from shared.service import Backbone, dress
from shared.settings import Settings
from shared.web import Act, Reading, Receipt, may
from tests.backbone.conftest import Lab
from tests.world import Keys

router = APIRouter()

Reviewing = Annotated[Act, may("intake.review")]

SERVICE = "reply"
SECRET = "内部细节"
NOTHING: tuple[list[str], list[str], int] = ([], [], 0)
TABLES = """
    DROP TABLE IF EXISTS noted, numbers, promised;
    CREATE TABLE noted (n bigint GENERATED ALWAYS AS IDENTITY, key text, number text);
    CREATE TABLE numbers (n bigint PRIMARY KEY);
    CREATE TABLE promised (noted bigint REFERENCES numbers DEFERRABLE INITIALLY DEFERRED);
    TRUNCATE streams, events, cursors, inbox, parked, park_actions, reference, answers
        RESTART IDENTITY
"""


class NotLikedHere(Refusal):
    """“{text}”不能记录在此。"""


class Note(BaseModel):
    """What is to be noted."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=100)
    count: int = 1


@router.post("/notes/{key}", status_code=201)
async def note_down(
    key: ProposalId,
    note: Note,
    act: Reviewing,
) -> Receipt:
    """Note it, tell of it; refuse afterwards what is not liked here."""
    await act.tx.lock(key)
    await act.tx.execute("INSERT INTO noted (key, number) VALUES ($1, $2)", key, note.text)
    act.tx.record(
        ProposalDeclined(
            proposal_id=key, by=act.caller, on=act.today, reason_code="note", reason=note.text
        )
    )
    if note.text == "不喜欢":
        raise NotLikedHere(text=note.text)
    if note.text == "出错":
        raise RuntimeError(SECRET)
    if note.text == "慢":
        await asyncio.sleep(0.05)
    return act.receipt()


@router.post("/promises/{key}")
async def promise(key: ProposalId, act: Reviewing) -> Receipt:
    """Refer to a note that need not be there before the end of the transaction."""
    await act.tx.lock(key)
    await act.tx.execute("INSERT INTO promised (noted) VALUES (-1)")
    return act.receipt()


@router.get("/notes")
async def notes(
    look: Reading,
    after: int = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[str]:
    """What was noted."""
    rows = await look.tx.fetch(
        "SELECT number FROM noted WHERE n > $1::bigint ORDER BY n LIMIT $2", after, limit
    )
    return [row["number"] for row in rows]


@router.get("/units/{name}")
async def unit(name: str, look: Reading) -> str:
    """The code of a unit."""
    return look.known.unit(name).code


@router.get("/today")
async def which_day(look: Reading) -> date:
    """The day it is here."""
    return look.today


@dataclass
class Counter:
    """The counter, and someone who stands at it."""

    lab: Lab
    keys: Keys
    client: httpx.AsyncClient
    backbone: Backbone
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    def token(self, post: str = "committee", person: str = "提案委王") -> str:
        """A good token, the same each time."""
        who = (post, person)
        if who not in self.tokens:
            self.tokens[who] = mint(
                self.keys.private, person=person, name=person, post=post, unit="C001"
            )
        return self.tokens[who]

    async def say(
        self,
        text: str,
        *,
        key: str = "p1",
        once: str | None = None,
        post: str = "committee",
        person: str = "提案委王",
        more: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Have something noted."""
        headers = {"Authorization": f"Bearer {self.token(post, person)}", **(more or {})}
        if once is not None:
            headers["Idempotency-Key"] = once
        return await self.client.post(f"/notes/{key}", json={"text": text}, headers=headers)

    async def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """Send anything at all, signed in."""
        headers = {"Authorization": f"Bearer {self.token()}", **request.pop("headers", {})}
        return await self.client.request(method, path, headers=headers, **request)

    async def left_behind(self) -> tuple[list[str], list[str], int]:
        """What the database holds: notes, events, answers kept for a second request."""
        async with self.lab.desk.transaction() as tx:
            noted = [row["number"] for row in await tx.fetch("SELECT number FROM noted ORDER BY n")]
            told = [row["type"] for row in await tx.fetch("SELECT type FROM events ORDER BY seq")]
            answers = await tx.fetchval("SELECT count(*) FROM answers")
        return noted, told, answers


def put_together(database_url: str, keys: Keys, *, demo: bool = False) -> FastAPI:
    """The counter's app; it uses the schema of a service whose own tables it does not touch."""
    settings = Settings(
        database_url=database_url,
        kafka_bootstrap_servers="127.0.0.1:1",
        huiban_public_key=keys.public,
        huiban_demo=demo,
    )
    app = FastAPI()
    dress(app, Backbone(settings, service=SERVICE, ears=Ears(SERVICE)))
    app.include_router(router)
    return app


def client_of(app: FastAPI) -> httpx.AsyncClient:
    """Someone who calls, and is not told of our errors in any other way than a real caller."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://counter")


@asynccontextmanager
async def opened(app: FastAPI, keys: Keys) -> AsyncIterator[Counter]:
    """The counter on its database, with nothing noted yet."""
    backbone: Backbone = app.state.backbone
    async with backbone.at_desk(), client_of(app) as client:
        await backbone.desk.pool.execute(TABLES)
        yield Counter(Lab(backbone.desk, ears=backbone.ears), keys, client, backbone)


def is_problem(answer: httpx.Response, status: int, code: str) -> bool:
    """Whether this is a complete problem document of that kind, with a Chinese sentence."""
    body = answer.json()
    return (
        answer.status_code == status
        and answer.headers["content-type"] == "application/problem+json"
        and body["type"] == f"urn:huiban:problem:{code}"
        and body["code"] == code
        and body["status"] == status
        and bool(body["title"])
        and any("\u4e00" <= character <= "\u9fff" for character in body["detail"])
    )
