"""The steps of a proposal: handed over, signed for, co-handled, answered, rated, carried out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Row = Mapping[str, Any]
Is = Callable[[Row], bool]
Standing = Literal["done", "now", "todo", "none"]

STANDING_WORDS: dict[Standing, str] = {
    "done": "已完成",
    "now": "进行中",
    "todo": "未开始",
    "none": "无此环节",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how far it is, as a count and as a standing."""

    word: str
    standing: Standing
    note: str = ""

    @property
    def standing_word(self) -> str:
        """The standing in words."""
        return STANDING_WORDS[self.standing]


def steps(
    *,
    tasks: Iterable[Row],
    replies: Iterable[Row],
    ratings: Iterable[Row],
    promises: Iterable[Row],
    redoing: bool,
) -> tuple[Step, ...]:
    """The six steps, from the proposal's facts. Ended and handed-down tasks do not count."""
    live = [task for task in tasks if task["ended_on"] is None and not task["parent"]]
    owing = [task for task in live if task["role"] != "reference"]
    co_handling = [task for task in live if task["role"] == "co_handle"]
    answering = [task for task in live if task["role"] in ("lead", "split")]
    issued = list(replies)
    answered = {reply["unit"] for reply in issued}
    dispensed = {unit for reply in issued for unit in reply["without_opinions"] or ()}
    rated = {rating["reply_id"] for rating in ratings}
    made = list(promises)
    handed_over = bool(live)
    return (
        Step("交办", "done" if handed_over else "now"),
        _counted("签收", owing, lambda task: task["signed_on"] is not None, begun=handed_over),
        _counted(
            "会办",
            co_handling,
            lambda task: task["answered_on"] is not None,
            begun=handed_over,
            over=lambda task: task["unit"] in dispensed,
        ),
        Step("答复", "now", "重新办理")
        if redoing
        else _counted("答复", answering, lambda task: task["unit"] in answered, begun=handed_over),
        _counted("评价", issued, lambda reply: reply["reply_id"] in rated, begun=bool(issued)),
        _counted("落实", made, lambda promise: promise["kept_on"] is not None, begun=bool(issued)),
    )


def _counted(
    word: str, owed: list[Row], is_done: Is, *, begun: bool, over: Is = lambda row: False
) -> Step:
    """The step is done when whoever owes something has given it, or is not waited for any more."""
    if not begun:
        return Step(word, "todo")
    if not owed:
        return Step(word, "none")
    note = f"{sum(map(is_done, owed))}/{len(owed)}"
    return Step(word, "done" if all(is_done(one) or over(one) for one in owed) else "now", note)
