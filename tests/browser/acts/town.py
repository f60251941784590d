"""The town in which acts are lived: its people, and how a proposal comes to where an act begins."""

from typing import Any

from tests.browser.acts.clerk import Part
from tests.story.answering import approve, draft, issue, opine
from tests.story.office import (
    CITY,
    COMMITTEE,
    LONGHUA,
    LONGHUA_EDUCATION,
    OFFICE,
    TRANSPORT,
    accept,
    act,
    designate_key,
    hand_down,
    hand_over,
    row,
    sign,
    upon_task,
)
from tests.world import World

CONFERENCE = "C003"
MEMBER, SECOND, THIRD = (Part("proposer", CONFERENCE, f"member.{n}") for n in (1, 2, 3))
NAMES = {
    part.id: f"市政协委员{called}（演示）"
    for part, called in zip((MEMBER, SECOND, THIRD), "甲乙丙", strict=True)
}
REVIEWER = Part("committee", COMMITTEE)
HANDING, WATCHING = Part("office", OFFICE), Part("supervision", OFFICE)
MAYOR = Part("leader", CITY)
OPERATOR, GUARD, AUDITOR = (Part(post, OFFICE) for post in ("operator", "security", "auditor"))
CLERK, SECTION_HEAD, DEPUTY, HEAD = (
    Part(post, LONGHUA) for post in ("officer", "section_head", "deputy", "head")
)
CO_CLERK, CO_SECTION_HEAD, CO_HEAD = (
    Part(post, TRANSPORT) for post in ("officer", "section_head", "head")
)
BELOW = Part("officer", LONGHUA_EDUCATION)

TEXT = (
    "近年来社区居民出行不便，公交线路少、间隔长，老人就医、孩子上学都要走远路。\n"
    "建议：一、增开社区巴士，接驳地铁站和医院；二、增设候车亭；三、公示班次。"
)

ANSWER = "您提出的提案收悉，现答复如下。"


async def busy_town(world: World) -> None:
    """Units that have something to do stand ready at the demo's door."""
    for title in ("关于完善慢行系统的提案", "关于推进垃圾分类的提案"):
        case = await filed(world, title)
        await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
        await sign(world, case, LONGHUA)
        await hand_down(world, case, LONGHUA, below=[LONGHUA_EDUCATION])


async def submitted(world: World, title: str, *proposers: Part, text: str = TEXT) -> str:
    """Members hand a proposal in; the committee enters what several signed on paper."""
    parts = proposers or (MEMBER,)
    joint = len(parts) > 1
    body = {
        "year": world.today.year,
        "title": title,
        "text": text,
        "kind": "joint" if joint else "single",
        "proposers": [{"name": NAMES[one.id], "person": one.id} for one in parts],
    }
    by = REVIEWER if joint else parts[0]
    answer = await act(
        world, "intake", "/proposals", body, post=by.post, unit=by.unit, person=by.id
    )
    return str(answer.body["events"][0]["key"])


async def filed(world: World, title: str, *proposers: Part) -> str:
    """A proposal that the committee has taken up."""
    case = await submitted(world, title, *proposers)
    await accept(world, case)
    return case


async def handed_over(world: World, title: str, *co_handlers: str, by: Part = MEMBER) -> str:
    """A proposal that Longhua is to lead."""
    case = await filed(world, title, by)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=list(co_handlers)))
    return case


async def in_hand(world: World, title: str, *co_handlers: str, by: Part = MEMBER) -> str:
    """A proposal that Longhua leads, and all have signed for."""
    case = await handed_over(world, title, *co_handlers, by=by)
    await sign(world, case, LONGHUA, *co_handlers)
    return case


async def talked(world: World, case: str, by: Part = MEMBER) -> None:
    """Longhua has visited the proposer."""
    body = {"kind": "visit", "people": [NAMES[by.id]], "summary": "当面听取意见"}
    await upon_task(world, "reply", case, LONGHUA, "contacts", body)


async def opined(world: World, case: str, unit: str) -> None:
    """A co-handler has given its opinion."""
    await opine(world, case, unit)


async def answered(
    world: World, title: str, *co_handlers: str, by: Part = MEMBER, **letter: Any
) -> str:
    """A proposal that Longhua leads and has answered; with promises it is of class B.

    ``text`` is what the answer says, everything else goes with its sending.
    """
    case = await in_hand(world, title, *co_handlers, by=by)
    for unit in co_handlers:
        await opine(world, case, unit)
    await answered_again(world, case, by=by, **letter)
    return case


async def answered_again(world: World, case: str, *, by: Part = MEMBER, **letter: Any) -> None:
    """Longhua talks, writes, approves and sends."""
    await talked(world, case, by)
    result_class = "B" if "promises" in letter else "A"
    text = letter.pop("text", ANSWER)
    number = await draft(world, case, LONGHUA, result_class=result_class, text=text)
    await approve(world, case, LONGHUA, number)
    await issue(world, case, LONGHUA, number, **letter)


async def rated(world: World, case: str, reply_id: str, *, by: Part = MEMBER, result: str) -> None:
    """A proposer rates an answer."""
    body = {"proposer": NAMES[by.id], "process": "satisfied", "result": result}
    at = f"/proposals/{case}/replies/{reply_id}/ratings"
    await act(world, "reply", at, body, post=by.post, unit=by.unit, person=by.id)


async def designated_key(world: World, case: str) -> None:
    """It is led by somebody of the city."""
    await designate_key(world, case, leader="市政府分管领导", supervised_by=OFFICE)


async def days_pass(world: World, days: int) -> None:
    """Days go by, and on the last of them somebody hands something in."""
    world.days_pass(days)
    await submitted(world, "关于加强安全生产的提案", THIRD)


async def number_of(world: World, case: str) -> str:
    """The number under which the committee has filed a proposal."""
    [filed_as] = await world.rows(
        "portal", "SELECT number FROM proposals WHERE proposal_id = $1", case
    )
    return str(filed_as["number"])


async def newest_draft(world: World) -> str:
    """The draft that was begun last."""
    [draft] = await world.rows(
        "intake", "SELECT draft_id FROM drafts ORDER BY saved_at DESC LIMIT 1"
    )
    return str(draft["draft_id"])


async def task_of(world: World, case: str, unit: str) -> str:
    """The task that a unit has at a proposal now."""
    [task] = await world.rows(
        "portal",
        "SELECT task_id FROM tasks WHERE proposal_id = $1 AND unit = $2 AND ended_on IS NULL",
        case,
        unit,
    )
    return str(task["task_id"])


async def only_row(world: World, table: str, case: str) -> dict[str, Any]:
    """What the portal knows of the one thing of this kind at a proposal."""
    [row] = await world.rows(
        "portal",
        f"SELECT * FROM {table} WHERE proposal_id = $1",  # noqa: S608
        case,
    )
    return row
