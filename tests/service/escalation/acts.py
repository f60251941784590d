"""What others tell escalation, and what people ask of it, as the tests say it."""

from typing import Any

from shared.contracts.assignment import (
    AssignmentReturned,
    AssignmentSigned,
    HandlersAssigned,
    HandlersReassigned,
    ReturnDecided,
    Role,
    Task,
    WorkCompleted,
    WorkHandedDown,
)
from shared.contracts.event import ProposalId, TaskId, UnitCode
from shared.contracts.intake import ProposalAccepted
from shared.contracts.registry import CoordinationRule
from shared.contracts.reply import (
    OpinionGiven,
    PromiseKept,
    PromiseMade,
    Rating,
    RedoOrdered,
    ReplyIssued,
    ReplyRated,
)
from tests.domain.escalation.office import (
    CITY,
    FUTIAN,
    INDUSTRY,
    LONGHUA,
    LONGHUA_BUREAU,
    PROPOSAL,
    day,
    due,
    rules_with,
    rung,
    someone,
)
from tests.world import Answer, World

COMMITTEE = UnitCode("C004")
OTHER = ProposalId("43")
REMIND_HEAD = rung(1, 3, "单位负责人")
RULES = rules_with(
    opinion=(REMIND_HEAD, rung(2, 5, "督查室")),
    reply=(REMIND_HEAD,),
    coordination=(
        CoordinationRule(code="repeated-returns", threshold=2, says="两次退办", source=None),
        CoordinationRule(code="silent-district", threshold=4, says="逾期4日", source=None),
    ),
)


def task(
    unit: UnitCode,
    role: Role,
    answer: str,
    on: str,
    *,
    generation: int = 1,
    parent: str | None = None,
) -> Task:
    """A task to be signed by 6 March and answered by another day."""
    return Task(
        task_id=TaskId(f"{unit}.{generation}"),
        unit=unit,
        role=role,
        generation=generation,
        parent=TaskId(parent) if parent else None,
        sign=due("sign", day("03-06")),
        answer=due(answer, day(on)),
    )


LEAD = task(LONGHUA, Role.LEAD, "reply", "06-03")
CO_HANDLER = task(FUTIAN, Role.CO_HANDLE, "opinion", "03-15")


def accepted(proposal_id: ProposalId = PROPOSAL, *, number: str = "20240080") -> ProposalAccepted:
    return ProposalAccepted(
        proposal_id=proposal_id, number=number, by=someone("committee", COMMITTEE), on=day("02-28")
    )


def assigned(*tasks: Task, proposal_id: ProposalId = PROPOSAL) -> HandlersAssigned:
    return HandlersAssigned(
        proposal_id=proposal_id,
        tasks=tasks or (LEAD, CO_HANDLER),
        by=someone("office", CITY),
        on=day("03-01"),
    )


def signed(unit: UnitCode, *, on: str) -> AssignmentSigned:
    return AssignmentSigned(
        proposal_id=PROPOSAL,
        task_id=TaskId(f"{unit}.1"),
        unit=unit,
        by=someone("officer", unit),
        on=day(on),
    )


def returned(
    unit: UnitCode = LONGHUA, to: UnitCode = INDUSTRY, *, on: str, generation: int = 1
) -> AssignmentReturned:
    return AssignmentReturned(
        proposal_id=PROPOSAL,
        task_id=TaskId(f"{unit}.{generation}"),
        unit=unit,
        reason_code="not-our-duty",
        reason="不属本单位职责",
        proposed_unit=to,
        decide=due("decide_return", day("03-20")),
        by=someone("officer", unit),
        on=day(on),
    )


def decided(
    unit: UnitCode = LONGHUA, *, upheld: bool, on: str, sign_by: str | None = None
) -> ReturnDecided:
    return ReturnDecided(
        proposal_id=PROPOSAL,
        task_id=TaskId(f"{unit}.1"),
        unit=unit,
        upheld=upheld,
        why="经研究",
        sign=due("sign", day(sign_by)) if sign_by else None,
        by=someone("office", CITY),
        on=day(on),
    )


def reassigned(*tasks: Task, ended: tuple[str, ...], on: str) -> HandlersReassigned:
    return HandlersReassigned(
        proposal_id=PROPOSAL,
        generation=2,
        ended=tuple(TaskId(one) for one in ended),
        tasks=tasks,
        policy="restart",
        why="改派",
        by=someone("office", CITY),
        on=day(on),
    )


def handed_down(*, on: str) -> WorkHandedDown:
    return WorkHandedDown(
        proposal_id=PROPOSAL,
        parent=LEAD.task_id,
        tasks=(task(LONGHUA_BUREAU, Role.LEAD, "reply", "05-20", parent=LEAD.task_id),),
        by=someone("head", LONGHUA),
        on=day(on),
    )


