"""huiban audit: whether what is on file of sign-ins is whole."""

import asyncio
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.places import VAR
from deploy.troubles import Trouble

if TYPE_CHECKING:
    from services.portal.signin.chain import Link
    from services.portal.signin.trail import Verified

commands = typer.Typer(help="登录审计记录。", no_args_is_help=True)
commands.callback()(lambda: None)

NOTED = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


class UnreadableNote(Trouble):
    """看不懂“{text}”；应写作 序号:封印，如以前核对时显示的那样。"""


@commands.command()
def verify(
    noted: Annotated[
        str, typer.Option("--noted", help="以前核对时记下的 序号:封印；一并核对它没有被换掉")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="以JSON输出")] = False,
    root: Annotated[Path, typer.Option("--root", help="数据所在目录")] = VAR,
) -> None:
    """逐条核对登录审计记录的封印（SM3）；有一条不符时退出码为1。"""
    known = _noted(noted) if noted else None
    found = asyncio.run(_verify(os.environ.get("DATABASE_URL") or _portals_database(root), known))
    head = f"{found.good.n}:{found.good.digest.hex()}" if found.good else None
    if as_json:
        answer = {"whole": found.broken is None, "head": head, "broken": found.broken}
        typer.echo(json.dumps(answer | {"why": found.why}, ensure_ascii=False))
    elif found.broken is None:
        typer.echo(f"全部{found.good.n if found.good else 0}条记录完好。")
        if head:
            typer.echo("请把这一行另行记下（如写入日报），以后用 --noted 核对：")
            typer.echo(head)
    else:
        typer.echo(f"第{found.broken}条记录不符：{found.why}。此前的记录完好。")
    if found.broken is not None:
        raise typer.Exit(1)


def _noted(text: str) -> "Link":
    from services.portal.signin.chain import Link

    if (hit := NOTED.fullmatch(text.strip().lower())) is None:
        raise UnreadableNote(text=text)
    return Link(int(hit[1]), "", bytes.fromhex(hit[2]))


def _portals_database(root: Path) -> str:
    from deploy.local.addresses import of_running

    return of_running(root).databases["portal"]


async def _verify(database_url: str, known: "Link | None") -> "Verified":
    from services.portal.signin.room import open_desk
    from services.portal.signin.trail import verified

    # The whole trail may take longer than a transaction of the service.
    async with (
        open_desk(database_url) as desk,
        desk.pool.acquire() as connection,
        connection.transaction(readonly=True, isolation="repeatable_read"),
    ):
        return await verified(connection, known=known)
