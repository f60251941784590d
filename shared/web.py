"""What every endpoint is given: who calls, which day it is, one transaction."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response

from shared.clock import office_day
from shared.contracts.event import Actor
from shared.policy import allow
from shared.reference import Reference
from shared.refusals import Malformed, Refusal
from shared.work import Receipt, Tx

if TYPE_CHECKING:
    from shared.service import Backbone

__all__ = ["SIGNED_IN", "InTx", "Known", "Reading", "Receipt", "Today", "may"]

WAIT_SECONDS = 5.0
LONGEST_KEY = 200
LONGEST_SEQUENCE = 18


class DemoClockRefused(Refusal):
    """本系统没有以演示方式启动，不接受指定日期。"""

    status = 403


class WrongDay(Malformed):
    """日期“{text}”写法有误，应写作 2024-01-31。"""


class NotHeardYet(Refusal):
    """前一步的结果还没有传到这里，请稍后重试。"""

    status = 503


class WrongPosition(Malformed):
    """Huiban-After 的写法有误：{text}。"""


class WrongKey(Malformed):
    """Idempotency-Key 应有1至200个字符。"""


class KeyReused(Malformed):
    """同一个 Idempotency-Key 曾用于另一个请求，请换一个。"""


@dataclass(eq=False)
class AnsweredBefore(Exception):
    """This command was carried out before; the answer is the same."""

    status: int
    body: bytes


async def answer_again(_: Request, again: Exception) -> Response:
    """Send the stored answer."""
    assert isinstance(again, AnsweredBefore)
    return Response(
        again.body,
        status_code=again.status,
        media_type="application/json",
        headers={"Idempotent-Replayed": "true"},
    )


def backbone_of(request: Request) -> "Backbone":
    """The running service behind a request."""
    return request.app.state.backbone  # type: ignore[no-any-return]


async def signed_in(request: Request) -> Actor:
    """The caller whom a good token names."""
    return backbone_of(request).gatekeeper.caller(request.headers.get("authorization"))


def may(act: str) -> Any:
    """A dependency: the caller, if their post lets them do this act."""

    async def caller_who_may(request: Request) -> Actor:
        caller = await signed_in(request)
        allow(act, caller)
        return caller

    return Depends(caller_who_may)


async def day(request: Request) -> date:
    """The office's day; in a demo, the one that the request names."""
    said = request.headers.get("huiban-today")
    if said is None:
        return office_day()
    if not backbone_of(request).settings.huiban_demo:
        raise DemoClockRefused
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise WrongDay(text=said) from None


async def caught_up(request: Request) -> None:
    """Wait until this service has heard what the caller has already seen elsewhere."""
    said = request.headers.get("huiban-after")
    if said is None:
        return
    backbone = backbone_of(request)
    for position in said.split(","):
        if not position.strip():
            continue
        teller, _, rest = position.strip().partition("/")
        key, _, sequence = rest.rpartition("/")
        if not (teller and key and sequence.isdecimal() and len(sequence) <= LONGEST_SEQUENCE):
            raise WrongPosition(text=position[:80])
        if teller == backbone.service:
            continue
        source = f"/huiban/{teller}"
        if not await backbone.heard_by_then(source, key, int(sequence), seconds=WAIT_SECONDS):
            raise NotHeardYet


async def _known(request: Request) -> Reference:
    """The reference facts, looked up once a request.

    Who waits for a connection must not hold one: transactions look them up before they begin.
    """
    if not hasattr(request.state, "known"):
        request.state.known = await backbone_of(request).desk.reference()
    known: Reference = request.state.known
    return known


Known = Annotated[Reference, Depends(_known)]


# A dependency of a dependency costs as much as a statement of SQL: these call one another.
async def one_transaction(request: Request) -> AsyncIterator[Tx]:
    """Where a command is decided and recorded; with an Idempotency-Key, once."""
    backbone = backbone_of(request)
    caller = await signed_in(request)
    await caught_up(request)
    await _known(request)
    key = request.headers.get("idempotency-key")
    async with backbone.desk.transaction(trace=request.headers.get("traceparent")) as tx:
        if key is not None:
            await _claim(tx, caller, key, await _fingerprint(request))
        yield tx
        if key is not None:
            status = request.scope["route"].status_code or 200
            tx.remember_answer(caller.person, key, status=status)
    if tx.recorded:
        backbone.relay.wake()


async def _fingerprint(request: Request) -> bytes:
    seal = hashlib.sha256(f"{request.method} {request.url.path}\n".encode())
    seal.update(await request.body())
    return seal.digest()


async def _claim(tx: Tx, caller: Actor, key: str, fingerprint: bytes) -> None:
    """Make this key ours, or answer as before. A twin under way is waited for."""
    if not 1 <= len(key) <= LONGEST_KEY:
        raise WrongKey
    claimed = await tx.execute(
        "INSERT INTO answers (person, key, fingerprint) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        caller.person,
        key,
        fingerprint,
    )
    if claimed == "INSERT 0 1":
        return
    earlier = await tx.fetchrow(
        "SELECT fingerprint, status, body FROM answers WHERE person = $1 AND key = $2",
        caller.person,
        key,
    )
    assert earlier is not None
    if earlier["fingerprint"] != fingerprint:
        raise KeyReused
    raise AnsweredBefore(status=earlier["status"], body=earlier["body"])


async def one_look(request: Request) -> AsyncIterator[Tx]:
    """Where something is read."""
    backbone = backbone_of(request)
    await caught_up(request)
    await _known(request)
    async with backbone.desk.transaction() as tx:
        yield tx


# scope="function": commit before the response leaves, so that a 2xx is never a lie.
InTx = Annotated[Tx, Depends(one_transaction, scope="function")]
Reading = Annotated[Tx, Depends(one_look, scope="function")]
Today = Annotated[date, Depends(day)]
SIGNED_IN = [Depends(signed_in)]
