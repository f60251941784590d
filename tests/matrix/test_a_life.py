"""A proposal's life, step by step: at each, all others are refused first, and nothing changes.

Then the one whose step it is takes it. So every refusal is asked in the state in which the act
is possible for somebody, and it is the right that refuses and not the state.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from shared.contracts.event import Actor, PersonId, UnitCode
from shared.policy import UNIT, decide
from tests.matrix.ways import ALSO, WAYS
from tests.story.office import (
    CITY,
    COMMITTEE,
    LI,
    LONGHUA,
    LONGHUA_EDUCATION,
    MINZHI,
    NANSHAN,
    OFFICE,
    TRANSPORT,
    WANG,
)
from tests.world import World

CASE = "00000000-0000-4000-8000-00000000000a"


@dataclass(frozen=True, slots=True)
class Who:
    post: str
    unit: str
    person: str | None = None

    @property
    def in_a_unit(self) -> bool:
        return self.post in UNIT

    def stands_like(self, other: "Who") -> bool:
        """Whether their relation to whatever is asked for is the same."""
        if self.in_a_unit or other.in_a_unit:
            return self.in_a_unit and other.in_a_unit and self.unit == other.unit
        return self.person == other.person


MEMBER, COMMISSION = Who("proposer", CITY, WANG), Who("committee", COMMITTEE)
CITY_OFFICE, MAYOR = Who("office", OFFICE), Who("leader", CITY)
# The lead, a bureau and a street under it, the co-handler, somebody unrelated, the unit above all.
UNITS = (LONGHUA, LONGHUA_EDUCATION, MINZHI, TRANSPORT, NANSHAN, CITY)
EVERYBODY = (
    MEMBER,
    Who("proposer", CITY, LI),
    COMMISSION,
    CITY_OFFICE,
    Who("supervision", OFFICE),
    MAYOR,
    Who("operator", CITY),
    Who("security", CITY),
    Who("auditor", CITY),
    *(Who(post, unit) for post, unit in product(sorted(UNIT), UNITS)),
)


def of(unit: str, post: str = "officer") -> Who:
    return Who(post, unit)


@dataclass(frozen=True, slots=True)
class Step:
    """One act: who takes it, and the code for those of a right post who stand otherwise."""

    by: Who
    service: str
    way: str
    body: Any = None
    others: str | None = None  # None: nobody else's post may
    posts: Mapping[str, str | None] = field(default_factory=dict)  # what posts of no unit are told
    at: Mapping[str, str] = field(default_factory=dict)
    shared_with: tuple[str, ...] = ()  # other units whose step it might as well be

    @property
    def path(self) -> str:
        path = self.way.split(" ", 1)[1].replace("{proposal_id}", CASE)
        for name, value in self.at.items():
            path = path.replace("{" + name + "}", value)
        return path

    def refusal(self, who: Who) -> str | None:
        """The code with which somebody is refused; None for those who are let in."""
        actor = Actor(
            person=PersonId(who.person or "p"), name="p", post=who.post, unit=UnitCode(who.unit)
        )
        acts = [WAYS[self.service][self.way], ALSO.get(self.service, {}).get(self.way)]
        if not all(decide(act, actor).allowed for act in acts if act):
            return "post-may-not"
        if who.post in self.posts:
            return self.posts[who.post]
        if who.stands_like(self.by) or (who.in_a_unit and who.unit in self.shared_with):
            return None
        assert self.others is not None, (self.way, who)
        return self.others


def task(unit: str, verb: str, body: Any = None, *, post: str = "officer", n: int = 1) -> Step:
    return Step(
        of(unit, post),
        "reply" if f"POST {TASK}/{verb}" in WAYS["reply"] else "assignment",
        f"POST {TASK}/{verb}",
        body,
        others="not-your-task",
        at={"task_id": f"{unit}.{n}"},
    )


def office(verb: str, body: Any, *, unit: str) -> Step:
    way = f"POST {TASK}/{verb}"
    return Step(CITY_OFFICE, "assignment", way, body, at={"task_id": f"{unit}.1"})


def committee(verb: str, body: Any) -> Step:
    return Step(COMMISSION, "intake", f"POST {PROPOSAL}/{verb}", body)


def promise(by: Who, verb: str, body: Any, **more: Any) -> Step:
    way = f"POST {PROPOSAL}/promises/{{promise_id}}/{verb}"
    return Step(by, "reply", way, body, at={"promise_id": "D07.r1.p1"}, **more)


PROPOSAL = "/proposals/{proposal_id}"
TASK = PROPOSAL + "/tasks/{task_id}"
WRITTEN = {"title": "增开社区巴士", "text": "建议如下。"}
SUBMITTED = {
    **WRITTEN,
    "proposal_id": CASE,
    "year": 2024,
    "kind": "single",
    "proposers": [{"name": WANG, "person": WANG}],
}
HAND_OVER = {"items": [{"proposal_id": CASE, "lead": LONGHUA, "co_handlers": [TRANSPORT]}]}
RETURN = {"reason_code": "not-our-duty", "reason": "不属于本单位职责", "proposed_unit": NANSHAN}
MEETING = {"held_on": "2024-01-22", "present": [TRANSPORT, NANSHAN], "minutes": "各陈意见"}
REFUSED = {"upheld": False, "why": "属于贵单位职责"}
WHY = {"why": "经研究"}
TALK = {"kind": "visit", "people": [WANG], "summary": "当面听取意见"}
OPINION = {"opinion": "同意"}
DRAFT = {"text": "您的提案收悉，现答复如下。", "result_class": "B"}
FIRST, SECOND = {"draft": 1}, {"draft": 2}
LETTER = {**SECOND, "summary": "列入计划", "promises": [{"text": "开线", "due_on": "2024-05-10"}]}
RATING = {"proposer": WANG, "process": "satisfied", "result": "satisfied"}
ITEMS = {
    "items": [
        {
            "says": "选定站点",
            "unit": LONGHUA,
            "milestones": [{"says": "定", "due_on": "2024-03-01"}],
        }
    ]
}
PROMISED: Any = {"others": "not-your-promise"}
ITEM: Any = {"at": {"item_id": "i1"}, "others": "not-your-item"}
MATTER: Any = {"at": {"matter_id": "m1"}}

LIFE = (
    Step(
        MEMBER,
        "intake",
        "POST /proposals",
        SUBMITTED,
        others="not-among-proposers",
        posts={"committee": None},
    ),
    committee("send-back", WHY),
    Step(
        MEMBER,
        "intake",
        f"POST {PROPOSAL}/revise",
        WRITTEN,
        others="not-your-proposal",
        posts={"committee": None},
    ),
    committee("categorise", {"category": "经济"}),
    committee("accept", {}),
    Step(CITY_OFFICE, "assignment", "POST /hand-overs", HAND_OVER),
    task(TRANSPORT, "consent-to-return", post="head"),
    task(TRANSPORT, "return", RETURN),
    office("decide-return", REFUSED, unit=TRANSPORT),
    task(TRANSPORT, "object", {"reason": "仍不属于", "proposed_unit": NANSHAN}, post="head"),
    office("objection-meeting", MEETING, unit=TRANSPORT),
    Step(
        MAYOR,
        "assignment",
        f"POST {TASK}/decide-objection",
        REFUSED,
        at={"task_id": f"{TRANSPORT}.1"},
    ),
    task(TRANSPORT, "sign"),
    task(LONGHUA, "sign"),
    task(LONGHUA, "officer", {"officer": f"officer.{LONGHUA}"}),
    task(LONGHUA, "hand-down", {"tasks": [{"unit": LONGHUA_EDUCATION, "duty": "提出方案"}]}),
    task(LONGHUA_EDUCATION, "sign"),
    task(LONGHUA_EDUCATION, "progress", {"stage": "勘察", "says": "已完成"}),
    task(LONGHUA_EDUCATION, "complete", {"summary": "已经办结"}),
    task(LONGHUA, "ask-extension", {"until": "2024-05-10", "reason": "须先完成勘察"}),
    office("decide-extension", {"granted": True, "why": "情况属实"}, unit=LONGHUA),
    office("pause", WHY, unit=LONGHUA),
    office("resume", WHY, unit=LONGHUA),
    Step(
        of(LONGHUA),
        "assignment",
        f"POST {PROPOSAL}/items",
        ITEMS,
        others="not-planner",
        posts={"office": None},
    ),
    Step(
        of(LONGHUA),
        "assignment",
        f"POST {PROPOSAL}/items/{{item_id}}/progress",
        {"says": "在办"},
        **ITEM,
    ),
    Step(
        of(LONGHUA),
        "assignment",
        f"POST {PROPOSAL}/items/{{item_id}}/complete",
        {"result": "定了"},
        **ITEM,
    ),
    task(TRANSPORT, "opinion/drafts", OPINION),
    task(TRANSPORT, "opinion/send-back", {**FIRST, "why": "太短"}, post="section_head"),
    task(TRANSPORT, "opinion/drafts", OPINION),
    task(TRANSPORT, "opinion/check", SECOND, post="section_head"),
    task(TRANSPORT, "opinion/issue", SECOND, post="head"),
    task(LONGHUA, "contacts", TALK),
    task(LONGHUA, "drafts", DRAFT),
    task(LONGHUA, "send-back", {**FIRST, "why": "太短"}, post="section_head"),
    task(LONGHUA, "drafts", DRAFT),
    task(LONGHUA, "approve", SECOND, post="section_head"),
    task(LONGHUA, "issue", LETTER, post="head"),
    Step(
        CITY_OFFICE,
        "reply",
        f"POST {PROPOSAL}/replies/{{reply_id}}/accept",
        at={"reply_id": "D07.r1"},
    ),
    Step(
        MEMBER,
        "reply",
        f"POST {PROPOSAL}/replies/{{reply_id}}/ratings",
        RATING,
        others="rates-for-another",
        posts={"committee": None},
        at={"reply_id": "D07.r1"},
    ),
    promise(of(LONGHUA), "progress", {"progress": "已招标"}, **PROMISED),
    promise(
        of(LONGHUA, "head"),
        "ask-for-change",
        {"text": "开线", "due_on": "2024-06-10", "why": "汛期"},
        **PROMISED,
    ),
    promise(CITY_OFFICE, "decide-change", {"granted": False, "why": "不足"}),
    promise(of(LONGHUA), "report", {"evidence": "照片"}, **PROMISED),
    promise(CITY_OFFICE, "refuse-report", WHY),
    Step(
        of(LONGHUA),
        "escalation",
        f"POST {PROPOSAL}/matters",
        {"evidence": "职责不清", "parties": [LONGHUA, TRANSPORT]},
        others="not-handling",
        posts={"office": None},
        shared_with=(LONGHUA_EDUCATION, TRANSPORT),
    ),
    Step(
        of(TRANSPORT),
        "escalation",
        f"POST {PROPOSAL}/matters/{{matter_id}}/positions",
        {"position": "应由区里办"},
        others="not-a-party",
        shared_with=(LONGHUA,),
        **MATTER,
    ),
    Step(
        CITY_OFFICE,
        "escalation",
        f"POST {PROPOSAL}/matters/{{matter_id}}/meetings",
        MEETING,
        **MATTER,
    ),
    Step(
        MAYOR,
        "escalation",
        f"POST {PROPOSAL}/matters/{{matter_id}}/decide",
        {"decision": "照旧", "effect": {"kind": "as_it_is"}},
        **MATTER,
    ),
    Step(
        CITY_OFFICE,
        "escalation",
        f"POST {PROPOSAL}/supervisions",
        {"unit": LONGHUA, "demand": "请反馈"},
        posts={"supervision": None},
    ),
    Step(
        of(LONGHUA),
        "escalation",
        f"POST {PROPOSAL}/supervisions/{{supervision_id}}/answer",
        {"says": "已办"},
        others="not-supervised",
        at={"supervision_id": "s1"},
    ),
)


async def test_at_each_step_of_its_life_all_others_are_refused(world: World) -> None:
    wrong: list[Any] = []
    for n, step in enumerate(LIFE):
        told = len(await world.told_by(step.service))
        for who in EVERYBODY:
            expected = step.refusal(who)
            if expected is None:
                continue
            answer = await _takes(world, step, who)
            if answer.status != 403 or answer.code != expected:
                wrong.append((n, step.path, who, expected, answer.status, str(answer.body)[:150]))
        if len(await world.told_by(step.service)) != told:
            wrong.append((n, step.path, "a refusal told something"))
        answer = await _takes(world, step, step.by)
        if answer.status >= 300:
            wrong.append((n, step.path, step.by, "to be let in", answer.status, str(answer.body)))
        await world.settle()

    assert not wrong, "\n".join(map(str, wrong))


async def test_who_may_see_it_sees_it_everywhere_and_nobody_else(world: World) -> None:
    for step in LIFE[: LIFE.index(task(LONGHUA, "sign")) + 1]:
        assert (await _takes(world, step, step.by)).status < 300
        await world.settle()
    wrong: list[Any] = []
    for who in EVERYBODY:
        sees = _sees(who)
        for service in ("intake", "assignment", "reply", "escalation"):
            page = await world.ask(
                service, f"/proposals/{CASE}", post=who.post, unit=who.unit, person=who.person
            )
            if page.status != (200 if sees else 404):
                wrong.append((service, who, page.status))

    assert not wrong, "\n".join(map(str, wrong))


def _sees(who: Who) -> bool:
    """The sight in words: everything, one's own, what concerns one's unit or one below it."""
    if who.post in ("committee", "office", "supervision", "leader", "operator", "auditor"):
        return True
    if who.in_a_unit:
        return who.unit in (LONGHUA, TRANSPORT, CITY)
    return who.person == WANG


async def _takes(world: World, step: Step, who: Who) -> Any:
    return await world.call(
        step.way.split(" ")[0],
        step.service,
        step.path,
        post=who.post,
        unit=who.unit,
        person=who.person,
        json=step.body,
    )
