"""A line of the timeline: its sentence, what was said with it, and which facts it needs."""

from collections.abc import Callable
from typing import NamedTuple

from services.portal.domain.rows import Facts
from services.portal.domain.words import ROLES, word

Names = Callable[[str], str]


class Saying(NamedTuple):
    """One line of the timeline: the act, what was said with it, and its weight."""

    says: str
    detail: str = ""
    tone: str = "act"


class Line(NamedTuple):
    """How an event is read out, and the facts that the timeline keeps of it for that."""

    says: Callable[[Facts, Names], Saying]
    keeps: tuple[str, ...]


def who(parts: Facts, name: Names) -> str:
    """The units of the tasks by their role."""
    by_role: dict[str, list[str]] = {}
    for task in parts["tasks"]:
        by_role.setdefault(task["role"], []).append(name(task["unit"]))
    return "；".join(f"{'、'.join(units)}{word(ROLES, role)}" for role, units in by_role.items())


def late(says: str, parts: Facts, detail: str) -> Saying:
    """What was done, with how late it was."""
    if days := parts.get("days_late", 0):
        return Saying(f"{says}（逾期{days}个工作日）", detail, "alarm")
    return Saying(says, detail)
