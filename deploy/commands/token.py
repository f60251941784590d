"""`huiban token`: an identity for trying things out at the terminal."""

import os
from pathlib import Path
from typing import Annotated

import typer

from deploy.places import VAR, Places
from deploy.troubles import Trouble


class NoSigningKey(Trouble):
    """没有签名私钥（{path}）；请先运行 huiban up，或用环境变量 HUIBAN_SIGNING_KEY 指明。"""


def command(
    person: Annotated[str, typer.Option(help="人员编号。")],
    post: Annotated[str, typer.Option(help="职务，如 office、officer、head。")],
    unit: Annotated[str, typer.Option(help="单位编码，如 D09。")],
    name: Annotated[str, typer.Option(help="姓名；不填则同人员编号。")] = "",
    on_behalf_of: Annotated[
        str, typer.Option("--for", help="代谁办理：此人的编号；职务和单位填此人的。")
    ] = "",
    minutes: Annotated[float, typer.Option(help="有效分钟数。", min=0.1, max=1440)] = 15,
    root: Annotated[Path, typer.Option(help="密钥所在的目录。")] = VAR,
) -> None:
    """签发一个身份令牌，供在本机试用接口。"""
    from shared.identity import mint

    key = Path(os.environ.get("HUIBAN_SIGNING_KEY") or Places(root).signing_key)
    if not key.exists():
        raise NoSigningKey(path=key)
    print(
        mint(
            key,
            person=person,
            name=name or person,
            post=post,
            unit=unit,
            minutes=minutes,
            on_behalf_of=on_behalf_of or None,
        )
    )
