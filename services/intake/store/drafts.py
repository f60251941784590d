"""Drafts, the signatures asked for on them, and the files that were brought."""

from collections.abc import Sequence
from datetime import date

import asyncpg
from pydantic import BaseModel
from pydantic_core import from_json, to_json

from services.intake.domain.drafting import Draft, Signature
from services.intake.domain.refusals import NotUploaded
from services.intake.views import DraftLine, DraftList, DraftView, SignatureView
from shared.contracts.event import PersonId, ProposalId, UnitCode
from shared.contracts.intake import Attachment, ProposalKind, Proposer, ProposerType
from shared.refusals import Unknown
from shared.work import Tx


class Content(BaseModel):
    """What stands in a draft, as it is kept; ``wording`` is the digest of what is signed."""

    title: str
    text: str
    kind: ProposalKind
    put_by: ProposerType
    body: str | None
    convenor: str | None
    sealed: bool
    joint: tuple[Proposer, ...]
    category: str | None
    suggested_units: tuple[UnitCode, ...]
    wants_publication: bool
    attachments: tuple[Attachment, ...]
    wording: str


async def open_draft(tx: Tx, draft: Draft, *, on: date) -> None:
    """Keep a draft for the first time."""
    await tx.execute(
        "INSERT INTO drafts (draft_id, owner, owner_name, version, content, saved_on)"
        " VALUES ($1, $2, $3, $4, $5::text::jsonb, $6)",
        draft.draft_id,
        draft.owner.person,
        draft.owner.name,
        draft.version,
        _content(draft),
        on,
    )


async def save_draft(tx: Tx, draft: Draft, *, on: date) -> None:
    """Keep the next version; whoever is no joint proposer any more is not asked any more."""
    await tx.execute(
        "UPDATE drafts SET version = $2, content = $3::text::jsonb, saved_on = $4,"
        " saved_at = now() WHERE draft_id = $1",
        draft.draft_id,
        draft.version,
        _content(draft),
        on,
    )
    await tx.execute(
        "DELETE FROM signatures WHERE draft_id = $1 AND NOT person = ANY($2)",
        draft.draft_id,
        [one.person for one in draft.joint if one.person],
    )


async def delete_draft(tx: Tx, draft_id: ProposalId) -> None:
    """Throw a draft away."""
    await tx.execute("DELETE FROM drafts WHERE draft_id = $1", draft_id)


async def lock_draft(
    tx: Tx, draft_id: ProposalId, *, person: PersonId, signing: bool = False
) -> Draft:
    """A draft as it stands, of this owner, or one that this person was asked to sign.

    Raises:
        Unknown: there is none, or it is somebody else's.
    """
    await tx.lock(draft_id)
    row = await tx.fetchrow(
        """
        SELECT draft_id, owner, owner_name, version, content::text AS content
          FROM drafts
         WHERE draft_id = $1
           AND (owner = $2 OR $3 AND EXISTS (
                SELECT FROM signatures
                 WHERE signatures.draft_id = drafts.draft_id AND person = $2))
        """,
        draft_id,
        person,
        signing,
    )
    if row is None:
        raise Unknown(what="草稿", id=draft_id)
    return _draft(row, await _signatures(tx, draft_id))


async def draft(tx: Tx, draft_id: ProposalId, *, person: PersonId) -> DraftView:
    """A draft, for its owner and for those who were asked to sign it."""
    row = await tx.fetchrow(
        """
        SELECT draft_id, owner, owner_name, version, content::text AS content, saved_on
          FROM drafts
         WHERE draft_id = $1
           AND (owner = $2 OR EXISTS (
                SELECT FROM signatures
                 WHERE signatures.draft_id = drafts.draft_id AND person = $2))
        """,
        draft_id,
        person,
    )
    if row is None:
        raise Unknown(what="草稿", id=draft_id)
    asked = await tx.fetch(
        "SELECT person, name, until, answer, why, answered_on, wording FROM signatures"
        " WHERE draft_id = $1 ORDER BY name",
        draft_id,
    )
    content = from_json(row["content"])
    wording = content.pop("wording")
    signatures = [
        SignatureView(**{**dict(one), "wording_changed": one["wording"] != wording})
        for one in asked
    ]
    return DraftView(
        draft_id=row["draft_id"],
        owner=row["owner"],
        owner_name=row["owner_name"],
        version=row["version"],
        saved_on=row["saved_on"],
        signatures=signatures,
        **content,
    )


