"""What was promised is reported, believed or not, changed, passed on, broken, looked at again."""

from pathlib import Path

from tests.browser.acts.conftest import Coming
from tests.browser.acts.town import CLERK, HANDING, HEAD, MAYOR, answered, only_row
from tests.story.office import LONGHUA
from tests.world import World

R1, P1 = f"{LONGHUA}.r1", f"{LONGHUA}.r1.p1"
LINES = {"text": "开通三条线路", "due_on": "2024-12-20"}
ABOUT = {"promise_id": P1}


async def promised(world: World, title: str) -> str:
    """Longhua has promised three lines."""
    return await answered(world, title, promises=[LINES])


async def test_it_is_reported_refused_and_kept(
    someone: Coming, world: World, tmp_path: Path
) -> None:
    case = await promised(world, "关于开通夜班公交的提案")
    clerk, office, head = await someone(CLERK), await someone(HANDING), await someone(HEAD)
    photo = tmp_path / "通车公告.txt"
    photo.write_text("三条线路通车", "utf-8")

    await clerk.does("promise-progress", case, {"进展": "已招标"}, of=ABOUT)
    await clerk.does("report-kept", case, {"依据": "已通车"}, of=ABOUT)
    await office.does("refuse-report", case, {"理由": "现场未见"}, of=ABOUT)
    await clerk.does(
        "report-kept", case, {"依据": "通车公告", "附件": photo}, picture="report-kept", of=ABOUT
    )
    await office.does("keep", case, of=ABOUT)
    await office.sees("兑现：通车公告")
    await head.does("second-answer", case, {"摘要": "三条线路全部开通"}, reply_id=R1)
    await head.sees("A类")


async def test_it_changes_passes_on_and_is_broken(someone: Coming, world: World) -> None:
    case = await promised(world, "关于建设公交专用道的提案")
    head, office = await someone(HEAD), await someone(HANDING)

    await head.does(
        "ask-for-change",
        case,
        {"承诺": "开通两条线路", "完成期限": "2025-03-31", "理由": "车辆未到"},
        of=ABOUT,
    )
    await office.does("decide-change", case, {"同意变更": True, "理由": "同意"}, of=ABOUT)
    await office.sees("开通两条线路")
    await office.does(
        "inherit-promise", case, {"接手的单位": "市交通运输局", "理由": "职责划转"}, of=ABOUT
    )
    await office.does("break-promise", case, {"理由": "项目取消"}, of=ABOUT)
    assert "PromiseBroken" in await world.told_by("reply", case)


async def test_it_is_blocked(someone: Coming, world: World) -> None:
    case = await promised(world, "关于增加充电桩的提案")
    clerk, mayor = await someone(CLERK), await someone(MAYOR)

    await clerk.does("blocked", case, {"受阻于": "市交通运输局", "情况": "线路未获批准"}, of=ABOUT)
    matter = await only_row(world, "matters", case)
    await mayor.does("dismiss-matter", case, {"理由": "由两家商定"}, matter_id=matter["matter_id"])


async def test_a_year_is_looked_back_upon(someone: Coming, world: World) -> None:
    await promised(world, "关于整治积水点的提案")
    office = await someone(HANDING)

    await office.does("open-look-back", fields={"种子": "七"})
    [looked, *_] = await world.rows(
        "portal", "SELECT * FROM look_backs WHERE found_on IS NULL ORDER BY proposal_id, item"
    )
    await office.does(
        "look-back",
        looked["proposal_id"],
        {"结果": "正在落实", "情况": "现场查看，正在施工"},
        year=str(looked["look_back"]),
        item=looked["item"],
    )
    await office.sees("现场查看，正在施工")
