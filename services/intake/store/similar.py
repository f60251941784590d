"""Similar cases: candidates by the terms that they share, chosen by how rare these are.

A few rare terms, and pairs of words that must both be there, find some hundreds of titles among a
million in milliseconds; only these are laid side by side. No process keeps an index of its own:
whatever one of them writes, all find.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Any
from uuid import UUID, uuid4

from services.intake.domain.checking_lists import Standing
from services.intake.domain.resembling import OPENING, Shares, Title
from services.intake.domain.wording import VERSION, matter, plain, terms_of
from services.intake.views import EarlierReply
from shared.contracts.event import ProposalId
from shared.work import Tx

RARE_TITLES = 400  # rare terms are taken while they promise no more titles than this
MOST_WORDS = 4
MOST_PAIRS = 4
MOST_OF_PAIR = 150
LOOKED_THROUGH = 1_000
SAMPLE = 100_000
KEPT_TERMS = 20_000
RECOUNT_GROWTH = 1.1
REWORD_AT_ONCE = 500

_read: dict[UUID, Shares] = {}


async def shares(tx: Tx) -> Shares:
    """How rare each term is, as last counted; read anew when it was counted anew."""
    stamp = await tx.fetchval("SELECT stamp FROM term_shares")
    if stamp is None:
        return Shares()
    if stamp not in _read:
        row = await tx.fetchrow("SELECT stamp, titles, terms, shares FROM term_shares")
        assert row is not None
        _read.clear()
        _read[row["stamp"]] = Shares(
            row["titles"], dict(zip(row["terms"], row["shares"], strict=True))
        )
        return _read[row["stamp"]]
    return _read[stamp]


async def count_terms(tx: Tx) -> bool:
    """Count anew in which part of all proposals each term stands, if there are many more now."""
    counted = await tx.fetchval("SELECT upto FROM term_shares") or 0
    upto = await tx.fetchval("SELECT ordinal FROM proposals ORDER BY ordinal DESC LIMIT 1") or 0
    if upto <= counted * RECOUNT_GROWTH:
        return False
    every = max(1, upto // SAMPLE)
    sampled = await tx.fetchval(
        "SELECT count(*) FROM proposals"
        " WHERE ordinal = ANY(ARRAY(SELECT generate_series($1::bigint, $2, $1)))",
        every,
        upto,
    )
    rows = await tx.fetch(
        """
        SELECT term, count(*)::float8 / $3 AS share
          FROM proposals, unnest(terms) AS term
         WHERE ordinal = ANY(ARRAY(SELECT generate_series($1::bigint, $2, $1)))
         GROUP BY term
        HAVING count(*) > 1
         ORDER BY share DESC
         LIMIT $4
        """,
        every,
        upto,
        max(sampled, 1),
        KEPT_TERMS,
    )
    await tx.execute(
        """
        INSERT INTO term_shares (stamp, upto, titles, terms, shares) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (only_one) DO UPDATE
           SET stamp = excluded.stamp, upto = excluded.upto, titles = excluded.titles,
               terms = excluded.terms, shares = excluded.shares
        """,
        uuid4(),
        upto,
        sampled * every,
        [row["term"] for row in rows],
        [row["share"] for row in rows],
    )
    return True


async def reword(tx: Tx) -> int:
    """Make the words of some proposals anew that were made by older rules; how many."""
    rows = await tx.fetch(
        "SELECT proposal_id, title, number, proposer_names FROM proposals"
        " WHERE terms_version < $1 ORDER BY terms_version, ordinal LIMIT $2"
        " FOR UPDATE SKIP LOCKED",
        VERSION,
        REWORD_AT_ONCE,
    )
    await tx.executemany(
        "UPDATE proposals SET matter = $2, words = $3, terms = $4, terms_version = $5"
        " WHERE proposal_id = $1",
        [_worded(row) for row in rows],
    )
    return len(rows)


def _worded(row: Mapping[str, Any]) -> tuple[Any, ...]:
    more = [*filter(None, [row["number"]]), *row["proposer_names"]]
    words = " ".join((plain(row["title"]), *map(plain, more)))
    terms = terms_of(*more, title=row["title"])
    return row["proposal_id"], matter(row["title"]), words, terms, VERSION


async def candidates(
    tx: Tx,
    said: str,
    *,
    other_words: Collection[str],
    known: Shares,
    states: Collection[str],
    years: tuple[int, int],
    but: ProposalId | None,
) -> list[Title]:
    """Titles that may be about the same as ``said``, the newest of each kind of likeness.

    ``other_words`` are those that mean the same as some of it.
    """
    rare, words = _telling(said, known)
    values: list[Any] = [list(states), *years]
    parts = []
    if rare or not words:
        values += [rare or [said], RARE_TITLES]
        parts.append(
            f"(SELECT ordinal FROM proposals WHERE terms && ${len(values) - 1}::text[]"  # noqa: S608
            f" LIMIT ${len(values)})"
        )
    together = [list(pair) for pair in combinations(words, 2)][:MOST_PAIRS] or [
        [word] for word in words
    ]
    together += [_pieces(word) for word in other_words]
    for terms in together:
        values.append(terms)
        parts.append(
            "(SELECT ordinal FROM (SELECT ordinal, year FROM proposals"  # noqa: S608
            f" WHERE terms @> ${len(values)}::text[] LIMIT {LOOKED_THROUGH}) AS found"
            f" ORDER BY year DESC, ordinal DESC LIMIT {MOST_OF_PAIR})"
        )
    rows = await tx.fetch(
        f"""
        SELECT proposal_id, title, year, matter
          FROM proposals
         WHERE ordinal = ANY(ARRAY({" UNION ".join(parts)}))
           AND state = ANY($1) AND year BETWEEN $2 AND $3
        """,  # noqa: S608
        *values,
    )
    return [
        Title(row["proposal_id"], row["title"], row["year"], about=row["matter"])
        for row in rows
        if row["proposal_id"] != but
    ]


def _telling(said: str, known: Shares) -> tuple[list[str], list[str]]:
    """The pairs so rare that one of them is enough, and words that do not overlap, rare first."""
    places = sorted(
        {said[at : at + 2]: at for at in range(len(said) - 1)}.items(),
        key=lambda pair: (known.of(pair[0]), pair[1]),
    )
    rare: list[str] = []
    promised = 0.0
    for gram, _ in places:
        promised += known.of(gram) * known.titles
        if promised > RARE_TITLES:
            break
        rare.append(gram)
    words: list[str] = []
    covered: set[int] = set()
    for gram, at in places:
        if gram in rare or covered & {at, at + 1}:
            continue
        words.append(gram)
        covered |= {at, at + 1}
        if len(words) == MOST_WORDS:
            break
    return rare, words


def _pieces(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)] or [word]


async def cases(
    tx: Tx, proposal_ids: Sequence[ProposalId], *, asked_by: ProposalId | None
) -> dict[str, dict[str, Any]]:
    """What is shown beside a candidate: its standing, its units, its replies, what was said."""
    rows = await tx.fetch(
        """
        SELECT proposals.proposal_id, number, session, state, proposals.main, leads, answer,
               left(text, $3) AS opening
          FROM proposals
          LEFT JOIN similar_answers ON similar_answers.proposal_id = $2
                                   AND similar_answers.other = proposals.proposal_id
         WHERE proposals.proposal_id = ANY($1)
        """,
        list(proposal_ids),
        asked_by,
        OPENING,
    )
    found = {
        row["proposal_id"]: {**row, "units": list(row["leads"]), "replies": []} for row in rows
    }
    for row in await tx.fetch(
        """
        SELECT proposals.proposal_id, unit
          FROM proposals
          JOIN concerned ON concerned.proposal_id = coalesce(proposals.main, proposals.proposal_id)
         WHERE proposals.proposal_id = ANY($1) AND answers AND NOT ended
         ORDER BY unit
        """,
        list(proposal_ids),
    ):
        found[row["proposal_id"]]["units"].append(row["unit"])
    for row in await tx.fetch(
        "SELECT proposal_id, unit, result_class, says, summary, issued_on FROM replies"
        " WHERE proposal_id = ANY($1) ORDER BY issued_on NULLS FIRST, reply_id",
        list(proposal_ids),
    ):
        found[row["proposal_id"]]["replies"].append(EarlierReply.model_validate(dict(row)))
    return found


async def answers_kept(tx: Tx) -> list[tuple[Title, Title, str]]:
    """The pairs of which the committee said something."""
    rows = await tx.fetch(
        """
        SELECT one.proposal_id, one.title, one.year, answer,
               other.proposal_id AS other_id, other.title AS other_title,
               other.year AS other_year
          FROM similar_answers
          JOIN proposals AS one USING (proposal_id)
          JOIN proposals AS other ON other.proposal_id = similar_answers.other
         ORDER BY one.proposal_id, other_id
        """
    )
    return [
        (
            Title(row["proposal_id"], row["title"], row["year"]),
            Title(row["other_id"], row["other_title"], row["other_year"]),
            row["answer"],
        )
        for row in rows
    ]


async def by_number(tx: Tx, numbers: Sequence[tuple[int, str]]) -> dict[tuple[int, str], Standing]:
    """The proposals of these years and numbers."""
    rows = await tx.fetch(
        """
        SELECT one.proposal_id, one.year, one.number, one.title, one.state,
               nullif(one.main, one.proposal_id) AS main, head.number AS main_number
          FROM unnest($1::int[], $2::text[]) AS wanted (year, number)
          JOIN proposals AS one USING (year, number)
          LEFT JOIN proposals AS head ON head.proposal_id = one.main
        """,
        [year for year, _ in numbers],
        [number for _, number in numbers],
    )
    return {(row["year"], row["number"]): _standing(row) for row in rows}


async def by_matter(tx: Tx, matters: Collection[str]) -> dict[str, list[Standing]]:
    """The proposals that are about exactly these matters, the newest first, a few of each."""
    rows = await tx.fetch(
        """
        SELECT wanted.matter, one.proposal_id, one.year, one.number, one.title, one.state,
               nullif(one.main, one.proposal_id) AS main, head.number AS main_number
          FROM unnest($1::text[]) AS wanted (matter)
         CROSS JOIN LATERAL (
               SELECT * FROM proposals WHERE proposals.matter = wanted.matter
                ORDER BY ordinal DESC LIMIT 3) AS one
          LEFT JOIN proposals AS head ON head.proposal_id = one.main
        """,
        list(matters),
    )
    found: dict[str, list[Standing]] = {}
    for row in rows:
        found.setdefault(row["matter"], []).append(_standing(row))
    return found


def _standing(row: Mapping[str, Any]) -> Standing:
    return Standing(
        row["proposal_id"],
        row["year"],
        row["number"],
        row["title"],
        row["state"],
        merged_into=f"第{row['main_number']}号提案" if row["main"] else None,
    )
