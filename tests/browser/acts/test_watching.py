"""A dispute goes to the city; work is supervised and inspected; a key proposal is led."""

from tests.browser.acts.conftest import Coming
from tests.browser.acts.town import (
    CLERK,
    CO_CLERK,
    HANDING,
    MAYOR,
    REVIEWER,
    WATCHING,
    filed,
    in_hand,
    only_row,
)
from tests.story.office import LONGHUA, TRANSPORT, hand_over, row
from tests.world import World

M1 = {"matter_id": "m1"}


async def test_a_dispute_is_put_before_the_city(someone: Coming, world: World) -> None:
    case = await in_hand(world, "关于跨区公交衔接的提案", TRANSPORT)
    clerk, other = await someone(CLERK), await someone(CO_CLERK)
    office, mayor = await someone(HANDING), await someone(MAYOR)

    await clerk.does(
        "flag", case, {"情况": "线路跨区，职责不清", "涉及的单位": "龙华区、市交通运输局"}
    )
    await other.does("state-position", case, {"意见": "应由属地统筹"}, of=M1)
    await office.does(
        "matter-meeting",
        case,
        {"到会单位": "龙华区、市交通运输局", "纪要": "请市里统筹经费"},
        of=M1,
    )
    await mayor.does(
        "decide-matter",
        case,
        {"决定": "请市交通运输局安排经费", "效果": "提请支持", "单位": "市交通运输局"},
        picture="decide-matter",
        of=M1,
    )
    await office.does("follow-up", case, {"情况": "经费方案在批"}, of=M1)
    await office.does("carry-out", case, {"情况": "经费已下达"}, of=M1)
    await office.sees("请市交通运输局安排经费")


async def test_a_unit_is_supervised(someone: Coming, world: World) -> None:
    case = await in_hand(world, "关于加快旧改进度的提案")
    watching, clerk = await someone(WATCHING), await someone(CLERK)

    await watching.does(
        "supervise", case, {"督办对象": "龙华区", "要求": "请报进展"}, picture="supervise"
    )
    about = {"supervision_id": (await only_row(world, "supervisions", case))["supervision_id"]}
    await clerk.does("answer-supervision", case, {"情况": "已经动工"}, of=about)
    await watching.does("close-supervision", case, {"结果": "按期推进"}, of=about)
    await watching.sees("按期推进")


async def test_what_is_found_on_the_spot_is_answered(someone: Coming, world: World) -> None:
    case = await in_hand(world, "关于改造老旧管网的提案")
    watching, clerk = await someone(WATCHING), await someone(CLERK)

    await watching.does(
        "inspect",
        case,
        {
            "地点": "民治街道",
            "受查单位": "龙华区",
            "进展": "站点已选定",
            "第1行单位": "龙华区",
            "第1行问题": "没有公示线路",
        },
    )
    finding = await only_row(world, "findings", case)
    await clerk.does(
        "answer-finding",
        case,
        {"情况": "已经公示"},
        inspection_id=finding["inspection_id"],
        finding_id=finding["finding_id"],
    )
    await clerk.sees("已经公示")


async def test_a_key_proposal_is_designated_led_tracked_and_taken_back(
    someone: Coming, world: World
) -> None:
    case = await filed(world, "关于打造一刻钟便民生活圈的提案")
    committee, mayor, office = await someone(REVIEWER), await someone(MAYOR), await someone(HANDING)

    await committee.does(
        "designate-key", case, {"领办领导": "市政府分管领导", "督办单位": "市政府办公厅"}
    )
    await hand_over(world, row(case, lead=LONGHUA))
    await mayor.does(
        "hold-activity",
        case,
        {"形式": "走访", "参加的单位": "龙华区", "内容": "走访社区，听取居民意见"},
    )
    await office.does("name-tracker", case, {"跟踪责任人": WATCHING.id})
    await committee.does("take-back-key", case, {"理由": "年度计划调整"})
    await committee.sees("取消重点提案")
