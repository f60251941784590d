"""Real servers that messages leave the house for: they take, refuse, are in trouble, or hang."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic_core import from_json


@dataclass
class Request:
    """What an HTTP receiver was sent."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> Any:
        """The body, which is JSON."""
        return from_json(self.body)


@dataclass
class Receiver:
    """An HTTP server; ``status`` is what it answers, None that it never does."""

    status: int | None = 200
    body: bytes = b"{}"
    refuses: set[str] = field(default_factory=set)  # bodies with these words get a 422
    requests: list[Request] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)  # something was sent
    port: int = 0
    _server: asyncio.Server | None = None
    _gone: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def come(self) -> None:
        """Be there, at the same address as before."""
        self._gone.clear()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def go(self) -> None:
        """Nobody answers at the address any more."""
        self._gone.set()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                pairs = (line.split(": ", 1) for line in head[1:] if line)
                headers = {name.lower(): value for name, value in pairs}
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                self.requests.append(Request(head[0].split(" ")[1], headers, body))
                self.came.set()
                if self.status is None:
                    await self._gone.wait()
                    break
                refused = any(word.encode() in body for word in self.refuses)
                status = 422 if refused else self.status
                writer.write(
                    f"HTTP/1.1 {status} Said\r\nContent-Length: {len(self.body)}\r\n\r\n".encode()
                    + self.body
                )
                await writer.drain()
        writer.close()


@asynccontextmanager
async def receiver(status: int | None = 200, *, body: bytes = b"{}") -> AsyncIterator[Receiver]:
    """An HTTP server on this machine."""
    here = Receiver(status, body)
    await here.come()
    try:
        yield here
    finally:
        await here.go()


@dataclass
class Postbox:
    """A mail server; ``answer`` is what it says to each message, None that it never does."""

    answer: str | None = "250 OK"
    knows: set[str] | None = None  # recipients; of others it knows nothing
    messages: list[EmailMessage] = field(default_factory=list)
    port: int = 0
    _server: asyncio.Server | None = None
    _gone: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def come(self) -> None:
        """Be there, at the same address as before."""
        self._gone.clear()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, enable_SMTPUTF8=True, loop=loop), "127.0.0.1", self.port
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def go(self) -> None:
        """Nobody answers at the address any more."""
        self._gone.set()
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    async def handle_RCPT(  # noqa: N802 — aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.knows is not None and address not in self.knows:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.answer is None:
            await self._gone.wait()
            return "421 going"
        if self.answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            found = message_from_bytes(content, policy=policy.default)
            assert isinstance(found, EmailMessage)
            self.messages.append(found)
        return self.answer


@asynccontextmanager
async def postbox(answer: str | None = "250 OK") -> AsyncIterator[Postbox]:
    """A mail server on this machine."""
    here = Postbox(answer)
    await here.come()
    try:
        yield here
    finally:
        await here.go()
