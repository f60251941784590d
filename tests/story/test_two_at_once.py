"""Two at once: one comes through, and the other reads why not."""

from asyncio import gather
from collections.abc import Coroutine
from typing import Any

from tests.queueing import queued
from tests.story.answering import approve, draft, opine, talk
from tests.story.office import (
    COMMITTEE,
    LI,
    LONGHUA,
    MARKET,
    OFFICE,
    PLANNING,
    TRANSPORT,
    filed,
    hand_over,
    row,
    sign,
)
from tests.story.proposing import check_list
from tests.story.seeing import clocks, handling, said, standing, told
from tests.world import Answer, World


async def test_of_two_signatures_one_counts(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    path = f"/proposals/{case}/tasks/D07.1/sign"

    answers = await gather(
        *(world.tell("assignment", path, post=post, unit=LONGHUA) for post in ("officer", "head"))
    )
    await world.settle()

    [lost] = [answer for answer in answers if answer.status != 200]
    assert lost.code == "signed-already"
    assert await world.told_by("assignment", case) == ["HandlersAssigned", "AssignmentSigned"]
    assert (await clocks(world, case))["D07.1/sign"] == "stopped"


async def test_a_reply_is_sent_once_and_two_replies_get_two_numbers(world: World) -> None:
    cases = [await filed(world, "加装电梯"), await filed(world, "加装扶手")]
    await hand_over(world, *(row(case, lead=LONGHUA) for case in cases))
    for case in cases:
        await sign(world, case, LONGHUA)
        await talk(world, case, LONGHUA)
        await draft(world, case, LONGHUA)
        await approve(world, case, LONGHUA)

    letter = {"draft": 1, "summary": "已经办好", "evidence": "验收记录"}
    answers = await gather(
        *(
            world.tell(
                "reply", f"/proposals/{case}/tasks/D07.1/issue", letter, post="head", unit=LONGHUA
            )
            for case in (*cases, *cases)
        )
    )
    await world.settle()

    assert sorted(answer.status for answer in answers) == [200, 200, 409, 409]
    numbers = [(await said(world, case))["replies"][0]["document_number"] for case in cases]
    assert sorted(numbers) == ["龙华区函〔2024〕1号", "龙华区函〔2024〕2号"]
    assert [await standing(world, case) for case in cases] == ["已答复", "已答复"]


async def unsigned(world: World) -> tuple[str, str]:
    """A proposal that the market bureau leads and has not signed, and the bureau's task."""
    case = await filed(world)
    await hand_over(world, row(case, lead=MARKET))
    return case, f"/proposals/{case}/tasks/C032.1"


def signs(world: World, task: str) -> Coroutine[Any, Any, Answer]:
    """The market bureau's officer signs."""
    return world.tell("assignment", f"{task}/sign", post="officer", unit=MARKET)


def sends_back(world: World, task: str) -> Coroutine[Any, Any, Answer]:
    """The market bureau's head returns the task: planning should have it."""
    back = {"reason_code": "not-our-duty", "reason": "不属本局", "proposed_unit": PLANNING}
    return world.tell("assignment", f"{task}/return", back, post="head", unit=MARKET)


def goes_to_planning(world: World, task: str) -> Coroutine[Any, Any, Answer]:
    """The office gives the task to planning."""
    to_planning = {"unit": PLANNING, "why": "属规划职责"}
    return world.tell("assignment", f"{task}/reassign", to_planning, post="office", unit=OFFICE)


async def only_planning_owes(world: World, case: str) -> None:
    """The market bureau is out, and no clock runs but planning's."""
    tasks = await handling(world, case)
    assert (tasks["C032.1"]["state"], tasks["C025.2"]["state"]) == ("ended", "unsigned")
    lights = await clocks(world, case)
    green = [one for one, light in lights.items() if light == "green"]
    assert green == [one for one in lights if one.startswith("C025.2/")] != []


async def test_what_was_signed_is_not_returned(world: World) -> None:
    case, task = await unsigned(world)

    signed, returned = await queued(
        world, "assignment", case, signs(world, task), sends_back(world, task)
    )
    await world.settle()

    assert (signed.status, returned.status, returned.code) == (200, 409, "signed-already")
    assert (await clocks(world, case))["C032.1/sign"] == "stopped"


async def test_what_was_returned_is_not_signed(world: World) -> None:
    case, task = await unsigned(world)

    returned, signed = await queued(
        world, "assignment", case, sends_back(world, task), signs(world, task)
    )
    await world.settle()

    assert (returned.status, signed.status, signed.code) == (200, 409, "return-pending")
    assert (await clocks(world, case))["C032.1/sign"] == "paused"  # the office decides


async def test_a_task_goes_to_another_although_it_was_just_signed(world: World) -> None:
    case, task = await unsigned(world)

    signed, reassigned = await queued(
        world, "assignment", case, signs(world, task), goes_to_planning(world, task)
    )
    await world.settle()

    assert (signed.status, reassigned.status) == (200, 200)
    await only_planning_owes(world, case)


async def test_who_signs_when_it_has_just_gone_to_another_reads_so(world: World) -> None:
    case, task = await unsigned(world)

    reassigned, signed = await queued(
        world, "assignment", case, goes_to_planning(world, task), signs(world, task)
    )
    await world.settle()

    assert (reassigned.status, signed.status, signed.code) == (200, 409, "reassigned-already")
    assert signed.says == "这项任务已经改派或者撤回，不再由本单位承办。"
    await only_planning_owes(world, case)


async def ready_to_go_out(world: World) -> str:
    """Longhua's reply is approved, and rests on the transport bureau's opinion."""
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await opine(world, case, TRANSPORT)
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA)
    return case


