"""What people do in the office, as the stories tell it: file, hand over, sign, hand down."""

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
    method: str = "POST",
) -> Answer:
    """Somebody gives a command; afterwards everybody has heard what came of it."""
    answer = await world.tell(
        service, path, body, post=post, unit=unit, person=person, method=method
    )
    if answer.status >= 400:
        raise Refused(answer)
    await world.settle()
    return answer


async def upon_task(
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
    """A unit does something with its own task."""
    path = f"/proposals/{case}/tasks/{unit}.{generation}/{verb}"
    return await act(world, service, path, body, post=post, unit=unit)


async def submit(
    world: World,
    title: str,
    *proposers: str,
    text: str = "建议如下。",
    proposal_id: str | None = None,
) -> str:
    """The first proposer hands a proposal in; the committee enters what several signed on paper."""
    names = proposers or (WANG,)
    joint = len(names) > 1
    body = {
        "proposal_id": proposal_id,
        "year": world.today.year,
        "title": title,
        "text": text,
        "kind": "joint" if joint else "single",
        "proposers": [{"name": name, "person": name} for name in names],
    }
    answer = await act(
        world,
        "intake",
        "/proposals",
        body,
        post="committee" if joint else "proposer",
        unit=COMMITTEE if joint else CITY,
        person=None if joint else names[0],
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


async def filed(
    world: World, title: str = "增开社区巴士", *proposers: str, proposal_id: str | None = None
) -> str:
    """A proposal that the committee has taken up."""
    case = await submit(world, title, *proposers, proposal_id=proposal_id)
    await accept(world, case)
    return case


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


async def waiting_for_a_signature(world: World) -> str:
    """A proposal that Longhua has to sign for."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    return case


async def sign(world: World, case: str, *units: str, generation: int = 1) -> None:
    """Units take their tasks on."""
    for unit in units:
        await upon_task(world, "assignment", case, unit, "sign", None, generation=generation)


async def return_task(
    world: World,
    case: str,
    unit: str,
    *,
    proposed: str,
    reason_code: str = "not-our-duty",
    generation: int = 1,
) -> Answer:
    """The head of a unit says that its task is another's."""
    body = {"reason_code": reason_code, "reason": "不属于本单位职责", "proposed_unit": proposed}
    return await upon_task(
        world, "assignment", case, unit, "return", body, post="head", generation=generation
    )


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
    return await upon_task(
        world, "assignment", case, unit, "hand-down", body, generation=generation
    )


async def complete(world: World, case: str, unit: str, *, generation: int = 1) -> Answer:
    """A unit reports that what was handed down to it is finished."""
    body = {"summary": "已经办结"}
    return await upon_task(world, "assignment", case, unit, "complete", body, generation=generation)
