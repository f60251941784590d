"""What everybody may see, and the ledger: for eyes, ears, phones, paper, and without a network."""

import pytest

from tests.browser.conftest import Visitor
from tests.browser.office import LATE

LONGHUA_LATE = "/ledger?unit=D07&light=red"
PUBLIC = {  # the others are looked at with all kinds of pages
    "public-nothing": "/public?q=%E6%97%A0%E6%AD%A4%E6%A1%88",
    "public-progress": f"/public/proposals/{LATE.proposal_id}",
}
LEDGERS = {
    "ledger-chips": f"{LONGHUA_LATE}&cols=number,title,kind,category,key,submitted_on",
    "ledger-nothing": "/ledger?q=%E6%97%A0%E6%AD%A4%E6%A1%88",
}
public = pytest.mark.parametrize("name", PUBLIC)
ledgers = pytest.mark.parametrize("name", LEDGERS)
scripts = pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
tongues = pytest.mark.parametrize("tongue", ["zh-Hans", "zh-Hant", "en"])


def in_script(path: str, lang: str) -> str:
    return path if lang == "zh-Hans" else f"{path}{'&' if '?' in path else '?'}lang={lang}"


@scripts
@public
async def test_a_public_page_is_for_everybody(stranger: Visitor, name: str, lang: str) -> None:
    page = await stranger.looks_at(in_script(PUBLIC[name], lang))

    await stranger.keeps(f"{name}-{lang}-desk")
    assert await stranger.violations() == []
    assert await page.locator("html").get_attribute("lang") == lang
    assert stranger.complaints == []


@public
async def test_a_public_page_on_the_phone_and_on_paper(stranger: Visitor, name: str) -> None:
    await stranger.page.set_viewport_size({"width": 390, "height": 844})
    page = await stranger.looks_at(PUBLIC[name])
    await stranger.keeps(f"{name}-phone")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390

    await page.emulate_media(media="print")
    await stranger.keeps(f"{name}-print")
    assert not await page.locator(".public-nav").is_visible()


async def test_a_citizen_finds_a_reply(stranger: Visitor) -> None:
    page = await stranger.opens("/public")
    await page.get_by_role("searchbox").fill("電梯")
    await page.get_by_role("button", name="查询").click()
    await page.get_by_role("link", name="关于加装电梯的提案").click()

    assert "明年起由街道按月公布进度" in await page.inner_text("main")
    assert stranger.complaints == []


@tongues
@ledgers
async def test_a_ledger_is_for_everybody_however_it_is_asked_for(
    visitor: Visitor, name: str, tongue: str
) -> None:
    await visitor.goes(f"/tongue/{tongue}")
    page = await visitor.opens(LEDGERS[name])

    await visitor.keeps(f"{name}-{tongue}-desk")
    assert await page.locator("html").get_attribute("lang") == tongue
    assert await visitor.violations() == []


async def test_what_is_not_there_is_for_everybody(visitor: Visitor) -> None:
    response = await visitor.page.goto(visitor.address + "/proposals/none")

    assert response is not None
    assert response.status == 404
    await visitor.keeps("not-found-desk")
    assert "没有找到提案" in await visitor.page.inner_text("main")
    assert await visitor.violations() == []


async def test_a_stranger_is_told_what_is_not_there(stranger: Visitor) -> None:
    await stranger.page.goto(stranger.address + "/public/proposals/none")
    await stranger.keeps("public-not-found-desk")

    assert "没有找到公开的提案" in await stranger.page.inner_text("main")
    assert await stranger.violations() == []


async def test_a_view_is_chosen_kept_and_forgotten(visitor: Visitor) -> None:
    page = await visitor.opens("/ledger")
    await page.get_by_label("灯号").select_option("red")
    await page.wait_for_url("**light=red**")
    await page.get_by_text("保存为视图").click()
    await page.get_by_label("名称").fill("红灯")
    await page.get_by_role("button", name="保存").click()
    kept = page.get_by_role("navigation", name="已存视图")
    await kept.get_by_role("link", name="红灯").wait_for()
    await visitor.keeps("ledger-view-desk")
    assert page.url.endswith("/ledger?light=red")
    assert await visitor.violations() == []

    await kept.get_by_role("button", name="删除").click()
    await page.wait_for_load_state("networkidle")
    assert await kept.count() == 0
    assert visitor.complaints == []


async def test_columns_are_chosen_without_script(scriptless: Visitor) -> None:
    page = await scriptless.opens("/ledger")
    await page.locator(".more-choices summary").click()
    await page.get_by_label("提案人", exact=True).uncheck()
    await page.get_by_label("提案形式", exact=True).last.check()
    await page.get_by_role("button", name="筛选").click()

    heads = await page.locator("thead th").all_inner_texts()
    assert "提案形式" in heads
    assert "提案人" not in heads


async def test_who_is_cut_off_is_told_so(visitor: Visitor) -> None:
    page = await visitor.opens("/ledger")
    assert not await page.locator("#offline").is_visible()

    await page.context.set_offline(True)
    await page.locator("#offline").wait_for(state="visible")
    await visitor.keeps("offline-desk")
    assert await visitor.violations() == []

    await page.context.set_offline(False)
    await page.locator("#offline").wait_for(state="hidden")
