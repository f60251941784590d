"""What somebody at the terminal reads after the last day, and what is left as files."""

import json
from email.message import EmailMessage
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.console import Console

from deploy.demo.closing import tell
from deploy.demo.mail import Postbox
from deploy.demo.reporting import NoReport, fetch_report
from deploy.demo.stories import TOLD
from tests.world import Keys

REPORT: dict[str, Any] = {
    "received": 37,
    "answering": 9,
    "co_handling": 28,
    "key": 1,
    "merged": 1,
    "answered_on_time": 36,
    "replies": 10,
    "by_class": {"A": 4, "B": 5, "C": 1},
    "ratings": {"result": {"satisfied": 17, "basically": 2, "dissatisfied": 1}},
    "promises_made": 5,
    "promises_kept": 4,
    "coordination_flagged": 2,
    "coordination_decided": 2,
}


def box_with_a_mail(folder: Path) -> Postbox:
    box = Postbox(folder, count=1)
    mail = EmailMessage()
    mail["To"], mail["Subject"] = "officer.d07@huiban.example", "会办提醒：1件提案"
    mail.set_content("第20240152号 ◆黄灯·临期 http://127.0.0.1:8700/proposals/1")
    (folder / "0001.eml").write_bytes(mail.as_bytes())
    return box


def told(report: dict[str, Any], root: Path) -> str:
    screen = StringIO()
    box = box_with_a_mail(root / "mail")
    console = Console(width=120, file=screen)
    tell(report, console=console, portal="http://127.0.0.1:8700", root=root, box=box, seconds=42.04)
    return screen.getvalue()


def test_every_story_is_told_on_its_day(tmp_path: Path) -> None:
    screen = told(REPORT, tmp_path)

    for story in TOLD:
        assert f"{story.on:%m-%d}" in screen
        assert story.says in screen


def test_the_figures_are_those_of_the_report(tmp_path: Path) -> None:
    screen = told(REPORT, tmp_path)

    assert "37 件 = 主办、分办 9 件 + 会办 28 件（重点 1 件）" in screen
    assert "36 / 37 件" in screen
    assert "10 件：A 4 · B 5 · C 1" in screen
    assert "满意 17 · 基本满意 2 · 不满意 1" in screen
    assert "5 项，已兑现 4 项（转化率 80%）" in screen


def test_without_promises_there_is_no_rate(tmp_path: Path) -> None:
    screen = told({**REPORT, "promises_made": 0, "promises_kept": 0}, tmp_path)

    assert "0 项，已兑现 0 项（转化率 无）" in screen


def test_what_is_real_and_what_is_not_is_said(tmp_path: Path) -> None:
    screen = told(REPORT, tmp_path).replace("\n", "")

    assert "全部办理过程都是演示所编" in screen
    assert "http://127.0.0.1:8700" in screen


def test_mails_are_counted_and_one_is_shown(tmp_path: Path) -> None:
    screen = told(REPORT, tmp_path)

    assert "邮件  1 封" in screen
    assert "officer.d07@huiban.example，会办提醒：1件提案" in screen
    assert "第20240152号 ◆黄灯·临期" in screen


def test_a_stranger_reads_whom_to_sign_in_as(tmp_path: Path) -> None:
    screen = told(REPORT, tmp_path)

    assert "登录页上点一个演示账户即可，不用口令" in screen


async def test_the_report_is_left_as_files(tmp_path: Path, keys: Keys) -> None:
    def portal(request: httpx.Request) -> httpx.Response:
        assert request.url.params["unit"] == "D07"
        assert request.headers["huiban-today"] == "2024-12-31"
        if request.url.path == "/report.md":
            return httpx.Response(200, text="# 总体情况")
        return httpx.Response(200, json=REPORT)

    async with httpx.AsyncClient(transport=httpx.MockTransport(portal)) as client:
        report = await fetch_report(
            client, portal="http://portal", signing_key=keys.private, into=tmp_path
        )

    assert report == REPORT
    assert (tmp_path / "report.md").read_text("utf-8") == "# 总体情况"
    assert json.loads((tmp_path / "report.json").read_text("utf-8")) == REPORT


async def test_a_portal_without_a_report_ends_the_demo(tmp_path: Path, keys: Keys) -> None:
    def portal(_: httpx.Request) -> httpx.Response:
        return httpx.Response(404)

    async with httpx.AsyncClient(transport=httpx.MockTransport(portal)) as client:
        with pytest.raises(NoReport, match="404"):
            await fetch_report(
                client, portal="http://portal", signing_key=keys.private, into=tmp_path
            )
