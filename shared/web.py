"""What every endpoint is given: who calls, which day it is, what is known, one transaction."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response

from shared.clock import office_day
from shared.contracts.event import Actor
from shared.contracts.registry import RulesPublished
from shared.envelope import source_of
from shared.identity import by_key
from shared.policy import Sight, allow, must_hold_post, sight_of
from shared.reference import Reference
from shared.refusals import Malformed, Refusal
from shared.work import AnsweredBefore, Once, Receipt, Tx

if TYPE_CHECKING:
    from shared.service import Backbone

__all__ = ["Act", "Call", "Look", "Reading", "Receipt", "may", "may_call", "may_see"]

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


def day(request: Request) -> date:
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
        if not await backbone.heard_by_then(
            source_of(teller), key, int(sequence), seconds=WAIT_SECONDS
        ):
            raise NotHeardYet


@dataclass(frozen=True, slots=True)
class Look:
    """What a reading endpoint is given: who asks, on which day, what is known, where to read."""

    tx: Tx
    caller: Actor
    today: date
    known: Reference

    @property
    def rules(self) -> RulesPublished:
        """The rule set in force on this day."""
        return self.known.rules_on(self.today)

    @property
    def sight(self) -> Sight:
        """Which proposals the caller may see."""
        return sight_of(self.caller, self.known)


@dataclass(frozen=True, slots=True)
class Act(Look):
    """What a command is given: the same, and a transaction that tells events when it commits."""

    def receipt(self) -> Receipt:
        """The answer to the command."""
        return self.tx.receipt()


@dataclass(frozen=True, slots=True)
class Call:
    """What an endpoint is given that sees to its transactions itself."""

    caller: Actor
    today: date
    known: Reference
    backbone: "Backbone"


def may(act: str) -> Any:
    """A dependency: the act of a caller whose post lets them do it.

    There is one for all that a command needs, since each further dependency costs a request as
    much as a statement of SQL. With the scope of a function it commits before the response
    leaves, so that a 2xx is never a lie. With an Idempotency-Key it is carried out once.
    """

    async def acting(request: Request) -> AsyncIterator[Act]:
        call = await _called(request, act)
        once = await _once(request, call.caller)
        trace = request.headers.get("traceparent")
        async with call.backbone.desk.transaction(trace=trace, once=once) as tx:
            yield Act(tx, call.caller, call.today, call.known)
        if tx.recorded:
            call.backbone.relay.wake()

    return Depends(acting, scope="function")


def may_see(act: str = "read") -> Any:
    """A dependency: the look of a caller whose post lets them see it."""

    async def looking(request: Request) -> AsyncIterator[Look]:
        call = await _called(request, act)
        async with call.backbone.desk.transaction() as tx:
            yield Look(tx, call.caller, call.today, call.known)

    return Depends(looking, scope="function")


def may_call(act: str) -> Any:
    """A dependency: the call of somebody whose post lets them do this; no transaction."""

    async def calling(request: Request) -> Call:
        return await _called(request, act)

    return Depends(calling)


async def _called(request: Request, act: str) -> Call:
    backbone = backbone_of(request)
    today = day(request)
    known = await backbone.desk.reference()
    said = request.headers.get("authorization")
    caller = by_key(said, known, act=act, on=today) or backbone.gatekeeper.caller(said)
    must_hold_post(caller, known, on=today)
    allow(act, caller)
    await caught_up(request)
    return Call(caller, today, known, backbone)


async def _once(request: Request, caller: Actor) -> Once | None:
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not 1 <= len(key) <= LONGEST_KEY:
        raise WrongKey
    seal = hashlib.sha256(f"{request.method} {request.url.path}\n".encode())
    seal.update(await request.body())
    status = request.scope["route"].status_code or 200
    return Once(caller.person, key, seal.digest(), status=status)


Reading = Annotated[Look, may_see()]
