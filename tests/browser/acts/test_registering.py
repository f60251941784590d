"""The register: units, people, delegation, calendar, rules, other systems; and what one hears."""

from datetime import datetime, timedelta

from services.escalation.streaming import stream_once
from shared.clock import OFFICE as OFFICE_TIME
from tests.browser.acts.conftest import Coming
from tests.browser.acts.town import (
    CLERK,
    GUARD,
    HANDING,
    HEAD,
    OPERATOR,
    filed,
    handed_over,
)
from tests.receiving import receiver
from tests.world import World

NEW_YEAR = (
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
    "二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。"
    "1月31日（周日）、2月14日（周日）上班。"
)
DUTY = {"第1行职责": "统筹低空经济", "第1行依据": "三定规定（示例）"}


async def test_units_are_put_renamed_and_succeeded(someone: Coming, world: World) -> None:
    operator = await someone(OPERATOR)

    await operator.does(
        "put-unit",
        fields={
            "编码": "C901",
            "全称": "市低空经济发展办公室",
            "规范简称": "市低空办",
            "层级": "市级单位",
            "性质": "政府部门",
            "依据": "机构编制批复",
        },
    )
    await operator.goes("/rooms/register")
    await operator.keeps("register")
    await operator.does("put-duties", fields={"编码": "C901", **DUTY})
    await operator.does(
        "rename-unit",
        fields={
            "编码": "C901",
            "新的全称": "市低空经济促进局",
            "新的简称": "市低空局",
            "依据": "机构改革方案",
        },
    )
    await operator.does(
        "name-successors",
        fields={
            "原单位": "市低空经济促进局",
            "继承的单位": "市交通运输局",
            "方式": "合并",
            "日期": world.today.isoformat(),
            "依据": "机构改革方案",
        },
    )
    assert "UnitSucceeded" in await world.told_by("registry")


async def test_people_are_entered_and_leave(someone: Coming, world: World) -> None:
    operator = await someone(OPERATOR)

    await operator.does(
        "put-person",
        fields={
            "人员编号": "lin.xin",
            "姓名": "林新",
            "第1行职务": "officer",
            "第1行单位": "龙华区",
            "电子邮件": "lin.xin@example.cn",
        },
    )
    await operator.does(
        "end-post", fields={"人员编号": "lin.xin", "职务": "officer", "单位": "龙华区"}
    )


async def test_somebody_acts_for_another(someone: Coming, world: World) -> None:
    head = await someone(HEAD)
    until = world.today + timedelta(days=5)

    await head.does(
        "give-delegation",
        fields={"代办人": CLERK.id, "至": until.isoformat(), "理由": "出差"},
    )
    [given] = await world.rows("registry", "SELECT delegation FROM delegations")
    await head.does("end-delegation", delegation=given["delegation"])


async def test_a_year_is_read_proposed_confirmed_or_dropped(someone: Coming, world: World) -> None:
    office, operator = await someone(HANDING), await someone(OPERATOR)

    await office.does("read-calendar-notice", fields={"年度": "2027", "通知原文": NEW_YEAR})
    await office.sees("2027-01-01")
    await office.keeps("read-calendar-notice")
    await office.does(
        "propose-year",
        fields={"年度": "2027", "依据": "国务院办公厅通知", "通知原文": NEW_YEAR},
    )
    [year] = await world.rows(
        "registry",
        "SELECT content ->> 'proposal' AS proposal FROM calendar_proposals WHERE year = 2027",
    )
    await operator.does("confirm-year", proposal=str(year["proposal"]))

    await operator.does(
        "propose-exception",
        fields={
            "年度": "2024",
            "第1行日期": "2024-09-06",
            "第1行名称": "台风停工",
            "理由": "台风停工",
        },
    )
    [typhoon] = await world.rows(
        "registry",
        "SELECT content ->> 'proposal' AS proposal FROM calendar_proposals WHERE year = 2024",
    )
    await office.does("drop-year", fields={"理由": "台风转向"}, proposal=str(typhoon["proposal"]))


async def test_rules_go_on_to_their_next_edition(someone: Coming, world: World) -> None:
    operator = await someone(OPERATOR)

    await operator.does("publish-rules", rules="shenzhen-2024")
    await operator.sees("shenzhen-2024")


async def test_another_system_gets_a_key(someone: Coming, world: World) -> None:
    guard = await someone(GUARD)

    await guard.does(
        "register-account",
        fields={
            "账号": "longhua-oa",
            "名称": "龙华区办公系统",
            "身份": "officer",
            "单位": "龙华区",
            "可办的事项": "read\nassignment.sign",
            "至": "2024-12-31",
        },
    )
    await guard.goes("/security/accounts")
    await guard.keeps("accounts")
    await guard.does("rotate-account", account="longhua-oa")
    await guard.does("end-account", account="longhua-oa")


async def test_one_reads_what_one_is_told_and_chooses_how(someone: Coming, world: World) -> None:
    await handed_over(world, "关于优化营商环境的提案")
    await handed_over(world, "关于保护古村落的提案")
    clerk = await someone(CLERK)

    await clerk.does("read-notice")
    await clerk.does("read-all-notices")
    await clerk.does(
        "choose-preferences",
        fields={
            "语言": "简体中文",
            "每日汇总的钟点": "9",
        },
    )


async def test_another_system_is_told(someone: Coming, world: World) -> None:
    office = await someone(HANDING)
    about = {"subscription_id": "city-ledger"}
    async with receiver() as here:
        await office.does(
            "subscribe",
            fields={
                "订阅编号": "city-ledger",
                "名称": "市政务台账",
                "接收地址": here.url,
                "密钥": "a-key-of-sixteen-letters",
            },
        )
        here.refuses = {"口袋书店"}
        await filed(world, "关于建设口袋书店的提案")
        at = datetime.combine(world.today, datetime.min.time(), tzinfo=OFFICE_TIME)
        await stream_once(world["escalation"].backbone, at=at + timedelta(hours=9))
        await office.does("skip-parked", fields={"理由": "对方不收这一条"}, of=about)
        await office.does("redrive-subscription", of=about)
    await office.does("end-subscription", of=about)
