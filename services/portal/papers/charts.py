"""Charts as SVG, drawn from plain numbers: told apart in black and white too, and read out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from services.portal.papers.wording import width

Counts = Sequence[tuple[str, int]]

INK = "#1f2937"
FAINT = "#9ca3af"
# From dark to light, so that neighbours differ without colour as well.
SHADES = ("#1e3a5f", "#c0392b", "#4a7fb5", "#e08e79", "#8fb8de", "#f3c9bd", "#c9d6e3", "#e5e7eb")
SIZE = 13
BAR, GAP, EDGE = 20, 10, 8


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, its width and height, and what is told of it to those who cannot see it."""

    svg: str
    width: int
    height: int
    says: str


def bars(counts: Counts, *, title: str, unit: str, family: str) -> Chart:
    """Lying bars, the number behind each. ``family`` is a font that the printer has."""
    left = int(max((width(label) for label, _ in counts), default=0) * SIZE) + 2 * EDGE
    most, room = max((count for _, count in counts), default=0) or 1, 340
    whole = left + room + 70
    height = len(counts) * (BAR + GAP) + 2 * EDGE
    drawn = []
    for nth, (label, count) in enumerate(counts):
        top = EDGE + nth * (BAR + GAP)
        long = round(room * count / most, 1)
        middle = top + BAR * 0.73
        drawn += [
            _text(label, left - EDGE, middle, anchor="end"),
            f'<rect x="{left}" y="{top}" width="{long}" height="{BAR}" fill="{SHADES[0]}"/>',
            _text(f"{count}{unit}", left + long + 6, middle),
        ]
    axis = f'<path d="M{left} {EDGE / 2} V{height - EDGE}" stroke="{FAINT}" fill="none"/>'
    return Chart(
        _svg([*drawn, axis], whole, height, family=family),
        whole,
        height,
        _says(counts, title=title, unit=unit),
    )


def pie(counts: Counts, *, title: str, unit: str, family: str) -> Chart:
    """A round whole in parts, with a legend that has the numbers and shares."""
    total = sum(count for _, count in counts)
    radius, middle = 78, 90
    legend = 2 * middle + 24
    texts = [
        f"{label}　{count}{unit}，{count / total:.1%}" if total else f"{label}　{count}{unit}"
        for label, count in counts
    ]
    whole = legend + 22 + int(max((width(text) for text in texts), default=0) * SIZE) + EDGE
    height = max(2 * middle, len(counts) * 24 + 2 * EDGE)
    top = (height - len(counts) * 24) / 2
    drawn, turned = [], 0.0
    for nth, ((_, count), text) in enumerate(zip(counts, texts, strict=True)):
        shade = SHADES[nth % len(SHADES)]
        if count:
            share = count / total
            drawn.append(_slice(turned, turned + share, radius, middle, height / 2, shade))
            turned += share
        line = top + nth * 24
        drawn += [
            f'<rect x="{legend}" y="{line + 4}" width="14" height="14" fill="{shade}"'
            f' stroke="{INK}" stroke-width="0.5"/>',
            _text(text, legend + 22, line + 16),
        ]
    return Chart(
        _svg(drawn, whole, height, family=family),
        whole,
        height,
        _says(counts, title=title, unit=unit),
    )


def _slice(start: float, end: float, radius: int, x: float, y: float, shade: str) -> str:
    look = f'fill="{shade}" stroke="white" stroke-width="1.5"'
    if end - start >= 0.9999:
        return f'<circle cx="{x}" cy="{y}" r="{radius}" {look}/>'

    def edge(share: float) -> str:
        angle = 2 * math.pi * share - math.pi / 2
        return f"{x + radius * math.cos(angle):.2f} {y + radius * math.sin(angle):.2f}"

    large = int(end - start > 0.5)
    return (
        f'<path d="M{x} {y} L{edge(start)} A{radius} {radius} 0 {large} 1 {edge(end)} Z" {look}/>'
    )


def _text(text: str, x: float, y: float, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(drawn: Sequence[str], whole: int, height: int, *, family: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {height}"'
        f' width="{whole}" height="{height}" font-size="{SIZE}" fill="{INK}"'
        f' font-family="{escape(family, {chr(34): "&quot;"})}">{"".join(drawn)}</svg>'
    )


def _says(counts: Counts, *, title: str, unit: str) -> str:
    told = "，".join(f"{label}{count}{unit}" for label, count in counts)
    return f"{title}：{told}。" if told else f"{title}：没有数据。"
