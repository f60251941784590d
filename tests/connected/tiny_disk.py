"""A disk so small that it can be filled: a service's table lies on it for a while."""

import errno
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.local.parts import LocalParts
from deploy.local.postgres_data import room
from tests.folders import passable_folder
from tests.inside import database

SIZE = "8m"
BLOCK = bytes(4096)


@dataclass(frozen=True)
class TinyDisk:
    """The disk, full or not."""

    folder: Path

    def fill(self) -> None:
        """Leave no room at all."""
        with (self.folder / "ballast").open("ab", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(BLOCK)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise

    def clear(self) -> None:
        """Make room again."""
        (self.folder / "ballast").unlink(missing_ok=True)


@asynccontextmanager
async def on_a_tiny_disk(parts: LocalParts, table: str) -> AsyncIterator[TinyDisk]:
    """Keep this table, with its long values, on a disk of its own; its indexes stay behind."""
    owner = (room(parts.places.postgres) / "data").stat()
    with passable_folder() as folder, _mounted(folder) as disk:
        space = folder / "space"
        space.mkdir(mode=0o700)
        os.chown(space, owner.st_uid, owner.st_gid)
        async with database(parts) as connection:
            await connection.execute(f"CREATE TABLESPACE tiny LOCATION '{space}'")
            try:
                await connection.execute(f"ALTER TABLE {table} SET TABLESPACE tiny")
                yield disk
            finally:
                disk.clear()
                await connection.execute(f"ALTER TABLE {table} SET TABLESPACE pg_default")
                await connection.execute("DROP TABLESPACE tiny")


@contextmanager
def _mounted(folder: Path) -> Iterator[TinyDisk]:
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "huiban-tiny", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("这里不许挂载小磁盘（须 root 和 mount 权限），磁盘写满的测试没有做")
    try:
        yield TinyDisk(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)
