"""Comparing rules: what differs between two editions, number by number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.contracts.registry import RulesPublished

# How the entries of a list are told apart: by the first of these that they have.
NAMED_BY = ("code", "rung", "session")
NOT_COMPARED = frozenset({"by", "entered_on"})


@dataclass(frozen=True, slots=True)
class Change:
    """What stood at one place of the rule set, and what stands there now; None is nothing."""

    at: str
    before: str | None
    after: str | None


def changes(before: RulesPublished, after: RulesPublished) -> tuple[Change, ...]:
    """Every difference, in the order of the later edition; what it left out comes last."""
    old, new = _flat(before), _flat(after)
    return tuple(
        Change(at, old.get(at), new.get(at))
        for at in dict.fromkeys((*new, *old))
        if old.get(at) != new.get(at)
    )


def _flat(rules: RulesPublished) -> dict[str, str]:
    return dict(_places("", rules.model_dump(mode="json", exclude=set(NOT_COMPARED))))


def _places(at: str, value: Any) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for name, part in value.items():
                yield from _places(f"{at}.{name}" if at else name, part)
        case list() if all(isinstance(one, dict) for one in value):
            for one in value:
                name = next(one[key] for key in NAMED_BY if key in one)
                yield from _places(f"{at}.{name}", one)
        case list():  # a group of synonyms is named by its first word
            for words in value:
                yield f"{at}.{words[0]}", "、".join(words)
        case None:
            return
        case bool():
            yield at, "是" if value else "否"
        case _:
            yield at, str(value)
