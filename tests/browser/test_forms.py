"""Forms in a real browser, with all six services behind the portal: written, merged, previewed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from deploy.local.serving import served
from services.portal.papers.fields import starter
from tests.browser.conftest import AXE, DESK, PHONE, SCREENSHOTS
from tests.story import office
from tests.story.answering import draft, talk
from tests.story.office import (
    EDUCATION,
    LONGHUA,
    LONGHUA_EDUCATION,
    LONGHUA_HOUSING,
    MINZHI,
    MONDAY,
    OFFICE,
)
from tests.world import Keys, World, copy_of, world_on

BASE = (
    "您提出的提案收悉。现答复如下：\n一、现状。龙华区现有老旧住宅小区86个。\n"
    "二、措施。（一）安排专项资金。\n（二）今年开工10部。\n三、安排。明年继续。"
)

FROM_THE_TOP = "one => one.getBoundingClientRect().top + scrollY"


@pytest.fixture(scope="module")
async def offices(admin_url: str, template: str, keys: Keys, kafka: str) -> AsyncIterator[World]:
    """All six services, a registry that is filled, and events that travel."""
    async with (
        copy_of(admin_url, template) as url,
        world_on(url, keys, today=MONDAY, kafka=kafka) as world,
    ):
        await world.tell("registry", "/seed", {"place": "shenzhen"}, post="operator")
        await world.settle()
        yield world


@pytest.fixture(scope="module")
async def at(offices: World) -> AsyncIterator[str]:
    """Where the portal of these services is served."""
    async with served(lambda _: offices["portal"].app) as address:
        yield address


@asynccontextmanager
async def somebody(
    browser: Browser,
    offices: World,
    *,
    unit: str,
    post: str = "officer",
    person: str | None = None,
    width: int = DESK,
    script: bool = True,
) -> AsyncIterator[Page]:
    """Somebody in front of a browser, in their post; the browser has nothing to complain of."""
    context = await browser.new_context(
        viewport={"width": width, "height": 900},
        locale="zh-CN",
        java_script_enabled=script,
        extra_http_headers={
            "Authorization": f"Bearer {offices.token(post=post, unit=unit, person=person)}",
            "Huiban-Today": offices.today.isoformat(),
        },
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Content Security" in said.text else None,
    )
    try:
        yield page
    finally:
        await context.close()
    assert complaints == []


async def violations(page: Page) -> list[str]:
    """What axe finds on the page in front of one."""
    await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate(
        """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a",
             "wcag21aa", "wcag22aa", "best-practice"]})).violations.map(
             (one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`)"""
    )
    return list(found)


async def keeps(page: Page, name: str) -> None:
    await page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


async def signed(world: World) -> str:
    case = await office.filed(world, "关于加快推进老旧住宅加装电梯的提案")
    await office.hand_over(world, office.row(case, lead=LONGHUA, co_handlers=[EDUCATION]))
    await office.sign(world, case, LONGHUA, EDUCATION)
    await talk(world, case, LONGHUA)
    return case


def form(code: str, case: str, unit: str = LONGHUA) -> str:
    return f"/do/{code}?proposal_id={case}&task_id={unit}.1"


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
async def test_two_who_write_at_once_go_on_with_both(
    browser: Browser, offices: World, at: str, script: bool
) -> None:
    case = await signed(offices)
    await draft(offices, case, LONGHUA, text=BASE)
    async with (
        somebody(browser, offices, unit=LONGHUA, person="chen") as chen,
        somebody(browser, offices, unit=LONGHUA, person="wu", script=script) as wu,
    ):
        for page in (chen, wu):
            await page.goto(at + form("draft", case))
        await chen.fill("#f-text", BASE.replace("10部", "12部"))
        await chen.click("button.act:has-text('拟稿')")
        await expect(chen.locator(".notice-done")).to_be_visible()

        await wu.fill("#f-text", BASE.replace("明年继续", "明年再开工20部"))
        await wu.click("button.act:has-text('拟稿')")

        await expect(wu.locator(".crossing")).to_be_visible()
        assert await wu.input_value("#f-text") == BASE.replace("10部", "12部").replace(
            "明年继续", "明年再开工20部"
        )
        if script:
            await expect(wu.locator(".crossing")).to_be_focused()
            await keeps(wu, "form-crossed")
            assert await violations(wu) == []
        await wu.click("button.act:has-text('拟稿')")
        await expect(wu.locator(".notice-done")).to_be_visible()


async def test_what_was_written_comes_back_with_the_version_it_was_begun_on(
    browser: Browser, offices: World, at: str
) -> None:
    case = await signed(offices)
    await draft(offices, case, LONGHUA, text=BASE)
    async with somebody(browser, offices, unit=LONGHUA) as page:
        page.on("dialog", lambda dialog: dialog.accept())
        await page.goto(at + form("draft", case))
        await page.fill("#f-text", BASE + "\n四、监督。")
        await draft(offices, case, LONGHUA, text=BASE.replace("10部", "12部"))
        await page.goto(at + "/manual")
        await page.goto(at + form("draft", case))

        await expect(page.locator(".notice[role=status]")).to_contain_text("已恢复")
        assert (await page.input_value("#f-text")).endswith("四、监督。")
        await page.click("button.act:has-text('拟稿')")
        await expect(page.locator(".crossing")).to_be_visible()
        merged = await page.input_value("#f-text")

        assert "12部" in merged
        assert "四、监督。" in merged


async def test_a_letter_is_seen_as_it_will_be_printed_while_it_is_written(
    browser: Browser, offices: World, at: str
) -> None:
    case = await signed(offices)
    async with somebody(browser, offices, unit=LONGHUA) as page:
        await page.goto(at + form("draft", case))
        await page.select_option("#f-result_class", "A")
        await page.fill("#f-text", BASE)

        await expect(page.locator("#preview img").first).to_be_visible()
        await expect(page.locator("#preview .outline-2").first).to_contain_text("今年开工")
        await keeps(page, "form-draft")
        assert await violations(page) == []


async def test_a_letter_is_seen_without_script_too(
    browser: Browser, offices: World, at: str
) -> None:
    case = await signed(offices)
    async with (
        somebody(browser, offices, unit=LONGHUA, script=False) as page,
    ):
        await page.goto(at + form("draft", case))
        await page.fill("#f-text", BASE)
        await page.click("button:has-text('预览')")

        await expect(page.locator("#preview img").first).to_be_visible()
        assert (await page.input_value("#f-text")).replace("\r\n", "\n") == BASE


@pytest.mark.parametrize("width", [DESK, PHONE])
async def test_who_approves_has_the_draft_before_them(
    browser: Browser, offices: World, at: str, width: int
) -> None:
    case = await signed(offices)
    await draft(offices, case, LONGHUA, text=BASE)
    await office.upon_task(
        offices,
        "reply",
        case,
        LONGHUA,
        "send-back",
        {"draft": 1, "why": "请核对数字"},
        post="head",
    )
    await draft(offices, case, LONGHUA, text=BASE.replace("10部", "12部"))
    async with (
        somebody(browser, offices, unit=LONGHUA, post="head", width=width) as page,
    ):
        await page.goto(at + form("approve", case))

        await expect(page.locator(".compared ins")).to_have_text("〔增〕12〔增完〕")
        pressed = page.locator("button.act:has-text('审签')")
        stood = await pressed.evaluate(FROM_THE_TOP)
        await page.locator(".as-printed").scroll_into_view_if_needed()
        await expect(page.locator(".as-printed img").first).to_be_visible()
        assert await pressed.evaluate(FROM_THE_TOP) == stood, "pages that come late move nothing"
        await keeps(page, f"form-approve-{width}")
        assert await violations(page) == []
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
        await pressed.click()
        await expect(page.locator(".notice-done")).to_be_visible()


async def test_rows_are_added_moved_and_dropped_by_keys_and_by_hand(
    browser: Browser, offices: World, at: str
) -> None:
    case = await signed(offices)
    await office.hand_down(offices, case, LONGHUA, below=[LONGHUA_EDUCATION])
    async with (
        somebody(browser, offices, unit=LONGHUA) as page,
    ):
        await page.goto(at + form("hand-down", case))
        await expect(page.locator(".branches")).to_contain_text("待签收")
        for n, duty in enumerate(("甲", "乙", "丙")):
            await page.fill(f"#f-tasks-{n}-duty", duty)

        await page.locator("[aria-label=第3行上移]").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Enter")
        duties = [await page.input_value(f"#f-tasks-{n}-duty") for n in range(3)]
        assert duties == ["丙", "甲", "乙"]

        await page.click("[aria-label=第2行删去]")
        await page.click("text=再加几行")
        await expect(page.locator("#f-tasks-3-unit")).to_be_focused()
        await page.drag_and_drop(
            ".entry-table tbody tr:nth-child(2) th", ".entry-table tbody tr:nth-child(1)"
        )
        duties = [await page.input_value(f"#f-tasks-{n}-duty") for n in range(4)]
        assert duties == ["乙", "丙", "", ""]

        await page.select_option("#f-tasks-0-unit", LONGHUA_HOUSING)
        await page.select_option("#f-tasks-1-unit", MINZHI)
        await page.fill("#f-tasks-0-until", "2024-03-15")
        await keeps(page, "form-hand-down")
        assert await violations(page) == []
        await page.click("button.act:has-text('分解任务')")
        await expect(page.locator(".notice-done")).to_be_visible()


@pytest.mark.parametrize("width", [DESK, PHONE])
async def test_the_office_hands_over_at_its_page(
    browser: Browser, offices: World, at: str, width: int
) -> None:
    case = await office.filed(offices, f"关于加快推进校园周边交通疏导的提案{width}")
    async with (
        somebody(browser, offices, unit=OFFICE, post="office", width=width) as page,
    ):
        await page.goto(at + f"/hand-over?proposal_id={case}")
        row = page.locator(".row-over").first
        await row.locator("[data-takes]", has_text="主办").first.click()
        await expect(row.locator("[name=items-0-lead]")).not_to_have_value("")
        await page.click("text=预检所选")
        await expect(page.locator(".notice-done")).to_contain_text("预检通过")
        await keeps(page, f"hand-over-{width}")
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        await page.click("text=交办所选")
        await expect(page.locator(".notice-done")).to_be_visible()


@pytest.mark.parametrize("width", [DESK, PHONE])
async def test_a_template_is_brought_and_put_in_force(
    browser: Browser, offices: World, at: str, width: int
) -> None:
    async with somebody(browser, offices, unit=LONGHUA, post="head", width=width) as page:
        await page.goto(at + "/templates")
        await page.select_option("#f-kind", "reply")
        starting = {"name": "答复函.docx", "mimeType": "application/zip", "buffer": starter()}
        await page.set_input_files("#f-file", starting)  # type: ignore[arg-type]
        await page.click("text=上传并检查")
        await expect(page.locator(".notice-done")).to_contain_text("已上传")
        await page.locator("button", has_text="启用").first.click()
        await expect(page.locator(".in-force")).to_be_visible()
        await keeps(page, f"templates-{width}")
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
