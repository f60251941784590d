"""The office checks what was issued: takes it, sends it back, or changes its class."""

import pytest

from tests.story.answering import (
    answered_with_promises,
    check_reply,
    draft,
    issue,
    rate,
    reply,
    talk,
)
from tests.story.office import (
    LI,
    LONGHUA,
    WANG,
    Refused,
    filed,
    hand_over,
    merge,
    row,
    sign,
)
from tests.story.seeing import case_page, figures, said, standing
from tests.world import World

ROUTE = {"text": "开通线路三条", "due_on": "2024-05-10", "owner": "区交通科"}


async def test_sent_back_it_is_void_and_answered_again(world: World) -> None:
    case = await answered_with_promises(world, ROUTE)

    await check_reply(world, case, "D07.r1", "send-back", {"why": "没有逐条答复"})
    assert await standing(world, case) == "重新办理"
    with pytest.raises(Refused, match="409 letter-void 这份答复已被审核退回"):
        await rate(world, case, "D07.r1")
    await reply(world, case, LONGHUA)
    await check_reply(world, case, "D07.r2", "accept")
    await rate(world, case, "D07.r2")

    assert await standing(world, case) == "已评价"
    second, first = (await said(world, case))["replies"]
    assert (first["document_number"], second["document_number"]) == (
        "龙华区函〔2024〕1号",
        "龙华区函〔2024〕2号",
    ), "the number of what went back is not given again"
    counted = await figures(world, LONGHUA)
    assert (counted["replies"], counted["promises_made"]) == (1, 0)
    shown = await case_page(world, case)
    assert "龙华区人民政府的答复审核退回，限期再次答复" in shown
    assert "龙华区人民政府的答复审核通过" in shown


async def test_a_groups_letters_go_back_together(world: World) -> None:
    main, other = await filed(world, "增开巴士", WANG), await filed(world, "开通巴士", LI)
    await merge(world, main, other)
    await hand_over(world, row(main, lead=LONGHUA))
    await sign(world, main, LONGHUA)
    await reply(world, main, LONGHUA)

    await check_reply(world, other, "D07.r1", "send-back", {"why": "遗漏要点"})
    again = await reply(world, main, LONGHUA)
    await rate(world, main, "D07.r2", WANG)
    await rate(world, other, "D07.r2", LI)

    assert again.told == ["ReplyIssued", "ReplyIssued"]
    assert (await standing(world, main), await standing(world, other)) == ("已评价", "已评价")


async def test_a_class_is_changed_with_a_reason_and_only_to_what_the_letter_bears_out(
    world: World,
) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await reply(world, case, LONGHUA)

    with pytest.raises(Refused, match="409 needs-promise B类"):
        await check_reply(
            world, case, "D07.r1", "change-class", {"result_class": "B", "why": "尚在办理"}
        )
    await check_reply(
        world, case, "D07.r1", "change-class", {"result_class": "C", "why": "条件不具备"}
    )

    shown = await case_page(world, case)
    assert "龙华区人民政府的答复由A类调整为C类" in shown
    assert (await figures(world, LONGHUA))["by_class"]["C"] == 1


async def test_a_draft_that_the_head_sends_back_is_written_again(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await talk(world, case, LONGHUA)
    await draft(world, case, LONGHUA)
    path = f"/proposals/{case}/tasks/D07.1/send-back"

    back = await world.tell(
        "reply", path, {"draft": 1, "why": "数据过时"}, post="head", unit=LONGHUA
    )
    await world.settle()
    with pytest.raises(Refused, match="409 draft-went-back"):
        await issue(world, case, LONGHUA)
    await reply(world, case, LONGHUA)

    assert back.told == ["DraftSentBack"]
    assert "龙华区人民政府退改第1稿" in await case_page(world, case)
