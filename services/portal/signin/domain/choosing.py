"""Choosing a seat: the posts that somebody holds today, and those in which they may stand in."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from services.portal.signin.domain.account import Seat
from services.portal.signin.domain.refusals import NotYourSeat
from shared.contracts.event import PersonId
from shared.contracts.registry import DelegationGiven, HeldPost, Post

# The three who look after the system keep an eye on one another: nobody is two of them.
ADMINISTRATORS = frozenset({Post.OPERATOR, Post.SECURITY, Post.AUDITOR})


class People(Protocol):
    """What choosing asks of the registry."""

    def posts_of(self, person: PersonId, /) -> Sequence[HeldPost] | None:
        """Every post of somebody, ended ones too."""

    def delegated_to(self, deputy: PersonId, /, *, on: date) -> Sequence[DelegationGiven]:
        """Who lets somebody act in their post on a day."""


def seats_of(person: PersonId, people: People, *, on: date) -> list[Seat]:
    """Every seat that somebody may take on a day, their own first."""
    own = [Seat(held.post, held.unit) for held in _held(people.posts_of(person), on)]
    others = [
        Seat(given.post, given.unit, given.giver)
        for given in people.delegated_to(person, on=on)
        if any(
            (held.post, held.unit) == (given.post, given.unit)
            for held in _held(people.posts_of(given.giver), on)
        )
    ]
    return kept_apart(list(dict.fromkeys((*own, *others))))


def kept_apart(seats: Sequence[Seat]) -> list[Seat]:
    """Who would be two administrators is none."""
    kinds = {seat.post for seat in seats if seat.post in ADMINISTRATORS}
    if len(kinds) > 1:
        return [seat for seat in seats if seat.post not in ADMINISTRATORS]
    return list(seats)


def chosen(code: str, seats: Sequence[Seat]) -> Seat:
    """The seat that a form names.

    Raises:
        NotYourSeat: it is not among theirs.
    """
    for seat in seats:
        if seat.code == code:
            return seat
    raise NotYourSeat


def _held(posts: Iterable[HeldPost] | None, on: date) -> Iterable[HeldPost]:
    return (held for held in posts or () if held.is_held_on(on) and held.post is not Post.UNKNOWN)
