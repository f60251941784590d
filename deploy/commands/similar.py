"""huiban similar: how well similar proposals are found."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from deploy.asking import ask
from deploy.places import VAR

commands = typer.Typer(help="相似提案的提示。", no_args_is_help=True)

COLUMNS = {
    "pairs": "对数",
    "asked": "查询",
    "hit_at_1": "首位命中",
    "hit_at_5": "前五命中",
    "recall_at_10": "前十召回",
    "precision_at_cut": "提示线上准确率",
    "useful_at_cut": "提示线上有用率",
    "recall_at_cut": "提示线上召回率",
}


@commands.callback()
def similar() -> None:
    """相似提案的提示。"""


@commands.command()
def evaluate(
    root: Annotated[Path, typer.Option("--root", help="数据所在目录")] = VAR,
    as_json: Annotated[bool, typer.Option("--json", help="以JSON输出")] = False,
) -> None:
    """用真实案由和本地留存的判断（并案、关联、不是）检验提示的准确率和召回率。"""
    found = ask(root, "intake", "GET", "/similar/evaluation")
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    table = Table(
        "依据",
        *COLUMNS.values(),
        title=f"相似提案的检验（提示线{found['cut']:.0%}，案由规则第{found['wording']}版）",
    )
    for one in found["measured"]:
        table.add_row(one["of"], *(_said(one, name) for name in COLUMNS))
    Console().print(table)
    typer.echo("准确：所提示的当并案；有用：当并案或者关联；召回：当并案的有多少得到提示。")


def _said(measured: dict[str, Any], name: str) -> str:
    value = measured[name]
    return str(value) if name in ("pairs", "asked") else f"{value:.0%}"
