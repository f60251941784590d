"""Which fonts there are, and which characters none of them can draw."""

import struct
from pathlib import Path
from unicodedata import category

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from services.portal.papers.fonts import (
    TYPEFACES,
    Examined,
    Face,
    Found,
    Shelf,
    book,
    examine,
    find,
    named,
    undrawable,
)
from services.portal.papers.glyphs import NOTHING, coverage
from services.portal.papers.typesetting import pdf

BY_GROUPS = struct.pack(">HHIII", 12, 0, 16 + 24, 0, 2) + struct.pack(
    ">6I", 0x4E00, 0x4E03, 7, 0x20000, 0x20000, 90
)
TRIMMED = struct.pack(">5H", 6, 16, 0, 0x41, 3) + struct.pack(">3H", 5, 0, 6)
# One run of glyphs by distance, one by a list with a gap, and the end that every such table has.
BY_SEGMENTS = struct.pack(
    ">7H3HH3H3H3H3H",
    *(4, 58, 0, 6, 0, 0, 0),
    *(0x4E02, 0x5003, 0xFFFF),
    0,
    *(0x4E00, 0x5001, 0xFFFF),
    *(3, 0, 1),
    *(0, 4, 0),
    *(8, 0, 9),
)


def font(table: bytes) -> bytes:
    """A file that has nothing but a table of characters."""
    cmap = struct.pack(">HH", 0, 1) + struct.pack(">HHI", 3, 10, 12) + table
    head = struct.pack(">4sHHHH", b"OTTO", 1, 0, 0, 0)
    return head + struct.pack(">4sIII", b"cmap", 0, 28, len(cmap)) + cmap


@pytest.mark.parametrize(
    ("table", "has", "lacks"),
    [
        (BY_GROUPS, "一七丁丂\U00020000", "丄A\U00020001"),
        (TRIMMED, "AC", "B@D"),
        (BY_SEGMENTS, "一丁丂倁倃", "七倂倀"),
    ],
)
def test_a_font_says_what_it_can_draw(tmp_path: Path, table: bytes, has: str, lacks: str) -> None:
    (file := tmp_path / "font.otf").write_bytes(font(table))

    covered = coverage(file, 0)

    assert [one for one in has if one not in covered] == []
    assert [one for one in lacks if one in covered] == []


@pytest.mark.parametrize("content", [b"", b"OTTO", b"no font at all, but long enough to be read"])
def test_a_broken_font_draws_nothing(tmp_path: Path, content: bytes) -> None:
    (file := tmp_path / "broken.otf").write_bytes(content)

    assert coverage(file, 0) == NOTHING


def test_a_font_that_is_gone_draws_nothing(tmp_path: Path) -> None:
    assert coverage(tmp_path / "gone.otf", 0) == NOTHING


def test_a_rare_character_is_named_with_its_code(shelf: Shelf) -> None:
    examined = examine(["王\U00031350 提案", "提案"], shelf=shelf)

    assert examined.undrawable == "\U00031350"
    assert "没有任何字体能显示：\U00031350（U+31350）" in examined.sentences
    assert not examined.is_complete


def test_every_typeface_has_a_sentence(shelf: Shelf) -> None:
    found = examine([], shelf=shelf).found

    assert [one.face for one in found] == list(Face)
    assert all(TYPEFACES[one.face].says in one.sentence for one in found)


def test_the_sentences_tell_real_from_substituted_and_missing() -> None:
    assert Found(Face.BODY, "FangSong", is_real=True).sentence == "仿宋：FangSong"
    assert "代替" in Found(Face.BODY, "Noto Serif CJK SC", is_real=False).sentence
    assert Found(Face.TITLE, None, is_real=False).sentence == "小标宋：没有可用的字体"


def test_a_shelf_is_complete_when_all_is_real_and_drawable() -> None:
    real = tuple(Found(face, TYPEFACES[face].families[0], is_real=True) for face in Face)

    assert Examined(real, "", "喆").is_complete
    assert "改用其他字体显示：喆（U+5586）" in Examined(real, "", "喆").sentences[-1]


def test_an_empty_shelf_has_nothing(tmp_path: Path) -> None:
    bare = Shelf(tmp_path, of_the_machine=False)

    assert find(Face.BODY, shelf=bare).family is None
    assert undrawable(["提 案"], shelf=bare) == "提案"
    assert examine(["提"], shelf=bare).borrowed == ""


def test_the_offices_own_folder_is_searched(tmp_path: Path, shelf: Shelf) -> None:
    theirs = next(one for one in book(shelf).fonts() if one.family == "Noto Serif CJK SC")
    assert theirs.path is not None
    (tmp_path / Path(theirs.path).name).symlink_to(theirs.path)

    own = Shelf(tmp_path, of_the_machine=False)

    assert find(Face.BODY, shelf=own).family == "Noto Serif CJK SC"


def test_names_are_joined_with_their_codes() -> None:
    assert named("喆堃") == "喆（U+5586）、堃（U+5803）"


def test_every_character_that_some_font_has_is_printed(shelf: Shelf) -> None:
    drawn = [one for one in map(chr, range(0x2FFFF)) if category(one)[0] in "LNPS"]
    missing = set(undrawable(drawn, shelf=shelf))
    drawn = [one for one in drawn if one not in missing]
    assert {"☐", "①", "永"} <= set(drawn)

    for start in range(0, len(drawn), 2000):
        assert printed(" ".join(drawn[start : start + 2000]), shelf=shelf).startswith(b"%PDF")


@settings(max_examples=60)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_whatever_people_write_the_printer_agrees(text: str, shelf: Shelf) -> None:
    assert printed(text, shelf=shelf).startswith(b"%PDF")


def printed(text: str, *, shelf: Shelf) -> bytes:
    """A paper that says only this."""
    data = {
        "head": None,
        "author": "",
        "title": [],
        "to": "",
        "body": [{"kind": "paragraph", "level": 0, "heading": "", "text": text}],
        "attachments": [],
        "signature": None,
        "remarks": "",
        "copies": [],
        "annexes": [],
    }
    try:
        return pdf("paper.typ", data, shelf=shelf, dated=None)
    except typst.TypstError as refused:
        pytest.fail(f"{text[:40]!r}: {refused.message}")
