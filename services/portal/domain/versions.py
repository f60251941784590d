"""Versions of a text on its way through a unit: what changed, through whose hands it went."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from services.portal.domain.comparing import Line, changed, compared

Row = Mapping[str, Any]
Named = Callable[[str], str]
Where = Literal["done", "now", "back", "later"]
WHERE_SAYS: Mapping[Where, str] = {
    "done": "已办",
    "now": "等待办理",
    "back": "退回",
    "later": "尚未轮到",
}


@dataclass(frozen=True, slots=True)
class Hand:
    """One hand that a text goes through: what is done there, by whom and when, and why not."""

    does: str
    where: Where
    who: str = ""
    on: date | None = None
    why: str = ""

    @property
    def where_says(self) -> str:
        """How far it is there, in words."""
        return WHERE_SAYS[self.where]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a text, as far as its reader may read it."""

    number: int
    text: str
    drafter: str
    drafted_on: date
    round: int = 1
    result_class: str = ""
    sent_back_why: str = ""

    @property
    def code(self) -> str:
        """What it is called in addresses."""
        return f"{self.round}.{self.number}"

    @property
    def says(self) -> str:
        """What it is called."""
        of_round = f"第{self.round}次答复" if self.round > 1 else ""
        draft, back = self.number, "，退改" if self.sent_back_why else ""
        return f"{of_round}第{draft}稿（{self.drafter}，{self.drafted_on}{back}）"


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody reads before they act: a version, beside an earlier one if there is any."""

    versions: tuple[Version, ...]  # the newest first
    shown: Version
    since: Version | None
    lines: tuple[Line, ...]
    hands: tuple[Hand, ...]
    answers: tuple[tuple[str, str], ...] = ()
    pages: str = ""  # where it is shown as it will be printed
    answers_at: str = ""  # where the service tells what it answers to each point

    @property
    def changed(self) -> int:
        """In how many paragraphs it differs from the earlier one."""
        return changed(self.lines)


def reading(
    versions: Sequence[Version],
    *,
    hands: Callable[[Version], Sequence[Hand]],
    shown: str = "",
    since: str = "",
) -> Reading | None:
    """The version asked for beside the one asked for: else the newest, and the last sent back."""
    if not versions:
        return None
    listed = sorted(versions, key=lambda one: (one.round, one.number), reverse=True)
    now = next((one for one in listed if one.code == shown), listed[0])
    earlier = listed[listed.index(now) + 1 :]
    before = next(
        (one for one in listed if one.code == since and one != now),
        next((one for one in earlier if one.sent_back_why), earlier[0] if earlier else None),
    )
    lines = compared(before.text if before else now.text, now.text)
    return Reading(tuple(listed), now, before, lines, tuple(hands(now)))


def replies_of(told: Row, task_id: str) -> list[Version]:
    """The versions of a reply that its reader may read."""
    return [
        Version(
            one["draft"],
            one["text"],
            one["drafter"],
            _day(one["drafted_on"]),
            one["round"],
            one["result_class"],
            one["sent_back_why"] or "",
        )
        for one in told.get("drafts", ())
        if one["task_id"] == task_id and one["text"] is not None
    ]


def opinions_of(told: Row, task_id: str) -> list[Version]:
    """The versions of a unit's own opinion."""
    return [
        Version(
            one["draft"],
            _whole(one),
            one["drafter"],
            _day(one["drafted_on"]),
            sent_back_why=one["sent_back_why"] or "",
        )
        for one in told.get("opinion_drafts", ())
        if one["task_id"] == task_id
    ]


def hands_of_reply(told: Row, task_id: str, version: Version, *, named: Named) -> Iterator[Hand]:
    """Drafted, approved, countersigned, endorsed, issued; or sent back, and there it ends."""
    draft = next(
        one
        for one in told["drafts"]
        if (one["task_id"], one["round"], one["draft"]) == (task_id, version.round, version.number)
    )
    yield Hand("拟稿", "done", version.drafter, version.drafted_on)
    approved = draft["approved_on"] is not None
    if approved:
        yield Hand("审签", "done", draft["approver"] or "", _day(draft["approved_on"]))
    asked = [
        one
        for one in told.get("countersigns", ())
        if (one["task_id"], one["round"], one["draft"]) == (task_id, version.round, version.number)
    ]
    yield from (_countersigning(one, named=named) for one in asked)
    if draft["endorsed_on"] is not None:
        yield Hand("区级审定", "done", draft["endorser"] or "", _day(draft["endorsed_on"]))
    if draft["sent_back_on"] is not None:
        yield _sent_back(draft)
        return
    if not approved:
        yield Hand("审签", "now")
    waited_for = any(one["state"] == "open" for one in asked)
    yield Hand("签发", "now" if approved and not waited_for else "later")


def hands_of_opinion(told: Row, task_id: str, version: Version) -> Iterator[Hand]:
    """Drafted, checked, issued; or sent back, and there it ends."""
    draft = next(
        one
        for one in told["opinion_drafts"]
        if (one["task_id"], one["draft"]) == (task_id, version.number)
    )
    yield Hand("拟稿", "done", version.drafter, version.drafted_on)
    checked = draft["checked_on"] is not None
    if checked:
        yield Hand("核稿", "done", draft["checker"] or "", _day(draft["checked_on"]))
    if draft["sent_back_on"] is not None:
        yield _sent_back(draft)
        return
    if not checked:
        yield Hand("核稿", "now")
    yield Hand("签发", "now" if checked else "later")


def _countersigning(one: Row, *, named: Named) -> Hand:
    unit = named(one["unit"])
    match one["state"]:
        case "open":
            return Hand("会签", "now", unit)
        case "signed":
            where: Where = "done"
        case "sent_back":
            where = "back"
        case _:  # another unit sent it back first
            where = "later"
    who = f"{unit}{one['answered_by'] or ''}"
    return Hand("会签", where, who, _day_or_none(one["answered_on"]), one["why"] or "")


def _sent_back(draft: Row) -> Hand:
    return Hand(
        "退改",
        "back",
        draft["sent_back_by"] or "",
        _day(draft["sent_back_on"]),
        draft["sent_back_why"] or "",
    )


def _whole(draft: Row) -> str:
    contradicts = draft["contradicts"]
    text = str(draft["text"])
    return text + (f"\n与主办意见不一致之处：{contradicts}" if contradicts else "")


def _day(day: str | date) -> date:
    return day if isinstance(day, date) else date.fromisoformat(day)


def _day_or_none(day: str | date | None) -> date | None:
    return None if day is None else _day(day)
