"""What the reply room hears before it acts, and the steps that lead up to a reply."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from shared.contracts.assignment import (
    AssignmentSigned,
    HandlersAssigned,
    HandlersReassigned,
    Role,
    Task,
)
from shared.contracts.event import SYSTEM, Due, ProposalId, TaskId, UnitCode
from shared.contracts.intake import (
    ProposalAccepted,
    ProposalKind,
    ProposalsMerged,
    ProposalSubmitted,
    Proposer,
)
from shared.contracts.registry import (
    CalendarYearAnnounced,
    Deadline,
    Number,
    Policy,
    ResultClass,
    RulesPublished,
    UnitLevel,
    UnitRegistered,
)
from tests.world import Answer, World

MONDAY = date(2024, 1, 22)
MARCH_22, APRIL_22 = date(2024, 3, 22), date(2024, 4, 22)
HETAO, PRIVATE_FIRMS, PARKS = ProposalId("hetao"), ProposalId("private"), ProposalId("parks")
LONGHUA, FUTIAN, INDUSTRY = UnitCode("D09"), UnitCode("D01"), UnitCode("C019")


def unit(code: UnitCode, name: str, short_name: str, level: UnitLevel) -> UnitRegistered:
    return UnitRegistered(
        code=code,
        name=name,
        short_name=short_name,
        level=level,
        parent=None,
        source="2024年龙华区报告",
    )


RULES = RulesPublished(
    rules="shenzhen-2024",
    place="shenzhen",
    year=2024,
    edition=1,
    effective_on=date(2024, 1, 1),
    source="试用规则",
    deadlines={
        "rate": Deadline(count=15, unit="working_days", source="崇义"),
        "redo": Deadline(count=3, unit="months", source="四川2024"),
    },
    inner_margin=Deadline(count=10, unit="working_days", source=None),
    near=Deadline(count=7, unit="calendar_days", source=None),
    classes=(
        ResultClass(code="A", says="已经解决或采纳", meaning="solved"),
        ResultClass(code="B", says="列入计划", meaning="in_progress", needs_promise=True),
        ResultClass(code="C", says="暂难解决", meaning="not_now", needs_reason=True),
    ),
    decline_reasons=(),
    return_reasons=(),
    ladders={},
    coordination=(),
    limits={"reply": 6_000},
)


def rules(
    *,
    policies: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
    **changes: object,
) -> RulesPublished:
    """The next edition of the rules, with choices and numbers of a place."""
    named = {
        name: Policy(value=to, says="试用", source=None) for name, to in (policies or {}).items()
    }
    counted = {
        name: Number(value=n, says="试用", source=None) for name, n in (numbers or {}).items()
    }
    return RULES.model_copy(update={"edition": 2, "policies": named, "numbers": counted, **changes})


FACTS = (
    unit(LONGHUA, "龙华区人民政府", "龙华区", UnitLevel.DISTRICT),
    unit(FUTIAN, "福田区人民政府", "福田区", UnitLevel.DISTRICT),
    unit(INDUSTRY, "市工业和信息化局", "市工信局", UnitLevel.CITY),
    RULES,
    *(
        CalendarYearAnnounced(year=year, edition=1, source="试用", provisional=False, days=())
        for year in (2024, 2025)
    ),
)


def submitted(
    proposal: ProposalId, *proposers: str, text: str = "正文", **more: Any
) -> ProposalSubmitted:
    return ProposalSubmitted(
        **more,
        proposal_id=proposal,
        by=SYSTEM,
        on=MONDAY,
        year=2024,
        title=f"关于{proposal}的提案",
        text=text,
        kind=ProposalKind.JOINT,
        proposers=tuple(Proposer(name=name) for name in proposers or ("王志毅",)),
    )


def accepted(proposal: ProposalId, number: str) -> ProposalAccepted:
    """Filed under a number."""
    return ProposalAccepted(proposal_id=proposal, by=SYSTEM, on=MONDAY, number=number)


def merged(main: ProposalId, *others: ProposalId) -> list[ProposalsMerged]:
    members = (main, *others)
    return [
        ProposalsMerged(
            proposal_id=member, by=SYSTEM, on=MONDAY, main=main, members=members, why="内容相同"
        )
        for member in members
    ]


def task(
    unit: UnitCode, role: Role = Role.LEAD, *, generation: int = 1, by: date = APRIL_22
) -> Task:
    due = Due(
        on=by, starts_on=MONDAY, clock="reply", rule="试用", source=None, calendar="试用", steps=()
    )
    owes = role is not Role.REFERENCE
    return Task(
        task_id=TaskId(f"{unit}.{generation}"),
        unit=unit,
        role=role,
        generation=generation,
        sign=due if owes else None,
        answer=due if owes else None,
    )


def assigned(proposal: ProposalId, *tasks: Task) -> HandlersAssigned:
    return HandlersAssigned(proposal_id=proposal, by=SYSTEM, on=MONDAY, tasks=tasks)


def signed(proposal: ProposalId, task: Task) -> AssignmentSigned:
    return AssignmentSigned(
        proposal_id=proposal, by=SYSTEM, on=MONDAY, task_id=task.task_id, unit=task.unit
    )


def reassigned(proposal: ProposalId, *tasks: Task, ended: Iterable[str]) -> HandlersReassigned:
    return HandlersReassigned(
        proposal_id=proposal,
        by=SYSTEM,
        on=MONDAY,
        generation=2,
        ended=tuple(TaskId(task_id) for task_id in ended),
        tasks=tasks,
        policy="restart",
        why="职责调整",
    )


async def hand_over(room: World, proposal: ProposalId, *tasks: Task, to: str = "王志毅") -> None:
    """The proposal came in, was handed over, and everybody signed."""
    await room.hears("reply", submitted(proposal, to), assigned(proposal, *tasks))
    await room.hears("reply", *(signed(proposal, one) for one in tasks))


async def act(
    room: World,
    proposal: ProposalId,
    what: str,
    body: dict[str, Any],
    *,
    unit: UnitCode = LONGHUA,
    post: str = "officer",
    generation: int = 1,
) -> Answer:
    """Somebody of a unit does something on the unit's task."""
    path = f"/proposals/{proposal}/tasks/{unit}.{generation}/{what}"
    return await room.tell("reply", path, body, post=post, unit=unit)


