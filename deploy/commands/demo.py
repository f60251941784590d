"""`huiban demo`: Longhua's year 2024, played day by day through the services' interfaces."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.places import VAR

DEMO = VAR / "demo"


def command(
    once: Annotated[bool, typer.Option(help="演完写出报告就结束，不停留。")] = False,
    root: Annotated[Path, typer.Option(help="演示用的目录；每次演示开始时清空。")] = DEMO,
) -> None:
    """演示：龙华区2024年37件市政协提案，从提交到总体情况报告。

    另起一套 Kafka、PostgreSQL 和六个服务，与 huiban up 的数据互不相干。
    """
    from deploy.demo.running import run
    from deploy.local.interrupts import run_until_interrupted

    played = run_until_interrupted(run(root, once=once), say=_say)
    if once and not played:
        raise KeyboardInterrupt


def _say(sentence: str) -> None:
    print(sentence, flush=True)
