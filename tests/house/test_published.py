"""What we publish is current, well-formed, and says what the code does."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from jsonschema import Draft7Validator, Draft202012Validator

from deploy.commands import contracts
from deploy.local.topics import TOPICS
from deploy.places import PROJECT
from deploy.publishing import documents
from deploy.publishing.documents import PUBLISHED, as_text
from deploy.publishing.rooms import ears_of, room, rooms
from deploy.publishing.schemas import schema_of
from shared.contracts import EVERY_EVENT
from shared.contracts.event import REFERENCE
from shared.web import Receipt
from tests.house.source import SERVICE_NAMES

ASYNCAPI: dict[str, Any] = json.loads((PUBLISHED / "asyncapi.json").read_text(encoding="utf-8"))
STANDARD = json.loads(
    (Path(__file__).parent / "standards" / "asyncapi-3.0.0.json").read_text(encoding="utf-8")
)
OPEN_TO_ALL = {"/openapi.json", "/live", "/ready", "/metrics", "/status"}


def references(part: Any) -> Iterator[str]:
    """Every ``$ref`` in a document."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for one in part.values():
            yield from references(one)
    elif isinstance(part, list):
        for one in part:
            yield from references(one)


def resolved(reference: str, *, within: Any, beside: Path) -> Any:
    """What a reference points to, in the same document or in a file beside it."""
    place, _, pointer = reference.partition("#")
    found = json.loads((beside / place).read_text(encoding="utf-8")) if place else within
    for step in pointer.split("/")[1:]:
        found = found[step.replace("~1", "/").replace("~0", "~")]
    return found


def operations(action: str) -> dict[str, set[str]]:
    """Which services send or receive which event types, by the document."""
    found: dict[str, set[str]] = {}
    for operation in ASYNCAPI["operations"].values():
        if operation["action"] == action:
            [service] = operation["tags"]
            types = {one["$ref"].rpartition("/")[2] for one in operation["messages"]}
            found.setdefault(service["name"], set()).update(types)
    return found


def test_every_generated_document_is_current() -> None:
    stale = [path.relative_to(PROJECT).as_posix() for path in documents.out_of_date()]

    assert stale == [], "run: huiban contracts"


def test_the_command_names_what_is_out_of_date(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanted = {tmp_path / "a.json": as_text({"a": 1}), tmp_path / "b.json": as_text({"b": 2})}
    (tmp_path / "a.json").write_text("{}\n")
    monkeypatch.setattr(contracts, "PROJECT", tmp_path)
    monkeypatch.setattr(documents, "documents", lambda: wanted)
    monkeypatch.setattr(documents, "PUBLISHED", tmp_path)
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "gone.json").write_text("{}\n")

    with pytest.raises(contracts.OutOfDate) as found:
        contracts.command(check=True)
    assert str(found.value).split()[-3:] == ["a.json", "b.json", "schemas/gone.json"]

    contracts.command()

    contracts.command(check=True)
    assert (tmp_path / "b.json").read_text() == '{\n  "b": 2\n}\n'
    assert not (tmp_path / "schemas" / "gone.json").exists()


def test_what_was_released_is_not_written_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(documents, "RELEASED", tmp_path)

    assert len(documents.release("9.9.9")) == len(EVERY_EVENT)
    with pytest.raises(documents.ReleasedAlready):
        documents.release("9.9.9")
    with pytest.raises(documents.NotAVersion):
        documents.release("../elsewhere")


@pytest.mark.parametrize("kind", sorted(EVERY_EVENT))
def test_a_schema_is_a_schema_and_the_same_for_writer_and_reader(kind: str) -> None:
    event = EVERY_EVENT[kind]
    schema = schema_of(event)

    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:huiban:schema:{kind}"
    assert event.model_json_schema(mode="serialization") == event.model_json_schema(
        mode="validation"
    )


def test_the_asyncapi_document_keeps_to_its_standard() -> None:
    faults = [error.message for error in Draft7Validator(STANDARD).iter_errors(ASYNCAPI)]

    assert faults == []


