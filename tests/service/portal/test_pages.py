"""Every page, empty and full: what a person reads there."""

from dataclasses import dataclass

import pytest

from services.portal.domain.story import LINES
from shared.contracts.assignment import Role
from shared.contracts.event import ProposalEvent, ProposalId
from shared.contracts.reply import Rating
from tests.service.portal.lives import (
    EDUCATION,
    FIRST,
    HEALTH,
    LONGHUA,
    OFFICE,
    SECOND,
    TRANSPORT,
    Life,
    day,
    filed,
    someone,
    task,
    whole_life,
)
from tests.service.portal.looking import look
from tests.world import World


@dataclass(frozen=True, slots=True)
class Empty:
    """A page while nothing has happened yet, and what it says then."""

    path: str
    says: str


@pytest.mark.parametrize(
    "page",
    [
        Empty("/", "这一年还没有提案"),
        Empty("/units", "龙华区"),
        Empty("/units/D07", "没有需要本单位办理的事项"),
        Empty("/ledger", "没有符合条件的提案"),
        Empty("/report", "选择单位和期间"),
        Empty("/report?unit=D07&year=2024", "提案共0件"),
    ],
    ids=lambda page: page.path,
)
async def test_a_page_without_anything_says_so(portal: World, page: Empty) -> None:
    assert page.says in await look(portal, page.path)


@pytest.mark.parametrize(
    "path",
    ["/", "/units", "/units/D07", "/units/C007", "/ledger", f"/proposals/{FIRST}"],
)
async def test_a_page_shows_a_whole_life(portal: World, path: str) -> None:
    await portal.hears("portal", *whole_life(Life()))

    assert "会办" in await look(portal, path)


async def test_the_overview_counts_and_marks_composed_records(portal: World) -> None:
    await portal.hears("portal", *whole_life(Life()))

    page = await look(portal, "/")

    assert "2024年总览" in page
    assert "本年度有1件标注为“组合示例”的提案" in page
    assert "截至2024年3月1日（星期五）" in page


async def test_the_overview_leads_from_what_presses(portal: World) -> None:
    life = Life()
    await portal.hears("portal", *filed(life, "20240001"), life.assigned(task(LONGHUA, Role.LEAD)))

    page = await look(portal, "/")

    assert "已逾期 龙华区 签收 20240001 关于加装电梯的提案" in page
    assert "2024-01-18 逾期31个工作日" in page


async def test_a_demo_shows_the_newest_day_heard_of(portal: World) -> None:
    await portal.hears("portal", *whole_life(Life()))

    response = await portal["portal"].client.get("/", headers={"accept": "text/html"})

    assert "截至2024年8月30日" in response.text


async def test_a_worklist_asks_for_one_act_after_another(portal: World) -> None:
    life = Life()
    await portal.hears(
        "portal",
        *filed(life, "20240001"),
        life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
    )
    page = await look(portal, "/units/C030")
    assert "待签收 1" in page
    assert "会办 退办不迟于2024-01-25" in page
    assert "会办待报 1" in page

    await portal.hears(
        "portal", life.signed(TRANSPORT), life.opinion(TRANSPORT), life.drafted(LONGHUA)
    )

    assert "没有需要本单位办理的事项" in await look(portal, "/units/C030")
    page = await look(portal, "/units/D07")
    assert "答复待办 1" in page
    assert "待审签 1" in page


async def test_the_office_sees_the_returns_that_it_has_to_decide(portal: World) -> None:
    life = Life()
    await portal.hears(
        "portal",
        *filed(life, "20240001"),
        life.assigned(task(TRANSPORT, Role.CO_HANDLE)),
        life.returned(TRANSPORT, to=HEALTH),
    )

    assert "市交通局建议改由市卫健委办理：不属本单位职责" in await look(portal, "/units/C007")
    page = await look(portal, "/units/C030")
    assert "退办待审 1" in page
    assert "待签收" not in page


async def test_a_district_sees_what_its_bureaus_still_owe(portal: World) -> None:
    life = Life()
    await portal.hears(
        "portal",
        *filed(life, "20240001"),
        life.assigned(task(LONGHUA, Role.LEAD)),
        life.handed_down(LONGHUA, task(EDUCATION, Role.LEAD, parent="D07.1")),
    )
    assert "下属单位在办 1" in await look(portal, "/units/D07")
    assert "分解任务待办 1" in await look(portal, "/units/S003")

    await portal.hears("portal", life.completed(EDUCATION))

    assert "下属单位在办" not in await look(portal, "/units/D07")


