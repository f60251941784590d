"""The desk's own ways: what earlier years know, and who may not pass work on."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shared.clock import OFFICE as OFFICE_ZONE
from shared.clock import epoch_seconds
from tests.story.answering import draft, reply
from tests.story.assigning import ask_extension, by_unit
from tests.story.office import (
    EDUCATION,
    HOUSING,
    LONGHUA,
    LONGHUA_EDUCATION,
    OFFICE,
    TRANSPORT,
    WANG,
    Refused,
    act,
    filed,
    hand_down,
    hand_over,
    return_task,
    row,
    sign,
    submit,
)
from tests.story.proposing import (
    Sheet,
    as_member,
    begin_draft,
    check_list,
    confirm_list,
    review,
    sentences,
    similar,
)
from tests.story.seeing import case_page, page, told
from tests.world import World

ARCHIVE: Sheet = [
    ["年度", "案号", "案由", "提案人", "主办单位", "办理结果", "答复摘要"],
    [2022, "20220031", "关于推进老旧小区海绵化改造的提案", "李娜", "市住房和建设局", "B", "试点"],
]
TITLE = "关于老旧小区海绵化改造资金的建议"


async def test_an_archived_year_is_known_to_search_likeness_and_advice_at_once(
    world: World,
) -> None:
    await confirm_list(world, await check_list(world, ARCHIVE, kind="archive"))
    await world.settle()

    [like] = await similar(world, WANG, TITLE)
    case = await filed(world, TITLE)
    answer = await world.ask("assignment", f"/proposals/{case}/advice", post="office", unit=OFFICE)
    first = answer.body["units"][0]

    assert (like["year"], like["units"]) == (2022, ["市住房和建设局"])
    assert [one["result_class"] for one in like["replies"]] == ["B"]
    assert first["unit"] == HOUSING
    assert any("第20220031号" in reason for reason in first["reasons"])
    assert "关于推进老旧小区海绵化改造的提案" in await page(world, "/ledger?year=2022&q=海绵")


async def test_a_look_back_takes_up_what_the_archive_says_is_under_way(world: World) -> None:
    solved = [2023, "20230007", "关于增设公园座椅的提案", "赵明", "市城管局", "A", "已增设"]
    await confirm_list(world, await check_list(world, [*ARCHIVE, solved], kind="archive"))
    await world.settle()

    opened = await looked_back(world, 2023)
    rows = (await world.ask("reply", "/look-backs/2023", post="office", unit=OFFICE)).body
    [pending] = [one for one in opened if one["kind"] == "promise"]
    path = f"/look-backs/2023/proposals/{pending['proposal_id']}/items/{pending['item']}"
    found = {"found": "solved", "says": "现场查看，改造完成"}
    await act(world, "reply", path, found, post="office", unit=OFFICE)

    assert {(one["kind"], one["unit"]) for one in opened} == {
        ("promise", HOUSING),
        ("reply", "C034"),
    }
    assert {one["title"] for one in rows} == {ARCHIVE[1][2], solved[2]}
    assert "2023年回头看：市住房和建设局的承诺" in await case_page(world, pending["proposal_id"])
    with pytest.raises(Refused, match="409 nothing-to-look-at"):
        await looked_back(world, 2024)


async def looked_back(world: World, year: int) -> list[dict[str, Any]]:
    """What the office's look-back upon a year takes up."""
    body = {"year": year, "seed": "七"}
    opened = await act(world, "reply", "/look-backs", body, post="office", unit=OFFICE)
    return [one["data"] for one in opened.body["events"]]


async def test_beside_a_row_stands_who_handled_the_like(world: World) -> None:
    await confirm_list(world, await check_list(world, ARCHIVE, kind="archive"))
    await world.settle()
    rows: Sheet = [["案号", "案由", "提案人", "主办单位"], ["20240001", TITLE, "王志毅", None]]

    checked = await check_list(world, rows)

    assert sentences(checked, "fault") == []
    assert sentences(checked, "hint") == [
        "第2行“主办单位”：没有主办或分办单位，导入后须另行交办。",
        "第2行“案由”：与2022年第20220031号《关于推进老旧小区海绵化改造的提案》相似"
        "（同有“老旧小区海绵化改造”；不同：资金／无），由市住房和建设局承办，已答复B类。",
    ]


