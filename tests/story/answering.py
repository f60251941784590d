"""What units and proposers do: talk, give opinions, write, approve, send, rate, keep promises."""

from functools import partial
from typing import Any

from tests.story.office import (
    CITY,
    COMMITTEE,
    LONGHUA,
    OFFICE,
    WANG,
    act,
    filed,
    hand_over,
    row,
    sign,
    upon_task,
)
from tests.world import Answer, World


async def talk(world: World, case: str, unit: str, *, generation: int = 1) -> Answer:
    """A unit visits the proposer."""
    body = {"kind": "visit", "people": [WANG], "summary": "当面听取意见"}
    return await upon_task(world, "reply", case, unit, "contacts", body, generation=generation)


async def opine(
    world: World,
    case: str,
    unit: str,
    *,
    opinion: str = "同意",
    generation: int = 1,
    **more: Any,
) -> Answer:
    """A co-handler gives the lead its opinion: an officer writes, a section head checks, the head
    issues it."""
    at = partial(upon_task, world, "reply", case, unit, generation=generation)
    written = await at("opinion/drafts", {"opinion": opinion, **more})
    body = {"draft": written.body["events"][0]["data"]["draft"]}
    await at("opinion/check", body, post="section_head")
    return await at("opinion/issue", body, post="head")


async def draft(
    world: World,
    case: str,
    unit: str,
    *,
    result_class: str = "A",
    generation: int = 1,
    text: str = "您的提案收悉，现答复如下。",
    answers: dict[str, str] | None = None,
) -> int:
    """An officer writes a version of the reply; its number."""
    answered = [{"point": point, "answer": says} for point, says in (answers or {}).items()]
    body = {"text": text, "result_class": result_class, "answers": answered}
    answer = await upon_task(world, "reply", case, unit, "drafts", body, generation=generation)
    return int(answer.body["events"][0]["data"]["draft"])


async def approve(
    world: World, case: str, unit: str, draft: int = 1, *, generation: int = 1
) -> Answer:
    """The head of the unit answers for the draft."""
    body = {"draft": draft}
    return await upon_task(
        world, "reply", case, unit, "approve", body, post="head", generation=generation
    )


async def issue(
    world: World, case: str, unit: str, draft: int = 1, *, generation: int = 1, **letter: Any
) -> Answer:
    """The head of the unit sends the reply."""
    body = {"draft": draft, "summary": "社区巴士已经增开", "evidence": "通车公告", **letter}
    return await upon_task(
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
    """The unit reports that it did what it promised, and the office finds that it is so."""
    await report_promise(world, case, promise_id)
    return await check_promise(world, case, promise_id, "keep", {})


async def report_promise(world: World, case: str, promise_id: str) -> Answer:
    """The unit shows that it did what it promised."""
    path = f"/proposals/{case}/promises/{promise_id}/report"
    unit = promise_id.partition(".")[0]
    return await act(world, "reply", path, {"evidence": "现场照片"}, post="officer", unit=unit)


async def check_promise(
    world: World, case: str, promise_id: str, verb: str, body: dict[str, Any]
) -> Answer:
    """The office looks at a promise."""
    path = f"/proposals/{case}/promises/{promise_id}/{verb}"
    return await act(world, "reply", path, body, post="office", unit=OFFICE)


async def check_reply(
    world: World, case: str, reply_id: str, verb: str, body: dict[str, Any] | None = None
) -> Answer:
    """The office looks at a reply: accepts it, sends it back, changes its class."""
    path = f"/proposals/{case}/replies/{reply_id}/{verb}"
    return await act(world, "reply", path, body, post="office", unit=OFFICE)


async def committee(
    world: World, case: str, path: str, body: dict[str, Any] | None = None
) -> Answer:
    """The committee does something in a proposal: asks, reminds, closes, enters from a paper."""
    at = f"/proposals/{case}/{path}"
    return await act(world, "reply", at, body, post="committee", unit=COMMITTEE)


async def speak(
    world: World, case: str, path: str, body: dict[str, Any], *, proposer: str = WANG
) -> Answer:
    """A proposer says something: confirms, denies, needs no talk."""
    said = {"proposer": proposer, **body}
    at = f"/proposals/{case}/{path}"
    return await act(world, "reply", at, said, post="proposer", unit=CITY, person=proposer)


async def publish(
    world: World, case: str, letter_id: str, verb: str, body: dict[str, Any]
) -> Answer:
    """The office decides on a letter, releases it, withdraws it."""
    path = f"/proposals/{case}/letters/{letter_id}/{verb}"
    return await act(world, "reply", path, body, post="office", unit=OFFICE)


def paper(signed_by: str, signed_on: str = "2024-01-22") -> dict[str, Any]:
    """What somebody signed on paper, with its scan."""
    scan = {"name": "扫描件.pdf", "kind": "application/pdf", "size": 4096, "digest": "7f" * 32}
    return {"signed_by": signed_by, "signed_on": signed_on, "scan": scan}


async def answered(world: World, *proposers: str) -> str:
    """A proposal that Longhua leads and has answered."""
    case = await filed(world, "增开社区巴士", *proposers)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA)
    return case


async def answered_with_promises(world: World, *promises: dict[str, str]) -> str:
    """A proposal that Longhua leads and has answered with these promises."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA, result_class="B", promises=list(promises))
    return case
