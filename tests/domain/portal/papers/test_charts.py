"""Charts: what they show adds up, and they are read out."""

import math
import re
from xml.etree import ElementTree

import pytest

from services.portal.papers.charts import bars, pie
from services.portal.papers.fonts import Shelf
from services.portal.papers.typesetting import pictures

COUNTS = (("满意", 17), ("基本满意", 2), ("不满意 <&>", 1))
SVG = "{http://www.w3.org/2000/svg}"


def test_bars_are_as_long_as_their_numbers() -> None:
    drawn = ElementTree.fromstring(bars(COUNTS, title="评价", unit="份", family="Noto").svg)

    long = [float(one.get("width") or 0) for one in drawn.iter(f"{SVG}rect")]
    assert [round(one / long[0] * 17) for one in long] == [17, 2, 1]
    assert [one.text for one in drawn.iter(f"{SVG}text")] == [
        *("满意", "17份", "基本满意", "2份", "不满意 <&>", "1份")
    ]


def test_a_pie_is_a_whole() -> None:
    chart = pie(COUNTS, title="评价", unit="份", family="Noto")
    drawn = ElementTree.fromstring(chart.svg)

    arcs = [one.get("d") or "" for one in drawn.iter(f"{SVG}path")]
    begun, ended = re.search(r"L(\S+ \S+)", arcs[0]), re.search(r"1 (\S+ \S+) Z", arcs[-1])
    assert len(arcs) == 3
    assert begun is not None
    assert ended is not None
    assert begun[1] == ended[1]  # where the first begins the last ends
    assert "满意　17份，85.0%" in [one.text for one in drawn.iter(f"{SVG}text")]


def test_a_single_part_is_a_full_round() -> None:
    drawn = ElementTree.fromstring(pie((("甲", 5), ("乙", 0)), title="", unit="", family="a").svg)

    (circle,) = drawn.iter(f"{SVG}circle")
    assert math.isclose(float(circle.get("r") or 0), 78)


@pytest.mark.parametrize("draw", [bars, pie])
@pytest.mark.parametrize("counts", [(), (("甲", 0),)])
def test_nothing_can_be_drawn_too(draw: object, counts: tuple[tuple[str, int], ...]) -> None:
    chart = (bars if draw is bars else pie)(counts, title="评价", unit="份", family="a")

    ElementTree.fromstring(chart.svg)
    assert chart.says == ("评价：甲0份。" if counts else "评价：没有数据。")


def test_it_is_read_out() -> None:
    says = bars(COUNTS, title="评价", unit="份", family="a").says

    assert says == "评价：满意17份，基本满意2份，不满意 <&>1份。"


def test_the_printer_can_draw_it(shelf: Shelf) -> None:
    chart = pie(COUNTS, title="评价", unit="份", family='Noto "Sans" CJK SC')

    (picture,) = pictures("drawing.typ", {"svg": chart.svg, "width": 300}, shelf=shelf, ppi=50)
    assert picture.startswith(b"\x89PNG")
