"""huiban parked: events that a service could not take in, and what to do with them."""

import getpass
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from deploy.asking import ask
from deploy.places import VAR

commands = typer.Typer(
    help="查看和处理搁置的事件（每次处理都要写明原因，并记入审计）。", no_args_is_help=True
)

ServiceName = Annotated[str, typer.Argument(help="服务名，如 reply")]
ParkedId = Annotated[int, typer.Argument(help="搁置编号")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="为什么这样处理", prompt="原因")]
Root = Annotated[Path, typer.Option("--root", help="数据所在目录")]
AsJson = Annotated[bool, typer.Option("--json", help="以JSON输出")]

STATES = {
    "retry": "等待重试",
    "behind": "等待前一条",
    "gap": "等待缺失的事件",
    "unreadable": "不能识别",
    "dead": "须人工处理",
}


@commands.command("list")
def list_(service: ServiceName, root: Root = VAR, as_json: AsJson = False) -> None:
    """列出一个服务搁置的事件。"""
    rows: list[dict[str, Any]] = []
    while page := ask(root, service, "GET", "/parked", after=rows[-1]["id"] if rows else 0):
        rows += page
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        typer.echo("没有搁置的事件。")
        return
    table = Table(
        "编号", "状态", "键", "事件", "次数", "搁置于", "原因", title=f"{service} 搁置的事件"
    )
    for row in rows:
        kind = (row["type"] or "（外来记录）").removeprefix("huiban.")
        table.add_row(
            str(row["id"]),
            STATES[row["state"]],
            row["key"],
            kind,
            str(row["attempts"]),
            row["parked_at"][:19].replace("T", " "),
            row["why"],
        )
    Console().print(table)


@commands.command()
def show(service: ServiceName, parked_id: ParkedId, root: Root = VAR) -> None:
    """显示一条搁置的事件及其内容。"""
    typer.echo(
        json.dumps(ask(root, service, "GET", f"/parked/{parked_id}"), ensure_ascii=False, indent=1)
    )


def _act(root: Path, service: str, parked_id: int, act: str, body: dict[str, str]) -> None:
    ask(
        root,
        service,
        "POST",
        f"/parked/{parked_id}/{act}",
        person=f"operator:{getpass.getuser()}",
        body=body,
    )
    typer.echo(f"已处理：{service} 第{parked_id}条（{act}）。")


@commands.command()
def redrive(service: ServiceName, parked_id: ParkedId, reason: Reason, root: Root = VAR) -> None:
    """重新处理一条搁置的事件。"""
    _act(root, service, parked_id, "redrive", {"reason": reason})


@commands.command()
def correct(
    service: ServiceName,
    parked_id: ParkedId,
    file: Annotated[Path, typer.Argument(help="更正后的内容（JSON文件）", exists=True)],
    reason: Reason,
    root: Root = VAR,
) -> None:
    """以更正后的内容处理一条搁置的事件，原内容留在审计中。"""
    value = file.read_text(encoding="utf-8")
    _act(root, service, parked_id, "correct", {"reason": reason, "value": value})


@commands.command()
def skip(service: ServiceName, parked_id: ParkedId, reason: Reason, root: Root = VAR) -> None:
    """放弃一条搁置的事件（缺口：不再等待缺失的事件），后面的继续处理。"""
    _act(root, service, parked_id, "skip", {"reason": reason})
