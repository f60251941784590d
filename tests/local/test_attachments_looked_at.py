"""The doctor on attachments: can they be kept and read again, and if not, why."""

from pathlib import Path

import pytest

from deploy.commands.doctor import attachments, why_away
from tests.buckets import bucket, surroundings


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUIBAN_CLAMD", raising=False)


def told(monkeypatch: pytest.MonkeyPatch, surroundings: dict[str, str]) -> None:
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)


async def test_a_folder_that_takes_files_is_well(tmp_path: Path) -> None:
    found = await attachments(str(tmp_path / "attachments"))

    assert (found.mark, found.says) == ("well", f"{tmp_path / 'attachments'} 可以存取，不查毒")


async def test_no_place_at_all_is_worth_a_warning() -> None:
    found = await attachments("")

    assert (found.mark, found.advice) == ("warning", "设置 HUIBAN_STORE")


async def test_a_bucket_that_takes_files_is_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bucket(tmp_path / "s3") as there:
        told(monkeypatch, there.surroundings())

        found = await attachments(there.where)

    assert (found.mark, found.says) == ("well", f"{there.where} 可以存取，不查毒")


async def test_a_wrong_key_and_a_bucket_that_is_not_there_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with bucket(tmp_path / "s3") as there:
        told(monkeypatch, there.surroundings(secret="another"))
        no_key = await attachments(there.where)
        told(monkeypatch, there.surroundings())
        no_bucket = await attachments("s3://no-such-bucket")

    assert (no_key.mark, no_key.says) == ("wrong", f"{there.where}：拒绝了访问密钥")
    assert "AWS_SECRET_ACCESS_KEY" in no_key.advice
    assert (no_bucket.mark, no_bucket.says) == ("wrong", "s3://no-such-bucket：没有这个存储桶")


async def test_a_store_that_nobody_runs_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, surroundings("http://127.0.0.1:1", "s3://nowhere"))

    found = await attachments("s3://nowhere")

    assert found.mark == "wrong"
    assert "AWS_ENDPOINT" in found.advice


async def test_a_clamd_that_is_away_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIBAN_CLAMD", "127.0.0.1:1")

    found = await attachments(str(tmp_path))

    assert (found.mark, found.says) == ("wrong", "查毒程序（127.0.0.1:1）没有应答")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (TimeoutError(), "没有按时应答"),
        (PermissionError(), "没有读写权限"),
        (OSError("磁盘已满\n其余"), "不能存取（磁盘已满）"),
    ],
)
def test_each_reason_has_its_words(error: Exception, says: str) -> None:
    assert why_away(error)[0] == says