def goes_out(world: World, case: str) -> Coroutine[Any, Any, Answer]:
    """Longhua's head issues the reply."""
    letter = {"draft": 1, "summary": "已经办好", "evidence": "验收记录"}
    path = f"/proposals/{case}/tasks/D07.1/issue"
    return world.tell("reply", path, letter, post="head", unit=LONGHUA)


def takes_back(world: World, case: str) -> Coroutine[Any, Any, Answer]:
    """The transport bureau's head takes its opinion back."""
    path = f"/proposals/{case}/tasks/C028.1/opinion/withdraw"
    return world.tell("reply", path, {"why": "重新研究"}, post="head", unit=TRANSPORT)


async def test_the_opinion_on_which_a_reply_that_went_out_rests_stays(world: World) -> None:
    case = await ready_to_go_out(world)

    issued, withdrawn = await queued(
        world, "reply", case, goes_out(world, case), takes_back(world, case)
    )
    await world.settle()

    assert (issued.status, withdrawn.status, withdrawn.code) == (200, 409, "already-replied")
    assert withdrawn.says.startswith("第1轮")
    assert await standing(world, case) == "已答复"


async def test_a_reply_does_not_go_out_when_its_opinion_was_just_taken_back(world: World) -> None:
    case = await ready_to_go_out(world)

    withdrawn, issued = await queued(
        world, "reply", case, takes_back(world, case), goes_out(world, case)
    )
    await world.settle()

    assert (withdrawn.status, issued.status, issued.code) == (200, 409, "opinions-still-due")
    assert issued.says.startswith("市交通运输局的会办意见尚未提出")
    assert await told(world, "reply", case, "ReplyIssued") == []


async def test_a_list_is_taken_over_or_what_it_names_is_merged(world: World) -> None:
    one, other = await filed(world, "增开社区巴士"), await filed(world, "开通夜间巴士", LI)
    checked = await check_list(
        world,
        [
            ["案号", "案由", "提案人", "类别", "主办单位"],
            ["20240001", "增开社区巴士", "王志毅", "社会", "龙华区"],
            ["20240002", "开通夜间巴士", "李娜", "社会", "龙华区"],
        ],
    )
    path = f"/imports/{checked['import_id']}/confirm"
    group = {"main": one, "members": [one, other], "why": "诉求相同"}

    confirmed, merged = await gather(
        world.tell("intake", path, {"digest": checked["digest"]}, post="committee", unit=COMMITTEE),
        world.tell("intake", "/groups", group, post="committee", unit=COMMITTEE),
    )
    await world.settle()

    assert merged.status == 201
    if confirmed.status != 200:
        assert (confirmed.status, confirmed.code) == (409, "list-changed")
        assert confirmed.says.startswith("检查之后情况有变，没有导入任何一行，请重新检查：")
    assert await standing(world, other) == "并案办理"
