"""Drafting: an answering unit writes a version of its reply, with the class it thinks is due."""

from collections.abc import Collection, Iterator
from datetime import date
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from services.reply.domain.demands import chosen
from services.reply.domain.handling import Draft, Handling, OpinionDraft
from services.reply.domain.refusals import (
    DraftChangedMeanwhile,
    TalkFirst,
    UnknownClass,
    UnknownPoint,
)
from services.reply.domain.wording import keep_within
from shared.contracts.event import Actor, TaskId
from shared.contracts.registry import ResultClass, RulesPublished
from shared.contracts.reply import ReplyDrafted


def draft_reply(
    handling: Handling,
    *,
    task_id: TaskId,
    text: str,
    result_class: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
    answered: Collection[str] = (),
    after: int | None = None,
) -> ReplyDrafted:
    """The next version of the round's reply; it takes the place of the one before.

    The event does not carry the words: they stay in this room. ``answered`` are the points of the
    proposal that this version answers. ``after`` is the version that its writer had before them, 0
    for none: who did not see the newest one would undo what stands in it.
    """
    task = handling.task_of(by.unit, task_id=task_id)
    round = task.open_round
    must_have_talked = chosen(rules, "contact.before", kinds=handling.kinds) == "draft"
    if must_have_talked and not round.talked:
        raise TalkFirst(round=round.number)
    keep_within(rules, reply=text)
    must_have_seen(round.newest, after=after)
    if unknown := [point for point in answered if point not in handling.points]:
        raise UnknownPoint(point=unknown[0])
    return ReplyDrafted(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        round=round.number,
        draft=round.newest.number + 1 if round.newest else 1,
        result_class=class_of(result_class, rules=rules).code,
        unanswered=tuple(point for point in handling.points if point not in answered),
    )


def must_have_seen(newest: Draft | OpinionDraft | None, *, after: int | None) -> None:
    """Whoever writes the next version has seen the one before; None where they do not say."""
    number = newest.number if newest is not None else 0
    if after is not None and after != number:
        name = newest.drafted_by.name if newest is not None else "他人"
        raise DraftChangedMeanwhile(name=name, newest=number)


def class_of(code: str, *, rules: RulesPublished) -> ResultClass:
    """What a class means under these rules; the same letter means something else elsewhere."""
    for known in rules.classes:
        if known.code == code:
            return known
    raise UnknownClass(code=code, known="、".join(known.code for known in rules.classes))


class Changed(NamedTuple):
    """A paragraph of a draft beside the version before: it stays, is new, or has gone."""

    what: Literal["stays", "added", "removed"]
    text: str


def changes(before: str, after: str) -> Iterator[Changed]:
    """What changed from one version to the next, paragraph by paragraph, in reading order."""
    old, new = before.splitlines(), after.splitlines()
    matched = SequenceMatcher(a=old, b=new, autojunk=False)
    for _, old_from, old_to, new_from, new_to in matched.get_opcodes():
        if old[old_from:old_to] == new[new_from:new_to]:
            yield from (Changed("stays", one) for one in old[old_from:old_to])
            continue
        yield from (Changed("removed", one) for one in old[old_from:old_to])
        yield from (Changed("added", one) for one in new[new_from:new_to])
