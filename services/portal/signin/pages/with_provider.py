"""Coming in with the city's own sign-in: there, and back again."""

import hmac

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.portal.signin import cookies
from services.portal.signin.domain.origins import safe_next
from services.portal.signin.domain.refusals import (
    NoAccountForSubject,
    NoProvider,
    ProviderSaysNo,
)
from services.portal.signin.pages.coming_in import Next, show_sign_in
from services.portal.signin.pages.lobby import InLobby, Lobby, go, home_of
from services.portal.signin.provider import Provider, Vouched
from services.portal.signin.room import digest_of, new_id
from services.portal.signin.store import accounts, journeys, sessions
from services.portal.signin.trail import NOBODY, note
from shared.refusals import Refusal

router = APIRouter(default_response_class=HTMLResponse)

LONGEST_SAID = 4000


def _provider(lobby: Lobby) -> Provider:
    if lobby.door.signin.provider is None:
        raise NoProvider
    return lobby.door.signin.provider


def _back(lobby: Lobby) -> str:
    """Our own address, as the provider sends people back to it."""
    here = lobby.door.signin.settings.huiban_address.rstrip("/")
    return f"{here or str(lobby.request.base_url).rstrip('/')}/sign-in/back"


@router.get("/sign-in/with")
async def set_out(lobby: InLobby, next: Next = "", again: bool = False) -> Response:
    """前往统一身份认证；已登录的人用它再次确认身份。"""
    provider = _provider(lobby)
    try:
        lobby.must_be_safe()
        state, nonce, verifier = new_id(), new_id(), new_id()
        address = await provider.address(
            state=state, nonce=nonce, verifier=verifier, back=_back(lobby), anew=again
        )
    except Refusal as refusal:
        return await show_sign_in(lobby, next=next, wrong=refusal)
    door = lobby.door
    async with door.signin.desk.transaction() as tx:
        await journeys.set_out(
            tx,
            state=digest_of(state),
            nonce=nonce,
            verifier=verifier,
            next=safe_next(next) or "",
            session=lobby.visitor.session.number if again and lobby.visitor.session else None,
            now=door.now,
            forget_before=door.now - door.terms.lock,
        )
    response = RedirectResponse(address, status_code=303)
    cookies.give(lobby.request, response, state, of=cookies.JOURNEY)
    return response


@router.get("/sign-in/back")
async def come_back(lobby: InLobby, code: str = "", state: str = "", error: str = "") -> Response:
    """从统一身份认证回来。"""
    provider, door = _provider(lobby), lobby.door
    held = cookies.held(lobby.request, of=cookies.JOURNEY) or ""
    journey = None
    # Only the browser that set out may come back: else somebody could be let in as another.
    if state and hmac.compare_digest(held.encode(), state.encode()):
        async with door.signin.desk.transaction() as tx:
            journey = await journeys.come_back(
                tx, digest_of(state), since=door.now - door.terms.lock
            )
    try:
        if journey is None or not code or error or len(code) > LONGEST_SAID:
            raise ProviderSaysNo
        vouched = await provider.vouched(
            code, nonce=journey["nonce"], verifier=journey["verifier"], back=_back(lobby)
        )
        response = await _let_in(lobby, vouched, next=journey["next"], again=journey["session"])
    except Refusal as refusal:
        next = journey["next"] if journey is not None else ""
        response = await show_sign_in(lobby, next=next, wrong=refusal)
    cookies.take(lobby.request, response, of=cookies.JOURNEY)
    return response


async def _let_in(lobby: Lobby, vouched: Vouched, *, next: str, again: int | None) -> Response:
    door = lobby.door
    async with door.signin.desk.transaction() as tx:
        account = await accounts.account_of(tx, vouched.subject)
    if account is None or lobby.known.people.get(account.person) is None:
        await door.refused(NOBODY, "no-account")
        raise NoAccountForSubject
    await door.must_let_in(account)
    if again is None:
        return await lobby.enter(account.person, "oidc", next=next, second=vouched.second_factor)
    if again != lobby.session.number or account.person != lobby.session.person:
        raise ProviderSaysNo
    async with door.signin.desk.transaction() as tx:
        await sessions.proved(tx, again, now=door.now)
        await note(tx, "proved", account.person, at=door.now, address=door.address, way="oidc")
    return go(safe_next(next) or home_of(lobby.caller))
