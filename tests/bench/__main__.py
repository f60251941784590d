"""make bench: run every bench on fresh parts, print the figures beside their targets, keep them.

``python -m tests.bench commands latency`` runs only these, and keeps nothing.
"""

import json
import logging
import platform
import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvloop
from rich.console import Console
from rich.table import Table

from tests.bench import (
    commands,
    idle,
    imports,
    latency,
    listener,
    notices,
    pages,
    rebuild,
    similar,
    sweeping,
)
from tests.bench.surroundings import ROOT, Surroundings, surroundings

TARGETS: dict[tuple[str, str], tuple[str, Callable[[float], bool]]] = {
    ("listener", "ours"): ("≥ 8 000 events/s", lambda x: x >= 8_000),
    ("listener", "ratio_to_raw_lanes"): ("≥ 0.65", lambda x: x >= 0.65),
    ("latency", "p50_ms"): ("< 10 ms", lambda x: x < 10),
    ("latency", "p99_ms"): ("< 50 ms", lambda x: x < 50),
    ("rebuild", "events_per_second"): ("≥ 20 000 events/s", lambda x: x >= 20_000),
    ("commands", "submit"): ("≥ 1 500/s", lambda x: x >= 1_500),
    ("commands", "sign"): ("≥ 1 500/s", lambda x: x >= 1_500),
    ("commands", "return"): ("≥ 1 500/s", lambda x: x >= 1_500),
    ("commands", "hand_down"): ("≥ 1 500/s", lambda x: x >= 1_500),
    ("similar", "suggest_p50_ms"): ("< 20 ms", lambda x: x < 20),
    ("similar", "list_p95_ms"): ("< 30 ms", lambda x: x < 30),
    ("imports", "rows_per_second"): ("≥ 100/s", lambda x: x >= 100),
    ("sweeping", "seconds"): ("< 10 s", lambda x: x < 10),
    ("notices", "messages"): ("= 5 000", lambda x: x == 5_000),
    ("notices", "meanwhile_p50_ms"): ("< 20 ms", lambda x: x < 20),
    **{
        ("pages", f"{kind}_p95_ms"): ("< 50 ms", lambda x: x < 50)
        for kind in ("ledger", "search", "desk", "unit", "proposal")
    },
    **{
        ("pages", f"{kind}_whole_gzip_kb"): ("< 150 KB", lambda x: x < 150)
        for kind in ("ledger", "search", "desk", "unit", "proposal")
    },
    ("pages", "report_p95_ms"): ("< 5 000 ms", lambda x: x < 5_000),
    ("idle", "resident_mb"): ("< 600 MB", lambda x: x < 600),
}

BENCHES: dict[str, Callable[[Surroundings], Awaitable[dict[str, float]]]] = {
    "listener": listener.bench,
    "latency": latency.bench,
    "rebuild": rebuild.bench,
    "commands": commands.bench,
    "similar": similar.bench,
    "imports": imports.bench,
    "sweeping": sweeping.bench,
    "notices": notices.bench,
    "pages": pages.bench,
}


async def main(*only: str) -> None:
    """One bench after another, each on parts of its own, so that none warms up the next."""
    logging.disable(logging.WARNING)
    console = Console()
    figures: dict[str, dict[str, float]] = {}
    for name, bench in BENCHES.items():
        if only and name not in only:
            continue
        console.print(f"[dim]{name} …[/dim]")
        async with surroundings() as place:
            figures[name] = await bench(place)
    if not only or "idle" in only:
        console.print("[dim]idle …[/dim]")
        figures["idle"] = await idle.bench()
    _print(console, figures)
    if not only:
        _keep(figures)
    shutil.rmtree(ROOT / "parts", ignore_errors=True)
    shutil.rmtree(ROOT / "idle", ignore_errors=True)


def _print(console: Console, figures: dict[str, dict[str, float]]) -> None:
    table = Table("bench", "figure", "measured", "target", "", title="Huiban on this machine")
    for bench, measured in figures.items():
        for figure, value in measured.items():
            target, meets = TARGETS.get((bench, figure), ("", None))
            mark = "" if meets is None else "[green]●[/]" if meets(value) else "[red]■ missed[/]"
            table.add_row(bench, figure, f"{value:,.2f}", target, mark)
    console.print(table)
    if "pages" in figures:
        _print_pages(console, figures["pages"])


def _print_pages(console: Console, measured: dict[str, float]) -> None:
    """Each kind of page in a row of its own: how long, how heavy, how many statements."""
    columns = ("p50_ms", "p95_ms", "gzip_kb", "whole_gzip_kb", "statements")
    table = Table("page", *columns, title="Pages")
    for kind in (name.removesuffix("_statements") for name in measured if "_statements" in name):
        table.add_row(kind, *(f"{measured[f'{kind}_{column}']:,.1f}" for column in columns))
    console.print(table)


def _keep(figures: dict[str, dict[str, float]]) -> None:
    Path(ROOT).mkdir(parents=True, exist_ok=True)
    kept = {"machine": platform.platform(), "python": platform.python_version(), **figures}
    (ROOT / "figures.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
