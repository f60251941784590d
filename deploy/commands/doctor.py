"""huiban doctor: what is wrong with an installation, why, and what to do about it."""

import asyncio
import json
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from deploy.places import VAR
from deploy.troubles import Trouble

if TYPE_CHECKING:
    from services.portal.papers.fonts import Examined

OUTBOX_SECONDS = 30
LAG_RECORDS = 5_000
FREE_BYTES = 1_000_000_000
NAMES_LOOKED_AT = 20_000
CALENDAR_WARNING_MONTH = 11
Mark = Literal["well", "warning", "wrong"]
MARKS = {"well": "[green]● 正常[/]", "warning": "[yellow]◆ 注意[/]", "wrong": "[red]■ 异常[/]"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it stands, why, and what to do."""

    subject: str
    mark: Mark
    says: str
    advice: str = ""


def command(
    root: Annotated[Path, typer.Option("--root", help="数据所在目录")] = VAR,
    as_json: Annotated[bool, typer.Option("--json", help="以JSON输出")] = False,
) -> None:
    """逐项检查：哪里不对、为什么、怎么办；有异常时退出码为1。"""
    findings = asyncio.run(examine(root))
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in findings], ensure_ascii=False, indent=1))
    else:
        table = Table("", "检查项", "情况", "怎么办", title="会办体检")
        for one in findings:
            table.add_row(MARKS[one.mark], one.subject, one.says, one.advice)
        Console().print(table)
    if any(one.mark == "wrong" for one in findings):
        raise typer.Exit(1)


async def examine(root: Path) -> list[Finding]:
    """Look at everything; what stands in the way of looking is a finding too."""
    findings = [disk(root)]
    try:
        addresses = _addresses(root)
    except Trouble as trouble:
        return [*findings, Finding("安装", "wrong", str(trouble), "运行 huiban up")]
    findings += await asyncio.gather(
        _looked("数据库", _database(addresses)), _looked("Kafka", _kafka(addresses))
    )
    services = (_service(addresses, service) for service in addresses.ports)
    findings += chain.from_iterable(await asyncio.gather(*services))
    findings.append(await _looked("工作日历", _calendar(addresses)))
    findings.append(await _looked("字体", _fonts(addresses)))
    findings.append(await attachments(os.environ.get("HUIBAN_STORE") or addresses.store))
    return findings


def _addresses(root: Path) -> Any:
    from deploy.local.addresses import of_running

    return of_running(root)


async def _looked(subject: str, looking: Awaitable[Finding]) -> Finding:
    try:
        return await looking
    except Exception as error:
        return Finding(
            subject, "wrong", str(error) or type(error).__name__, "查看 var/log 下的日志"
        )


def disk(root: Path, *, free: Callable[[Path], int] | None = None) -> Finding:
    """Is there room: neither PostgreSQL nor Kafka survives a full disk gracefully."""
    place = root if root.exists() else root.parent
    left = free(place) if free else shutil.disk_usage(place).free
    says = f"剩余{left / 1e9:.1f} GB"
    if left < FREE_BYTES:
        return Finding("磁盘", "wrong", says, "清理磁盘或扩容；写满后服务会暂停，数据不会丢失")
    return Finding("磁盘", "well", says)


async def _database(addresses: Any) -> Finding:
    from deploy.local.databases import connected

    async with connected(addresses.admin_database, within=5) as connection:
        version = await connection.fetchval("SHOW server_version")
        full = await connection.fetchval(
            "SELECT count(*)::float / current_setting('max_connections')::int FROM pg_stat_activity"
        )
    if full > 0.85:
        return Finding(
            "数据库", "warning", f"连接已用{full:.0%}", "调大 max_connections 或减少进程"
        )
    return Finding("数据库", "well", f"PostgreSQL {version}，连接已用{full:.0%}")


async def _kafka(addresses: Any) -> Finding:
    from deploy.local.topics import in_city, leaders_there
    from shared.contracts.event import PROPOSALS, REFERENCE

    topics = [in_city(name, city=addresses.city) for name in (PROPOSALS, REFERENCE)]
    await leaders_there(addresses.kafka, topics=topics, within=5)
    return Finding("Kafka", "well", f"{addresses.kafka}，主题{'、'.join(topics)}均有主副本")


async def _service(addresses: Any, service: str) -> list[Finding]:
    import httpx

    url = addresses.url(service)
    try:
        async with httpx.AsyncClient(timeout=5) as client:
            ready = (await client.get(f"{url}/ready")).json()
            if not ready["ready"]:
                why = "；".join(ready["missing"])
                return [Finding(service, "wrong", why, f"查看 var/log/{service}.log")]
            status = (await client.get(f"{url}/status")).json()
    except (httpx.HTTPError, ValueError):
        return [Finding(service, "wrong", f"{url} 没有应答", f"查看 var/log/{service}.log")]
    return judged(service, status)


def judged(service: str, status: dict[str, Any]) -> list[Finding]:
    """What a ready service's figures say."""
    findings = []
    if status["outbox_blocked"]:
        findings.append(
            Finding(
                service,
                "wrong",
                f"{status['outbox_blocked']}条事件被Kafka拒收，其提案的后续事件都在等待",
                "查看日志中的 event blocked；通常须调大 Kafka 的 message.max.bytes",
            )
        )
    if status["outbox_oldest_seconds"] > OUTBOX_SECONDS:
        findings.append(
            Finding(
                service,
                "wrong",
                f"有{status['outbox_pending']}条事件未发出，最久{status['outbox_oldest_seconds']:.0f}秒",
                "检查 Kafka 是否可用",
            )
        )
    parked = status["parked"]
    if by_hand := parked.get("dead", 0) + parked.get("unreadable", 0):
        findings.append(
            Finding(service, "wrong", f"{by_hand}条事件须人工处理", f"huiban parked list {service}")
        )
    elif waiting := sum(parked.values()):
        findings.append(Finding(service, "warning", f"{waiting}条事件搁置待重试", "稍后再看"))
    if (status["lag"] or 0) > LAG_RECORDS:
        findings.append(Finding(service, "warning", f"落后{status['lag']}条事件", "稍后再看"))
    if not status["reference_facts"]:
        findings.append(Finding(service, "wrong", "没有基础数据", "huiban seed"))
    return findings or [Finding(service, "well", "就绪，无积压")]


async def _fonts(addresses: Any) -> Finding:
    from deploy.local.databases import connected
    from services.portal.papers.fonts import Shelf, examine

    async with connected(addresses.databases["portal"], within=5) as connection:
        # Names are what fonts lack: those of the newest year's proposers, and its titles.
        rows = await connection.fetch(
            """
            SELECT coalesce(title, '') || coalesce(proposers::text, '') AS words
              FROM portal.proposals
             WHERE year = (SELECT max(year) FROM portal.proposals)
             LIMIT $1
            """,
            NAMES_LOOKED_AT,
        )
    folder = os.environ.get("HUIBAN_FONTS")
    shelf = Shelf(Path(folder) if folder else None)
    words = [row["words"] for row in rows]
    return fonts_judged(await asyncio.to_thread(lambda: examine(words, shelf=shelf)))


def fonts_judged(examined: "Examined") -> Finding:
    """Are the typefaces of official papers there, and every character of this year's names."""
    says = "；".join(examined.sentences)
    if any(one.family is None for one in examined.found):
        return Finding("字体", "wrong", says, "安装 fonts-noto-cjk，否则公文不能排版")
    if examined.is_complete:
        return Finding("字体", "well", says)
    return Finding(
        "字体",
        "warning",
        says,
        "把有授权的字体文件放入 HUIBAN_FONTS 所指的文件夹；没有字体的字印为“〓”",
    )


async def attachments(where: str) -> Finding:
    """Can files be kept and read again, and does clamd answer where there is one."""
    from shared.attachments import Attachments, ScannerAway, StoreAway, StoreMissing

    clamd = os.environ.get("HUIBAN_CLAMD", "")
    try:
        await Attachments(where, clamd=clamd).try_out()
    except StoreMissing:
        return Finding("附件", "warning", "没有设置存放处，不能收取附件", "设置 HUIBAN_STORE")
    except StoreAway as error:
        says, advice = why_away(error.__cause__)
        return Finding("附件", "wrong", f"{where}：{says}", advice)
    except ScannerAway:
        return Finding(
            "附件", "wrong", f"查毒程序（{clamd}）没有应答", "检查 clamd 和 HUIBAN_CLAMD"
        )
    looked_at = f"，由 {clamd} 查毒" if clamd else "，不查毒"
    return Finding("附件", "well", f"{where} 可以存取{looked_at}")


def why_away(error: BaseException | None) -> tuple[str, str]:
    """Why a store did not do as it was asked, and what to do about it."""
    from obstore.exceptions import PermissionDeniedError, UnauthenticatedError

    match error:
        case PermissionDeniedError() | UnauthenticatedError():
            return "拒绝了访问密钥", "检查 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY"
        case PermissionError():
            return "没有读写权限", "检查文件夹的属主和权限"
        case FileNotFoundError():
            return "没有这个存储桶", "先建立存储桶，再检查 HUIBAN_STORE"
        case TimeoutError():
            return "没有按时应答", "检查 AWS_ENDPOINT 和网络"
        case _:
            first = str(error).partition("\n")[0]
            return f"不能存取（{first}）", "检查 HUIBAN_STORE 和 AWS_ENDPOINT"


async def _calendar(addresses: Any) -> Finding:
    import httpx

    from deploy.asking import operator_token
    from shared.clock import office_day

    today = office_day()
    token = operator_token(addresses, person="operator")
    async with httpx.AsyncClient(timeout=5, headers={"Authorization": f"Bearer {token}"}) as client:
        announced = {}
        for year in (today.year, today.year + 1):
            response = await client.get(f"{addresses.url('registry')}/calendars/{year}")
            announced[year] = response.status_code == 200 and not response.json()["provisional"]
    return calendar_judged(today, announced=announced)


def calendar_judged(today: date, *, announced: dict[int, bool]) -> Finding:
    """Is the official notice in for this year and, from November on, for the next."""
    if not announced[today.year]:
        return Finding(
            "工作日历", "wrong", f"{today.year}年放假安排没有录入", "录入国务院办公厅通知"
        )
    if today.month >= CALENDAR_WARNING_MONTH and not announced[today.year + 1]:
        return Finding(
            "工作日历",
            "warning",
            f"{today.year + 1}年放假安排尚未录入，落在该年的期限均为暂定",
            "通知公布后录入",
        )
    return Finding("工作日历", "well", f"{today.year}年已公布")
