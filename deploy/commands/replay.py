"""huiban replay: build a read side anew from the topics, while the old one serves."""

import asyncio
import os
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from deploy.local.addresses import of_running
from deploy.places import VAR
from deploy.troubles import Trouble

READ_SIDES = ("portal",)


class NotAReadSide(Trouble):
    """{service}不能由事件重建：它的数据就是事实本身。可重建的有：{read_sides}。"""


def command(
    service: Annotated[str, typer.Argument(help="读侧服务，目前为 portal")],
    root: Annotated[Path, typer.Option("--root", help="数据所在目录")] = VAR,
) -> None:
    """从 Kafka 重建读侧：在影子结构里重放全部事件，完成后替换；期间原有页面照常可用。"""
    if service not in READ_SIDES:
        raise NotAReadSide(service=service, read_sides="、".join(READ_SIDES))
    from shared.refusals import Refusal
    from shared.replaying import rebuild
    from shared.settings import Settings, read_settings

    if "DATABASE_URL" in os.environ and "KAFKA_BOOTSTRAP_SERVERS" in os.environ:
        settings = read_settings()
    else:
        told = of_running(root).environment(service)
        settings = Settings.model_validate(
            {name.lower(): value for name, value in told.items() if name.lower() in FIELDS}
        )
    ears = import_module(f"services.{service}.subscribers").ears
    with Progress(
        TextColumn("重建{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    ) as progress:
        bar = progress.add_task(service, total=None)

        def say(read: int, total: int) -> None:
            progress.update(bar, completed=read, total=total)

        try:
            done = asyncio.run(rebuild(settings, service=service, ears=ears, say=say))
        except Refusal as refusal:
            raise Trouble(why=refusal.sentence) from None
    typer.echo(
        f"已用{done.records}条事件重建{service}，历时{done.seconds:.1f}秒，搁置{done.parked}条。"
    )


FIELDS = (
    "database_url",
    "kafka_bootstrap_servers",
    "huiban_public_key",
    "huiban_city",
    "huiban_demo",
)
