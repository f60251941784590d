"""What every event is made of: who acted, on which day, upon which proposal.

An event is a fact. Its class is the contract of one type and version; what delivery needs
(id, time, sequence, causes) travels outside it, in the CloudEvents attributes.
"""

from datetime import date
from enum import StrEnum
from inspect import getdoc
from typing import Any, ClassVar, NewType, Self, get_args

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

ProposalId = NewType("ProposalId", str)
UnitCode = NewType("UnitCode", str)
PersonId = NewType("PersonId", str)
TaskId = NewType("TaskId", str)

PROPOSALS = "proposals"
REFERENCE = "reference"


class Word(StrEnum):
    """A closed list for writers, an open one for readers: a word not known yet reads as UNKNOWN.

    Every subclass has a member ``UNKNOWN``, so that a newer teller never breaks an older listener.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls("unknown")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {
            "title": cls.__name__,
            "description": getdoc(cls),
            "type": "string",
            "x-words": [word.value for word in cls],
        }


class Open:
    """Makes a literal of words open for readers: a word that they do not know reads "unknown"."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        words = get_args(source)

        def known(word: object) -> object:
            return "unknown" if isinstance(word, str) and word not in words else word

        return core_schema.no_info_before_validator_function(known, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "x-words": handler(schema)["enum"]}


class Value(BaseModel):
    """A part of an event. Unknown fields are passed over: they belong to a later version."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Actor(Value):
    """Who acts: a person in a post of a unit. The system itself acts as ``SYSTEM``.

    Who acts for somebody else (代办) does so in that person's post; ``on_behalf_of`` names them.
    """

    person: PersonId
    name: str
    post: str
    unit: UnitCode
    on_behalf_of: PersonId | None = None

    def is_also(self, other: "Actor") -> bool:
        """Whether one pair of eyes is behind both: their own, or those they act for."""
        mine = {self.person, self.on_behalf_of} - {None}
        return bool(mine & {other.person, other.on_behalf_of})


SYSTEM = Actor(person=PersonId("system"), name="系统", post="system", unit=UnitCode("system"))


class Step(Value):
    """One step in the reckoning of a due date: what was done, and the day it led to."""

    says: str
    day: date


class Due(Value):
    """A due date with its whole explanation. It may be met until the end of the day ``on``."""

    on: date
    starts_on: date
    clock: str
    rule: str
    source: str | None
    calendar: str
    provisional: bool = False
    steps: tuple[Step, ...]


class Event(Value):
    """A fact that one service tells and any may hear.

    Subclasses live in the module named after the service that tells them; a change that is not
    just a new optional field is a new version.
    """

    version: ClassVar[int] = 1
    topic: ClassVar[str] = PROPOSALS

    @classmethod
    def teller(cls) -> str:
        """The one service that tells this event."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def type_name(cls) -> str:
        """The CloudEvents type, such as ``huiban.intake.ProposalSubmitted.v1``."""
        return f"huiban.{cls.teller()}.{cls.__name__}.v{cls.version}"

    @property
    def key(self) -> str:
        """The Kafka key: one key's events keep their order."""
        raise NotImplementedError


class ProposalEvent(Event):
    """Something that happened to one proposal."""

    proposal_id: ProposalId
    by: Actor
    on: date

    @property
    def key(self) -> str:
        return self.proposal_id


class ReferenceEvent(Event):
    """A fact of the registry, told whole: a compacted topic keeps the newest of each key."""

    topic: ClassVar[str] = REFERENCE