async def drafts_of(tx: Tx, person: PersonId, *, limit: int, after: str | None) -> DraftList:
    """Somebody's own drafts, in the order in which they were begun."""
    rows = await tx.fetch(
        """
        SELECT draft_id, owner_name, version, content->>'title' AS title,
               content->>'kind' AS kind, saved_on
          FROM drafts
         WHERE owner = $1 AND ($2::text IS NULL OR draft_id > $2)
         ORDER BY draft_id
         LIMIT $3
        """,
        person,
        after,
        limit + 1,
    )
    return _listed(rows, limit=limit)


async def requests_to(tx: Tx, person: PersonId, *, limit: int, after: str | None) -> DraftList:
    """The drafts that somebody is asked to sign and has not answered."""
    rows = await tx.fetch(
        """
        SELECT draft_id, owner_name, version, content->>'title' AS title,
               content->>'kind' AS kind, saved_on, until
          FROM signatures
          JOIN drafts USING (draft_id)
         WHERE person = $1 AND answer IS NULL AND ($2::text IS NULL OR draft_id > $2)
         ORDER BY draft_id
         LIMIT $3
        """,
        person,
        after,
        limit + 1,
    )
    return _listed(rows, limit=limit)


async def keep_upload(
    tx: Tx, *, digest: str, person: PersonId, kind: str, size: int, on: date
) -> None:
    """Remember who brought which content."""
    await tx.execute(
        "INSERT INTO uploads (digest, person, kind, size, uploaded_on)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        digest,
        person,
        kind,
        size,
        on,
    )


async def uploaded(
    tx: Tx, wanted: Sequence[tuple[str, str]], *, person: PersonId, had: Sequence[Attachment] = ()
) -> tuple[Attachment, ...]:
    """Files as they are attached, by name and digest: brought by this person, or there before.

    Raises:
        NotUploaded: nobody may attach what they have not got.
    """
    if not wanted:
        return ()
    rows = await tx.fetch(
        "SELECT digest, kind, size FROM uploads WHERE person = $1 AND digest = ANY($2)",
        person,
        [digest for _, digest in wanted],
    )
    known = {one.digest: (one.kind, one.size) for one in had}
    known |= {row["digest"]: (row["kind"], row["size"]) for row in rows}
    found = []
    for name, digest in wanted:
        if digest not in known:
            raise NotUploaded(name=name)
        kind, size = known[digest]
        found.append(Attachment(name=name, kind=kind, size=size, digest=digest))
    return tuple(found)


async def _signatures(tx: Tx, draft_id: ProposalId) -> dict[PersonId, Signature]:
    rows = await tx.fetch(
        "SELECT person, name, wording, until, answer FROM signatures WHERE draft_id = $1",
        draft_id,
    )
    return {
        PersonId(row["person"]): Signature(row["name"], row["wording"], row["until"], row["answer"])
        for row in rows
    }


def _content(draft: Draft) -> str:
    kept = Content(
        title=draft.title,
        text=draft.text,
        kind=draft.kind,
        put_by=draft.put_by,
        body=draft.body,
        convenor=draft.convenor,
        sealed=draft.sealed,
        joint=draft.joint,
        category=draft.category,
        suggested_units=draft.suggested_units,
        wants_publication=draft.wants_publication,
        attachments=draft.attachments,
        wording=draft.wording,
    )
    return to_json(kept).decode()


def _draft(row: asyncpg.Record, signatures: dict[PersonId, Signature]) -> Draft:
    content = Content.model_validate_json(row["content"])
    return Draft(
        draft_id=row["draft_id"],
        owner=Proposer(name=row["owner_name"], person=row["owner"]),
        version=row["version"],
        signatures=signatures,
        title=content.title,
        text=content.text,
        kind=content.kind,
        put_by=content.put_by,
        body=content.body,
        convenor=content.convenor,
        sealed=content.sealed,
        joint=content.joint,
        category=content.category,
        suggested_units=content.suggested_units,
        wants_publication=content.wants_publication,
        attachments=content.attachments,
    )


def _listed(rows: Sequence[asyncpg.Record], *, limit: int) -> DraftList:
    lines = [DraftLine.model_validate(dict(row)) for row in rows[:limit]]
    return DraftList(drafts=lines, next=lines[-1].draft_id if len(rows) > limit else None)
