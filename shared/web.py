"""What every endpoint is given: who calls, which day it is, one transaction."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import Response
from fastapi.security import HTTPBearer

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

Token = HTTPBearer(auto_error=False, bearerFormat="JWT", description="`huiban token`签发的令牌。")
Once = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        description="同一个键再次提交，得到同样的回答，不会重复生效。",
    ),
]
After = Annotated[
    str | None,
    Header(
        alias="Huiban-After",
        description="先等到这些事件在此生效：服务/键/序号，多个以逗号分隔。",
    ),
]
DemoDay = Annotated[
    str | None, Header(alias="Huiban-Today", description="演示中的日期；平时不接受。")
]


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


async def _caller(request: Request, _: Annotated[object, Depends(Token)]) -> Actor:
    return backbone_of(request).gatekeeper.caller(request.headers.get("authorization"))


def may(act: str) -> Any:
    """A dependency: the caller, if their post lets them do this act."""

    async def caller_who_may(caller: Annotated[Actor, Depends(_caller)]) -> Actor:
        allow(act, caller)
        return caller

    return Depends(caller_who_may)


async def _today(request: Request, huiban_today: DemoDay = None) -> date:
    if huiban_today is None:
        return office_day()
    if not backbone_of(request).settings.huiban_demo:
        raise DemoClockRefused
    try:
        return date.fromisoformat(huiban_today)
    except ValueError:
        raise WrongDay(text=huiban_today) from None


async def _wait_for(request: Request, huiban_after: After = None) -> None:
    """Wait until this service has heard what the caller has already seen elsewhere."""
    backbone = backbone_of(request)
    for position in (huiban_after or "").split(","):
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
    return await backbone_of(request).desk.reference()


# Who waits for a connection must not hold one: the reference facts are looked up before.
Known = Annotated[Reference, Depends(_known)]


async def _transaction(
    request: Request,
    caller: Annotated[Actor, Depends(_caller)],
    _: Annotated[None, Depends(_wait_for)],
    __: Known,
    idempotency_key: Once = None,
) -> AsyncIterator[Tx]:
    backbone, key = backbone_of(request), idempotency_key
    async with backbone.desk.transaction(trace=request.headers.get("traceparent")) as tx:
        if key is not None:
            await _claim(tx, caller, key, await _fingerprint(request))
        yield tx
        if key is not None:
            await tx.execute(
                "UPDATE answers SET status = $3, body = $4 WHERE person = $1 AND key = $2",
                caller.person,
                key,
                request.scope["route"].status_code or 200,
                tx.receipt().model_dump_json().encode(),
            )
    if tx.recorded:
        backbone.relay.wake()


async def _fingerprint(request: Request) -> bytes:
    seal = hashlib.sha256(f"{request.method} {request.url.path}\n".encode())
    seal.update(await request.body())
    return seal.digest()


async def _claim(tx: Tx, caller: Actor, key: str, fingerprint: bytes) -> None:
    """Make this key ours, or answer as before. A twin under way is waited for."""
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


async def _reading(
    request: Request, _: Annotated[None, Depends(_wait_for)], __: Known
) -> AsyncIterator[Tx]:
    async with backbone_of(request).desk.transaction() as tx:
        yield tx


# scope="function": commit before the response leaves, so that a 2xx is never a lie.
InTx = Annotated[Tx, Depends(_transaction, scope="function")]
Reading = Annotated[Tx, Depends(_reading, scope="function")]
Today = Annotated[date, Depends(_today)]
SIGNED_IN = [Depends(_caller)]
