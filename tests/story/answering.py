"""What units and proposers do: talk, give opinions, write, approve, send, rate, keep promises."""

from typing import Any

from tests.story.office import CITY, WANG, act, upon_task
from tests.world import Answer, World


async def talk(world: World, case: str, unit: str, *, generation: int = 1) -> Answer:
    """A unit visits the proposer."""
    body = {"kind": "visit", "people": [WANG], "summary": "当面听取意见"}
    return await upon_task(world, "reply", case, unit, "contacts", body, generation=generation)


async def opine(
    world: World, case: str, unit: str, *, opinion: str = "同意", generation: int = 1
) -> Answer:
    """A co-handler gives the lead its opinion."""
    body = {"opinion": opinion}
    return await upon_task(world, "reply", case, unit, "opinion", body, generation=generation)


async def draft(
    world: World, case: str, unit: str, *, result_class: str = "A", generation: int = 1
) -> int:
    """An officer writes a version of the reply; its number."""
    body = {"text": "您的提案收悉，现答复如下。", "result_class": result_class}
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
    body = {"draft": draft, "summary": "社区巴士已经增开", **letter}
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
    """The unit shows that it did what it promised."""
    path = f"/proposals/{case}/promises/{promise_id}/keep"
    unit = promise_id.partition(".")[0]
    return await act(world, "reply", path, {"evidence": "现场照片"}, post="officer", unit=unit)
