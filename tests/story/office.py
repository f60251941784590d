"""What people do in the office, as the stories tell it: each verb is one call of one service."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.world import Answer, World

MONDAY = date(2024, 1, 22)

CITY, COMMITTEE, OFFICE = "C001", "C004", "C007"
INDUSTRY, EDUCATION, PLANNING, HOUSING = "C019", "C020", "C025", "C027"
TRANSPORT, HEALTH, MARKET = "C028", "C031", "C032"
FUTIAN, NANSHAN, LONGHUA = "D01", "D03", "D07"
LONGHUA_EDUCATION, LONGHUA_HOUSING, LONGHUA_PLANNING = "S003", "S006", "S010"
MINZHI = "T055"

WANG, LI, ZHAO = "王志毅", "李娜", "赵明"


class Refused(Exception):
    """The office said no: the status, the code, and the sentence that the person reads."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.status} {answer.code} {answer.says}")
        self.answer = answer


async def act(
    world: World,
    service: str,
    path: str,
    body: Any = None,
    *,
    post: str,
    unit: str,
    person: str | None = None,
) -> Answer:
    """Somebody gives a command; afterwards everybody has heard what came of it."""
    answer = await world.tell(service, path, body, post=post, unit=unit, person=person)
    if answer.status >= 400:
        raise Refused(answer)
    await world.settle()
    return answer


# Intake


async def submit(world: World, title: str, *proposers: str, text: str = "建议如下。") -> str:
    """The first proposer hands a proposal in; its id."""
    names = proposers or (WANG,)
    body = {
        "year": world.today.year,
        "title": title,
        "text": text,
        "kind": "single" if len(names) == 1 else "joint",
        "proposers": [{"name": name} for name in names],
    }
    answer = await act(
        world, "intake", "/proposals", body, post="proposer", unit=CITY, person=names[0]
    )
    return str(answer.body["events"][0]["key"])


async def accept(world: World, case: str, *, number: str | None = None) -> str:
    """The committee files it; its number."""
    answer = await _review(world, f"/proposals/{case}/accept", {"number": number})
    return str(answer.body["events"][0]["data"]["number"])


async def decline(world: World, case: str, *, reason_code: str) -> Answer:
    return await _review(world, f"/proposals/{case}/decline", {"reason_code": reason_code})


async def merge(world: World, main: str, *others: str) -> Answer:
    body = {"main": main, "members": [main, *others], "why": "诉求相同"}
    return await _review(world, "/groups", body)


async def designate_key(world: World, case: str, *, leader: str, supervised_by: str) -> Answer:
    body = {"leader": leader, "supervised_by": supervised_by}
    return await _review(world, f"/proposals/{case}/designate-key", body)


async def _review(world: World, path: str, body: dict[str, Any]) -> Answer:
    return await act(world, "intake", path, body, post="committee", unit=COMMITTEE)


async def filed(world: World, title: str = "增开社区巴士", *proposers: str) -> str:
    """A proposal that the committee has taken up."""
    case = await submit(world, title, *proposers)
    await accept(world, case)
    return case


# Assignment


def row(
    case: str,
    *,
    lead: str | None = None,
    split: Sequence[str] = (),
    co_handlers: Sequence[str] = (),
    reference: Sequence[str] = (),
) -> dict[str, Any]:
    """One row of a list that the office hands over."""
    return {
        "proposal_id": case,
        "lead": lead,
        "split": list(split),
        "co_handlers": list(co_handlers),
        "reference": list(reference),
    }


async def hand_over(world: World, *rows: dict[str, Any], meeting: str | None = None) -> Answer:
    """The office hands a list over, in one act."""
    body = {"meeting": meeting, "items": list(rows)}
    return await act(world, "assignment", "/hand-overs", body, post="office", unit=OFFICE)


async def sign(world: World, case: str, *units: str, generation: int = 1) -> None:
    """Units take their tasks on."""
    for unit in units:
        await _upon_task(world, "assignment", case, unit, "sign", None, generation=generation)


async def return_task(
    world: World,
    case: str,
    unit: str,
    *,
    proposed: str,
    reason_code: str = "not-our-duty",
    generation: int = 1,
) -> Answer:
    """A unit says that its task is another's."""
    body = {"reason_code": reason_code, "reason": "不属于本单位职责", "proposed_unit": proposed}
    return await _upon_task(world, "assignment", case, unit, "return", body, generation=generation)


async def decide_return(
    world: World,
    case: str,
    unit: str,
    *,
    upheld: bool,
    new_unit: str | None = None,
    generation: int = 1,
) -> Answer:
    """The office upholds a unit's return, or refuses it."""
    path = f"/proposals/{case}/tasks/{unit}.{generation}/decide-return"
    body = {"upheld": upheld, "why": "经研究决定", "new_unit": new_unit}
    return await act(world, "assignment", path, body, post="office", unit=OFFICE)


async def hand_down(
    world: World,
    case: str,
    unit: str,
    *,
    below: Sequence[str],
    meeting: str | None = None,
    generation: int = 1,
) -> Answer:
    """A unit gives its work to units under it."""
    body = {"meeting": meeting, "tasks": [{"unit": one, "duty": "提出方案"} for one in below]}
    return await _upon_task(
        world, "assignment", case, unit, "hand-down", body, generation=generation
    )


