"""Calling the services: with the person's own token, once, and waiting until the portal has heard.

The portal decides nothing: a command goes to the service whose act it is, and what the service
answers is shown.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from services.portal.viewing import View
from shared.settings import Settings

PATIENCE_SECONDS = 20.0
AWAY = {
    "detail": "办理这件事的服务暂时不可用，填写的内容还在，请稍后再提交。",
    "code": "service-away",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered."""

    status: int
    body: Mapping[str, Any]

    @property
    def done(self) -> bool:
        """Whether the act was done."""
        return self.status < 400

    @property
    def positions(self) -> list[tuple[str, str, int]]:
        """Where the events of this act stand: source, key, sequence."""
        return [
            (f"/huiban/{one['source']}", one["key"], one["sequence"])
            for one in self.body.get("events", ())
        ]


class Callers:
    """A client for each service."""

    def __init__(self, clients: Mapping[str, httpx.AsyncClient]) -> None:
        self._clients = clients

    async def send(
        self,
        service: str,
        method: str,
        path: str,
        *,
        token: str,
        command: Any = None,
        once: str | None = None,
        today: str | None = None,
        after: str | None = None,
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Answer:
        """Have a command carried out, or ask something; a service that is away says so."""
        headers = {"Authorization": token}
        headers |= {"Idempotency-Key": once} if once else {}
        headers |= {"Huiban-Today": today} if today else {}
        headers |= {"Huiban-After": after} if after else {}
        headers |= {"Content-Type": "application/octet-stream"} if content is not None else {}
        client = self._clients.get(service)
        if client is None:  # the surroundings name no address for it
            return Answer(503, AWAY)
        try:
            response = await client.request(
                method, path, json=command, content=content, params=params, headers=headers
            )
            body = response.json() if response.content else {}
        except (httpx.HTTPError, ValueError):
            return Answer(503, AWAY)
        return Answer(response.status_code, body if isinstance(body, dict) else {"items": body})

    async def content(
        self, service: str, path: str, *, token: str, today: str | None = None
    ) -> bytes | None:
        """A file that a service keeps; None where it has none to give, or is away."""
        headers = {"Authorization": token} | ({"Huiban-Today": today} if today else {})
        client = self._clients.get(service)
        if client is None:
            return None
        try:
            response = await client.get(path, headers=headers)
        except httpx.HTTPError:
            return None
        return response.content if response.status_code < 400 else None


@asynccontextmanager
async def open_callers(settings: Settings) -> AsyncIterator[Callers]:
    """Clients for the addresses that the surroundings name."""
    clients = {
        service: httpx.AsyncClient(base_url=address, timeout=PATIENCE_SECONDS)
        for service, address in settings.services().items()
    }
    try:
        yield Callers(clients)
    finally:
        for client in clients.values():
            await client.aclose()


async def ask(view: View, service: str, path: str, *, method: str = "GET", **more: Any) -> Answer:
    """Have a service tell or do something, in the reader's name and on the day shown."""
    return await _callers(view).send(
        service, method, path, token=view.must_be_signed_in(), today=_shown(view), **more
    )


async def ask_for_file(view: View, service: str, path: str) -> bytes | None:
    """A file that a service keeps; None where it has none to give, or is away."""
    return await _callers(view).content(
        service, path, token=view.must_be_signed_in(), today=_shown(view)
    )


def _callers(view: View) -> Callers:
    callers: Callers = view.request.app.state.callers
    return callers


def _shown(view: View) -> str | None:
    return view.today.isoformat() if view.is_demo else None
