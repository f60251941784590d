"""The demo's mail server: it takes what is sent and keeps each message as a file."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.ports import LOOPBACK


@dataclass
class Postbox:
    """The messages that came, in their order, as ``0001.eml`` and so on."""

    folder: Path
    port: int = 0
    count: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def url(self) -> str:
        return f"smtp://{LOOPBACK}:{self.port}"

    def message(self, nth: int) -> EmailMessage:
        """The n-th message."""
        return message_from_bytes(self._file(nth).read_bytes(), policy=policy.default)

    async def handle_DATA(  # noqa: N802 — aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.count += 1
        self._file(self.count).write_bytes(envelope.original_content or b"")
        return "250 OK"

    def _file(self, nth: int) -> Path:
        return self.folder / f"{nth:04}.eml"


@asynccontextmanager
async def postbox(folder: Path) -> AsyncIterator[Postbox]:
    """A mail server on this machine, as long as one is inside."""
    box = Postbox(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(box, enable_SMTPUTF8=True, loop=loop), LOOPBACK, 0
    )
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
