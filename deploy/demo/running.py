"""Running the demo: start everything, play the year, tell what happened, keep the portal open."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console

from deploy.demo.closing import tell
from deploy.demo.folder import fresh_folder
from deploy.demo.mail import postbox
from deploy.demo.player import TIMEOUT, OnDay, Player
from deploy.demo.reporting import fetch_report
from deploy.demo.vouching import citys_sign_in
from deploy.demo.watching import watched
from deploy.local.parts import LocalParts
from deploy.local.ports import is_free
from deploy.local.up import local_parts
from deploy.services import SERVICES

LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=64, keepalive_expiry=60)


async def run(root: Path, *, once: bool) -> None:
    """The whole demo; returns at once after the last figure, or stays until interrupted."""
    console = Console(highlight=False)
    clock = asyncio.get_running_loop().time
    began = clock()
    fresh_folder(root)
    console.print("正在启动 Kafka、PostgreSQL 和六个服务……")
    say = partial(console.print, markup=False)
    async with (
        postbox(root / "mail") as box,
        citys_sign_in() as vouching,
        local_parts(
            root,
            demo=True,
            mail=box.url,
            sign_in=vouching.settings,
            ports=_ports(),
            keep_parts=True,
            say=say,
        ) as parts,
    ):
        console.print(f"全部就绪，用时 {clock() - began:.1f} 秒。开始演示 2024 年。")
        report = await play_year(parts, console=console)
        await vouching.vouch(portal=parts.addresses.url("portal"))
        tell(
            report,
            console=console,
            portal=parts.addresses.url("portal"),
            root=root,
            box=box,
            seconds=clock() - began,
        )
        if not once:
            console.print("按 Ctrl-C 结束。")
            await asyncio.Event().wait()


async def play_year(
    parts: LocalParts, *, console: Console, on_day: OnDay | None = None
) -> dict[str, Any]:
    """Play the year, and write the report that comes out of it beside the demo's data."""
    addresses = {service: parts.addresses.url(service) for service in SERVICES}
    signing_key = Path(parts.addresses.signing_key)
    async with httpx.AsyncClient(timeout=TIMEOUT, limits=LIMITS) as client:
        with watched(console) as audience:
            player = Player(client, addresses=addresses, signing_key=signing_key, audience=audience)
            await player.prepare()
            await player.play(on_day=on_day)
        return await fetch_report(
            client, portal=addresses["portal"], signing_key=signing_key, into=parts.places.root
        )


def _ports() -> dict[str, int] | None:
    """The usual ports where they are free, else any that are."""
    usual = {service.name: service.port for service in SERVICES.values()}
    return usual if all(is_free(port) for port in usual.values()) else None
