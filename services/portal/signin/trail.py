"""The trail of what happens at the door: an entry is written with the change that it tells of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic_core import from_json

from services.portal.signin.chain import Link, entry_text, follows, moment_text, sealed
from services.portal.signin.store import trail
from shared.postgres import Sql
from shared.work import Tx

NOBODY = "—"


async def note(
    tx: Tx,
    what: str,
    person: str,
    *,
    at: datetime,
    address: str = "",
    by: str | None = None,
    **more: str | int | None,
) -> None:
    """Write an entry: what happened to whom, from which address, by whom if not by themselves."""
    facts = {
        "at": moment_text(at),
        "what": what,
        "person": person,
        "address": address,
        "by": by if by != person else None,
        **more,
    }
    entry = entry_text({name: value for name, value in facts.items() if value not in (None, "")})
    link = sealed(await trail.last_link(tx), entry)
    await trail.add(tx, link, at=at, what=what, person=person)


@dataclass(frozen=True, slots=True)
class Verified:
    """How far the trail is whole: its last good entry, and the first that is not, if any."""

    good: Link | None
    broken: int | None = None
    why: str = ""


async def verified(sql: Sql, *, known: Link | None = None) -> Verified:
    """Go through the whole trail.

    ``known`` is an entry whose seal somebody has noted elsewhere: whoever can write the tables
    could forge the whole chain, but not what stands on paper.
    """
    before: Link | None = None
    async for link, row in trail.from_the_first(sql):
        if why := _wrong(link, row, before=before, known=known):
            return Verified(before, link.n, why)
        before = link
    if known is not None and (before is None or before.n < known.n):
        return Verified(before, known.n, "这一条不见了")
    return Verified(before)


def _wrong(
    link: Link, row: dict[str, Any], *, before: Link | None, known: Link | None
) -> str | None:
    if link.n != (before.n + 1 if before else 1):
        return "前面缺少记录"
    if not follows(link, before):
        return "内容与封印不符"
    facts = from_json(link.entry)
    if (facts["at"], facts["what"], facts["person"]) != (
        moment_text(row["at"]),
        row["what"],
        row["person"],
    ):
        return "检索栏与内容不符"
    if known is not None and link.n == known.n and link.digest != known.digest:
        return "封印与另行记下的不同"
    return None
