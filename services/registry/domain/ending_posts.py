"""Ending a post: somebody acts in it for the last time; that they held it stays on file."""

from datetime import date

from services.registry.domain.periods import must_run_forward
from services.registry.domain.refusals import (
    OwnPosts,
    PostEndedAlready,
    PostNotHeld,
    UnknownPerson,
)
from services.registry.domain.register import Register
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import PersonRegistered, Post
from shared.policy import POST_NAMES


def end_post(
    register: Register,
    *,
    person: PersonId,
    post: Post,
    unit: UnitCode,
    until: date,
    by: Actor,
    on: date,
) -> tuple[PersonRegistered, ...]:
    """The person, whose post is held to the end of ``until``; an end to come may be moved."""
    standing = register.people.get(person)
    if standing is None:
        raise UnknownPerson(person=person)
    if person in (by.person, by.on_behalf_of):
        raise OwnPosts
    held = [one for one in standing.posts if (one.post, one.unit) == (post, unit)]
    called = POST_NAMES.get(post, post)
    if not held:
        raise PostNotHeld(name=standing.name, post=called, on=on)
    last = held[-1]
    if last.until is not None and last.until < on:
        raise PostEndedAlready(name=standing.name, post=called, until=last.until)
    must_run_forward(f"“{called}”任期", last.since, until)
    posts = tuple(
        one.model_copy(update={"until": until}) if one is last else one for one in standing.posts
    )
    return () if posts == standing.posts else (standing.model_copy(update={"posts": posts}),)
