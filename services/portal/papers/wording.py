"""How texts are set in an official paper: levels, title lines, numerals, widths."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from services.portal.papers.paper import Level, Paragraph

NUMERALS = "〇一二三四五六七八九"
LINE = 20  # characters of a title's line: 22 pt in the 156 mm of the type area

FIRST = re.compile(r"^[一二三四五六七八九十]{1,3}、")
SECOND = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]")
THIRD = re.compile(r"^\d{1,2}[.．](?!\d)")
FOURTH = re.compile(r"^[（(]\d{1,2}[）)]")
LEVELS = (
    (FIRST, Level.FIRST),
    (SECOND, Level.SECOND),
    (THIRD, Level.THIRD),
    (FOURTH, Level.FOURTH),
)

# What holds together when a title is broken: a number, a Latin word, a name in book marks.
HELD = re.compile(r"第?[0-9]+[年月日号]?|[0-9A-Za-z.]+|.")
NEVER_FIRST = set("的和与及等了》）”’、，。；：！？·号件届次函")
NEVER_LAST = set("《（“‘第不")
# Words before which a line may begin, as they are common in the titles of proposals and of letters.
GOOD_BEFORE = (
    *("关于", "提案", "答复", "申请", "通知", "会办", "建议", "第", "办理", "延期", "不予", "征询"),
    *("推动", "推进", "加快", "加强", "完善", "促进", "提升", "提高", "优化", "深化", "强化"),
    *("进一步", "深入", "构建", "打造", "建立", "健全", "发展", "建设", "改革", "创新", "规范"),
    *("管理", "服务", "保障", "规划", "支持", "解决", "实施", "扩大", "引导", "鼓励", "衔接"),
)
GOOD_AFTER = ("的", "、", "会议", "提案", "关于", "号", "年", "区", "我市")


def clean(text: str) -> str:
    """A text without what cannot be printed: control characters and invisible marks."""
    return "".join(
        one
        for one in text.replace("\r\n", "\n").replace("\r", "\n")
        if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cf", "Cs")
    )


def numeral(number: int) -> str:
    """A number from 1 to 99 as a Chinese heading counts: 12 is 十二."""
    tens, ones = divmod(number, 10)
    return (
        (NUMERALS[tens] if tens > 1 else "")
        + ("十" if tens else "")
        + (NUMERALS[ones] if ones else "")
    )


def width(text: str) -> float:
    """How wide a text is, in characters: what is half-width counts for a half."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A drafted text as paragraphs: one a line, its level told by how it is numbered."""
    lines = (line.strip() for line in clean(text).splitlines())
    return tuple(paragraph(line) for line in lines if line)


def paragraph(line: str) -> Paragraph:
    """One line as a paragraph.

    On the upper levels its heading ends with the first full stop; one sentence alone is no heading.
    """
    level = next((level for pattern, level in LEVELS if pattern.match(line)), Level.TEXT)
    heading, stop, rest = line.partition("。")
    if level not in (Level.FIRST, Level.SECOND) or (stop and not rest):
        return Paragraph(line, level)
    return Paragraph(rest, level, heading + stop)


def title_lines(title: str) -> tuple[str, ...]:
    """A title in lines: as the drafter broke it, else where its meaning lets it be broken best."""
    chosen = tuple(line.strip() for line in clean(title).splitlines() if line.strip())
    if len(chosen) != 1 or width(chosen[0]) <= LINE:
        return chosen
    return _broken(chosen[0])


def named_together(names: Sequence[str], *, most: int = 3) -> str:
    """People or bodies in one breath: all of them, or the first and how many they are."""
    if len(names) <= most:
        return "、".join(names)
    return f"{names[0]}等{len(names)}位"


def stopped(text: str) -> str:
    """A sentence with its full stop, where whoever wrote it left it out."""
    said = text.rstrip()
    return said if not said or said[-1] in "。！？；：…”）》" else f"{said}。"


def joined(parts: Iterable[str], *, by: str = "") -> str:
    """The parts that say something, one after the other."""
    return by.join(part for part in parts if part)


def _broken(title: str) -> tuple[str, ...]:
    """The fewest lines that hold it, of even width, broken between words where that can be told."""
    pieces = HELD.findall(title)
    count = -(-int(width(title) * 2) // (LINE * 2))
    even = width(title) / count
    best: list[dict[int, tuple[float, tuple[str, ...]]]] = [{0: (0.0, ())}]
    for _ in range(count):
        ends: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in best[-1].items():
            for end in range(start + 1, len(pieces) + 1):
                line = "".join(pieces[start:end])
                if width(line) > LINE:
                    break
                rest = "".join(pieces[end:])
                total = cost + (width(line) - even) ** 2 + (_harm(line, rest) if rest else 0)
                if end not in ends or total < ends[end][0]:
                    ends[end] = (total, (*lines, line))
        best.append(ends)
    found = best[-1].get(len(pieces))
    return found[1] if found else _filled(pieces)


def _harm(line: str, rest: str) -> float:
    """How much a break between these two hurts the meaning."""
    if rest[0] in NEVER_FIRST or line[-1] in NEVER_LAST:
        return 200.0
    if line.endswith(("，", "》", "”")):
        return -20.0
    harm = 0.0 if line.endswith(GOOD_AFTER) or rest.startswith(GOOD_BEFORE) else 60.0
    return harm + 30.0 * (line.count("《") - line.count("》") + line.count("“") - line.count("”"))


def _filled(pieces: Sequence[str]) -> tuple[str, ...]:
    lines = [""]
    for piece in pieces:
        if lines[-1] and width(lines[-1] + piece) > LINE:
            lines.append("")
        lines[-1] += piece
    return tuple(lines)
