"""A proposal is handed over, signed for, returned and objected to, handed down, changed."""

from tests.browser.acts.conftest import Coming
from tests.browser.acts.town import (
    BELOW,
    CLERK,
    CO_CLERK,
    CO_HEAD,
    HANDING,
    MAYOR,
    filed,
    handed_over,
    in_hand,
    task_of,
)
from tests.story.office import EDUCATION, LONGHUA, LONGHUA_EDUCATION, NANSHAN, TRANSPORT
from tests.world import World

LEAD, CO = f"{LONGHUA}.1", f"{TRANSPORT}.1"


async def test_it_is_handed_over_and_signed_for(someone: Coming, world: World) -> None:
    case = await filed(world, "关于增开社区巴士的提案")
    office, clerk = await someone(HANDING), await someone(CLERK)

    await office.does(
        "hand-over",
        case,
        {"交办会议": "市政府提案交办会", "主办": "龙华区", "会办": "市交通运输局"},
        picture="hand-over",
    )
    await clerk.goes("/desk")
    await clerk.keeps("unit-desk")
    await clerk.does("sign", case, task_id=LEAD)
    await clerk.keeps("unit-case")
    await clerk.sees("这项任务已经签收。")
    await clerk.does(
        "name-officer",
        case,
        {"经办人": "龙华区经办人（演示）", "科室": "交通科"},
        task_id=LEAD,
    )
    await clerk.does("progress", case, {"阶段": "调研", "情况": "已踏勘三个片区"}, task_id=LEAD)
    await clerk.sees("已踏勘三个片区")


async def test_it_is_returned_objected_to_and_decided(someone: Coming, world: World) -> None:
    case = await handed_over(world, "关于优化公交线网的提案", TRANSPORT)
    head, clerk = await someone(CO_HEAD), await someone(CO_CLERK)
    office, mayor = await someone(HANDING), await someone(MAYOR)

    wish = {"理由": "not-our-duty", "说明": "属南山区职责", "建议的承办单位": "南山区"}
    await clerk.does("ask-consent-to-return", case, wish, task_id=CO)
    await head.does("consent-to-return", case, task_id=CO)
    await clerk.does("return", case, wish, picture="return", task_id=CO)
    await filed(world, "关于建设社区图书角的提案")
    await office.goes("/desk")
    await office.keeps("office-desk")
    await office.does(
        "decide-return", case, {"理由": "属你局职责"}, picture="decide-return", task_id=CO
    )
    await head.does(
        "object", case, {"理由": "仍不属于我局职责", "建议的承办单位": "南山区"}, task_id=CO
    )
    await office.does(
        "objection-meeting",
        case,
        {"日期": world.today.isoformat(), "到会单位": "市交通运输局、南山区", "纪要": "各陈意见"},
        task_id=CO,
    )
    await mayor.does(
        "decide-objection",
        case,
        {"异议成立": True, "改派给": "南山区", "理由": "按三定规定"},
        task_id=CO,
    )
    await mayor.sees("南山区")
    assert "ObjectionDecided" in await world.told_by("assignment", case)


async def test_work_is_handed_down_and_reported_back(someone: Coming, world: World) -> None:
    case = await in_hand(world, "关于增加课后托管的提案")
    clerk, below = await someone(CLERK), await someone(BELOW)

    await clerk.does(
        "hand-down",
        case,
        {
            "部署会议": "区政府专题会议",
            "部署的领导": "龙华区负责人（演示）",
            "安排的领导": "龙华区分管负责人（演示）",
            "第1行单位": LONGHUA_EDUCATION,
            "第1行任务": "提出方案",
        },
        picture="hand-down",
        task_id=LEAD,
    )
    await below.does("sign", case, task_id=f"{LONGHUA_EDUCATION}.1")
    await below.does(
        "complete", case, {"办理结果": "方案已经印发"}, task_id=f"{LONGHUA_EDUCATION}.1"
    )
    await clerk.opens_case(case)
    await clerk.sees("方案已经印发")


async def test_more_time_is_asked_for_and_the_clock_stands_still(
    someone: Coming, world: World
) -> None:
    case = await in_hand(world, "关于建设地下管廊的提案")
    clerk, office = await someone(CLERK), await someone(HANDING)

    await clerk.does(
        "ask-extension", case, {"延至": "2024-06-28", "理由": "管线复杂"}, task_id=LEAD
    )
    await office.does(
        "decide-extension",
        case,
        {"同意延期": True, "延至": "2024-06-28", "理由": "情况属实"},
        task_id=LEAD,
    )
    await office.does("pause", case, {"理由": "等待提案人补充材料"}, task_id=LEAD)
    await office.does("resume", case, {"理由": "材料已补充"}, task_id=LEAD)
    await office.sees("2024-06-28")


async def test_handlers_change(someone: Coming, world: World) -> None:
    case = await in_hand(world, "关于完善无障碍设施的提案", TRANSPORT)
    office = await someone(HANDING)

    await office.does(
        "add-handler",
        case,
        {"单位": "市教育局", "角色": "会办", "任务": "校园周边", "理由": "涉及校园"},
    )
    await office.does(
        "change-roles",
        case,
        {
            "第1行单位": "龙华区",
            "第1行角色": "会办",
            "第2行单位": "市交通运输局",
            "第2行角色": "主办",
            "理由": "主责在市局",
            "期限": "重新计期",
            "下级单位的任务一并调整": True,
        },
    )
    await office.does(
        "reassign",
        case,
        {"改派给": "南山区", "理由": "属地调整", "期限": "保留原期限"},
        task_id=await task_of(world, case, EDUCATION),
    )
    await office.does(
        "withdraw-task", case, {"理由": "不再需要"}, task_id=await task_of(world, case, NANSHAN)
    )
    await office.sees("已改派的")


async def test_work_is_planned_in_items(someone: Coming, world: World) -> None:
    case = await in_hand(world, "关于整治背街小巷的提案")
    clerk = await someone(CLERK)

    await clerk.does(
        "plan-items",
        case,
        {
            "第1行项目": "选定站点",
            "第1行单位": "龙华区",
            "第1行节点（日期在前，每行一个）": "2024-03-01 完成踏勘\n2024-04-01 公示",
            "第2行项目": "增设站台",
            "第2行单位": "龙华区",
            "第2行节点（日期在前，每行一个）": "2024-05-06 开工",
        },
    )
    await clerk.does("item-progress", case, {"情况": "已踏勘", "到达的节点": "1"}, item_id="i1")
    await clerk.does("complete-item", case, {"结果": "选定八处"}, item_id="i1")
    await clerk.does("drop-item", case, {"理由": "并入第一项"}, item_id="i2")
    await clerk.sees("选定八处")
