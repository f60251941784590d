"""Units, what they are there for, and who took over from whom."""

from typing import Annotated

from fastapi import APIRouter

from services.registry import store
from services.registry.api.asking import Code, Limit, OnDay, Text
from services.registry.commands import (
    Kind,
    Level,
    NameSuccessors,
    RegisterUnit,
    RenameUnit,
    SetDuties,
)
from services.registry.domain.naming_successors import name_successors
from services.registry.domain.registering_units import register_unit
from services.registry.domain.renaming_units import rename_unit
from services.registry.domain.standing import must_stand_as_seen
from services.registry.views import (
    UNSIGNED,
    Named,
    Successions,
    Units,
    UnitStory,
    each_unsigned,
)
from shared.contracts.registry import Duty, UnitLevel, UnitRegistered
from shared.web import Act, Reading, Receipt, may

router = APIRouter()

Keeper = Annotated[Act, may("registry.units")]


@router.put("/units/{code}")
async def put_unit(code: Code, command: RegisterUnit, act: Keeper) -> Receipt:
    """Register a unit, or change how it stands. The parent may be given by code or any name."""
    register = await store.lock_register(act.tx)
    must_stand_as_seen(register.units.get(code), stand=command.stand)
    unit = UnitRegistered(
        code=code,
        name=command.name,
        short_name=command.short_name,
        aliases=tuple(command.aliases),
        level=UnitLevel(command.level),
        parent=register.unit(command.parent).code if command.parent else None,
        source=command.source,
        kind=command.kind or "",
        duties=_duties(command),
        since=command.since,
        until=command.until,
    )
    told = register_unit(register, unit=unit)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.put("/units/{code}/duties")
async def put_duties(code: Code, command: SetDuties, act: Keeper) -> Receipt:
    """Say anew what a unit is there for; the rest of it stays as it is."""
    register = await store.lock_register(act.tx)
    must_stand_as_seen(register.unit(code), stand=command.stand)
    unit = register.unit(code).model_copy(update={"duties": _duties(command)})
    told = register_unit(register, unit=unit)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/units/{code}/rename")
async def post_rename(code: Code, command: RenameUnit, act: Keeper) -> Receipt:
    """Give a unit another name; its code, its work and its people stay."""
    register = await store.lock_register(act.tx)
    told = rename_unit(
        register,
        unit=code,
        name=command.name,
        short_name=command.short_name,
        aliases=command.aliases,
        on=command.on,
        source=command.source,
        today=act.today,
    )
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/successions", status_code=201)
async def post_succession(command: NameSuccessors, act: Keeper) -> Receipt:
    """Register that a unit is gone, and to which units of today its work went."""
    register = await store.lock_register(act.tx)
    told = name_successors(
        register,
        old_name=command.old_name,
        successors=command.successors,
        how=command.how,
        on=command.on,
        year=command.year,
        source=command.source,
        today=act.today,
    )
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.get("/units", response_model_exclude=each_unsigned("units"))
async def get_units(
    look: Reading,
    level: Level | None = None,
    kind: Kind | None = None,
    parent: Text | None = None,
    named: Text | None = None,
    on: OnDay | None = None,
    after: Text | None = None,
    limit: Limit = 100,
) -> Units:
    """Units, by level, kind or parent, or the one of a name; a part of a name finds nothing.

    With ``on``, those that stood on that day.
    """
    return await store.units(
        look.tx,
        level=level,
        kind=kind,
        parent=parent,
        named=named,
        on=on,
        after=after,
        limit=limit,
    )


@router.get("/units/{code}", response_model_exclude=UNSIGNED)
async def get_unit(code: Code, look: Reading) -> UnitStory:
    """A unit, gone or not: what it was called, whose work came to it, to whom its own went."""
    return await store.unit(look.tx, code)


@router.get("/successions", response_model_exclude=each_unsigned("successions"))
async def get_successions(
    look: Reading, of: Text | None = None, after: Text | None = None, limit: Limit = 100
) -> Successions:
    """Units that are gone or had other names, and their successors; of one unit, both ways."""
    return await store.successions(look.tx, of=of, after=after, limit=limit)


@router.get("/then-and-now")
async def get_then_and_now(look: Reading, named: Text, on: OnDay | None = None) -> Named:
    """What a unit was called on a day, and who stands for it today where that differs."""
    day = on or look.today
    found = look.known.then_and_now(named, day)
    return Named(on=day, then=found.then, now=found.now, says=found.says)


def _duties(command: RegisterUnit | SetDuties) -> tuple[Duty, ...]:
    return tuple(Duty(**dict(one)) for one in command.duties)
