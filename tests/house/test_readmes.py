"""Each service's README says what it owns, hears, tells and refuses, and it is true."""

import ast
import re
from importlib import import_module
from inspect import isclass

import pytest

from deploy.places import PROJECT
from deploy.publishing.rooms import ears_of
from shared.contracts import EVERY_EVENT
from shared.contracts.event import PROPOSALS
from shared.refusals import Refusal
from tests.house.source import SERVICE_NAMES, modules, named, parsed

LISTS = ("Owns", "Hears", "Tells", "Refuses")
ENTRY = re.compile(r"^- `(\w+)` — \S.*$")


def lists_of(service: str) -> dict[str, list[str]]:
    """The lines of each part of a service's README."""
    text = (PROJECT / "services" / service / "README.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return {
        title.strip(): [line for line in body.splitlines() if line.strip()]
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def entries(lines: list[str]) -> list[str]:
    """The names in a list; a list without entries says so in a sentence."""
    listed = [line for line in lines if line.startswith("- ")]
    unlike = [line for line in listed if ENTRY.match(line) is None]
    assert unlike == [], "an entry is written: - `Name` — why"
    return [line.split("`")[1] for line in listed]


def refusals_of(service: str) -> set[str]:
    """The refusals that a service defines."""
    found = set()
    for path in modules(f"services/{service}"):
        classes = [node.name for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)]
        if not classes:
            continue
        module = import_module(named(path).removesuffix(".py").replace("/", "."))
        for name in classes:
            here = getattr(module, name, None)
            if isclass(here) and issubclass(here, Refusal):
                found.add(name)
    return found


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_it_has_four_lists_in_this_order(service: str) -> None:
    lists = lists_of(service)

    assert tuple(lists)[: len(LISTS)] == LISTS
    assert all(lists[name] for name in LISTS)


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_it_hears_what_it_says(service: str) -> None:
    ears, lines = ears_of(service), lists_of(service)["Hears"]

    heard = {EVERY_EVENT[kind].__name__ for kind in ears.listeners}
    if ears.folding is not None:
        heard |= {event.__name__ for event in EVERY_EVENT.values() if event.topic == PROPOSALS}
    assert sorted(entries(lines)) == sorted(heard)
    if ears.folding is not None:
        assert lines[0].startswith("Everything")
    elif not heard:
        assert lines[0].startswith("Nothing")


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_what_stands_under_a_tellers_name_is_told_by_it(service: str) -> None:
    tellers = {event.__name__: event.teller() for event in EVERY_EVENT.values()}

    teller = None
    for line in lists_of(service)["Hears"]:
        if line.startswith("### From "):
            teller = line.split()[-1]
        elif teller is not None and line.startswith("- "):
            assert tellers[line.split("`")[1]] == teller, line


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_it_tells_what_it_says(service: str) -> None:
    lines = lists_of(service)["Tells"]

    told = {event.__name__ for event in EVERY_EVENT.values() if event.teller() == service}
    assert sorted(entries(lines)) == sorted(told)
    if not told:
        assert lines[0].startswith("Nothing")


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_it_refuses_what_it_says(service: str) -> None:
    lines = lists_of(service)["Refuses"]

    refused = refusals_of(service)
    assert sorted(entries(lines)) == sorted(refused)
    if not refused:
        assert lines[0].startswith("Nothing")


@pytest.mark.parametrize("service", SERVICE_NAMES)
def test_what_it_owns_is_a_list(service: str) -> None:
    assert all(line.startswith(("- ", "  ")) for line in lists_of(service)["Owns"])


def test_every_refusal_is_a_chinese_sentence_and_no_code_stands_for_two_things() -> None:
    for service in SERVICE_NAMES:
        refusals_of(service)
    kinds = [
        kind for kind in _below(Refusal) if kind.__module__.startswith(("services.", "shared."))
    ]

    assert [kind for kind in kinds if not re.search("[一-鿿]", kind.__doc__ or "")] == []
    for service in (*SERVICE_NAMES, ""):
        codes = [kind.code() for kind in kinds if service in kind.__module__.split(".")]
        assert len(codes) == len(set(codes))


def _below(kind: type[Refusal]) -> list[type[Refusal]]:
    return [each for child in kind.__subclasses__() for each in (child, *_below(child))]
