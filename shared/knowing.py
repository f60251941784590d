"""Knowing: a service's own copy of the registry's facts, kept as heard, read again when changed."""

import json
from collections.abc import Sequence
from functools import lru_cache

from shared.clock import monotonic_seconds
from shared.contracts import EVERY_EVENT
from shared.contracts.event import ReferenceEvent
from shared.envelope import Heard
from shared.postgres import Sql
from shared.reference import Reference

TOLD_BY = "huiban.registry."
LOOK_AGAIN_SECONDS = 0.5


class Shelf:
    """A copy of the reference facts in memory, read again when they changed."""

    def __init__(self) -> None:
        self._reference = Reference()
        self._stamp: tuple[int, int] = (0, 0)
        self._looked_at = float("-inf")
        self._changes = 0

    def fresh(self) -> Reference | None:
        """The copy in memory, while it needs no second look."""
        if monotonic_seconds() - self._looked_at < LOOK_AGAIN_SECONDS:
            return self._reference
        return None

    async def current(self, sql: Sql) -> Reference:
        """The facts as they stand, at most half a second old."""
        if (fresh := self.fresh()) is not None:
            return fresh
        looked_at, changes = monotonic_seconds(), self._changes
        # Row versions, not times: a transaction that began earlier may commit later.
        row = await sql.fetchrow(
            "SELECT count(*) AS facts, coalesce(sum(xmin::text::bigint), 0)::bigint AS versions"
            " FROM reference"
        )
        stamp = (row["facts"], row["versions"]) if row else (0, 0)
        if stamp != self._stamp:
            rows = await sql.fetch("SELECT type, data::text AS data FROM reference ORDER BY key")
            self._reference = Reference(
                fact for row in rows if (fact := _fact(row["type"], row["data"])) is not None
            )
            self._stamp = stamp
        # What was kept while this was read may not be in it.
        if changes == self._changes:
            self._looked_at = looked_at
        return self._reference

    def look_again(self) -> None:
        """Something new was kept: do not trust the copy in memory."""
        self._changes += 1
        self._looked_at = float("-inf")


@lru_cache(maxsize=20_000)  # one change makes a service read them all again
def _fact(type: str, data: str) -> ReferenceEvent | None:
    kind = EVERY_EVENT.get(type)
    if kind is None or not issubclass(kind, ReferenceEvent):
        return None
    return kind.model_validate_json(data)


async def keep(sql: Sql, heard: Sequence[Heard]) -> None:
    """Keep the newest fact of each key."""
    newest = {one.key: one for one in heard}
    keys = sorted(newest)
    for key in keys:
        _ = newest[key].event  # a fact that does not fit its type is parked, not kept
    await sql.execute(
        """
        INSERT INTO reference (key, type, data)
        SELECT key, type, data::jsonb
          FROM unnest($1::text[], $2::text[], $3::text[]) AS told (key, type, data)
            ON CONFLICT (key) DO UPDATE
           SET type = excluded.type, data = excluded.data, heard_at = clock_timestamp()
        """,
        keys,
        [newest[key].type for key in keys],
        [json.dumps(newest[key].data, ensure_ascii=False) for key in keys],
    )