def completed(*, on: str) -> WorkCompleted:
    return WorkCompleted(
        proposal_id=PROPOSAL,
        task_id=TaskId(f"{LONGHUA_BUREAU}.1"),
        unit=LONGHUA_BUREAU,
        summary="已办结",
        by=someone("officer", LONGHUA_BUREAU),
        on=day(on),
    )


def opinion(*, on: str) -> OpinionGiven:
    return OpinionGiven(
        proposal_id=PROPOSAL,
        task_id=CO_HANDLER.task_id,
        unit=FUTIAN,
        lead=LONGHUA,
        opinion="同意",
        by=someone("officer", FUTIAN),
        on=day(on),
    )


def issued(*, on: str, round: int = 1, without: tuple[UnitCode, ...] = ()) -> ReplyIssued:
    return ReplyIssued(
        proposal_id=PROPOSAL,
        reply_id=f"D09.r{round}",
        task_id=LEAD.task_id,
        unit=LONGHUA,
        round=round,
        document_number=f"龙华函〔2024〕{round}号",
        result_class="B",
        meaning="in_progress",
        summary="正在解决",
        handled_in=PROPOSAL,
        without_opinions=without,
        rate=due("rate", day("04-30")),
        by=someone("head", LONGHUA),
        on=day(on),
    )


def rated(*, on: str, proposer: str = "王志毅") -> ReplyRated:
    return ReplyRated(
        proposal_id=PROPOSAL,
        reply_id="D09.r1",
        round=1,
        proposer=proposer,
        process=Rating.SATISFIED,
        result=Rating.DISSATISFIED,
        by=someone("proposer", COMMITTEE),
        on=day(on),
    )


def redo(*, on: str) -> RedoOrdered:
    return RedoOrdered(
        proposal_id=PROPOSAL,
        reply_id="D09.r1",
        task_id=LEAD.task_id,
        unit=LONGHUA,
        round=2,
        answer=due("redo", day("07-15")),
        by=someone("proposer", COMMITTEE),
        on=day(on),
    )


def promised(*, on: str, due_on: str) -> PromiseMade:
    return PromiseMade(
        proposal_id=PROPOSAL,
        promise_id="D09.r1.p1",
        reply_id="D09.r1",
        unit=LONGHUA,
        text="新增学位900个",
        due_on=day(due_on),
        by=someone("head", LONGHUA),
        on=day(on),
    )


def kept(*, on: str) -> PromiseKept:
    return PromiseKept(
        proposal_id=PROPOSAL,
        promise_id="D09.r1.p1",
        unit=LONGHUA,
        evidence="已开学",
        by=someone("officer", LONGHUA),
        on=day(on),
    )


async def sweep(world: World, text: str) -> dict[str, Any]:
    """The office sweeps on a day; what the sweep counted, without noughts."""
    world.today = day(text)
    answer = await world.tell("escalation", "/sweep", post="office")
    assert answer.status == 200
    assert answer.body.pop("on") == world.today.isoformat()
    return {what: count for what, count in answer.body.items() if count}


async def page(world: World, proposal_id: str = PROPOSAL) -> dict[str, Any]:
    """A proposal's clocks and matters."""
    answer = await world.ask("escalation", f"/proposals/{proposal_id}")
    assert answer.status == 200
    found: dict[str, Any] = answer.body
    return found


async def clocks(world: World) -> dict[str, dict[str, Any]]:
    """The proposal's clocks by id."""
    return {clock["clock_id"]: clock for clock in (await page(world))["clocks"]}


async def states(world: World) -> dict[str, str]:
    """How each of the proposal's clocks stands."""
    return {clock_id: clock["state"] for clock_id, clock in (await clocks(world)).items()}


async def flag(
    world: World, *, post: str = "officer", unit: str = LONGHUA, **matter: Any
) -> Answer:
    """Somebody flags a matter by hand."""
    body = {"evidence": "两区对用地权属意见不一", "parties": ["龙华区", "福田区"], **matter}
    return await world.tell(
        "escalation", f"/proposals/{PROPOSAL}/matters", body, post=post, unit=unit
    )


async def decide(
    world: World, matter_id: str = "m1", *, post: str = "leader", **effect: Any
) -> Answer:
    """A leader decides a matter."""
    return await world.tell(
        "escalation",
        f"/proposals/{PROPOSAL}/matters/{matter_id}/decide",
        {"decision": "经协调，明确分工", "effect": effect or {"kind": "as_it_is"}},
        post=post,
    )
