"""Who speaks for a proposal: its proposers, each for themselves, or the committee from a paper."""

from dataclasses import dataclass
from datetime import date

from services.reply.domain.refusals import (
    NeedsPaper,
    NotProposer,
    SignedInTheFuture,
    SpeaksForAnother,
)
from shared.contracts.event import Actor
from shared.contracts.intake import Proposer
from shared.contracts.registry import Post
from shared.contracts.reply import Paper


@dataclass(frozen=True, slots=True)
class Signatory:
    """The proposers of a proposal, the first one first; ``waived_by``: who needs no talk."""

    proposers: tuple[Proposer, ...]
    waived_by: frozenset[str] = frozenset()

    def named(self, name: str) -> Proposer:
        """The proposer of that name."""
        for proposer in self.proposers:
            if proposer.name == name:
                return proposer
        raise NotProposer(name=name, known="、".join(one.name for one in self.proposers))


def is_own(proposer: Proposer, *, by: Actor) -> bool:
    """Whether the caller is this proposer; whoever has no account of record goes by their name."""
    person = by.on_behalf_of or by.person
    return person == proposer.person if proposer.person else by.name == proposer.name


def must_be_said_by(
    signatory: Signatory, name: str, *, by: Actor, on: date, paper: Paper | None
) -> None:
    """Let a proposer speak for themselves, and the committee for them from a paper."""
    proposer = signatory.named(name)
    if by.post == Post.COMMITTEE:
        if paper is None:
            raise NeedsPaper(proposer=name)
        must_not_be_signed_later(paper, on=on)
    elif not is_own(proposer, by=by):
        raise SpeaksForAnother(proposer=name)


def must_not_be_signed_later(paper: Paper, *, on: date) -> None:
    """A paper that is recorded today was signed today at the latest."""
    if paper.signed_on > on:
        raise SignedInTheFuture(day=paper.signed_on)
