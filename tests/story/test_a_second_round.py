"""A second round: the proposer is not satisfied, so the unit talks again and answers again."""

from datetime import date

import pytest

from tests.story.answering import answered, approve, draft, issue, rate, reply
from tests.story.office import LI, LONGHUA, MARKET, WANG, Refused
from tests.story.seeing import case_page, clocks, figures, page, said, standing
from tests.story.watching import mornings_until
from tests.world import World


async def test_dissatisfied_then_answered_again_and_satisfied(world: World) -> None:
    case = await answered(world)
    world.days_pass(7)
    rated = await rate(world, case, "D07.r1", result="dissatisfied")
    assert rated.told == ["ReplyRated", "RedoOrdered"]
    assert rated.body["events"][1]["data"]["answer"]["on"] == "2024-04-29"
    assert await standing(world, case) == "重新办理"
    assert (await clocks(world, case))["D07.r1/redo"] == "green"
    assert "再次答复（评价不满意，重新办理）" in await page(world, f"/units/{LONGHUA}")

    second = await draft(world, case, LONGHUA, result_class="B")
    await approve(world, case, LONGHUA, second)
    promise = {"text": "六月底前开通", "due_on": "2024-06-28"}
    with pytest.raises(Refused, match="409 no-contact-yet 第2轮办理还没有与提案人沟通的记录"):
        await issue(world, case, LONGHUA, second, promises=[promise])
    await reply(world, case, LONGHUA, result_class="B", promises=[promise])
    assert await standing(world, case) == "已答复"
    await rate(world, case, "D07.r2")

    assert await standing(world, case) == "已评价"
    assert [
        (one["reply_id"], one["document_number"], one["result_class"])
        for one in (await said(world, case))["replies"]
    ] == [("D07.r2", "龙华区函〔2024〕2号", "B"), ("D07.r1", "龙华区函〔2024〕1号", "A")]
    counted = await figures(world, LONGHUA)
    assert (counted["replies"], counted["redone"]) == (2, 1)
    assert counted["ratings"]["result"] == {"satisfied": 1, "basically": 0, "dissatisfied": 1}
    assert "龙华区人民政府重新办理（第2轮），2024-04-29前再次答复" in await case_page(world, case)


async def test_a_late_second_answer_is_missed_like_a_first_one(world: World) -> None:
    case = await answered(world)
    await rate(world, case, "D07.r1", result="dissatisfied")

    world.today = date(2024, 4, 21)
    await mornings_until(world, date(2024, 4, 22))
    assert (await clocks(world, case))["D07.r1/redo"] == "yellow"
    await mornings_until(world, date(2024, 4, 23))
    assert (await clocks(world, case))["D07.r1/redo"] == "red"

    await reply(world, case, LONGHUA)
    assert [one["days_late"] for one in (await said(world, case))["replies"]] == [1, 0]


async def test_one_round_is_opened_however_many_are_dissatisfied(world: World) -> None:
    case = await answered(world, WANG, LI)

    first = await rate(world, case, "D07.r1", WANG, result="dissatisfied")
    second = await rate(world, case, "D07.r1", LI, result="dissatisfied")

    assert first.told == ["ReplyRated", "RedoOrdered"]
    assert second.told == ["ReplyRated"]
    assert [one["round"] for one in (await said(world, case))["rounds"]] == [2, 1]


async def test_a_dissatisfying_process_alone_opens_no_round(world: World) -> None:
    case = await answered(world)

    rated = await rate(world, case, "D07.r1", process="dissatisfied")

    assert rated.told == ["ReplyRated"]
    assert await standing(world, case) == "已评价"


async def test_only_a_proposer_rates_and_only_once(world: World) -> None:
    case = await answered(world)

    with pytest.raises(Refused, match="422 not-proposer “李娜”不是本提案的提案人"):
        await rate(world, case, "D07.r1", LI)
    await rate(world, case, "D07.r1")
    with pytest.raises(Refused, match="409 already-rated 王志毅已经评价过这份答复"):
        await rate(world, case, "D07.r1", result="dissatisfied")
    with pytest.raises(Refused, match="404 unknown-reply"):
        await rate(world, case, f"{MARKET}.r1")
