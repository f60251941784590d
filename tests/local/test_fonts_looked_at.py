"""The doctor on fonts: what is substituted, what cannot be drawn, and what to do about it."""

from deploy.commands.doctor import fonts_judged
from services.portal.papers.fonts import Examined, Face, Found


def examined(*, family: str | None = "FZXBS", is_real: bool = True, lacks: str = "") -> Examined:
    return Examined(tuple(Found(face, family, is_real) for face in Face), lacks, "")


def test_the_offices_own_fonts_are_well() -> None:
    found = fonts_judged(examined())

    assert (found.mark, found.advice) == ("well", "")


def test_a_substitute_is_named() -> None:
    found = fonts_judged(examined(family="Noto Serif CJK SC", is_real=False))

    assert found.mark == "warning"
    assert "仿宋：没有标准字体，用 Noto Serif CJK SC 代替" in found.says
    assert "HUIBAN_FONTS" in found.advice


def test_a_name_that_no_font_can_draw_is_named() -> None:
    found = fonts_judged(examined(lacks="𫖯"))

    assert found.mark == "warning"
    assert "没有任何字体能显示：" in found.says
    assert "𫖯" in found.says


def test_without_any_chinese_font_no_paper_is_printed() -> None:
    found = fonts_judged(examined(family=None, is_real=False))

    assert found.mark == "wrong"
    assert "fonts-noto-cjk" in found.advice
