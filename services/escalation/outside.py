"""Outside: how a message leaves the house. Whoever is not reached in time is away."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib
import httpx

from services.escalation.domain.channels import (
    TAKEN,
    Outcome,
    Post,
    outcome_of,
    outcome_of_robot,
    post_of,
)
from services.escalation.domain.digesting import Channel, Letter
from shared.clock import epoch_seconds
from shared.settings import Settings

PATIENCE_SECONDS = 10.0
AT_ONCE = 8  # requests to one receiver at a time


@dataclass(frozen=True, slots=True)
class Outside:
    """The channels that this installation has, each by its address."""

    addresses: Mapping[Channel, str]
    mail_from: str = "huiban@localhost"
    portal: str = ""
    patience: float = PATIENCE_SECONDS

    @classmethod
    def of(cls, settings: Settings) -> "Outside":
        """As the surroundings say; what has no address is not there."""
        found: dict[Channel, str] = {
            "mail": settings.huiban_smtp_url,
            "wecom": settings.huiban_wecom_url,
            "dingtalk": settings.huiban_dingtalk_url,
            "feishu": settings.huiban_feishu_url,
            "webhook": settings.huiban_webhook_url,
        }
        return cls(
            addresses={channel: url for channel, url in found.items() if url},
            mail_from=settings.huiban_mail_from,
            portal=settings.huiban_portal_url.rstrip("/"),
        )

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that are there."""
        return tuple(self.addresses)

    async def send(self, channel: Channel, letters: Sequence[Letter]) -> list[Outcome]:
        """What came of each letter, in their order. Never raises for what happens outside."""
        if channel == "mail":
            return await self._mail(letters)
        return await self._request(channel, letters)

    async def _mail(self, letters: Sequence[Letter]) -> list[Outcome]:
        """One connection for all. When it breaks, the rest is away without further waiting."""
        parts = urlsplit(self.addresses["mail"])
        client = aiosmtplib.SMTP(
            hostname=parts.hostname,
            port=parts.port,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=parts.scheme == "smtps",
            start_tls=False if parts.query == "starttls=no" else None,
            timeout=self.patience,
        )
        outcomes: list[Outcome] = []
        try:
            async with asyncio.timeout(self.patience):
                await client.connect()
            for letter in letters:
                outcomes.append(await self._mail_one(client, letter))
            await client.quit()
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            away = Outcome("away", _said(error))
            outcomes += [away] * (len(letters) - len(outcomes))
        finally:
            client.close()
        return outcomes

    async def _mail_one(self, client: aiosmtplib.SMTP, letter: Letter) -> Outcome:
        message = EmailMessage()
        message["From"] = self.mail_from
        message["To"] = letter.address
        message["Subject"] = letter.subject
        message["Message-ID"] = f"<{letter.delivery_id}.huiban@{self.mail_from.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        try:
            async with asyncio.timeout(self.patience):
                await client.send_message(message)
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = {one.code for one in error.recipients}
            return Outcome("refused" if min(codes) >= 500 else "away", _said(error))
        except aiosmtplib.SMTPResponseException as error:
            if error.code == 421:
                raise
            return Outcome("refused" if error.code >= 500 else "away", _said(error))
        except ValueError as error:
            return Outcome("refused", _said(error))  # an address that is none
        return TAKEN

    async def _request(self, channel: Channel, letters: Sequence[Letter]) -> list[Outcome]:
        judge = outcome_of if channel == "webhook" else outcome_of_robot
        room = asyncio.Semaphore(AT_ONCE)
        url = self.addresses[channel]

        async def one(client: httpx.AsyncClient, letter: Letter) -> Outcome:
            async with room:
                post = post_of(channel, letter, url=url, at=int(epoch_seconds()))
                status, body, why = await post_out(client, post, patience=self.patience)
                return Outcome("away", why) if status is None else judge(status, body)

        async with outgoing() as client:
            return list(await asyncio.gather(*(one(client, letter) for letter in letters)))


def outgoing() -> httpx.AsyncClient:
    """A client that goes where it is told and nowhere else."""
    return httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=None)


async def post_out(
    client: httpx.AsyncClient, post: Post, *, patience: float
) -> tuple[int | None, bytes, str]:
    """Status and body of the answer; no status and the reason where there was none in time."""
    try:
        async with asyncio.timeout(patience):
            answer = await client.post(post.url, content=post.body, headers=dict(post.headers))
            return answer.status_code, answer.content, ""
    except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError) as error:
        return None, b"", _said(error)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
