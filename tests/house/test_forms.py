"""Every command of the services can be given at the portal, with every field that it takes."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from deploy.places import PROJECT
from services.portal.forms.catalogue import FORMS, IDS
from services.portal.forms.fields import Field
from services.portal.forms.form import Form
from shared.policy import RIGHTS

SERVICES = ("registry", "intake", "assignment", "reply", "escalation")
# What nobody does at a page, and why.
NOT_AT_THE_PORTAL = {
    "/sweep": "the clock of the service does it by itself, each minute",
    "/deliver": "the service delivers by itself",
    "/seed": "a place is set up from the terminal, once",
    "/parked/{parked_id}/redrive": "events that could not be heard are operated at the terminal",
    "/parked/{parked_id}/correct": "events that could not be heard are operated at the terminal",
    "/parked/{parked_id}/skip": "events that could not be heard are operated at the terminal",
    "/hand-overs/check": "the page for handing over asks it before it sends the list",
    "/attachments": "a field for papers brings each file before its form is sent",
}
# What the portal leaves out of a command that a form asks for, and why.
LEFT_TO_THE_SERVICE = {
    ("intake", "/proposals"): {
        "proposal_id": "the service gives it",
        "origin": "the demo marks what it composed",
        "source": "the demo says where it found it",
    },
    ("intake", "/drafts/{draft_id}/submit"): {
        "origin": "the demo marks what it composed",
        "source": "the demo says where it found it",
    },
    ("intake", "/drafts"): {"draft_id": "the service gives it"},
}
PLACES = re.compile(r"{(\w+)}")
# A box not ticked says no, an empty list says none.
SAID_ANYWAY = ("yes", "units", "lines", "cases", "files", "several")
Command = tuple[str, str, str]


@cache
def document(service: str) -> dict[str, Any]:
    text = (PROJECT / "services" / service / "openapi.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def commands() -> list[Command]:
    """Service, verb and path of everything that changes something."""
    return [
        (service, verb.upper(), path)
        for service in SERVICES
        for path, verbs in document(service)["paths"].items()
        for verb in verbs
        if verb != "get"
    ]


def forms_of(command: Command) -> list[Form]:
    return [one for one in FORMS.values() if (one.service, one.method, one.path) == command]


def body_of(form: Form) -> dict[str, Any]:
    """What the form's command may say, from the service's own document."""
    operation = document(form.service)["paths"][form.path][form.method.lower()]
    content = operation.get("requestBody", {}).get("content", {})
    return resolved(form.service, content.get("application/json", {}).get("schema", {}))


def resolved(service: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without its reference, and without the null that it allows."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        found: dict[str, Any] = document(service)["components"]["schemas"][name]
        return found
    for one in schema.get("anyOf", ()):
        if one.get("type") != "null":
            return resolved(service, one)
    return schema


def words_of(service: str, schema: dict[str, Any]) -> set[str] | None:
    """The words between which a command chooses; None where it takes any."""
    found = resolved(service, schema)
    if found.get("type") == "array":
        found = resolved(service, found["items"])
    listed = found.get("enum") or found.get("x-words")
    return None if listed is None else set(listed) - {"unknown"}


def parts(
    service: str, schema: dict[str, Any], fields: tuple[Field, ...], *, at: str = ""
) -> Iterator[tuple[str, dict[str, Any], Field]]:
    """Each field with the part of the command that it becomes."""
    for field in fields:
        part = schema
        for name in field.name.split("."):
            part = resolved(service, part.get("properties", {}).get(name, {}))
        yield f"{at}{field.name}", part, field
        if field.kind == "rows":
            row = resolved(service, part.get("items", {}))
            yield from parts(service, row, field.rows, at=f"{at}{field.name}.")


def names_in(fields: tuple[Field, ...]) -> set[str]:
    return {field.name.partition(".")[0] for field in fields}


def writes_whole(form: Form) -> bool:
    return any(field.kind == "document" for field in form.fields)


every_form = pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.code)


@pytest.mark.parametrize("command", commands(), ids=lambda command: " ".join(command))
def test_a_command_has_a_form_or_a_reason_why_not(command: Command) -> None:
    if command[2] in NOT_AT_THE_PORTAL:
        assert not forms_of(command)
    else:
        assert forms_of(command), f"no form for {command}"


def test_every_reason_is_about_a_command_that_is_there() -> None:
    assert set(NOT_AT_THE_PORTAL) <= {path for _, _, path in commands()}


@every_form
def test_a_form_leads_to_an_endpoint_that_is_there(form: Form) -> None:
    assert (form.service, form.method, form.path) in commands()
    assert form.act in RIGHTS
    assert set(form.places) <= {*IDS[form.about], *(field.name for field in form.fields)}


@every_form
def test_what_a_form_asks_the_service_is_there_to_be_read(form: Form) -> None:
    if form.asks:
        assert "get" in document(form.service)["paths"][form.asks]


@every_form
def test_a_form_asks_for_what_the_command_takes_and_nothing_else(form: Form) -> None:
    if form.sends == "file" or writes_whole(form):
        return
    taken = set(body_of(form).get("properties", {}))
    left = set(LEFT_TO_THE_SERVICE.get((form.service, form.path), {}))
    papers = {"paper"} if any("paper" in name for name in taken) else set()

    asked = names_in(form.fields) | {name for name, _ in form.fixed}

    assert asked - set(form.places) <= taken
    assert taken - left - papers <= asked


@every_form
def test_a_form_insists_on_what_the_command_needs(form: Form) -> None:
    if form.sends == "file" or writes_whole(form):
        return
    service, body = form.service, body_of(form)
    insisted = {
        field.name.partition(".")[0]
        for field in form.fields
        if field.required or field.kind in SAID_ANYWAY
    } | {name for name, _ in form.fixed}
    assert set(body.get("required", ())) <= insisted
    for at, part, field in parts(service, body, form.fields):
        if field.kind == "rows":
            row = resolved(service, part["items"])
            needed = set(row.get("required", ()))
            sure = {one.name for one in field.rows if one.required or one.kind == "yes"}
            assert needed <= sure, at
            assert names_in(field.rows) <= set(row["properties"]), at


@every_form
def test_a_form_offers_the_words_that_the_command_knows(form: Form) -> None:
    if form.sends == "file" or writes_whole(form):
        return
    for at, part, field in parts(form.service, body_of(form), form.fields):
        if field.name in form.places or (words := words_of(form.service, part)) is None:
            continue
        assert isinstance(field.choices, tuple), f"{at} takes {sorted(words)}"
        assert {code for code, _ in field.choices} == words, at
