"""The house as text: its files and what stands in them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from deploy.places import PROJECT
from deploy.services import SERVICES

SERVICE_NAMES = sorted(SERVICES)


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is committed, or will be: what git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    files = (PROJECT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in files if path.is_file()))


@cache
def text_of(path: Path) -> str | None:
    """A file as text, or None where it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@cache
def parsed(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def modules(*folders: str) -> list[Path]:
    """The Python files below some folders of the house."""
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))


def named(path: Path) -> str:
    """A file as people call it: its path from the top of the house."""
    return path.relative_to(PROJECT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """Every module, and every name of a module, that a file imports: ``shared.web.Act``."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def known_as(path: Path) -> dict[str, str]:
    """What the names in a module stand for: ``ProposalAccepted`` or ``intake`` in full."""
    names = {}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            for one in node.names:
                top = one.name.partition(".")[0]
                names[one.asname or top] = one.name if one.asname else top
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            names.update(
                {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
            )
    return names


def in_full(node: ast.expr, names: dict[str, str]) -> str | None:
    """The full name of what an expression like ``intake.ProposalAccepted`` stands for."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        before = in_full(node.value, names)
        return f"{before}.{node.attr}" if before is not None else None
    return None


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every piece of text in a module that is no docstring, with its line."""
    docstrings = {
        node.body[0].value
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.Constant) or node in docstrings:
            continue
        if isinstance(node.value, str):
            yield node.lineno, node.value
