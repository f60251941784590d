"""`huiban up`: everything on this machine, until Ctrl-C."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.places import VAR
from deploy.services import SERVICES


def command(
    port: Annotated[int, typer.Option(help="门户的端口；其余服务依次顺延。")] = 8700,
    root: Annotated[Path, typer.Option(help="数据、密钥和日志所在的目录。")] = VAR,
) -> None:
    """启动 Kafka、PostgreSQL 和全部服务，直到按下 Ctrl-C。

    设置了 KAFKA_BOOTSTRAP_SERVERS 或 DATABASE_URL 时，使用所指的 Kafka 或 PostgreSQL。
    """
    from deploy.local.interrupts import run_until_interrupted

    run_until_interrupted(_up(port, root=root), say=_say)


async def _up(port: int, *, root: Path) -> None:
    import asyncio
    import os

    from deploy.local.up import local_parts

    clock = asyncio.get_running_loop().time
    began = clock()
    first = SERVICES["portal"].port
    _say("正在启动会办……")
    async with local_parts(
        root,
        city=os.environ.get("HUIBAN_CITY", ""),
        ports={service.name: port + service.port - first for service in SERVICES.values()},
        kafka_bootstrap_servers=os.environ.get("KAFKA_BOOTSTRAP_SERVERS", ""),
        database_url=os.environ.get("DATABASE_URL", ""),
        keep_parts=True,
        say=_say,
    ) as parts:
        _say(f"会办已就绪，用时 {clock() - began:.1f} 秒。")
        _say(f"  门户：{parts.addresses.url('portal')}")
        _say(f"  日志：{parts.places.root / 'log'}")
        _say("  初次使用：另开窗口运行 huiban seed，装入单位、日历和规则。")
        _say("按 Ctrl-C 结束。")
        await asyncio.Event().wait()


def _say(sentence: str) -> None:
    print(sentence, flush=True)
