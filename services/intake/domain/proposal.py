"""A proposal as far as the committee's rules look at it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.intake.domain.refusals import AlreadyReviewed, NotFiled, NotYourProposal
from shared.contracts.event import Actor, PersonId, ProposalId
from shared.contracts.intake import Proposer

Review = Literal[
    "submitted", "sent_back", "accepted", "declined", "turned", "withdrawn", "archived"
]
REVIEW_WORDS: dict[Review, str] = {
    "submitted": "待审查",
    "sent_back": "已退回修改",
    "accepted": "已立案",
    "declined": "不予立案",
    "turned": "已转其他方式办理",
    "withdrawn": "已撤案",
    "archived": "是往年归档的提案",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """``group`` is the main proposal of the group in which this one is handled, if merged.

    ``object_by`` ends the time in which its authors may object to that. ``handed_over`` and
    ``answered`` are what intake has heard of its handling.
    """

    proposal_id: ProposalId
    year: int
    title: str
    state: Review = "submitted"
    number: str | None = None
    group: ProposalId | None = None
    key: bool = False
    proposers: tuple[Proposer, ...] = ()
    category: str | None = None
    session: str | None = None
    review_group: str | None = None
    revision: int = 0
    object_by: date | None = None
    handed_over: bool = False
    answered: bool = False

    @property
    def called(self) -> str:
        """How a sentence names it: by its number once it has one, else by its title."""
        return f"第{self.number}号提案" if self.number else f"提案《{self.title}》"

    @property
    def is_undecided(self) -> bool:
        """Whether the committee has yet to say what becomes of it."""
        return self.state in ("submitted", "sent_back")

    def must_await_review(self) -> None:
        """A proposal is filed once, and not while its proposers revise it."""
        if self.state != "submitted":
            raise AlreadyReviewed(proposal=self.called, state=REVIEW_WORDS[self.state])

    def must_be_undecided(self) -> None:
        """The committee ends its review once, be it that nothing came back from its proposers."""
        if not self.is_undecided:
            raise AlreadyReviewed(proposal=self.called, state=REVIEW_WORDS[self.state])

    def must_be_filed(self) -> None:
        """Only a filed proposal is merged or made key."""
        if self.state != "accepted":
            raise NotFiled(proposal=self.called, state=REVIEW_WORDS[self.state])

    def author(self, caller: Actor) -> Proposer:
        """The caller as one of its proposers.

        Raises:
            NotYourProposal: they are none.
        """
        person = acting_for(caller)
        for proposer in self.proposers:
            if proposer.person == person:
                return proposer
        raise NotYourProposal


def acting_for(caller: Actor) -> PersonId:
    """The person in whose name somebody acts: their own, or whom they stand in for."""
    return caller.on_behalf_of or caller.person
