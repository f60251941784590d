"""Submitting: a member, several members jointly, or a body hand in a proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.intake.domain.refusals import (
    CollectiveIsOneBody,
    JointNeedsTwo,
    NotAmongProposers,
    ProposerNamedTwice,
    SingleHasOneProposer,
    TextMissing,
    TextTooLong,
    TitleMissing,
    TitleTooLong,
    TooManySuggestedUnits,
    UnitSuggestedTwice,
    UnknownKind,
)
from shared.contracts.event import Actor, UnitCode
from shared.contracts.intake import ProposalKind, ProposalSubmitted, Proposer
from shared.contracts.registry import Post


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a proposal may be. None where the rule set names no limit."""

    title: int | None = None
    text: int | None = None
    suggested_units: int | None = None

    @classmethod
    def of(cls, limits: Mapping[str, int]) -> "Limits":
        """The limits as the rule set names them."""
        return cls(
            title=limits.get("title"),
            text=limits.get("text"),
            suggested_units=limits.get("suggested_units"),
        )


def submit_proposal(submitted: ProposalSubmitted, *, limits: Limits) -> ProposalSubmitted:
    """What was handed in, if it keeps to the rules of form.

    That one proposal treats one matter (一事一案) no program can check: the committee does.
    """
    _must_name_the_caller(submitted.proposers, caller=submitted.by)
    _must_fit_the_kind(submitted.kind, proposers=submitted.proposers)
    _must_be_written_within(limits, title=submitted.title, text=submitted.text)
    _must_suggest_within(limits, units=submitted.suggested_units)
    return submitted


def _must_name_the_caller(proposers: Sequence[Proposer], *, caller: Actor) -> None:
    if caller.post != Post.PROPOSER:
        return
    if not any(
        proposer.person == caller.person
        or (proposer.person is None and proposer.name == caller.name)
        for proposer in proposers
    ):
        raise NotAmongProposers


def _must_fit_the_kind(kind: ProposalKind, *, proposers: Sequence[Proposer]) -> None:
    seen: set[Proposer] = set()
    for proposer in proposers:
        if proposer in seen:
            raise ProposerNamedTwice(name=proposer.name)
        seen.add(proposer)
    count = len(proposers)
    match kind:
        case ProposalKind.SINGLE:
            if count != 1:
                raise SingleHasOneProposer(count=count)
        case ProposalKind.JOINT:
            if count < 2:
                raise JointNeedsTwo(count=count)
        case ProposalKind.COLLECTIVE:
            if count != 1:
                raise CollectiveIsOneBody(count=count)
        case ProposalKind.UNKNOWN:
            raise UnknownKind


def _must_be_written_within(limits: Limits, *, title: str, text: str) -> None:
    if not title.strip():
        raise TitleMissing
    if not text.strip():
        raise TextMissing
    if limits.title is not None and len(title) > limits.title:
        raise TitleTooLong(count=len(title), limit=limits.title)
    if limits.text is not None and len(text) > limits.text:
        raise TextTooLong(count=len(text), limit=limits.text)


def _must_suggest_within(limits: Limits, *, units: Sequence[UnitCode]) -> None:
    if limits.suggested_units is not None and len(units) > limits.suggested_units:
        raise TooManySuggestedUnits(count=len(units), limit=limits.suggested_units)
    if len(set(units)) < len(units):
        raise UnitSuggestedTwice
