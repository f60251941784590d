"""What a command to the reply room has to say."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from services.reply.domain.disclosing import Attribute
from services.reply.domain.giving_opinions import Opinion
from services.reply.domain.issuing import Letter, Promised
from services.reply.domain.masking import Span
from shared.commanding import Command, Plain
from shared.contracts.event import TaskId, UnitCode
from shared.contracts.reply import Attachment, ContactKind, Paper, Rating

Text = Annotated[Plain, StringConstraints(min_length=1, max_length=5_000)]
LongText = Annotated[Plain, StringConstraints(min_length=1, max_length=50_000)]
Name = Annotated[Plain, StringConstraints(min_length=1, max_length=100)]
Openness = Literal["open", "on_request", "closed"]
Form = Literal["full", "summary"]


class AttachedPaper(Command):
    """A paper that belongs to an act, by the digest (SHA-256) of its bytes."""

    name: Name
    kind: Name
    size: int = Field(ge=1)
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

    def as_attachment(self) -> Attachment:
        """The paper as events name it."""
        return Attachment(name=self.name, kind=self.kind, size=self.size, digest=self.digest)


Attached = Annotated[list[AttachedPaper], Field(max_length=20)]


class SignedPaper(Command):
    """What was done on paper: who signed it, on which day, and its scan."""

    signed_by: Name
    signed_on: date
    scan: AttachedPaper

    def as_paper(self) -> Paper:
        """The paper as events name it."""
        return Paper(
            signed_by=self.signed_by, signed_on=self.signed_on, scan=self.scan.as_attachment()
        )


def attachments(papers: list[AttachedPaper]) -> tuple[Attachment, ...]:
    """The papers as events name them."""
    return tuple(one.as_attachment() for one in papers)


def paper(signed: SignedPaper | None) -> Paper | None:
    """What was signed on paper, if anything was."""
    return signed.as_paper() if signed is not None else None


class RecordContact(Command):
    """When a unit talked with the proposers: how, with whom, about what."""

    kind: ContactKind
    people: list[Name] = Field(min_length=1, max_length=50)
    summary: Text
    talked_on: date | None = None
    attachments: Attached = Field(default=[])


class SpeakOfContact(Command):
    """Which proposer speaks; from a paper, where the committee enters it."""

    proposer: Name
    paper: SignedPaper | None = None


class DenyContact(SpeakOfContact):
    """What the proposer says of a talk that did not take place."""

    says: Text


class Why(Command):
    """The reason of an act."""

    why: Text


class GiveOpinion(Command):
    """A co-handler's opinion; ``contradicts`` names what in the lead's plan it cannot agree to."""

    opinion: LongText
    contradicts: Text | None = None
    attachments: Attached = Field(default=[])

    def as_opinion(self) -> Opinion:
        """The opinion as the rules read it."""
        return Opinion(self.opinion, self.contradicts, attachments(self.attachments))


class DraftOpinion(GiveOpinion):
    """A version of an opinion; ``after`` is the version that its writer had before them."""

    after: Annotated[int, Field(ge=0)] | None = None


class OfDraft(Command):
    """The number of the draft that was read."""

    draft: int


class SendDraftBack(OfDraft):
    """Which draft has to be written again, and why."""

    why: Text


class IssueOpinion(OfDraft):
    """The draft of an opinion that goes to the lead."""

    attachments: Attached = Field(default=[])
    paper: SignedPaper | None = None


class SettleDisagreement(Command):
    """What was agreed or decided."""

    outcome: Text


class ListPoints(Command):
    """The points of the proposal, in the answering unit's reading.

    ``stand`` marks the list that its writer had before them.
    """

    stand: Annotated[str, StringConstraints(max_length=16)] | None = None
    points: list[Annotated[Name, StringConstraints(max_length=300)]] = Field(max_length=50)


class AnswerPoint(Command):
    """What a draft says to one point."""

    point: Annotated[Plain, StringConstraints(min_length=1, max_length=300)]
    answer: Text


class DraftReply(Command):
    """A version of a reply, with its answers point by point.

    ``after`` is the version that its writer had before them, 0 where there was none.
    """

    text: LongText
    result_class: Name
    answers: list[AnswerPoint] = Field(default=[], max_length=50)
    after: Annotated[int, Field(ge=0)] | None = None


class Countersign(Command):
    """Which version of the lead's draft is signed."""

    lead_task: TaskId
    draft: int
    paper: SignedPaper | None = None


