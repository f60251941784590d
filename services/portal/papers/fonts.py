"""Fonts: which of those that the standard names are there, what stands in, what cannot be drawn.

We ship no font. An office drops its licensed files into a folder; what it lacks is drawn with
free fonts of the machine, and ``examine`` says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from unicodedata import category

import typst

from services.portal.papers.glyphs import coverage
from services.portal.papers.refusals import NoChineseFont

WEIGHTS = (400, 700)  # papers are set plain and bold
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
    borrowed = _lacking(wanted - missing, _families(shelf)[body]) if body else set()
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


def chains(shelf: Shelf, *, texts: Iterable[str] = ()) -> dict[str, list[str]]:
    """For each typeface the families that are there, the best first, and those from which it must
    borrow for these texts.

    Typst borrows by itself too, but not every character that another font has: ☐ it leaves
    without a glyph although DejaVu Sans is there.

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
    wanted = _characters(texts)
    return {
        face: [*families, *_lenders(_lacking_in(families, wanted, shelf=shelf), shelf=shelf)]
        for face, families in found.items()
    }


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
    """Of each family the fonts with which it is set: the upright ones nearest to plain and bold."""
    fonts = [font for font in book(shelf).fonts() if font.path is not None]
    families: dict[str, tuple[Place, ...]] = {}
    for family in dict.fromkeys(font.family for font in fonts):
        members = [font for font in fonts if font.family == family]
        nearest = (min(members, key=partial(_farness, weight=weight)) for weight in WEIGHTS)
        families[family] = tuple(dict.fromkeys((Path(str(one.path)), one.index) for one in nearest))
    return families


def _farness(font: typst.FontInfo, *, weight: int) -> tuple[bool, float, int]:
    """How far a font is from an upright one of this weight, as Typst chooses within a family."""
    return font.style != "normal", abs(font.stretch - 1), abs(font.weight - weight)


def _lenders(wanted: set[str], *, shelf: Shelf) -> list[str]:
    """The families that have these characters, the one with most of them first."""
    lenders = []
    while wanted:
        tried = [(family, _lacking(wanted, fonts)) for family, fonts in _families(shelf).items()]
        lender, lacking = min(tried, key=lambda one: (len(one[1]), one[0]))
        if lacking == wanted:
            break
        lenders.append(lender)
        wanted = lacking
    return lenders


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
    return accents | _lacking_in(_families(shelf), wanted - accents, shelf=shelf)


def _lacking_in(families: Iterable[str], wanted: set[str], *, shelf: Shelf) -> set[str]:
    """What none of these families has."""
    for family in families:
        if not wanted:
            break
        wanted = _lacking(wanted, _families(shelf)[family])
    return wanted


def _lacking(wanted: set[str], places: Iterable[Place]) -> set[str]:
    """What one of a family's fonts has not: plain and bold text must both be set."""
    covered = [coverage(path, index) for path, index in places]
    return {one for one in wanted if not all(one in font for font in covered)}
