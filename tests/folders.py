"""Folders for real parts: pytest's own are closed to PostgreSQL's user."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def passable_folder() -> Iterator[Path]:
    """A folder that any user can reach, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="huiban-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
