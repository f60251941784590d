"""What the figures read: each is counted by the same conditions by which the ledger lists, so that
it leads to just as many proposals there."""

from collections.abc import Mapping

from services.portal.store.asking import (
    FIRST,
    HANDED_ON,
    IS_PART,
    TIMELY,
    Conditions,
    Question,
)
from services.portal.store.rows import Row, rows_of
from shared.contracts.event import UnitCode
from shared.work import Tx

LIGHTS = ", ".join(
    f"count(*) FILTER (WHERE light = '{light}') AS {light}" for light in ("red", "yellow", "green")
)
HELD = ", ".join(
    [f"bool_or(tasks.role = '{role}') AS {role}" for role in ("lead", "split", "co_handle")]
    + [f"bool_or({met}) AS {timely}" for timely, met in TIMELY.items()]
)
HOLDING = ", ".join(
    f"count(*) FILTER (WHERE {held}) AS {held}" for held in ("lead", "split", "co_handle", *TIMELY)
)
BOTH_WAYS = ", ".join(
    f"count(*) FILTER (WHERE {timely}) AS {timely}_parts,"
    f" count(DISTINCT proposal_id) FILTER (WHERE {timely}) AS {timely}"
    for timely in TIMELY
)


async def plan_for_what_is_asked(tx: Tx) -> None:
    """Have the statements that follow planned for their values, as long as the transaction lasts.

    PostgreSQL soon takes one plan for all values. One that is good for a city's year took four
    seconds for a district's, which has a plan of a tenth of a second.
    """
    await tx.execute("SET LOCAL plan_cache_mode = force_custom_plan")


async def standing(tx: Tx, question: Question) -> list[Row]:
    """How many proposals stand where, by category, by state, and all together: ``by`` says which.

    The light of a proposal is that of its most pressing duty.
    """
    asked = Conditions(question)
    return rows_of(
        await tx.fetch(
            f"""
            WITH chosen AS MATERIALIZED (
                SELECT proposal_id, category, state, is_key, merged_into, origin
                  FROM proposals WHERE {asked.proposals()}),
            lit AS MATERIALIZED (
                SELECT proposal_id, {asked.light()} AS light
                  FROM open_clocks JOIN chosen USING (proposal_id)
                 WHERE {asked.owed()} GROUP BY proposal_id)
            SELECT CASE WHEN grouping(category) = 0 THEN 'category'
                        WHEN grouping(state) = 0 THEN 'state' ELSE '' END AS by,
                   category, state, count(*) AS proposals, {LIGHTS},
                   count(*) FILTER (WHERE is_key) AS key_ones, count(merged_into) AS merged,
                   count(*) FILTER (WHERE origin = 'composed') AS composed
              FROM chosen LEFT JOIN lit USING (proposal_id)
             GROUP BY GROUPING SETS ((category), (state), ())
             ORDER BY proposals DESC, category, state
            """,  # noqa: S608
            *asked.given,
        )
    )


async def by_unit(tx: Tx, question: Question) -> list[Row]:
    """In how many proposals each unit has which part, how its own duties there are lit, and what
    it answered in time: the most pressed unit first."""
    asked = Conditions(question)
    return rows_of(
        await tx.fetch(
            f"""
            WITH held AS MATERIALIZED (
                SELECT tasks.unit, proposals.proposal_id, {HELD}
                  FROM proposals JOIN tasks ON {IS_PART} LEFT JOIN {FIRST}
                 WHERE {asked.proposals()} AND {asked.parts(of_all=True)}
                 GROUP BY tasks.unit, proposals.proposal_id),
            lit AS MATERIALIZED (
                SELECT unit, proposal_id, {asked.light()} AS light
                  FROM open_clocks JOIN held USING (unit, proposal_id)
                 WHERE {asked.owed()} GROUP BY unit, proposal_id)
            SELECT unit, count(*) AS proposals, {HOLDING}, {LIGHTS}
              FROM held LEFT JOIN lit USING (unit, proposal_id)
             GROUP BY unit
             ORDER BY red DESC, yellow DESC, green DESC, proposals DESC, unit
            """,  # noqa: S608
            *asked.given,
        )
    )


