"""Disclosing: the proposer's wish, the unit's attribute, the office's release (公开).

Three consents that are kept apart. What differs from the one before it needs a reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.reply.domain.masking import Span, masked
from services.reply.domain.refusals import (
    AlreadyReleased,
    LetterVoid,
    MaskingsUnconfirmed,
    NeedsAttributeReason,
    NeedsReasonToDiffer,
    NotDecidedYet,
    NoTextKept,
    NothingReleased,
    NotOpen,
    NotYourLetter,
    OtherForm,
    WrongMasking,
)
from services.reply.domain.wording import keep_within
from shared.contracts.event import Actor, ProposalId, UnitCode
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import (
    PublicationDecided,
    PublicationProposed,
    ReleaseWithdrawn,
    ReplyReleased,
)
from shared.rules import reason as reason_of

Openness = Literal["open", "on_request", "closed"]
Form = Literal["full", "summary"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """How a letter is to be published; what is not open needs a coded reason."""

    attribute: Openness
    reason_code: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that went out: a reply, or a co-handler's opinion, and how it stands in public."""

    proposal_id: ProposalId
    letter_id: str
    unit: UnitCode
    kind: Literal["reply", "opinion"]
    title: str
    full: str | None
    summary: str
    wished: bool = True
    proposed: Openness | None = None
    decided: Openness | None = None
    form: Form = "full"
    released: bool = False
    void: bool = False

    def text(self, form: Form) -> str:
        """Its words in full or in summary."""
        if form == "summary":
            return self.summary
        if self.full is None:
            raise NoTextKept
        return self.full


def public_title(
    kind: Literal["reply", "opinion"], *, number: str | None, title: str | None
) -> str:
    """What a letter is called in public; the matter is named only if the proposer agrees."""
    proposal = f"市政协第{number}号提案" if number else "市政协提案"
    about = f"《{title}》" if title else ""
    return f"对{proposal}{about}的{'答复' if kind == 'reply' else '会办意见'}"


def checked_attribute(attribute: Attribute, *, rules: RulesPublished) -> Attribute:
    """The attribute with its reason in words."""
    keep_within(rules, reason=attribute.reason)
    if attribute.attribute == "open":
        return attribute
    if attribute.reason_code is None:
        raise NeedsAttributeReason
    coded = reason_of(rules, "disclosure", attribute.reason_code, what="公开属性理由")
    return Attribute(attribute.attribute, coded.code, attribute.reason or coded.says)


def propose_publication(
    sent: Sent, *, attribute: Attribute, by: Actor, on: date, rules: RulesPublished
) -> PublicationProposed:
    """By the unit whose letter it is, until the office has decided; its last word counts."""
    _must_stand(sent)
    if by.unit != sent.unit:
        raise NotYourLetter
    checked = checked_attribute(attribute, rules=rules)
    return PublicationProposed(
        proposal_id=sent.proposal_id,
        by=by,
        on=on,
        reply_id=sent.letter_id,
        unit=sent.unit,
        attribute=checked.attribute,
        reason_code=checked.reason_code,
        reason=checked.reason,
    )


def decide_publication(
    sent: Sent,
    *,
    attribute: Openness,
    form: Form,
    why: str | None,
    by: Actor,
    on: date,
    rules: RulesPublished,
) -> PublicationDecided:
    """The office may differ from the proposer's wish and the unit's proposal, and says why."""
    _must_stand(sent)
    if sent.released:
        raise AlreadyReleased
    keep_within(rules, reason=why)
    against_the_wish = attribute == "open" and not sent.wished
    other_than_proposed = sent.proposed is not None and attribute != sent.proposed
    unproposed = sent.proposed is None and attribute != "open"
    if (against_the_wish or other_than_proposed or unproposed) and not why:
        raise NeedsReasonToDiffer
    return PublicationDecided(
        proposal_id=sent.proposal_id,
        by=by,
        on=on,
        reply_id=sent.letter_id,
        unit=sent.unit,
        attribute=attribute,
        form=form,
        reason=why,
    )


def release_letter(
    sent: Sent,
    *,
    form: Form,
    proposed: Sequence[Span],
    mask: Sequence[Span],
    leave: Sequence[Span],
    by: Actor,
    on: date,
) -> ReplyReleased:
    """The text that a person has gone through: each proposed masking was confirmed or left out.

    Whoever confirms may mask more than was proposed.
    """
    _must_stand(sent)
    if sent.decided is None:
        raise NotDecidedYet
    if sent.decided != "open":
        raise NotOpen
    if sent.released:
        raise AlreadyReleased
    if form != sent.form:
        raise OtherForm
    text = sent.text(form)
    for span in (*mask, *leave):
        if not 0 <= span.start < span.end <= len(text):
            raise WrongMasking(start=span.start, end=span.end)
    seen = {(span.start, span.end) for span in (*mask, *leave)}
    if unseen := [span for span in proposed if (span.start, span.end) not in seen]:
        raise MaskingsUnconfirmed(count=len(unseen), first=text[unseen[0].start : unseen[0].end])
    return ReplyReleased(
        proposal_id=sent.proposal_id,
        by=by,
        on=on,
        reply_id=sent.letter_id,
        unit=sent.unit,
        kind=sent.kind,
        form=form,
        title=sent.title,
        text=masked(text, mask),
    )


def withdraw_release(
    sent: Sent, *, why: str, by: Actor, on: date, rules: RulesPublished
) -> ReleaseWithdrawn:
    """What was released is public no more; it may be decided and released anew."""
    if not sent.released:
        raise NothingReleased
    keep_within(rules, reason=why)
    return ReleaseWithdrawn(
        proposal_id=sent.proposal_id,
        by=by,
        on=on,
        reply_id=sent.letter_id,
        unit=sent.unit,
        why=why,
    )


def _must_stand(sent: Sent) -> None:
    if sent.void:
        raise LetterVoid