@pytest.mark.parametrize(
    "path",
    [
        ("info", "title"),
        ("operations", "intake.tells", "action"),
        ("channels", "proposals", "bindings", "kafka", "bindingVersion"),
    ],
)
def test_the_standard_would_notice(path: tuple[str, ...]) -> None:
    broken = deepcopy(ASYNCAPI)
    part = broken
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = ["not", "this"]

    assert not Draft7Validator(STANDARD).is_valid(broken)


def test_every_reference_in_it_leads_somewhere() -> None:
    found = list(references(ASYNCAPI))

    assert found
    for reference in found:
        assert resolved(reference, within=ASYNCAPI, beside=PUBLISHED)


def test_it_has_every_event_with_its_data_and_its_headers() -> None:
    messages = ASYNCAPI["components"]["messages"]

    assert set(messages) == set(EVERY_EVENT)
    for kind, message in messages.items():
        payload = resolved(message["payload"]["$ref"], within=ASYNCAPI, beside=PUBLISHED)
        assert payload["title"] == EVERY_EVENT[kind].__name__
        assert message["headers"]["properties"]["ce_type"] == {"const": kind}
        assert message["summary"]


def test_each_topic_carries_its_events_and_no_others() -> None:
    for topic in TOPICS:
        channel = ASYNCAPI["channels"][topic.name]
        assert set(channel["messages"]) == {
            kind for kind, event in EVERY_EVENT.items() if event.topic == topic.name
        }
        assert channel["bindings"]["kafka"]["partitions"] == topic.partitions
        policy = channel["bindings"]["kafka"]["topicConfiguration"]["cleanup.policy"]
        assert policy == [topic.keeps["cleanup.policy"]]


def test_it_says_who_tells_what() -> None:
    told: dict[str, set[str]] = {}
    for kind, event in EVERY_EVENT.items():
        told.setdefault(event.teller(), set()).add(kind)

    assert operations("send") == told


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_it_says_who_hears_what(service: str) -> None:
    ears = ears_of(service)
    kept = {kind for kind, event in EVERY_EVENT.items() if event.topic == REFERENCE}

    heard = set(EVERY_EVENT) if ears.folding is not None else set(ears.listeners) | kept
    assert operations("receive")[service] == heard


def test_every_listener_says_in_a_sentence_what_it_does() -> None:
    silent = [
        name for name, operation in ASYNCAPI["operations"].items() if not operation["summary"]
    ]

    assert silent == []


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_an_openapi_document_is_complete(service: str) -> None:
    document = room(service).openapi()

    for reference in references(document):
        assert resolved(reference, within=document, beside=PUBLISHED)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), f"{method} {path} says nothing of itself"
            assert "422" not in operation["responses"]
            assert operation["responses"]["default"] == {"$ref": "#/components/responses/Refused"}


@pytest.mark.parametrize("service", [name for name in SERVICE_NAMES if name != "portal"])
def test_no_operation_is_open_to_strangers(service: str) -> None:
    document = room(service).openapi()

    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation.get("security") == [{"token": []}], f"{method} {path}"


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_whoever_changes_something_is_known_and_answered_with_what_was_told(service: str) -> None:
    for route in iter_route_contexts(room(service).routes):
        if not (route.methods or set()) - {"GET", "HEAD"}:
            continue
        document = room(service).openapi()["paths"].get(route.path_format)
        if document is None:
            continue  # a page for people: its forms carry the token of their session
        for method in route.methods or ():
            operation = document[method.lower()]
            assert operation["security"] == [{"token": []}]
            names = {one["name"] for one in operation["parameters"]}
            if "Idempotency-Key" in names:
                # The answer that is kept for a second request is the receipt and no more.
                answer = route.response_model
                assert isinstance(answer, type)
                assert issubclass(answer, Receipt), route.path
                shown_once = answer.model_fields.keys() - Receipt.model_fields.keys()
                assert not any(answer.model_fields[name].is_required() for name in shown_once)


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_no_page_loads_anything_from_elsewhere(service: str) -> None:
    app = room(service)

    assert (app.docs_url, app.redoc_url) == (None, None)


def test_there_are_six_rooms() -> None:
    assert rooms() == ["assignment", "escalation", "intake", "portal", "registry", "reply"]
