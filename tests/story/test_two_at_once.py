"""Two at once: one comes through, and the other reads why not."""

from asyncio import gather

from tests.story.answering import approve, draft, talk
from tests.story.office import LONGHUA, MARKET, PLANNING, filed, hand_over, row, sign
from tests.story.seeing import clocks, said, standing
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

    answers = await gather(
        world.tell("assignment", f"{task}/sign", post="officer", unit=MARKET),
        world.tell("assignment", f"{task}/return", back, post="head", unit=MARKET),
    )
    await world.settle()

    assert sorted(answer.status for answer in answers) == [200, 409]
    assert (await clocks(world, case))["C032.1/sign"] == "stopped"
