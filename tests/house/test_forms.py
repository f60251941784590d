"""Every command of the services can be given at the portal, with every field that it takes."""

import json
import re
from functools import cache
from typing import Any

import pytest

from deploy.places import PROJECT
from services.portal.forms.catalogue import FORMS, IDS
from services.portal.forms.form import Form
from shared.policy import RIGHTS

# What machines, the terminal and the demo ask for; no form is wanted.
NOT_FOR_PEOPLE = re.compile(r"^(/parked|/seed|/sweep)")
NAMES = re.compile(r"{(\w+)}")


@cache
def document(service: str) -> dict[str, Any]:
    text = (PROJECT / "services" / service / "openapi.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def commands() -> list[tuple[str, str, str]]:
    """Service, verb and path of everything that changes something."""
    return [
        (service, verb.upper(), path)
        for service in ("registry", "intake", "assignment", "reply", "escalation")
        for path, verbs in document(service)["paths"].items()
        for verb in verbs
        if verb != "get" and not NOT_FOR_PEOPLE.match(path)
    ]


def body_of(form: Form) -> dict[str, Any]:
    """What the form's command may say, from the service's own document."""
    operation = document(form.service)["paths"][form.path][form.method.lower()]
    if "requestBody" not in operation:
        return {}
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return resolved(form.service, schema)


def resolved(service: str, schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        found: dict[str, Any] = document(service)["components"]["schemas"][name]
        return found
    return schema


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.code)
def test_a_form_leads_to_an_endpoint_that_is_there(form: Form) -> None:
    assert (form.service, form.method, form.path) in commands()
    assert form.act in RIGHTS
    assert set(NAMES.findall(form.path)) <= set(IDS[form.about])


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.code)
def test_a_form_asks_for_nothing_that_the_command_does_not_take(form: Form) -> None:
    taken = body_of(form).get("properties", {})

    asked = {field.name.partition(".")[0] for field in form.fields} | {
        name for name, _ in form.fixed
    }
    assert asked <= taken.keys()


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.code)
def test_a_form_asks_for_all_that_the_command_needs(form: Form) -> None:
    needed = set(body_of(form).get("required", ()))

    asked = {field.name.partition(".")[0] for field in form.fields} | {
        name for name, _ in form.fixed
    }
    assert needed <= asked
