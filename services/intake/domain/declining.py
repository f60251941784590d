"""Declining: the committee does not file a proposal, for a reason of the rule set (不立案)."""

from collections.abc import Sequence
from datetime import date

from services.intake.domain.proposal import Proposal
from services.intake.domain.refusals import UnknownDeclineReason
from shared.contracts.event import Actor
from shared.contracts.intake import ProposalDeclined
from shared.contracts.registry import Reason


def decline_proposal(
    proposal: Proposal, *, reason_code: str, reasons: Sequence[Reason], by: Actor, on: date
) -> ProposalDeclined:
    proposal.must_be_undecided()
    for reason in reasons:
        if reason.code == reason_code:
            return ProposalDeclined(
                proposal_id=proposal.proposal_id,
                reason_code=reason.code,
                reason=reason.says,
                by=by,
                on=on,
            )
    raise UnknownDeclineReason(
        code=reason_code, known="、".join(f"{reason.code}（{reason.says}）" for reason in reasons)
    )
