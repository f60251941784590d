"""huiban seed: give a new installation its units, people, calendar and rules."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from deploy.asking import ask
from deploy.places import VAR

WORDS = {
    "UnitRegistered": "单位",
    "UnitSucceeded": "沿革",
    "PersonRegistered": "人员",
    "CalendarYearAnnounced": "年历",
    "RulesPublished": "规则集",
}


def command(
    place: Annotated[str, typer.Argument(help="地方，目前有 shenzhen")] = "shenzhen",
    root: Annotated[Path, typer.Option("--root", help="数据所在目录")] = VAR,
) -> None:
    """装入基础数据；已有且相同的不变，可以重复运行。"""
    answer = ask(root, "registry", "POST", "/seed", body={"place": place})
    told = Counter(event["type"].split(".")[2] for event in answer["events"])
    if not told:
        typer.echo("基础数据已经是最新的。")
        return
    typer.echo("已装入：" + "，".join(f"{WORDS.get(kind, kind)}{n}项" for kind, n in told.items()))
