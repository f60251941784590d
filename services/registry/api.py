"""What people may ask of the registry: keep a fact, or show what stands."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.registry import store
from services.registry.commands import (
    AnnounceYear,
    Level,
    NameSuccessors,
    PostName,
    PublishRules,
    RegisterPerson,
    RegisterUnit,
    SeedPlace,
    Year,
)
from services.registry.domain.announcing_years import announce_year
from services.registry.domain.naming_successors import name_successors
from services.registry.domain.publishing_rules import publish_rules
from services.registry.domain.registering_people import register_person
from services.registry.domain.registering_units import register_unit
from services.registry.domain.seeding import seed
from services.registry.starting_data import starting_data
from services.registry.views import People, RuleSets, Successions, Units
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.registry import (
    CalendarYearAnnounced,
    HeldPost,
    PersonRegistered,
    Post,
    RulesPublished,
    UnitLevel,
    UnitRegistered,
)
from shared.web import Act, Reading, Receipt, may

router = APIRouter()

Keeper = Annotated[Act, may("registry.keep")]
Code = Annotated[UnitCode, Path(pattern=r"^[A-Z][0-9]{2,4}$")]
Person = Annotated[PersonId, Path(pattern=r"^[A-Za-z0-9._-]{1,60}$")]
Rules = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$")]
Limit = Annotated[int, Query(ge=1, le=200)]


@router.post("/seed")
async def seed_place(command: SeedPlace, act: Keeper) -> Receipt:
    """Load what is prepared for a place; what stands like that already is not told again."""
    wanted = starting_data(command.place)
    register = await store.lock_register(act.tx)
    await store.record(act.tx, *seed(register, wanted=wanted))
    return act.receipt()


@router.put("/units/{code}")
async def put_unit(code: Code, command: RegisterUnit, act: Keeper) -> Receipt:
    """Register a unit, or change how it stands. The parent may be given by code or any name."""
    register = await store.lock_register(act.tx)
    unit = UnitRegistered(
        code=code,
        name=command.name,
        short_name=command.short_name,
        aliases=tuple(command.aliases),
        level=UnitLevel(command.level),
        parent=register.unit(command.parent).code if command.parent else None,
        source=command.source,
    )
    await store.record(act.tx, *register_unit(register, unit=unit))
    return act.receipt()


@router.post("/successions", status_code=201)
async def post_succession(command: NameSuccessors, act: Keeper) -> Receipt:
    """Register that a unit is gone, and to which units of today its work went."""
    register = await store.lock_register(act.tx)
    succession = name_successors(
        register,
        old_name=command.old_name,
        successors=command.successors,
        year=command.year,
        source=command.source,
    )
    await store.record(act.tx, *succession)
    return act.receipt()


@router.put("/people/{person}")
async def put_person(person: Person, command: RegisterPerson, act: Keeper) -> Receipt:
    """Register a person with all posts held now."""
    register = await store.lock_register(act.tx)
    registered = PersonRegistered(
        person=person,
        name=command.name,
        posts=tuple(
            HeldPost(post=Post(held.post), unit=register.unit(held.unit).code)
            for held in command.posts
        ),
    )
    await store.record(act.tx, *register_person(register, person=registered))
    return act.receipt()


@router.put("/calendars/{year}")
async def put_calendar(
    year: Annotated[Year, Path()], command: AnnounceYear, act: Keeper
) -> Receipt:
    """Announce the next edition of a year's working days."""
    announced = CalendarYearAnnounced.model_validate({"year": year, **command.model_dump()})
    register = await store.lock_register(act.tx)
    await store.record(act.tx, *announce_year(register, year=announced))
    return act.receipt()


@router.put("/rules/{rules}")
async def put_rules(rules: Rules, command: PublishRules, act: Keeper) -> Receipt:
    """Publish the next edition of a rule set."""
    published = RulesPublished.model_validate({"rules": rules, **command.model_dump()})
    register = await store.lock_register(act.tx)
    await store.record(act.tx, *publish_rules(register, rules=published))
    return act.receipt()


@router.get("/units")
async def get_units(
    look: Reading,
    level: Level | None = None,
    parent: str | None = None,
    named: str | None = None,
    after: str | None = None,
    limit: Limit = 100,
) -> Units:
    """Units, by level, by parent, or the one of a name; a part of a name finds nothing."""
    return await store.units(
        look.tx, level=level, parent=parent, named=named, after=after, limit=limit
    )


@router.get("/successions")
async def get_successions(
    look: Reading, after: str | None = None, limit: Limit = 100
) -> Successions:
    """Units that are gone, and their successors."""
    return await store.successions(look.tx, after=after, limit=limit)


@router.get("/people")
async def get_people(
    look: Reading,
    unit: str | None = None,
    post: PostName | None = None,
    after: str | None = None,
    limit: Limit = 100,
) -> People:
    """People, by unit or by post."""
    return await store.people(look.tx, unit=unit, post=post, after=after, limit=limit)


@router.get("/calendars/{year}")
async def get_calendar(year: Annotated[Year, Path()], look: Reading) -> CalendarYearAnnounced:
    """The newest edition of a year's working days."""
    return await store.calendar_year(look.tx, year)


@router.get("/rules")
async def get_rules(
    look: Reading, offset: Annotated[int, Query(ge=0, le=100_000)] = 0, limit: Limit = 20
) -> RuleSets:
    """All editions of the rule sets; each names the numbers for which no source was found."""
    return await store.rule_sets(look.tx, offset=offset, limit=limit)
