"""Seeing a PDF as a reader does: its lines, where they stand, and what is on them."""

import io
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on a page, from its upper left corner in points; ``size`` is its type's."""

    text: str
    x: float
    y: float
    size: float


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def pieces(pdf: bytes, page: int) -> list[Piece]:
    """Every run of text of a page, as it is drawn."""
    found: list[Piece] = []

    def seen(text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        if text.strip():
            x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
            y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
            found.append(Piece(text.strip("\n"), x, A4[1] - y, abs(size * tm[0] * cm[0])))

    opened(pdf).pages[page - 1].extract_text(visitor_text=seen)
    return found


def lines(pdf: bytes, page: int) -> dict[float, str]:
    """The lines of a page by the height of their foot."""
    found: dict[float, str] = {}
    for piece in sorted(pieces(pdf, page), key=lambda one: (one.y, one.x)):
        foot = next((y for y in found if abs(y - piece.y) < 2), piece.y)
        found[foot] = found.get(foot, "") + piece.text
    return found


def text_of(pdf: bytes) -> str:
    """All that is written in a PDF, without spaces and line ends."""
    whole = "".join(page.extract_text() for page in opened(pdf).pages)
    return "".join(whole.split())
