"""huiban import: take lists from Excel, in two steps and with a progress bar."""

import getpass
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillAtIt
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from deploy.asking import ask
from deploy.places import VAR
from deploy.troubles import Trouble

commands = typer.Typer(help="导入Excel清单。", no_args_is_help=True)

COMMITTEE_UNIT, OFFICE_UNIT = "C004", "C007"
SHOWN = 50
LOOK_AGAIN_SECONDS = 0.5
CONFIRM_SECONDS = 600.0
LEVELS = {"fault": "[red]错误[/red]", "hint": "[yellow]提示[/yellow]"}


class NotTakenOver(Trouble):
    """清单中有{faults}处错误，没有导入；请改正后重新导入。"""


@commands.callback()
def import_() -> None:
    """导入Excel清单。"""


@commands.command()
def proposals(
    file: Annotated[Path, typer.Argument(help="Excel文件", exists=True, dir_okay=False)],
    archive: Annotated[bool, typer.Option("--archive", help="往年提案，归档")] = False,
    hand_over: Annotated[
        str | None, typer.Option("--hand-over", help="导入后按清单交办，写明会议名称")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="检查无错误即导入，不再询问")] = False,
    root: Annotated[Path, typer.Option("--root", help="数据所在目录")] = VAR,
) -> None:
    """导入提案清单：先逐行检查，确认后全部导入，或一行也不导入。"""
    console = Console()
    kind = "archive" if archive else "hand_over"
    brought = _ask(root, "POST", "/imports", file=file.read_bytes(), kind=kind, name=file.name)
    import_id, total = brought["import_id"], brought["total"]
    with _bar(console) as bar:
        task = bar.add_task("检查", total=total)
        shown = brought
        while shown["checked"] < total:
            shown = _ask(root, "POST", f"/imports/{import_id}/check")
            bar.update(task, completed=shown["checked"])
    for note in shown["notes"]:
        console.print(note)
    _print(console, list(_findings(root, import_id)))
    if shown["faults"]:
        raise NotTakenOver(faults=shown["faults"])
    if not yes:
        typer.confirm(f"共{total}行，{shown['hints']}处提示。确认导入？", abort=True)
    with _bar(console) as bar, ThreadPoolExecutor(max_workers=1) as apart:
        task = bar.add_task("导入", total=total)
        confirming = apart.submit(
            _ask,
            root,
            "POST",
            f"/imports/{import_id}/confirm",
            body={"digest": brought["digest"]},
            seconds=CONFIRM_SECONDS,
        )
        while True:
            try:
                confirming.result(timeout=LOOK_AGAIN_SECONDS)
            except StillAtIt:
                done = _ask(root, "GET", f"/imports/{import_id}")["done"]
                bar.update(task, completed=done)
            else:
                bar.update(task, completed=total)
                break
    console.print(f"已导入{total}行。")
    if hand_over is not None:
        _hand_over(root, import_id, meeting=hand_over, console=console)


def _hand_over(root: Path, import_id: str, *, meeting: str, console: Console) -> None:
    items = _ask(root, "GET", f"/imports/{import_id}/hand-over")["items"]
    ask(
        root,
        "assignment",
        "POST",
        "/hand-overs",
        person=f"office:{getpass.getuser()}",
        post="office",
        unit=OFFICE_UNIT,
        body={"meeting": meeting, "items": items},
        seconds=CONFIRM_SECONDS,
    )
    console.print(f"已交办{len(items)}件。")


def _findings(root: Path, import_id: str) -> Iterator[dict[str, Any]]:
    """Everything that was found, page by page, the faults first."""
    for level in LEVELS:
        after = 0
        while True:
            page = _ask(root, "GET", f"/imports/{import_id}", level=level, after_row=after)
            yield from page["findings"]
            if page["next_row"] is None:
                break
            after = page["next_row"]


def _print(console: Console, findings: list[dict[str, Any]]) -> None:
    if not findings:
        return
    table = Table("", "说明")
    for one in findings[:SHOWN]:
        table.add_row(LEVELS[one["level"]], one["says"])
    console.print(table)
    if len(findings) > SHOWN:
        console.print(f"另有{len(findings) - SHOWN}处。")


def _ask(root: Path, method: str, path: str, **more: Any) -> Any:
    return ask(
        root,
        "intake",
        method,
        path,
        person=f"committee:{getpass.getuser()}",
        post="committee",
        unit=COMMITTEE_UNIT,
        **more,
    )


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console)
