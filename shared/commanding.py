"""Commanding: what every command has in common, whatever it asks for."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

# What neither PostgreSQL nor a page, a letter or a table in XML could show: controls but for tab
# and line breaks, halves of characters, and what is no character.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Field = tuple[str | int, ...]
Plain = Annotated[str, StringConstraints(strip_whitespace=True)]


class Command(BaseModel):
    """A command says what it means, and nothing else; and all that it says can be read."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _can_be_read(cls, said: Any) -> Any:
        for text, field in _texts(said):
            if found := UNPRINTABLE.search(text):
                raise PydanticCustomError(
                    "unprintable",
                    "unprintable",
                    {
                        "within": field,
                        "at": found.start() + 1,
                        "character": f"U+{ord(found.group()):04X}",
                    },
                )
        return said


def _texts(said: Any) -> Iterator[tuple[str, Field]]:
    """Every text, at any depth however deep, with the field in which it stands."""
    unread: list[tuple[Any, Field]] = [(said, ())]
    while unread:
        said, field = unread.pop()
        match said:
            case str():
                yield said, field
            case dict():
                unread += ((value, (*field, name)) for name, value in said.items())
                unread += ((name, field) for name in said)
            case list():
                unread += ((value, (*field, nth)) for nth, value in enumerate(said))
