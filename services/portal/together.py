"""Together: one act for several cases where nothing has to be written, with each one's outcome."""

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl
from uuid import NAMESPACE_URL, uuid5

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from services.portal.acting import WAIT_SECONDS, NoSuchForm
from services.portal.calling import ask
from services.portal.forms.catalogue import FORMS, may_be_done_together
from services.portal.forms.form import Facts, Form
from services.portal.standing import standing_of
from services.portal.viewing import View, Viewing
from shared.refusals import Unknown
from shared.web import backbone_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

AT_ONCE = 100
Position = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the act for one case; ``says`` is why not."""

    proposal: Facts
    says: str = ""
    positions: tuple[Position, ...] = ()


@router.post("/together/{code}")
async def do_together(view: Viewing, code: str) -> Response:
    """一并办理：所选的逐件办理，一件不成不影响其他各件，结果逐件列出。"""
    form = FORMS.get(code)
    if form is None or not may_be_done_together(form):
        raise NoSuchForm(code=code)
    sent = await view.request.form()
    chosen = [one for one in sent.getlist("about") if isinstance(one, str)]
    outcomes = [
        await _done(view, form, about, once=str(sent.get("once", ""))) for about in chosen[:AT_ONCE]
    ]
    await _heard(view, [one for outcome in outcomes for one in outcome.positions])
    return view.page(
        "together.html",
        form=form,
        outcomes=outcomes,
        done=sum(not one.says for one in outcomes),
        left=len(chosen[AT_ONCE:]),
    )


async def _done(view: View, form: Form, chosen: str, *, once: str) -> Outcome:
    about = dict(parse_qsl(chosen))
    try:
        standing = await standing_of(view, form, about)
    except Unknown as refusal:
        return Outcome({}, refusal.sentence)
    # The same page sent twice asks for the same acts, and they are done once.
    answer = await ask(
        view,
        form.service,
        form.address(about, {}),
        method=form.method,
        command=dict(form.fixed),
        once=str(uuid5(NAMESPACE_URL, f"{once} {form.code} {chosen}")),
    )
    if not answer.done:
        return Outcome(standing.proposal, str(answer.body.get("detail", "没有办成，请稍后重试。")))
    return Outcome(standing.proposal, positions=tuple(answer.positions))


async def _heard(view: View, positions: list[Position]) -> None:
    """Wait a little, so that the worklist to which one goes back shows what was done."""
    backbone = backbone_of(view.request)
    await asyncio.gather(
        *(
            backbone.heard_by_then(source, key, sequence, seconds=WAIT_SECONDS)
            for source, key, sequence in positions
        )
    )
