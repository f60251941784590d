"""Masking: which parts of a text are personal data, as a person is asked to confirm (脱敏).

A proposal only: it finds numbers, mail and addresses by their form, and checks what can be
checked, so that a document number is not taken for a bank card. Names it does not know.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
MASK = "＊"

DIGITS = r"(?<![0-9A-Za-z])"
END = r"(?![0-9A-Za-z])"
IDENTITY = re.compile(
    rf"{DIGITS}[1-9]\d{{5}}(?:19|20)\d{{2}}(?:0\d|1[0-2])[0-3]\d\d{{3}}[\dXx]{END}"
)
CARD = re.compile(rf"{DIGITS}\d(?:[ -]?\d){{15,18}}{END}")
MOBILE = re.compile(rf"{DIGITS}(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{{4}}){{2}}{END}")
LANDLINE = re.compile(
    rf"{DIGITS}(?<!\d[ -])(?:[(（]?0\d{{2,3}}[)）]?[ -]?)[2-9]\d{{2,3}}[ -]?\d{{4}}{END}"
)
BARE = re.compile(r"(?<=电话)[：:为是\s]{0,3}([2-9]\d{6,7})(?!\d)")
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
PLACE = re.compile(
    r"(?:[一-鿿]{1,8}(?:路|街|道|巷|里|弄|大道|胡同))?\d{1,5}(?:-\d{1,4})?号"
    r"(?:[一-鿿0-9A-Za-z]{0,12}?(?:[0-9A-Za-z一二三四五六七八九十]{1,4}(?:栋|幢|座|单元|楼|层))){0,3}"
    r"(?:[0-9A-Za-z-]{1,6}(?:室|房|号房|户))?"
    r"|(?:[0-9A-Za-z一二三四五六七八九十]{1,4}(?:栋|幢|座))"
    r"(?:[0-9一二三四五六七八九十]{1,3}单元)?[0-9A-Za-z-]{1,6}(?:室|房|户)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text from ``start`` up to ``end``, and what it seems to be."""

    start: int
    end: int
    kind: str = ""


def proposed_maskings(text: str) -> tuple[Span, ...]:
    """What seems to be personal data, in reading order; what overlaps is proposed once."""
    found = sorted(_found(text), key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    for span in found:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def masked(text: str, spans: Sequence[Span]) -> str:
    """The text with these parts covered, as many signs as there were."""
    signs = list(text)
    for span in spans:
        signs[span.start : span.end] = MASK * (span.end - span.start)
    return "".join(signs)


def _found(text: str) -> Iterator[Span]:
    for match in IDENTITY.finditer(text):
        if _is_identity(match[0]):
            yield Span(match.start(), match.end(), "identity")
    for match in CARD.finditer(text):
        if _is_card(match[0]):
            yield Span(match.start(), match.end(), "card")
    for kind, form in (("phone", MOBILE), ("phone", LANDLINE), ("mail", MAIL)):
        for match in form.finditer(text):
            yield Span(match.start(), match.end(), kind)
    for match in BARE.finditer(text):
        yield Span(match.start(1), match.end(1), "phone")
    for match in PLACE.finditer(text):
        if _is_place(text, match):
            yield Span(match.start(), match.end(), "address")


def _is_identity(number: str) -> bool:
    """Whether the last sign is the check of the seventeen before it (GB 11643)."""
    total = sum(int(sign) * weight for sign, weight in zip(number, WEIGHTS, strict=False))
    return CHECKS[total % 11] == number[-1].upper()


def _is_card(number: str) -> bool:
    """Whether the digits pass the Luhn check, as bank cards do."""
    digits = [int(sign) for sign in reversed(number) if sign.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) if nth % 2 else digit for nth, digit in enumerate(digits))
    return sum(doubled) % 10 == 0 and any(one != other for one, other in pairwise(digits))


def _is_place(text: str, match: re.Match[str]) -> bool:
    """A house number follows a street or has a room; 〔2024〕12号 and 第12号 are papers."""
    if re.search(r"(?:路|街|道|巷|里|弄|胡同)\d|栋|幢|座|单元|室|房|户", match[0]) is None:
        return False
    return not re.search(r"[〔\[（(〕\]）)第]$", text[: match.start()])
