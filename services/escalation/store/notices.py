"""Everybody's inbox, and how each wants to be told."""

from collections.abc import Collection, Sequence

import asyncpg
from pydantic_core import from_json, to_json

from services.escalation.domain.digesting import Preference
from services.escalation.domain.notifying import Notice
from services.escalation.views import InboxRow
from shared.contracts.event import PersonId
from shared.work import Tx


async def open_notices(tx: Tx, notices: Sequence[Notice]) -> None:
    """Lines for people's inboxes."""
    if not notices:
        return
    await tx.execute(
        """
        INSERT INTO notices (person, proposal_id, kind, facts, clock_id, generation, told_on)
        SELECT person, proposal_id, kind, facts::json, clock_id, generation, told_on
          FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[],
                      $7::date[])
               AS told (person, proposal_id, kind, facts, clock_id, generation, told_on)
        """,
        [one.person for one in notices],
        [one.proposal_id for one in notices],
        [one.kind for one in notices],
        [to_json(dict(one.facts)).decode() for one in notices],
        [one.clock_id for one in notices],
        [one.generation for one in notices],
        [one.told_on for one in notices],
    )


async def inbox(
    tx: Tx, person: PersonId, *, only_unread: bool, limit: int, offset: int
) -> list[InboxRow]:
    """Somebody's notices, the newest first."""
    rows = await tx.fetch(
        """
        SELECT notice_id, proposal_id, number, kind, facts, clock_id, told_on,
               read_at IS NOT NULL AS read
          FROM notices LEFT JOIN proposals USING (proposal_id)
         WHERE person = $1 AND (NOT $2 OR read_at IS NULL)
         ORDER BY notice_id DESC
         LIMIT $3 OFFSET $4
        """,
        person,
        only_unread,
        limit,
        offset,
    )
    return [InboxRow(**{**row, "facts": from_json(row["facts"])}) for row in rows]


async def unread(tx: Tx, person: PersonId) -> int:
    """How many notices somebody has not read."""
    count: int = await tx.fetchval(
        "SELECT count(*) FROM notices WHERE person = $1 AND read_at IS NULL", person
    )
    return count


async def mark_read(tx: Tx, person: PersonId, notice_id: int) -> bool:
    """Somebody read a notice; whether it is one of theirs."""
    done = await tx.execute(
        "UPDATE notices SET read_at = now() WHERE person = $1 AND notice_id = $2", person, notice_id
    )
    return done == "UPDATE 1"


async def mark_all_read(tx: Tx, person: PersonId) -> None:
    """Somebody has read them all."""
    await tx.execute(
        "UPDATE notices SET read_at = now() WHERE person = $1 AND read_at IS NULL", person
    )


async def preference_of(tx: Tx, person: PersonId) -> Preference:
    """How somebody wants to be told."""
    return (await preferences_of(tx, [person])).get(person, Preference(person))


async def preferences_of(tx: Tx, people: Collection[PersonId]) -> dict[PersonId, Preference]:
    """What these people have chosen, of those who have."""
    rows = await tx.fetch("SELECT * FROM preferences WHERE person = ANY($1)", list(people))
    return {row["person"]: _preference(row) for row in rows}


async def keep_preference(tx: Tx, preference: Preference) -> None:
    """Somebody chose."""
    await tx.execute(
        """
        INSERT INTO preferences (person, channels, language, digest_hour, addresses)
        VALUES ($1, $2, $3, $4, $5::text::json)
            ON CONFLICT (person) DO UPDATE
           SET channels = excluded.channels, language = excluded.language,
               digest_hour = excluded.digest_hour, addresses = excluded.addresses
        """,
        preference.person,
        preference.channels,
        preference.language,
        preference.digest_hour,
        to_json(dict(preference.addresses)).decode(),
    )


def _preference(row: asyncpg.Record) -> Preference:
    return Preference(
        person=row["person"],
        channels=tuple(row["channels"]) if row["channels"] is not None else None,
        language=row["language"],
        digest_hour=row["digest_hour"],
        addresses=from_json(row["addresses"]),
    )
