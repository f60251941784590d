"""Two at once: one comes through, and the other reads why not."""

from asyncio import gather

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
from tests.world import World


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


async def test_a_task_is_either_signed_or_returned(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=MARKET))
    task = f"/proposals/{case}/tasks/C032.1"
    back = {"reason_code": "not-our-duty", "reason": "不属本局", "proposed_unit": PLANNING}

    signed, returned = await gather(
        world.tell("assignment", f"{task}/sign", post="officer", unit=MARKET),
        world.tell("assignment", f"{task}/return", back, post="head", unit=MARKET),
    )
    await world.settle()

    assert sorted((signed.status, returned.status)) == [200, 409]
    until = "stopped" if signed.status == 200 else "paused"  # the office decides on a return
    assert (await clocks(world, case))["C032.1/sign"] == until


async def test_a_task_is_either_signed_first_or_gone_to_another(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=MARKET))
    task = f"/proposals/{case}/tasks/C032.1"
    to_planning = {"unit": PLANNING, "why": "属规划职责"}

    signed, reassigned = await gather(
        world.tell("assignment", f"{task}/sign", post="officer", unit=MARKET),
        world.tell("assignment", f"{task}/reassign", to_planning, post="office", unit=OFFICE),
    )
    await world.settle()

    assert reassigned.status == 200
    if signed.status != 200:
        assert (signed.status, signed.code) == (409, "task-ended")
        assert signed.says.startswith("这项任务已")
    tasks = await handling(world, case)
    assert (tasks["C032.1"]["state"], tasks["C025.2"]["state"]) == ("ended", "unsigned")
    assert [one for one, light in (await clocks(world, case)).items() if light == "green"] == [
        one for one in await clocks(world, case) if one.startswith("C025.2/")
    ]


async def test_the_reply_goes_out_or_the_opinion_it_rests_on_is_taken_back(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, case, LONGHUA, TRANSPORT)
    await opine(world, case, TRANSPORT)
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA)
    tasks = f"/proposals/{case}/tasks"
    letter = {"draft": 1, "summary": "已经办好", "evidence": "验收记录"}
    withdraw = {"why": "重新研究"}

    issued, withdrawn = await gather(
        world.tell("reply", f"{tasks}/D07.1/issue", letter, post="head", unit=LONGHUA),
        world.tell(
            "reply", f"{tasks}/C028.1/opinion/withdraw", withdraw, post="head", unit=TRANSPORT
        ),
    )
    await world.settle()

    assert sorted((issued.status, withdrawn.status)) == [200, 409]
    if issued.status == 200:
        assert withdrawn.code == "already-replied"
        assert withdrawn.says.startswith("第1轮")
        assert await standing(world, case) == "已答复"
    else:
        assert issued.code == "opinions-still-due"
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
