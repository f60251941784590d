"""Who signed in a while ago proves once more who they are before an answer goes out."""

from playwright.async_api import Browser

from tests.browser.acts.clerk import SENT_BY, Clerk
from tests.browser.acts.conftest import Coming
from tests.browser.acts.town import DEPUTY, GUARD, in_hand, only_row, talked
from tests.browser.conftest import DESK, at_a_screen
from tests.browser.test_signing_in import signs_in
from tests.service.portal.signin.door import changed
from tests.service.portal.signin.people import PASSWORD
from tests.story.answering import approve, draft
from tests.story.office import LONGHUA
from tests.world import World


async def test_a_deputy_signs_in_with_a_password_and_shows_it_again(
    browser: Browser, address: str, someone: Coming, world: World
) -> None:
    case = await in_hand(world, "关于更新健身器材的提案")
    await talked(world, case)
    await draft(world, case, LONGHUA)
    await approve(world, case, LONGHUA)
    first = await first_password(await someone(GUARD), DEPUTY.id)
    deputy = Clerk(await at_a_screen(browser, address, width=DESK, script=True), world, DEPUTY)

    await deputy.goes("/sign-in")
    page = await signs_in(deputy.page, DEPUTY.id, first)
    await page.get_by_label("新口令", exact=True).fill(PASSWORD)
    await page.get_by_label("再写一遍新口令").fill(PASSWORD)
    await page.get_by_role("button", name="设置并继续").click()
    await deputy.opens_form("issue", case, {"task_id": f"{LONGHUA}.1"})
    await deputy.fills({"摘要": "器材已经更新", "办结依据": "验收单"})
    await changed(world, "UPDATE sessions SET proved_at = proved_at - interval '1 hour'")
    await page.locator(SENT_BY).click()
    await deputy.sees("请确认是您本人", "填写的内容都在")
    await page.get_by_label("口令", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="确认并继续").click()

    await deputy.sees_done("issue")
    assert (await only_row(world, "replies", case))["summary"] == "器材已经更新"
    await page.context.close()


async def first_password(guard: Clerk, person: str) -> str:
    """The security administrator opens somebody's account, and hands on what is shown once."""
    await guard.goes(f"/security/accounts?q={person}")
    await guard.page.locator(f'main a[href*="{person}"]').first.click()
    await guard.page.get_by_role("button", name="开通账号").click()
    return await guard.page.locator(".one-time code").inner_text()
