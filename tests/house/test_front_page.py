"""The front page, in both languages, tells the truth about the house."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

from deploy.places import PROJECT
from deploy.publishing.rooms import ears_of
from shared.contracts import EVERY_EVENT
from shared.contracts.event import PROPOSALS
from shared.settings import Settings
from tests.house.source import SERVICE_NAMES, modules, parsed
from tests.house.test_mentioned import words

PAGES = [PROJECT / "README.md", PROJECT / "README.zh-CN.md"]
TOLD = {event.__name__: event for event in EVERY_EVENT.values() if event.topic == PROPOSALS}
TO_BE_WRITTEN = "services/reply/domain/correcting_ratings.py"  # the example of a new act
VARIABLE = re.compile(r"\b(?:HUIBAN_[A-Z_]+|DATABASE_URL|KAFKA_BOOTSTRAP_SERVERS)\b")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@cache
def said_on(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """The rows of all tables, cell by cell."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def way(page: Path) -> list[list[str]]:
    """One proposal's way: the rows that name a service and the event that it tells."""
    found = [row for row in rows(said_on(page)) if len(row) == 5 and row[2] in SERVICE_NAMES]
    assert len(found) > 20
    return found


@cache
def classes() -> dict[str, set[str]]:
    """Every class of the house, with the names that stand in its body."""
    return {
        node.name: {
            target.id
            for line in node.body
            if isinstance(line, ast.Assign)
            for target in line.targets
            if isinstance(target, ast.Name)
        }
        for path in modules("services", "shared")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
    }


@cache
def commands_of(service: str) -> tuple[str, ...]:
    """What may be asked of a service, such as ``POST /groups``."""
    document = json.loads((PROJECT / "services" / service / "openapi.json").read_text("utf-8"))
    return tuple(
        f"{verb.upper()} {path}" for path, verbs in document["paths"].items() for verb in verbs
    )


@pages
def test_the_main_steps_of_a_proposals_way_are_told_once(page: Path) -> None:
    told = [row[3].strip("`") for row in way(page)]

    assert len(told) == len(set(told))
    assert set(told) <= TOLD.keys()


@pages
def test_each_step_names_who_tells_it_and_who_hears(page: Path) -> None:
    for *_, service, event, hearers in way(page):
        kind = TOLD[event.strip("`")]
        hears = {name for name in SERVICE_NAMES if kind.type_name() in ears_of(name).listeners}

        assert kind.teller() == service
        assert set(re.findall("[a-z]+", hearers)) == hears, event


@pages
def test_each_step_names_a_command_of_its_service(page: Path) -> None:
    for _, command, service, *_ in way(page):
        verb, path = command.strip("`").split(" ")
        offered = [one.split(" ") for one in commands_of(service)]

        assert [
            there
            for said, there in offered
            if said == verb and (there == path or there.endswith(path.removeprefix("…")))
        ], command


@pages
def test_each_word_stands_in_the_code(page: Path) -> None:
    named = {
        name
        for row in rows(said_on(page))
        if len(row) == 3
        for name in re.findall(r"`([A-Z][A-Za-z]+(?:\.[A-Z_]+)?)`", row[2])
    }

    assert len(named) > 30
    for name in named:
        kind, _, member = name.partition(".")
        assert kind in classes(), name
        assert not member or member in classes()[kind], name


@pages
def test_each_file_that_it_names_is_there(page: Path) -> None:
    named = re.findall(r"`((?:services|shared|deploy|tests)/[\w./-]+)`", said_on(page))

    assert [name for name in named if not (PROJECT / name).exists()] == [TO_BE_WRITTEN]


@pages
def test_it_lists_every_command(page: Path) -> None:
    listed = {hit[1] for row in rows(said_on(page)) if (hit := re.match(r"`huiban (\w+)", row[0]))}

    assert listed == set(words())


@pages
def test_it_lists_what_a_service_reads_from_its_environment(page: Path) -> None:
    mentioned = set(VARIABLE.findall(said_on(page)))

    assert {name.upper() for name in Settings.model_fields} <= mentioned


@pages
def test_every_variable_that_it_names_is_read_somewhere(page: Path) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in modules("shared", "deploy"))
    known = {name.upper() for name in Settings.model_fields} | set(VARIABLE.findall(code))
    passwords = {f"HUIBAN_{service.upper()}_DATABASE_PASSWORD" for service in SERVICE_NAMES}

    assert set(VARIABLE.findall(said_on(page))) <= known | passwords


def test_both_languages_say_it_in_the_same_order() -> None:
    english, chinese = (
        [
            line.partition(" ")[0]
            for line in re.sub(r"```.*?```", "```", said_on(page), flags=re.DOTALL).splitlines()
            if line.startswith(("#", "```", "|", "- "))
        ]
        for page in PAGES
    )

    assert english == chinese
