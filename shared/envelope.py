"""CloudEvents 1.0 on Kafka in binary mode: attributes are headers, the value is the data alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from pydantic_core import from_json

from shared.contracts import EVERY_EVENT
from shared.contracts.event import Event

Headers = Sequence[tuple[str, bytes | None]]

LAST_SEQUENCE = 2**63 - 1


class Record(Protocol):
    """A Kafka record, as aiokafka hands it over."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Headers: ...


class Unreadable(Exception):
    """A record that is no event of ours: the envelope is missing, broken or foreign."""


@dataclass(frozen=True)
class Heard:
    """An event as a listener receives it: its attributes, and its data still as bytes."""

    id: UUID
    type: str
    source: str
    key: str
    sequence: int
    time: datetime
    value: bytes = field(repr=False)
    correlation: UUID | None = None
    causation: UUID | None = None
    trace: str | None = None

    @cached_property
    def data(self) -> dict[str, Any]:
        """The data as plain values.

        Raises:
            Unreadable: it is not a JSON object.
        """
        try:
            data = from_json(self.value)
        except ValueError as error:
            raise Unreadable(f"数据不是JSON：{error}") from None
        if not isinstance(data, dict):
            raise Unreadable("数据不是JSON对象")
        return data

    @cached_property
    def event(self) -> Event | None:
        """The event, or None when its type is not known here (told by a later version).

        Raises:
            Unreadable: the type is known, and the data does not fit it.
        """
        kind = EVERY_EVENT.get(self.type)
        if kind is None:
            return None
        try:
            return kind.model_validate_json(self.value)
        except ValueError as error:
            raise Unreadable(f"数据与{self.type}不符：{error}") from None


def source_of(teller: str) -> str:
    """The CloudEvents source of all that a service tells."""
    return f"/huiban/{teller}"


def schema_of_type(type: str) -> str:
    """The name of the schema that an event's data keep to; CloudEvents wants an absolute URI."""
    return f"urn:huiban:schema:{type}"


def headers_of(
    *,
    id: UUID,
    type: str,
    teller: str,
    key: str,
    sequence: int,
    occurred_at: datetime,
    extensions: dict[str, str],
) -> list[tuple[str, bytes]]:
    """The headers of a binary-mode CloudEvent; ``extensions`` carries causes and trace context."""
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": str(id),
        "ce_source": source_of(teller),
        "ce_type": type,
        "ce_time": occurred_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "ce_subject": key,
        "ce_dataschema": schema_of_type(type),
        "ce_partitionkey": key,
        "ce_sequence": str(sequence),
        **{f"ce_{name}": value for name, value in extensions.items()},
        "content-type": "application/json",
    }
    return [(name, value.encode()) for name, value in attributes.items()]


def read(record: Record) -> Heard:
    """The event in a record.

    Raises:
        Unreadable: with a sentence that says what is missing or broken.
    """
    try:
        said = {name: (value or b"").decode() for name, value in record.headers}
        if said["ce_specversion"] != "1.0":
            raise Unreadable(f"CloudEvents版本{said['ce_specversion']}不能识别")
        time = datetime.fromisoformat(said["ce_time"])
        if time.tzinfo is None:
            raise Unreadable("消息头ce_time没有时区")
        return Heard(
            id=UUID(said["ce_id"]),
            type=_name(said["ce_type"]),
            source=_name(said["ce_source"]),
            key=_name(said["ce_subject"]),
            sequence=_sequence(said["ce_sequence"]),
            time=time,
            value=record.value or b"",
            correlation=UUID(said["ce_correlationid"]) if "ce_correlationid" in said else None,
            causation=UUID(said["ce_causationid"]) if "ce_causationid" in said else None,
            trace=said.get("ce_traceparent"),
        )
    except UnicodeDecodeError:
        raise Unreadable("消息头不是UTF-8") from None
    except KeyError as missing:
        raise Unreadable(f"缺少消息头{missing.args[0]}") from None
    except (ValueError, TypeError) as error:
        raise Unreadable(f"消息头有误：{error}") from None


def _name(text: str) -> str:
    """A name that PostgreSQL can keep."""
    if not text or "\0" in text:
        raise Unreadable("消息头为空，或含有空字符")
    return text


def _sequence(text: str) -> int:
    sequence = int(text)
    if not 0 < sequence <= LAST_SEQUENCE:
        raise Unreadable(f"消息头ce_sequence超出范围：{text[:30]}")
    return sequence
