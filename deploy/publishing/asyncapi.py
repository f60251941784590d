"""The AsyncAPI document: both topics, every event, who tells it and who listens."""

from inspect import getdoc
from typing import Any

from deploy.local.topics import TOPICS, Topic
from deploy.publishing.rooms import ears_of, rooms
from shared.contracts import EVERY_EVENT
from shared.contracts.event import PROPOSALS, REFERENCE, Event
from shared.envelope import schema_of_type
from shared.hearing import Ears

Part = dict[str, Any]

ASYNCAPI = "3.0.0"
KAFKA_BINDING = "0.5.0"

SAYS = {
    PROPOSALS: (
        "提案的经过",
        "Everything that happens to proposals, keyed by proposal id: one proposal's events keep"
        " their order. Kept for ever.",
    ),
    REFERENCE: (
        "基础数据",
        "Units, successions, people, calendars and rules, each told whole; the newest of each key"
        " stays.",
    ),
}
KEYS = {
    PROPOSALS: "The proposal's id.",
    REFERENCE: "The fact's name, such as `unit/D09` or `calendar/2024`.",
}
FOLDS = "每一个事件都记入查询库。"
KEEPS_REFERENCE = "保存基础数据的副本：单位、沿革、人员、日历、规则。"


def asyncapi(*, version: str) -> Part:
    """The whole document. Data are described by the schema files beside it."""
    return {
        "asyncapi": ASYNCAPI,
        "id": "urn:huiban",
        "info": {
            "title": "会办：事件",
            "version": version,
            "description": (
                "CloudEvents 1.0 in Kafka's binary mode: the attributes are headers, the value is"
                " the data alone. Delivered at least once, in order per key; `ce_id` tells what"
                " was heard before, and `ce_sequence` has no gaps per `ce_source` and key."
                " Unknown types, fields and words are passed over."
            ),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": {
            name: operation
            for service in rooms()
            for name, operation in (_tells(service) | _hears(service)).items()
        },
        "components": {
            "schemas": {"CloudEvent": _headers()},
            "messages": {name: _message(event) for name, event in sorted(EVERY_EVENT.items())},
        },
    }


def _channel(topic: Topic) -> Part:
    title, description = SAYS[topic.name]
    return {
        "address": topic.name,
        "title": title,
        "description": description,
        "messages": {
            name: {"$ref": f"#/components/messages/{name}"} for name in _types_on(topic.name)
        },
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": {
                    name: [value] if name == "cleanup.policy" else int(value)
                    for name, value in topic.keeps.items()
                },
                "bindingVersion": KAFKA_BINDING,
            }
        },
    }


def _types_on(topic: str) -> list[str]:
    return sorted(name for name, event in EVERY_EVENT.items() if event.topic == topic)


def _tells(service: str) -> dict[str, Part]:
    told = sorted(name for name, event in EVERY_EVENT.items() if event.teller() == service)
    if not told:
        return {}
    topic = EVERY_EVENT[told[0]].topic
    return {
        f"{service}.tells": _operation(
            "send", service, topic=topic, types=told, summary=f"{service}告知的事件。"
        )
    }


def _hears(service: str) -> dict[str, Part]:
    ears = ears_of(service)
    operations = {
        f"{service}.keeps.{REFERENCE}": _operation(
            "receive",
            service,
            topic=REFERENCE,
            types=_types_on(REFERENCE),
            summary=KEEPS_REFERENCE,
        )
    }
    if ears.folding is not None:
        for topic in SAYS:
            operations[f"{service}.folds.{topic}"] = _operation(
                "receive", service, topic=topic, types=_types_on(topic), summary=FOLDS
            )
    return operations | _listeners(service, ears)


def _listeners(service: str, ears: Ears) -> dict[str, Part]:
    return {
        f"{service}.hears.{EVERY_EVENT[name].__name__}": _operation(
            "receive",
            service,
            topic=EVERY_EVENT[name].topic,
            types=[name],
            summary=getdoc(listener) or "",
        )
        for name, listener in sorted(ears.listeners.items())
    }


def _operation(action: str, service: str, *, topic: str, types: list[str], summary: str) -> Part:
    asks = "groupId" if action == "receive" else "clientId"
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{topic}"},
        "summary": summary,
        "tags": [{"name": service}],
        "messages": [{"$ref": f"#/channels/{topic}/messages/{name}"} for name in types],
        "bindings": {
            "kafka": {
                asks: {"type": "string", "const": service},
                "bindingVersion": KAFKA_BINDING,
            }
        },
    }


def _message(event: type[Event]) -> Part:
    name = event.type_name()
    summary, _, description = (getdoc(event) or "").partition("\n\n")
    return {
        "name": name,
        "title": event.__name__,
        "summary": " ".join(summary.split()),
        **({"description": description} if description else {}),
        "contentType": "application/json",
        "correlationId": {"location": "$message.header#/ce_correlationid"},
        "tags": [{"name": event.teller()}],
        "headers": {
            "allOf": [{"$ref": "#/components/schemas/CloudEvent"}],
            "properties": {
                "ce_type": {"const": name},
                "ce_source": {"const": f"/huiban/{event.teller()}"},
                "ce_dataschema": {"const": schema_of_type(name)},
            },
        },
        "payload": {"$ref": f"schemas/{name}.json"},
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": KEYS[event.topic]},
                "bindingVersion": KAFKA_BINDING,
            }
        },
    }


def _headers() -> Part:
    """The headers of every record; what is always there is required."""
    optional = {
        "ce_causationid": ("The event that this one answers.", {"format": "uuid"}),
        "ce_traceparent": ("W3C trace context.", {}),
    }
    always: dict[str, tuple[str, Part]] = {
        "ce_specversion": ("", {"const": "1.0"}),
        "ce_id": ("Unique; the same again when an event is delivered again.", {"format": "uuid"}),
        "ce_source": ("Who tells it.", {"format": "uri-reference"}),
        "ce_type": ("What happened, and the version of its data.", {}),
        "ce_time": ("When it was written down.", {"format": "date-time"}),
        "ce_subject": ("What it happened to: the record's key.", {}),
        "ce_dataschema": ("The schema of the data.", {"format": "uri"}),
        "ce_partitionkey": ("The record's key.", {}),
        "ce_sequence": ("Counts this source's events of this key, from 1.", {"pattern": r"^\d+$"}),
        "ce_correlationid": ("The first event of the chain.", {"format": "uuid"}),
        "content-type": ("", {"const": "application/json"}),
    }
    return {
        "type": "object",
        "required": list(always),
        "properties": {
            name: {"type": "string", **({"description": says} if says else {}), **more}
            for name, (says, more) in (always | optional).items()
        },
    }
