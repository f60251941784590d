"""Settling: what follows for a proposal from all its facts together, and for the group it is in."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from services.portal.domain.fold import Folded
from shared.work import Tx


@asynccontextmanager
async def settling(tx: Tx, folded: Folded) -> AsyncIterator[None]:
    """Settle the proposals that need it once their rows are written."""
    unsettled, concerning = _unsettled(folded), _concerning(folded)
    groups = await _lock_groups(tx, folded, unsettled | concerning)
    yield
    await _leave_groups(tx, folded)
    await _stop_ratings(tx, folded)
    await _end_closed(tx, folded)
    if concerning:
        await _settle_units(tx, list(concerning | await _members(tx, groups)))
    if unsettled:
        proposals = list(unsettled | await _members(tx, groups))
        # A reply does without those whose task has not ended: in one batch, it came first.
        await _do_without_opinions(tx, folded)
        await _end_clocks(tx, proposals)
        await _settle_states(tx, proposals)


def _unsettled(folded: Folded) -> set[str]:
    """The proposals that may have come nearer to their end, or further away from it."""
    tasks, clocks = folded.rows["tasks"], folded.rows["clocks"]
    return {
        *(key[0] for table in ("replies", "ratings") for key in folded.rows[table]),
        *(key[0] for key, row in tasks.items() if "ended_on" in row),
        *(key[0] for key, row in clocks.items() if row.get("kind") == "redo"),
    }


def _concerning(folded: Folded) -> set[str]:
    """The proposals that may concern other units now: tasks, groups, or they themselves are new."""
    return {
        *(key[0] for key, row in folded.rows["tasks"].items() if "unit" in row),
        *(
            key[0]
            for key, row in folded.rows["proposals"].items()
            if "submitted_on" in row or "group_main" in row
        ),
    }


async def _lock_groups(tx: Tx, folded: Folded, proposals: Collection[str]) -> list[str]:
    """The merged groups of these proposals, by their main ones; nobody else settles them now.

    A group's proposals are heard in different lanes, and each one's state depends on the others.
    """
    if not proposals:
        return []
    rows = await tx.fetch(
        "SELECT DISTINCT group_main FROM proposals"
        " WHERE proposal_id = ANY($1) AND group_main IS NOT NULL",
        list(proposals),
    )
    told = folded.rows["proposals"]
    groups = {row["group_main"] for row in rows} | {
        told[(one,)]["group_main"] for one in proposals if "group_main" in told.get((one,), ())
    }
    if groups:
        await tx.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(main, 0))"
            " FROM unnest($1::text[]) AS main",
            sorted(groups),
        )
    return list(groups)


async def _leave_groups(tx: Tx, folded: Folded) -> None:
    """Whoever was separated is in no group any more: laying over fills columns, this empties."""
    left = [key[0] for key, row in folded.rows["proposals"].items() if "left_group" in row]
    if left:
        await tx.execute(
            "UPDATE proposals SET group_main = NULL, merged_into = NULL"
            " WHERE proposal_id = ANY($1) AND group_main = ''",
            left,
        )


async def _stop_ratings(tx: Tx, folded: Folded) -> None:
    """Nobody is waited for once all proposers have rated, or the rating is closed, or the reply
    void: whichever came first."""
    told = {key[0] for table in ("replies", "ratings") for key in folded.rows[table]}
    if told:
        await tx.execute(
            """
            UPDATE clocks
               SET done_on = found.done_on
              FROM (SELECT replies.proposal_id, reply_id,
                           least(void_on, replies.closed_on,
                                 CASE WHEN asked <@ rated THEN last_on END) AS done_on
                      FROM replies
                      LEFT JOIN proposals USING (proposal_id)
                     CROSS JOIN LATERAL (
                           SELECT coalesce(array_agg(one ->> 'name'), '{}') AS asked
                             FROM json_array_elements(proposers) AS one) AS everybody
                     CROSS JOIN LATERAL (
                           SELECT array_agg(proposer) AS rated, max(rated_on) AS last_on
                             FROM ratings
                            WHERE ratings.proposal_id = replies.proposal_id
                              AND ratings.reply_id = replies.reply_id) AS those_who_rated
                     WHERE replies.proposal_id = ANY($1)) AS found
             WHERE clocks.proposal_id = found.proposal_id
               AND clocks.clock_id = found.reply_id || '/rate'
               AND clocks.dead_on IS NULL
               AND clocks.done_on IS DISTINCT FROM found.done_on
            """,
            list(told),
        )


async def _end_closed(tx: Tx, folded: Folded) -> None:
    """Nothing is waited for any more in what was taken back, whichever was heard first; only what
    a reply promised before stays promised."""
    told = {
        *(key[0] for key, row in folded.rows["proposals"].items() if "closed_on" in row),
        *(key[0] for key, row in folded.rows["clocks"].items() if "due_on" in row),
    }
    if told:
        await tx.execute(
            """
            UPDATE clocks
               SET dead_on = closed_on
              FROM proposals
             WHERE proposals.proposal_id = ANY($1)
               AND closed_on IS NOT NULL
               AND clocks.proposal_id = proposals.proposal_id
               AND clocks.kind <> 'promise'
               AND done_on IS NULL
               AND dead_on IS NULL
            """,
            list(told),
        )


async def _members(tx: Tx, groups: Collection[str]) -> set[str]:
    """The proposals of these groups."""
    if not groups:
        return set()
    rows = await tx.fetch(
        "SELECT proposal_id FROM proposals WHERE group_main = ANY($1)", list(groups)
    )
    return {row["proposal_id"] for row in rows}


async def _settle_units(tx: Tx, proposals: list[str]) -> None:
    """A proposal concerns whoever has or had a part in it, or in the one it is handled in."""
    await tx.execute(
        """
        UPDATE proposals
           SET units = found.units
          FROM (SELECT concerned.proposal_id,
                       (SELECT array_agg(DISTINCT unit ORDER BY unit)
                          FROM tasks
                         WHERE tasks.proposal_id
                               IN (concerned.proposal_id, concerned.merged_into)
                           AND unit IS NOT NULL) AS units
                  FROM proposals AS concerned
                 WHERE concerned.proposal_id = ANY($1)) AS found
         WHERE found.proposal_id = proposals.proposal_id
           AND found.units IS DISTINCT FROM proposals.units
        """,
        proposals,
    )


async def _end_clocks(tx: Tx, proposals: list[str]) -> None:
    """A task that ended owes nothing more, neither here nor in what was merged into this one.

    A proposal that was merged late had tasks of its own; what is redone for it since then, is
    redone in those of the main one.
    """
    await tx.execute(
        """
        UPDATE clocks
           SET dead_on = tasks.ended_on
          FROM proposals
          JOIN tasks ON tasks.proposal_id IN (proposals.proposal_id, proposals.merged_into)
         WHERE proposals.proposal_id = ANY($1)
           AND clocks.proposal_id = ANY($1)
           AND clocks.proposal_id = proposals.proposal_id
           AND clocks.task_id = tasks.task_id
           AND clocks.kind <> 'rate'
           AND tasks.proposal_id = CASE clocks.kind
                                        WHEN 'redo'
                                        THEN coalesce(proposals.merged_into, proposals.proposal_id)
                                        ELSE proposals.proposal_id
                                    END
           AND clocks.done_on IS NULL
           AND clocks.dead_on IS NULL
           AND tasks.ended_on IS NOT NULL
        """,
        proposals,
    )


async def _do_without_opinions(tx: Tx, folded: Folded) -> None:
    """Co-handlers whom a reply did without, their date being over, owe their opinion no more."""
    spared = [
        (proposal_id, unit, row["issued_on"])
        for (proposal_id, _), row in folded.rows["replies"].items()
        for unit in row.get("without_opinions", ())
    ]
    if not spared:
        return
    await tx.execute(
        """
        UPDATE clocks
           SET dead_on = spared.on_day::date
          FROM unnest($1::text[], $2::text[], $3::text[]) AS spared (proposal_id, unit, on_day)
         WHERE clocks.proposal_id = ANY($1)
           AND clocks.proposal_id = spared.proposal_id
           AND clocks.unit = spared.unit
           AND clocks.kind = 'opinion'
           AND clocks.due_on < spared.on_day::date
           AND clocks.done_on IS NULL
           AND clocks.dead_on IS NULL
        """,
        *(list(part) for part in zip(*spared, strict=True)),
    )


async def _settle_states(tx: Tx, proposals: list[str]) -> None:
    """A proposal is answered when every unit that owes it an answer has given it; its rating is
    waited for where the newest answer of a unit has not been rated by all.

    What was merged into another one is answered by the units that handle that one.
    """
    await tx.execute(
        """
        UPDATE proposals
           SET state = coalesce(
                   (SELECT CASE WHEN redoing THEN 'redo'
                                WHEN owing AND (replied OR merged_into IS NULL) THEN 'handling'
                                WHEN rating THEN 'replied'
                                WHEN replied AND EXISTS (
                                     SELECT FROM ratings
                                      WHERE ratings.proposal_id = proposals.proposal_id)
                                THEN 'rated'
                                WHEN replied THEN 'unrated'
                           END
                      FROM (SELECT bool_or(kind = 'redo' AND open AND own) AS redoing,
                                   bool_or(kind = 'reply' AND open) AS owing,
                                   bool_or(kind = 'rate' AND open AND own AND newest) AS rating,
                                   bool_or(kind = 'rate' AND own) AS replied
                              FROM (SELECT kind,
                                           clocks.proposal_id = proposals.proposal_id AS own,
                                           done_on IS NULL AND dead_on IS NULL AS open,
                                           clock_id IN (
                                               SELECT DISTINCT ON (task_id) reply_id || '/rate'
                                                 FROM replies
                                                WHERE replies.proposal_id = clocks.proposal_id
                                                ORDER BY task_id, round DESC) AS newest
                                      FROM clocks
                                     WHERE clocks.proposal_id
                                           IN (proposals.proposal_id, proposals.merged_into)
                                   ) AS theirs) AS found),
                   state)
         WHERE proposal_id = ANY($1)
        """,
        proposals,
    )
