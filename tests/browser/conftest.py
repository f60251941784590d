"""The portal in a real browser: served on loopback, looked at by headless Chromium."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from deploy.local.serving import served
from tests.browser.office import LEADER, READER, a_year
from tests.service.portal.lives import UNITS
from tests.service.portal.signin.people import PEOPLE, STAND_IN, WITH_SIGN_IN
from tests.world import Keys, copy_of, world_on

SHELL_FIRST = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next((found for name in SHELL_FIRST if (found := shutil.which(name))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
SCREENSHOTS = Path("var/screenshots")
# Its fonts are there, and whatever part of it comes by itself has come.
STANDS = """() => document.fonts.status === "loaded" && !document.querySelector(".htmx-request")"""
AXE = Path(__file__).parent / "axe-core-4.14.1" / "axe.min.js"
DESK, PHONE = 1360, 390

expect.set_options(timeout=30_000)  # the machine may be busy with other things


@pytest.fixture(scope="session")
async def address(admin_url: str, template: str, keys: Keys) -> AsyncIterator[str]:
    """A portal that has heard of a busy year, and where to find it."""
    async with (
        copy_of(admin_url, template) as database_url,
        world_on(database_url, keys, services=["portal"]) as world,
    ):
        await world.hears(
            "portal", *UNITS, *PEOPLE, READER, LEADER, STAND_IN, WITH_SIGN_IN, *a_year()
        )
        async with served(lambda _: world["portal"].app) as address:
            yield address


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium, where there is one."""
    if CHROMIUM is None:
        pytest.skip(f"本机没有 Chromium：apt-get install {SHELL_FIRST[0]} fonts-noto-cjk 后再运行")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS
        )
        yield chromium
        await chromium.close()


@dataclass
class Visitor:
    """Somebody in front of a browser; what the browser complains of is kept."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    async def goes(self, path: str) -> None:
        """Go to a page."""
        response = await self.page.goto(self.address + path)
        assert response is not None
        assert response.ok, f"{path}: {response.status}"

    async def opens(self, path: str) -> Page:
        """Go to a page, and wait until nothing more is loaded."""
        await self.goes(path)
        await self.page.wait_for_load_state("networkidle")
        return self.page

    async def looks_at(self, path: str) -> Page:
        """Go to a page, and look as soon as it stands there; for news of it nobody waits."""
        await self.goes(path)
        await self.page.wait_for_function(STANDS)
        return self.page

    async def violations(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA on the page in front of one."""
        if not await self.page.evaluate("'axe' in window"):
            await self.page.evaluate(AXE.read_text("utf-8"))
        found = await self.page.evaluate(
            """async () => (await axe.run(document, {resultTypes: ["violations"], runOnly: [
                 "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
                 ]})).violations.map(
                 (one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`)"""
        )
        return list(found)

    async def becomes(self, name: str) -> Page:
        """Come in as somebody who stands ready in the demo."""
        return await self.enters(self.page.locator(".cast-one", has_text=name).first)

    async def enters(self, door: Locator) -> Page:
        """Go to the door and come in through it."""
        await self.looks_at("/sign-in")
        await door.click()
        await self.page.wait_for_url(lambda url: "/sign-in" not in url)
        await self.page.wait_for_function(STANDS)
        return self.page

    async def keeps(self, name: str) -> None:
        """Keep a picture of the whole page."""
        await self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


async def at_a_screen(browser: Browser, address: str, *, width: int, script: bool) -> Visitor:
    """Somebody in front of a screen of this width."""
    context = await browser.new_context(
        viewport={"width": width, "height": 900}, locale="zh-CN", java_script_enabled=script
    )
    visitor = Visitor(await context.new_page(), address)
    visitor.page.on(
        "console",
        lambda message: (
            visitor.complaints.append(message.text)
            if message.type in ("error", "warning")
            else None
        ),
    )
    # What the browser refuses by our policy it says aloud, and the page may hear it as well.
    await context.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) =>"
        " console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`))"
    )
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    return visitor


@pytest.fixture
async def stranger(browser: Browser, address: str) -> AsyncIterator[Visitor]:
    """Somebody at a desk who has not signed in."""
    somebody = await at_a_screen(browser, address, width=DESK, script=True)
    yield somebody
    await somebody.page.context.close()


@pytest.fixture
async def visitor(stranger: Visitor) -> Visitor:
    """Somebody of the city office at a desk."""
    await stranger.becomes(READER.name)
    return stranger


@pytest.fixture
async def caller(browser: Browser, address: str) -> AsyncIterator[Visitor]:
    """Somebody of the city office with a phone."""
    somebody = await at_a_screen(browser, address, width=PHONE, script=True)
    await somebody.becomes(READER.name)
    yield somebody
    await somebody.page.context.close()


@pytest.fixture
async def leader(browser: Browser, address: str) -> AsyncIterator[Visitor]:
    """A leader of the city with a phone."""
    somebody = await at_a_screen(browser, address, width=PHONE, script=True)
    await somebody.becomes(LEADER.name)
    yield somebody
    await somebody.page.context.close()


@pytest.fixture
async def scriptless(browser: Browser, address: str) -> AsyncIterator[Visitor]:
    """Somebody of the city office whose browser runs no script."""
    somebody = await at_a_screen(browser, address, width=DESK, script=False)
    await somebody.becomes(READER.name)
    yield somebody
    await somebody.page.context.close()
