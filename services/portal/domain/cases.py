"""How a case is named in a text: its proposers, its number, who handles it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Case:
    """A case as the report tells it: the matter, the hands it is in, what came of it."""

    proposal_id: str
    number: str
    title: str
    kind: str
    proposers: tuple[str, ...]
    leads: tuple[str, ...]
    co_handlers: tuple[str, ...]
    is_key: bool
    is_composed: bool
    answers: tuple[str, ...] = ()
    promises: tuple[str, ...] = field(default=())

    @property
    def opening(self) -> str:
        """The sentence that introduces it."""
        handled = (
            f"由{'、'.join(self.leads)}主办"
            if len(self.leads) == 1
            else (f"由{'、'.join(self.leads)}分别办理")
        )
        helped = f"；{'、'.join(self.co_handlers)}会办" if self.co_handlers else ""
        by = proposers_text(self.proposers, kind=self.kind)
        return f"{by}提出的《{self.title}》（第{self.number}号），{handled}{helped}。"


def proposers_text(names: Sequence[str], *, kind: str | None) -> str:
    """The proposers as a report names them: the first one, and how many they are."""
    if not names:
        return "提案人"
    if kind == "collective" or "等" in names[0]:
        return names[0]
    if len(names) == 1:
        return names[0] if "委员" in names[0] else f"{names[0]}委员"
    return f"{names[0]}等{len(names)}位委员"


def day_text(day: date) -> str:
    """A day as it is written in a text."""
    return f"{day.year}年{day.month}月{day.day}日"
