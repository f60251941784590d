"""Every kind of page on paper: A4, whole, without what can only be clicked."""

import shutil
import subprocess
from io import BytesIO
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from tests.browser.conftest import SCREENSHOTS
from tests.browser.everywhere.conftest import CITIZEN, READERS, Comes, Place
from tests.browser.everywhere.test_every_page import name_of, of_known_parts, sideways, widest
from tests.story.busy_city import Part

PAPER = 680  # pixels between the margins of A4
ONLY_FOR_SCREENS = (
    "跳到正文",
    "主导航",
    "菜单",
    "打印、下载",
    "本页用语",
    "知道了，不再显示",
)
PAINTS = shutil.which("pdftoppm")


@pytest.mark.parametrize("part", [CITIZEN, *READERS[1:3], *READERS[-3:]], ids=str)
async def test_every_kind_of_page_on_paper(place: Place, comes: Comes, part: Part) -> None:
    visitor = await comes(part)
    wrong: list[str] = []
    for kind, path in (await place.kinds(part)).items():
        if of_known_parts(kind):
            continue
        page = await visitor.looks_at(path)
        printed = await page.pdf(format="A4", prefer_css_page_size=True)
        sheets = PdfReader(BytesIO(printed)).pages
        words = plain("".join(sheet.extract_text() for sheet in sheets))
        wrong += [f"{kind}: {one}" for one in ONLY_FOR_SCREENS if one in words]
        await page.set_viewport_size({"width": PAPER, "height": 960})
        await page.emulate_media(media="print")
        if not await page.locator("h1").is_visible():
            wrong.append(f"{kind}: its title is not on it")
        if (beyond := await sideways(page)) > 0:
            wrong.append(f"{kind}: {beyond} px beyond the paper, {await widest(page)}")
        await page.emulate_media(media="null")
        await page.set_viewport_size({"width": 1360, "height": 900})
        if PAINTS is not None:
            _paint(printed, f"{part.post}-{name_of(kind)}-paper")

    assert not wrong, wrong


def plain(words: str) -> str:
    """Words without the spaces of a line, and without the forms that a font has for radicals."""
    return "".join(normalize("NFKC", words).split())


def _paint(printed: bytes, name: str) -> None:
    """Keep the first sheet as a picture."""
    assert PAINTS is not None
    at = SCREENSHOTS / "every" / name
    at.parent.mkdir(parents=True, exist_ok=True)
    at.with_suffix(".pdf").write_bytes(printed)
    subprocess.run(
        [PAINTS, "-png", "-r", "60", "-singlefile", str(at.with_suffix(".pdf")), str(at)],
        check=True,
    )
