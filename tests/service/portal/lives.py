"""Lives of proposals, as the other services would tell them, for the portal to show."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from shared.contracts.assignment import (
    AssignmentReturned,
    AssignmentSigned,
    ClockResumed,
    ExtensionGranted,
    HandlersAssigned,
    HandlersReassigned,
    MovedDue,
    ReturnDecided,
    Role,
    Task,
    WorkCompleted,
    WorkHandedDown,
)
from shared.contracts.escalation import (
    CoordinationDecided,
    CoordinationFlagged,
    DeadlineMissed,
    Effect,
    ReminderSent,
)
from shared.contracts.event import (
    SYSTEM,
    Actor,
    Due,
    Event,
    PersonId,
    ProposalId,
    Step,
    TaskId,
    UnitCode,
)
from shared.contracts.intake import (
    Origin,
    ProposalAccepted,
    ProposalDesignatedKey,
    ProposalKind,
    ProposalsMerged,
    ProposalSubmitted,
    Proposer,
)
from shared.contracts.registry import UnitLevel, UnitRegistered
from shared.contracts.reply import (
    ContactKind,
    ContactRecorded,
    OpinionGiven,
    PromiseKept,
    PromiseMade,
    Rating,
    RedoOrdered,
    ReplyApproved,
    ReplyDrafted,
    ReplyIssued,
    ReplyRated,
)

CITY, OFFICE, LONGHUA = UnitCode("C001"), UnitCode("C007"), UnitCode("D07")
TRANSPORT, HEALTH, EDUCATION = UnitCode("C030"), UnitCode("C031"), UnitCode("S003")
UNITS = tuple(
    UnitRegistered(code=code, name=name, short_name=short, level=level, parent=parent, source="试")
    for code, name, short, level, parent in (
        (CITY, "深圳市人民政府", "市政府", UnitLevel.CITY, None),
        (OFFICE, "市政府办公厅", "市政府办公厅", UnitLevel.CITY, CITY),
        (TRANSPORT, "市交通运输局", "市交通局", UnitLevel.CITY, CITY),
        (HEALTH, "市卫生健康委员会", "市卫健委", UnitLevel.CITY, CITY),
        (LONGHUA, "龙华区人民政府", "龙华区", UnitLevel.DISTRICT, CITY),
        (EDUCATION, "龙华区教育局", "区教育局", UnitLevel.SECTION, LONGHUA),
    )
)
FIRST, SECOND = (
    ProposalId("00000000-0000-4000-8000-000000000001"),
    ProposalId("00000000-0000-4000-8000-000000000002"),
)


def day(text: str) -> date:
    """A day of 2024, as ``03-01``."""
    return date.fromisoformat(f"2024-{text}")


def someone(unit: UnitCode, post: str = "officer") -> Actor:
    """Anybody in this post of this unit."""
    return Actor(person=PersonId(f"{post}.{unit}"), name=f"{unit}某人", post=post, unit=unit)


def due(on: str, clock: str) -> Due:
    """Due on a day, explained in one step."""
    return Due(
        on=day(on),
        starts_on=day("01-15"),
        clock=clock,
        rule=f"shenzhen-2024@1 {clock}",
        source="深圳1998年规定",
        calendar="CN-2024@1",
        steps=(Step(says="自2024-01-15（当日不计）起", day=day("01-15")),),
    )


def task(unit: UnitCode, role: Role, *, generation: int = 1, parent: str | None = None) -> Task:
    """To be signed by 18 January; opinions by 18 February, replies by 15 April, work by March."""
    answer = due("02-18", "opinion") if role is Role.CO_HANDLE else due("04-15", "reply")
    return Task(
        task_id=TaskId(f"{unit}.{generation}"),
        unit=unit,
        role=role,
        generation=generation,
        parent=TaskId(parent) if parent else None,
        duty="摸清底数" if parent else "",
        sign=due("01-18", "sign"),
        return_by=None if parent else due("01-25", "return"),
        answer=due("03-29", "reply") if parent else answer,
    )


class Life:
    """One proposal's events, each told by a method named after what happened."""

    def __init__(self, proposal_id: ProposalId = FIRST) -> None:
        self.proposal_id = proposal_id

    def _act(self, unit: UnitCode, on: str, post: str = "officer") -> dict[str, Any]:
        return {"proposal_id": self.proposal_id, "by": someone(unit, post), "on": day(on)}

    def submitted(self, title: str = "关于加装电梯的提案", **more: Any) -> Event:
        given: dict[str, Any] = {
            "year": 2024,
            "title": title,
            "text": "老旧小区宜加装电梯。",
            "kind": ProposalKind.JOINT,
            "proposers": (Proposer(name="李娜"), Proposer(name="王强")),
            "category": "社会",
            "origin": Origin.COMPOSED,
            **more,
        }
        return ProposalSubmitted(**self._act(CITY, "01-02", "proposer"), **given)

    def accepted(self, number: str = "20240001") -> Event:
        return ProposalAccepted(**self._act(CITY, "01-08", "committee"), number=number)

    def key(self) -> Event:
        act = self._act(CITY, "01-09", "committee")
        return ProposalDesignatedKey(**act, leader="分管副主席", supervised_by=OFFICE)

    def merged(self, main: ProposalId, *members: ProposalId) -> Event:
        act = self._act(CITY, "01-10", "committee")
        return ProposalsMerged(**act, main=main, members=members, why="同一事")

    def assigned(self, *tasks: Task) -> Event:
        act = self._act(OFFICE, "01-15", "office")
        return HandlersAssigned(**act, meeting="交办会", tasks=tasks)

    def signed(self, unit: UnitCode, *, on: str = "01-16", generation: int = 1) -> Event:
        act = self._act(unit, on)
        return AssignmentSigned(**act, task_id=TaskId(f"{unit}.{generation}"), unit=unit)

    def returned(self, unit: UnitCode, *, to: UnitCode, on: str = "01-17") -> Event:
        return AssignmentReturned(
            **self._act(unit, on),
            task_id=TaskId(f"{unit}.1"),
            unit=unit,
            reason_code="not-ours",
            reason="不属本单位职责",
            proposed_unit=to,
            decide=due("01-24", "decide_return"),
        )

    def decided(self, unit: UnitCode, *, upheld: bool, on: str = "01-19") -> Event:
        return ReturnDecided(
            **self._act(OFFICE, on, "office"),
            task_id=TaskId(f"{unit}.1"),
            unit=unit,
            upheld=upheld,
            why="职责在此",
        )

    def reassigned(self, ended: UnitCode, to: Task, *, on: str = "01-19") -> Event:
        return HandlersReassigned(
            **self._act(OFFICE, on, "office"),
            generation=2,
            ended=(TaskId(f"{ended}.1"),),
            tasks=(to,),
            policy="restart",
            why="改派",
        )

    def handed_down(self, unit: UnitCode, *tasks: Task) -> Event:
        act = self._act(unit, "01-22")
        return WorkHandedDown(
            **act, parent=TaskId(f"{unit}.1"), meeting="区政府全体（扩大）会议", tasks=tasks
        )

    def completed(self, unit: UnitCode) -> Event:
        act = self._act(unit, "03-11")
        return WorkCompleted(**act, task_id=TaskId(f"{unit}.1"), unit=unit, summary="底数已清")

    def contacted(self, unit: UnitCode) -> Event:
        return ContactRecorded(
            **self._act(unit, "01-31"),
            task_id=TaskId(f"{unit}.1"),
            unit=unit,
            kind=ContactKind.VISIT,
            people=("李娜",),
            summary="当面沟通",
        )

    def opinion(self, unit: UnitCode, *, on: str = "02-04", days_late: int = 0) -> Event:
        return OpinionGiven(
            **self._act(unit, on),
            task_id=TaskId(f"{unit}.1"),
            unit=unit,
            lead=LONGHUA,
            opinion="原则同意",
            days_late=days_late,
        )

    def more_time(self, unit: UnitCode, *, until: str) -> Event:
        moved = MovedDue(
            task_id=TaskId(f"{unit}.1"),
            unit=unit,
            clock="answer",
            before=day("02-18"),
            due=due(until, "opinion"),
        )
        return ExtensionGranted(
            **self._act(OFFICE, "02-04", "office"),
            task_id=TaskId(f"{unit}.1"),
            unit=unit,
            moved=(moved,),
            why="情况属实",
        )

    def resumed(self, unit: UnitCode, *, until: str) -> Event:
        return ClockResumed(
            **self._act(OFFICE, "02-05"),
            task_id=TaskId(f"{unit}.1"),
            unit=unit,
            why="已经协调",
            answer=due(until, "opinion"),
        )

    def drafted(self, unit: UnitCode, *, round: int = 1) -> Event:
        return ReplyDrafted(
            **self._act(unit, "03-25"),
            task_id=TaskId(f"{unit}.1"),
            unit=unit,
            round=round,
            draft=1,
            result_class="B",
        )

    def approved(self, unit: UnitCode, *, round: int = 1) -> Event:
        return ReplyApproved(
            **self._act(unit, "03-26", "head"),
            task_id=TaskId(f"{unit}.1"),
            unit=unit,
            round=round,
            draft=1,
        )

    def issued(self, unit: UnitCode, *, on: str = "03-27", round: int = 1, **more: Any) -> Event:
        given: dict[str, Any] = {
            "reply_id": f"{unit}.r{round}",
            "task_id": TaskId(f"{unit}.1"),
            "unit": unit,
            "round": round,
            "document_number": f"龙华区函〔2024〕{round}号",
            "result_class": "B",
            "meaning": "in_progress",
            "summary": "电梯将于年内开工。",
            "handled_in": self.proposal_id,
            "rate": due("04-18", "rate"),
            **more,
        }
        return ReplyIssued(**self._act(unit, on, "head"), **given)

    def promised(self, unit: UnitCode, *, nth: int = 1) -> Event:
        return PromiseMade(
            **self._act(unit, "03-27", "head"),
            promise_id=f"{unit}.r1.p{nth}",
            reply_id=f"{unit}.r1",
            unit=unit,
            text="年内开工10部",
            due_on=day("12-31"),
        )

    def kept(self, unit: UnitCode) -> Event:
        act = self._act(unit, "08-30")
        return PromiseKept(**act, promise_id=f"{unit}.r1.p1", unit=unit, evidence="开工报告已归档")

    def rated(self, unit: UnitCode, result: Rating, *, round: int = 1, by: str = "李娜") -> Event:
        return ReplyRated(
            **self._act(CITY, "04-02", "proposer"),
            reply_id=f"{unit}.r{round}",
            round=round,
            proposer=by,
            process=Rating.SATISFIED,
            result=result,
        )

    def redo(self, unit: UnitCode) -> Event:
        return RedoOrdered(
            **self._act(CITY, "04-02", "proposer"),
            reply_id=f"{unit}.r1",
            task_id=TaskId(f"{unit}.1"),
            unit=unit,
            round=2,
            answer=due("07-02", "redo"),
        )

    def missed(self, unit: UnitCode) -> Event:
        return DeadlineMissed(
            proposal_id=self.proposal_id,
            by=SYSTEM,
            on=day("02-19"),
            clock_id=f"{unit}.1/opinion",
            clock="opinion",
            unit=unit,
            due_on=day("02-18"),
        )

    def reminded(self, unit: UnitCode) -> Event:
        return ReminderSent(
            proposal_id=self.proposal_id,
            by=SYSTEM,
            on=day("02-19"),
            clock_id=f"{unit}.1/opinion",
            clock="opinion",
            unit=unit,
            rung=1,
            to="单位负责人",
            says="请尽快办理",
        )

    def flagged(self, *parties: UnitCode) -> Event:
        act = self._act(OFFICE, "02-26", "office")
        return CoordinationFlagged(
            **act, matter_id="m1", rule="by-hand", evidence="需市级协调", parties=parties
        )

    def settled(self) -> Event:
        return CoordinationDecided(
            **self._act(CITY, "03-01", "leader"),
            matter_id="m1",
            decision="照此办理",
            effect=Effect(kind="as_it_is"),
        )