async def complete(world: World, case: str, unit: str, *, generation: int = 1) -> Answer:
    """A unit reports that what was handed down to it is finished."""
    body = {"summary": "已经办结"}
    return await _upon_task(
        world, "assignment", case, unit, "complete", body, generation=generation
    )


# Reply


async def talk(world: World, case: str, unit: str, *, generation: int = 1) -> Answer:
    """A unit visits the proposer."""
    body = {"kind": "visit", "people": [WANG], "summary": "当面听取意见"}
    return await _upon_task(world, "reply", case, unit, "contacts", body, generation=generation)


async def opine(
    world: World, case: str, unit: str, *, opinion: str = "同意", generation: int = 1
) -> Answer:
    """A co-handler gives the lead its opinion."""
    body = {"opinion": opinion}
    return await _upon_task(world, "reply", case, unit, "opinion", body, generation=generation)


async def draft(
    world: World, case: str, unit: str, *, result_class: str = "A", generation: int = 1
) -> int:
    """An officer writes a version of the reply; its number."""
    body = {"text": "您的提案收悉，现答复如下。", "result_class": result_class}
    answer = await _upon_task(
        world, "reply", case, unit, "drafts", body, generation=generation
    )
    return int(answer.body["events"][0]["data"]["draft"])


async def approve(
    world: World, case: str, unit: str, draft: int = 1, *, generation: int = 1
) -> Answer:
    """The head of the unit answers for the draft."""
    body = {"draft": draft}
    return await _upon_task(
        world, "reply", case, unit, "approve", body, post="head", generation=generation
    )


async def issue(
    world: World, case: str, unit: str, draft: int = 1, *, generation: int = 1, **letter: Any
) -> Answer:
    """The head of the unit sends the reply."""
    body = {"draft": draft, "summary": "社区巴士已经增开", **letter}
    return await _upon_task(
        world, "reply", case, unit, "issue", body, post="head", generation=generation
    )


async def reply(
    world: World,
    case: str,
    unit: str,
    *,
    result_class: str = "A",
    generation: int = 1,
    **letter: Any,
) -> Answer:
    """All that it takes: the unit talks, writes, approves and sends."""
    await talk(world, case, unit, generation=generation)
    number = await draft(world, case, unit, result_class=result_class, generation=generation)
    await approve(world, case, unit, number, generation=generation)
    return await issue(world, case, unit, number, generation=generation, **letter)


async def rate(
    world: World,
    case: str,
    reply_id: str,
    proposer: str = WANG,
    *,
    result: str = "satisfied",
    process: str = "satisfied",
) -> Answer:
    """A proposer says what process and result were like."""
    path = f"/proposals/{case}/replies/{reply_id}/ratings"
    body = {"proposer": proposer, "process": process, "result": result}
    return await act(world, "reply", path, body, post="proposer", unit=CITY, person=proposer)


async def keep_promise(world: World, case: str, promise_id: str) -> Answer:
    """The unit shows that it did what it promised."""
    path = f"/proposals/{case}/promises/{promise_id}/keep"
    unit = promise_id.partition(".")[0]
    return await act(world, "reply", path, {"evidence": "现场照片"}, post="officer", unit=unit)


# Escalation


async def sweep(world: World) -> dict[str, int]:
    """The office looks through the clocks; what there was to tell."""
    answer = await act(world, "escalation", "/sweep", post="office", unit=OFFICE)
    told = ("near", "missed", "reminders", "flagged", "failed")
    return {what: answer.body[what] for what in told if answer.body[what]}


async def mornings_until(world: World, day: date) -> None:
    """Days pass up to this one, and each morning the clocks are looked through."""
    while world.today < day:
        world.days_pass(1)
        await sweep(world)


async def flag(world: World, case: str, *parties: str) -> Answer:
    """The office flags a matter for the city by hand."""
    body = {"evidence": "职责划分意见不一", "parties": list(parties)}
    path = f"/proposals/{case}/matters"
    return await act(world, "escalation", path, body, post="office", unit=OFFICE)


async def decide_matter(
    world: World, case: str, matter_id: str = "m1", *, lead: str | None = None
) -> Answer:
    """A leader settles a matter: with a new lead, or everything stays as it is."""
    effect = {"kind": "new_lead", "lead": lead} if lead else {"kind": "as_it_is"}
    path = f"/proposals/{case}/matters/{matter_id}/decide"
    body = {"decision": "经市领导协调决定", "effect": effect}
    return await act(world, "escalation", path, body, post="leader", unit=CITY)


async def _upon_task(
    world: World,
    service: str,
    case: str,
    unit: str,
    verb: str,
    body: dict[str, Any] | None,
    *,
    post: str = "officer",
    generation: int = 1,
) -> Answer:
    path = f"/proposals/{case}/tasks/{unit}.{generation}/{verb}"
    return await act(world, service, path, body, post=post, unit=unit)
