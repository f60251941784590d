"""Looking things up: the list, filtered and paged; one proposal, whole; the list as a file."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from services.intake import store
from services.intake.domain.proposal import REVIEW_WORDS
from services.intake.domain.refusals import TooManyToExport
from services.intake.sheets import workbook_of
from services.intake.views import ProposalLine, ProposalList, ProposalView
from shared import rules
from shared.attachments import OOXML, delivered
from shared.contracts.event import ProposalId
from shared.contracts.intake import ProposalKind
from shared.web import Reading

router = APIRouter()

State = Literal["submitted", "sent_back", "accepted", "declined", "turned", "withdrawn", "archived"]
Word = Annotated[str | None, Query(max_length=100)]
KINDS = {
    ProposalKind.SINGLE: "个人提案",
    ProposalKind.JOINT: "联名提案",
    ProposalKind.COLLECTIVE: "集体提案",
}
HEADINGS = (
    ("案号", 12),
    ("年度", 8),
    ("届次", 12),
    ("案由", 50),
    ("提案人", 24),
    ("形式", 10),
    ("类别", 10),
    ("状态", 14),
    ("重点", 8),
    ("提交日期", 12),
)


def filters(
    year: Annotated[int | None, Query(ge=1, le=9999)] = None,
    session: Word = None,
    state: State | None = None,
    category: Word = None,
    kind: Literal["single", "joint", "collective"] | None = None,
    key: bool | None = None,
    review_group: Word = None,
    objected: bool | None = None,
    q: Word = None,
) -> store.Filters:
    """What the list is narrowed to."""
    return store.Filters(
        year=year,
        session=session,
        state=state,
        category=category,
        kind=kind,
        key=key,
        review_group=review_group,
        objected=objected,
        q=q,
    )


Narrowed = Annotated[store.Filters, Depends(filters)]


@router.get("/proposals")
async def list_proposals(
    look: Reading,
    narrowed: Narrowed,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: ProposalId | None = None,
) -> ProposalList:
    """提案目录，新的在前；q 在案号、案由和提案人中查找；只列出本人或本单位可以看到的。"""
    return await store.proposals(look.tx, narrowed, sight=look.sight, limit=limit, after=after)


@router.get("/exports/proposals", response_class=Response)
async def export(look: Reading, narrowed: Narrowed) -> Response:
    """导出：与目录所列完全相同的提案，存为Excel表格。"""
    most = rules.number(look.rules, "export_most")
    lines = await store.export_lines(look.tx, narrowed, sight=look.sight, most=most)
    if len(lines) > most:
        raise TooManyToExport(count=len(lines), most=most)
    content = workbook_of("提案目录", HEADINGS, map(_cells, lines))
    return delivered(content, name="提案目录.xlsx", kind=f"{OOXML}spreadsheetml.sheet")


@router.get("/proposals/{proposal_id}")
async def see(proposal_id: ProposalId, look: Reading) -> ProposalView:
    """一件提案的全部内容。"""
    return await store.proposal(look.tx, proposal_id, sight=look.sight)


def _cells(line: ProposalLine) -> tuple[str, ...]:
    words = {str(state): word for state, word in REVIEW_WORDS.items()}
    return (
        line.number or "",
        str(line.year),
        line.session or "",
        line.title,
        "、".join(one.name for one in line.proposers),
        KINDS.get(line.kind, ""),
        line.category or "",
        words.get(line.state, line.state),
        "是" if line.key else "否",
        line.submitted_on.isoformat(),
    )
