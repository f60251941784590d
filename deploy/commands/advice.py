"""huiban advice: how good the advice on units is, and how often it was followed."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from deploy.asking import ask
from deploy.places import VAR

commands = typer.Typer(help="分办建议的检验和采纳情况。", no_args_is_help=True)

FIGURES = ("advised", "first", "among_three", "taken", "changed")


@commands.command("report")
def report(
    root: Annotated[Path, typer.Option("--root", help="数据所在目录")] = VAR,
    since: Annotated[str, typer.Option("--since", help="自哪一天起，如 2024-01-01")] = "2000-01-01",
    until: Annotated[str, typer.Option("--until", help="到哪一天止")] = "9999-12-31",
    as_json: Annotated[bool, typer.Option("--json", help="以JSON输出")] = False,
) -> None:
    """逐年统计：建议多少件，首选、前三、前五被采纳的各占多少，改选的多少件。"""
    found = ask(root, "assignment", "GET", "/advice/report", since=since, until=until)
    years: list[dict[str, int]] = found["years"]
    if as_json:
        typer.echo(json.dumps(years, ensure_ascii=False, indent=1))
        return
    if not years:
        typer.echo("还没有按建议交办或者改选的记录。")
        return
    table = Table(
        "年份",
        "提出建议",
        "首选被采纳",
        "前三被采纳",
        "所列被采纳",
        "改选他家",
        title="分办建议采纳情况",
    )
    for cells in rows_of(years):
        table.add_row(*cells)
    Console().print(table)
    typer.echo("计数：交办或者分项时附有建议的，每件每项计一次；选定的单位列在建议之中即为采纳。")


SHARES = {
    "first": "首位命中",
    "among_three": "前三命中",
    "among_five": "前五命中",
    "any_handler_among_five": "前五含主办或会办",
}


@commands.command("evaluate")
def evaluate(
    root: Annotated[Path, typer.Option("--root", help="数据所在目录")] = VAR,
    as_json: Annotated[bool, typer.Option("--json", help="以JSON输出")] = False,
) -> None:
    """用承办单位已知的提案检验：不看其本身的交办，建议之中有没有真正的主办单位。"""
    found = ask(root, "assignment", "GET", "/advice/evaluation")
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    table = Table("依据", "件数", *SHARES.values(), title="分办建议的检验")
    for one in found["measured"]:
        shares = (f"{one[name]:.0%}" for name in SHARES)
        table.add_row(one["of"], str(one["asked"]), *shares)
    Console().print(table)
    typer.echo("附带的实例多为外地提案，按同名单位对应到本市；本地的检验随交办增多而更可靠。")


def rows_of(years: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """A row for each year, and one for all of them where there are several."""
    rows = [_row(str(year["year"]), year) for year in years]
    if len(years) > 1:
        rows.append(_row("合计", {name: sum(year[name] for year in years) for name in FIGURES}))
    return rows


def _row(title: str, figures: Mapping[str, Any]) -> tuple[str, ...]:
    whole = figures["advised"]
    shares = (f"{figures[name]}（{figures[name] / whole:.0%}）" for name in FIGURES[1:])
    return title, str(whole), *shares
