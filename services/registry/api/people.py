"""People, the posts that they hold, and who acts for whom."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter

from services.registry import store
from services.registry.api.asking import Limit, OnDay, Person, Text
from services.registry.commands import EndPost, GiveDelegation, PostName, RegisterPerson
from services.registry.domain.delegating import end_delegation, give_delegation
from services.registry.domain.ending_posts import end_post
from services.registry.domain.registering_people import register_person
from services.registry.domain.standing import must_stand_as_seen, stand_of
from services.registry.views import UNSIGNED, Delegations, People, PersonEntry, each_unsigned
from shared.contracts.event import PersonId
from shared.contracts.registry import DelegationGiven, HeldPost, PersonRegistered, Post
from shared.policy import decide
from shared.web import Act, Look, Reading, Receipt, may, may_see

router = APIRouter()

Keeper = Annotated[Act, may("registry.people")]
Delegating = Annotated[Act, may("registry.delegate")]
Seeing = Annotated[Look, may_see("registry.delegate")]


@router.put("/people/{person}")
async def put_person(person: Person, command: RegisterPerson, act: Keeper) -> Receipt:
    """Register a person with all posts held from today on; one not named any more ends."""
    register = await store.lock_register(act.tx)
    must_stand_as_seen(register.people.get(person), stand=command.stand)
    registered = PersonRegistered(
        person=person,
        name=command.name,
        mail=command.mail,
        posts=tuple(
            HeldPost(
                post=Post(held.post),
                unit=register.code_of(held.unit),
                since=held.since,
                until=held.until,
            )
            for held in command.posts
        ),
    )
    told = register_person(register, person=registered, by=act.caller, on=act.today)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/people/{person}/end-post")
async def post_end_of_post(person: Person, command: EndPost, act: Keeper) -> Receipt:
    """End a post at the end of a day; that it was held stays on file."""
    register = await store.lock_register(act.tx)
    told = end_post(
        register,
        person=person,
        post=Post(command.post),
        unit=register.code_of(command.unit),
        until=command.until,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.get("/people", response_model_exclude=each_unsigned("people"))
async def get_people(
    look: Reading,
    unit: Text | None = None,
    post: PostName | None = None,
    on: OnDay | None = None,
    after: Text | None = None,
    limit: Limit = 100,
) -> People:
    """People, by unit or by post; with ``on``, those who held it on that day."""
    found = await store.people(look.tx, unit=unit, post=post, on=on, after=after, limit=limit)
    if not _keeps_people(look):
        found.people = [one.model_copy(update={"mail": None}) for one in found.people]
    return found


@router.get("/people/{person}", response_model_exclude=UNSIGNED)
async def get_person(person: Person, look: Reading) -> PersonEntry:
    """A person, with all posts held or ended."""
    kept = await store.person(look.tx, person)
    found = PersonEntry(**dict(kept), stand=stand_of(kept))
    return found if _keeps_people(look) else found.model_copy(update={"mail": None})


@router.post("/delegations", status_code=201)
async def post_delegation(command: GiveDelegation, act: Delegating) -> Receipt:
    """Let somebody act in one's post for some days."""
    register = await store.lock_register(act.tx)
    delegation = DelegationGiven(
        delegation=str(uuid4()),
        giver=PersonId(command.giver or act.caller.person),
        deputy=PersonId(command.deputy),
        post=Post(command.post),
        unit=register.unit(command.unit).code,
        since=command.since,
        until=command.until,
        why=command.why,
    )
    told = give_delegation(
        register, delegation=delegation, rules=act.rules, by=act.caller, on=act.today
    )
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.post("/delegations/{delegation}/end")
async def post_end_of_delegation(delegation: UUID, act: Delegating) -> Receipt:
    """End a delegation today: whoever gave it, whoever has it, or an operator."""
    register = await store.lock_register(act.tx)
    told = end_delegation(register, delegation=str(delegation), by=act.caller, on=act.today)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.get("/delegations", response_model_exclude=each_unsigned("delegations"))
async def get_delegations(
    look: Seeing, on: OnDay | None = None, after: Text | None = None, limit: Limit = 100
) -> Delegations:
    """Delegations by or to the caller; all, for those who look after the register."""
    sees_all = decide("registry.audit", look.caller).allowed
    return await store.delegations(
        look.tx, of=None if sees_all else look.caller.person, on=on, after=after, limit=limit
    )


def _keeps_people(look: Look) -> bool:
    """Where people are reached outside this system is for those who keep the register."""
    return decide("registry.audit", look.caller).allowed
