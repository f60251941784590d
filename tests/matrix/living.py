"""How a proposal's life is walked: at each step, all others are refused first, and nothing is told.

Then the one whose step it is takes it. So every refusal is asked in the state in which the act
is possible for somebody, and it is the right that refuses and not the state.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from pydantic_core import from_json

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
from tests.world import Answer, World

CASE, OTHER, THIRD = (f"00000000-0000-4000-8000-00000000000{n}" for n in "abc")


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


MEMBER, ANOTHER = Who("proposer", CITY, WANG), Who("proposer", CITY, LI)
COMMISSION = Who("committee", COMMITTEE)
CITY_OFFICE, MAYOR = Who("office", OFFICE), Who("leader", CITY)
# The lead, a bureau and a street under it, the co-handler, somebody unrelated, the unit above all.
UNITS = (LONGHUA, LONGHUA_EDUCATION, MINZHI, TRANSPORT, NANSHAN, CITY)
EVERYBODY = (
    MEMBER,
    ANOTHER,
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
    told: Mapping[str | None, str | None] = field(default_factory=dict)  # to a post, person, unit
    at: Mapping[str, str] = field(default_factory=dict)
    days: int = 0  # that pass before
    walked: bool = True  # otherwise it only happens, and is walked elsewhere

    @property
    def path(self) -> str:
        path = self.way.split(" ", 1)[1]
        for name, value in {"proposal_id": CASE, **self.at}.items():
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
        for one in (who.post, who.person, who.unit if who.in_a_unit else None):
            if one in self.told:
                return self.told[one]
        if who.stands_like(self.by):
            return None
        assert self.others is not None, (self.way, who)
        return self.others


def meanwhile(*steps: Step) -> tuple[Step, ...]:
    """What happens on the way; everybody else is asked about it in another life."""
    return tuple(replace(step, walked=False) for step in steps)


async def lived(world: World, life: Iterable[Step]) -> list[Any]:
    """What went otherwise than it should in a life: each step, who, and the answer."""
    wrong: list[Any] = []
    for n, step in enumerate(life):
        world.days_pass(step.days)
        told = len(await world.told_by(step.service))
        for who in EVERYBODY if step.walked else ():
            expected = step.refusal(who)
            if expected is None:
                continue
            answer = await takes(world, step, who)
            if answer.status not in (403, 404) or answer.code != expected:
                wrong.append((n, step.path, who, expected, answer.status, str(answer.body)[:150]))
        if len(await world.told_by(step.service)) != told:
            wrong.append((n, step.path, "a refusal told something"))
        answer = await takes(world, step, step.by)
        if answer.status >= 300:
            wrong.append((n, step.path, step.by, "to be let in", answer.status, str(answer.body)))
        await world.settle()
    return wrong


async def takes(world: World, step: Step, who: Who) -> Answer:
    """Somebody asks for a step."""
    return await world.call(
        step.way.split(" ")[0],
        step.service,
        step.path,
        post=who.post,
        unit=who.unit,
        person=who.person,
        json=step.body,
    )


async def rules_say(world: World, **policies: str) -> None:
    """From now on other policies hold, in a next edition of the rules."""
    [*_, newest] = await world.rows(
        "registry",
        "SELECT convert_from(payload, 'UTF8')::json AS rules FROM events"
        " WHERE type LIKE '%RulesPublished%' ORDER BY seq",
    )
    rules = from_json(newest["rules"])
    at = f"/rules/{rules['rules']}"
    for told in ("rules", "by", "entered_on"):
        del rules[told]
    rules["edition"] += 1
    for name, value in policies.items():
        rules["policies"][name.replace("_", ".")] = {
            "value": value,
            "says": "另有规定",
            "source": None,
        }
    published = await world.tell("registry", at, rules, post="operator", method="PUT")
    assert published.status == 200, published
    await world.settle()


PROPOSAL = "/proposals/{proposal_id}"
TASK = PROPOSAL + "/tasks/{task_id}"
REPLY = PROPOSAL + "/replies/{reply_id}"
LETTER = PROPOSAL + "/letters/{letter_id}"
MATTER = PROPOSAL + "/matters/{matter_id}"
PROMISE = PROPOSAL + "/promises/{promise_id}"


def task(
    unit: str, verb: str, body: Any = None, *, post: str = "officer", n: int = 1, **more: Any
) -> Step:
    """A unit does something with its own task."""
    return Step(
        of(unit, post),
        "reply" if f"POST {TASK}/{verb}" in WAYS["reply"] else "assignment",
        f"POST {TASK}/{verb}",
        body,
        others="not-your-task",
        at={"task_id": f"{unit}.{n}"},
        **more,
    )


def member(verb: str, body: Any = None, *, by: Who = MEMBER, others: str, **more: Any) -> Step:
    """A proposer does something with their own proposal; the committee may enter it for them."""
    service = "reply" if f"POST {PROPOSAL}/{verb}" in WAYS["reply"] else "intake"
    return Step(
        by,
        service,
        f"POST {PROPOSAL}/{verb}",
        body,
        others=others,
        **{"told": {"committee": None}, **more},
    )


def office(verb: str, body: Any, *, unit: str, n: int = 1, **more: Any) -> Step:
    """The office does something with a unit's task."""
    way = f"POST {TASK}/{verb}"
    return Step(CITY_OFFICE, "assignment", way, body, at={"task_id": f"{unit}.{n}"}, **more)


