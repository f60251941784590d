"""How pages are drawn: templates, the words they use, and the assets that they load."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from pydantic_core import from_json

from services.portal.domain import words
from services.portal.domain.cases import proposers_text
from services.portal.forms.catalogue import STAGES
from services.portal.forms.fields import Field, papers
from services.portal.manual.shelf import words_on
from services.portal.signin.domain.telling import POSTS
from services.portal.tongues.catalogue import catalogue_of
from services.portal.tongues.converting import traditional
from services.portal.tongues.drawing import Translated
from services.portal.tongues.speaking import Speaking
from services.portal.tongues.tongue import ENGLISH, SOURCE, TONGUES, Tongue
from shared.clock import OFFICE

HERE = Path(__file__).parent
STATIC = HERE / "static"

VENDORED = json.loads((STATIC / "vendor" / "manifest.json").read_text("utf-8"))
# Of each asset of ours, what tells this edition from every other.
EDITIONS = {
    f"/static/{file.name}": sha256(file.read_bytes()).hexdigest()[:12]
    for file in STATIC.iterdir()
    if file.is_file()
}


def asset(package: str, file: str) -> Markup:
    """A vendored file's address and its checksum, to stand after ``href=`` or ``src=``."""
    found = VENDORED[package]["files"][file]
    return Markup('"/static/vendor/{}" integrity="{}"').format(found["path"], found["integrity"])


def own(file: str) -> str:
    """The address of an asset of ours; it names the edition, so that a browser asks but once."""
    path = f"/static/{file}"
    return f"{path}?v={EDITIONS[path]}"


def never_changes(path: str, query: bytes) -> bool:
    """Whether what an address stands for stays the same for ever."""
    edition = EDITIONS.get(path)
    return path.startswith("/static/vendor/") or (
        edition is not None and query == f"v={edition}".encode()
    )


def names(people: list[dict[str, Any]] | None, kind: str | None) -> str:
    """Proposers as a list names them."""
    return proposers_text([one["name"] for one in people or ()], kind=kind)


def as_cell(column: Field) -> Field:
    """A column's field as it stands in one row: an empty row is no mistake."""
    return replace(column, required=False, hint="", tall=2)


def moment(at: datetime, *, exact: bool = False) -> str:
    """A moment on the office's clock, to the minute or the second."""
    return at.astimezone(OFFICE).strftime("%Y-%m-%d %H:%M:%S" if exact else "%Y-%m-%d %H:%M")


def flat_rows(value: object) -> bool:
    """Whether something is a list of things that say the same of each, in a word or a number."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(row, dict) and row.keys() == value[0].keys() for row in value)
        and not any(isinstance(part, list | dict) for row in value for part in row.values())
    )


def percent(share: float | None) -> str:
    """A share as a percentage; a dash where there is nothing to share."""
    return "—" if share is None else f"{share:.1%}"


class Pages(Environment):
    """Templates that look at rows more than at anything else."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a row holds under a name; else, as ever, an attribute.

        A row that is first asked for an attribute raises, and a page asks thousands of times.
        """
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)


def document(kept: object) -> Any:
    """What a column of JSON holds, read when it is drawn: most rows of a long list never are."""
    return from_json(kept) if isinstance(kept, str) else kept


@cache
def pages_in(tongue: Tongue, *, convert: bool = False) -> Environment:
    """The templates as they speak one language; ``convert``: what people wrote, too."""
    catalogue = catalogue_of(tongue)
    speaks = Speaking(tongue, catalogue, convert=traditional if convert else None)
    pages = Pages(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals.update(
        asset=asset,
        own=own,
        words=words,
        cell=as_cell,
        seat_posts=POSTS,
        papers=papers,
        stages=STAGES,
        words_on=words_on,
        tongue=tongue,
        tongues=TONGUES,
    )
    pages.tests.update(flat_rows=flat_rows)
    pages.filters.update(
        pair=lambda value, unit="": (value, f"{value}{unit}"),
        day_text=speaks.day,
        document=document,
        moment=moment,
        month_text=speaks.month,
        names=lambda people, kind: speaks.told(names(people, kind)),
        percent=percent,
        rule_text=words.rule_text,
        calendar_text=words.calendar_text,
        in_which=speaks.in_which,
        said=speaks.said,
        said_plainly=speaks.said_plainly,
        told=speaks.told,
        weekday=speaks.weekday,
        word=lambda key, of: words.word(of, key),
    )
    if tongue != SOURCE:
        pages.globals.update(translation=catalogue.says, between=" " if tongue == ENGLISH else "")
        pages.code_generator_class = Translated
    return pages


def draw(
    template: str, context: Mapping[str, Any], tongue: Tongue = SOURCE, *, convert: bool = False
) -> str:
    """A page or a text, drawn in a language."""
    return pages_in(tongue, convert=convert).get_template(template).render(context)
