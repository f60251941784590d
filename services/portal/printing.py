"""Printing: the letters of a case, a draft as it would go out, and a case's whole file."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Annotated, Any, TypeVar, cast
from urllib.parse import quote

from fastapi import APIRouter
from fastapi import Path as InPath
from fastapi.responses import Response, StreamingResponse

from services.portal.calling import ask, ask_for_file
from services.portal.domain import words
from services.portal.domain.story import sentence
from services.portal.domain.telling import lines_for
from services.portal.domain.words import word
from services.portal.papers import archive, of_case
from services.portal.papers.composing import composed
from services.portal.papers.fields import KINDS, fields_of
from services.portal.papers.fonts import Shelf
from services.portal.papers.kinds import TO_PROPOSERS, Kind
from services.portal.papers.letters_of_reply import reply_draft
from services.portal.papers.office_docx import filled_docx
from services.portal.papers.paper import Paper
from services.portal.papers.paper_docx import paper_docx
from services.portal.papers.paper_pdf import paper_pdf
from services.portal.papers.refusals import NoSuchLetter, WordsOutOfReach
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.signin.room import signin_of
from services.portal.signin.store import templates
from services.portal.store import cases, papers
from services.portal.store.rows import Row
from services.portal.viewing import View, Viewing
from shared.contracts.event import ProposalId, UnitCode
from shared.reference import NoRules
from shared.refusals import Unknown
from shared.web import backbone_of

router = APIRouter(include_in_schema=False)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
PIECE = 256 * 1024
IN_MEMORY = 8 * 1024 * 1024
# Typesetting takes a processor: so many at once, and the others wait instead of all being slow.
AT_ONCE = 2
_presses = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="press")

T = TypeVar("T")
# Letters of one proposal alone; the rest concern all that are handled together.
OF_ONE = frozenset({Kind.REPLY, Kind.SECOND_REPLY, Kind.OPINION_FORM, Kind.DISCLOSURE})


@dataclass(frozen=True, slots=True)
class Printed:
    """A letter as the case's page lists it, with where it is had."""

    letter: of_case.Letter
    address: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The newest draft of a reply, of a unit that may see how it would look."""

    draft: int
    round: int
    address: str


async def in_the_press(work: Callable[[], T]) -> T:
    """Do what takes a processor beside the loop that answers others."""
    return await asyncio.get_running_loop().run_in_executor(_presses, work)


def shelf_of(view: View) -> Shelf:
    """The office's own fonts, where it has a folder of them, and the machine's."""
    folder = backbone_of(view.request).settings.huiban_fonts
    return Shelf(Path(folder) if folder else None)


async def printed_of(view: View, proposal: Row) -> tuple[list[Printed], list[Draft]]:
    """The letters that a case's page offers its reader, and the drafts of their own unit."""
    if view.caller is None:
        return [], []
    proposal_id = proposal["proposal_id"]
    home = proposal["merged_into"] or proposal_id
    own = await case_of(view, proposal)
    found = [(proposal_id, one) for one in own.letters]
    if home != proposal_id and _is_inside(view):
        main = await case_of(view, await cases.proposal(view.tx, home, seen=view.seen))
        found += [(home, one) for one in main.letters if one.kind not in OF_ONE]
    listed = [
        Printed(one, f"/proposals/{at}/papers/{one.code}")
        for at, one in sorted(found, key=lambda pair: pair[1].on)
        if _is_for(view, one.kind)
    ]
    return listed, list(_drafts(view, home, own))


def _drafts(view: View, home: str, case: of_case.Case) -> Iterator[Draft]:
    """The newest draft of each round that has not gone out, of the reader's own unit."""
    assert view.caller is not None
    newest: dict[tuple[str, int], Mapping[str, Any]] = {}
    sent = set()
    for act in (*case.shared, *case.timeline):
        parts = act["parts"]
        if parts.get("unit") != view.caller.unit:
            continue
        if act["type"] == of_case.DRAFTED["reply"] and parts.get("task_id"):
            newest[parts["task_id"], parts["round"]] = parts
        elif act["type"] == "huiban.reply.ReplyIssued.v1":
            sent.add(parts["round"])
    for (task_id, round), parts in newest.items():
        if round not in sent:
            at = f"/proposals/{home}/tasks/{quote(task_id, safe='')}/rounds/{round}"
            yield Draft(parts["draft"], round, f"{at}/drafts/{parts['draft']}.pdf")


async def case_of(view: View, proposal: Row) -> of_case.Case:
    """A case with all that its letters are filled with."""
    proposal_id = proposal["proposal_id"]
    home = proposal["merged_into"] or proposal_id
    both = {proposal_id, home}
    shared = await cases.timeline_of(view.tx, home) if home != proposal_id else []
    try:
        reasons = {one.code: one.says for one in view.known.rules_on(view.today).return_reasons}
    except NoRules:
        reasons = {}
    timeline = await cases.timeline_of(view.tx, proposal_id)
    return of_case.Case(
        proposal=proposal,
        timeline=timeline[::-1],
        tasks=await cases.tasks_of(view.tx, home),
        clocks=await cases.clocks_of(view.tx, both),
        replies=await cases.replies_of(view.tx, proposal_id),
        promises=await cases.promises_of(view.tx, both),
        matters=await cases.matters_of(view.tx, both),
        positions=await papers.positions_of(view.tx, both),
        publications=await papers.publications_of(view.tx, proposal_id),
        names=lambda code, on: view.known.name_on(UnitCode(code), on),
        reasons=reasons,
        shared=shared[::-1],
    )


