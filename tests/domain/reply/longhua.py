"""Longhua and its neighbours with one proposal on their desks, as the tests of reply find them."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.reply.domain.handling import Draft, Handling, Round, Task
from shared.calendar import Calendar
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, PersonId, ProposalId, TaskId, UnitCode
from shared.contracts.registry import (
    CalendarDay,
    CalendarYearAnnounced,
    Deadline,
    Number,
    Policy,
    ResultClass,
    RulesPublished,
)
from shared.contracts.reply import Attachment, Paper

PROPOSAL = ProposalId("20240080")
LONGHUA, FUTIAN, INDUSTRY = UnitCode("D09"), UnitCode("D01"), UnitCode("C012")
LONGHUA_TASK, FUTIAN_TASK, INDUSTRY_TASK = TaskId("D09.1"), TaskId("D01.1"), TaskId("C012.1")
NAMES = {LONGHUA: "龙华区人民政府", FUTIAN: "福田区人民政府", INDUSTRY: "市工业和信息化局"}

FRIDAY, SATURDAY, SUNDAY = date(2024, 3, 1), date(2024, 3, 2), date(2024, 3, 3)
MONDAY, TUESDAY = date(2024, 3, 4), date(2024, 3, 5)


def person(name: str, unit: UnitCode, post: str) -> Actor:
    return Actor(person=PersonId(f"p-{name}"), name=name, post=post, unit=unit)


CHEN = person("陈静", LONGHUA, "officer")
SUN = person("孙科", LONGHUA, "section_head")
LIN = person("林海", LONGHUA, "head")
WEI = person("魏东", FUTIAN, "head")
WU = person("吴敏", FUTIAN, "officer")
GAO = person("高远", INDUSTRY, "officer")
OFFICE = person("交办", UnitCode("C007"), "office")
COMMITTEE = person("提案委", UnitCode("C004"), "committee")
LEADER = person("领导", UnitCode("C001"), "leader")

CALENDAR = Calendar(
    [
        CalendarYearAnnounced(
            year=2024,
            edition=1,
            source="国办发明电〔2023〕7号",
            provisional=False,
            days=(CalendarDay(day=date(2024, 4, 4), works=False, name="清明节"),),
        )
    ]
)

A = ResultClass(code="A", says="已经解决或采纳", meaning="solved")
B = ResultClass(code="B", says="列入计划", meaning="in_progress", needs_promise=True)
C = ResultClass(code="C", says="暂难解决", meaning="not_now", needs_reason=True)

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
    classes=(A, B, C),
    decline_reasons=(),
    return_reasons=(),
    ladders={},
    coordination=(),
    limits={"summary": 20, "opinion": 30, "reply": 40, "reason": 10, "comment": 8},
)

SCAN = Attachment(name="签发稿.pdf", kind="application/pdf", size=1024, digest="a" * 64)


def signed_paper(by: str = "林海", on: date = FRIDAY) -> Paper:
    """What somebody signed on paper."""
    return Paper(signed_by=by, signed_on=on, scan=SCAN)


LEAD = Task(
    task_id=LONGHUA_TASK,
    unit=LONGHUA,
    role=Role.LEAD,
    answer_by=FRIDAY,
    signed=True,
    round=Round(number=1, answer_by=FRIDAY),
)
CO_HANDLER = Task(
    task_id=FUTIAN_TASK, unit=FUTIAN, role=Role.CO_HANDLE, answer_by=FRIDAY, signed=True
)
SECOND_CO_HANDLER = replace(CO_HANDLER, task_id=INDUSTRY_TASK, unit=INDUSTRY)


def handled_by(*tasks: Task) -> Handling:
    """The proposal, on its own, in the hands of these tasks."""
    return Handling(
        proposal_id=PROPOSAL,
        home=PROPOSAL,
        home_title="关于推动龙华深入衔接河套深圳园区发展规划的提案",
        group=(PROPOSAL,),
        tasks=tasks,
    )


def merged(*tasks: Task, into: ProposalId) -> Handling:
    """The proposal as a member of a group whose tasks are another one's."""
    return replace(handled_by(*tasks), home=into, group=(into, PROPOSAL))


def with_round(task: Task, **changes: object) -> Task:
    """The task, its round changed."""
    assert task.round is not None
    return replace(task, round=replace(task.round, **changes))  # type: ignore[arg-type]


def drafted(number: int, *, result_class: str = "A", approved: bool = False, **more: Any) -> Draft:
    """A draft that the officer wrote, approved by the head of the section."""
    return Draft(
        number=number,
        result_class=result_class,
        drafted_by=CHEN,
        approved_by=SUN if approved else None,
        **more,
    )


def with_rules(
    *,
    policies: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
    **changes: object,
) -> RulesPublished:
    """The rules with choices and numbers of a place."""
    return RULES.model_copy(
        update={
            "policies": {
                name: Policy(value=value, says="试用", source=None)
                for name, value in (policies or {}).items()
            },
            "numbers": {
                name: Number(value=value, says="试用", source=None)
                for name, value in (numbers or {}).items()
            },
            **changes,
        }
    )
