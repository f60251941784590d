"""Lists: brought as a file, checked row by row, taken over whole; and the list as a file again."""

import asyncio
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Annotated, Literal
from uuid import NAMESPACE_URL, uuid4, uuid5

from fastapi import APIRouter, Query
from starlette.requests import Request

from services.intake import store
from services.intake.api import asked
from services.intake.api.similar import REVIEWED, alike
from services.intake.commands import ConfirmImport
from services.intake.domain.accepting import YearRegister
from services.intake.domain.checking_lists import (
    Checking,
    Desk,
    Finding,
    Inside,
    Units,
    check_row,
    known_as,
    similar_hint,
    year_of,
)
from services.intake.domain.reading_lists import Kind, ListRow, read_list
from services.intake.domain.refusals import AnotherFile, ListConfirmed, ListNotChecked
from services.intake.domain.resembling import why_alike
from services.intake.domain.taking_over import (
    archived_from,
    filed_from,
    must_stand_as_checked,
    proposal_from,
)
from services.intake.domain.wording import matter
from services.intake.sheets import sheet_in
from services.intake.store.imports import CheckedRow, Import
from services.intake.views import HandOverItem, HandOverList, ImportView
from shared import rules
from shared.attachments import clean_name
from shared.contracts.event import ProposalId
from shared.web import Act, Call, Look, may_call, may_see

router = APIRouter()

Clerk = Annotated[Call, may_call("intake.import")]
Reader = Annotated[Look, may_see("intake.import")]
FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
CHECKED_AT_ONCE = 200
LONGEST_LIST_SECONDS = 600.0  # ten thousand rows in one transaction, on a busy machine too
NOTED_EVERY = 250


@router.post("/imports", status_code=201, openapi_extra=FILE)
async def bring(
    request: Request,
    call: Clerk,
    kind: Kind,
    name: Annotated[str, Query(min_length=1, max_length=255)],
) -> ImportView:
    """导入第一步：上传Excel清单（交办清单 hand_over，或往年归档清单 archive）。"""
    content = await request.body()
    name = clean_name(name)
    sheet = await asyncio.to_thread(sheet_in, content, name=name)
    import_id = str(uuid4())
    async with asked.acting(call) as act:
        found = read_list(sheet, kind=kind, most=rules.number(act.rules, "import_most"))
        await store.open_import(
            act.tx,
            import_id,
            kind=kind,
            file_name=name,
            digest=sha256(content).hexdigest(),
            source=f"清单《{name}》",
            rows=found.rows,
            notes=[f"“{heading}”一栏不认识，没有读取。" for heading in found.unread],
            person=act.caller.person,
            on=act.today,
        )
        return await store.import_view(act.tx, import_id)


@router.post("/imports/{import_id}/check")
async def check(import_id: str, call: Clerk) -> ImportView:
    """检查：每次检查若干行，直到全部检查完；每行的问题和提示逐条写明。"""
    async with asked.acting(call) as act:
        listed = await store.lock_import(act.tx, import_id)
        if listed.confirmed_on is not None:
            raise ListConfirmed
        rows = await store.unchecked(act.tx, import_id, limit=CHECKED_AT_ONCE)
        everything = [one.row for one in await store.rows_of(act.tx, import_id)]
        against = await _against(act, listed, everything, rows)
        checked = []
        for row in rows:
            findings = check_row(row, against=against)
            known = known_as(row, against=against)
            if row["title"] and known is None and all(one.level == "hint" for one in findings):
                findings += await _like(act, row, against=against)
            proposal_id = known.proposal_id if known else _new_id(listed, row)
            checked.append(CheckedRow(row, proposal_id, tuple(findings)))
        await store.check_rows(act.tx, import_id, checked)
        return await store.import_view(act.tx, import_id)


@router.get("/imports/{import_id}")
async def see_import(
    import_id: str,
    look: Reader,
    after_row: Annotated[int, Query(ge=0, le=2_000_000_000)] = 0,
    level: Literal["fault", "hint"] | None = None,
) -> ImportView:
    """导入的进度，以及检查所见。"""
    return await store.import_view(look.tx, import_id, after_row=after_row, level=level)


@router.post("/imports/{import_id}/confirm")
async def confirm(import_id: str, command: ConfirmImport, call: Clerk) -> ImportView:
    """导入第二步：确认；全部导入，或一行也不导入。检查后文件或情况有变的，不予导入。"""
    async with asked.acting(call, within=LONGEST_LIST_SECONDS) as act:
        tx = act.tx
        listed = await store.lock_import(tx, import_id)
        if listed.confirmed_on is not None:
            raise ListConfirmed
        if listed.digest != command.digest:
            raise AnotherFile
        rows = await store.rows_of(tx, import_id)
        if left := sum(one.proposal_id is None for one in rows):
            raise ListNotChecked(left=left)
        # From here on nobody merges, files or withdraws what the list names.
        await tx.lock_all(one.proposal_id for one in rows if one.proposal_id)
        everything = [one.row for one in rows]
        books = await _lock_books(act, everything, listed=listed)
        against = await _against(act, listed, everything, everything)
        must_stand_as_checked(
            [finding for one in rows for finding in one.findings],
            [finding for row in everything for finding in check_row(row, against=against)],
        )
        for done, one in enumerate(rows, start=1):
            await _take_over(act, one, listed, against=against, books=books)
            if done % NOTED_EVERY == 0 or done == len(rows):
                async with call.backbone.desk.transaction() as apart:
                    await store.note_progress(apart, import_id, done=done)
        await store.confirm_import(tx, import_id, on=call.today)
        return await store.import_view(tx, import_id)


