"""Registering a person: which posts somebody holds from today on; what they held before stays."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from services.registry.domain.periods import must_run_forward, overlap
from services.registry.domain.refusals import OwnPosts, PostsOverlap, SeparatedPosts
from services.registry.domain.register import Register, day_before
from shared.contracts.event import Actor
from shared.contracts.registry import HeldPost, PersonRegistered, Post
from shared.policy import POST_NAMES

# Whoever runs the system, grants rights in it or looks over what was done are three people.
SEPARATED = frozenset({Post.OPERATOR, Post.SECURITY, Post.AUDITOR})


def register_person(
    register: Register, *, person: PersonRegistered, by: Actor | None, on: date
) -> tuple[PersonRegistered, ...]:
    """The person with all posts, held or ended; nothing, if they stand like that already.

    A post that is not named any more ends on the day before; one that is added without a first day
    begins today. Nobody registers themselves; a place's first people are registered by nobody.
    """
    standing = register.people.get(person.person)
    posts = (
        _with_history(person.posts, before=standing.posts, on=on)
        if standing
        else _each_once(person.posts)
    )
    registered = person.model_copy(update={"posts": posts})
    if standing == registered:
        return ()
    if by is not None and person.person in (by.person, by.on_behalf_of):
        raise OwnPosts
    for held in posts:
        must_run_forward(f"“{_called(held)}”任期", held.since, held.until)
        if not _is_over(held, on=on):
            register.unit(held.unit)
    _must_be_compatible(posts)
    return (registered,)


def _with_history(
    given: Iterable[HeldPost], *, before: Sequence[HeldPost], on: date
) -> tuple[HeldPost, ...]:
    """Ended posts as they were, then the given ones; whoever gets a post back begins anew."""
    history = [held for held in before if _is_over(held, on=on)]
    now = [held for held in _each_once(given) if held not in history]
    for held in before:
        again = any(_same(held, one) for one in now)
        begun = held.since is None or held.since < on
        if held not in history and not again and begun:
            history.append(held.model_copy(update={"until": day_before(on)}))
    return (*history, *(_since_when(held, before=before, on=on) for held in now))


def _since_when(held: HeldPost, *, before: Sequence[HeldPost], on: date) -> HeldPost:
    """A post that somebody goes on holding keeps its first day; another one begins."""
    if held.since is not None or _is_over(held, on=on):
        return held
    running = [one for one in before if _same(held, one) and not _is_over(one, on=on)]
    return held.model_copy(update={"since": running[-1].since if running else on})


def _each_once(posts: Iterable[HeldPost]) -> tuple[HeldPost, ...]:
    return tuple(dict.fromkeys(posts))


def _must_be_compatible(posts: Sequence[HeldPost]) -> None:
    for one, other in combinations(posts, 2):
        if not overlap((one.since, one.until), (other.since, other.until)):
            continue
        if _same(one, other):
            raise PostsOverlap(post=_called(one))
        if {one.post, other.post} <= SEPARATED and one.post != other.post:
            raise SeparatedPosts(post=_called(one), other=_called(other))


def _same(one: HeldPost, other: HeldPost) -> bool:
    return (one.post, one.unit) == (other.post, other.unit)


def _is_over(held: HeldPost, *, on: date) -> bool:
    return held.until is not None and held.until < on


def _called(held: HeldPost) -> str:
    return POST_NAMES.get(held.post, held.post)
