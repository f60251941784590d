"""Every kind of page, before every reader: for eyes, ears, keys; large, small, light."""

from gzip import compress

import pytest
from playwright.async_api import CDPSession, Page, Response

from services.portal.tongues.tongue import COOKIE
from tests.browser.conftest import DESK, PHONE, Visitor
from tests.browser.everywhere.conftest import CITIZEN, READERS, Comes, Place
from tests.story.busy_city import Part

HEAVIEST = 150 * 1024  # bytes of a page with all that it loads, as sent
# What comes after the page, once one looks at it: charts, the manual's pictures, a letter's pages.
BESIDES = ("echarts", "charts.js", "/manual/pictures/", "/pages")
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
# Of the manual and of the forms these are looked at from all sides; with all kinds of fields.
LOOKED_AT = ("/manual/unit", "/do/draft", "/do/hand-down", "/do/approve", "/do/propose-year")
NARROWEST, LARGE_LETTERS, LETTERS = 320, 32, 16
OFFICE = READERS[1]
MOST_STOPS = 40  # of the tabulator key on one page


def name_of(kind: str) -> str:
    """A kind of page in the name of a picture."""
    return kind.strip("/").replace("/", "-").replace("…", "one") or "start"


def of_known_parts(kind: str) -> bool:
    """Whether a page is made of parts alone that are looked at elsewhere: on the page of parts."""
    return kind.startswith(("/manual/", "/do/")) and kind not in LOOKED_AT


@pytest.mark.parametrize("part", READERS, ids=str)
async def test_every_kind_of_page_is_for_everybody(place: Place, comes: Comes, part: Part) -> None:
    visitor = await comes(part)
    browser = await visitor.page.context.new_cdp_session(visitor.page)
    await browser.send("Network.enable")
    sent: list[Response] = []
    visitor.page.on("response", lambda response: sent.append(response))
    wrong: list[str] = []
    for kind, path in (await place.kinds(part)).items():
        sent.clear()
        await browser.send("Network.setCacheDisabled", {"cacheDisabled": True})
        await visitor.looks_at(path)
        if (weighs := await weight(sent)) >= HEAVIEST:
            wrong.append(f"{kind}: {weighs} bytes")
        await browser.send("Network.setCacheDisabled", {"cacheDisabled": False})
        name = f"every/{part.post}-{name_of(kind)}"
        wrong += [f"{kind}: {one}" for one in await visitor.violations()]
        if not of_known_parts(kind):
            wrong += [f"{kind}: {one}" for one in await at_the_desk(visitor, name)]
            wrong += [f"{kind}: {one}" for one in await on_small_screens(visitor, name)]
            wrong += [f"{kind}: {one}" for one in await in_large_letters(visitor.page, browser)]
        if place.is_first(part, kind):  # to others it says something else in the same languages
            wrong += [f"{kind}: {one}" for one in await in_other_tongues(visitor, path)]

    assert not wrong, "\n".join(wrong)
    assert visitor.complaints == [], "the browser refuses nothing, and no script fails"


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_public_page_is_for_everybody(place: Place, comes: Comes, lang: str) -> None:
    visitor = await comes(CITIZEN)
    kinds = [path for kind, path in (await place.kinds(CITIZEN)).items() if "/public" in kind]
    assert kinds
    for path in kinds:
        page = await visitor.looks_at(f"{path.partition('?')[0]}?lang={lang}")
        assert await page.locator("html").get_attribute("lang") == lang
        assert await visitor.violations() == [], path


async def test_every_kind_of_page_in_other_eyes(place: Place, comes: Comes) -> None:
    visitor = await comes(OFFICE)
    page = visitor.page
    for kind, path in (await place.kinds(OFFICE)).items():
        if of_known_parts(kind):
            continue
        await visitor.looks_at(path)
        for how in ("light", "dark"):
            await page.emulate_media(forced_colors="active", color_scheme=how)
            await visitor.keeps(f"every/forced-{how}-{name_of(kind)}")
            assert await vanished(page) == [], kind
        await page.emulate_media(forced_colors="none", color_scheme="light", contrast="more")
        await visitor.keeps(f"every/more-{name_of(kind)}")
        assert await visitor.violations() == [], kind
        await page.emulate_media(contrast="no-preference", reduced_motion="reduce")
        assert await moving(page) == [], kind
        await page.emulate_media(reduced_motion="no-preference")


