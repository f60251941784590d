"""Bad input of every field of every command: a sentence, a code, and nothing has changed."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from shared.contracts.registry import Post
from shared.policy import RIGHTS
from tests.matrix.ways import WAYS, Way, ways_into
from tests.world import World

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LONGEST, FAR_TOO_LONG = 70_000, 1_000_000
# What is wrong with the words alone is said before anything is looked for.
WORDS = ("half a character", "with a null character", "with a control character", "empty", "blank")
Change = tuple[str, Any]  # what is wrong, and the body with it


@pytest.mark.parametrize("service", sorted(WAYS))
async def test_no_field_takes_what_does_not_fit(world: World, service: str) -> None:
    before = await kept(world, service)
    wrong, asked = [], 0
    document = world[service].app.openapi()
    for way in ways_into(world[service].app, service):
        if (schema := _body_of(way)) is None:
            continue
        for name, body in spoilt(schema, document):
            asked += 1
            post = _someone_who_may(way.act)
            answer = await world.call(
                way.method,
                service,
                way.to_nothing(),
                post=post,
                unit="D07",
                person="p",
                headers={"Content-Type": "application/json"},
                content=json.dumps(body),
            )
            fits = 400 <= answer.status < 500 and answer.status not in (401, 403)
            if name.endswith(WORDS):
                fits = answer.status == 422
            if not fits or not answer.code or not CHINESE.search(answer.says):
                wrong.append((way.name, name, answer.status, str(answer.body)[:200]))

    assert not wrong, "\n".join(map(str, wrong))
    assert asked > len(WAYS[service])
    assert await kept(world, service) == before


async def kept(world: World, service: str) -> dict[str, int]:
    """How many rows each table of a service has, its log of events among them."""
    async with world[service].desk.transaction() as tx:
        tables = await tx.fetch(
            "SELECT quote_ident(tablename) AS name, quote_literal(tablename) AS literal"
            " FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
        )
        counting = " UNION ALL ".join(
            f"SELECT {table['literal']}, count(*) FROM {table['name']}"  # noqa: S608
            for table in tables
        )
        return dict(await tx.fetch(counting))


def _someone_who_may(act: str) -> str:
    return min(RIGHTS[act].posts - {Post.PROPOSER}, default=Post.PROPOSER)


def _body_of(way: Way) -> dict[str, Any] | None:
    content = way.described.get("requestBody", {}).get("content", {})
    schema: dict[str, Any] | None = content.get("application/json", {}).get("schema")
    return schema


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """The schema itself: behind its name, and of a choice the part that is not null."""
    while True:
        if "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        elif "anyOf" in schema:
            schema = next(one for one in schema["anyOf"] if one.get("type") != "null")
        else:
            return schema


def spoilt(schema: dict[str, Any], document: dict[str, Any]) -> Iterator[Change]:
    """A fitting body, spoilt in one field at a time, at any depth."""
    schema = _resolved(schema, document)
    good = sample(schema, document)
    yield "no object", []
    yield "an unknown field", {**good, "不认识": 1}
    for field, described in schema.get("properties", {}).items():
        if field in schema.get("required", ()):
            yield f"{field} missing", {key: good[key] for key in good if key != field}
            yield f"{field} null", {**good, field: None}
        for says, value in unfit(_resolved(described, document), document):
            yield f"{field} {says}", {**deepcopy(good), field: value}


def unfit(schema: dict[str, Any], document: dict[str, Any]) -> Iterator[Change]:
    """Values that do not fit a field, each with what is wrong about it."""
    match schema.get("type"):
        case "object":
            yield "of another kind", "文字"
            if "properties" in schema:
                yield from spoilt(schema, document)
        case "array":
            yield "of another kind", {"文字": 1}
            if "items" in schema:
                inner = _resolved(schema["items"], document)
                for says, value in unfit(inner, document):
                    yield f"[] {says}", [value]
        case "integer" | "number":
            yield "of another kind", "不是数"
            yield "too large", 10**30
            yield "infinite", "Infinity"
        case "boolean":
            yield "of another kind", "也许"
        case "string":
            yield "of another kind", {"文字": 1}
            yield "half a character", "\ud800"
            yield "with a null character", "文\x00字"
            yield "with a control character", "文\x1b字"
            if schema.get("minLength"):
                yield "empty", ""
                yield "blank", " \u3000\n"
            if schema.get("format") == "date":
                yield "not a day", "2024-02-30"
                yield "no such month", "2024-13-01"
                yield "before all years", "0000-01-01"
                yield "beyond the calendar", "99999-01-01"
            elif "enum" in schema or "format" in schema or "const" in schema:
                yield "not one of them", "别的"
            else:
                yield "too long", "长" * (schema.get("maxLength", LONGEST) + 1)
                yield "far too long", "长" * FAR_TOO_LONG


def sample(schema: dict[str, Any], document: dict[str, Any]) -> Any:
    """The smallest value that fits a schema."""
    schema = _resolved(schema, document)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    match schema.get("type"):
        case "object":
            required = schema.get("required", ())
            properties = schema.get("properties", {})
            return {field: sample(properties[field], document) for field in required}
        case "array":
            return [sample(schema["items"], document)] * schema.get("minItems", 0)
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case _:
            text = {"date": "2024-03-01", "uuid": "00000000-0000-4000-8000-000000000000"}
            return text.get(schema.get("format", ""), "文字")