async def test_a_worklist_can_be_narrowed_to_one_light(portal: World) -> None:
    life = Life()
    await portal.hears("portal", *filed(life, "20240001"), life.assigned(task(LONGHUA, Role.LEAD)))

    red = await look(portal, "/units/D07?light=red")

    assert "待签收" in red
    assert "答复待办" not in red


async def test_a_unit_may_be_named_in_the_address_and_is_found_under_its_code(
    portal: World,
) -> None:
    response = await portal["portal"].client.get("/units/龙华区人民政府")

    assert response.status_code == 308
    assert response.headers["location"] == "/units/D07"


async def test_a_proposals_page_tells_everything(portal: World) -> None:
    await portal.hears("portal", *whole_life(Life()))

    page = await look(portal, f"/proposals/{FIRST}")

    for says in (
        "第20240001号",
        "重点提案，分管副主席领办，市政府办公厅督办",
        "这是为演示组合的记录，不是真实提案",
        "老旧小区宜加装电梯。",
        "李娜等2位委员",
        "第2次答复",
        "未附会办意见 市卫生健康委员会：逾期未报",
        "规则集shenzhen-2024第1版“答复”，2024年日历第1版。依据：深圳1998年规定",
        "已改派的1项任务",
        "2024-08-30兑现：开工报告已归档",
        "2024-03-01决定 ：照此办理",
        "任务分解，交龙华区教育局办理",
    ):
        assert says in page


async def test_the_timeline_has_a_line_for_every_event(portal: World) -> None:
    story = list(whole_life(Life()))
    await portal.hears("portal", *story)

    page = await look(portal, f"/proposals/{FIRST}")

    assert f"全过程 {len(story)}" in page


async def test_an_event_of_a_later_version_is_shown_neutrally(portal: World) -> None:
    class CounselTaken(ProposalEvent):
        """Told by a version to come."""

    CounselTaken.__module__ = "shared.contracts.future"
    unknown = CounselTaken(proposal_id=FIRST, by=someone(OFFICE), on=day("02-01"))
    assert unknown.type_name() not in LINES

    await portal.hears("portal", Life().submitted(), unknown)

    assert "其他事项（huiban.future.CounselTaken.v1）" in await look(portal, f"/proposals/{FIRST}")


async def test_merged_siblings_lead_to_one_another(portal: World) -> None:
    main, member = Life(FIRST), Life(SECOND)
    await portal.hears(
        "portal",
        *filed(main, "20240001"),
        *filed(member, "20240002", title="关于老楼装电梯的提案"),
        main.merged(FIRST, FIRST, SECOND),
        member.merged(FIRST, FIRST, SECOND),
        main.assigned(task(LONGHUA, Role.LEAD)),
        main.issued(LONGHUA),
        member.issued(LONGHUA, handled_in=FIRST),
    )

    page = await look(portal, f"/proposals/{SECOND}")

    assert "并入 第20240001号《关于加装电梯的提案》 一并办理" in page
    assert "主办 龙华区人民政府" in page, "the parties are those of the main one"
    assert "答复 1" in page
    assert "关于老楼装电梯的提案" in await look(portal, f"/proposals/{FIRST}")


async def test_a_further_round_is_announced_until_it_is_answered(portal: World) -> None:
    life = Life()
    await portal.hears(
        "portal",
        *filed(life, "20240001"),
        life.assigned(task(LONGHUA, Role.LEAD)),
        life.issued(LONGHUA),
        life.rated(LONGHUA, Rating.DISSATISFIED),
        life.redo(LONGHUA),
    )
    assert "评价不满意，龙华区人民政府重新办理" in await look(portal, f"/proposals/{FIRST}")
    assert "再次答复（评价不满意，重新办理）" in await look(portal, "/units/D07")

    await portal.hears("portal", life.issued(LONGHUA, round=2))

    assert "评价不满意，龙华区人民政府重新办理" not in await look(portal, f"/proposals/{FIRST}")


async def test_who_named_themselves_is_shown_as_text(portal: World) -> None:
    await portal.hears("portal", Life().submitted("关于<script>alert(1)</script>的提案"))

    response = await portal["portal"].client.get(f"/proposals/{FIRST}")

    assert "<script>alert(1)" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text


async def test_what_is_not_there_is_a_page_that_says_so(portal: World) -> None:
    missing = ProposalId("00000000-0000-4000-8000-00000000000f")

    assert "没有找到提案" in await look(portal, f"/proposals/{missing}", status=404)
    assert "没有名为“无此单位”的单位" in await look(portal, "/units/无此单位", status=404)
    assert "没有这个地址" in await look(portal, "/nowhere", status=404)
