"""A proposal as far as the committee's rules look at it."""

from dataclasses import dataclass
from typing import Literal

from services.intake.domain.refusals import AlreadyReviewed, NotFiled
from shared.contracts.event import ProposalId

Review = Literal["submitted", "accepted", "declined"]
REVIEW_WORDS: dict[Review, str] = {
    "submitted": "待审查",
    "accepted": "已立案",
    "declined": "不予立案",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """``group`` is the main proposal of the group in which this one is handled, if merged."""

    proposal_id: ProposalId
    year: int
    title: str
    state: Review = "submitted"
    number: str | None = None
    group: ProposalId | None = None
    key: bool = False

    @property
    def called(self) -> str:
        """How a sentence names it: by its number once it has one, else by its title."""
        return f"第{self.number}号提案" if self.number else f"提案《{self.title}》"

    def must_await_review(self) -> None:
        """A proposal is reviewed once."""
        if self.state != "submitted":
            raise AlreadyReviewed(proposal=self.called, state=REVIEW_WORDS[self.state])

    def must_be_filed(self) -> None:
        """Only a filed proposal is merged or made key."""
        if self.state != "accepted":
            raise NotFiled(proposal=self.called, state=REVIEW_WORDS[self.state])
