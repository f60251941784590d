"""How pages are drawn: templates, the words they use, and the assets that they load."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from services.portal.domain import words
from services.portal.domain.cases import day_text, proposers_text
from services.portal.forms.catalogue import STAGES
from services.portal.forms.fields import Field, papers
from services.portal.manual.shelf import words_on
from services.portal.signin.domain.telling import POSTS
from shared.clock import OFFICE

HERE = Path(__file__).parent
STATIC = HERE / "static"
WEEKDAYS = "一二三四五六日"

VENDORED = json.loads((STATIC / "vendor" / "manifest.json").read_text("utf-8"))


def asset(package: str, file: str) -> Markup:
    """A vendored file's address and its checksum, to stand after ``href=`` or ``src=``."""
    found = VENDORED[package]["files"][file]
    return Markup('"/static/vendor/{}" integrity="{}"').format(found["path"], found["integrity"])


def names(people: list[dict[str, Any]] | None, kind: str | None) -> str:
    """Proposers as a list names them."""
    return proposers_text([one["name"] for one in people or ()], kind=kind)


def weekday(day: date) -> str:
    """The day of the week."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def as_cell(column: Field) -> Field:
    """A column's field as it stands in one row: an empty row is no mistake."""
    return replace(column, required=False, hint="", tall=2)


def moment(at: datetime, *, exact: bool = False) -> str:
    """A moment on the office's clock, to the minute or the second."""
    return at.astimezone(OFFICE).strftime("%Y-%m-%d %H:%M:%S" if exact else "%Y-%m-%d %H:%M")


def percent(share: float | None) -> str:
    """A share as a percentage; a dash where there is nothing to share."""
    return "—" if share is None else f"{share:.1%}"


templates = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.globals.update(
    asset=asset,
    words=words,
    cell=as_cell,
    seat_posts=POSTS,
    papers=papers,
    stages=STAGES,
    words_on=words_on,
)
templates.filters.update(
    pair=lambda value, unit="": (value, f"{value}{unit}"),
    day_text=day_text,
    moment=moment,
    names=names,
    percent=percent,
    rule_text=words.rule_text,
    calendar_text=words.calendar_text,
    weekday=weekday,
    word=lambda key, of: words.word(of, key),
)


def draw(template: str, context: Mapping[str, Any]) -> str:
    """A page or a text, drawn."""
    return templates.get_template(template).render(context)
