"""Grouping: proposals that ask the same are merged, separated, objected to; others are linked."""

from typing import Annotated

from fastapi import APIRouter

from services.intake import store
from services.intake.commands import (
    JoinGroup,
    LinkProposals,
    MergeProposals,
    ObjectToMerge,
    RefuseObjection,
    UndoMerge,
)
from services.intake.domain.linking import link_proposals
from services.intake.domain.merging import Merging, join_group, merge_proposals
from services.intake.domain.objecting import object_to_merge, refuse_objection
from services.intake.domain.separating import undo_merge
from shared.contracts.event import Due, ProposalId
from shared.deadlines import due
from shared.web import Act, Receipt, may

router = APIRouter()

Merger = Annotated[Act, may("intake.merge")]
Author = Annotated[Act, may("intake.object")]
Reviewer = Annotated[Act, may("intake.review")]


@router.post("/groups", status_code=201)
async def merge(command: MergeProposals, act: Merger) -> Receipt:
    """并案：内容相同或相似的提案合并办理，各自保留案号和提案人；交办后由交办机关办理。"""
    members = [ProposalId(str(member)) for member in command.members]
    proposals = await store.lock_proposals(act.tx, members)
    merging = Merging(ProposalId(str(command.main)), command.why, _object_by(act))
    events = merge_proposals(proposals, merging=merging, by=act.caller, on=act.today)
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/groups/{main}/members")
async def join(main: ProposalId, command: JoinGroup, act: Merger) -> Receipt:
    """并入：把更多提案并入已有的一组。"""
    wanted = [ProposalId(str(member)) for member in command.members]
    found = await store.lock_group(act.tx, main, wanted)
    joining = [one for one in found if one.proposal_id in wanted]
    group = [one for one in found if one.proposal_id not in wanted and one.group == main]
    merging = Merging(main, command.why, _object_by(act))
    events = join_group(group, joining, merging=merging, by=act.caller, on=act.today)
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/groups/{main}/undo")
async def separate(main: ProposalId, command: UndoMerge, act: Merger) -> Receipt:
    """拆分：拆出其中几件，或解散整组；交办后由交办机关办理，并说明期限是否重新计算。"""
    group = await store.lock_group(act.tx, main)
    events = undo_merge(
        group,
        main=main,
        leaving=[ProposalId(str(member)) for member in command.members],
        policy=command.policy,
        why=command.why,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/object")
async def object_(proposal_id: ProposalId, command: ObjectToMerge, act: Author) -> Receipt:
    """对并案提出异议：由提案人在期限内提出。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    objected = (
        await store.objected_by(act.tx, proposal_id, proposal.group) if proposal.group else set()
    )
    event = object_to_merge(
        proposal, objected=objected, why=command.why, by=act.caller, on=act.today
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/refuse-objection")
async def refuse(proposal_id: ProposalId, command: RefuseObjection, act: Reviewer) -> Receipt:
    """异议不成立：维持并案并说明理由；成立的，请拆分。"""
    proposal = await store.lock_proposal(act.tx, proposal_id)
    event = refuse_objection(
        proposal,
        open_objections=await store.open_objections(act.tx, proposal_id),
        why=command.why,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/link")
async def link(proposal_id: ProposalId, command: LinkProposals, act: Reviewer) -> Receipt:
    """关联：两件提案相关而不并案。"""
    other_id = ProposalId(str(command.other))
    found = {
        one.proposal_id: one
        for one in await store.lock_proposals(act.tx, sorted({proposal_id, other_id}))
    }
    events = link_proposals(
        found[proposal_id],
        found[other_id],
        linked=[one.proposal_id for one in await store.links_of(act.tx, proposal_id)],
        why=command.why,
        by=act.caller,
        on=act.today,
    )
    await store.record(act.tx, *events)
    return act.receipt()


def _object_by(act: Act) -> Due | None:
    """Until when authors may object; for ever, where the rules have no such clock."""
    if "object_to_merge" not in act.rules.deadlines:
        return None
    return due("object_to_merge", starts_on=act.today, rules=act.rules, calendar=act.known.calendar)
