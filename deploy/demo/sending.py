"""Sending: an act goes to its service, signed by its actor, until the service has answered."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

import httpx

from deploy.demo.acts import Act
from deploy.demo.cast import Person
from deploy.troubles import Trouble
from shared.clock import epoch_seconds
from shared.identity import mint
from shared.work import Receipt

PATIENCE_SECONDS = 60.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.05, 1.0
TOKEN_MINUTES = 15.0
RENEWED_BEFORE_SECONDS = 300.0
SWEPT = ("near", "missed", "reminders", "flagged", "supervised")
DELIVERED = ("taken", "failed")
LATER = {HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


class ActRefused(Trouble):
    """{on}，{who}：{why}。{service}没有接受：{sentence}（{status}，{path}）"""


class NoAnswer(Trouble):
    """{service}超过{seconds:.0f}秒没有应答（{why}），演示停在{on}的这一步：{act}。"""


class Tokens:
    """One token per person, made anew before it runs out."""

    def __init__(self, signing_key: Path) -> None:
        self._signing_key = signing_key
        self._minted: dict[Person, tuple[str, float]] = {}

    def of(self, person: Person) -> str:
        now = epoch_seconds()
        token, until = self._minted.get(person, ("", 0.0))
        if now >= until:
            token = mint(
                self._signing_key,
                person=person.person,
                name=person.name,
                post=person.post,
                unit=person.unit,
                minutes=TOKEN_MINUTES,
            )
            until = now + TOKEN_MINUTES * 60 - RENEWED_BEFORE_SECONDS
            self._minted[person] = token, until
        return token


class Sender:
    """Sends acts, and remembers how far each proposal's story has come in each service."""

    def __init__(
        self, client: httpx.AsyncClient, *, addresses: Mapping[str, str], signing_key: Path
    ) -> None:
        self._client = client
        self._addresses = addresses
        self._tokens = Tokens(signing_key)
        self._reached: dict[str, dict[str, int]] = defaultdict(dict)

    async def send(self, act: Act) -> int:
        """How many events the act caused. A service that is away is asked again, same key.

        Raises:
            ActRefused: the service says no.
            NoAnswer: it has been away for too long.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        pause = FIRST_PAUSE_SECONDS
        while True:
            answer = await self._ask(act)
            if isinstance(answer, int):
                return answer
            if time.monotonic() + pause > deadline:
                raise NoAnswer(
                    service=act.service,
                    seconds=PATIENCE_SECONDS,
                    why=answer,
                    on=act.on,
                    act=act.why,
                )
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _ask(self, act: Act) -> int | str:
        """How many events were told, or why to ask again."""
        try:
            response = await self._client.request(
                act.method,
                self._addresses[act.service] + act.path,
                json=act.body,
                headers=self._headers(act),
            )
        except httpx.TransportError as error:
            return repr(error)
        if response.is_success:
            return self._understand(act, response)
        if response.is_server_error or response.status_code in LATER:
            return _sentence(response)
        raise ActRefused(
            on=act.on,
            who=act.who.name,
            why=act.why,
            service=act.service,
            sentence=_sentence(response),
            status=response.status_code,
            path=act.path,
        )

    def _headers(self, act: Act) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self._tokens.of(act.who)}",
            "Huiban-Today": act.on.isoformat(),
            "Huiban-After": ", ".join(self._heard_elsewhere(act)),
            "Idempotency-Key": str(act.key),
        }

    def _heard_elsewhere(self, act: Act) -> list[str]:
        return [
            f"{service}/{key}/{sequence}"
            for key in act.concerns
            for service, sequence in self._reached[key].items()
            if service != act.service
        ]

    def _understand(self, act: Act, response: httpx.Response) -> int | str:
        """A receipt tells how far the story has come; what goes through all only counts."""
        body = response.json()
        if act.path == "/sweep":
            if body["failed"]:
                return f"{body['failed']}件提案没有巡查成功"
            return sum(int(body[count]) for count in SWEPT)
        if act.path == "/deliver":
            return sum(int(body[count]) for count in DELIVERED)
        receipt = Receipt.model_validate(body) if "events" in body else Receipt(events=[])
        for told in receipt.events:
            reached = self._reached[told.key]
            reached[told.source] = max(told.sequence, reached.get(told.source, 0))
        return len(receipt.events)


def _sentence(response: httpx.Response) -> str:
    """What a problem document says to people, with each finding of a faulty list."""
    try:
        problem = response.json()
        findings = (
            f"第{finding['row']}行{finding['says']}" if "row" in finding else finding["says"]
            for finding in problem.get("findings", ())
        )
        return " ".join((problem["detail"], *findings))
    except (ValueError, KeyError, TypeError, AttributeError):
        return response.text[:200] or HTTPStatus(response.status_code).phrase
