"""Lists on their way in: brought, checked row by row, confirmed as a whole."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from pydantic_core import from_json, to_json

from services.intake.domain.checking_lists import Finding
from services.intake.domain.reading_lists import Kind, ListRow
from services.intake.views import FindingView, ImportView
from shared.contracts.event import PersonId, ProposalId
from shared.refusals import Unknown
from shared.work import Tx

SHOWN_ROWS = 500


@dataclass(frozen=True, slots=True)
class Import:
    """A list as it stands."""

    import_id: str
    kind: Kind
    digest: str
    source: str
    brought_on: date
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row, the id that its proposal has or will have, and what was found."""

    row: ListRow
    proposal_id: ProposalId | None
    findings: tuple[Finding, ...] = ()


async def open_import(
    tx: Tx,
    import_id: str,
    *,
    kind: Kind,
    file_name: str,
    digest: str,
    source: str,
    rows: Sequence[ListRow],
    notes: Sequence[str],
    person: PersonId,
    on: date,
) -> None:
    """Keep a list that was brought."""
    await tx.execute(
        "INSERT INTO imports (import_id, kind, file_name, digest, source, total, notes, person,"
        " brought_on) VALUES ($1, $2, $3, $4, $5, $6, $7::text::jsonb, $8, $9)",
        import_id,
        kind,
        file_name,
        digest,
        source,
        len(rows),
        to_json(list(notes)).decode(),
        person,
        on,
    )
    await tx.executemany(
        "INSERT INTO import_rows (import_id, row, cells) VALUES ($1, $2, $3::text::jsonb)",
        [(import_id, row.row, to_json(dict(row.cells)).decode()) for row in rows],
    )


async def lock_import(tx: Tx, import_id: str) -> Import:
    """A list, for one at a time."""
    row = await tx.fetchrow(
        "SELECT import_id, kind, digest, source, brought_on, confirmed_on FROM imports"
        " WHERE import_id = $1 FOR UPDATE",
        import_id,
    )
    if row is None:
        raise Unknown(what="清单", id=import_id)
    return Import(**row)


async def rows_of(tx: Tx, import_id: str) -> list[CheckedRow]:
    """All rows of a list, with what was found in them."""
    rows = await tx.fetch(
        "SELECT row, cells::text AS cells, findings::text AS findings, proposal_id"
        " FROM import_rows WHERE import_id = $1 ORDER BY row",
        import_id,
    )
    return [
        CheckedRow(
            ListRow(row["row"], from_json(row["cells"])),
            row["proposal_id"],
            tuple(Finding(**one) for one in from_json(row["findings"])),
        )
        for row in rows
    ]


async def unchecked(tx: Tx, import_id: str, *, limit: int) -> list[ListRow]:
    """The next rows that nobody has looked at."""
    rows = await tx.fetch(
        "SELECT row, cells::text AS cells FROM import_rows"
        " WHERE import_id = $1 AND NOT checked ORDER BY row LIMIT $2",
        import_id,
        limit,
    )
    return [ListRow(row["row"], from_json(row["cells"])) for row in rows]


async def check_rows(tx: Tx, import_id: str, checked: Sequence[CheckedRow]) -> None:
    """Keep what was found."""
    await tx.executemany(
        "UPDATE import_rows SET checked = true, findings = $3::text::jsonb, proposal_id = $4"
        " WHERE import_id = $1 AND row = $2",
        [
            (
                import_id,
                one.row.row,
                to_json([asdict(finding) for finding in one.findings]).decode(),
                one.proposal_id,
            )
            for one in checked
        ],
    )


async def confirm_import(tx: Tx, import_id: str, *, on: date) -> None:
    """The list was taken over."""
    await tx.execute("UPDATE imports SET confirmed_on = $2 WHERE import_id = $1", import_id, on)


async def note_progress(tx: Tx, import_id: str, *, done: int) -> None:
    """How many rows are taken over, in a transaction apart from theirs."""
    await tx.execute(
        "INSERT INTO import_progress (import_id, done) VALUES ($1, $2)"
        " ON CONFLICT (import_id) DO UPDATE SET done = excluded.done",
        import_id,
        done,
    )


async def import_view(
    tx: Tx, import_id: str, *, after_row: int = 0, level: Literal["fault", "hint"] | None = None
) -> ImportView:
    """How far a list is, and the findings of the rows after one of them."""
    row = await tx.fetchrow(
        """
        SELECT imports.import_id, kind, file_name, digest, total, notes::text AS notes,
               confirmed_on, coalesce(done, 0) AS done,
               (SELECT count(*) FROM import_rows
                 WHERE import_rows.import_id = imports.import_id AND checked) AS checked,
               (SELECT count(*) FROM import_rows, jsonb_array_elements(findings) AS one
                 WHERE import_rows.import_id = imports.import_id
                   AND one->>'level' = 'fault') AS faults,
               (SELECT count(*) FROM import_rows, jsonb_array_elements(findings) AS one
                 WHERE import_rows.import_id = imports.import_id
                   AND one->>'level' = 'hint') AS hints
          FROM imports
          LEFT JOIN import_progress USING (import_id)
         WHERE imports.import_id = $1
        """,
        import_id,
    )
    if row is None:
        raise Unknown(what="清单", id=import_id)
    found = await tx.fetch(
        """
        SELECT row, findings::text AS findings
          FROM import_rows
         WHERE import_id = $1 AND row > $2 AND findings <> '[]'
           AND ($3::text IS NULL OR findings @> jsonb_build_array(jsonb_build_object('level', $3)))
         ORDER BY row
         LIMIT $4
        """,
        import_id,
        after_row,
        level,
        SHOWN_ROWS,
    )
    findings: list[dict[str, Any]] = [
        one
        for line in found
        for one in from_json(line["findings"])
        if level is None or one["level"] == level
    ]
    return ImportView(
        **{**dict(row), "notes": from_json(row["notes"])},
        findings=[FindingView(**one) for one in findings],
        next_row=found[-1]["row"] if len(found) == SHOWN_ROWS else None,
    )