class RefuseToCountersign(Command):
    """Which version of the lead's draft goes back, and why."""

    lead_task: TaskId
    draft: int
    why: Text


class ProposePublication(Command):
    """How the unit would have its letter published; what is not open needs a coded reason."""

    attribute: Openness
    reason_code: Name | None = None
    reason: Text | None = None

    def as_attribute(self) -> Attribute:
        """The attribute as the rules read it."""
        return Attribute(self.attribute, self.reason_code, self.reason)


class MakePromise(Command):
    """Something promised by a day, who sees to it, and what will show it."""

    text: Text
    due_on: date
    owner: Annotated[Plain, StringConstraints(max_length=100)] = ""
    shown_by: Annotated[Plain, StringConstraints(max_length=500)] = ""


class IssueReply(Command):
    """The approved draft, what is told with it, and what is promised."""

    draft: int
    summary: Text
    reason: Text | None = None
    evidence: Text | None = None
    promises: list[MakePromise] = Field(default=[], max_length=50)
    without_opinions_because: Text | None = None
    unanswered_because: Text | None = None
    publication: ProposePublication | None = None
    attachments: Attached = Field(default=[])
    paper: SignedPaper | None = None

    def as_letter(self) -> Letter:
        """The letter as the rules read it."""
        return Letter(
            draft=self.draft,
            summary=self.summary,
            reason=self.reason,
            evidence=self.evidence,
            promises=tuple(
                Promised(one.text, one.due_on, one.owner, one.shown_by) for one in self.promises
            ),
            without_opinions_because=self.without_opinions_because,
            unanswered_because=self.unanswered_because,
            attribute=self.publication.as_attribute() if self.publication else None,
            attachments=attachments(self.attachments),
            paper=paper(self.paper),
        )


class ChangeClass(Command):
    """The class that the office gives a reply, and why."""

    result_class: Name
    why: Text


class RateReply(Command):
    """What a named proposer says of process and result."""

    proposer: Name
    process: Rating
    result: Rating
    comment: Annotated[Plain, StringConstraints(max_length=5_000)] = ""
    paper: SignedPaper | None = None


class HoldMeeting(Command):
    """When unit and proposers met, who came, and what came of it."""

    held_on: date
    people: list[Name] = Field(min_length=1, max_length=50)
    result: Literal["agreed", "differs"]
    outcome: Text
    attachments: Attached = Field(default=[])


class DecidePublication(Command):
    """Whether and how a letter is published."""

    attribute: Openness
    form: Form = "full"
    why: Text | None = None


class MarkSpan(Command):
    """A part of the text, from its first sign up to and without its last."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)


class ReleaseLetter(Command):
    """What a person has confirmed to be masked, and what they leave open."""

    form: Form = "full"
    mask: list[MarkSpan] = Field(default=[], max_length=1_000)
    leave: list[MarkSpan] = Field(default=[], max_length=1_000)

    def masks(self) -> list[Span]:
        """What is covered."""
        return [Span(one.start, one.end) for one in self.mask]

    def leaves(self) -> list[Span]:
        """What was looked at and stays."""
        return [Span(one.start, one.end) for one in self.leave]


class NoteProgress(Command):
    """How far a promise has come."""

    progress: Text


class ReportKept(Command):
    """What shows that the promise was kept."""

    evidence: Text
    attachments: Attached = Field(default=[])


class KeepPromise(Command):
    """What shows that the promise was kept; the office may go by what the unit has reported."""

    evidence: Text | None = None


class AskForChange(Command):
    """What a promise is to become, and why."""

    text: Text
    due_on: date
    why: Text


class DecideChange(Command):
    """Whether a promise may be changed, and why."""

    granted: bool
    why: Text


class InheritPromise(Command):
    """Which unit keeps a promise from now on, and why."""

    unit: UnitCode
    why: Text


class OpenLookBack(Command):
    """The year that is looked back upon, and the seed of the lot."""

    year: int = Field(ge=2000, le=2100)
    seed: Name


class LookBackAt(Command):
    """How an item of a look-back stands."""

    found: Literal["solved", "under_way", "not_solved"]
    says: Text


class AnswerAgain(Command):
    """What the proposers are told now that all is done."""

    summary: Text
