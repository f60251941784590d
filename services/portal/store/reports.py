"""What a report reads: the facts of one unit in a period."""

from collections.abc import Collection

from services.portal.domain.figures import Facts, Received
from services.portal.domain.period import Period
from services.portal.store.rows import Row, rows_of
from services.portal.store.seeing import Seen
from services.portal.store.spans import Span
from shared.work import Tx

CASES = 100


def _ours(span: Span) -> str:
    """The proposals in which the unit ($1) has a part: of the period's, or of all.

    A merged proposal is handled in its main one: whoever has a part there has it here too.
    """
    return f"""
        ours AS (
            SELECT DISTINCT ON (proposals.proposal_id)
                   proposals.*, tasks.task_id, tasks.role, tasks.assigned_on AS got_on,
                   tasks.answered_on AS opinion_on, tasks.days_late AS opinion_late
              FROM proposals
              JOIN tasks ON tasks.proposal_id = coalesce(merged_into, proposals.proposal_id)
             WHERE tasks.unit = $1 AND {span.proposals} AND parent IS NULL AND ended_on IS NULL
               AND role IN ('lead', 'split', 'co_handle')
             ORDER BY proposals.proposal_id,
                      array_position(ARRAY['lead', 'split', 'co_handle'], role))
        """  # noqa: S608


async def facts_of(tx: Tx, unit: str, *, period: Period, seen: Seen) -> Facts:
    """All facts of a unit in a period from which its figures are counted."""
    span = Span(period, 2)
    parts = rows_of(
        await tx.fetch(
            f"""
            WITH {_ours(span)},
            answers AS (
                SELECT ours.proposal_id, number, title, role, category, origin, got_on,
                       is_key IS TRUE AS is_key, merged_into IS NOT NULL AS is_merged,
                       CASE role WHEN 'co_handle' THEN opinion_on ELSE issued_on END AS given_on,
                       CASE role WHEN 'co_handle' THEN opinion_late ELSE days_late END AS days_late
                  FROM ours
                  LEFT JOIN replies ON replies.proposal_id = ours.proposal_id
                        AND replies.unit = $1 AND round = 1)
            SELECT proposal_id, number, title, role, category, origin, is_key, is_merged,
                   CASE WHEN {span.by_its_end("given_on")} THEN given_on END AS answered_on,
                   days_late,
                   {span.within("got_on")} AS is_received,
                   {span.still_owed("given_on")} AS is_owed
              FROM answers
             WHERE {span.by_its_end("got_on")}
               AND ({span.within("got_on")} OR {span.still_owed("given_on")})
             ORDER BY number
            """,  # noqa: S608
            unit,
            *span.given,
        )
    )
    received, owed = [], []
    for part in parts:
        is_received, is_owed = part.pop("is_received"), part.pop("is_owed")
        one = Received(**part)
        received += [one] * is_received
        owed += [one] * is_owed
    acts = _acts_between(span) if span.is_days else _acts_on_ours(span)
    counted = await tx.fetchrow(acts, unit, *span.given)
    assert counted is not None
    ratings = seen.ratings("ratings", 2 + len(span.given))
    values = (unit, *span.given)
    return Facts(
        received=received,
        owed=owed,
        replies=rows_of(await tx.fetch(_replies(span), *values)),
        ratings=rows_of(await tx.fetch(_ratings(span, ratings), *values, *seen.given)),
        promises=rows_of(await tx.fetch(_promises(span), *values)),
        matters=rows_of(await tx.fetch(_matters(span), *values)),
        **counted,
    )


def _acts_on_ours(span: Span) -> str:
    return f"""
        WITH {_ours(span)}
        SELECT (SELECT count(*) FROM clocks JOIN ours USING (proposal_id)
                 WHERE clocks.kind = 'redo' AND unit = $1) AS redone,
               (SELECT count(*) FROM timeline JOIN proposals USING (proposal_id)
                 WHERE {span.proposals} AND type = 'huiban.assignment.AssignmentReturned.v1'
                   AND by_unit = $1
                   AND proposal_id IN (SELECT tasks.proposal_id FROM tasks WHERE unit = $1)
               ) AS returned,
               (SELECT count(*) FROM timeline JOIN ours USING (proposal_id)
                 WHERE type = 'huiban.reply.ContactRecorded.v1' AND by_unit = $1) AS contacts,
               (SELECT count(*) FROM tasks JOIN ours USING (proposal_id)
                 WHERE tasks.parent = ours.task_id) AS handed_down
        """  # noqa: S608


