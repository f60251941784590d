"""A store that speaks S3: rclone on a folder, which checks every signature."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

KEY, SECRET = "clerk", "a-secret-of-forty-letters-or-so"
LISTENS = re.compile(rb"Starting s3 server on \[(http://127\.0\.0\.1:\d+)/\]")


@dataclass(frozen=True)
class Bucket:
    """Where the store is, what it is called there, and the folder in which it lies."""

    endpoint: str
    where: str
    folder: Path

    def surroundings(self, *, secret: str = SECRET) -> dict[str, str]:
        """What a client is told by its environment."""
        return surroundings(self.endpoint, self.where, secret=secret)

    @property
    def kept(self) -> list[str]:
        """The names under which something lies there."""
        return [path.name for path in self.folder.rglob("*") if path.is_file()]


def surroundings(endpoint: str, where: str, *, secret: str = SECRET) -> dict[str, str]:
    """The environment of a service whose attachments lie there."""
    return {
        "HUIBAN_STORE": where,
        "AWS_ENDPOINT": endpoint,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": secret,
    }


@asynccontextmanager
async def bucket(folder: Path) -> AsyncIterator[Bucket]:
    """A server of our own with one bucket, for as long as it is used."""
    name = folder.parent.name.replace("_", "-")
    (folder / name).mkdir(parents=True)
    server = await asyncio.create_subprocess_exec(
        *(Path(sys.executable).with_name("rclone"), "serve", "s3", folder, "--config", ""),
        *("--addr", "127.0.0.1:0", "--auth-key", f"{KEY},{SECRET}", "--dir-cache-time", "0"),
        stderr=asyncio.subprocess.PIPE,
    )
    assert server.stderr is not None
    try:
        async with asyncio.timeout(30):
            while (found := LISTENS.search(await server.stderr.readline())) is None:
                assert server.returncode is None
        yield Bucket(found[1].decode(), f"s3://{name}/files", folder / name)
    finally:
        server.kill()
        await server.communicate()
