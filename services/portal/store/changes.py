"""Whether what was heard of is any of a reader's business."""

from collections.abc import Collection

from services.portal.store.seeing import Seen
from shared.work import Tx


async def concerns(tx: Tx, keys: Collection[str], *, seen: Seen) -> bool:
    """Whether the reader sees one of these proposals, or is asked to sign one of these drafts."""
    if seen.everything:
        return True
    asked = "false"
    if seen.sight.person is not None:
        asked = "EXISTS (SELECT FROM signatures WHERE proposal_id = ANY($1) AND person = $2::text)"
    return await tx.fetchval(  # type: ignore[no-any-return]
        f"""
        SELECT {asked} OR EXISTS (SELECT FROM proposals
                                   WHERE proposal_id = ANY($1) AND {seen.rows("proposals", 2)})
        """,  # noqa: S608
        list(keys),
        *seen.given,
    )


async def changes(tx: Tx, keys: Collection[str], shown: str, *, seen: Seen) -> bool:
    """Whether the page of one proposal changes: by itself, or by that in which it is handled."""
    return await tx.fetchval(  # type: ignore[no-any-return]
        f"""
        SELECT EXISTS (SELECT FROM proposals
                        WHERE proposal_id = $2 AND {seen.rows("proposals", 3)}
                          AND (proposal_id = ANY($1) OR merged_into = ANY($1)))
        """,  # noqa: S608
        list(keys),
        shown,
        *seen.given,
    )
