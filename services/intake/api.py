"""What people may ask of intake: hand in, review, merge, make key, and look things up."""

from typing import Annotated, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.intake import store
from services.intake.domain.accepting import accept_proposal
from services.intake.domain.declining import decline_proposal
from services.intake.domain.designating import designate_key
from services.intake.domain.merging import merge_proposals
from services.intake.domain.submitting import Limits, submit_proposal
from services.intake.views import ProposalList, ProposalView
from shared.contracts.event import ProposalId
from shared.contracts.intake import Origin, ProposalKind, ProposalSubmitted, Proposer
from shared.web import Act, Reading, Receipt, may

router = APIRouter(tags=["intake"])

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
# The rule set says how long a text may be; beyond this, no rule could mean it.
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100_000)]

Submitter = Annotated[Act, may("intake.submit")]
Reviewer = Annotated[Act, may("intake.review")]


class Command(BaseModel):
    """A command says what it means, and nothing else."""

    model_config = ConfigDict(extra="forbid")


class NamedProposer(Command):
    """Someone who puts the proposal, by name; with the person's id if they sign in here."""

    name: Name
    person: Name | None = None


class SubmitProposal(Command):
    """A proposal as it is handed in. With an id of your own you can safely send it again."""

    proposal_id: UUID | None = None
    year: int = Field(ge=1949, le=9999)
    title: Words
    text: Text
    kind: Literal["single", "joint", "collective"]
    proposers: list[NamedProposer] = Field(min_length=1, max_length=500)
    category: Name | None = None
    suggested_units: list[Name] = Field(default=[], max_length=50)
    wants_publication: bool = True
    origin: Literal["real", "composed"] = "real"
    source: Words | None = None


class AcceptProposal(Command):
    """File it; without a number it gets the next free one of its year."""

    number: str | None = Field(default=None, max_length=20)


class DeclineProposal(Command):
    """Do not file it, for one of the rule set's reasons."""

    reason_code: Name


class DesignateKey(Command):
    """Make it a key proposal: who leads its handling, which body supervises it."""

    leader: Name
    supervised_by: Name


class MergeProposals(Command):
    """Handle these filed proposals as one group; the main one is among them."""

    main: UUID
    members: list[UUID] = Field(max_length=200)
    why: Annotated[Words, StringConstraints(min_length=1)]


@router.post("/proposals", status_code=201)
async def submit(command: SubmitProposal, act: Submitter) -> Receipt:
    """提交：个人、联名或集体提出一件提案。"""
    proposal_id = ProposalId(str(command.proposal_id or uuid4()))
    await store.lock_new(act.tx, proposal_id)
    submitted = ProposalSubmitted(
        proposal_id=proposal_id,
        year=command.year,
        title=command.title,
        text=command.text,
        kind=ProposalKind(command.kind),
        proposers=tuple(Proposer.model_validate(one.model_dump()) for one in command.proposers),
        category=command.category,
        suggested_units=tuple(act.known.unit(name).code for name in command.suggested_units),
        wants_publication=command.wants_publication,
        origin=Origin(command.origin),
        source=command.source,
        by=act.caller,
        on=act.today,
    )
    limits = Limits.of(act.rules.limits)
    await store.record(act.tx, submit_proposal(submitted, limits=limits))
    return act.receipt()


@router.post("/proposals/{proposal_id}/accept")
async def accept(proposal_id: ProposalId, command: AcceptProposal, act: Reviewer) -> Receipt:
    """立案：提案委审查通过，编定案号。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    register = await store.lock_register(act.tx, proposal.year, number=command.number)
    event = accept_proposal(
        proposal, number=command.number, register=register, by=act.caller, on=act.today
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/decline")
async def decline(proposal_id: ProposalId, command: DeclineProposal, act: Reviewer) -> Receipt:
    """不予立案：按规则集所列理由之一。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    reasons = act.rules.decline_reasons
    event = decline_proposal(
        proposal, reason_code=command.reason_code, reasons=reasons, by=act.caller, on=act.today
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/designate-key")
async def designate(proposal_id: ProposalId, command: DesignateKey, act: Reviewer) -> Receipt:
    """确定为重点提案：明确领办领导和督办单位。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = designate_key(
        proposal,
        leader=command.leader,
        supervised_by=act.known.unit(command.supervised_by).code,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/groups", status_code=201)
async def merge(command: MergeProposals, act: Reviewer) -> Receipt:
    """并案：内容相同或相似的提案合并办理，各自保留案号和提案人。"""
    members = [ProposalId(str(member)) for member in command.members]
    proposals = await store.lock_proposals(act.tx, members)
    events = merge_proposals(
        proposals, main=ProposalId(str(command.main)), why=command.why, by=act.caller, on=act.today
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.get("/proposals")
async def list_proposals(
    look: Reading,
    year: int | None = None,
    state: Literal["submitted", "accepted", "declined"] | None = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: ProposalId | None = None,
) -> ProposalList:
    """提案目录，新的在前；q 在案号、案由和提案人中查找。"""
    return await store.proposals(look.tx, year=year, state=state, q=q, limit=limit, after=after)


@router.get("/proposals/{proposal_id}")
async def see(proposal_id: ProposalId, look: Reading) -> ProposalView:
    """一件提案的全部内容。"""
    return await store.proposal(look.tx, proposal_id)
