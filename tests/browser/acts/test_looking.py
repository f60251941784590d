"""What one looks at: the door, the year in numbers, the ledger, a leader's phone, the trail."""

from playwright.async_api import Browser, expect

from services.portal.manual.shelf import PAGES
from tests.browser.acts.clerk import Clerk
from tests.browser.acts.conftest import Coming
from tests.browser.acts.town import AUDITOR, CLERK, HANDING, MAYOR
from tests.browser.conftest import DESK, PHONE, SCREENSHOTS, at_a_screen
from tests.world import World


async def test_the_door(browser: Browser, address: str, world: World) -> None:
    stranger = Clerk(await at_a_screen(browser, address, width=DESK, script=True), world, CLERK)
    await stranger.goes("/sign-in")
    await stranger.sees("用账号登录")
    await stranger.keeps("door")
    await stranger.page.context.close()


async def test_the_year_in_numbers_and_the_ledger(someone: Coming) -> None:
    office = await someone(HANDING)
    await office.goes("/")
    await office.keeps("overview")
    await office.goes("/ledger")
    await office.keeps("ledger")
    await office.goes("/rooms/notices")
    await office.keeps("notices")


async def test_a_leader_decides_on_the_way(on_the_phone: Coming) -> None:
    mayor = await on_the_phone(MAYOR)
    await mayor.goes("/desk")
    await mayor.keeps("leader-phone")


async def test_an_auditor_reads_who_came_in(someone: Coming) -> None:
    auditor = await someone(AUDITOR)
    await auditor.goes("/security/trail")
    await auditor.sees("登录")
    await auditor.keeps("trail")


async def test_the_manual_shows_its_pictures_on_a_phone_as_well(on_the_phone: Coming) -> None:
    page = (await on_the_phone(MAYOR)).page
    for book in PAGES:
        await (await on_the_phone(MAYOR)).goes(f"/manual/{book}")
        for picture in await page.locator(".manual img").all():
            await picture.scroll_into_view_if_needed()
            await expect(picture).to_have_js_property("complete", True)
            assert await picture.evaluate("(one) => one.naturalWidth") > 0
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE
        await page.screenshot(path=SCREENSHOTS / f"manual-page-{book}.png", full_page=True)
