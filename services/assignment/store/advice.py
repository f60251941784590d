"""What advice is drawn from, and what became of it."""

from collections.abc import Sequence
from datetime import date

from services.assignment.domain.advising import Case
from services.assignment.domain.refusals import NotFiled
from services.assignment.store.seeing import may_see
from services.assignment.views import AdviceReport, AdviceYear, Asking
from shared.contracts.event import ProposalId, UnitCode
from shared.contracts.intake import ProposalArchived
from shared.policy import Sight
from shared.work import Tx


async def newest_of_history(tx: Tx) -> int:
    """How far the history of tasks has come: it says when what was drawn from it is old."""
    return int(
        await tx.fetchval(
            "SELECT coalesce((SELECT max(ordinal) FROM tasks), 0) + (SELECT count(*) FROM archived)"
        )
    )


async def keep_archived(tx: Tx, archived: ProposalArchived, *, units: Sequence[UnitCode]) -> None:
    """A case of an earlier year: by whom it was answered, under the units of today."""
    await tx.execute(
        """
        INSERT INTO archived (proposal_id, number, title, units) VALUES ($1, $2, $3, $4)
            ON CONFLICT (proposal_id) DO UPDATE
           SET number = excluded.number, title = excluded.title, units = excluded.units
        """,
        archived.proposal_id,
        archived.number,
        archived.title,
        list(units),
    )


async def history(tx: Tx, *, limit: int) -> list[Case]:
    """The newest cases: by whom each is or was answered, and who returned it for good.

    Those of earlier years are there as far as the archive knows them.
    """
    rows = await tx.fetch(
        """
        SELECT assignments.number, proposals.title,
               array_agg(DISTINCT tasks.unit) FILTER (
                   WHERE role IN ('lead', 'split') AND tasks.state <> 'ended') AS units,
               array_agg(DISTINCT tasks.unit) FILTER (WHERE returns.upheld) AS returned_by
          FROM (SELECT proposal_id, number FROM assignments
                 WHERE handed_over ORDER BY number DESC LIMIT $1) AS assignments
          JOIN proposals USING (proposal_id)
          JOIN tasks USING (proposal_id)
          LEFT JOIN returns USING (proposal_id, task_id)
         GROUP BY assignments.number, proposals.title
         UNION ALL
        (SELECT number, title, units, NULL FROM archived ORDER BY number DESC LIMIT $1)
         ORDER BY number DESC
         LIMIT $1
        """,
        limit,
    )
    return [
        Case(
            row["number"], row["title"], tuple(row["units"] or ()), tuple(row["returned_by"] or ())
        )
        for row in rows
    ]


async def asking(tx: Tx, proposal_id: ProposalId, *, sight: Sight) -> Asking:
    """What a proposal asks for."""
    row = await tx.fetchrow(
        """
        SELECT proposal_id, number, title, text
          FROM proposals JOIN assignments USING (proposal_id) WHERE proposal_id = $1
        """,
        proposal_id,
    )
    if row is None or not await may_see(tx, proposal_id, sight=sight):
        raise NotFiled
    return Asking(**row)


async def waiting_on_the_desk(tx: Tx, *, limit: int) -> list[Asking]:
    """The newest proposals that are filed and not handed over yet."""
    rows = await tx.fetch(
        """
        SELECT proposal_id, number, title, text
          FROM (SELECT proposal_id, number FROM assignments
                 WHERE NOT handed_over AND merged_into IS NULL AND withdrawn_on IS NULL
                 ORDER BY number DESC LIMIT $1) AS waiting
          JOIN proposals USING (proposal_id)
         ORDER BY number DESC
        """,
        limit,
    )
    return [Asking(**row) for row in rows]


async def proposed_for(tx: Tx, units: list[UnitCode], *, limit: int) -> list[Asking]:
    """What others want to return in favour of these units, still to be decided."""
    rows = await tx.fetch(
        """
        SELECT DISTINCT proposal_id, number, title, text
          FROM returns
          JOIN assignments USING (proposal_id)
          JOIN proposals USING (proposal_id)
         WHERE proposed_unit = ANY($1) AND decided_on IS NULL
         ORDER BY number LIMIT $2
        """,
        units,
        limit,
    )
    return [Asking(**row) for row in rows]


async def held_above(tx: Tx, unit: UnitCode, above: list[UnitCode], *, limit: int) -> list[Asking]:
    """The newest proposals that units above this one are handling and have not given to it."""
    rows = await tx.fetch(
        """
        SELECT proposal_id, number, title, text
          FROM (SELECT DISTINCT proposal_id, number FROM tasks
                 WHERE unit = ANY($1) AND state = 'signed' AND answered_on IS NULL
                   AND NOT EXISTS (
                       SELECT FROM tasks AS own
                        WHERE own.proposal_id = tasks.proposal_id
                          AND own.unit = $2 AND own.state <> 'ended')
                 ORDER BY number DESC LIMIT $3) AS theirs
          JOIN proposals USING (proposal_id)
         ORDER BY number DESC
        """,
        above,
        unit,
        limit,
    )
    return [Asking(**row) for row in rows]


async def advice_report(tx: Tx, *, since: date, until: date) -> AdviceReport:
    """How often the office followed what it was advised, by year and in all."""
    rows = await tx.fetch(
        """
        SELECT extract(year FROM on_day)::int AS year,
               count(*) AS advised,
               count(*) FILTER (WHERE rank = 1) AS first,
               count(*) FILTER (WHERE rank <= 3) AS among_three,
               count(rank) AS taken,
               count(*) FILTER (WHERE rank IS NULL) AS changed
          FROM advice
         WHERE on_day BETWEEN $1 AND $2
         GROUP BY 1 ORDER BY 1
        """,
        since,
        until,
    )
    return AdviceReport(years=[AdviceYear(**row) for row in rows])
