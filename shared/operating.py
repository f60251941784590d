"""What operators and machines ask of any service: health, figures, parked events."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import Field, StringConstraints

from shared import parking
from shared.commanding import Command, Plain
from shared.postgres import migrations
from shared.web import Act, Look, Receipt, backbone_of, may, may_see

router = APIRouter()

Operator = Annotated[Act, may("parking.operate")]
Inspector = Annotated[Look, may_see("parking.operate")]


class Redrive(Command):
    """Try a parked event again, for a reason."""

    reason: Annotated[Plain, StringConstraints(min_length=1, max_length=500)]


class Correct(Redrive):
    """Try a corrected copy of a parked event; the data as JSON text."""

    value: str = Field(max_length=900_000)


class Skip(Redrive):
    """Go on without a parked event."""


@router.get("/live", include_in_schema=False)
async def live() -> dict[str, str]:
    """The event loop answers."""
    return {"status": "live"}


@router.get("/ready", include_in_schema=False)
async def ready(request: Request) -> Response:
    """May this process be given work. Lag and parked events are alarms, not readiness."""
    backbone = backbone_of(request)
    missing = []
    if not backbone.ready_to_serve:
        missing.append(f"正在等待{backbone.waits_for}")
    else:
        missing += [f"循环{loop}没有心跳" for loop in backbone.beats.stale()]
        try:
            async with backbone.desk.transaction() as tx:
                newest = await tx.fetchval("SELECT max(name) FROM migrations")
        except Exception:
            missing.append("数据库不可用")
        else:
            known = migrations(f"services.{backbone.service}")
            if newest != max(name for name, _ in known):
                missing.append(f"数据库结构版本{newest}与程序不符")
        if backbone.listener is None or not backbone.listener.joined():
            missing.append("尚未加入Kafka消费组")
    return JSONResponse(
        {"ready": not missing, "missing": missing}, status_code=503 if missing else 200
    )


@router.get("/metrics", include_in_schema=False)
async def figures(request: Request) -> Response:
    """For Prometheus."""
    backbone_of(request).beats.ages()
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@router.get("/progress", include_in_schema=False)
async def progress(request: Request) -> dict[str, Any]:
    """How far telling and hearing have come; cheap, and asks Kafka nothing."""
    return await backbone_of(request).progress()


@router.get("/status", include_in_schema=False)
async def status(request: Request) -> dict[str, Any]:
    """What there is to do still: outbox, lag, parked."""
    return await backbone_of(request).measure()


@router.get("/parked", tags=["parked"])
async def parked(
    look: Inspector, after: int = 0, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> list[dict[str, Any]]:
    """搁置的事件，按先后排列。"""
    return [asdict(one) for one in await parking.listing(look.tx, after=after, limit=limit)]


@router.get("/parked/{parked_id}", tags=["parked"])
async def one_parked(parked_id: int, look: Inspector) -> dict[str, Any]:
    """一条搁置的事件及其内容。"""
    return asdict(await parking.one(look.tx, parked_id))


@router.post("/parked/{parked_id}/redrive", tags=["parked"])
async def redrive(parked_id: int, command: Redrive, act: Operator) -> Receipt:
    """重新处理一条搁置的事件。"""
    await parking.redrive(act.tx, parked_id, by=act.caller.person, reason=command.reason)
    return act.receipt()


@router.post("/parked/{parked_id}/correct", tags=["parked"])
async def correct(parked_id: int, command: Correct, act: Operator) -> Receipt:
    """以更正后的内容处理一条搁置的事件；原内容留在审计中。"""
    await parking.correct(
        act.tx, parked_id, value=command.value.encode(), by=act.caller.person, reason=command.reason
    )
    return act.receipt()


@router.post("/parked/{parked_id}/skip", tags=["parked"])
async def skip(parked_id: int, command: Skip, act: Operator) -> Receipt:
    """放弃一条搁置的事件，后面的继续处理。"""
    await parking.skip(act.tx, parked_id, by=act.caller.person, reason=command.reason)
    return act.receipt()
