"""What pages and lists read: narrowed to what the caller may see, filtered and paged by SQL."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
from pydantic_core import from_json

from services.intake.domain.wording import sought
from services.intake.store.similar import shares
from services.intake.views import (
    AdviceView,
    EarlierReply,
    GroupMember,
    LinkView,
    ObjectionView,
    ProposalLine,
    ProposalList,
    ProposalView,
)
from shared.contracts.event import ProposalId
from shared.contracts.intake import Attachment, Proposer
from shared.policy import Sight
from shared.refusals import Unknown
from shared.work import Tx

LINE = """
    proposal_id, number, year, title, kind, proposer_names, proposer_persons, category, state,
    key, main, origin, submitted_on, session, review_group, handed_over, answered
"""
# A term that stands in more of all proposals than this is met soon by walking through the list.
COMMON = 0.005
LOOKED_UP = 2  # terms; more of them narrow little and cost as much as the first
NUMBERED = re.compile(r"(?:19|20)\d{3,}")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list shows; None filters nothing."""

    year: int | None = None
    session: str | None = None
    state: str | None = None
    category: str | None = None
    kind: str | None = None
    key: bool | None = None
    review_group: str | None = None
    objected: bool | None = None
    q: str | None = None


class Given:
    """The values of a statement, and their places in it."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    def __call__(self, value: Any) -> str:
        self.values.append(value)
        return f"${len(self.values)}"


async def proposal(tx: Tx, proposal_id: ProposalId, *, sight: Sight) -> ProposalView:
    """The whole proposal, for a page; what one may not see is as if it were not there."""
    given = Given()
    conditions = [f"proposal_id = {given(proposal_id)}", *_within(sight, given)]
    row = await tx.fetchrow(
        f"SELECT * FROM proposals WHERE {' AND '.join(conditions)}",  # noqa: S608
        *given.values,
    )
    if row is None:
        raise Unknown(what="提案", id=proposal_id)
    members = await tx.fetch(
        "SELECT proposal_id, number, title FROM proposals WHERE main = $1 ORDER BY number",
        row["main"],
    )
    facts = _with_proposers(row)
    facts["attachments"] = from_json(row["attachments"])
    return ProposalView.model_validate(
        {
            **facts,
            "group": [GroupMember.model_validate(dict(member)) for member in members],
            "links": await links_of(tx, proposal_id),
            "objections": await _objections_of(tx, proposal_id),
            "advice": await _advice_on(tx, proposal_id),
            "replies": await _replies_to(tx, proposal_id),
        }
    )


async def attachment(tx: Tx, proposal_id: ProposalId, digest: str, *, sight: Sight) -> Attachment:
    """A proposal's attachment, for whoever may see the proposal."""
    found = await proposal(tx, proposal_id, sight=sight)
    for one in found.attachments:
        if one.digest == digest:
            return one
    raise Unknown(what="附件", id=digest)


async def attachments_of(tx: Tx, proposal_id: ProposalId) -> list[Attachment]:
    """What goes with a proposal, whoever asks."""
    found = await tx.fetchval(
        "SELECT attachments FROM proposals WHERE proposal_id = $1", proposal_id
    )
    return [Attachment.model_validate(one) for one in from_json(found or "[]")]


async def proposals(
    tx: Tx, filters: Filters, *, sight: Sight, limit: int, after: ProposalId | None
) -> ProposalList:
    """Proposals, the newest first, those that follow ``after``."""
    before = None
    if after is not None:
        before = await tx.fetchval("SELECT ordinal FROM proposals WHERE proposal_id = $1", after)
        if before is None:
            raise Unknown(what="提案", id=after)
    rows = await _listed(tx, filters, sight=sight, limit=limit + 1, before=before)
    lines = [ProposalLine.model_validate(_with_proposers(row)) for row in rows[:limit]]
    return ProposalList(proposals=lines, next=lines[-1].proposal_id if len(rows) > limit else None)


async def export_lines(tx: Tx, filters: Filters, *, sight: Sight, most: int) -> list[ProposalLine]:
    """Everything that the filters leave, and one more than may be exported if there are more."""
    rows = await _listed(tx, filters, sight=sight, limit=most + 1, before=None)
    return [ProposalLine.model_validate(_with_proposers(row)) for row in rows]


