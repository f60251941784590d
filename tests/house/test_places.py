"""Some things have one place: SQL, the clock, chance."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import in_full, known_as, modules, named, parsed, text_of, texts

SQL = re.compile(
    r"^\s*(SELECT|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|WITH\s+\w+\s+AS|TRUNCATE"
    r"|(CREATE|ALTER|DROP)\s+(TABLE|INDEX|SCHEMA|VIEW|ROLE|DATABASE)|LOCK\s+TABLE|LISTEN|NOTIFY"
    r"|SET\s+\w+)\b"
)
KERNEL_SQL = {
    "shared/hearing.py",
    "shared/knowing.py",
    "shared/operating.py",
    "shared/parking.py",
    "shared/postgres.py",
    "shared/replaying.py",
    "shared/service.py",
    "shared/telling.py",
    "shared/work.py",
}
CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.monotonic_ns",
    "time.perf_counter",
    "time.localtime",
    "time.gmtime",
}
# When a row was written may be noted; on which day something happened is told by its event.
NOTED = re.compile(r"\b\w+_at = now\(\)")
CLOCK_SQL = re.compile(
    r"\b(now\s*\(|clock_timestamp\s*\(|statement_timestamp\s*\(|transaction_timestamp\s*\("
    r"|current_date\b|current_time\b|current_timestamp\b|localtime\b|localtimestamp\b)",
    re.IGNORECASE,
)


def in_store(path: Path) -> bool:
    """Whether this is a service's store: one file, or a room of its own."""
    parts = Path(named(path)).parts
    if parts[0] != "services":
        return False
    room = parts[3:] if parts[2] == "signin" else parts[2:]  # it has tables of its own
    return room[0] == "store" or room == ("store.py",)


def speaks_sql(text: str) -> bool:
    return SQL.match(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1",
        "\n    SELECT number\n      FROM proposals",
        "INSERT INTO answers (person) VALUES ($1)",
        "UPDATE streams SET sequence = 1",
        "DELETE FROM parked WHERE id = $1",
        "WITH told AS (SELECT 1)",
        "CREATE TABLE noted (n int)",
        "TRUNCATE clocks",
    ],
)
def test_sql_is_recognised(text: str) -> None:
    assert speaks_sql(text)


@pytest.mark.parametrize("text", ["Update the list", "select", "With care", "/proposals", ""])
def test_other_text_is_not_taken_for_sql(text: str) -> None:
    assert not speaks_sql(text)


def test_sql_stands_in_stores_and_in_a_few_files_of_the_kernel() -> None:
    misplaced = [
        f"{named(path)}:{line}"
        for path in modules("services", "shared")
        for line, text in texts(path)
        if speaks_sql(text) and not in_store(path) and named(path) not in KERNEL_SQL
    ]

    assert misplaced == []


def test_every_named_file_of_the_kernel_has_sql() -> None:
    speaking = {
        named(path)
        for path in modules("shared")
        if any(speaks_sql(text) for _, text in texts(path))
    }

    assert KERNEL_SQL - speaking == set()


def clocks_read_in(path: Path) -> set[str]:
    """The clocks that a module reads, under whatever name it imported them."""
    names = known_as(path)
    read = (
        in_full(node, names)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Name | ast.Attribute)
    )
    return {name for name in read if name in CLOCKS}


def test_only_the_clock_reads_the_clock() -> None:
    readers = {
        named(path): clocks
        for path in modules("services", "shared")
        if (clocks := clocks_read_in(path))
    }

    assert set(readers) == {"shared/clock.py"}


@pytest.mark.parametrize(
    "line",
    [
        "import time; time.monotonic()",
        "from time import time as t; t()",
        "import datetime; datetime.datetime.now()",
        "from datetime import datetime as d; now = d.now",
        "from datetime import date; date.today()",
    ],
)
def test_a_clock_is_recognised_under_any_name(tmp_path: Path, line: str) -> None:
    (module := tmp_path / "late.py").write_text(line)

    assert len(clocks_read_in(module)) == 1


def test_nobody_else_is_excused_from_the_ban_on_clocks() -> None:
    excused = {
        named(path)
        for path in modules("services", "shared", "deploy")
        if "TID251" in (text_of(path) or "")
    }

    assert excused == {"shared/clock.py"}


def test_no_service_asks_the_database_which_day_it_is() -> None:
    asking = [
        f"{named(path)}:{line}"
        for path in modules("services")
        for line, text in texts(path)
        if speaks_sql(text) and CLOCK_SQL.search(NOTED.sub("", text))
    ]

    assert asking == []


def test_the_domain_leaves_nothing_to_chance() -> None:
    chance = {"uuid", "random", "secrets"}

    found = [
        f"{named(path)}: {node.module if isinstance(node, ast.ImportFrom) else ''}"
        for path in modules("services")
        if "domain" in path.parts
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.ImportFrom) and node.module in chance)
        or (isinstance(node, ast.Import) and any(one.name in chance for one in node.names))
    ]

    assert found == []
