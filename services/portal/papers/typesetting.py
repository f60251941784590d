"""Typesetting: data goes into a template of ours as JSON, and pages come out.

Nothing that people wrote becomes part of a template, so nothing of it can be taken for code.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, Literal, cast

import typst

from services.portal.papers.fonts import INSTEAD, Shelf, book, chains, undrawable
from services.portal.papers.wording import clean

TEMPLATES = Path(__file__).with_name("typst")
OFFICE_TIME = timezone(timedelta(hours=8))
UNDATED = date(1970, 1, 1)  # PDF/A wants a day; this is the one that stands for none
ARCHIVAL: Literal["a-2b"] = "a-2b"


def pdf(template: str, data: Mapping[str, Any], *, shelf: Shelf, dated: date | None) -> bytes:
    """A template filled in, as tagged PDF/A-2b. The same data give the same bytes.

    A character that no font has is printed as 〓: a PDF/A may not be without a glyph.

    Raises:
        NoChineseFont: the machine cannot print Chinese.
    """
    made = _compiler(template, data, shelf=shelf).compile(
        format="pdf", pdf_standards=[ARCHIVAL], timestamp=_midnight(dated)
    )
    return cast(bytes, made)


def pictures(
    template: str, data: Mapping[str, Any], *, shelf: Shelf, ppi: float
) -> tuple[bytes, ...]:
    """A template filled in, as one PNG a page.

    Raises:
        NoChineseFont: the machine cannot print Chinese.
    """
    made = _compiler(template, data, shelf=shelf).compile(format="png", ppi=ppi)
    return tuple(made) if isinstance(made, list) else (cast(bytes, made),)


def _compiler(template: str, data: Mapping[str, Any], *, shelf: Shelf) -> typst.Compiler:
    written = json.dumps(_cleaned(data), ensure_ascii=False)
    missing = undrawable([written], shelf=shelf)
    if missing:
        written = written.translate(dict.fromkeys(map(ord, missing), INSTEAD))
    return typst.Compiler(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=book(shelf),
        sys_inputs={"data": written, "fonts": json.dumps(chains(shelf, texts=[written]))},
    )


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case Mapping():
            return {key: _cleaned(one) for key, one in value.items()}
        case list() | tuple():
            return [_cleaned(one) for one in value]
        case _:
            return value


def _midnight(day: date | None) -> datetime:
    return datetime.combine(day or UNDATED, time(), tzinfo=OFFICE_TIME)
