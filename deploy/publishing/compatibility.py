"""Whether two versions of a contract understand each other, both ways.

A topic is read again from its beginning, and a deployment rolls: so today's readers take in
whatever was told before, and yesterday's readers take in what is told today.
"""

import json
from typing import Any

from jsoncompat import check_compat

Schema = dict[str, Any]


def faults(*, released: Schema, current: Schema) -> list[str]:
    """What the current contract breaks of a released one; nothing, if they go together.

    Plain inclusion would call a new optional field a fault, because a schema lets unknown fields
    pass. So what a writer emits is taken as *closed*: the fields it names and no others. A reader
    of today's stands against it closed as well, since nothing ever told may be forgotten; a reader
    of yesterday's stands *open*, since it passes over what it does not know.
    """
    released, current = _unnamed(released), _unnamed(current)
    found = []
    if not _takes_in(closed(current), writer=closed(released)):
        found.append("今天的程序读不全以前发布的事件")
    if not _takes_in(opened(released), writer=closed(current)):
        found.append("以前的程序读不了今天发布的事件")
    return found


def closed(schema: Schema) -> Schema:
    """What a writer emits: named fields only, listed words only."""
    return _object(schema, closing=True)


def opened(schema: Schema) -> Schema:
    """What a reader takes in: further fields, and words not known yet."""
    return _object(schema, closing=False)


def _unnamed(schema: Schema) -> Schema:
    """Without the schema's own name, which the checker takes for a reference."""
    return {name: part for name, part in schema.items() if not name.startswith(("$id", "$schema"))}


def _takes_in(reader: Schema, *, writer: Schema) -> bool:
    return bool(check_compat(json.dumps(writer), json.dumps(reader), "deserializer"))


def _turned(part: Any, *, closing: bool) -> Any:
    if isinstance(part, dict):
        return _object(part, closing=closing)
    if isinstance(part, list):
        return [_turned(one, closing=closing) for one in part]
    return part


def _object(part: Schema, *, closing: bool) -> Schema:
    turned = {name: _turned(one, closing=closing) for name, one in part.items()}
    if isinstance(turned.get("format"), str):
        # The checker passes over formats; as a word of its own, a date is not just any text.
        turned["enum"] = [f"<{turned['format']}>"]
    if closing and isinstance(turned.get("properties"), dict):
        turned.setdefault("additionalProperties", False)
    if closing and "x-words" in turned:
        turned["enum"] = turned["x-words"]
    return turned
