"""huiban contracts: schemas, the AsyncAPI document, each service's OpenAPI, the catalogues."""

from typing import Annotated

import typer

from deploy.places import PROJECT
from deploy.troubles import Trouble


class OutOfDate(Trouble):
    """以下文件与程序不一致，请运行 huiban contracts 重新生成：{names}"""


def command(
    check: Annotated[bool, typer.Option("--check", help="只检查，不改写；有不一致则失败")] = False,
    release: Annotated[str, typer.Option(help="把现在的事件格式存为这个发布版本")] = "",
) -> None:
    """生成并保存对外的约定：事件格式、AsyncAPI、各服务的OpenAPI，以及各语言的文字目录。"""
    from deploy.publishing import documents

    if check:
        if stale := documents.out_of_date():
            names = "\n".join(f"  {path.relative_to(PROJECT)}" for path in stale)
            raise OutOfDate(names=f"\n{names}")
        typer.echo("对外的约定都是最新的。")
        return
    changed = documents.bring_up_to_date()
    if release:
        changed += documents.release(release)
    for path in changed:
        typer.echo(f"已更新 {path.relative_to(PROJECT)}")
    typer.echo(f"共更新{len(changed)}个文件。")