async def links_of(tx: Tx, proposal_id: ProposalId) -> list[LinkView]:
    """What was linked with a proposal."""
    rows = await tx.fetch(
        """
        SELECT linked AS proposal_id, number, year, title, why, linked_on
          FROM links
          JOIN proposals ON proposals.proposal_id = linked
         WHERE links.proposal_id = $1
         ORDER BY linked_on, linked
        """,
        proposal_id,
    )
    return [LinkView.model_validate(dict(row)) for row in rows]


async def _listed(
    tx: Tx, filters: Filters, *, sight: Sight, limit: int, before: int | None
) -> Sequence[asyncpg.Record]:
    """The statement says only what is filtered, so that each filter finds its index."""
    given = Given()
    said = _within(sight, given)
    for column in ("year", "session", "state", "category", "kind", "review_group"):
        if (value := getattr(filters, column)) is not None:
            said.append(f"{column} = {given(value)}")
    if filters.key is not None:
        said.append("key" if filters.key else "NOT key")
    if filters.objected:
        said.append(
            "proposal_id IN (SELECT objections.proposal_id FROM objections"
            " WHERE refused_on IS NULL)"
        )
    if filters.q and filters.q.strip():
        said += await _mentions(tx, filters.q, given)
    if before is not None:
        said.append(f"ordinal < {given(before)}")
    where = f"WHERE {' AND '.join(said)}" if said else ""
    # The conditions are fixed texts of this file; only their values come from outside.
    return await tx.fetch(
        f"SELECT {LINE} FROM proposals {where} ORDER BY ordinal DESC LIMIT {given(limit)}",  # noqa: S608
        *given.values,
    )


async def _mentions(tx: Tx, q: str, given: Given) -> list[str]:
    """The conditions that a proposal's title, proposers or number hold these words.

    Rare terms are looked up first and by themselves; common ones are met by walking on, and
    looking them all up would take longer than to find a page of them.
    """
    words, terms = sought(q)
    if NUMBERED.fullmatch(words):
        # A number's beginning: its year and its place in the register, which has an index.
        begins, ends = given(words), given(f"{words}:")
        return [f"year = {given(int(words[:4]))}", f"number >= {begins}", f"number < {ends}"]
    said = [f"strpos(words, {given(words)}) > 0"]
    known = await shares(tx)
    rarest = sorted(terms, key=known.of)[:LOOKED_UP]
    if rarest and known.of(rarest[0]) < COMMON:
        said.append(
            "proposal_id = ANY(ARRAY(SELECT found.proposal_id FROM proposals AS found"  # noqa: S608
            f" WHERE found.terms @> {given(rarest)}::text[]))"
        )
    return said


def _within(sight: Sight, given: Given) -> list[str]:
    """The condition that the caller may see a proposal.

    A unit sees what it, or a unit below it, has or had a part in; what was merged into such a
    proposal concerns it as well. A person sees what bears their name.
    """
    if sight.everything:
        return []
    if sight.person is not None:
        return [f"proposer_persons @> ARRAY[{given(sight.person)}::text]"]
    theirs = f"SELECT concerned.proposal_id FROM concerned WHERE unit = ANY({given(sight.units)})"  # noqa: S608
    return [f"(proposal_id IN ({theirs}) OR main IN ({theirs}))"]


async def _objections_of(tx: Tx, proposal_id: ProposalId) -> list[ObjectionView]:
    rows = await tx.fetch(
        "SELECT name, why, objected_on, refused_on, refused_because FROM objections"
        " WHERE proposal_id = $1 ORDER BY objected_on, name",
        proposal_id,
    )
    return [ObjectionView.model_validate(dict(row)) for row in rows]


async def _advice_on(tx: Tx, proposal_id: ProposalId) -> list[AdviceView]:
    rows = await tx.fetch(
        "SELECT review_group, advice, why, by_name, given_on FROM advice"
        " WHERE proposal_id = $1 ORDER BY given_on, review_group",
        proposal_id,
    )
    return [AdviceView.model_validate(dict(row)) for row in rows]


async def _replies_to(tx: Tx, proposal_id: ProposalId) -> list[EarlierReply]:
    rows = await tx.fetch(
        "SELECT unit, result_class, says, summary, issued_on FROM replies"
        " WHERE proposal_id = $1 ORDER BY issued_on NULLS FIRST, reply_id",
        proposal_id,
    )
    return [EarlierReply.model_validate(dict(row)) for row in rows]


def _with_proposers(row: asyncpg.Record) -> dict[str, Any]:
    named = zip(row["proposer_names"], row["proposer_persons"], strict=True)
    return {**row, "proposers": [Proposer(name=name, person=person) for name, person in named]}
