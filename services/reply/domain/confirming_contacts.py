"""Confirming contacts: proposers say whether a recorded talk took place, or need none (属实).

They say so themselves, or the committee enters what stands on a paper that they signed. The last
word of each proposer counts; while one of them denies a talk, it is none.
"""

from dataclasses import dataclass
from datetime import date

from services.reply.domain.handling import Handling
from services.reply.domain.proposing import Signatory, must_be_said_by
from services.reply.domain.refusals import AlreadySaidSo, DoesNotReply
from services.reply.domain.wording import keep_within
from shared.contracts.event import Actor, ProposalId, TaskId, UnitCode
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import ContactConfirmed, ContactDenied, ContactWaived, Paper


@dataclass(frozen=True, slots=True)
class Contact:
    """A recorded talk, and what each proposer has said of it last."""

    proposal_id: ProposalId
    contact_id: str
    task_id: TaskId
    unit: UnitCode
    signatory: Signatory
    confirmed_by: frozenset[str] = frozenset()
    denied_by: frozenset[str] = frozenset()


def confirm_contact(
    contact: Contact, *, proposer: str, by: Actor, on: date, paper: Paper | None = None
) -> ContactConfirmed:
    """The talk took place; whoever denied it before may say so later."""
    must_be_said_by(contact.signatory, proposer, by=by, on=on, paper=paper)
    if proposer in contact.confirmed_by:
        raise AlreadySaidSo(proposer=proposer)
    return ContactConfirmed(
        proposal_id=contact.proposal_id,
        by=by,
        on=on,
        contact_id=contact.contact_id,
        task_id=contact.task_id,
        unit=contact.unit,
        proposer=proposer,
        paper=paper,
    )


def deny_contact(
    contact: Contact,
    *,
    proposer: str,
    says: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
    paper: Paper | None = None,
) -> ContactDenied:
    """The talk did not take place, says a proposer; the office sees it, the claim is blocked."""
    must_be_said_by(contact.signatory, proposer, by=by, on=on, paper=paper)
    if proposer in contact.denied_by:
        raise AlreadySaidSo(proposer=proposer)
    keep_within(rules, account=says)
    return ContactDenied(
        proposal_id=contact.proposal_id,
        by=by,
        on=on,
        contact_id=contact.contact_id,
        task_id=contact.task_id,
        unit=contact.unit,
        proposer=proposer,
        says=says,
        paper=paper,
    )


def waive_contact(
    handling: Handling,
    *,
    task_id: TaskId,
    signatory: Signatory,
    proposer: str,
    by: Actor,
    on: date,
    paper: Paper | None = None,
) -> ContactWaived:
    """No talk is needed before this round's reply; the first proposer's word opens the way."""
    task = handling.task(task_id)
    if task.round is None:
        raise DoesNotReply
    must_be_said_by(signatory, proposer, by=by, on=on, paper=paper)
    if proposer in signatory.waived_by:
        raise AlreadySaidSo(proposer=proposer)
    return ContactWaived(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        proposer=proposer,
        paper=paper,
    )
