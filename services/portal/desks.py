"""Desks: everybody's own start page, with what needs them now and one button a row."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.portal.domain.hints import HINTS, Hints
from services.portal.forms.catalogue import FORMS, address_of, without_object
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.store import desks
from services.portal.viewing import View, Viewing
from services.portal.waiting import AT_ONCE, elsewhere, piles_of
from shared.contracts.registry import Post
from shared.policy import UNIT
from shared.reference import NoRules

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


HINTS_READ, A_YEAR = "huiban-hints-read", 365 * 24 * 3600


@router.get("/desk")
async def desk(view: Viewing, pile: str = "") -> Response:
    """工作台：现在需要您办的事；给出一类的，只列这一类，全部列出。"""
    if view.caller is None:
        raise SignInFirst
    post = Post(view.caller.post)
    if post in UNIT:
        return RedirectResponse(f"/units/{view.caller.unit}", status_code=303)
    if post is Post.PROPOSER:
        person = view.caller.on_behalf_of or view.caller.person
        return view.page(
            "desk_proposer.html",
            hints=hints_for(view),
            proposals=await desks.of_proposer(view.tx, person),
            talks=await desks.talks_to_confirm(view.tx, person),
            drafts=await desks.drafts_to_sign(view.tx, person, today=view.today),
            forms=without_object(view.caller),
            to=lambda code, row: address_of(FORMS[code], row),
            may_rate=partial(_may_rate, by_asking=_rated_by_asking(view)),
        )
    found = await piles_of(view, post, most=desks.LONGEST if pile else AT_ONCE)
    # What waits for the reader comes first, then what is only to be known.
    piles = sorted((one for one in found if one.rows), key=lambda one: not one.waits)
    only = [one for one in piles if one.code == pile and one.waits]
    return view.page(
        "desk.html",
        hints=hints_for(view),
        # Once nothing of a kind waits any more, one is back at the desk.
        piles=only or piles,
        only=only,
        elsewhere=await elsewhere(view),
        waiting=sum(one.count for one in piles if one.waits),
        once=str(uuid4()),
        forms=without_object(view.caller),
    )


def hints_for(view: View) -> Hints | None:
    """What a first visitor is told; nothing once they have read it."""
    if view.caller is None or HINTS_READ in view.request.cookies:
        return None
    return HINTS.get(Post(view.caller.post))


@router.post("/desk/hints")
async def hints_read(view: Viewing) -> Response:
    """提示看过了，不再显示。"""
    response = RedirectResponse("/desk", status_code=303)
    response.set_cookie(HINTS_READ, "yes", max_age=A_YEAR, httponly=True, samesite="lax")
    return response


def _rated_by_asking(view: View) -> bool:
    """Whether proposers rate only what the committee has asked them to rate."""
    try:
        policy = view.known.rules_on(view.today).policies.get("rating.asked")
    except NoRules:
        return False
    return policy is not None and policy.value == "by_committee"


def _may_rate(reply: Mapping[str, Any], *, by_asking: bool) -> bool:
    """Whether a reply waits for this proposer's rating."""
    return bool(reply["open"] and (reply["asked"] or not by_asking))
