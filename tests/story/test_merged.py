"""Merged: two proposals that ask the same are handled once, and answered and rated each."""

import pytest

from tests.story.answering import opine, rate, reply, talk
from tests.story.office import (
    EDUCATION,
    LI,
    LONGHUA,
    TRANSPORT,
    WANG,
    Refused,
    filed,
    hand_over,
    merge,
    row,
    sign,
)
from tests.story.seeing import case_page, clocks, figures, said, standing
from tests.story.watching import decide_matter, flag
from tests.world import World


async def merged(world: World) -> tuple[str, str]:
    """Wang and Li ask for the same bus; Longhua leads the group, transport co-handles."""
    main = await filed(world, "增开社区巴士", WANG)
    other = await filed(world, "开通微循环巴士", LI)
    await merge(world, main, other)
    await hand_over(world, row(main, lead=LONGHUA, co_handlers=[TRANSPORT]))
    await sign(world, main, LONGHUA, TRANSPORT)
    await opine(world, main, TRANSPORT)
    return main, other


async def test_one_handling_gives_each_proposer_a_reply_and_a_rating_of_their_own(
    world: World,
) -> None:
    main, other = await merged(world)
    assert await standing(world, other) == "并案办理"

    issued = await reply(world, main, LONGHUA)
    assert issued.told == ["ReplyIssued", "ReplyIssued"]
    await rate(world, main, "D07.r1", WANG)
    assert (await standing(world, main), await standing(world, other)) == ("已评价", "已答复")
    await rate(world, other, "D07.r1", LI, result="basically")

    assert await standing(world, other) == "已评价"
    for case, number, proposer in ((main, "1", WANG), (other, "2", LI)):
        found = await said(world, case)
        [answer] = found["replies"]
        assert answer["document_number"] == f"龙华区函〔2024〕{number}号"
        assert answer["handled_in"] == main
        assert [one["proposer"] for one in found["ratings"]] == [proposer]
    counted = await figures(world, LONGHUA)
    assert (counted["received"], counted["merged"], counted["replies"]) == (2, 1, 2)
    assert counted["ratings"]["forms"] == 2
    assert "并入第20240001号《增开社区巴士》一并办理" in await case_page(world, other)


async def test_the_one_who_is_dissatisfied_gets_a_second_answer_alone(world: World) -> None:
    main, other = await merged(world)
    await reply(world, main, LONGHUA)
    await rate(world, main, "D07.r1", WANG)
    await rate(world, other, "D07.r1", LI, result="dissatisfied")
    assert (await standing(world, main), await standing(world, other)) == ("已评价", "重新办理")

    again = await reply(world, other, LONGHUA)
    assert again.told == ["ReplyIssued"]
    await rate(world, other, "D07.r2", LI)

    assert (await standing(world, main), await standing(world, other)) == ("已评价", "已评价")
    standing_clocks = await clocks(world, other)
    assert {one for one, light in standing_clocks.items() if light != "stopped"} == {
        "D07.r1/publish",
        "D07.r2/publish",
    }
    assert len((await said(world, main))["replies"]) == 1


async def test_a_second_round_dies_with_the_task_and_the_new_lead_answers_all(
    world: World,
) -> None:
    main, other = await merged(world)
    await reply(world, main, LONGHUA)
    await rate(world, other, "D07.r1", LI, result="dissatisfied")
    await flag(world, main, LONGHUA, EDUCATION)
    await decide_matter(world, main, lead=EDUCATION)

    assert (await clocks(world, other))["D07.r1/redo"] == "dead"
    assert (await standing(world, main), await standing(world, other)) == ("办理中", "办理中")
    with pytest.raises(Refused, match="409 task-ended"):
        await talk(world, other, LONGHUA)

    await sign(world, main, EDUCATION, generation=2)
    answered = await reply(world, main, EDUCATION, generation=2)
    assert answered.told == ["ReplyIssued", "ReplyIssued"]
    assert (await standing(world, main), await standing(world, other)) == ("已答复", "已答复")


async def test_a_member_is_neither_handed_over_nor_handled_on_its_own(world: World) -> None:
    main, other = await merged(world)

    with pytest.raises(Refused) as refused:
        await hand_over(world, row(other, lead=EDUCATION))
    [finding] = refused.value.answer.body["findings"]
    assert finding["says"] == "这件提案已并入第20240001号提案，随主提案一并办理，不能单独交办。"

    with pytest.raises(Refused, match="409 handled-with-main 本提案已经并案，请在主提案《增开社区"):
        await talk(world, other, LONGHUA)
    assert (await said(world, main))["group"] == [main, other]


async def test_a_proposer_rates_the_reply_to_their_own_proposal_only(world: World) -> None:
    main, _ = await merged(world)
    await reply(world, main, LONGHUA)

    with pytest.raises(Refused, match="422 not-proposer"):
        await rate(world, main, "D07.r1", LI)
