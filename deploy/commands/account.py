"""huiban account: other systems that act here, each in a post and with a key of its own."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from deploy.asking import ask
from deploy.places import VAR

commands = typer.Typer(help="管理其他系统使用的服务账户；密钥只显示一次。", no_args_is_help=True)

Account = Annotated[str, typer.Argument(help="账户名，如 hr-sync")]
Root = Annotated[Path, typer.Option("--root", help="数据所在目录")]
Until = Annotated[
    datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="最后一天，如 2027-12-31")
]

SECURITY = "security"
PAGE = 200


@commands.command("list")
def list_(
    root: Root = VAR, as_json: Annotated[bool, typer.Option("--json", help="以JSON输出")] = False
) -> None:
    """列出服务账户（不含密钥）。"""
    rows: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = _ask(root, "GET", "/accounts", **after)
        rows += page["accounts"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not rows:
        typer.echo("没有服务账户。")
        return
    table = Table("账户", "名称", "身份", "单位", "可办事项", "截止", title="服务账户")
    for row in rows:
        columns = (row["account"], row["name"], row["post"], row["unit"], "、".join(row["acts"]))
        table.add_row(*columns, row["until"] or "")
    Console().print(table)


@commands.command()
def register(
    account: Account,
    name: Annotated[str, typer.Option("--name", help="系统名称，如 人事系统")],
    post: Annotated[str, typer.Option("--post", help="以什么身份，如 operator、officer")],
    unit: Annotated[str, typer.Option("--unit", help="单位编码或名称")],
    acts: Annotated[
        str, typer.Option("--acts", help="可办事项，以逗号分隔，如 read,intake.submit")
    ],
    until: Until = None,
    root: Root = VAR,
) -> None:
    """登记一个服务账户，并显示它的密钥。"""
    body = {
        "account": account,
        "name": name,
        "post": post,
        "unit": unit,
        "acts": [one.strip() for one in acts.split(",") if one.strip()],
        "until": until.date().isoformat() if until else None,
    }
    _show(_ask(root, "POST", "/accounts", body=body))


@commands.command()
def rotate(account: Account, root: Root = VAR) -> None:
    """更换密钥；原来的立即失效。"""
    _show(_ask(root, "POST", f"/accounts/{account}/rotate"))


@commands.command()
def end(account: Account, root: Root = VAR) -> None:
    """停用一个服务账户。"""
    _ask(root, "POST", f"/accounts/{account}/end")
    typer.echo(f"已停用：{account}。")


def _ask(root: Path, method: str, path: str, *, body: object = None, **query: Any) -> Any:
    return ask(root, "registry", method, path, person=SECURITY, post=SECURITY, body=body, **query)


def _show(answer: dict[str, Any]) -> None:
    typer.echo("以下请求头就是密钥，只显示这一次，请妥善保存：")
    typer.echo(f"Authorization: {answer['authorization']}")