async def must_see(view: View, proposal_id: ProposalId) -> Row:
    """A proposal, if it is for the reader's eyes; what is not, is as if it were not there.

    Raises:
        SignInFirst: nobody is signed in.
        Unknown: there is none, or it does not concern them.
    """
    if view.caller is None:
        raise SignInFirst
    return await cases.proposal(view.tx, proposal_id, seen=view.seen)


def may_have_whole_file(view: View) -> bool:
    """Whether a case's page offers its reader the whole file."""
    return view.caller is not None and _is_inside(view)


def _is_inside(view: View) -> bool:
    """Whether the reader belongs to the offices; what they write to one another is not for those
    who put a proposal."""
    return view.seen.sight.person is None


def _is_for(view: View, kind: Kind) -> bool:
    return kind in TO_PROPOSERS or _is_inside(view)


@router.get("/proposals/{proposal_id}/papers/{code}.{ending}")
async def letter(
    view: Viewing,
    proposal_id: ProposalId,
    code: str,
    ending: Annotated[str, InPath(pattern="^(pdf|docx)$")],
) -> Response:
    """下载一份文书，PDF或Word。"""
    case = await case_of(view, await must_see(view, proposal_id))
    found = case.letter(code)
    if found is None or not _is_for(view, found.kind):
        raise NoSuchLetter(code=code)
    paper = await paper_of(view, case, found)
    name = f"{found.kind.says}-{found.number or case.proposal['number'] or '未编号'}.{ending}"
    shelf = shelf_of(view)
    if ending == "docx":
        unit = str(found.parts.get("unit") or found.act["by_unit"])
        own = await by_own_template(view, paper, unit=unit, kind=found.kind)
        made = own if own is not None else await in_the_press(lambda: paper_docx(paper))
        return handed_out(made, name=name, kind=DOCX)
    made = await in_the_press(lambda: paper_pdf(paper, shelf=shelf))
    return handed_out(made, name=name, kind=PDF)


async def by_own_template(view: View, paper: Paper, *, unit: str, kind: Kind) -> bytes | None:
    """A letter by its unit's own template, where one is in force."""
    if kind not in KINDS:
        return None
    async with signin_of(view.request).desk.transaction() as tx:
        template = await templates.in_force(tx, unit=unit, kind=kind.value)
    if template is None:
        return None
    content, name = template["content"], template["name"]
    return await in_the_press(lambda: filled_docx(content, fields_of(paper), name=name))


async def paper_of(view: View, case: of_case.Case, letter: of_case.Letter) -> Paper:
    """A letter as a paper; the words of a reply are asked of the service that keeps them.

    Raises:
        WordsOutOfReach: it is away; a letter without its words is not handed out.
    """
    text = None
    if letter.kind is Kind.REPLY and (reply_id := letter.parts.get("reply_id")):
        at = f"/proposals/{case.proposal['proposal_id']}/letters/{quote(reply_id, safe='')}"
        answer = await ask(view, "reply", at)
        if answer.status >= 500:
            raise WordsOutOfReach(service="答复服务", what="答复全文")
        # Letters from before their words were kept have a summary only.
        text = answer.body["text"] if answer.done else None
    return composed(case, letter, text=text)


@router.get("/proposals/{proposal_id}/tasks/{task_id}/rounds/{round}/drafts/{draft}.pdf")
async def draft_preview(
    view: Viewing, proposal_id: ProposalId, task_id: str, round: int, draft: int
) -> Response:
    """预览：一稿答复印出来的样子，每页标明“草稿”；只给拟稿和会签单位。"""
    case = await case_of(view, await must_see(view, proposal_id))
    found = await draft_of(view, proposal_id, task_id, round=round, draft=draft)
    paper = reply_draft(
        case,
        unit=found["unit"],
        round=round,
        draft=draft,
        result_class=found["result_class"],
        text=found["text"],
    )
    shelf = shelf_of(view)
    made = await in_the_press(lambda: paper_pdf(paper, shelf=shelf))
    name = f"答复草稿-{case.proposal['number'] or '未编号'}-第{draft}稿.pdf"
    return handed_out(made, name=name, kind=PDF)


async def told_of_reply(view: View, proposal_id: str) -> Mapping[str, Any]:
    """What the service that keeps drafts tells this reader of a case.

    Raises:
        WordsOutOfReach: it is away.
    """
    answer = await ask(view, "reply", f"/proposals/{proposal_id}?limit=200")
    if answer.status >= 500:
        raise WordsOutOfReach(service="答复服务", what="稿件")
    return answer.body


