"""The demo's own folder: a played year is not played upon once more, so it starts empty."""

import shutil
from pathlib import Path

from deploy.local.locks import AlreadyUp, is_held
from deploy.places import Places
from deploy.troubles import Trouble

MARK = ".huiban-demo"


class NotADemo(Trouble):
    """{folder}里有别的东西，不是演示用过的目录，演示不会清空它；请用 --root 另选一个目录。"""


def fresh_folder(root: Path) -> None:
    """Empty the folder of an earlier demo, or make a new one.

    Raises:
        AlreadyUp: a demo runs there now.
        NotADemo: it holds what no demo has put there.
    """
    places = Places(root)
    if is_held(places.lock):
        raise AlreadyUp(pid=places.lock.read_text("utf-8") or "未知", folder=root)
    if root.exists():
        if any(root.iterdir()) and not (root / MARK).exists():
            raise NotADemo(folder=root)
        _remove_shelter(places.postgres)
        shutil.rmtree(root)
    root.mkdir(mode=0o755, parents=True)
    (root / MARK).touch()


def _remove_shelter(postgres: Path) -> None:
    """PostgreSQL's data lies elsewhere where its user could not come to the folder."""
    elsewhere = postgres / "elsewhere"
    if elsewhere.is_symlink():
        shutil.rmtree(elsewhere.resolve(), ignore_errors=True)
