"""Checking: the office looks at what was issued: takes it, sends it back, or changes its class."""

from dataclasses import dataclass
from datetime import date

from services.reply.domain.drafting import class_of
from services.reply.domain.refusals import (
    AlreadyChecked,
    LetterVoid,
    NeedsPromise,
    Overtaken,
    SameClass,
)
from services.reply.domain.wording import keep_within
from shared.calendar import Calendar
from shared.contracts.event import Actor, ProposalId, TaskId, UnitCode
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import ClassChanged, RedoOrdered, ReplyAccepted, ReplySentBack
from shared.deadlines import due
from shared.rules import clock_for


@dataclass(frozen=True, slots=True)
class IssuedReply:
    """A reply as the office finds it, with all that were handled in one with it.

    ``together`` are the proposals that got it; the first is where it was handled.
    """

    together: tuple[ProposalId, ...]
    proposal_id: ProposalId
    reply_id: str
    task_id: TaskId
    unit: UnitCode
    round: int
    result_class: str
    promises: tuple[str, ...] = ()
    accepted: bool = False
    void: bool = False
    superseded: bool = False

    def must_stand(self) -> None:
        """Whoever was sent back, or was overtaken by another round, is past checking."""
        if self.void:
            raise LetterVoid
        if self.superseded:
            raise Overtaken(round=self.round)


def accept_reply(reply: IssuedReply, *, by: Actor, on: date) -> ReplyAccepted:
    """It matches its class, misses no point, and was talked over."""
    reply.must_stand()
    if reply.accepted:
        raise AlreadyChecked
    return ReplyAccepted(
        proposal_id=reply.proposal_id, by=by, on=on, reply_id=reply.reply_id, unit=reply.unit
    )


def send_reply_back(
    reply: IssuedReply,
    *,
    why: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
    calendar: Calendar,
) -> tuple[ReplySentBack | RedoOrdered, ...]:
    """It is void for all that were handled with it, and answered again in the next round."""
    reply.must_stand()
    keep_within(rules, reason=why)
    home = reply.together[0]
    length = clock_for(rules, "redo", "sent_back")
    # The same clock as that of any other redo, of another length.
    answer = due(length, starts_on=on, rules=rules, calendar=calendar).model_copy(
        update={"clock": "redo"}
    )
    told: list[ReplySentBack | RedoOrdered] = []
    for proposal_id in reply.together:
        told += (
            ReplySentBack(
                proposal_id=proposal_id,
                by=by,
                on=on,
                reply_id=reply.reply_id,
                task_id=reply.task_id,
                unit=reply.unit,
                round=reply.round,
                why=why,
                promises=reply.promises if proposal_id == home else (),
            ),
            RedoOrdered(
                proposal_id=proposal_id,
                by=by,
                on=on,
                reply_id=reply.reply_id,
                task_id=reply.task_id,
                unit=reply.unit,
                round=reply.round + 1,
                answer=answer,
                because="sent_back",
            ),
        )
    return tuple(told)


def change_class(
    reply: IssuedReply, *, result_class: str, why: str, by: Actor, on: date, rules: RulesPublished
) -> ClassChanged:
    """To a class that the letter bears out: what needs a promise must have made one."""
    reply.must_stand()
    keep_within(rules, reason=why)
    wanted = class_of(result_class, rules=rules)
    if wanted.code == reply.result_class:
        raise SameClass(code=wanted.code)
    if wanted.needs_promise and not reply.promises:
        raise NeedsPromise(code=wanted.code, says=wanted.says)
    return ClassChanged(
        proposal_id=reply.proposal_id,
        by=by,
        on=on,
        reply_id=reply.reply_id,
        unit=reply.unit,
        before=reply.result_class,
        result_class=wanted.code,
        meaning=wanted.meaning,
        why=why,
    )