def committee(verb: str, body: Any, **at: str) -> Step:
    """The committee reviews a proposal."""
    return Step(COMMISSION, "intake", f"POST {PROPOSAL}/{verb}", body, at=at)


def checks(way: str, body: Any = None, **at: str) -> Step:
    """The office looks at what a unit has said."""
    return Step(CITY_OFFICE, "reply", f"POST {way}", body, at={**LONGHUAS, **at})


def promise(by: Who, verb: str, body: Any, **more: Any) -> Step:
    """Something is done about the first promise of the first reply."""
    return Step(by, "reply", f"POST {PROMISE}/{verb}", body, at=LONGHUAS, **more)


def matter(by: Who, verb: str, body: Any, *, n: int = 1, **more: Any) -> Step:
    """Something is done about a matter."""
    return Step(by, "escalation", f"POST {MATTER}/{verb}", body, at={"matter_id": f"m{n}"}, **more)


LONGHUAS = {"reply_id": "D07.r1", "letter_id": "D07.r1", "promise_id": "D07.r1.p1"}
WRITTEN = {"title": "增开社区巴士", "text": "建议如下。"}
SUBMITTED = {
    **WRITTEN,
    "proposal_id": CASE,
    "year": 2024,
    "kind": "single",
    "proposers": [{"name": WANG, "person": WANG}],
}
RETURN = {"reason_code": "not-our-duty", "reason": "不属于本单位职责", "proposed_unit": NANSHAN}
MEETING = {"held_on": "2024-01-22", "present": [TRANSPORT, NANSHAN], "minutes": "各陈意见"}
REFUSED = {"upheld": False, "why": "属于贵单位职责"}
WHY = {"why": "经研究"}
TALK = {"kind": "visit", "people": [WANG], "summary": "当面听取意见"}
OPINION = {"opinion": "同意"}
DRAFT = {"text": "您的提案收悉，现答复如下。", "result_class": "B"}
FIRST, SECOND = {"draft": 1}, {"draft": 2}
SENT = {**SECOND, "summary": "列入计划", "promises": [{"text": "开线", "due_on": "2024-05-10"}]}
RATING = {"proposer": WANG, "process": "satisfied", "result": "satisfied"}


def submitted(proposal_id: str, title: str, person: str) -> Step:
    """Another member hands another proposal in."""
    body = {**SUBMITTED, "proposal_id": proposal_id, "title": title}
    body["proposers"] = [{"name": person, "person": person}]
    return Step(Who("proposer", CITY, person), "intake", "POST /proposals", body)


def handed_over(lead: str, *co_handlers: str, of: str = CASE) -> Step:
    """The office hands a proposal over."""
    item = {"proposal_id": of, "lead": lead, "co_handlers": list(co_handlers)}
    return Step(CITY_OFFICE, "assignment", "POST /hand-overs", {"items": [item]})


def in_hand(*co_handlers: str) -> tuple[Step, ...]:
    """Wang's proposal is filed, Longhua leads it, and all have signed for it."""
    return meanwhile(
        submitted(CASE, "增开社区巴士", WANG),
        committee("accept", {}),
        handed_over(LONGHUA, *co_handlers),
        *(task(unit, "sign") for unit in (LONGHUA, *co_handlers)),
    )


def opined(unit: str, **opinion: str) -> tuple[Step, ...]:
    """A co-handler writes, checks and issues its opinion."""
    return meanwhile(
        task(unit, "opinion/drafts", {**OPINION, **opinion}),
        task(unit, "opinion/check", FIRST, post="section_head"),
        task(unit, "opinion/issue", FIRST, post="head"),
    )


def approved() -> tuple[Step, ...]:
    """Longhua has talked, and the first draft of this round was approved."""
    return meanwhile(
        task(LONGHUA, "contacts", TALK),
        task(LONGHUA, "drafts", DRAFT),
        task(LONGHUA, "approve", FIRST, post="section_head"),
    )


def answered() -> tuple[Step, ...]:
    """Longhua has answered, with a promise."""
    return (*approved(), *meanwhile(task(LONGHUA, "issue", {**SENT, **FIRST}, post="head")))
