"""Turning away: who must sign in or prove themselves first is led there, and loses nothing."""

from urllib.parse import urlencode, urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from services.portal.signin.domain.origins import SAFE_METHODS
from services.portal.signin.domain.refusals import FormTooOld, ProveYourself, SignInFirst
from services.portal.signin.domain.stepping import Step
from services.portal.signin.pages.lobby import UNKEPT, go, surroundings, visitor_here
from services.portal.signin.room import signin_of
from services.portal.templating import draw
from services.portal.tongues.tongue import tongue_of
from services.portal.troubles import wants_page
from shared.problems import problem
from shared.refusals import Refusal


def turn_away(app: FastAPI) -> None:
    """Show these refusals as pages that lead on."""
    app.add_exception_handler(SignInFirst, _to_sign_in)
    app.add_exception_handler(ProveYourself, _prove)
    app.add_exception_handler(FormTooOld, _once_more)


async def _to_sign_in(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, SignInFirst)
    visitor = visitor_here(request)
    on_the_way = visitor.session is not None and visitor.step is not Step.DONE
    there = visitor.step.value if on_the_way else "/sign-in"
    if request.method not in SAFE_METHODS and wants_page(request):
        return _carrying(request, refusal, "signin/expired.html", there=there)
    next = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if "hx-request" in request.headers:
        # A part of a page is asked for: the whole page is what they come back to.
        page = urlsplit(request.headers.get("hx-current-url", ""))
        back = page.path + (f"?{page.query}" if page.query else "")
        return Response(
            status_code=204, headers={"HX-Redirect": f"{there}?{urlencode({'next': back})}"}
        )
    if wants_page(request):
        return go(there, next=next, why=visitor.over or "")
    return _as_document(refusal)


async def _prove(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, ProveYourself)
    if not wants_page(request):
        return _as_document(refusal)
    next = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method in SAFE_METHODS:
        return go("/sign-in/again", next=next)
    signin = signin_of(request)
    return _carrying(
        request,
        refusal,
        "signin/prove.html",
        wrong=refusal.facts.get("why", ""),
        provider=signin.provider,
        next=dict(visitor_here(request).sent).get("next", "")
        if request.url.path == "/sign-in/again"
        else next,
    )


async def _once_more(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, FormTooOld)
    if not wants_page(request):
        return _as_document(refusal)
    return _carrying(request, refusal, "signin/once_more.html")


def _carrying(request: Request, refusal: Refusal, template: str, **context: object) -> Response:
    """A page that sends the same words once more, to the same address."""
    visitor = visitor_here(request)
    query = f"?{request.url.query}" if request.url.query else ""
    carried = {"sent": visitor.sent, "address": request.url.path + query}
    return HTMLResponse(
        draw(
            template,
            {**surroundings(request, visitor), **carried, **context},
            tongue_of(request),
        ),
        status_code=refusal.status,
        headers=UNKEPT,
    )


def _as_document(refusal: Refusal) -> Response:
    return problem(
        refusal.status,
        code=refusal.code(),
        detail=refusal.sentence,
        headers={"WWW-Authenticate": "Bearer"} if refusal.status == 401 else None,
    )
