"""Looking back: once a year the office goes through what was promised and what was called solved.

All open promises of class B, those of the archive among them, and a sample of the replies of class
A, drawn by lot with a seed that the act names: anybody can draw it again (回头看). What is solved
since gets a second answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal, Protocol

from services.reply.domain.numbering import LetterBook
from services.reply.domain.refusals import (
    AlreadyLookedAt,
    LetterVoid,
    NothingToLookAt,
    NotInProgress,
    NotYourLetter,
    PromisesStillOpen,
    UnknownClass,
)
from services.reply.domain.wording import keep_within
from shared.contracts.event import Actor, ProposalId, UnitCode
from shared.contracts.intake import ProposalArchived
from shared.contracts.registry import ResultClass, RulesPublished, UnitRegistered
from shared.contracts.reply import LookBackOpened, LookedBack, SecondAnswerIssued
from shared.refusals import Refusal
from shared.rules import number

Kind = Literal["promise", "reply"]
Found = Literal["solved", "under_way", "not_solved"]


@dataclass(frozen=True, slots=True)
class Item:
    """A promise or a reply that a look-back takes up."""

    proposal_id: ProposalId
    item: str
    kind: Kind
    unit: UnitCode
    look_back: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class Archived:
    """A reply of the archive, by whoever is there for it today, and what its class meant."""

    item: str
    unit: UnitCode
    meaning: str
    answered_in: int


class Units(Protocol):
    """Units by their codes and names, old names among them."""

    def unit(self, text: str, /) -> UnitRegistered:
        """The unit of this code or name; raises a refusal if there is none."""


def answered_before(
    archived: ProposalArchived, *, units: Units, rules: RulesPublished
) -> tuple[Archived, ...]:
    """The replies of an archived proposal that a look-back could take up.

    Left out are classes that today's rules do not know, and names that stand for no unit of today.
    """
    meanings = {one.code: one.meaning for one in rules.classes}
    found = []
    for nth, reply in enumerate(archived.replies, start=1):
        meaning = meanings.get(reply.result_class or "")
        try:
            unit = units.unit(reply.code or reply.unit).code
        except Refusal:
            continue
        if meaning is not None:
            year = reply.on.year if reply.on else archived.year
            found.append(Archived(f"archive.{nth}", unit, meaning, year))
    return tuple(found)


def open_look_back(
    year: int,
    *,
    seed: str,
    promises: Sequence[Item],
    solved: Sequence[Item],
    by: Actor,
    on: date,
    rules: RulesPublished,
) -> tuple[LookBackOpened, ...]:
    """Every open promise, and as many of the solved replies as the rules ask for."""
    drawn = draw(solved, seed=seed, size=number(rules, "look_back.sample"))
    opened = tuple(
        LookBackOpened(
            proposal_id=one.proposal_id,
            by=by,
            on=on,
            look_back=str(year),
            item=one.item,
            kind=one.kind,
            unit=one.unit,
            seed=seed,
        )
        for one in (*promises, *drawn)
    )
    if not opened:
        raise NothingToLookAt(year=year)
    return opened


def draw(items: Iterable[Item], *, seed: str, size: int) -> list[Item]:
    """The same items and the same seed give the same lot, whoever draws it and in which order."""

    def lot(one: Item) -> bytes:
        return sha256(f"{seed}\n{one.proposal_id}\n{one.item}".encode()).digest()

    return sorted(items, key=lot)[:size]


def look_back_at(
    item: Item, *, found: Found, says: str, by: Actor, on: date, rules: RulesPublished
) -> LookedBack:
    """How it stands, as the office saw it; once in each look-back."""
    if item.found:
        raise AlreadyLookedAt
    keep_within(rules, account=says)
    return LookedBack(
        proposal_id=item.proposal_id,
        by=by,
        on=on,
        look_back=item.look_back,
        item=item.item,
        kind=item.kind,
        unit=item.unit,
        found=found,
        says=says,
    )


@dataclass(frozen=True, slots=True)
class Unsolved:
    """A reply whose matter was not solved yet, and how many of its promises are still open."""

    proposal_id: ProposalId
    reply_id: str
    unit: UnitCode
    meaning: str
    promised: int
    open: int
    void: bool = False


def answer_again(
    replies: Sequence[Unsolved],
    *,
    summary: str,
    book: LetterBook,
    by: Actor,
    on: date,
    rules: RulesPublished,
) -> tuple[SecondAnswerIssued, ...]:
    """When all that a reply promised is kept, every proposal that got it is told: B becomes A."""
    keep_within(rules, summary=summary)
    solved = _class_meaning("solved", rules=rules)
    return tuple(_answers(replies, summary=summary, book=book, by=by, on=on, solved=solved))


def _answers(
    replies: Sequence[Unsolved],
    *,
    summary: str,
    book: LetterBook,
    by: Actor,
    on: date,
    solved: ResultClass,
) -> Iterator[SecondAnswerIssued]:
    for nth, reply in enumerate(replies, start=1):
        if by.unit != reply.unit:
            raise NotYourLetter
        if reply.void:
            raise LetterVoid
        if reply.meaning != "in_progress" or not reply.promised:
            raise NotInProgress
        if reply.open:
            raise PromisesStillOpen(count=reply.open)
        yield SecondAnswerIssued(
            proposal_id=reply.proposal_id,
            by=by,
            on=on,
            reply_id=reply.reply_id,
            unit=reply.unit,
            document_number=book.number(nth),
            result_class=solved.code,
            meaning=solved.meaning,
            summary=summary,
        )


def _class_meaning(meaning: str, *, rules: RulesPublished) -> ResultClass:
    for known in rules.classes:
        if known.meaning == meaning:
            return known
    raise UnknownClass(code=meaning, known="、".join(known.code for known in rules.classes))
