"""Watching the year go by: a progress bar at a terminal, a line a month elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from deploy.demo.days import working_days
from deploy.demo.player import Audience, Played


class Bar:
    """The year as a bar that fills day by day."""

    def __init__(self, progress: Progress, bar: TaskID) -> None:
        self._progress = progress
        self._bar = bar
        self._passed = {day: n for n, day in enumerate(working_days(), start=1)}

    def see(self, on: date, played: Played) -> None:
        self._progress.update(
            self._bar,
            completed=self._passed[on],
            description=on.isoformat(),
            acts=played.acts,
            events=played.events,
        )


class Months:
    """A line for each month, for logs."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._month = 0

    def see(self, on: date, played: Played) -> None:
        if on.month != self._month:
            self._month = on.month
            self._console.print(f"{on:%Y-%m}……已办 {played.acts} 步，{played.events} 个事件")


@contextmanager
def watched(console: Console) -> Iterator[Audience]:
    """Somebody who watches, as the console allows."""
    if not console.is_terminal:
        yield Months(console)
        return
    with Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("第 {task.completed} / {task.total} 个工作日"),
        TextColumn("{task.fields[acts]} 步 · {task.fields[events]} 个事件"),
        TimeElapsedColumn(),
        console=console,
    ) as progress:
        first = working_days()[0].isoformat()
        total = len(working_days())
        yield Bar(progress, progress.add_task(first, total=total, acts=0, events=0))
