"""Drafting: an answering unit writes a version of its reply, with the class it thinks is due."""

from datetime import date

from services.reply.domain.handling import Handling
from services.reply.domain.refusals import UnknownClass
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
) -> ReplyDrafted:
    """The next version of the round's reply; it takes the place of the one before.

    The event does not carry the words: they stay in this room.
    """
    task = handling.task_of(by.unit, task_id=task_id)
    round = task.open_round
    keep_within(rules, reply=text)
    return ReplyDrafted(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        round=round.number,
        draft=round.newest.number + 1 if round.newest else 1,
        result_class=class_of(result_class, rules=rules).code,
    )


def class_of(code: str, *, rules: RulesPublished) -> ResultClass:
    """What a class means under these rules; the same letter means something else elsewhere."""
    for known in rules.classes:
        if known.code == code:
            return known
    raise UnknownClass(code=code, known="、".join(known.code for known in rules.classes))
