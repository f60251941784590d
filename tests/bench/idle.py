"""What six idle services weigh together, each process counted with what it shares (RSS)."""

import asyncio
from pathlib import Path

from deploy.local.up import local_parts
from tests.bench.surroundings import ROOT

SETTLE_SECONDS = 5


async def bench() -> dict[str, float]:
    """Megabytes: the sum of resident sizes, and of proportional ones (pages shared, divided)."""
    async with local_parts(ROOT / "idle") as parts:
        await asyncio.sleep(SETTLE_SECONDS)
        pids = [kept.pid for kept in parts.services]
        return {
            "services": len(pids),
            "resident_mb": sum(_kilobytes(pid, "Rss:") for pid in pids if pid) / 1024,
            "proportional_mb": sum(_kilobytes(pid, "Pss:") for pid in pids if pid) / 1024,
        }


def _kilobytes(pid: int, field: str) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith(field):
            return int(line.split()[1])
    raise LookupError(field)
