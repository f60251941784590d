"""Standing: how an entry stood when somebody looked, so that they change no other one unseen."""

from hashlib import sha256

from services.registry.domain.refusals import EntryChangedMeanwhile
from shared.contracts.registry import PersonRegistered, UnitRegistered

SIGNED = {"by", "entered_on"}  # who entered it and when is no part of what it says
FACTS = {*UnitRegistered.model_fields, *PersonRegistered.model_fields} - SIGNED


def stand_of(entry: UnitRegistered | PersonRegistered) -> str:
    """A mark of what an entry says; it is another one as soon as anything in it is."""
    return sha256(entry.model_dump_json(include=FACTS).encode()).hexdigest()[:16]


def must_stand_as_seen(
    entry: UnitRegistered | PersonRegistered | None, *, stand: str | None
) -> None:
    """Whoever changes an entry has seen how it stands; None where they do not say."""
    if stand is not None and entry is not None and stand != stand_of(entry):
        raise EntryChangedMeanwhile(name=entry.name)
