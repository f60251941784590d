"""A proposal is drafted, signed, handed in, reviewed, merged, taken back, imported."""

from pathlib import Path

from tests.browser.acts.clerk import SENT_BY
from tests.browser.acts.conftest import Coming
from tests.browser.acts.town import (
    MEMBER,
    NAMES,
    REVIEWER,
    SECOND,
    TEXT,
    THIRD,
    filed,
    newest_draft,
    number_of,
    submitted,
)
from tests.story.proposing import workbook
from tests.world import World


async def test_it_is_drafted_signed_jointly_and_handed_in(
    someone: Coming, world: World, tmp_path: Path
) -> None:
    writer, signer, other = await someone(MEMBER), await someone(SECOND), await someone(THIRD)
    survey = tmp_path / "问卷.txt"
    survey.write_text("八成居民希望增开", "utf-8")

    await writer.does(
        "begin-draft",
        fields={"案由": "关于增开社区接驳巴士的提案", "正文": "近年来出行不便。"},
    )
    about = {"draft_id": await newest_draft(world)}
    await writer.does(
        "save-draft",
        fields={
            "正文": TEXT,
            "提出方式": "联名提案",
            "第1行姓名": NAMES[SECOND.id],
            "第2行姓名": NAMES[THIRD.id],
            "建议的承办单位": "市交通运输局",
            "附件": survey,
        },
        of=about,
    )
    await writer.does("ask-signatures", of=about)
    await signer.does("sign-draft", of=about)
    await other.does("decline-to-sign", fields={"理由": "另有提案"}, of=about)
    await writer.does("submit-draft", of=about)
    await writer.goes("/desk")
    await writer.sees("关于增开社区接驳巴士的提案")


async def test_a_draft_is_thrown_away(someone: Coming, world: World) -> None:
    writer = await someone(MEMBER)

    await writer.does("begin-draft", fields={"案由": "关于调整红绿灯的提案"})
    await writer.does("throw-away-draft", draft_id=await newest_draft(world))


async def test_it_is_handed_in_at_once_sent_back_revised_and_filed(
    someone: Coming, world: World
) -> None:
    member, committee = await someone(MEMBER), await someone(REVIEWER)

    await member.does(
        "look-for-similar", fields={"案由": "关于社区巴士的提案", "正文": "增开社区巴士。"}
    )
    await member.does(
        "submit",
        fields={"案由": "关于扩大急救设备覆盖的提案", "正文": TEXT},
        picture="submit",
    )
    await member.goes("/desk")
    await member.keeps("member-desk")
    [case] = [
        row["proposal_id"]
        for row in await world.rows(
            "portal", "SELECT proposal_id FROM proposals WHERE title LIKE '%急救设备%'"
        )
    ]
    await committee.does("categorise", case, {"类别": "社会"})
    await committee.does("advise", case, {"建议": "建议退回修改", "理由": "没有写明地点"})
    await committee.does("send-back-proposal", case, {"理由": "请写明具体地点"})
    await member.does("revise", case, {"正文": f"{TEXT}\n先在地铁站设置。"})
    await committee.goes("/desk")
    await committee.keeps("committee-desk")
    await committee.does("accept", case, picture="accept")
    await committee.sees("待交办")


async def test_it_is_not_filed(someone: Coming, world: World) -> None:
    committee = await someone(REVIEWER)
    told = await submitted(world, "关于我家门前积水的情况")
    own = await submitted(world, "关于个人待遇的提案", SECOND)
    back = await submitted(world, "关于旧事重提的提案", THIRD)

    await committee.does("turn", told, {"转作": "opinion", "理由": "以反映情况为主"})
    await committee.does("decline", own, {"理由": "personal"})
    await (await someone(THIRD)).does("withdraw-proposal", back, {"理由": "已经解决"})
    assert "ProposalWithdrawn" in await world.told_by("intake", back)


async def test_what_asks_the_same_is_merged_and_parted(someone: Coming, world: World) -> None:
    main = await filed(world, "关于扩建社区体育场地的提案")
    other = await filed(world, "关于增设社区体育场地的提案", SECOND)
    third = await filed(world, "关于社区体育场地夜间开放的提案", THIRD)
    committee, member = await someone(REVIEWER), await someone(SECOND)

    await committee.does("judge-similar", main, {"相似的提案": other, "判断": "须并案"})
    await committee.does("link", main, {"有关的提案": third, "理由": "同一场地"})
    await committee.opens_form("merge", main, {})
    await committee.fills({"并入的提案": "20249999", "理由": "诉求相同"})
    await committee.page.locator(SENT_BY).click()
    await committee.sees("没有找到20249999")
    both = "\n".join([await number_of(world, main), await number_of(world, other)])
    await committee.does("merge", main, {"并入的提案": both, "理由": "诉求相同"}, picture="merge")
    await committee.does("join-group", main, {"并入的提案": third, "理由": "诉求相近"})
    await member.does("object-to-merge", other, {"理由": "侧重不同"})
    await committee.does("refuse-objection", other, {"理由": "诉求实质相同"})
    await committee.does("undo-merge", main, {"解除的提案": third, "理由": "应分别办理"})
    assert "MergeUndone" in await world.told_by("intake", third)


async def test_a_list_is_imported(someone: Coming, world: World, tmp_path: Path) -> None:
    committee = await someone(REVIEWER)
    listed = tmp_path / "清单.xlsx"
    listed.write_bytes(
        workbook(
            [
                ["案号", "案由", "提案人", "主办单位"],
                ["20249001", "关于推进海绵城市建设的提案", NAMES[MEMBER.id], "龙华区"],
            ]
        )
    )

    await committee.does("bring-import", fields={"内容": "提案及交办清单", "表格文件": listed})
    await committee.goes_on("check-import")
    await committee.goes_on("confirm-import", picture="confirm-import")
    [row] = await world.rows("portal", "SELECT title FROM proposals WHERE number = '20249001'")
    assert row["title"] == "关于推进海绵城市建设的提案"
