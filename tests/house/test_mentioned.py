"""What our documents tell people to type exists."""

import re
from pathlib import Path

import pytest
import typer

from deploy.cli import build
from deploy.places import PROJECT
from tests.house.source import committed, named, text_of

MAKEFILE = PROJECT / "Makefile"
DOCUMENTS = [path for path in committed() if path.suffix == ".md"]
CODE = re.compile(r"```[^\n]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
MAKE = re.compile(r"(?:^|[\s;&|(])make ((?:[A-Za-z_]+=\S+ )*)([a-z][\w-]*)")
HUIBAN = re.compile(r"(?:^|[\s;&|(/])huiban ([a-z][\w-]*)(?: ([a-z][\w-]*))?")
TARGET = re.compile(r"^([a-z][\w-]*)\s*:(?!=)", re.MULTILINE)


def code_in(path: Path) -> list[str]:
    """What a document shows as code, line by line."""
    pieces = (hit[1] or hit[2] for hit in CODE.finditer(text_of(path) or ""))
    return [line for piece in pieces for line in piece.splitlines()]


def words() -> dict[str, set[str]]:
    """Every word of ``huiban``, with the words that may follow it."""
    command = typer.main.get_command(build([]))
    return {
        name: set(getattr(one, "commands", {}))
        for name, one in getattr(command, "commands", {}).items()
    }


def targets() -> set[str]:
    """Every target of the Makefile."""
    return set(TARGET.findall(text_of(MAKEFILE) or "")) if MAKEFILE.exists() else set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_make_target_that_is_mentioned_exists(path: Path) -> None:
    mentioned = {hit[2] for line in code_in(path) for hit in MAKE.finditer(line)}

    assert mentioned - targets() == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_huiban_command_that_is_mentioned_exists(path: Path) -> None:
    known = words()

    for line in code_in(path):
        for hit in HUIBAN.finditer(line):
            assert hit[1] in known, f"huiban {hit[1]}"
            if hit[2] and known[hit[1]]:
                assert hit[2] in known[hit[1]], f"huiban {hit[1]} {hit[2]}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_file_that_is_linked_exists(path: Path) -> None:
    links = re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", text_of(path) or "")

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_what_is_mentioned_is_found() -> None:
    line = "git pull && make ONCE=1 demo; .venv/bin/huiban parked list reply"

    assert [hit[2] for hit in MAKE.finditer(line)] == ["demo"]
    assert [(hit[1], hit[2]) for hit in HUIBAN.finditer(line)] == [("parked", "list")]


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    text = text_of(MAKEFILE) if MAKEFILE.exists() else ""

    silent = [line for line in (text or "").splitlines() if TARGET.match(line) and "##" not in line]
    assert silent == []
