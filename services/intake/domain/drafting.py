"""Drafting: what its writer has not handed in yet, and who was asked to sign it (草稿、联名).

A draft stays at home: nothing is told of what stands in it. Joint proposers sign for themselves,
inside a window, and what they sign is the wording that they were shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal, assert_never

from services.intake.domain.proposal import acting_for
from services.intake.domain.refusals import (
    DraftChangedMeanwhile,
    DraftNotJoint,
    NobodyLeftToAsk,
    NotAskedToSign,
    SignatureAnswered,
    SignaturesOpen,
    SignaturesUnasked,
    SignerUnknown,
    SigningClosed,
    WordingChanged,
)
from shared.contracts.event import Actor, PersonId, ProposalId, UnitCode
from shared.contracts.intake import (
    Attachment,
    JointSignatureAsked,
    JointSignatureDeclined,
    JointSignatureGiven,
    LeftOut,
    Origin,
    ProposalKind,
    ProposalSubmitted,
    Proposer,
    ProposerType,
)
from shared.contracts.registry import RulesPublished, Session

Signing = Literal["unasked", "open", "signed", "declined", "expired"]
HOURS = {True: "joint_hours_in_session", False: "joint_hours_off_session"}


@dataclass(frozen=True, slots=True)
class Signature:
    """What became of one request to sign: it is good for one wording, and until a moment."""

    name: str
    wording: str
    until: datetime
    answer: Literal["signed", "declined"] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was last saved. ``joint`` are the proposers besides its owner."""

    draft_id: ProposalId
    owner: Proposer
    version: int
    title: str
    text: str
    kind: ProposalKind = ProposalKind.SINGLE
    put_by: ProposerType = ProposerType.MEMBER
    body: str | None = None
    convenor: str | None = None
    sealed: bool = False
    joint: tuple[Proposer, ...] = ()
    category: str | None = None
    suggested_units: tuple[UnitCode, ...] = ()
    wants_publication: bool = True
    attachments: tuple[Attachment, ...] = ()
    signatures: Mapping[PersonId, Signature] = field(default_factory=dict)

    @property
    def wording(self) -> str:
        """The digest of what a joint proposer signs: title, text, attachments."""
        said = "\n".join((self.title, self.text, *(one.digest for one in self.attachments)))
        return sha256(said.encode()).hexdigest()

    def signing(self, person: PersonId | None, *, now: datetime) -> Signing:
        """How far a joint proposer is. A signature to another wording is none."""
        asked = self.signatures.get(person) if person else None
        if asked is None or (asked.wording != self.wording and asked.answer != "declined"):
            return "unasked"
        if asked.answer is not None:
            return asked.answer
        return "open" if now <= asked.until else "expired"


@dataclass(frozen=True, slots=True)
class Window:
    """How long one may sign: some hours, others in a session than between two."""

    hours: int
    session: str | None

    @classmethod
    def of(cls, rules: RulesPublished, *, session: Session | None) -> "Window":
        """The window as the rule set names it; a day where it names none."""
        named = rules.numbers.get(HOURS[session is not None])
        return cls(named.value if named else 24, session.session if session else None)


def must_be_newest(draft: Draft, *, version: int) -> None:
    """Whoever saves has seen what was saved last: the second of two savers reads so."""
    if draft.version != version:
        raise DraftChangedMeanwhile(version=version, found=draft.version)


def ask_to_sign(draft: Draft, *, window: Window, now: datetime, by: Actor) -> JointSignatureAsked:
    """Ask everybody who is not asked yet, who let the window close, or who signed other words."""
    if draft.kind is not ProposalKind.JOINT:
        raise DraftNotJoint
    for proposer in draft.joint:
        if proposer.person is None:
            raise SignerUnknown(name=proposer.name)
    asked = tuple(
        proposer
        for proposer in draft.joint
        if draft.signing(proposer.person, now=now) in ("unasked", "expired")
    )
    if not asked:
        raise NobodyLeftToAsk
    return JointSignatureAsked(
        proposal_id=draft.draft_id,
        title=draft.title,
        asked=asked,
        until=now + timedelta(hours=window.hours),
        session=window.session,
        by=by,
        on=now.date(),
    )


