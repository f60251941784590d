"""An answer is checked, rated, answered again, talked about; made public and taken back."""

from pathlib import Path

from tests.browser.acts.conftest import Coming
from tests.browser.acts.town import (
    ANSWER,
    CLERK,
    HANDING,
    MEMBER,
    NAMES,
    REVIEWER,
    SECOND,
    THIRD,
    answered,
    answered_again,
    days_pass,
    rated,
)
from tests.story.office import LONGHUA
from tests.world import World

R1, R2 = f"{LONGHUA}.r1", f"{LONGHUA}.r2"


async def test_the_office_checks_and_proposers_rate(someone: Coming, world: World) -> None:
    case = await answered(world, "关于增设母婴室的提案")
    office, committee = await someone(HANDING), await someone(REVIEWER)
    member = await someone(MEMBER)

    await office.does("accept-reply", case, reply_id=R1)
    await committee.does("ask-for-ratings", case, reply_id=R1)
    await committee.does("remind-of-rating", case, reply_id=R1)
    await member.does(
        "rate",
        case,
        {"办理过程": "满意", "办理结果": "基本满意", "意见": "盼早日建成"},
        picture="rate",
        reply_id=R1,
    )
    await member.sees("盼早日建成")


async def test_the_committee_ends_the_waiting(someone: Coming, world: World) -> None:
    case = await answered(world, "关于建设口袋公园的提案", by=SECOND)
    committee = await someone(REVIEWER)

    await committee.does("ask-for-ratings", case, reply_id=R1)
    await days_pass(world, 14)
    await committee.does("remind-of-rating", case, reply_id=R1)
    await days_pass(world, 30)
    await committee.does("close-ratings", case, reply_id=R1)


async def test_a_class_is_corrected_and_an_answer_sent_back(someone: Coming, world: World) -> None:
    case = await answered(world, "关于规范电动车充电的提案")
    office = await someone(HANDING)

    await office.does("change-class", case, {"结果类别": "C", "理由": "条件尚不具备"}, reply_id=R1)
    await office.does("send-back-reply", case, {"理由": "遗漏要点"}, reply_id=R1)
    await office.sees("重新办理")


async def test_not_satisfied_twice_they_meet(someone: Coming, world: World) -> None:
    case = await answered(world, "关于治理夜间噪声的提案", by=THIRD)
    await rated(world, case, R1, by=THIRD, result="dissatisfied")
    await answered_again(world, case, by=THIRD)
    member, office = await someone(THIRD), await someone(HANDING)

    await member.does("rate", case, {"办理过程": "满意", "办理结果": "不满意"}, reply_id=R2)
    await office.does(
        "hold-meeting",
        case,
        {
            "到场的人": f"{NAMES[THIRD.id]}\n林区长",
            "结果": "达成一致",
            "商定的内容": "列入下半年整治",
        },
        reply_id=R2,
    )
    await office.sees("达成一致")


async def test_it_is_made_public_and_taken_back(
    someone: Coming, world: World, tmp_path: Path
) -> None:
    text = f"{ANSWER}\n操场今年九月起每晚开放，请致电13812345678预约。"
    case = await answered(world, "关于开放学校操场的提案", text=text)
    clerk, office = await someone(CLERK), await someone(HANDING)

    await clerk.does("propose-publication", case, {"公开属性": "主动公开"}, letter_id=R1)
    await office.does(
        "decide-publication", case, {"公开属性": "主动公开", "形式": "全文"}, letter_id=R1
    )
    masks = await world.ask("reply", f"/proposals/{case}/letters/{R1}/masking", post="office")
    [phone] = masks.body["proposed"]
    await office.does(
        "release",
        case,
        {"第1行遮盖从": phone["start"], "第1行遮盖到": phone["end"]},
        picture="release",
        letter_id=R1,
    )
    await clerk.goes(f"/public/proposals/{case}")
    await clerk.sees("每晚开放")
    assert "13812345678" not in await clerk.page.locator("main").inner_text()
    await clerk.keeps("public-reply")
    await clerk.goes("/public")
    await clerk.keeps("public")
    await office.does("withdraw-release", case, {"理由": "信息有误"}, letter_id=R1)
    await office.sees("撤回")
