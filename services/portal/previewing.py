"""Previewing: a draft as it will be printed, page by page, while it is written or approved."""

from base64 import b64encode
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from services.portal.domain.versions import opinions_of
from services.portal.forms.form import Facts
from services.portal.papers.letters_of_reply import opinion_draft, reply_draft
from services.portal.papers.paper import Level, Paper
from services.portal.papers.paper_pdf import paper_pictures
from services.portal.papers.refusals import NoSuchLetter
from services.portal.papers.wording import paragraphs
from services.portal.printing import (
    case_of,
    draft_of,
    in_the_press,
    must_see,
    shelf_of,
    told_of_reply,
)
from services.portal.viewing import View, Viewing
from shared.contracts.event import ProposalId

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

PPI = 110  # of the pictures: to be read on a screen, not to be printed
SHOWN = 40  # characters of a paragraph that has no heading of its own
LEVELS = {
    Level.FIRST: "一级",
    Level.SECOND: "二级",
    Level.THIRD: "三级",
    Level.FOURTH: "四级",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that is to be seen as it would be printed."""

    unit: str
    number: int
    text: str
    round: int = 1
    result_class: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered paragraph: how deep it stands, and how it begins."""

    level: int
    like: str
    says: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages of a draft, and how its paragraphs are understood."""

    pages: tuple[str, ...]
    headings: tuple[Heading, ...]


def headings_of(text: str) -> tuple[Heading, ...]:
    """The levels that a text's numbering is understood to have."""
    return tuple(
        Heading(int(one.level), LEVELS[one.level], one.heading or one.text[:SHOWN])
        for one in paragraphs(text)
        if one.level is not Level.TEXT
    )


async def reply_as_printed(view: View, proposal: Facts, draft: Draft) -> Preview:
    """A reply, saved or still being written, as it would go out."""
    case = await case_of(view, dict(proposal))
    paper = reply_draft(
        case,
        unit=draft.unit,
        round=draft.round,
        draft=draft.number,
        result_class=draft.result_class,
        text=draft.text,
    )
    return await _as_printed(view, paper, draft.text)


async def opinion_as_printed(view: View, proposal: Facts, draft: Draft) -> Preview:
    """A co-handler's opinion, saved or still being written, as it would go to the lead."""
    case = await case_of(view, dict(proposal))
    leads = [
        task["unit"]
        for task in case.tasks
        if task["role"] in ("lead", "split") and task["ended_on"] is None and not task["parent"]
    ]
    paper = opinion_draft(
        case, unit=draft.unit, lead=leads[0] if leads else "", draft=draft.number, text=draft.text
    )
    return await _as_printed(view, paper, draft.text)


async def _as_printed(view: View, paper: Paper, text: str) -> Preview:
    shelf = shelf_of(view)
    made = await in_the_press(lambda: paper_pictures(paper, shelf=shelf, ppi=PPI))
    pages = tuple(f"data:image/png;base64,{b64encode(one).decode()}" for one in made)
    return Preview(pages, headings_of(text))


@router.get("/proposals/{proposal_id}/tasks/{task_id}/rounds/{round}/drafts/{draft}/pages")
async def reply_pages(
    view: Viewing, proposal_id: ProposalId, task_id: str, round: int, draft: int
) -> Response:
    """答复稿印出来的样子，逐页显示；只给拟稿和会签单位。"""
    proposal = await must_see(view, proposal_id)
    found = await draft_of(view, proposal_id, task_id, round=round, draft=draft)
    asked = Draft(found["unit"], draft, found["text"], round, found["result_class"])
    preview = await reply_as_printed(view, proposal, asked)
    return view.page("forms/pages.html", proposal=proposal, draft=draft, preview=preview)


@router.get("/proposals/{proposal_id}/tasks/{task_id}/opinion/drafts/{draft}/pages")
async def opinion_pages(
    view: Viewing, proposal_id: ProposalId, task_id: str, draft: int
) -> Response:
    """会办意见稿印出来的样子，逐页显示；只给拟稿单位。"""
    proposal = await must_see(view, proposal_id)
    told = await told_of_reply(view, proposal_id)
    found = next((one for one in opinions_of(told, task_id) if one.number == draft), None)
    if found is None or view.caller is None:
        raise NoSuchLetter(code=f"第{draft}稿")
    asked = Draft(view.caller.unit, draft, found.text)
    preview = await opinion_as_printed(view, proposal, asked)
    return view.page("forms/pages.html", proposal=proposal, draft=draft, preview=preview)
