"""Registering a person: which posts somebody holds now, each in a unit that stands."""

from services.registry.domain.refusals import UnknownUnit
from services.registry.domain.register import Register
from shared.contracts.registry import PersonRegistered


def register_person(
    register: Register, *, person: PersonRegistered
) -> tuple[PersonRegistered, ...]:
    """The person as registered now; without posts, if all were given up."""
    for held in person.posts:
        if held.unit not in register.units:
            raise UnknownUnit(text=held.unit)
    person = person.model_copy(update={"posts": tuple(dict.fromkeys(person.posts))})
    return () if register.people.get(person.person) == person else (person,)
