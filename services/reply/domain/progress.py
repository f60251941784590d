"""Progress: how far a proposal has come, in the few words that proposers and public read."""

from dataclasses import dataclass
from typing import Literal

Word = Literal[
    "waiting", "handling", "talking", "answered", "rated", "again", "keeping", "kept", "taken_back"
]
SAYS: dict[Word, str] = {
    "waiting": "等待交办",
    "handling": "正在办理",
    "talking": "正在办理，已与提案人沟通",
    "answered": "已经答复",
    "rated": "已经答复和评价",
    "again": "正在重新办理",
    "keeping": "已经答复，承诺事项正在落实",
    "kept": "已经答复，承诺事项全部落实",
    "taken_back": "提案人已经撤回",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a proposal, in yes and no."""

    handed_over: bool
    talked: bool
    answered: bool
    rated: bool
    again: bool
    promises: int
    open_promises: int
    taken_back: bool = False


def progress_of(standing: Standing) -> Word:
    """The word that says most."""
    if standing.taken_back:
        return "taken_back"
    if standing.again:
        return "again"
    if standing.answered:
        if standing.open_promises:
            return "keeping"
        if standing.promises:
            return "kept"
        return "rated" if standing.rated else "answered"
    if standing.talked:
        return "talking"
    return "handling" if standing.handed_over else "waiting"