async def by_district(
    tx: Tx, question: Question, *, places: Mapping[UnitCode, UnitCode]
) -> list[Row]:
    """The same of districts, each with all its units; ``places`` has the district of a unit."""
    asked = Conditions(question)
    units, districts = asked.value(list(places)), asked.value(list(places.values()))
    return rows_of(
        await tx.fetch(
            f"""
            WITH places AS (SELECT * FROM unnest({units}::text[], {districts}::text[])
                                       AS pairs (unit, district)),
            held AS MATERIALIZED (
                SELECT district, proposals.proposal_id, {HELD}
                  FROM proposals JOIN tasks ON {IS_PART} JOIN places USING (unit)
                  LEFT JOIN {FIRST}
                 WHERE {asked.proposals()} AND {asked.parts()}
                 GROUP BY district, proposals.proposal_id),
            lit AS MATERIALIZED (
                SELECT district, proposal_id, {asked.light()} AS light
                  FROM open_clocks JOIN places USING (unit) JOIN held USING (district, proposal_id)
                 WHERE {asked.owed()} GROUP BY district, proposal_id)
            SELECT district, count(*) AS proposals, {HOLDING}, {LIGHTS}
              FROM held LEFT JOIN lit USING (district, proposal_id)
             GROUP BY district
            """,  # noqa: S608
            *asked.given,
        )
    )


async def by_role(tx: Tx, question: Question) -> list[Row]:
    """Parts of each role and of all together (role None), and what was answered in time: by parts,
    each of which owes an answer of its own, and by proposals, of which several have parts."""
    asked = Conditions(question)
    return rows_of(
        await tx.fetch(
            f"""
            WITH parts AS MATERIALIZED (
                SELECT proposals.proposal_id, tasks.role,
                       {", ".join(f"{met} AS {timely}" for timely, met in TIMELY.items())}
                  FROM proposals JOIN tasks ON {IS_PART} LEFT JOIN {FIRST}
                 WHERE {asked.proposals()} AND {asked.parts()})
            SELECT role, count(*) AS parts, count(DISTINCT proposal_id) AS proposals, {BOTH_WAYS}
              FROM parts GROUP BY GROUPING SETS ((role), ())
            """,  # noqa: S608
            *asked.given,
        )
    )


async def by_class(tx: Tx, question: Question) -> list[Row]:
    """Replies of each result class, and the proposals that have one."""
    asked = Conditions(question)
    return rows_of(
        await tx.fetch(
            f"""
            SELECT result_class, min(meaning) AS meaning, count(*) AS replies,
                   count(DISTINCT proposal_id) AS proposals
              FROM replies JOIN proposals USING (proposal_id)
             WHERE {asked.proposals()} AND {asked.replies()} AND result_class IS NOT NULL
             GROUP BY result_class
             ORDER BY result_class
            """,  # noqa: S608
            *asked.given,
        )
    )


async def by_rating(tx: Tx, question: Question) -> list[Row]:
    """How many ratings say what of the process and of the result, and of how many proposals."""
    asked = Conditions(question)
    return rows_of(
        await tx.fetch(
            f"""
            SELECT said.about, said.rating, count(*) AS forms,
                   count(DISTINCT proposal_id) AS proposals
              FROM ratings JOIN replies USING (proposal_id, reply_id)
              JOIN proposals USING (proposal_id),
                   LATERAL (VALUES ('process', ratings.process), ('result', ratings.result))
                        AS said (about, rating)
             WHERE {asked.proposals()} AND {asked.forms()}
             GROUP BY said.about, said.rating
            """,  # noqa: S608
            *asked.given,
        )
    )


async def by_month(tx: Tx, question: Question) -> list[Row]:
    """Month by month: proposals handed over, replies issued, proposals that these answer."""
    asked = Conditions(question)
    proposals = asked.proposals()
    return rows_of(
        await tx.fetch(
            f"""
            WITH happened AS (
                SELECT {HANDED_ON} AS on_day, 1 AS handed_over, 0 AS replies,
                       NULL AS answered
                  FROM proposals WHERE {proposals}
                 UNION ALL
                SELECT issued_on, 0, 1, proposal_id
                  FROM replies JOIN proposals USING (proposal_id)
                 WHERE {proposals} AND {asked.replies()})
            SELECT to_char(on_day, 'YYYY-MM') AS month, sum(handed_over)::int AS handed_over,
                   sum(replies)::int AS replies, count(DISTINCT answered)::int AS answered
              FROM happened WHERE on_day IS NOT NULL
             GROUP BY month ORDER BY month
            """,  # noqa: S608
            *asked.given,
        )
    )