async def weight(sent: list[Response]) -> int:
    """The bytes of a page as gzip, with all that came with it as it came.

    Pictures that come when one looks at them are not counted.
    """
    counted = [
        one
        for one in sent
        if not any(part in one.url for part in BESIDES) and "/changes" not in one.url
    ]
    return sum(
        [
            len(compress(await one.body()))
            if one.request.resource_type == "document" and one.ok
            else (await one.request.sizes())["responseBodySize"]
            for one in counted
        ]
    )


async def at_the_desk(visitor: Visitor, name: str) -> list[str]:
    """What is wrong for eyes and keys at a desk."""
    await visitor.keeps(f"{name}-desk")
    return [f"no outline at {one}" for one in await without_outline(visitor.page)]


async def on_small_screens(visitor: Visitor, name: str) -> list[str]:
    """What is wrong on a phone, on the narrowest one, and where 1360 pixels are shown as 680."""
    page = visitor.page
    wrong: list[str] = []
    for width in (NARROWEST, DESK // 2, PHONE):
        await page.set_viewport_size({"width": width, "height": 900})
        if (beyond := await sideways(page)) > 0:
            wrong.append(f"{beyond} px sideways at {width}, {await widest(page)}")
    await visitor.keeps(f"{name}-phone")
    wrong += [f"on a phone {one}" for one in await visitor.violations()]
    await page.set_viewport_size({"width": DESK, "height": 900})
    return wrong


async def in_other_tongues(visitor: Visitor, path: str) -> list[str]:
    """What is wrong in the other languages, at a desk and on a phone."""
    page, wrong = visitor.page, list[str]()
    if path.startswith("/public"):
        return wrong  # their addresses say the language; they are looked at by themselves
    for lang in LANGUAGES[1:]:
        await page.context.add_cookies([{"name": COOKIE, "value": lang, "url": visitor.address}])
        await visitor.looks_at(path)
        if (said := await page.locator("html").get_attribute("lang")) != lang:
            wrong.append(f"it says {said} and not {lang}")
        wrong += [f"in {lang} {one}" for one in await visitor.violations()]
        await page.set_viewport_size({"width": PHONE, "height": 900})
        if (beyond := await sideways(page)) > 0:
            wrong.append(f"{beyond} px sideways in {lang}, {await widest(page)}")
        await page.set_viewport_size({"width": DESK, "height": 900})
    await page.context.clear_cookies(name=COOKIE)
    return wrong


async def in_large_letters(page: Page, browser: CDPSession) -> list[str]:
    """What does not fit when only the letters are twice as large."""
    await browser.send("Page.setFontSizes", {"fontSizes": {"standard": LARGE_LETTERS}})
    beyond, where = await sideways(page), await widest(page)
    await browser.send("Page.setFontSizes", {"fontSizes": {"standard": LETTERS}})
    return [f"{beyond} px sideways in large letters, {where}"] if beyond > 0 else []


async def sideways(page: Page) -> int:
    """How far the page reaches beyond the screen."""
    return int(
        await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    )


async def widest(page: Page) -> str:
    """What reaches furthest to the right."""
    return str(
        await page.evaluate(
            """[...document.querySelectorAll("body *")].map(
                 (one) => [one.getBoundingClientRect().right, one.tagName + "." + one.className])
                 .sort((a, b) => b[0] - a[0])[0].join(" ")"""
        )
    )


async def without_outline(page: Page) -> list[str]:
    """What is focused by the key and shows nothing of it."""
    found = []
    for _ in range(MOST_STOPS):
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
            found.append(str(stop))
    # Else the link past the header may stay open, over what is looked at next.
    await page.evaluate("document.activeElement.blur()")
    return found


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
    """Lights and steps that cannot be told from the ground in the colours of the system."""
    return list(
        await page.evaluate(
            """[...document.querySelectorAll(".light .shape, .step-dot")].filter((one) => {
                 const ground = getComputedStyle(document.body).backgroundColor;
                 const style = getComputedStyle(one);
                 return one.matches(".shape") ? style.fill === ground && style.stroke === ground
                     : style.borderTopColor === ground;
               }).map((one) => one.outerHTML.slice(0, 100))"""
        )
    )
