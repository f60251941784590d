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
from shared.contracts.event import Actor, ProposalId, TaskId
from shared.contracts.reply import ContactKind, Rating
from shared.web import InTx, Known, Reading, Receipt, Today, may

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
    tx: InTx,
    caller: Annotated[Actor, may("reply.contact")],
    today: Today,
    known: Known,
) -> Receipt:
    """沟通：记录与提案人的一次沟通。"""
    handling = await store.lock_handling(tx, proposal_id)
    event = record_contact(
        handling,
        task_id=task_id,
        kind=command.kind,
        people=tuple(command.people),
        summary=command.summary,
        by=caller,
        on=today,
        rules=known.rules_on(today),
    )
    await store.record(tx, event)
    return tx.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/opinion")
async def opinion(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: GiveOpinion,
    tx: InTx,
    caller: Annotated[Actor, may("reply.opinion")],
    today: Today,
    known: Known,
) -> Receipt:
    """会办意见：会办单位向主办单位提出意见。"""
    handling = await store.lock_handling(tx, proposal_id)
    event = give_opinion(
        handling,
        task_id=task_id,
        opinion=command.opinion,
        by=caller,
        on=today,
        rules=known.rules_on(today),
        calendar=known.calendar,
    )
    await store.record(tx, event)
    return tx.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/drafts")
async def draft(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: DraftReply,
    tx: InTx,
    caller: Annotated[Actor, may("reply.draft")],
    today: Today,
    known: Known,
) -> Receipt:
    """拟稿：写下答复的一稿，取代前一稿。"""
    handling = await store.lock_handling(tx, proposal_id)
    event = draft_reply(
        handling,
        task_id=task_id,
        text=command.text,
        result_class=command.result_class,
        by=caller,
        on=today,
        rules=known.rules_on(today),
    )
    await store.record(tx, event)
    await store.keep_text(tx, event, text=command.text)
    return tx.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/approve")
async def approve(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: ApproveDraft,
    tx: InTx,
    caller: Annotated[Actor, may("reply.approve")],
    today: Today,
) -> Receipt:
    """审签：由拟稿人以外的负责人审签最新一稿。"""
    handling = await store.lock_handling(tx, proposal_id)
    event = approve_draft(handling, task_id=task_id, draft=command.draft, by=caller, on=today)
    await store.record(tx, event)
    return tx.receipt()


@router.post("/proposals/{proposal_id}/tasks/{task_id}/issue")
async def issue(
    proposal_id: ProposalId,
    task_id: TaskId,
    command: IssueReply,
    tx: InTx,
    caller: Annotated[Actor, may("reply.issue")],
    today: Today,
    known: Known,
) -> Receipt:
    """答复：编号发出审签过的答复，并案的各件提案各得一份。"""
    handling = await store.lock_group(tx, proposal_id)
    events = issue_reply(
        handling,
        task_id=task_id,
        letter=command.as_letter(),
        book=await store.lock_letter_book(tx, known.unit(caller.unit), year=today.year),
        by=caller,
        on=today,
        rules=known.rules_on(today),
        calendar=known.calendar,
        name_of=known.name,
    )
    await store.record(tx, *events)
    return tx.receipt()


@router.post("/proposals/{proposal_id}/replies/{reply_id}/ratings")
async def rate(
    proposal_id: ProposalId,
    reply_id: str,
    command: RateReply,
    tx: InTx,
    caller: Annotated[Actor, may("reply.rate")],
    today: Today,
    known: Known,
) -> Receipt:
    """评价：提案人分别评价办理过程和结果；结果不满意的，重新办理。"""
    reply = await store.lock_reply(tx, proposal_id, reply_id)
    events = rate_reply(
        reply,
        proposer=command.proposer,
        process=command.process,
        result=command.result,
        comment=command.comment,
        by=caller,
        on=today,
        rules=known.rules_on(today),
        calendar=known.calendar,
    )
    await store.record(tx, *events)
    return tx.receipt()


@router.post("/proposals/{proposal_id}/promises/{promise_id}/keep")
async def keep(
    proposal_id: ProposalId,
    promise_id: str,
    command: KeepPromise,
    tx: InTx,
    caller: Annotated[Actor, may("reply.keep_promise")],
    today: Today,
) -> Receipt:
    """落实：登记承诺事项已经落实及其依据。"""
    promise = await store.lock_promise(tx, proposal_id, promise_id)
    await store.record(tx, keep_promise(promise, evidence=command.evidence, by=caller, on=today))
    return tx.receipt()


@router.get("/proposals/{proposal_id}")
async def proposal(
    proposal_id: ProposalId,
    tx: Reading,
    caller: Annotated[Actor, may("read")],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> ProposalView:
    """提案的沟通、意见、稿件、答复、评价和承诺；各清单分页，稿件正文只给拟稿单位。"""
    return await store.proposal(tx, proposal_id, reader=caller.unit, limit=limit, offset=offset)