async def test_nobody_passes_on_to_a_third_unit(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA))
    with pytest.raises(Refused, match="403"):
        await by_unit(world, case, LONGHUA, "reassign", unit=TRANSPORT, why="属其职责")
    await sign(world, case, LONGHUA)

    with pytest.raises(Refused, match="409 faulty-list") as refused:
        await hand_down(world, case, LONGHUA, below=[TRANSPORT])
    with pytest.raises(Refused, match="409 signed-already"):
        await return_task(world, case, LONGHUA, proposed=TRANSPORT)

    assert [one["code"] for one in refused.value.answer.body["findings"]] == ["not-under-you"]


async def test_after_the_last_day_nothing_is_returned(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA))
    world.days_pass(30)

    with pytest.raises(Refused, match="409 too-late-to-return"):
        await return_task(world, case, LONGHUA, proposed=TRANSPORT)


async def test_more_time_ends_where_the_rules_say(world: World) -> None:
    case = await filed(world, "增开社区巴士")
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)

    with pytest.raises(Refused, match="409 extended-too-long") as refused:
        await ask_extension(world, case, LONGHUA, "2024-12-31")

    assert "2024-07-22" in refused.value.answer.says
    await ask_extension(world, case, LONGHUA, "2024-07-22")


async def test_a_district_answers_in_its_own_name(world: World) -> None:
    case = await filed(world, "增加学位")
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await hand_down(world, case, LONGHUA, below=[LONGHUA_EDUCATION])
    await sign(world, case, LONGHUA_EDUCATION)

    with pytest.raises(Refused, match="404 unknown-task"):
        await draft(world, case, LONGHUA_EDUCATION, result_class="A")
    await reply(world, case, LONGHUA)

    [letter] = await told(world, "reply", case, "ReplyIssued")
    assert letter["unit"] == LONGHUA


async def test_a_joint_signature_has_hours_in_session_and_a_day_between(world: World) -> None:
    asked = []
    for day in (date(2024, 1, 29), date(2024, 3, 4)):
        world.today = day
        case = await begin_draft(world, WANG, "李娜")
        time_of_day = datetime.fromtimestamp(epoch_seconds(), OFFICE_ZONE).timetz()
        answer = await as_member(world, WANG, f"/drafts/{case}/ask-signatures")
        told = answer.body["events"][0]["data"]
        left = datetime.fromisoformat(told["until"]) - datetime.combine(day, time_of_day)
        asked.append((told["session"], left // timedelta(hours=1)))

    assert asked == [("七届四次", 3), (None, 24)]


async def test_three_units_are_suggested_and_not_four(world: World) -> None:
    units = [HOUSING, TRANSPORT, EDUCATION, LONGHUA]
    case = await begin_draft(world, WANG, suggested_units=units)
    with pytest.raises(Refused, match="422 too-many-suggested-units"):
        await as_member(world, WANG, f"/drafts/{case}/submit")

    three = await begin_draft(world, WANG, suggested_units=units[:3])
    await as_member(world, WANG, f"/drafts/{three}/submit")


async def test_a_group_reviews_what_is_of_its_category(world: World) -> None:
    case = await submit(world, "增开社区巴士")
    other = await submit(world, "扶持民营企业")
    await review(world, case, "categorise", category="生态")
    await review(world, other, "categorise", category="经济")
    await review(world, case, "advise", advice="accept", why="一事一案，建议具体")

    listed = await world.ask("intake", "/proposals", post="committee", review_group="urban")
    assert [one["proposal_id"] for one in listed.body["proposals"]] == [case]
