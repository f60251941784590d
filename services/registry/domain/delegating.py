"""Delegating (代办): somebody lets another act in their post for some days, or no longer."""

from datetime import date

from services.registry.domain.periods import must_run_forward, overlap
from services.registry.domain.refusals import (
    DelegationInThePast,
    DelegationOver,
    DelegationsOverlap,
    DelegationTooLong,
    NoSuchDelegation,
    NotDelegable,
    OnlyOwnPost,
    PostNotHeld,
    ToOneself,
    UnknownPerson,
)
from services.registry.domain.register import Register, day_before
from services.registry.domain.registering_people import SEPARATED
from shared.contracts.event import Actor, PersonId
from shared.contracts.registry import DelegationGiven, Post, RulesPublished
from shared.policy import POST_NAMES
from shared.rules import name_of, number


def give_delegation(
    register: Register,
    *,
    delegation: DelegationGiven,
    rules: RulesPublished,
    by: Actor,
    on: date,
) -> tuple[DelegationGiven, ...]:
    """The permission; a person gives their own post, an operator anybody's who asked for it."""
    _must_be_ones_own(delegation, by=by)
    if delegation.post in SEPARATED:
        raise NotDelegable(post=POST_NAMES[delegation.post])
    if delegation.deputy == delegation.giver:
        raise ToOneself
    must_run_forward("代办", delegation.since, delegation.until)
    if delegation.since < on:
        raise DelegationInThePast(since=delegation.since)
    count = (delegation.until - delegation.since).days + 1
    if count > (limit := number(rules, "delegation.days")):
        raise DelegationTooLong(count=count, limit=limit, rule=name_of(rules))
    if delegation.deputy not in register.people:
        raise UnknownPerson(person=delegation.deputy)
    _must_hold_the_post(register, delegation=delegation)
    _must_be_the_only_one(register, delegation=delegation)
    return (delegation,)


def end_delegation(
    register: Register, *, delegation: str, by: Actor, on: date
) -> tuple[DelegationGiven, ...]:
    """The permission is over today: by whoever gave it, whoever has it, or an operator."""
    standing = register.delegations.get(delegation)
    may = standing is not None and (
        by.person in (standing.giver, standing.deputy) or by.post == Post.OPERATOR
    )
    if standing is None or not may:
        raise NoSuchDelegation
    if standing.until < on:
        raise DelegationOver(until=standing.until)
    return (standing.model_copy(update={"until": day_before(on)}),)


def _must_be_ones_own(delegation: DelegationGiven, *, by: Actor) -> None:
    own = by.on_behalf_of is None and by.person == delegation.giver
    if not own and by.post != Post.OPERATOR:
        raise OnlyOwnPost


def _must_hold_the_post(register: Register, *, delegation: DelegationGiven) -> None:
    giver = register.people.get(PersonId(delegation.giver))
    if giver is None:
        raise UnknownPerson(person=delegation.giver)
    for day in (delegation.since, delegation.until):
        if not any(
            (held.post, held.unit) == (delegation.post, delegation.unit) and held.is_held_on(day)
            for held in giver.posts
        ):
            raise PostNotHeld(name=giver.name, post=POST_NAMES[delegation.post], on=day)


def _must_be_the_only_one(register: Register, *, delegation: DelegationGiven) -> None:
    for one in register.delegations.values():
        if (one.giver, one.post, one.unit) == (
            delegation.giver,
            delegation.post,
            delegation.unit,
        ) and _share_a_day(one, delegation):
            deputy = register.people.get(one.deputy)
            raise DelegationsOverlap(
                since=one.since, until=one.until, deputy=deputy.name if deputy else one.deputy
            )


def _share_a_day(one: DelegationGiven, other: DelegationGiven) -> bool:
    # One that was ended before its first day has no day at all.
    return one.since <= one.until and overlap((one.since, one.until), (other.since, other.until))