@router.get("/imports/{import_id}/hand-over")
async def as_hand_over(import_id: str, look: Reader) -> HandOverList:
    """已导入的清单，按交办服务的格式列出，可直接交办。"""
    shown = await store.import_view(look.tx, import_id)
    if shown.confirmed_on is None:
        raise ListNotChecked(left=shown.total)
    rows = await store.rows_of(look.tx, import_id)
    return HandOverList(
        items=[
            HandOverItem(
                proposal_id=one.proposal_id,
                lead=one.row["lead"] or None,
                split=list(one.row.listed("split")),
                co_handlers=list(one.row.listed("co_handlers")),
                reference=list(one.row.listed("reference")),
            )
            for one in rows
            if one.proposal_id and (one.row["lead"] or one.row["split"])
        ]
    )


async def _against(
    act: Act, listed: Import, everything: Sequence[ListRow], rows: Sequence[ListRow]
) -> Checking:
    """What these rows are checked against, read in a few statements."""
    year = listed.brought_on.year
    units: Units = act.known
    return Checking(
        kind=listed.kind,
        year=year,
        rules=act.rules,
        units=units,
        desk=Desk(
            by_number=await store.by_number(
                act.tx,
                [(year_of(row, default=year) or year, row["number"]) for row in rows],
            ),
            by_matter=await store.by_matter(
                act.tx, {matter(row["title"]) for row in rows if row["title"]}
            ),
        ),
        inside=Inside.of(everything, year=year),
    )


async def _like(act: Act, row: ListRow, *, against: Checking) -> list[Finding]:
    """The proposal that is most like a row, with what it was answered."""
    year = year_of(row, default=against.year) or against.year
    found = await alike(
        act,
        row["title"],
        states=REVIEWED,
        years=(year - rules.number(act.rules, "similar_years"), year),
        but=None,
        limit=1,
    )
    cut = rules.number(act.rules, "similar_percent") / 100
    same = against.desk.by_matter.get(matter(row["title"]), ())
    if (
        not found
        or found[0].score < cut
        or any(one.proposal_id == found[0].other.proposal_id for one in same)
    ):
        return []
    [best] = found
    beside = (await store.cases(act.tx, [best.other.proposal_id], asked_by=None))[
        best.other.proposal_id
    ]
    number = f"第{beside['number']}号" if beside["number"] else ""
    classes = [one.result_class for one in beside["replies"] if one.result_class]
    return [
        similar_hint(
            row,
            other=f"{best.other.year}年{number}《{best.other.title}》",
            why=why_alike(best, text=row["text"], other_text=beside["opening"]),
            units=[act.known.name(unit) for unit in dict.fromkeys(beside["units"])],
            result_class=classes[-1] if classes else None,
        )
    ]


async def _take_over(
    act: Act, one: CheckedRow, listed: Import, *, against: Checking, books: Mapping[int, set[int]]
) -> None:
    """One row becomes a proposal; what was filed before is left as it is."""
    row, proposal_id = one.row, one.proposal_id
    assert proposal_id is not None
    source = f"{listed.source}第{row.row}行"
    if listed.kind == "archive":
        event = archived_from(
            row,
            proposal_id=proposal_id,
            units=against.units,
            rules=against.rules,
            source=source,
            by=act.caller,
            on=act.today,
        )
        await store.record(act.tx, event)
        return
    if known_as(row, against=against) is not None:
        return
    submitted = proposal_from(
        row,
        proposal_id=proposal_id,
        against=against,
        source=source,
        by=act.caller,
        on=act.today,
    )
    used = books[submitted.year]
    number = row["number"] or None
    register = YearRegister(submitted.year, next_free=_next_free(used))
    filed = filed_from(submitted, number=number, register=register)
    used.add(int(filed.number.removeprefix(str(submitted.year))))
    await store.record(act.tx, submitted, filed)


async def _lock_books(act: Act, rows: Sequence[ListRow], *, listed: Import) -> dict[int, set[int]]:
    """The numbers used in each year of the list; those that the list names are not free."""
    if listed.kind == "archive":
        return {}
    books: dict[int, set[int]] = {}
    default = listed.brought_on.year
    for year in sorted({year_of(row, default=default) or default for row in rows}):
        books[year] = await store.lock_used_numbers(act.tx, year)
    for row in rows:
        year, number = year_of(row, default=default) or default, row["number"]
        if number.startswith(str(year)) and number.removeprefix(str(year)).isdecimal():
            books[year].add(int(number.removeprefix(str(year))))
    return books


def _next_free(used: set[int]) -> int:
    n = 1
    while n in used:
        n += 1
    return n


def _new_id(listed: Import, row: ListRow) -> ProposalId:
    """The same row of the same list is the same proposal."""
    return ProposalId(str(uuid5(NAMESPACE_URL, f"huiban:import/{listed.import_id}/{row.row}")))
