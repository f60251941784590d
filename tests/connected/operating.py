"""The operator at the terminal and at the services' addresses."""

import asyncio
import os
import sys
from dataclasses import dataclass
from typing import Any

import httpx

from deploy.asking import operator_token
from deploy.local.parts import LocalParts
from deploy.places import PROJECT
from deploy.services import SERVICES
from tests.inside import everywhere
from tests.waiting import PATIENCE_SECONDS, comes_true

NOT_PASSED_ON = ("HUIBAN_", "KAFKA_", "DATABASE_")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    said: str
    complained: str


@dataclass(frozen=True)
class Operator:
    """Somebody who looks after an installation."""

    parts: LocalParts

    async def types(self, *words: str) -> Ran:
        """Run ``huiban …`` for this installation, as at a terminal."""
        surroundings = {
            name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deploy.cli", *words, "--root", str(self.parts.places.root)),
            cwd=PROJECT,
            env={**surroundings, "COLUMNS": "200"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(PATIENCE_SECONDS):
            said, complained = await process.communicate()
        return Ran(process.returncode or 0, said.decode(), complained.decode())

    async def asks(
        self,
        method: str,
        service: str,
        path: str,
        *,
        body: object = None,
        once: str | None = None,
        person: str = "operator.connected",
    ) -> httpx.Response:
        """Ask a service; ``once`` is the request's Idempotency-Key."""
        token = operator_token(self.parts.addresses, person=person)
        headers = {"Authorization": f"Bearer {token}"}
        if once is not None:
            headers["Idempotency-Key"] = once
        async with httpx.AsyncClient(timeout=60, headers=headers) as client:
            url = self.parts.addresses.url(service) + path
            return await client.request(method, url, json=body)

    async def proposes(
        self, year: int, *, days: list[dict[str, Any]], once: str | None = None
    ) -> httpx.Response:
        """Enter a year's working days, for somebody else to confirm."""
        path = f"/calendars/{year}/propose"
        body = {"source": "测试", "days": days}
        return await self.asks("POST", "registry", path, body=body, once=once)

    async def announces(self, year: int, *, days: list[dict[str, Any]]) -> None:
        """Enter a year's working days, and confirm them as somebody else."""
        proposed = await self.proposes(year, days=days)
        proposed.raise_for_status()
        body = {"proposal": proposed.json()["events"][0]["data"]["proposal"]}
        path = f"/calendars/{year}/confirm"
        confirmed = await self.asks("POST", "registry", path, body=body, person="operator.second")
        confirmed.raise_for_status()

    async def registers(self, person: str, *, once: str | None = None) -> httpx.Response:
        """Enter a person into the registry: a fact that every service hears."""
        body = {"name": "测试人员", "posts": [{"post": "proposer", "unit": "C003"}]}
        return await self.asks("PUT", "registry", f"/people/{person}", body=body, once=once)

    async def until_all_know(self, person: str) -> None:
        """Wait until every service has heard of a person."""
        key = f"person/{person}"

        async def all_know() -> bool:
            known = await everywhere(self.parts, "reference WHERE key = $1", key)
            return known == dict.fromkeys(SERVICES, 1)

        await comes_true(all_know)

    async def figures(self, service: str) -> dict[str, float]:
        """What Prometheus reads of a service, measured just now."""
        (await self.asks("GET", service, "/status")).raise_for_status()
        text = (await self.asks("GET", service, "/metrics")).text
        lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in lines}

    async def status(self, service: str) -> dict[str, Any]:
        """What a service has still to do."""
        status: dict[str, Any] = (await self.asks("GET", service, "/status")).json()
        return status
