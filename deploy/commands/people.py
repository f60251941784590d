"""huiban people: how the first of them come in."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from deploy.places import VAR
from deploy.troubles import Trouble

commands = typer.Typer(help="人员的登录账号。", no_args_is_help=True)
# With a callback, a single word stays a word.
commands.callback()(lambda: None)


@commands.command()
def password(
    person: Annotated[str, typer.Argument(help="人员编号，如 security.C007；须已登记。")],
    root: Annotated[Path, typer.Option("--root", help="数据所在目录")] = VAR,
    without_second_factor: Annotated[
        bool, typer.Option("--drop-second-factor", help="验证器已丢失：同时停用动态验证码")
    ] = False,
) -> None:
    """设置一次性口令，只显示一次；没有账号的同时开通。首位安全管理员由此登录。"""
    from shared.refusals import Refusal

    try:
        told = asyncio.run(
            _password(
                os.environ.get("DATABASE_URL") or _portals_database(root),
                person,
                without_second_factor=without_second_factor,
            )
        )
    except Refusal as refusal:
        raise Trouble(why=refusal.sentence) from None
    typer.echo(f"{person} 的一次性口令（只显示这一次，首次登录时须更换）：")
    typer.echo(told)


def _portals_database(root: Path) -> str:
    from deploy.local.addresses import of_running

    return of_running(root).databases["portal"]


async def _password(database_url: str, person: str, *, without_second_factor: bool) -> str:
    from services.portal.signin.first_password import set_at_the_terminal
    from services.portal.signin.passwords import Passwords
    from services.portal.signin.room import now, open_desk
    from shared.contracts.event import PersonId
    from shared.postgres import open_pool
    from shared.work import Desk

    async with open_pool(database_url, schema="portal", size=1) as pool:
        known = await Desk(pool, service="portal").reference()
    async with open_desk(database_url) as desk:
        return await set_at_the_terminal(
            desk,
            Passwords(),
            PersonId(person),
            known=known,
            now=now(),
            without_second_factor=without_second_factor,
        )
