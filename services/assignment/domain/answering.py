"""Answering: a proposal is answered only when every unit that answers it has sent its reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shared.contracts.assignment import ProposalAnswered
from shared.contracts.event import Actor, ProposalId, TaskId, UnitCode


@dataclass(frozen=True, slots=True)
class Round:
    """A reply that a proposal is owed by a task, or has got."""

    task_id: TaskId
    round: int
    reply_id: str | None

    @property
    def issued(self) -> bool:
        """Whether the reply has gone to the proposers."""
        return self.reply_id is not None


@dataclass(frozen=True, slots=True)
class Answers:
    """The units that answer a proposal, and the replies that it has got.

    In a merged group the units are those that handle the main proposal; the replies are its own.
    """

    proposal_id: ProposalId
    answering: tuple[tuple[TaskId, UnitCode], ...]
    rounds: Sequence[Round]
    answered: bool = False

    @property
    def complete(self) -> bool:
        """Whether nobody owes it a reply any more: not the first one, nor one of a redo."""
        holding = {task_id for task_id, _ in self.answering}
        theirs = [one for one in self.rounds if one.task_id in holding]
        return (
            bool(holding)
            and holding == {one.task_id for one in theirs}
            and all(one.issued for one in theirs)
        )


def answered(answers: Answers, *, by: Actor, on: date) -> ProposalAnswered | None:
    """Told once, when the last of them has answered or when the rest is complete without others."""
    if answers.answered or not answers.complete:
        return None
    return ProposalAnswered(
        proposal_id=answers.proposal_id,
        by=by,
        on=on,
        units=tuple(unit for _, unit in answers.answering),
        replies=tuple(one.reply_id for one in answers.rounds if one.reply_id is not None),
    )
