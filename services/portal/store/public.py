"""What the public reads: released letters, and how far filed proposals have come.

Nothing else is ever selected here; what is not public yet is not even looked through.
"""

from typing import Any

from services.portal.domain.public import PAGE_SIZE, Asked, NoLongerPublic
from services.portal.domain.terms import asked_of, plain
from services.portal.store.ledger import PLACE, PLACES
from services.portal.store.rows import Row, rows_of
from shared.refusals import Unknown
from shared.work import Tx

# ``$1`` are the states that the public may know of.
SHOWN = "(wants_publication IS TRUE AND state = ANY($1))"
RELEASED = (
    "SELECT released.proposal_id FROM publications AS released WHERE released.state = 'released'"
)
COLUMNS = f"""
    proposal_id, number, year, origin,
    CASE WHEN {SHOWN} THEN title END AS title,
    CASE WHEN {SHOWN} THEN category END AS category,
    CASE WHEN {SHOWN} THEN state ELSE 'replied' END AS state,
    (SELECT json_agg(json_build_object('letter_id', letter_id, 'unit', unit, 'kind', kind,
                                       'form', form, 'title', publications.title,
                                       'released_on', released_on)
                     ORDER BY released_on, letter_id)
       FROM publications
      WHERE publications.proposal_id = proposals.proposal_id
        AND publications.state = 'released') AS letters
    """  # noqa: S608


async def proposals(tx: Tx, asked: Asked, *, states: tuple[str, ...]) -> tuple[list[Row], bool]:
    """A page of what is public and fits what is asked, the newest first; and whether more does.

    All words that are asked for stand in one released letter, or in one title that is shown.
    """
    given: list[Any] = [list(states)]

    def value(one: Any) -> str:
        given.append(one)
        return f"${len(given)}"

    always = ["year IS NOT NULL"]
    if asked.year is not None:
        always.append(f"year = {value(asked.year)}")
    if asked.after:
        at = await tx.fetchrow(
            f"SELECT {', '.join(PLACES)} FROM proposals WHERE proposal_id = $1",  # noqa: S608
            asked.after,
        )
        if at is None:
            raise Unknown(what="提案", id=asked.after)
        always.append(f"{PLACE} < ({', '.join(value(one) for one in at)})")
    words = plain(asked.q).split()
    letter, title = [RELEASED], [SHOWN]
    if asked.unit:
        letter.append(f"released.unit = {value(asked.unit)}")
    for word in words:
        terms, sought = value(asked_of(word)), value(word)
        letter.append(f"released.terms @> {terms}::text[]")
        letter.append(f"strpos(released.words, {sought}) > 0")
        title.append(
            "proposal_id IN (SELECT texts.proposal_id FROM texts"  # noqa: S608
            f" WHERE texts.terms @> {terms}::text[]"
            f" AND strpos(split_part(texts.words, E'\\n', 1), {sought}) > 0)"
        )
    ways = [f"proposal_id IN ({' AND '.join(letter)})"]
    if not asked.unit:
        ways.append(" AND ".join(title))
    if len(words) == 1 and words[0].isdecimal():
        numbered = f"number >= {value(words[0])} AND number < {value(words[0] + ':')}"
        ways += [f"{numbered} AND {SHOWN}", f"{numbered} AND proposal_id IN ({RELEASED})"]
    order = ", ".join(f"{one} DESC" for one in PLACES)
    # Each way by itself, so that each goes by an index of its own.
    either = " UNION ".join(
        f"(SELECT proposal_id FROM proposals WHERE {' AND '.join((*always, way))}"  # noqa: S608
        f" ORDER BY {order} LIMIT {PAGE_SIZE + 1})"
        for way in ways
    )
    found = rows_of(
        await tx.fetch(
            f"""
            SELECT {COLUMNS}
              FROM proposals
             WHERE proposal_id IN ({either})
             ORDER BY {order}
             LIMIT {PAGE_SIZE + 1}
            """,  # noqa: S608
            *given,
        ),
        "letters",
    )
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


async def proposal(tx: Tx, proposal_id: str, *, states: tuple[str, ...]) -> Row:
    """One proposal as the public may know it.

    Raises:
        Unknown: it is not public, or there is none.
        NoLongerPublic: it was, and all of it was withdrawn.
    """
    rows = rows_of(
        await tx.fetch(
            f"SELECT {COLUMNS} FROM proposals WHERE proposal_id = $2"  # noqa: S608
            f" AND ({SHOWN} OR proposal_id IN ({RELEASED}))",
            list(states),
            proposal_id,
        ),
        "letters",
    )
    if rows:
        return rows[0]
    if await tx.fetchval(
        "SELECT true FROM publications WHERE proposal_id = $1 AND state = 'withdrawn' LIMIT 1",
        proposal_id,
    ):
        raise NoLongerPublic
    raise Unknown(what="公开的提案", id=proposal_id)


async def letters_of(tx: Tx, proposal_id: str) -> list[Row]:
    """The released letters of a proposal, with their public texts."""
    return rows_of(
        await tx.fetch(
            """
            SELECT letter_id, unit, kind, form, title, text, released_on
              FROM publications
             WHERE proposal_id = $1 AND state = 'released'
             ORDER BY released_on, letter_id
            """,
            proposal_id,
        )
    )


async def letters(tx: Tx, *, limit: int, after: str = "") -> list[Row]:
    """Released letters, the newest first, from after the one that is named ``proposal/letter``."""
    where, given = "publications.state = 'released'", [limit]
    if after:
        proposal_id, _, letter_id = after.partition("/")
        at = await tx.fetchrow(
            "SELECT released_on, proposal_id, letter_id FROM publications"
            " WHERE proposal_id = $1 AND letter_id = $2 AND state = 'released'",
            proposal_id,
            letter_id,
        )
        if at is None:
            raise Unknown(what="公开的文件", id=after)
        where += " AND (released_on, publications.proposal_id, letter_id) < ($2, $3, $4)"
        given += at
    return rows_of(
        await tx.fetch(
            f"""
            SELECT publications.proposal_id, letter_id, unit, publications.kind, form,
                   publications.title, publications.text, released_on, number, year, origin
              FROM publications LEFT JOIN proposals USING (proposal_id)
             WHERE {where}
             ORDER BY released_on DESC, publications.proposal_id DESC, letter_id DESC
             LIMIT $1
            """,  # noqa: S608
            *given,
        )
    )


async def units(tx: Tx) -> list[str]:
    """The units of which letters were released."""
    rows = await tx.fetch(
        """
        WITH RECURSIVE every (unit) AS (
            SELECT min(unit) FROM publications WHERE state = 'released'
            UNION ALL
            SELECT (SELECT min(others.unit) FROM publications AS others
                     WHERE others.state = 'released' AND others.unit > every.unit)
              FROM every WHERE every.unit IS NOT NULL)
        SELECT unit FROM every WHERE unit IS NOT NULL
        """
    )
    return [row["unit"] for row in rows]
