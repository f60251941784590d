"""Keeping promises: a unit does what its reply promised, the office says if it did (承诺落实)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.reply.domain.demands import chosen
from services.reply.domain.refusals import (
    AlreadyKept,
    AlreadyReported,
    ChangedInThePast,
    ChangesNothing,
    ChecksOwnPromise,
    InheritsItself,
    NoChangeAsked,
    NotReported,
    NotYourPromise,
    PromiseIsBroken,
    PromiseIsVoid,
)
from services.reply.domain.wording import keep_within
from shared.contracts.event import Actor, ProposalId, UnitCode
from shared.contracts.registry import Post, RulesPublished
from shared.contracts.reply import (
    Attachment,
    PromiseBroken,
    PromiseChangeAsked,
    PromiseChanged,
    PromiseChangeRefused,
    PromiseInherited,
    PromiseKept,
    PromiseProgressed,
    PromiseReported,
    PromiseReportRefused,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a promise is to become."""

    text: str
    due_on: date
    why: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What a unit promised; it outlives the task, for the letter bears the unit's name.

    ``reported`` is the evidence that waits for the office's check, ``change`` what was asked.
    """

    proposal_id: ProposalId
    promise_id: str
    unit: UnitCode
    text: str
    due_on: date
    state: Literal["open", "kept", "broken", "void"] = "open"
    reported: str | None = None
    change: Change | None = None

    def must_be_open(self) -> None:
        """What is kept, broken, or went with its letter takes no further act."""
        match self.state:
            case "kept":
                raise AlreadyKept
            case "broken":
                raise PromiseIsBroken
            case "void":
                raise PromiseIsVoid


def report_progress(
    promise: Promise, *, progress: str, by: Actor, on: date, rules: RulesPublished
) -> PromiseProgressed:
    """How far it has come."""
    _must_be_theirs(promise, by=by)
    keep_within(rules, account=progress)
    return PromiseProgressed(
        proposal_id=promise.proposal_id,
        by=by,
        on=on,
        promise_id=promise.promise_id,
        unit=promise.unit,
        progress=progress,
    )


def report_kept(
    promise: Promise,
    *,
    evidence: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
    attachments: tuple[Attachment, ...] = (),
) -> PromiseReported:
    """The unit shows what it did; the office has yet to say that it is so."""
    _must_be_theirs(promise, by=by)
    if promise.reported is not None:
        raise AlreadyReported
    keep_within(rules, evidence=evidence)
    return PromiseReported(
        proposal_id=promise.proposal_id,
        by=by,
        on=on,
        promise_id=promise.promise_id,
        unit=promise.unit,
        evidence=evidence,
        attachments=attachments,
    )


def refuse_report(
    promise: Promise, *, why: str, by: Actor, on: date, rules: RulesPublished
) -> PromiseReportRefused:
    """The office looked, and it is not kept yet."""
    promise.must_be_open()
    if promise.reported is None:
        raise NotReported
    keep_within(rules, reason=why)
    return PromiseReportRefused(
        proposal_id=promise.proposal_id,
        by=by,
        on=on,
        promise_id=promise.promise_id,
        unit=promise.unit,
        why=why,
    )


def keep_promise(
    promise: Promise, *, evidence: str | None, by: Actor, on: date, rules: RulesPublished
) -> PromiseKept:
    """Once; late is accepted, the day says so. Who may find it kept is the place's choice.

    The office confirms what the unit has reported. Where the place lets units say so themselves,
    the unit needs no second word.
    """
    if by.post == Post.OFFICE:
        promise.must_be_open()
        if promise.reported is None:
            raise NotReported
    else:
        if by.unit != promise.unit:
            raise NotYourPromise
        promise.must_be_open()
        if chosen(rules, "promise.check", otherwise="unit") == "office":
            raise ChecksOwnPromise
    shown = evidence or promise.reported
    if shown is None:
        raise NotReported
    keep_within(rules, evidence=shown)
    return PromiseKept(
        proposal_id=promise.proposal_id,
        by=by,
        on=on,
        promise_id=promise.promise_id,
        unit=promise.unit,
        evidence=shown,
    )


def ask_for_change(
    promise: Promise, *, change: Change, by: Actor, on: date, rules: RulesPublished
) -> PromiseChangeAsked:
    """By the head of the unit, whose name is under the letter; the office decides."""
    _must_be_theirs(promise, by=by)
    keep_within(rules, reason=change.why)
    if change.due_on < on:
        raise ChangedInThePast(day=change.due_on)
    if (change.text, change.due_on) == (promise.text, promise.due_on):
        raise ChangesNothing
    return PromiseChangeAsked(
        proposal_id=promise.proposal_id,
        by=by,
        on=on,
        promise_id=promise.promise_id,
        unit=promise.unit,
        text=change.text,
        due_on=change.due_on,
        why=change.why,
    )


def decide_change(
    promise: Promise, *, granted: bool, why: str, by: Actor, on: date, rules: RulesPublished
) -> PromiseChanged | PromiseChangeRefused:
    """Granted, the proposers are told by the event; refused, the promise stays as it was."""
    promise.must_be_open()
    if promise.change is None:
        raise NoChangeAsked
    keep_within(rules, reason=why)
    if not granted:
        return PromiseChangeRefused(
            proposal_id=promise.proposal_id,
            by=by,
            on=on,
            promise_id=promise.promise_id,
            unit=promise.unit,
            why=why,
        )
    return PromiseChanged(
        proposal_id=promise.proposal_id,
        by=by,
        on=on,
        promise_id=promise.promise_id,
        unit=promise.unit,
        text=promise.change.text,
        due_on=promise.change.due_on,
        before_on=promise.due_on,
        why=promise.change.why,
    )


def break_promise(
    promise: Promise, *, why: str, by: Actor, on: date, rules: RulesPublished
) -> PromiseBroken:
    """The office finds that it was not kept and will not be."""
    promise.must_be_open()
    keep_within(rules, reason=why)
    return PromiseBroken(
        proposal_id=promise.proposal_id,
        by=by,
        on=on,
        promise_id=promise.promise_id,
        unit=promise.unit,
        why=why,
    )


def inherit_promise(
    promise: Promise, *, heir: UnitCode, why: str, by: Actor, on: date
) -> PromiseInherited:
    """Whoever took over the work of the unit keeps its promises, too."""
    promise.must_be_open()
    if heir == promise.unit:
        raise InheritsItself
    return PromiseInherited(
        proposal_id=promise.proposal_id,
        by=by,
        on=on,
        promise_id=promise.promise_id,
        unit=heir,
        before=promise.unit,
        why=why,
    )


def _must_be_theirs(promise: Promise, *, by: Actor) -> None:
    if by.unit != promise.unit:
        raise NotYourPromise
    promise.must_be_open()
