"""huiban explain: how a proposal's due dates were reckoned, step by step."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.tree import Tree

from deploy.asking import ask
from deploy.places import VAR
from deploy.troubles import Trouble

ROLES = {"lead": "主办", "split": "分办", "co_handle": "会办", "reference": "参阅"}
CLOCKS = {
    "sign": "签收",
    "return_by": "退办",
    "object_by": "二次异议",
    "contact": "首次沟通",
    "answer": "办理",
}


class NoSuchProposal(Trouble):
    """没有案号为{number}的提案。"""


def command(
    number: Annotated[str, typer.Argument(help="案号（如 20240080）或提案标识")],
    root: Annotated[Path, typer.Option("--root", help="数据所在目录")] = VAR,
) -> None:
    """逐步说明一件提案的各个期限是怎样算出来的。"""
    proposal = _proposal(root, number)
    assignment = ask(root, "assignment", "GET", f"/proposals/{proposal}")
    tree = Tree(f"[bold]{assignment['number']}[/bold]")
    for task in assignment["tasks"]:
        branch = tree.add(f"{task['unit_name']}（{ROLES.get(task['role'], task['role'])}）")
        for name, title in CLOCKS.items():
            if due := task.get(name):
                _due(branch, title, due)
    Console().print(tree)


def _due(branch: Tree, title: str, due: dict[str, Any]) -> None:
    provisional = "（暂定）" if due["provisional"] else ""
    leaf = branch.add(f"{title}期限：[bold]{due['on']}[/bold]{provisional}")
    for step in due["steps"]:
        leaf.add(f"{step['day']}  {step['says']}")
    leaf.add(f"依据：{due['rule']}，{due['source'] or '未注明出处'}；日历：{due['calendar']}")


def _proposal(root: Path, number: str) -> str:
    if not (len(number) == 8 and number.isdecimal()):
        return number
    found = ask(root, "intake", "GET", "/proposals", q=number)
    for proposal in found["proposals"]:
        if proposal["number"] == number:
            return str(proposal["proposal_id"])
    raise NoSuchProposal(number=number)
