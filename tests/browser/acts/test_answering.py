"""A unit talks, gathers opinions, writes, has it approved and countersigned, and answers."""

from pathlib import Path

from tests.browser.acts.conftest import Coming
from tests.browser.acts.town import (
    CLERK,
    CO_CLERK,
    CO_HEAD,
    CO_SECTION_HEAD,
    HANDING,
    HEAD,
    MAYOR,
    MEMBER,
    SECTION_HEAD,
    THIRD,
    designated_key,
    in_hand,
    opined,
    talked,
)
from tests.matrix.living import rules_say
from tests.story.answering import approve, draft
from tests.story.office import LONGHUA, TRANSPORT
from tests.world import World

LEAD, CO = f"{LONGHUA}.1", f"{TRANSPORT}.1"
WRITTEN = "您提出的提案收悉，现答复如下。\n一、今年增开三条社区巴士线路。\n二、设候车亭八座。"


async def test_one_talks_and_the_proposer_says_whether_it_is_so(
    someone: Coming, world: World, tmp_path: Path
) -> None:
    case = await in_hand(world, "关于增加社区食堂的提案")
    clerk, member = await someone(CLERK), await someone(MEMBER)
    notes = tmp_path / "座谈纪要.txt"
    notes.write_text("三条意见", "utf-8")

    await clerk.does(
        "contact",
        case,
        {"方式": "走访", "内容": "走访社区，居民希望增设食堂", "附件": notes},
        picture="contact",
        task_id=LEAD,
    )
    await clerk.does("contact", case, {"方式": "电话", "内容": "征求意见"}, task_id=LEAD)
    first, second = await world.rows(
        "portal", "SELECT * FROM contacts WHERE proposal_id = $1 ORDER BY contact_id", case
    )
    await member.does("confirm-contact", case, contact_id=first["contact_id"])
    await member.does(
        "deny-contact", case, {"情况": "那天没有接到电话"}, contact_id=second["contact_id"]
    )


async def test_a_proposer_needs_no_talk(someone: Coming, world: World) -> None:
    case = await in_hand(world, "关于延长图书馆开放时间的提案", by=THIRD)
    member = await someone(THIRD)

    await member.does("waive-contact", case, task_id=LEAD)


async def test_an_opinion_is_written_sent_back_checked_given_and_taken_back(
    someone: Coming, world: World, tmp_path: Path
) -> None:
    case = await in_hand(world, "关于优化学校周边停车的提案", TRANSPORT)
    clerk, checking = await someone(CO_CLERK), await someone(CO_SECTION_HEAD)
    head = await someone(CO_HEAD)
    scan = tmp_path / "扫描件.pdf"
    scan.write_bytes(b"%PDF-1.4")

    await clerk.does("draft-opinion", case, {"会办意见": "同意。"}, task_id=CO)
    await checking.does("send-back-opinion", case, {"理由": "请写明措施"}, task_id=CO)
    await clerk.does(
        "draft-opinion", case, {"会办意见": "建议错峰放学。"}, picture="draft-opinion", task_id=CO
    )
    await checking.does("check-opinion", case, task_id=CO)
    await head.does("issue-opinion", case, task_id=CO)
    await head.sees("建议错峰放学。")
    await head.does("withdraw-opinion", case, {"理由": "情况有变"}, task_id=CO)

    await clerk.does("draft-opinion", case, {"会办意见": "建议设接送区。"}, task_id=CO)
    await checking.does("check-opinion", case, task_id=CO)
    await clerk.does(
        "issue-opinion-on-paper",
        case,
        {"纸质件签字人": "局长", "签字日期": world.today.isoformat(), "扫描件": scan},
        task_id=CO,
    )
    assert (await world.told_by("reply", case)).count("OpinionGiven") == 2


async def test_where_the_rules_say_so_an_opinion_is_given_at_once(
    someone: Coming, world: World
) -> None:
    case = await in_hand(world, "关于共享停车的提案", TRANSPORT)
    clerk = await someone(CO_CLERK)

    await rules_say(world, opinion_chain="one_act")
    await clerk.does("opinion", case, {"会办意见": "同意。"}, task_id=CO)
    await rules_say(world, opinion_chain="checked")
    await clerk.sees("同意。")


