"""The JSON Schema of every event: what its teller writes and its listeners may rely on."""

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from shared.contracts import EVERY_EVENT
from shared.contracts.event import Event
from shared.envelope import schema_of_type

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Plain(GenerateJsonSchema):
    """Without titles that only say a field's name once more."""

    def field_title_should_be_set(self, schema: core_schema.CoreSchema | Any) -> bool:
        """Never: our fields have no other titles."""
        return False


def schema_of(event: type[Event]) -> Schema:
    """One event's data, as it is written."""
    written = event.model_json_schema(mode="serialization", schema_generator=Plain)
    return {"$schema": DRAFT, "$id": schema_of_type(event.type_name()), **written}


def schemas(events: Mapping[str, type[Event]] = EVERY_EVENT) -> dict[str, Schema]:
    """Every event's schema, by its type."""
    return {name: schema_of(event) for name, event in sorted(events.items())}