async def talk(room: World, proposal: ProposalId, **who: Any) -> Answer:
    body = {"kind": "visit", "people": ["王志毅"], "summary": "上门听取意见"}
    return await act(room, proposal, "contacts", body, **who)


async def write(
    room: World, proposal: ProposalId, *, result_class: str = "A", **who: Any
) -> Answer:
    body = {"text": "您提出的提案收悉。", "result_class": result_class}
    return await act(room, proposal, "drafts", body, **who)


async def approve(room: World, proposal: ProposalId, *, draft: int = 1, **who: Any) -> Answer:
    return await act(room, proposal, "approve", {"draft": draft}, post="head", **who)


async def prepare(room: World, proposal: ProposalId, *, result_class: str = "A", **who: Any) -> int:
    """Talked, written and approved: this draft may go out."""
    await talk(room, proposal, **who)
    written = await write(room, proposal, result_class=result_class, **who)
    assert written.status == 200, written
    draft: int = written.body["events"][0]["data"]["draft"]
    assert (await approve(room, proposal, draft=draft, **who)).status == 200
    return draft


async def issue(
    room: World,
    proposal: ProposalId,
    *,
    draft: int = 1,
    unit: UnitCode = LONGHUA,
    generation: int = 1,
    **more: Any,
) -> Answer:
    body = {"draft": draft, "summary": "已建立协同机制", **more}
    return await act(room, proposal, "issue", body, post="head", unit=unit, generation=generation)


async def rate(
    room: World,
    proposal: ProposalId,
    reply_id: str,
    *,
    result: str = "satisfied",
    proposer: str = "王志毅",
) -> Answer:
    return await room.tell(
        "reply",
        f"/proposals/{proposal}/replies/{reply_id}/ratings",
        {"proposer": proposer, "process": "satisfied", "result": result, "comment": ""},
        post="proposer",
        person=proposer,
    )


async def seen(room: World, proposal: ProposalId, *, unit: UnitCode = LONGHUA, **query: Any) -> Any:
    """What the room shows of a proposal to an officer of a unit."""
    answer = await room.ask("reply", f"/proposals/{proposal}", post="officer", unit=unit, **query)
    assert answer.status == 200, answer.body
    return answer.body


async def close(room: World, proposal: ProposalId, reply_id: str) -> Answer:
    """The committee closes the rating of a reply."""
    path = f"/proposals/{proposal}/replies/{reply_id}/close-ratings"
    return await room.tell("reply", path, post="committee", unit="C003")


async def office(
    room: World, proposal: ProposalId, what: str, body: dict[str, Any] | None = None
) -> Answer:
    """The office does something in a proposal."""
    return await room.tell("reply", f"/proposals/{proposal}/{what}", body, post="office")


async def listed(room: World, what: str, *, post: str = "office", **asked: Any) -> Any:
    """One page of a list, as somebody sees it."""
    answer = await room.ask("reply", f"/{what}", post=post, **asked)
    assert answer.status == 200, answer.body
    return answer.body


def scan(name: str = "签发稿.pdf") -> dict[str, Any]:
    """A scanned paper."""
    return {"name": name, "kind": "application/pdf", "size": 2048, "digest": "0a" * 32}


def paper(signed_by: str, signed_on: str = "2024-01-22") -> dict[str, Any]:
    """What somebody signed on paper."""
    return {"signed_by": signed_by, "signed_on": signed_on, "scan": scan()}


async def replied(room: World) -> None:
    """Longhua has replied to two proposers."""
    await room.hears(
        "reply",
        submitted(HETAO, "王志毅", "李娜"),
        assigned(HETAO, task(LONGHUA)),
        signed(HETAO, task(LONGHUA)),
    )
    await prepare(room, HETAO)
    await issue(room, HETAO)


async def group_of_two(room: World) -> None:
    """Two proposals handled as one; Longhua has signed."""
    await room.hears(
        "reply",
        submitted(HETAO, "王志毅"),
        submitted(PARKS, "吴联喜"),
        *merged(HETAO, PARKS),
        assigned(HETAO, task(LONGHUA)),
        signed(HETAO, task(LONGHUA)),
    )
