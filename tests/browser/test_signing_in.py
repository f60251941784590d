"""The door in a real browser: by one click in a demo, by name and password, without script."""

import pyotp
from playwright.async_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.office import READER
from tests.service.portal.signin.people import CLERK, GUARD, HEAD, PASSWORD


async def test_a_stranger_chooses_somebody_and_is_in(stranger: Visitor) -> None:
    page = await stranger.opens("/sign-in?next=/ledger")
    await stranger.keeps("sign-in-demo-desk")

    await page.locator(".cast-one", has_text=CLERK.name).first.click()

    await expect(page.locator(".who")).to_contain_text("陈静 龙华区 经办人")
    assert page.url.endswith("/ledger")
    assert stranger.complaints == []


async def test_it_works_without_script(scriptless: Visitor) -> None:
    await scriptless.page.get_by_role("button", name="退出").click()
    await expect(scriptless.page.locator("main")).to_contain_text("您已退出")

    page = await scriptless.becomes(HEAD.name)

    await expect(page.locator(".who")).to_contain_text("李伟")


async def test_on_the_phone_nothing_is_cut_off(caller: Visitor) -> None:
    page = await caller.opens("/account")
    await caller.keeps("account-phone")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.get_by_role("button", name="退出").click()

    await caller.keeps("sign-in-demo-phone")
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_one_changes_seats(stranger: Visitor) -> None:
    page = await stranger.becomes(CLERK.name)
    await page.get_by_role("link", name="切换身份").click()
    await stranger.keeps("seat-desk")

    await page.get_by_role("button", name="代李伟办理").click()

    await expect(page.locator(".who")).to_contain_text("代李伟")
    assert stranger.complaints == []


async def test_an_account_from_its_opening_to_the_second_factor(
    stranger: Visitor, caller: Visitor
) -> None:
    guard = await stranger.becomes(GUARD.name)
    await stranger.keeps("accounts-desk")
    await stranger.opens("/security/accounts?q=孙运")
    await guard.get_by_role("link", name="孙运").click()
    await guard.get_by_role("button", name="开通账号").click()
    await stranger.keeps("account-opened-desk")
    told = await guard.locator(".one-time code").inner_text()

    await caller.page.get_by_role("button", name="退出").click()
    page = await signs_in(caller.page, "sun.yunwei", told)
    await caller.keeps("first-password-phone")
    await page.get_by_label("新口令", exact=True).fill(PASSWORD)
    await page.get_by_label("再写一遍新口令").fill(PASSWORD)
    await page.get_by_role("button", name="设置并继续").click()
    await caller.keeps("enrol-phone")
    secret = "".join((await page.locator(".secret-letters").inner_text()).split())
    await page.get_by_label("验证码", exact=True).fill(pyotp.TOTP(secret).now())
    await page.get_by_role("button", name="确认绑定").click()
    await caller.keeps("recovery-codes-phone")
    assert await page.locator(".codes li").count() == 10
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    await page.get_by_role("link", name="已经保存").click()

    await expect(page.locator(".who")).to_contain_text("孙运 市政府办公厅 系统管理员")
    assert caller.complaints == []
    assert stranger.complaints == []


async def test_a_wrong_password_is_said_and_the_name_stays(stranger: Visitor) -> None:
    await stranger.opens("/sign-in")

    page = await signs_in(stranger.page, "chen.jing", "wrong")

    await expect(page.get_by_role("alert")).to_contain_text("账号或口令不对")
    assert await page.get_by_label("账号", exact=True).input_value() == "chen.jing"
    await stranger.keeps("sign-in-wrong-desk")


async def test_the_keyboard_alone_is_enough(stranger: Visitor) -> None:
    page = await stranger.opens("/sign-in")
    await page.get_by_label("账号", exact=True).focus()
    await page.keyboard.type("chen.jing")
    await page.keyboard.press("Tab")
    await page.keyboard.type("wrong")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("alert")).to_be_visible()


async def test_the_auditor_reads_the_trail(stranger: Visitor) -> None:
    page = await stranger.becomes("周审")

    await expect(page.locator("h1")).to_have_text("登录审计")
    await stranger.keeps("trail-desk")
    assert stranger.complaints == []


async def test_who_is_here_stands_above_every_page(visitor: Visitor) -> None:
    page = await visitor.opens("/")

    await expect(page.locator(".who")).to_contain_text(f"{READER.name} 市政府办公厅 交办人员")


async def signs_in(page: Page, name: str, password: str) -> Page:
    """Write name and password, and go in."""
    await page.get_by_label("账号", exact=True).fill(name)
    await page.get_by_label("口令", exact=True).fill(password)
    await page.get_by_role("button", name="登录", exact=True).click()
    await page.wait_for_load_state("networkidle")
    return page
