"""A disk so small that it is full at once: some tables of a service are moved to it for a while."""

import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.local.parts import LocalParts
from deploy.local.postgres_data import room
from tests.folders import passable_folder
from tests.inside import database

MEGABYTES = 8


@dataclass(frozen=True)
class TinyDisk:
    """The disk, full or not."""

    folder: Path

    def fill(self) -> None:
        """Leave no room at all."""
        with (self.folder / "ballast").open("wb", buffering=0) as ballast, _until_full():
            while True:
                ballast.write(bytes(4096))

    def clear(self) -> None:
        """Make room again."""
        (self.folder / "ballast").unlink(missing_ok=True)


@asynccontextmanager
async def on_a_tiny_disk(parts: LocalParts, table: str) -> AsyncIterator[TinyDisk]:
    """Have PostgreSQL keep this table on a disk of its own, which ends with the test."""
    with passable_folder() as root, _mounted(root / "disk", like=room(parts.places.postgres)):
        ...
        yield TinyDisk(root / "disk")
