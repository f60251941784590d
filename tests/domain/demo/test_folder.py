"""Each demo starts with an empty folder, and never empties one that is not its own."""

from pathlib import Path

import pytest

from deploy.demo.folder import NotADemo, fresh_folder
from deploy.local.locks import AlreadyUp, only_one


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    fresh_folder(tmp_path / "var" / "demo")

    assert (tmp_path / "var" / "demo").is_dir()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    fresh_folder(tmp_path)

    assert tmp_path.is_dir()


def test_what_an_earlier_demo_left_is_gone(tmp_path: Path) -> None:
    fresh_folder(tmp_path)
    (tmp_path / "report.md").write_text("去年的报告", "utf-8")

    fresh_folder(tmp_path)

    assert not (tmp_path / "report.md").exists()


def test_data_that_lies_elsewhere_is_gone_too(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "demo", tmp_path / "elsewhere"
    fresh_folder(root)
    elsewhere.mkdir()
    (root / "postgres").mkdir()
    (root / "postgres" / "elsewhere").symlink_to(elsewhere)

    fresh_folder(root)

    assert not elsewhere.exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("三年的心血", "utf-8")

    with pytest.raises(NotADemo, match="不会清空"):
        fresh_folder(tmp_path)

    assert (tmp_path / "thesis.txt").exists()


def test_a_running_demo_is_left_alone(tmp_path: Path) -> None:
    fresh_folder(tmp_path)

    with only_one(tmp_path / "up.lock"), pytest.raises(AlreadyUp):
        fresh_folder(tmp_path)

    assert (tmp_path / "up.lock").exists()
