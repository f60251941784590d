"""`huiban` at the terminal: one sentence for people, a code for programs, never a stack trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.keys import make_keys
from deploy.local.ports import LOOPBACK, free_port
from deploy.places import PROJECT
from deploy.services import SERVICES
from shared.identity import Gatekeeper

HEAVY = ("aiokafka", "asyncpg", "fastapi", "faststream", "httpx", "joserfc", "shared.contracts")


def huiban(*words: str, **env: str) -> "subprocess.CompletedProcess[str]":
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("HUIBAN_", "KAFKA_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "deploy.cli", *words],
        cwd=PROJECT,
        env={**surroundings, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_names_every_command() -> None:
    ran = huiban("--help")

    assert ran.returncode == 0
    for word in ("up", "serve", "prepare", "token"):
        assert word in ran.stdout


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys\nfrom deploy.cli import build\nbuild([])\n"
        f"print(*[name for name in {HEAVY} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert ran.stdout.split() == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["serve"], "缺少参数 service；用 huiban serve --help 查看用法。"),
        (["serve", "--nix"], "没有选项 --nix；用 huiban serve --help 查看用法。"),
        (["nix"], "看不懂“nix”；用 huiban --help 查看用法。"),
        (["up", "--port", "x"], "参数 --port 的值不对；用 huiban up --help 查看用法。"),
    ],
)
def test_a_slip_of_the_pen_is_explained(words: list[str], sentence: str) -> None:
    ran = huiban(*words)

    assert (ran.returncode, ran.stderr) == (2, f"{sentence}\n")


def test_a_service_says_which_surroundings_are_missing() -> None:
    ran = huiban("serve", "intake")

    assert ran.returncode == 1
    assert ran.stderr.startswith(
        "缺少环境变量：DATABASE_URL、HUIBAN_PUBLIC_KEY、KAFKA_BOOTSTRAP_SERVERS。"
    )
    assert len(ran.stderr.splitlines()) == 1


def test_a_service_that_does_not_exist_is_answered_with_those_that_do() -> None:
    ran = huiban("serve", "archive")

    assert (ran.returncode, ran.stderr) == (
        1,
        f"没有名为“archive”的服务；可用的有：{'、'.join(SERVICES)}。\n",
    )


def test_preparing_needs_to_know_where() -> None:
    ran = huiban("prepare", KAFKA_BOOTSTRAP_SERVERS="somewhere:9092")

    assert (ran.returncode, ran.stderr) == (
        1,
        "请先设置环境变量 DATABASE_URL；在本机试用可直接运行 huiban up。\n",
    )


def test_preparing_says_who_is_away(tmp_path: Path) -> None:
    away = f"{LOOPBACK}:{free_port()}"

    ran = huiban(
        *("prepare", "--root", str(tmp_path), "--within", "0.2"),
        KAFKA_BOOTSTRAP_SERVERS=away,
        DATABASE_URL=f"postgresql://{away}/postgres",
    )

    assert ran.returncode == 1
    assert ran.stderr.startswith(f"连不上 Kafka（{away}）")


def test_a_token_names_its_bearer(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    make_keys(keys / "signing.pem", public=keys / "public.pem")
    words = ("--person", "p1", "--post", "office", "--unit", "C001", "--name", "张三")

    ran = huiban("token", *words, "--root", str(tmp_path))

    caller = Gatekeeper(keys / "public.pem").caller(f"Bearer {ran.stdout.strip()}")
    assert (caller.person, caller.name, caller.post, caller.unit) == (
        "p1",
        "张三",
        "office",
        "C001",
    )


def test_a_token_says_for_whom_its_bearer_acts(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    make_keys(keys / "signing.pem", public=keys / "public.pem")
    words = ("--person", "p1", "--post", "head", "--unit", "D07", "--for", "p2")

    ran = huiban("token", *words, "--root", str(tmp_path))

    caller = Gatekeeper(keys / "public.pem").caller(f"Bearer {ran.stdout.strip()}")
    assert (caller.person, caller.on_behalf_of) == ("p1", "p2")


def test_an_account_needs_an_installation(tmp_path: Path) -> None:
    ran = huiban("account", "end", "hr-sync", "--root", str(tmp_path))

    assert ran.returncode == 1
    assert ran.stderr.startswith("会办没有在运行")


def test_without_a_key_there_is_no_token(tmp_path: Path) -> None:
    words = ("--person", "p1", "--post", "office", "--unit", "C001")

    ran = huiban("token", *words, "--root", str(tmp_path))

    assert ran.returncode == 1
    assert ran.stderr.startswith(f"没有签名私钥（{tmp_path}/keys/signing.pem）")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    ran = huiban("up", "--root", str(tmp_path / "file" / "var"))

    assert ran.returncode == 1
    assert ran.stderr.startswith(f"无法在{tmp_path}/file/var里写文件")
    assert len(ran.stderr.splitlines()) == 1


def test_an_unforeseen_fault_is_one_line_here_and_whole_in_the_log(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom deploy import cli\n"
        f"cli.VAR = Path({str(tmp_path)!r})\n"
        "cli.build = lambda _: 1 / 0\n"
        "cli.main()"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=False
    )

    log = tmp_path / "log" / "huiban.log"
    assert ran.returncode == 1
    assert ran.stderr == f"程序出错：ZeroDivisionError: division by zero（详见 {log}）\n"
    assert "Traceback" in log.read_text()
