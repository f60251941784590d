"""The closing words: what happened this year, the report's figures, and where to look."""

from email.message import EmailMessage
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from deploy.demo.mail import Postbox
from deploy.demo.stories import TOLD

WORDS = {"satisfied": "满意", "basically": "基本满意", "dissatisfied": "不满意"}


def tell(
    report: dict[str, Any],
    *,
    console: Console,
    portal: str,
    root: Path,
    box: Postbox,
    seconds: float,
) -> None:
    """What somebody at the terminal reads after the last day."""
    console.print()
    console.print(_stories())
    console.print(_figures(report))
    console.print(
        "第20240080号、第20240498号的题名、提案人、主办和会办单位取自龙华区公开的2024年报告；"
        "其余35件据真实记录改写，标明“组合示例”。全部办理过程都是演示所编。"
    )
    console.print()
    console.print(f"  门户  [bold]{portal}[/bold]，登录页上点一个演示账户即可，不用口令：")
    console.print("        政协委员、提案委、市政府办公厅、区政府、市直和区直部门、市领导、管理员")
    console.print("        其中几位也可以经“统一身份认证（演示）”登录")
    console.print(f"  邮件  {box.count} 封，在 {box.folder}", markup=False)
    if box.count:
        console.print(_mail(box.message(box.count)))
    console.print(f"  报告  {root / 'report.md'}，{root / 'report.json'}", markup=False)
    console.print(f"  用时  {seconds:.1f} 秒")


def _mail(message: EmailMessage) -> Padding:
    """A message as it was delivered: outside the office only numbers, lights and links."""
    first = message.get_content().strip().splitlines()[0]
    said = f"最后一封：{message['To']}，{message['Subject']}\n{first}"
    return Padding(Text(said, overflow="fold"), (0, 0, 0, 8))


def _stories() -> Table:
    table = Table(
        title="龙华区 2024 年：这一年发生了什么",
        title_justify="left",
        title_style="bold",
        box=None,
    )
    table.add_column("日期", no_wrap=True)
    table.add_column("提案", no_wrap=True)
    table.add_column("经过")
    for story in TOLD:
        table.add_row(f"{story.on:%m-%d}", story.number or "全部", story.says)
    return table


def _figures(report: dict[str, Any]) -> Panel:
    ratings = report["ratings"]["result"]
    table = Table.grid(padding=(0, 2))
    for name, figure in (
        (
            "收到提案",
            f"{report['received']} 件 = 主办、分办 {report['answering']} 件"
            f" + 会办 {report['co_handling']} 件（重点 {report['key']} 件）",
        ),
        ("按时办理", f"{report['answered_on_time']} / {report['received']} 件"),
        ("发出答复", f"{report['replies']} 件：{_each(report['by_class'])}"),
        ("结果评价", _each({WORDS[word]: n for word, n in ratings.items()})),
        (
            "承诺事项",
            f"{report['promises_made']} 项，已兑现 {report['promises_kept']} 项"
            f"（转化率 {_rate(report)}）",
        ),
        (
            "市级协调",
            f"{report['coordination_flagged']} 项，已决定 {report['coordination_decided']} 项",
        ),
        ("并入他案", f"{report['merged']} 件，单独答复、单独评价"),
    ):
        table.add_row(name, figure)
    return Panel(
        table, title="总体情况（由事件算出，计数规则见报告）", title_align="left", expand=False
    )


def _each(counts: dict[str, int]) -> str:
    return " · ".join(f"{name} {count}" for name, count in counts.items())


def _rate(report: dict[str, Any]) -> str:
    made = report["promises_made"]
    return f"{report['promises_kept'] / made:.0%}" if made else "无"
