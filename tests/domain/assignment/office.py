"""The office, its units and its rules, as the tests of assignment use them."""

from datetime import date

from services.assignment.domain.terms import Terms
from shared.calendar import Calendar
from shared.contracts.event import Actor, PersonId, ProposalId, UnitCode
from shared.contracts.registry import (
    Deadline,
    HeldPost,
    Number,
    PersonRegistered,
    Policy,
    Post,
    Reason,
    RulesPublished,
    UnitLevel,
    UnitRegistered,
)
from shared.reference import Reference

PROPOSAL = ProposalId("7d5b6f4e-0d5e-4a52-9d53-8f3d6a1c2b10")
OTHER_PROPOSAL = ProposalId("1f0c9a3b-2f9f-4a8a-8f0e-5b7d1e2c3d4e")

CITY, EDUCATION, PLANNING = UnitCode("C001"), UnitCode("C021"), UnitCode("C030")
FUTIAN, LONGHUA = UnitCode("D01"), UnitCode("D09")
LONGHUA_SCHOOLS, LONGHUA_HOUSING = UnitCode("S003"), UnitCode("S006")
PLANNING_IN_LONGHUA, MINZHI_STREET = UnitCode("S010"), UnitCode("T044")

MONDAY = date(2024, 3, 11)
SIGN_BY = date(2024, 3, 14)  # 3 working days
RETURN_BY = date(2024, 3, 21)  # 10 days
DECIDE_BY = date(2024, 3, 18)  # 7 days
OBJECT_BY = date(2024, 3, 18)  # 5 working days
CONTACT_BY = date(2024, 4, 1)  # 15 working days
OPINION_BY = date(2024, 4, 11)  # 1 month
REPLY_BY = date(2024, 6, 11)  # 3 months
INNER_REPLY_BY = date(2024, 6, 4)  # 5 working days earlier


def _unit(
    code: UnitCode, name: str, short_name: str, level: UnitLevel, parent: UnitCode | None = CITY
) -> UnitRegistered:
    return UnitRegistered(
        code=code,
        name=name,
        short_name=short_name,
        level=level,
        parent=parent,
        source="测试",
        aliases=("龙华",) if code == LONGHUA else (),
    )


EVERY_UNIT = (
    _unit(CITY, "深圳市人民政府", "市政府", UnitLevel.CITY, parent=None),
    _unit(EDUCATION, "市教育局", "市教育局", UnitLevel.CITY),
    _unit(PLANNING, "市规划和自然资源局", "市规划资源局", UnitLevel.CITY),
    _unit(FUTIAN, "福田区人民政府", "福田区", UnitLevel.DISTRICT),
    _unit(LONGHUA, "龙华区人民政府", "龙华区", UnitLevel.DISTRICT),
    _unit(LONGHUA_SCHOOLS, "龙华区教育局", "区教育局", UnitLevel.SECTION, LONGHUA),
    _unit(LONGHUA_HOUSING, "龙华区住房和建设局", "区住建局", UnitLevel.SECTION, LONGHUA),
    _unit(
        PLANNING_IN_LONGHUA,
        "深圳市规划和自然资源局龙华管理局",
        "市规划资源局龙华管理局",
        UnitLevel.SECTION,
        PLANNING,
    ),
    _unit(MINZHI_STREET, "龙华区民治街道办事处", "民治街道", UnitLevel.STREET, LONGHUA),
)
UNITS = Reference(EVERY_UNIT)

RULES = RulesPublished(
    rules="shenzhen-2024",
    place="深圳",
    year=2024,
    edition=1,
    effective_on=date(2024, 1, 1),
    source="试用规则",
    deadlines={
        "sign": Deadline(count=3, unit="working_days", source=None),
        "return": Deadline(count=10, unit="calendar_days", source="深圳1998年规定"),
        "decide_return": Deadline(count=7, unit="calendar_days", source="广州规定"),
        "opinion": Deadline(count=1, unit="months", source=None),
        "reply": Deadline(count=3, unit="months", source=None),
        "reply:key": Deadline(count=2, unit="months", source="重点提案的规定"),
        "reply:off_session": Deadline(count=4, unit="months", source="闭会期间的规定"),
        "contact": Deadline(count=15, unit="working_days", source="崇义的做法"),
        "redo": Deadline(count=3, unit="months", source=None),
        "object": Deadline(count=5, unit="working_days", source=None),
        "decide_objection": Deadline(count=10, unit="working_days", source=None),
        "extension_max": Deadline(count=6, unit="months", source="广东旧规定"),
        "extension_max:opinion": Deadline(count=2, unit="months", source=None),
    },
    inner_margin=Deadline(count=5, unit="working_days", source=None),
    near=Deadline(count=7, unit="calendar_days", source=None),
    classes=(),
    decline_reasons=(),
    return_reasons=(
        Reason(code="not-ours", says="不属本单位职责"),
        Reason(code="moved", says="职责已划转"),
    ),
    ladders={},
    coordination=(),
    limits={},
    numbers={
        name: Number(value=value, says="测试", source=None)
        for name, value in {
            "returns.max": 3,
            "extensions.max": 1,
            "advice.units": 5,
            "advice.history": 1000,
            "advice.waiting": 50,
        }.items()
    },
    policies={
        name: Policy(value=value, says="测试", source=None)
        for name, value in {
            "return.consent": "paper",
            "reassign.clock": "restart",
            "role.clock": "keep",
            "merge.clock": "keep",
            "coordination.clock": "restart",
            "succession.clock": "keep",
        }.items()
    },
)
TERMS = Terms(RULES, Calendar())


def officer_of(unit: UnitCode) -> Actor:
    """A unit's officer."""
    return Actor(person=PersonId(f"p-{unit}"), name="经办人", post="officer", unit=unit)


OFFICE = Actor(person=PersonId("p-office"), name="陈交办", post="office", unit=UnitCode("C007"))


def head_of(unit: UnitCode) -> Actor:
    """A unit's head."""
    return Actor(person=PersonId(f"h-{unit}"), name="负责人", post="head", unit=unit)


LEADER = Actor(person=PersonId("p-mayor"), name="林副市长", post="leader", unit=CITY)


def _person(post: Post, unit: UnitCode, name: str) -> PersonRegistered:
    return PersonRegistered(
        person=PersonId(f"{post}.{unit}"), name=name, posts=(HeldPost(post=post, unit=unit),)
    )


EVERYBODY = tuple(
    _person(post, unit.code, f"{unit.short_name}{called}")
    for unit in EVERY_UNIT
    for post, called in (
        (Post.OFFICER, "经办人"),
        (Post.DEPUTY, "分管负责人"),
        (Post.HEAD, "负责人"),
    )
)
PEOPLE = Reference((*EVERY_UNIT, *EVERYBODY))
