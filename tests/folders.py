"""Folders for real parts: pytest's own are closed to PostgreSQL's user."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = 4 << 30  # bytes


@contextmanager
def passable_folder(inside: Path | None = None) -> Iterator[Path]:
    """A folder that any user can reach, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="huiban-", dir=inside))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def memory() -> Path | None:
    """Where files live in memory, if there is such a place with room for a cluster.

    A database that is copied from a template for each test is some hundred files: on a disk that
    takes ten times as long.
    """
    place = Path("/dev/shm")
    roomy = os.access(place, os.W_OK) and shutil.disk_usage(place).free > ROOM
    return place if roomy else None
