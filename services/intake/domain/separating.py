"""Separating: a merger is undone, for the whole group or for some of its members (拆分)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal

from services.intake.domain.merging import must_be_merged_by
from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import (
    AnsweredAlready,
    MainStays,
    NotMerged,
    NotMergedHere,
    PolicyMissing,
)
from shared.contracts.event import Actor, ProposalId
from shared.contracts.intake import MergeUndone

Policy = Literal["restart", "keep"]


def undo_merge(
    group: Sequence[Proposal],
    *,
    main: ProposalId,
    leaving: Collection[ProposalId],
    policy: Policy | None,
    why: str,
    by: Actor,
    on: date,
) -> tuple[MergeUndone, ...]:
    """Once for each that leaves; without names, the whole group is undone.

    Before the hand-over everything is as it was. Afterwards the office says what becomes of the
    clocks of those who part: they start anew, or go on as they are.
    """
    members = {proposal.proposal_id: proposal for proposal in group}
    if main not in members or len(members) < 2:
        raise NotMerged
    parting = set(leaving) or members.keys() - {main}
    if main in parting:
        raise MainStays(proposal=members[main].called)
    if strangers := parting - members.keys():
        raise NotMergedHere(id=min(strangers), main=members[main].called)
    after_hand_over = must_be_merged_by(members.values(), by=by)
    for proposal in members.values():
        if proposal.answered:
            raise AnsweredAlready(proposal=proposal.called)
    if after_hand_over and policy is None:
        raise PolicyMissing
    ids = (main, *sorted(members.keys() - {main}))
    return tuple(
        MergeUndone(
            proposal_id=member,
            main=main,
            members=ids,
            why=why,
            after_hand_over=after_hand_over,
            policy=policy or "restart",
            by=by,
            on=on,
        )
        for member in sorted(parting)
    )