def whole_life(life: Life) -> Iterator[Event]:
    """Everything that can happen to one proposal, in a plausible order."""
    yield life.submitted()
    yield life.accepted()
    yield life.key()
    yield life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE))
    yield life.signed(LONGHUA)
    yield life.returned(TRANSPORT, to=HEALTH)
    yield life.decided(TRANSPORT, upheld=False)
    yield life.returned(TRANSPORT, to=HEALTH, on="01-20")
    yield life.decided(TRANSPORT, upheld=True, on="01-22")
    yield life.reassigned(TRANSPORT, task(HEALTH, Role.CO_HANDLE, generation=2), on="01-22")
    yield life.signed(HEALTH, on="01-23", generation=2)
    yield life.handed_down(LONGHUA, task(EDUCATION, Role.LEAD, parent="D07.1"))
    yield life.signed(EDUCATION, on="01-23")
    yield life.contacted(LONGHUA)
    yield life.missed(HEALTH)
    yield life.reminded(HEALTH)
    yield life.flagged(LONGHUA, HEALTH)
    yield life.settled()
    yield life.completed(EDUCATION)
    yield life.drafted(LONGHUA)
    yield life.approved(LONGHUA)
    yield life.issued(LONGHUA, without_opinions=(HEALTH,), without_opinions_because="逾期未报")
    yield life.promised(LONGHUA)
    yield life.rated(LONGHUA, Rating.DISSATISFIED)
    yield life.redo(LONGHUA)
    yield life.drafted(LONGHUA, round=2)
    yield life.approved(LONGHUA, round=2)
    yield life.issued(LONGHUA, on="06-20", round=2)
    yield life.rated(LONGHUA, Rating.SATISFIED, round=2)
    yield life.kept(LONGHUA)


def filed(life: Life, number: str, *, title: str = "关于加装电梯的提案") -> Sequence[Event]:
    """Submitted and accepted."""
    return life.submitted(title), life.accepted(number)
