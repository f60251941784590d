"""The pages in three languages: what a reader chose, and nothing of ours left in Chinese."""

from html.parser import HTMLParser

import pytest
from httpx import Response

from services.portal.tongues.catalogue import CHINESE
from services.portal.tongues.tongue import COOKIE
from tests.service.portal.lives import FIRST, Life, whole_life
from tests.world import World

VOID = {"br", "hr", "img", "input", "link", "meta", "circle", "path", "rect"}
# What reads out whose thing an act is about names it as people wrote it.
NAMES_THINGS = ("Choose: ",)


class Left(HTMLParser):
    """What a page says in Chinese outside of elements that say so."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    @property
    def chinese(self) -> bool:
        """Whether the element in which one is says that it is in Chinese."""
        return any(one for _, one in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        language = said.get("lang") or ""
        if tag not in VOID:
            self.open.append((tag, language.startswith("zh")))
        if not self.chinese:
            for name in ("alt", "aria-label", "data-label", "placeholder", "title"):
                self.hear(said.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        # A page's title names what it shows, and has no elements.
        if not self.chinese and not any(tag == "title" for tag, _ in self.open):
            self.hear(data)

    def hear(self, text: str) -> None:
        assert "<span" not in text
        if CHINESE.search(text) and not text.startswith(NAMES_THINGS):
            self.texts.append(text.strip())


async def asked(world: World, path: str, tongue: str = "", **headers: str) -> Response:
    """A page, asked for by somebody who chose a language."""
    chosen = {"cookie": f"{COOKIE}={tongue}"} if tongue else {}
    always = {"accept": "text/html", "huiban-today": world.today.isoformat()}
    return await world["portal"].client.get(path, headers={**always, **chosen, **headers})


@pytest.mark.parametrize(
    ("tongue", "says"), [("zh-Hans", "总览"), ("zh-Hant", "總覽"), ("en", "Overview of 2024")]
)
async def test_a_page_is_in_the_language_that_was_chosen(
    portal: World, tongue: str, says: str
) -> None:
    page = await asked(portal, "/", tongue, **{"accept-language": "en"})

    assert f'<html lang="{tongue}">' in page.text
    assert says in page.text
    assert {"Cookie", "Accept-Language"} <= set(page.headers["vary"].split(", "))


async def test_who_chose_nothing_gets_what_the_browser_asks_for(portal: World) -> None:
    assert '<html lang="en">' in (await asked(portal, "/", **{"accept-language": "en-GB"})).text
    assert '<html lang="zh-Hans">' in (await asked(portal, "/")).text


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/figures?year=2024",
            "/units",
            "/units/D07",
            "/ledger",
            "/ledger?year=2024",
            "/report",
            "/reports",
            "/manual",
            "/none",
        ),
        *(f"/proposals/{FIRST}", "/proposals/none", "/sign-in", "/do/hand-over", "/rooms/register"),
        *("/public?lang=en", "/public/about?lang=en", f"/public/proposals/{FIRST}?lang=en"),
    ],
)
async def test_nothing_of_ours_is_left_in_chinese(portal: World, path: str) -> None:
    await portal.hears("portal", *whole_life(Life()))
    portal["portal"].client.headers["authorization"] = (
        f"Bearer {portal.token(post='office', unit='C007')}"
    )

    page = await asked(portal, path, "en")
    left = Left()
    left.feed(page.text)

    assert '<html lang="en">' in page.text
    assert left.texts == []


async def test_what_people_wrote_stays_as_it_is(portal: World) -> None:
    await portal.hears("portal", *whole_life(Life()))

    page = (await asked(portal, f"/proposals/{FIRST}", "zh-Hant")).text

    assert "關於" not in page
    assert '<span lang="zh-Hans">关于加装电梯的提案</span>' in page
    assert "提案全文" in page
    assert "全過程" in page


async def test_a_refusal_is_in_the_readers_language(portal: World) -> None:
    page = await asked(portal, "/units/X99", "en")

    assert page.status_code == 404
    assert "There is no unit" in page.text


async def test_a_choice_is_remembered_and_leads_back(portal: World) -> None:
    client = portal["portal"].client
    host = client.base_url.netloc.decode()

    chose = await client.get("/tongue/en", headers={"referer": f"http://{host}/ledger?year=2024"})
    elsewhere = await client.get("/tongue/en", headers={"referer": "https://example.org/x"})
    unknown = await client.get("/tongue/fr")

    assert chose.status_code == 303
    assert chose.headers["location"] == "/ledger?year=2024"
    assert chose.headers["set-cookie"].startswith(f"{COOKIE}=en;")
    assert elsewhere.headers["location"] == "/"
    assert unknown.status_code == 404


async def test_a_public_page_names_its_language_in_its_address(portal: World) -> None:
    page = await asked(portal, "/public?lang=en", "zh-Hant")

    assert page.headers["content-language"] == "en"
    assert "vary" not in page.headers or "Cookie" not in page.headers["vary"]
    assert 'hreflang="zh-Hant" href="/public?lang=zh-Hant"' in page.text
