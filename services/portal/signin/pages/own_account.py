"""One's own account: password, second factor, and the browsers in which one is signed in."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response

from services.portal.signin import cookies
from services.portal.signin.domain.refusals import (
    NoPassword,
    NotYourSession,
    SecondFactorNeeded,
)
from services.portal.signin.domain.stepping import needs_second_factor
from services.portal.signin.pages.coming_in import (
    Written,
    choose_password,
    enrol,
    enrol_page,
    new_recovery_codes,
    password_page,
)
from services.portal.signin.pages.lobby import InLobby, Lobby, go
from services.portal.signin.store import accounts, sessions
from services.portal.signin.trail import note
from services.portal.signin.visiting import must_be_fresh
from shared.refusals import Refusal
from shared.work import Tx

router = APIRouter(default_response_class=HTMLResponse)

PAGE = "/account"


@router.get("/account")
async def account_page(lobby: InLobby, done: str = "") -> Response:
    """我的账号：身份、口令、动态验证码、登录记录。"""
    door = lobby.door
    async with door.signin.desk.transaction() as tx:
        open_sessions = await sessions.open_sessions(tx, lobby.session.person)
        codes_left = await accounts.recovery_codes_left(tx, lobby.session.person)
    alive = [one for one in open_sessions if door.now - one.seen_at <= door.terms.idle]
    return lobby.page(
        "signin/account.html",
        account=lobby.visitor.account,
        sessions=alive,
        here=lobby.session.number,
        codes_left=codes_left,
        must_have_second=needs_second_factor(lobby.visitor.seats, terms=door.terms),
        terms=door.terms,
        done=done,
    )


@router.post("/account/sessions/end")
async def end_session(lobby: InLobby, number: Annotated[int, Form(ge=1)]) -> Response:
    """结束自己在别处的一次登录。"""
    door = lobby.door
    async with door.signin.desk.transaction() as tx:
        found = await sessions.numbered(tx, number)
        if found is None or found.person != lobby.session.person:
            raise NotYourSession
        if await sessions.end(tx, number, now=door.now, why="by-owner"):
            await _noted(lobby, tx, "session-ended", sessions=1)
    return go(PAGE, done="session")


@router.post("/account/sessions/end-others")
async def end_other_sessions(lobby: InLobby) -> Response:
    """结束自己在别处的全部登录。"""
    door = lobby.door
    async with door.signin.desk.transaction() as tx:
        ended = await sessions.end_all(
            tx, lobby.session.person, now=door.now, why="by-owner", but=lobby.session.number
        )
        if ended:
            await _noted(lobby, tx, "session-ended", sessions=ended)
    return go(PAGE, done="sessions")


@router.get("/account/password")
async def change_password_page(lobby: InLobby) -> Response:
    """修改口令。"""
    _must_have_password(lobby)
    return password_page(lobby)


@router.post("/account/password")
async def change_password(
    lobby: InLobby, current: Written = "", new: Written = "", again: Written = ""
) -> Response:
    """修改口令；其他地方的登录随之结束。"""
    _must_have_password(lobby)
    try:
        await lobby.door.password(lobby.account.person, current)
        await choose_password(lobby, new, again)
    except Refusal as refusal:
        return password_page(lobby, wrong=refusal)
    id, _ = await lobby.anew()
    response = go(PAGE, done="password")
    cookies.give(lobby.request, response, id)
    return response


@router.get("/account/second-factor")
async def second_factor_page(lobby: InLobby) -> Response:
    """绑定动态验证码。"""
    must_be_fresh(lobby.visitor)
    if lobby.account.has_second_factor:
        return go(PAGE)
    return await enrol_page(lobby, next=PAGE)


@router.post("/account/second-factor")
async def add_second_factor(lobby: InLobby, code: Written = "") -> Response:
    """确认绑定。"""
    must_be_fresh(lobby.visitor)
    return await enrol(lobby, code, next=PAGE)


@router.post("/account/second-factor/remove")
async def remove_second_factor(lobby: InLobby) -> Response:
    """停用动态验证码；职务要求时不能停用。"""
    must_be_fresh(lobby.visitor)
    if needs_second_factor(lobby.visitor.seats, terms=lobby.door.terms):
        raise SecondFactorNeeded
    async with lobby.door.signin.desk.transaction() as tx:
        await accounts.remove_secret(tx, lobby.account.person)
        await _noted(lobby, tx, "unenrolled")
    return go(PAGE, done="second-factor")


@router.post("/account/recovery-codes")
async def renew_recovery_codes(lobby: InLobby) -> Response:
    """更换恢复码；原来的全部作废。"""
    must_be_fresh(lobby.visitor)
    if not lobby.account.has_second_factor:
        return go(PAGE)
    async with lobby.door.signin.desk.transaction() as tx:
        await _noted(lobby, tx, "recovery-renewed")
    return await new_recovery_codes(lobby, next=PAGE)


def _must_have_password(lobby: Lobby) -> None:
    if lobby.account.password is None:
        raise NoPassword


async def _noted(lobby: Lobby, tx: Tx, what: str, *, sessions: int | None = None) -> None:
    door, person = lobby.door, lobby.session.person
    await note(tx, what, person, at=door.now, address=door.address, sessions=sessions)
