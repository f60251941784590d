"""The CloudEvents SDK is the judge: what we write it reads alike, what it writes we read alike."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from shared.contracts import EVERY_EVENT
from shared.envelope import Headers, Unreadable, headers_of, read, schema_of_type
from tests.house.test_told import SAMPLES, loaded
from tests.world import Carried

ID = UUID("0191d0c5-7a3f-7c55-8b1e-2f6a3c4d5e6f")
CAUSE = UUID("0191d0c5-7a3f-7c55-8b1e-2f6a3c4d5e70")
CHAIN = UUID("0191d0c5-7a3f-7c55-8b1e-2f6a3c4d5e71")
TYPE = "huiban.intake.ProposalAccepted.v1"
WRITTEN_AT = datetime(2024, 1, 22, 17, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
DATA = {"number": "20240080", "on": "2024-01-18"}


def ours(
    data: Any = None, *, type: str = TYPE, teller: str = "intake", key: str = "p1"
) -> list[tuple[str, bytes]]:
    """The headers that we write."""
    return headers_of(
        id=ID,
        type=type,
        teller=teller,
        key=key,
        sequence=7,
        occurred_at=WRITTEN_AT,
        extensions={
            "correlationid": str(CHAIN),
            "causationid": str(CAUSE),
            "traceparent": TRACE,
        },
    )


def record(headers: Headers, value: bytes | None = b"{}", *, key: bytes | None = b"p1") -> Carried:
    return Carried("proposals", 0, 0, key, value, headers)


def changed(**headers: bytes | None) -> list[tuple[str, bytes | None]]:
    """Our headers, some of them otherwise."""
    return list((dict(ours()) | headers).items())


def without(name: str) -> list[tuple[str, bytes]]:
    """Our headers but one."""
    return [(header, value) for header, value in ours() if header != name]


def judged(headers: Headers, value: bytes, *, key: str) -> Any:
    """What the SDK makes of a record; it raises where something is against the specification."""
    message = KafkaMessage(headers=dict(headers), key=key, value=value)  # type: ignore[arg-type]
    return from_binary(message, JSONFormat(), CloudEvent)


def test_what_we_write_the_judge_reads_alike() -> None:
    event = judged(ours(), json.dumps(DATA).encode(), key="p1")

    assert event.get_attributes() == {
        "specversion": "1.0",
        "id": str(ID),
        "source": "/huiban/intake",
        "type": TYPE,
        "time": WRITTEN_AT,
        "subject": "p1",
        "dataschema": "urn:huiban:schema:huiban.intake.ProposalAccepted.v1",
        "datacontenttype": "application/json",
        "partitionkey": "p1",
        "sequence": "7",
        "correlationid": str(CHAIN),
        "causationid": str(CAUSE),
        "traceparent": TRACE,
    }
    assert event.get_data() == DATA


@pytest.mark.parametrize("path", SAMPLES)
def test_every_event_passes_the_judge(path: Any) -> None:
    told = EVERY_EVENT[path.stem].model_validate(loaded(path))
    value = told.model_dump_json().encode()
    headers = ours(type=told.type_name(), teller=told.teller(), key=told.key)

    event = judged(headers, value, key=told.key)

    assert event.get_data() == json.loads(value)
    assert event.get_subject() == event.get_extension("partitionkey") == told.key
    assert event.get_source() == f"/huiban/{told.teller()}"


def test_the_judge_would_notice() -> None:
    with pytest.raises(Exception, match="type"):
        judged(without("ce_type"), b"{}", key="p1")
    with pytest.raises(Exception, match="not_allowed"):
        judged([*ours(), ("ce_not_allowed", b"x")], b"{}", key="p1")


def test_what_the_judge_writes_we_read_alike() -> None:
    event = CloudEvent(
        attributes={
            "specversion": "1.0",
            "id": str(ID),
            "source": "/huiban/intake",
            "type": TYPE,
            "time": WRITTEN_AT,
            "subject": "p1",
            "datacontenttype": "application/json",
            "partitionkey": "p1",
            "sequence": "7",
            "correlationid": str(CHAIN),
            "causationid": str(CAUSE),
            "traceparent": TRACE,
        },
        data=DATA,
    )
    message = to_binary(event, JSONFormat())
    assert isinstance(message.key, str)

    heard = read(record(list(message.headers.items()), message.value, key=message.key.encode()))

    assert (heard.id, heard.type, heard.source, heard.key) == (ID, TYPE, "/huiban/intake", "p1")
    assert (heard.sequence, heard.time, heard.trace) == (7, WRITTEN_AT, TRACE)
    assert (heard.correlation, heard.causation) == (CHAIN, CAUSE)
    assert heard.data == DATA


def test_what_we_write_we_read_ourselves() -> None:
    heard = read(record(ours(), b'{"number": "20240080"}'))

    assert (heard.id, heard.type, heard.sequence, heard.time) == (ID, TYPE, 7, WRITTEN_AT)
    assert heard.data == {"number": "20240080"}


def test_the_time_is_written_in_utc() -> None:
    assert dict(ours())["ce_time"] == b"2024-01-22T09:30:00.123456Z"


def test_the_schema_is_named_by_an_absolute_uri() -> None:
    scheme, _, rest = schema_of_type(TYPE).partition(":")

    assert scheme == "urn"
    assert rest == f"huiban:schema:{TYPE}"


def test_headers_not_known_yet_are_passed_over() -> None:
    heard = read(record([*ours(), ("ce_invented", b"later"), ("other", None)]))

    assert heard.id == ID


def test_an_event_may_begin_a_chain() -> None:
    heard = read(record([one for one in ours() if one[0] not in ("ce_causationid",)]))

    assert (heard.correlation, heard.causation) == (CHAIN, None)


@pytest.mark.parametrize(
    "name",
    ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject", "ce_sequence"],
)
def test_a_record_that_leaves_something_out_is_unreadable(name: str) -> None:
    with pytest.raises(Unreadable, match=f"缺少消息头{name}"):
        read(record(without(name)))


@pytest.mark.parametrize(
    "headers",
    [
        {"ce_id": None},
        {"ce_id": b"123"},
        {"ce_type": None},
        {"ce_source": b""},
        {"ce_subject": None},
        {"ce_sequence": None},
        {"ce_sequence": b"seven"},
        {"ce_sequence": b"0"},
        {"ce_sequence": b"-1"},
        {"ce_sequence": b"9" * 30},
        {"ce_time": None},
        {"ce_time": b"yesterday"},
        {"ce_time": b"2024-01-22T09:30:00"},
        {"ce_specversion": b"0.3"},
        {"ce_specversion": None},
        {"ce_correlationid": b"x"},
        {"ce_causationid": None},
        {"ce_type": b"\xff\xfe"},
        {"ce_type": b"huiban\x00"},
        {"ce_subject": b"a\x00b"},
    ],
    ids=str,
)
def test_a_record_with_a_broken_header_is_unreadable(headers: dict[str, bytes | None]) -> None:
    with pytest.raises(Unreadable):
        read(record(changed(**headers)))


def test_a_record_without_headers_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="缺少消息头ce_specversion"):
        read(record([]))


@pytest.mark.parametrize("value", [None, b"", b"{", b"[]", b"1", b'"x"', b"\xff", b"null"])
def test_data_that_are_no_json_object_are_unreadable(value: bytes | None) -> None:
    heard = read(record(ours(), value))

    with pytest.raises(Unreadable):
        _ = heard.data
    with pytest.raises(Unreadable):
        _ = heard.event


def test_data_that_do_not_fit_their_type_are_unreadable() -> None:
    heard = read(record(ours(), b'{"number": 7}'))

    with pytest.raises(Unreadable, match=TYPE):
        _ = heard.event
    assert heard.data == {"number": 7}


def test_times_in_other_zones_are_the_same_moment() -> None:
    here = headers_of(
        id=ID,
        type=TYPE,
        teller="intake",
        key="p1",
        sequence=7,
        occurred_at=WRITTEN_AT.astimezone(UTC),
        extensions={},
    )

    assert dict(here)["ce_time"] == dict(ours())["ce_time"]