def sign_draft(draft: Draft, *, now: datetime, by: Actor) -> JointSignatureGiven:
    """A joint proposer signs the wording as it stands."""
    signer = _asked(draft, now=now, by=by)
    return JointSignatureGiven(proposal_id=draft.draft_id, signer=signer, by=by, on=now.date())


def decline_to_sign(draft: Draft, *, why: str, now: datetime, by: Actor) -> JointSignatureDeclined:
    """A joint proposer would rather not."""
    signer = _asked(draft, now=now, by=by)
    return JointSignatureDeclined(
        proposal_id=draft.draft_id, signer=signer, why=why, by=by, on=now.date()
    )


def _asked(draft: Draft, *, now: datetime, by: Actor) -> Proposer:
    person = acting_for(by)
    if person not in draft.signatures:
        raise NotAskedToSign
    asked = draft.signatures[person]
    match draft.signing(person, now=now):
        case "open":
            return Proposer(name=asked.name, person=person)
        case "expired":
            # On the office's clock, wherever the moment was kept.
            raise SigningClosed(until=f"{asked.until.astimezone(now.tzinfo):%Y-%m-%d %H:%M}")
        case "unasked":
            raise WordingChanged
        case "signed" | "declined":
            raise SignatureAnswered
        case other:
            assert_never(other)


def signed_by(draft: Draft, *, now: datetime) -> tuple[tuple[Proposer, ...], tuple[LeftOut, ...]]:
    """The proposers of a joint draft that is handed in, and those who are left out with a word.

    Raises:
        SignaturesUnasked: somebody has not been asked to sign this wording.
        SignaturesOpen: somebody may still sign; take them out of the draft to go on without them.
    """
    standing = {one: draft.signing(one.person, now=now) for one in draft.joint}
    if unasked := _names(standing, "unasked"):
        raise SignaturesUnasked(names=unasked)
    if still_open := _names(standing, "open"):
        raise SignaturesOpen(names=still_open)
    signed = [one for one, how in standing.items() if how == "signed"]
    left_out = [
        LeftOut(name=one.name, person=one.person, why=how)
        for one, how in standing.items()
        if how in ("declined", "expired")
    ]
    return (draft.owner, *signed), tuple(left_out)


def _names(standing: Mapping[Proposer, Signing], wanted: Signing) -> str:
    return "、".join(one.name for one, how in standing.items() if how == wanted)


def hand_in(
    draft: Draft,
    *,
    year: int,
    session: str | None,
    review_group: str | None,
    now: datetime,
    by: Actor,
    origin: Origin = Origin.REAL,
    source: str | None = None,
) -> ProposalSubmitted:
    """The draft as it is handed in, in the name of those who signed it."""
    proposers, left_out = _proposers(draft, now=now)
    return ProposalSubmitted(
        proposal_id=draft.draft_id,
        year=year,
        title=draft.title,
        text=draft.text,
        kind=draft.kind,
        proposers=proposers,
        category=draft.category,
        suggested_units=draft.suggested_units,
        wants_publication=draft.wants_publication,
        put_by=draft.put_by,
        body=draft.body,
        session=session,
        convenor=draft.convenor,
        sealed=draft.sealed,
        attachments=draft.attachments,
        left_out=left_out,
        review_group=review_group,
        origin=origin,
        source=source,
        by=by,
        on=now.date(),
    )


def _proposers(draft: Draft, *, now: datetime) -> tuple[tuple[Proposer, ...], tuple[LeftOut, ...]]:
    match draft.kind:
        case ProposalKind.JOINT:
            return signed_by(draft, now=now)
        case ProposalKind.COLLECTIVE:
            # A body's proposal bears its name; who hands it in will find it among their own.
            body = draft.body or draft.owner.name
            return (Proposer(name=body, person=draft.owner.person),), ()
        case _:
            return (draft.owner,), ()