async def draft_of(
    view: View, proposal_id: str, task_id: str, *, round: int, draft: int
) -> Mapping[str, Any]:
    """A version of a reply with its words.

    Raises:
        NoSuchLetter: there is none, or its words are not for this reader.
    """
    told = await told_of_reply(view, proposal_id)
    found: Mapping[str, Any] | None = next(
        (
            one
            for one in told.get("drafts", ())
            if (one["task_id"], one["round"], one["draft"]) == (task_id, round, draft)
        ),
        None,
    )
    if found is None or found["text"] is None:
        raise NoSuchLetter(code=f"第{draft}稿")
    return found


@router.get("/proposals/{proposal_id}/archive.zip")
async def whole_file(view: Viewing, proposal_id: ProposalId) -> Response:
    """一案一卷：目录、全部文书、附件和办理经过，打包下载。"""
    found = await must_see(view, proposal_id)
    if not _is_inside(view):
        raise Unknown(what="提案", id=proposal_id)
    case = await case_of(view, found)
    letters = [
        archive.Letter(await paper_of(view, case, one), one.kind.says, one.number)
        for one in case.letters
    ]
    if case.shared:
        main = await case_of(
            view, await cases.proposal(view.tx, found["merged_into"], seen=view.seen)
        )
        letters += [
            archive.Letter(await paper_of(view, main, one), one.kind.says, one.number)
            for one in main.letters
            if one.kind not in OF_ONE
        ]
    attachments = [one async for one in _attachments(view, case)]
    names = view.known.name
    whole = archive.CaseFile(
        proposal=case.about(),
        text=found["text"] or "",
        handlers=tuple(
            (word(words.ROLES, task["role"]), names(task["unit"]))
            for task in case.tasks
            if task["ended_on"] is None and not task["parent"]
        ),
        result="；".join(
            f"{names(one['unit'])}{one['result_class']}类"
            for one in case.replies
            if one["void_on"] is None
        )
        or word(words.STATES, found["state"] or "submitted"),
        closed_on=max(
            (one["issued_on"] for one in case.replies if one["void_on"] is None), default=None
        ),
        keeper=names(view.caller.unit) if view.caller else "",
        filed_on=view.today,
        letters=letters,
        attachments=attachments,
        story=tuple(_story(view, case)),
    )
    shelf = shelf_of(view)
    # It is closed when it has been sent.
    file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    await in_the_press(lambda: archive.write_archive(whole, to=file, shelf=shelf))
    name = f"一案一卷-{found['number'] or '未编号'}.zip"
    return streamed(file, name=name, kind=ZIP)


async def _attachments(view: View, case: of_case.Case) -> AsyncIterator[archive.Attachment]:
    """The files that came with the proposal, asked for one by one with the reader's own right;
    those that could not be had are named, so that nobody takes the file for whole."""
    proposal = case.proposal
    put_by = case.about().put_by
    missing = []
    for one in proposal["attachments"] or ():
        at = f"/proposals/{proposal['proposal_id']}/attachments/{quote(one['digest'], safe='')}"
        content = await ask_for_file(view, "intake", at)
        if content is None:
            missing.append(f"{one['name']}（{one['size']}字节，摘要{one['digest']}）")
        else:
            yield archive.Attachment(one["name"], (content,), put_by, proposal["submitted_on"])
    if missing:
        said = "下列附件未能取得，归档前请补齐：\n" + "\n".join(missing) + "\n"
        yield archive.Attachment("未能取得的附件.txt", (said.encode(),))


def _story(view: View, case: of_case.Case) -> Iterator[archive.Happening]:
    over = all(one["closed_on"] or one["void_on"] for one in case.replies)
    told = lines_for(view.seen.sight, (*case.shared, *case.timeline), ratings_over=over)
    for act in told:
        said = sentence(act["type"], act["parts"], view.name)
        who = "系统" if act["by_post"] == "system" else act["by_name"]
        if act["by_unit"] and act["by_post"] not in ("system", "proposer"):
            who = f"{view.known.name_on(act['by_unit'], act['on_day'])} {who}"
        yield archive.Happening(act["on_day"], who, said.says, said.detail)


def handed_out(content: bytes, *, name: str, kind: str) -> Response:
    """A file to be saved under a name that may be Chinese."""
    return Response(content, media_type=kind, headers=_to_be_saved(name))


def streamed(file: IO[bytes], *, name: str, kind: str) -> Response:
    """A file that may be large, piece by piece; it is gone afterwards."""

    def pieces() -> Iterator[bytes]:
        with file:
            file.seek(0)
            while piece := file.read(PIECE):
                yield piece

    return StreamingResponse(pieces(), media_type=kind, headers=_to_be_saved(name))


def _to_be_saved(name: str) -> dict[str, str]:
    plain = PurePosixPath(name)
    return {
        "content-disposition": f'attachment; filename="huiban{plain.suffix}";'
        f" filename*=UTF-8''{quote(name, safe='')}",
        "cache-control": "private, no-store",
    }
