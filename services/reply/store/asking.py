"""What every statement needs: who asks, a page of a list, values that travel as JSON."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic_core import to_json

from shared.contracts.event import Actor
from shared.policy import Sight
from shared.work import Tx

V = TypeVar("V", bound=BaseModel)


def as_json(value: Any) -> str | None:
    """A value as PostgreSQL takes it into a jsonb column."""
    return None if value is None else to_json(value).decode()


def seen_by(sight: Sight, *, caller: Actor) -> tuple[bool, list[str], str | None, str | None]:
    """What a statement is told of its reader, in the order of its first four places.

    Who put a proposal without an account goes by their name.
    """
    name = caller.name if sight.person is not None else None
    return sight.everything, list(sight.units), sight.person, name


async def page(
    tx: Tx, view: type[V], query: str, *args: object, limit: int, offset: int
) -> list[V]:
    """One page of what a query finds; limit and offset are its last two places."""
    rows: Sequence[Any] = await tx.fetch(query, *args, limit, offset)
    return [view.model_validate(dict(row)) for row in rows]
