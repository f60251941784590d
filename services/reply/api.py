"""What people may ask of the reply room: talk, opine, write, approve, send, rate, keep, read."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.reply import store
from services.reply.domain.approving import approve_draft
from services.reply.domain.contacting import record_contact
from services.reply.domain.drafting import draft_reply
from services.reply.domain.giving_opinions import give_opinion
from services.reply.domain.issuing import Letter, Promised, issue_reply
from services.reply.domain.keeping_promises import keep_promise
from services.reply.domain.rating import rate_reply
from services.reply.views import ProposalView
from shared.contracts.event import ProposalId, TaskId
from shared.contracts.reply import ContactKind, Rating
from shared.web import Act, Reading, Receipt, may

router = APIRouter()

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50_000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class Command(BaseModel):
    """What a person asks for. A field that we do not know is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class RecordContact(Command):
    """When a unit talked with the proposers: how, with whom, about what."""

    kind: ContactKind
    people: list[Name] = Field(min_length=1, max_length=50)
    summary: Text


class GiveOpinion(Command):
    """A co-handler's opinion."""

    opinion: LongText


class DraftReply(Command):
    """A version of a reply."""

    text: LongText
    result_class: Name


class ApproveDraft(Command):
    """The number of the draft that was read."""

    draft: int


class MakePromise(Command):
    """Something promised by a day."""

    text: Text
    due_on: date


class IssueReply(Command):
    """The approved draft, what is told with it, and what is promised."""

    draft: int
    summary: Text
    reason: Text | None = None
    promises: list[MakePromise] = Field(default=[], max_length=50)
    without_opinions_because: Text | None = None

    def as_letter(self) -> Letter:
        """The letter as the rules read it."""
        return Letter(
            draft=self.draft,
            summary=self.summary,
            reason=self.reason,
            promises=tuple(Promised(text=one.text, due_on=one.due_on) for one in self.promises),
            without_opinions_because=self.without_opinions_because,
        )


class RateReply(Command):
    """What a named proposer says of process and result."""

    proposer: Name
    process: Rating
    result: Rating
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=5_000)] = ""


class KeepPromise(Command):
    """What shows that the promise was kept."""

    evidence: Text


@router.post("/proposals/{proposal_id}/tasks/{task_id}/contacts")
async def contact(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: RecordContact,
    act: Annotated[Act, may("reply.contact")],
) -> Receipt:
    """沟通：记录与提案人的一次沟通。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = record_contact(
        handling,
        task_id=task_id,
        kind=command.kind,
        people=tuple(command.people),
        summary=command.summary,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/opinion")
async def opinion(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: GiveOpinion,
    act: Annotated[Act, may("reply.opinion")],
) -> Receipt:
    """会办意见：会办单位向主办单位提出意见。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = give_opinion(
        handling,
        task_id=task_id,
        opinion=command.opinion,
        by=act.caller,
        on=act.today,
        rules=act.rules,
        calendar=act.known.calendar,
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/drafts")
async def draft(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: DraftReply,
    act: Annotated[Act, may("reply.draft")],
) -> Receipt:
    """拟稿：写下答复的一稿，取代前一稿。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = draft_reply(
        handling,
        task_id=task_id,
        text=command.text,
        result_class=command.result_class,
        by=act.caller,
        on=act.today,
        rules=act.rules,
    )
    await store.record(act.tx, event)
    await store.keep_text(act.tx, event, text=command.text)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/approve")
async def approve(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: ApproveDraft,
    act: Annotated[Act, may("reply.approve")],
) -> Receipt:
    """审签：由拟稿人以外的负责人审签最新一稿。"""
    handling = await store.lock_handling(act.tx, proposal_id)
    event = approve_draft(
        handling, task_id=task_id, draft=command.draft, by=act.caller, on=act.today
    )
    await store.record(act.tx, event)
    return act.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/issue")
async def issue(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: IssueReply,
    act: Annotated[Act, may("reply.issue")],
) -> Receipt:
    """答复：编号发出审签过的答复，并案的各件提案各得一份。"""
    handling = await store.lock_group(act.tx, proposal_id)
    events = issue_reply(
        handling,
        task_id=task_id,
        letter=command.as_letter(),
        book=await store.lock_letter_book(
            act.tx, act.known.unit(act.caller.unit), year=act.today.year
        ),
        by=act.caller,
        on=act.today,
        rules=act.rules,
        calendar=act.known.calendar,
        name_of=act.known.name,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/ratings")
async def rate(
    proposal_id: ProposalId,
    reply_id: str,
    command: RateReply,
    act: Annotated[Act, may("reply.rate")],
) -> Receipt:
    """评价：提案人分别评价办理过程和结果；结果不满意的，重新办理。"""
    reply = await store.lock_reply(act.tx, proposal_id, reply_id)
    events = rate_reply(
        reply,
        proposer=command.proposer,
        process=command.process,
        result=command.result,
        comment=command.comment,
        by=act.caller,
        on=act.today,
        rules=act.rules,
        calendar=act.known.calendar,
    )
    await store.record(act.tx, *events)
    return act.receipt()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/keep")
async def keep(
    proposal_id: ProposalId,
    promise_id: str,
    command: KeepPromise,
    act: Annotated[Act, may("reply.keep_promise")],
) -> Receipt:
    """落实：登记承诺事项已经落实及其依据。"""
    promise = await store.lock_promise(act.tx, proposal_id, promise_id)
    await store.record(
        act.tx, keep_promise(promise, evidence=command.evidence, by=act.caller, on=act.today)
    )
    return act.receipt()


@router.get("/proposals/{proposal_id}")
async def proposal(
    proposal_id: ProposalId,
    look: Reading,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> ProposalView:
    """提案的沟通、意见、稿件、答复、评价和承诺；各清单分页，稿件正文只给拟稿单位。"""
    return await store.proposal(
        look.tx, proposal_id, reader=look.caller.unit, limit=limit, offset=offset
    )
