"""Fonts: which of those that the standard names are there, what stands in, what cannot be drawn.

We ship no font. An office drops its licensed files into a folder; what it lacks is drawn with
free fonts of the machine, and ``examine`` says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from unicodedata import category

import typst

from services.portal.papers.glyphs import coverage
from services.portal.papers.refusals import NoChineseFont

INSTEAD = "〓"  # what printers have always set where they had no type

Place = tuple[Path, int]  # a font file, and which of its fonts


class Face(StrEnum):
    """The typefaces of GB/T 9704-2012, by the part that they play."""

    TITLE = "title"  # 小标宋: marks and titles
    BODY = "body"  # 仿宋: the text
    HEADING = "heading"  # 黑体: first level
    SUBHEADING = "subheading"  # 楷体: second level
    FIGURE = "figure"  # 宋体: page numbers


@dataclass(frozen=True, slots=True)
class Typeface:
    """What a typeface is called: by people, in an office's .docx, and by the font files."""

    says: str
    in_word: str
    families: tuple[str, ...]
    stand_ins: tuple[str, ...]


TYPEFACES = {
    Face.TITLE: Typeface(
        "小标宋",
        "方正小标宋简体",
        ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
        ("Noto Serif CJK SC", "Source Han Serif SC", "FandolSong"),
    ),
    Face.BODY: Typeface(
        "仿宋",
        "仿宋_GB2312",
        (
            "FangSong_GB2312",
            "仿宋_GB2312",
            "FangSong",
            "仿宋",
            "STFangsong",
            "FZFangSong-Z02S",
            "FZFangSong-Z02",
        ),
        ("FandolFang R", "FandolFang", "Noto Serif CJK SC", "Source Han Serif SC"),
    ),
    Face.HEADING: Typeface(
        "黑体",
        "黑体",
        ("SimHei", "黑体", "STHeiti", "FZHei-B01S", "FZHei-B01"),
        ("Noto Sans CJK SC", "Source Han Sans SC", "FandolHei"),
    ),
    Face.SUBHEADING: Typeface(
        "楷体",
        "楷体_GB2312",
        ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "FZKai-Z03S", "FZKai-Z03"),
        ("LXGW WenKai", "LXGW WenKai GB", "FandolKai", "Noto Serif CJK SC", "Source Han Serif SC"),
    ),
    Face.FIGURE: Typeface(
        "宋体",
        "宋体",
        ("SimSun", "宋体", "STSong", "FZShuSong-Z01S", "FZShuSong-Z01"),
        ("Noto Serif CJK SC", "Source Han Serif SC", "FandolSong"),
    ),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where fonts are looked for: the office's own folder first, then the machine's."""

    folder: Path | None = None
    of_the_machine: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The font with which a typeface is drawn; ``family`` is None where there is none at all."""

    face: Face
    family: str | None
    is_real: bool

    @property
    def sentence(self) -> str:
        """What an operator reads of it."""
        says = TYPEFACES[self.face].says
        if self.family is None:
            return f"{says}：没有可用的字体"
        if self.is_real:
            return f"{says}：{self.family}"
        return f"{says}：没有标准字体，用 {self.family} 代替"


@dataclass(frozen=True, slots=True)
class Examined:
    """What there is to say about a shelf, and about the characters of some texts.

    ``undrawable`` has no font at all, and prints as 〓. ``borrowed`` is missing from the font of
    the text and drawn with another one, which can be seen.
    """

    found: tuple[Found, ...]
    undrawable: str
    borrowed: str

    @property
    def is_complete(self) -> bool:
        """Whether every typeface is the standard's own and every character can be drawn."""
        return all(one.is_real for one in self.found) and not self.undrawable

    @property
    def sentences(self) -> tuple[str, ...]:
        """What an operator reads, one line a matter."""
        lines = [one.sentence for one in self.found]
        if self.undrawable:
            lines.append(f"没有任何字体能显示：{named(self.undrawable)}")
        if self.borrowed:
            lines.append(f"正文字体缺字，改用其他字体显示：{named(self.borrowed)}")
        return tuple(lines)


def examine(texts: Iterable[str], *, shelf: Shelf) -> Examined:
    """Which typefaces are real or substituted, and which characters of these texts are missing."""
    wanted = _characters(texts)
    found = tuple(find(face, shelf=shelf) for face in Face)
    missing = _missing(wanted, shelf=shelf)
    body = next(one.family for one in found if one.face is Face.BODY)
    own = _families(shelf).get(body, ()) if body else ()
    borrowed = _lacking(wanted - missing, own) if own else set()
    return Examined(found, "".join(sorted(missing)), "".join(sorted(borrowed)))


def undrawable(texts: Iterable[str], *, shelf: Shelf) -> str:
    """The characters of these texts that no font has: in order, each once."""
    return "".join(sorted(_missing(_characters(texts), shelf=shelf)))


def find(face: Face, *, shelf: Shelf) -> Found:
    """The font with which a typeface is drawn."""
    typeface, there = TYPEFACES[face], _families(shelf)
    for family in (*typeface.families, *typeface.stand_ins):
        if family in there:
            return Found(face, family, is_real=family in typeface.families)
    return Found(face, None, is_real=False)


def chains(shelf: Shelf) -> dict[str, list[str]]:
    """For each typeface the families that are there, the best first.

    Raises:
        NoChineseFont: a typeface has neither a font of its own nor a stand-in.
    """
    there = _families(shelf)
    found = {
        face.value: [
            family
            for family in (*TYPEFACES[face].families, *TYPEFACES[face].stand_ins)
            if family in there
        ]
        for face in Face
    }
    if not all(found.values()):
        raise NoChineseFont()
    return found


@cache
def book(shelf: Shelf) -> typst.Fonts:
    """All fonts of a shelf, looked for once in a process."""
    return typst.Fonts(
        include_system_fonts=shelf.of_the_machine,
        include_embedded_fonts=False,
        font_paths=[shelf.folder] if shelf.folder else [],
    )


def named(characters: str) -> str:
    """Characters with their codes, for those who must find out which ones are meant."""
    return "、".join(f"{one}（U+{ord(one):04X}）" for one in characters)


@cache
def _families(shelf: Shelf) -> dict[str, tuple[Place, ...]]:
    families: dict[str, tuple[Place, ...]] = {}
    for font in book(shelf).fonts():
        if font.path is not None:
            place = (Path(font.path), font.index)
            families[font.family] = (*families.get(font.family, ()), place)
    return families


def _characters(texts: Iterable[str]) -> set[str]:
    """What must be drawn: spaces, and marks that only steer, have no glyph."""
    return {one for text in texts for one in text if not (one.isspace() or _only_steers(one))}


def _only_steers(one: str) -> bool:
    return (
        category(one) in ("Cc", "Cf")
        or "\ufe00" <= one <= "\ufe0f"
        or "\U000e0100" <= one <= "\U000e01ef"
    )


def _missing(wanted: set[str], *, shelf: Shelf) -> set[str]:
    # An accent on its own is drawn only by a font that can set it upon what stands before: a
    # Chinese one may have the accent and cannot.
    accents = {one for one in wanted if category(one) in ("Mn", "Me")}
    return accents | _lacking(
        wanted - accents, (place for places in _families(shelf).values() for place in places)
    )


def _lacking(wanted: set[str], places: Iterable[Place]) -> set[str]:
    missing = set(wanted)
    for path, index in places:
        if not missing:
            break
        covered = coverage(path, index)
        missing = {one for one in missing if one not in covered}
    return missing
