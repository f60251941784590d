"""From Excel: the hand-over list and the archive of earlier years, all of it or nothing."""

from asyncio import gather

import pytest

from tests.story.office import (
    COMMITTEE,
    LI,
    LONGHUA,
    OFFICE,
    Refused,
    act,
    filed,
    merge,
    sign,
)
from tests.story.proposing import (
    Sheet,
    as_member,
    at_intake,
    check_list,
    confirm_list,
    send_file,
    sentences,
)
from tests.story.seeing import page, standing
from tests.world import World

HEADINGS = ["案号", "案由", "提案人", "类别", "主办单位", "会办单位"]
LIST: Sheet = [
    ["2024年提案交办清单"],
    HEADINGS,
    [20240080, "关于推动龙华衔接河套的提案", "王志毅", "经济", "龙华区", "市发展改革委、市科创局"],
    [20240498, "关于民营经济的提案", "吴联喜", "经济", "龙华区人民政府", "市工信局"],
]


async def test_the_list_of_the_meeting_is_taken_over_and_handed_over(world: World) -> None:
    checked = await check_list(world, LIST)
    assert sentences(checked, "fault") == []
    await confirm_list(world, checked)
    path = f"/imports/{checked['import_id']}/hand-over"
    items = (await world.ask("intake", path, post="office", unit=OFFICE)).body["items"]
    body = {"meeting": "交办会", "items": items}
    await act(world, "assignment", "/hand-overs", body, post="office", unit=OFFICE)

    cases = [item["proposal_id"] for item in items]
    await sign(world, cases[0], LONGHUA)
    assert [await standing(world, case) for case in cases] == ["办理中", "办理中"]
    assert (await at_intake(world, cases[0]))["number"] == "20240080"


async def test_a_faulty_list_is_explained_row_by_row_and_nothing_comes_of_it(
    world: World,
) -> None:
    rows: Sheet = [*LIST, [20240080, "", "李娜", "天文", "市住房建设局", None]]

    checked = await check_list(world, rows)

    assert sentences(checked, "fault") == [
        "第5行“案由”：案由没有填写。",
        "第5行“案号”：案号20240080在第3行已经出现。",
        "第5行“主办单位”：没有名为“市住房建设局”的单位，"
        "是否为市住房和建设局、龙华区住房和建设局、光明区住房和建设局。",
        "第5行“类别”：没有“天文”这一类别，可选：政治、文化、生态、社会、经济。",
    ]
    with pytest.raises(Refused, match="422 faulty-list 清单中有4处错误，没有导入任何一行"):
        await confirm_list(world, checked)
    assert await world.told_by("intake") == []


async def test_an_earlier_year_is_found_from_the_first_day_on(world: World) -> None:
    rows: Sheet = [
        ["年度", "案号", "案由", "提案人", "主办单位", "办理结果"],
        [2019, "015", "关于书香罗湖的提案", "李娜", "市科技创新委员会", "A"],
    ]

    await confirm_list(world, await check_list(world, rows, kind="archive"))

    shown = await page(world, "/ledger?year=2019&q=书香")
    assert "关于书香罗湖的提案" in shown
    assert "往年归档" in shown
    assert await world.told_by("assignment") == []


async def test_importing_while_merging_one_wins_and_the_other_reads_why_not(world: World) -> None:
    main, other = await filed(world, "增开社区巴士"), await filed(world, "开通夜间巴士", LI)
    rows: Sheet = [
        HEADINGS,
        ["20240001", "增开社区巴士", "王志毅", None, "龙华区", None],
        ["20240002", "开通夜间巴士", LI, None, "龙华区", None],
    ]
    checked = await check_list(world, rows)

    ended = await gather(
        merge(world, main, other), confirm_list(world, checked), return_exceptions=True
    )

    lost = [one for one in ended if isinstance(one, Refused)]
    assert [one for one in ended if isinstance(one, BaseException)] == lost
    for refused in lost:
        assert refused.answer.code == "list-changed"
        assert "已并入第20240001号提案，随主提案一并交办" in refused.answer.says


async def test_an_attachment_is_refused_by_its_content_and_not_by_its_name(
    world_with_a_store: World,
) -> None:
    world = world_with_a_store
    with pytest.raises(
        Refused, match=r"422 kind-not-allowed 文件“方案\.pdf”的内容不是可以收取的种类"
    ):
        await send_file(world, "/attachments", b"MZ\x90" + b"\x00" * 200, name="方案.pdf")

    kept = (await send_file(world, "/attachments", b"%PDF-1.7\n", name="方案.pdf")).body
    body = {
        "year": 2024,
        "title": "增开社区巴士",
        "text": "建议如下。",
        "kind": "single",
        "proposers": [{"name": LI, "person": LI}],
        "attachments": [{"name": kept["name"], "digest": kept["digest"]}],
    }
    answer = await act(world, "intake", "/proposals", body, post="committee", unit=COMMITTEE)

    case = answer.body["events"][0]["key"]
    assert (await at_intake(world, case))["attachments"] == [kept]
    with pytest.raises(Refused, match=r"422 not-uploaded 附件“方案\.pdf”还没有上传"):
        await as_member(
            world,
            LI,
            "/drafts",
            {"attachments": [{"name": "方案.pdf", "digest": kept["digest"]}]},
        )
