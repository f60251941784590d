"""A stand-in for a service process: it says it is ready, and writes down what it was told."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readline()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()
    writer.close()


async def _serve() -> None:
    service, notes = sys.argv[1], Path(sys.argv[2])
    if (notes / f"{service}.broken").exists():
        sys.exit(f"缺少{service}的表。")
    (notes / f"{service}.{os.environ['HUIBAN_PORT']}.json").write_text(json.dumps({**os.environ}))
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    port = int(os.environ["HUIBAN_PORT"])
    async with await asyncio.start_server(_answer, os.environ["HUIBAN_HOST"], port):
        await ended.wait()
    (notes / f"{service}.ended").write_text("in order")


asyncio.run(_serve())
