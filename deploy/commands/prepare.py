"""`huiban prepare`: topics, roles and keys on a Kafka and a PostgreSQL that are already there."""

import os
from pathlib import Path
from typing import Annotated

import typer

from deploy.places import VAR, Places
from deploy.troubles import Trouble


class NothingToPrepare(Trouble):
    """请先设置环境变量 {names}；在本机试用可直接运行 huiban up。"""


def command(
    root: Annotated[Path, typer.Option(help="密钥和口令所在的目录。")] = VAR,
    within: Annotated[float, typer.Option(help="最多等候 Kafka 和 PostgreSQL 多少秒。")] = 60,
) -> None:
    """在已有的 Kafka 和 PostgreSQL 上建立主题、数据库角色和密钥；可以重复运行。"""
    import asyncio

    needed = ("DATABASE_URL", "KAFKA_BOOTSTRAP_SERVERS")
    if missing := [name for name in needed if not os.environ.get(name)]:
        raise NothingToPrepare(names="、".join(missing))
    asyncio.run(_prepare(Places(root.absolute()), within=within))


async def _prepare(places: Places, *, within: float) -> None:
    from deploy.local.databases import place
    from deploy.local.keys import make_keys
    from deploy.local.roles import prepare_database
    from deploy.local.topics import prepare_topics

    signing = Path(os.environ.get("HUIBAN_SIGNING_KEY") or places.signing_key)
    public = Path(os.environ.get("HUIBAN_PUBLIC_KEY") or places.public_key)
    make_keys(signing, public=public)
    print(f"密钥已就绪：{public}")
    topics = await prepare_topics(
        os.environ["KAFKA_BOOTSTRAP_SERVERS"],
        city=os.environ.get("HUIBAN_CITY", ""),
        within=within,
    )
    print(f"主题已就绪：{'、'.join(topics)}")
    urls = await prepare_database(os.environ["DATABASE_URL"], keys=places.keys, within=within)
    for service, url in urls.items():
        print(f"数据库角色已就绪：huiban_{service}@{place(url)}")
