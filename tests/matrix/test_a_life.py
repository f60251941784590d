"""The main life of a proposal: handed in, filed, handed over, handled, answered, rated, kept."""

from typing import Any

from tests.matrix.living import (
    CASE,
    CITY_OFFICE,
    DRAFT,
    EVERYBODY,
    FIRST,
    LONGHUAS,
    MAYOR,
    MEETING,
    MEMBER,
    OPINION,
    PROPOSAL,
    RATING,
    REFUSED,
    REPLY,
    RETURN,
    SECOND,
    SENT,
    SUBMITTED,
    TALK,
    TASK,
    WHY,
    WRITTEN,
    Step,
    Who,
    checks,
    committee,
    lived,
    matter,
    member,
    of,
    office,
    promise,
    takes,
    task,
)
from tests.story.office import CITY, LONGHUA, LONGHUA_EDUCATION, NANSHAN, TRANSPORT, WANG
from tests.world import World

STEPS = [{"says": "定", "due_on": "2024-03-01"}]
ITEMS = {
    "items": [
        {"says": says, "unit": LONGHUA, "milestones": STEPS} for says in ("选定站点", "增设站台")
    ]
}
HAND_OVER = {"items": [{"proposal_id": CASE, "lead": LONGHUA, "co_handlers": [TRANSPORT]}]}
ITEM: Any = {"at": {"item_id": "i1"}, "others": "not-your-item"}

LIFE = (
    Step(
        MEMBER,
        "intake",
        "POST /proposals",
        SUBMITTED,
        others="not-among-proposers",
        told={"committee": None},
    ),
    committee("send-back", WHY),
    member("revise", WRITTEN, others="not-your-proposal"),
    committee("categorise", {"category": "经济"}),
    committee("accept", {}),
    Step(CITY_OFFICE, "assignment", "POST /hand-overs", HAND_OVER),
    task(TRANSPORT, "ask-consent-to-return", RETURN),
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
        told={"office": None},
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
    Step(
        of(LONGHUA),
        "assignment",
        f"POST {PROPOSAL}/items/{{item_id}}/drop",
        WHY,
        others="not-planner",
        told={"office": None},
        at={"item_id": "i2"},
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
    task(LONGHUA, "issue", SENT, post="head"),
    checks(f"{REPLY}/accept"),
    member("replies/{reply_id}/ratings", RATING, others="rates-for-another", at=LONGHUAS),
    promise(of(LONGHUA), "progress", {"progress": "已招标"}, others="not-your-promise"),
    promise(
        of(LONGHUA, "head"),
        "ask-for-change",
        {"text": "开线", "due_on": "2024-06-10", "why": "汛期"},
        others="not-your-promise",
    ),
    promise(CITY_OFFICE, "decide-change", {"granted": False, "why": "不足"}),
    promise(of(LONGHUA), "report", {"evidence": "照片"}, others="not-your-promise"),
    promise(CITY_OFFICE, "refuse-report", WHY),
    Step(
        of(LONGHUA),
        "escalation",
        f"POST {PROPOSAL}/matters",
        {"evidence": "职责不清", "parties": [LONGHUA, TRANSPORT]},
        others="not-handling",
        told={"office": None, LONGHUA_EDUCATION: None, TRANSPORT: None},
    ),
    matter(
        of(TRANSPORT),
        "positions",
        {"position": "应由区里办"},
        others="not-a-party",
        told={LONGHUA: None},
    ),
    matter(CITY_OFFICE, "meetings", MEETING),
    matter(MAYOR, "decide", {"decision": "照旧", "effect": {"kind": "as_it_is"}}),
    Step(
        CITY_OFFICE,
        "escalation",
        f"POST {PROPOSAL}/supervisions",
        {"unit": LONGHUA, "demand": "请反馈"},
        told={"supervision": None},
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
    wrong = await lived(world, LIFE)

    assert not wrong, "\n".join(map(str, wrong))


async def test_who_may_see_it_sees_it_everywhere_and_nobody_else(world: World) -> None:
    for step in LIFE[: LIFE.index(task(LONGHUA, "sign")) + 1]:
        assert (await takes(world, step, step.by)).status < 300
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
