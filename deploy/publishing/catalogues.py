"""The catalogues of the pages' languages: traditional Chinese is made, English is written.

What is new stands in the English one without a translation, until somebody gives it one. What
nobody says any more is kept at its end as obsolete, should it be said again.
"""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from deploy.publishing.texts import Texts, texts
from services.portal.tongues.catalogue import PART, po_of, read
from services.portal.tongues.converting import traditional
from services.portal.tongues.tongue import ENGLISH, TRADITIONAL, Tongue

WRITTEN = datetime(2024, 1, 1, tzinfo=UTC)  # a catalogue that says the same is the same file
# What is said otherwise in Hong Kong than letter by letter; whoever reviews it adds to it.
TERMS = po_of(TRADITIONAL).parents[1] / "terms.json"


def catalogues() -> dict[Path, str]:
    """Every catalogue as it should read, by where it is kept."""
    found = texts()
    return {
        po_of(TRADITIONAL): _as_text(_traditional(found)),
        po_of(ENGLISH): _as_text(_english(found)),
    }


def _traditional(found: Texts) -> Catalog:
    terms: dict[str, str] = json.loads(TERMS.read_text(encoding="utf-8"))
    catalogue = _empty(TRADITIONAL)
    for text, places in found.items():
        # The names of parts are ASCII and stay as they are.
        says = traditional(text)
        for word, better in terms.items():
            says = says.replace(word, better)
        _add(catalogue, text, says, places)
    return catalogue


def _english(found: Texts) -> Catalog:
    catalogue, path = _empty(ENGLISH), po_of(ENGLISH)
    kept = read(path) if path.exists() else catalogue
    written = [*kept, *kept.obsolete.values()]
    known = {(str(one.id), one.context): str(one.string) for one in written if one.id}
    for text, places in found.items():
        _add(catalogue, text, known.pop((text, None), ""), places)
    for (text, template), says in known.items():
        if template is not None and template in found.get(text, ()):
            _add(catalogue, text, says, [template], context=template)
        elif template is None and says:
            catalogue.obsolete[text] = Message(text, says)
    return catalogue


def _empty(tongue: Tongue) -> Catalog:
    return Catalog(
        locale=tongue.locale,
        project="huiban",
        version="portal",
        charset="utf-8",
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        fuzzy=False,
        header_comment=f"# 会办的页面文字：{tongue.own_name}。由 huiban contracts 更新。",
        last_translator="",
        language_team="",
        msgid_bugs_address="",
    )


def _add(
    catalogue: Catalog, text: str, says: str, places: list[str], *, context: str | None = None
) -> None:
    flags = ["python-brace-format"] if PART.search(text) else []
    catalogue.add(
        text, says, locations=[(place, 1) for place in places], flags=flags, context=context
    )


def _as_text(catalogue: Catalog) -> str:
    file = io.BytesIO()
    write_po(file, catalogue, width=0, sort_by_file=True, include_lineno=False)
    return file.getvalue().decode("utf-8")