async def test_two_do_not_agree(someone: Coming, world: World) -> None:
    case = await in_hand(world, "关于调整公交线路走向的提案", TRANSPORT)
    clerk, checking = await someone(CO_CLERK), await someone(CO_SECTION_HEAD)
    head, lead = await someone(CO_HEAD), await someone(HEAD)
    office, mayor = await someone(HANDING), await someone(MAYOR)

    await clerk.does(
        "draft-opinion",
        case,
        {"会办意见": "不宜改线。", "与主办意见不一致之处": "线路走向"},
        task_id=CO,
    )
    await checking.does("check-opinion", case, task_id=CO)
    await head.does("issue-opinion", case, task_id=CO)
    about = {"disagreement_id": f"{CO}.d1"}
    await lead.does("raise-disagreement", case, {"理由": "两家商不成"}, of=about)
    await office.does("raise-disagreement", case, {"理由": "报请市领导"}, of=about)
    await mayor.does("settle-disagreement", case, {"结果": "按原走向"}, of=about)
    await mayor.sees("按原走向")


async def test_it_is_written_sent_back_approved_and_sent(
    someone: Coming, world: World, tmp_path: Path
) -> None:
    case = await in_hand(world, "关于增开微循环巴士的提案")
    await talked(world, case)
    clerk, checking, head = await someone(CLERK), await someone(SECTION_HEAD), await someone(HEAD)
    plan = tmp_path / "线路图.txt"
    plan.write_text("三条线路", "utf-8")

    await clerk.does("list-points", case, {"建议": "增开社区巴士\n增设候车亭"}, task_id=LEAD)
    answers = {"第1行回应": "增开三条。", "第2行回应": "增设八座。"}
    await clerk.does(
        "draft", case, {"答复正文": "收悉。", "结果类别": "B", **answers}, task_id=LEAD
    )
    await checking.does("send-back-draft", case, {"理由": "请写明期限"}, task_id=LEAD)
    await clerk.does(
        "draft",
        case,
        {"答复正文": WRITTEN, "结果类别": "B", **answers},
        picture="draft",
        task_id=LEAD,
    )
    await checking.does("approve", case, picture="approve", task_id=LEAD)
    await head.does(
        "issue",
        case,
        {
            "摘要": "增开三条线路，设候车亭八座",
            "第1行事项": "开通三条线路",
            "第1行完成期限": "2024-12-31",
            "第1行责任人": "区交通局",
            "第1行兑现的标志": "通车公告",
            "建议的公开属性": "主动公开",
            "附件": plan,
        },
        picture="issue",
        task_id=LEAD,
    )
    await head.sees("开通三条线路")


async def test_it_is_sent_on_paper(someone: Coming, world: World, tmp_path: Path) -> None:
    case = await in_hand(world, "关于增设夜间照明的提案")
    await talked(world, case)
    await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA)
    scan = tmp_path / "扫描件.pdf"
    scan.write_bytes(b"%PDF-1.4")

    clerk = await someone(CLERK)
    await clerk.does(
        "issue-on-paper",
        case,
        {
            "摘要": "已装路灯",
            "办结依据": "竣工验收单",
            "纸质件签字人": "区长",
            "签字日期": world.today.isoformat(),
            "扫描件": scan,
        },
        task_id=LEAD,
    )
    await clerk.sees("已装路灯")


async def test_it_is_countersigned(someone: Coming, world: World, tmp_path: Path) -> None:
    case = await in_hand(world, "关于完善共享单车停放的提案", TRANSPORT)
    await opined(world, case, TRANSPORT)
    await talked(world, case)
    clerk = await someone(CLERK)
    co_clerk, co_head = await someone(CO_CLERK), await someone(CO_HEAD)
    scan = tmp_path / "会签页.pdf"
    scan.write_bytes(b"%PDF-1.4")
    signed = {"纸质件签字人": "局长", "签字日期": world.today.isoformat(), "扫描件": scan}

    for nth in (1, 2, 3):
        await draft(world, case, LONGHUA)
        await approve(world, case, LONGHUA, nth)
        await clerk.does("ask-to-countersign", case, task_id=LEAD)
        if nth == 1:
            await co_head.does("refuse-countersign", case, {"理由": "数据有误"}, task_id=CO)
        elif nth == 2:
            await co_clerk.does("countersign-on-paper", case, signed, task_id=CO)
        else:
            await co_head.does("countersign", case, task_id=CO)
    assert (await world.told_by("reply", case)).count("ReplyCountersigned") == 2


async def test_a_key_ones_reply_is_endorsed(someone: Coming, world: World) -> None:
    case = await in_hand(world, "关于建设中央公园的提案")
    await designated_key(world, case)
    await talked(world, case)
    await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA)

    head = await someone(HEAD)
    await head.does("endorse", case, task_id=LEAD)