def _acts_between(span: Span) -> str:
    return f"""
        SELECT (SELECT count(*) FROM clocks
                 WHERE kind = 'redo' AND unit = $1
                   AND {span.within("(due ->> 'starts_on')::date")}) AS redone,
               (SELECT count(*) FROM timeline
                 WHERE type = 'huiban.assignment.AssignmentReturned.v1' AND by_unit = $1
                   AND {span.within("on_day")}) AS returned,
               (SELECT count(*) FROM timeline
                 WHERE type = 'huiban.reply.ContactRecorded.v1' AND by_unit = $1
                   AND {span.within("on_day")}) AS contacts,
               (SELECT count(*) FROM tasks
                 WHERE parent IS NOT NULL AND handed_by = $1
                   AND {span.within("assigned_on")}) AS handed_down
        """  # noqa: S608


def _among(span: Span) -> str:
    """What was done to the period's proposals; between two days, it is asked of no proposal."""
    return "" if span.is_days else "JOIN ours USING (proposal_id)"


def _replies(span: Span) -> str:
    return f"""
        WITH {_ours(span)}
        SELECT result_class
          FROM replies {_among(span)}
         WHERE unit = $1 AND void_on IS NULL AND {span.within("replies.issued_on")}
        """  # noqa: S608


def _ratings(span: Span, may_be_seen: str) -> str:
    return f"""
        WITH {_ours(span)}
        SELECT process, result
          FROM ratings JOIN replies USING (proposal_id, reply_id) {_among(span)}
         WHERE unit = $1 AND {span.within("rated_on")} AND {may_be_seen}
        """  # noqa: S608


def _promises(span: Span) -> str:
    return f"""
        WITH {_ours(span)}
        SELECT CASE WHEN {span.by_its_end("kept_on")} THEN kept_on END AS kept_on
          FROM promises {_among(span)}
         WHERE unit = $1 AND made_on IS NOT NULL AND promises.state IS DISTINCT FROM 'void'
           AND {span.within("made_on")}
        """  # noqa: S608


def _matters(span: Span) -> str:
    return f"""
        WITH {_ours(span)}
        SELECT CASE WHEN {span.by_its_end("decided_on")} THEN decided_on END AS decided_on
          FROM matters JOIN ours USING (proposal_id)
         WHERE flagged_on IS NOT NULL AND {span.within("flagged_on")}
        """  # noqa: S608


async def cases_of(tx: Tx, unit: str, *, period: Period) -> list[Row]:
    """The proposals that a unit answers, in a period, and a report may tell of.

    Composed ones serve to show the system: only key ones among them are told.
    """
    span = Span(period, 2)
    replied = (
        "EXISTS (SELECT FROM replies WHERE replies.proposal_id = ours.proposal_id"
        f" AND replies.unit = $1 AND {span.within('issued_on')})"
        if span.is_days
        else "true"
    )
    return rows_of(
        await tx.fetch(
            f"""
            WITH {_ours(span)}
            SELECT proposal_id, number, title, kind, proposers, is_key IS TRUE AS is_key, origin,
                   coalesce(merged_into, proposal_id) AS home
              FROM ours
             WHERE role IN ('lead', 'split') AND (origin <> 'composed' OR is_key) AND {replied}
             ORDER BY is_key IS TRUE DESC, number
             LIMIT {CASES}
            """,  # noqa: S608
            unit,
            *span.given,
        ),
        "proposers",
    )


async def summaries_of(tx: Tx, unit: str, proposals: Collection[str]) -> list[Row]:
    """What a unit's replies to these proposals say, in the order in which they went out."""
    return rows_of(
        await tx.fetch(
            "SELECT proposal_id, summary FROM replies"
            " WHERE unit = $1 AND proposal_id = ANY($2) ORDER BY issued_on, round",
            unit,
            list(proposals),
        )
    )


async def meetings_of(tx: Tx, unit: str, *, period: Period) -> list[Row]:
    """The meetings at which a unit's work was handed over to it, or handed down by it."""
    span = Span(period, 2)
    return rows_of(
        await tx.fetch(
            f"""
            SELECT tasks.assigned_on AS on_day, tasks.meeting AS name
              FROM tasks JOIN proposals USING (proposal_id)
             WHERE {span.proposals} AND tasks.meeting IS NOT NULL
               AND {span.within("tasks.assigned_on")}
               AND (unit = $1 AND parent IS NULL OR handed_by = $1)
             GROUP BY 1, 2
             ORDER BY 1, 2
             LIMIT 6
            """,  # noqa: S608
            unit,
            *span.given,
        )
    )
