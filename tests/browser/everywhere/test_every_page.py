"""Every kind of page, before every reader: for eyes, ears, keys; large, small, light."""

import pytest
from playwright.async_api import Page, Response

from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.everywhere.conftest import CITIZEN, READERS, Comes, Place
from tests.story.busy_city import Part

HEAVIEST = 150 * 1024  # bytes of a page with all that it loads, as sent
CHARTS = ("echarts", "charts.js")
LANGUAGES = ("zh-Hans", "zh-Hant")  # of the public pages
NARROWEST = 320
everybody = pytest.mark.parametrize("part", READERS, ids=str)


def name_of(kind: str) -> str:
    return kind.strip("/").replace("/", "-").replace("…", "one") or "start"


async def sideways(page: Page) -> int:
    """How far the page reaches beyond the screen."""
    return int(
        await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    )


@everybody
async def test_every_kind_of_page_is_for_everybody(place: Place, comes: Comes, part: Part) -> None:
    visitor = await comes(part)
    wrong: list[str] = []
    for kind, path in (await place.kinds(part)).items():
        page = await visitor.opens(path)
        await visitor.keeps(f"every/{part.post}-{name_of(kind)}-desk")
        wrong += [f"{kind}: {one}" for one in await visitor.violations()]
        await page.set_viewport_size({"width": PHONE, "height": 844})
        await visitor.keeps(f"every/{part.post}-{name_of(kind)}-phone")
        wrong += [f"{kind} on a phone: {one}" for one in await visitor.violations()]
        if (beyond := await sideways(page)) > 0:
            wrong.append(f"{kind} on a phone: {beyond} px sideways")
        await page.set_viewport_size({"width": DESK, "height": 900})

    assert wrong == []
    assert visitor.complaints == [], "the browser refuses nothing, and no script fails"


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_public_page_is_for_everybody(place: Place, comes: Comes, lang: str) -> None:
    visitor = await comes(CITIZEN)
    for kind, path in (await place.kinds(CITIZEN)).items():
        if not kind.startswith("/public"):
            continue
        page = await visitor.opens(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        assert await page.locator("html").get_attribute("lang") == lang
        assert await visitor.violations() == [], kind


@everybody
async def test_every_kind_of_page_fits(place: Place, comes: Comes, part: Part) -> None:
    """On the narrowest screen, at twice its size (1360 pixels are then 680), in large letters."""
    visitor = await comes(part)
    browser = await visitor.page.context.new_cdp_session(visitor.page)
    wrong: list[str] = []
    for kind, path in (await place.kinds(part)).items():
        page = await visitor.opens(path)
        for width in (NARROWEST, DESK // 2):
            await page.set_viewport_size({"width": width, "height": 900})
            if (beyond := await sideways(page)) > 0:
                wrong.append(f"{kind} at {width}: {beyond} px sideways, {await widest(page)}")
        await page.set_viewport_size({"width": DESK, "height": 900})
        await browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
        if (beyond := await sideways(page)) > 0:
            wrong.append(f"{kind} in large letters: {beyond} px sideways, {await widest(page)}")
        await browser.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})

    assert wrong == []


async def widest(page: Page) -> str:
    """What reaches furthest to the right."""
    return str(
        await page.evaluate(
            """[...document.querySelectorAll("body *")].map(
                 (one) => [one.getBoundingClientRect().right, one.tagName + "." + one.className])
                 .sort((a, b) => b[0] - a[0])[0]?.join(" ")"""
        )
    )


@everybody
async def test_every_kind_of_page_is_light(place: Place, comes: Comes, part: Part) -> None:
    """What a browser that comes for the first time is sent; charts are not counted."""
    visitor = await comes(part)
    sent: list[Response] = []
    visitor.page.on("response", sent.append)
    session = await visitor.page.context.new_cdp_session(visitor.page)
    await session.send("Network.enable")
    await session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    heavy: dict[str, int] = {}
    for kind, path in (await place.kinds(part)).items():
        sent.clear()
        await visitor.opens(path)
        weights = [
            (await one.request.sizes())["responseBodySize"]
            for one in sent
            if not any(chart in one.url for chart in CHARTS) and not one.url.endswith("/changes")
        ]
        if sum(weights) >= HEAVIEST:
            heavy[kind] = sum(weights)

    assert heavy == {}


@everybody
async def test_every_focus_is_seen(place: Place, comes: Comes, part: Part) -> None:
    """By the tabulator key one comes to every link, and always sees where one is."""
    visitor = await comes(part)
    unseen: list[str] = []
    for kind, path in (await place.kinds(part)).items():
        page = await visitor.opens(path)
        unseen += [f"{kind}: {one}" for one in await without_outline(page)]

    assert unseen == []


async def without_outline(page: Page, most: int = 40) -> list[str]:
    """What is focused by the key and shows nothing of it, among the first stops of a page."""
    found = []
    for _ in range(most):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(
            """() => {
                 const one = document.activeElement, style = getComputedStyle(one);
                 if (one === document.body) return "end";
                 const box = one.getBoundingClientRect();
                 const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                              && box.width > 0 && box.height > 0
                              && box.left >= 0 && box.right <= innerWidth + 1;
                 return seen ? "" : one.outerHTML.slice(0, 120);
               }"""
        )
        if stop == "end":
            break
        if stop:
            found.append(stop)
    return found


@pytest.fixture
async def office_worker(comes: Comes) -> Visitor:
    return await comes(READERS[1])


@pytest.mark.parametrize("how", ["forced", "more", "dark", "still"])
async def test_every_kind_of_page_in_other_eyes(
    place: Place, office_worker: Visitor, how: str
) -> None:
    page = office_worker.page
    match how:
        case "forced":
            await page.emulate_media(forced_colors="active")
        case "more":
            await page.emulate_media(contrast="more")
        case "dark":
            await page.emulate_media(forced_colors="active", color_scheme="dark")
        case "still":
            await page.emulate_media(reduced_motion="reduce")
    kinds = await place.kinds(READERS[1])
    for kind, path in kinds.items():
        await office_worker.opens(path)
        if kind in ("/desk", "/proposals/…", "/ledger", "/", "/do/hand-over"):
            await office_worker.keeps(f"every/{how}-{name_of(kind)}")
        if how == "more":
            assert await office_worker.violations() == [], kind
        if how == "still":
            assert await moving(page) == [], kind
        if how in ("forced", "dark"):
            assert await vanished(page) == [], kind


async def moving(page: Page) -> list[str]:
    """What moves although one asked for stillness."""
    return list(
        await page.evaluate(
            """[...document.querySelectorAll("*")].filter((one) => {
                 const style = getComputedStyle(one);
                 return style.animationName !== "none" && parseFloat(style.animationDuration) > 0.01
                     || style.transitionDuration.split(",").some((time) => parseFloat(time) > 0.01)
                     || style.scrollBehavior === "smooth";
               }).map((one) => one.outerHTML.slice(0, 100))"""
        )
    )


async def vanished(page: Page) -> list[str]:
    """Lights whose shape cannot be told from the ground in the colours of the system."""
    return list(
        await page.evaluate(
            """[...document.querySelectorAll(".light .shape, .step-dot")].filter((one) => {
                 const ground = getComputedStyle(document.body).backgroundColor;
                 const style = getComputedStyle(one);
                 return one.matches(".shape") ? style.fill === ground && style.stroke === ground
                     : style.borderColor === ground;
               }).map((one) => one.outerHTML.slice(0, 100))"""
        )
    )
