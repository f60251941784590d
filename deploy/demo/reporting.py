"""Fetching the report of the year from the portal, and leaving it as files."""

from pathlib import Path
from typing import Any

import httpx

from deploy.demo.cast import head_of
from deploy.demo.days import LAST_DAY
from deploy.demo.portfolio import LONGHUA
from deploy.demo.sending import Tokens
from deploy.demo.units import named
from deploy.troubles import Trouble


class NoReport(Trouble):
    """门户没有给出报告（{path}：{status}）。"""


async def fetch_report(
    client: httpx.AsyncClient, *, portal: str, signing_key: Path, into: Path
) -> dict[str, Any]:
    """Longhua's overall situation of 2024 as ``report.md`` and ``report.json``.

    Raises:
        NoReport: the portal does not answer with it.
    """
    token = Tokens(signing_key).of(head_of(LONGHUA))
    asked: dict[str, str | int] = {"unit": named(LONGHUA).code, "year": 2024}
    headers = {"Authorization": f"Bearer {token}", "Huiban-Today": LAST_DAY.isoformat()}
    for name in ("report.md", "report.json"):
        response = await client.get(f"{portal}/{name}", params=asked, headers=headers)
        if not response.is_success:
            raise NoReport(path=f"/{name}", status=response.status_code)
        (into / name).write_bytes(response.content)
    report: dict[str, Any] = response.json()
    return report
