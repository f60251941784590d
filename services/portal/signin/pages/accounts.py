"""Accounts of others, as the security administrator sees to them."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, Response

from services.portal.signin.domain.account import Account
from services.portal.signin.domain.administering import (
    may_administer,
    may_open,
    must_exist,
    reason_given,
    subject_given,
)
from services.portal.signin.domain.choosing import seats_of
from services.portal.signin.domain.refusals import AlreadySo, NotYourSession, SubjectTaken
from services.portal.signin.pages.coming_in import Written
from services.portal.signin.pages.lobby import InLobby, Lobby, go
from services.portal.signin.passwords import one_time_password
from services.portal.signin.saying import unit_label
from services.portal.signin.store import accounts, failures, sessions
from services.portal.signin.trail import note
from services.portal.signin.visiting import must_be_fresh
from shared.contracts.event import PersonId
from shared.contracts.registry import PersonRegistered
from shared.policy import allow
from shared.work import Tx

router = APIRouter(default_response_class=HTMLResponse)

ACT = "signin.administer"
PAGE_SIZE = 50
SESSIONS_SHOWN = 300


async def _administrator(lobby: InLobby) -> Lobby:
    """A look at others' accounts."""
    allow(ACT, lobby.caller)
    return lobby


async def _administering(lobby: InLobby) -> Lobby:
    """A change of others' accounts: by somebody who proved a short while ago who they are."""
    allow(ACT, lobby.caller)
    must_be_fresh(lobby.visitor)
    return lobby


Looking = Annotated[Lobby, Depends(_administrator)]
Acting = Annotated[Lobby, Depends(_administering)]


@dataclass(frozen=True, slots=True)
class Listed:
    """A person of the registry, and their account if they have one."""

    person: PersonRegistered
    account: Account | None
    sessions: int


@router.get("/security/accounts")
async def accounts_page(
    lobby: Looking,
    q: Annotated[str, Query(max_length=100)] = "",
    state: str = "",
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Response:
    """账号管理：登记簿中的人员和他们的账号。"""
    door, wanted = lobby.door, q.strip()
    async with door.signin.desk.transaction() as tx:
        figures = await accounts.figures(tx)
        known = await accounts.accounts_of(tx, lobby.known.people)
        found = [
            person
            for person in sorted(lobby.known.people.values(), key=lambda one: one.person)
            if _fits(lobby, person, wanted) and _stands(known.get(person.person), state)
        ]
        shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        since = door.now - door.terms.idle
        here = await sessions.open_by_person(tx, [one.person for one in shown], since=since)
    return lobby.page(
        "signin/accounts.html",
        rows=[Listed(one, known.get(one.person), here.get(one.person, 0)) for one in shown],
        count=len(found),
        figures=figures,
        q=wanted,
        state=state,
        number=page,
        last=max(1, -(-len(found) // PAGE_SIZE)),
    )


def _fits(lobby: Lobby, person: PersonRegistered, wanted: str) -> bool:
    units = {post.unit for post in person.posts}
    words = (
        person.person,
        person.name,
        *units,
        *(unit_label(unit, lobby.known) for unit in units),
    )
    return not wanted or any(wanted.casefold() in word.casefold() for word in words)


def _stands(account: Account | None, state: str) -> bool:
    match state:
        case "none":
            return account is None
        case "open":
            return account is not None
        case "waiting":
            return account is not None and account.must_change
        case "locked":
            return account is not None and account.locked_at is not None
        case _:
            return True


@router.get("/security/accounts/{person}")
async def one_account_page(lobby: Looking, person: PersonId, done: str = "") -> Response:
    """一个人的账号：状态、登录，和可以办理的事。"""
    return await _show(lobby, person, done=done)


async def _show(lobby: Lobby, person: PersonId, *, done: str = "", told: str = "") -> Response:
    """``told`` is a one-time password: it is shown this once."""
    door = lobby.door
    async with door.signin.desk.transaction() as tx:
        account = await accounts.account(tx, person)
        if account is None and person not in lobby.known.people:
            must_exist(account, person=person)
        open_sessions = await sessions.open_sessions(tx, person)
        codes_left = await accounts.recovery_codes_left(tx, person)
    return lobby.page(
        "signin/one_account.html",
        person=person,
        registered=lobby.known.people.get(person),
        account=account,
        seats=seats_of(person, lobby.known, on=lobby.today),
        sessions=[one for one in open_sessions if door.now - one.seen_at <= door.terms.idle],
        codes_left=codes_left,
        myself=person in (lobby.caller.person, lobby.caller.on_behalf_of),
        provider=door.signin.provider,
        terms=door.terms,
        done=done,
        told=told,
    )


@router.post("/security/accounts/{person}/open")
async def open_account(lobby: Acting, person: PersonId, subject: Written = "") -> Response:
    """开通账号：生成一次性口令，只显示这一次。"""
    may_administer(lobby.caller, person)
    subject_named, door = subject_given(subject), lobby.door
    told = one_time_password()
    stored = await door.signin.passwords.hashed(told)
    async with door.signin.desk.transaction() as tx:
        may_open(
            person,
            await accounts.lock_account(tx, person),
            posts=lobby.known.posts_of(person),
        )
        await _must_be_free(tx, subject_named, person)
        await accounts.open_account(tx, person, now=door.now, subject=subject_named)
        await accounts.set_password(tx, person, stored, now=door.now, must_change=True)
        await _noted(lobby, tx, "account-opened", person)
    return await _show(lobby, person, told=told)


@router.post("/security/accounts/{person}/password")
async def reset_password(lobby: Acting, person: PersonId, why: Written = "") -> Response:
    """重置口令：生成一次性口令，已有的登录全部结束。"""
    may_administer(lobby.caller, person)
    reason, door = reason_given(why), lobby.door
    told = one_time_password()
    stored = await door.signin.passwords.hashed(told)
    async with door.signin.desk.transaction() as tx:
        must_exist(await accounts.lock_account(tx, person), person=person)
        await accounts.set_password(tx, person, stored, now=door.now, must_change=True)
        await failures.forgive(tx, person)
        ended = await sessions.end_all(tx, person, now=door.now, why="password")
        await _noted(lobby, tx, "password-set", person, why=reason, sessions=ended or None)
    return await _show(lobby, person, told=told)


@router.post("/security/accounts/{person}/lock")
async def lock_account(lobby: Acting, person: PersonId, why: Written = "") -> Response:
    """停用账号，已有的登录全部结束。"""
    may_administer(lobby.caller, person)
    reason, door = reason_given(why), lobby.door
    async with door.signin.desk.transaction() as tx:
        account = must_exist(await accounts.lock_account(tx, person), person=person)
        if account.locked_at is not None:
            raise AlreadySo
        await accounts.lock(tx, person, now=door.now, why=reason)
        ended = await sessions.end_all(tx, person, now=door.now, why="locked")
        await _noted(lobby, tx, "account-locked", person, why=reason, sessions=ended or None)
    return _back(person, done="locked")


@router.post("/security/accounts/{person}/unlock")
async def unlock_account(lobby: Acting, person: PersonId, why: Written = "") -> Response:
    """恢复账号；连续失败造成的等待也一并取消。"""
    may_administer(lobby.caller, person)
    reason = reason_given(why)
    async with lobby.door.signin.desk.transaction() as tx:
        must_exist(await accounts.lock_account(tx, person), person=person)
        await accounts.unlock(tx, person)
        await failures.forgive(tx, person)
        await _noted(lobby, tx, "account-unlocked", person, why=reason)
    return _back(person, done="unlocked")


@router.post("/security/accounts/{person}/second-factor")
async def remove_second_factor(lobby: Acting, person: PersonId, why: Written = "") -> Response:
    """验证器丢失：停用原来的动态验证码，下次登录时重新绑定。"""
    may_administer(lobby.caller, person)
    reason, door = reason_given(why), lobby.door
    async with door.signin.desk.transaction() as tx:
        account = must_exist(await accounts.lock_account(tx, person), person=person)
        if not account.has_second_factor:
            raise AlreadySo
        await accounts.remove_secret(tx, person)
        ended = await sessions.end_all(tx, person, now=door.now, why="second-factor")
        await _noted(lobby, tx, "unenrolled", person, why=reason, sessions=ended or None)
    return _back(person, done="second-factor")


@router.post("/security/accounts/{person}/subject")
async def name_subject(lobby: Acting, person: PersonId, subject: Written = "") -> Response:
    """登记此人在统一身份认证中的编号。"""
    may_administer(lobby.caller, person)
    named = subject_given(subject)
    async with lobby.door.signin.desk.transaction() as tx:
        must_exist(await accounts.lock_account(tx, person), person=person)
        await _must_be_free(tx, named, person)
        await accounts.name_subject(tx, person, named)
        await _noted(lobby, tx, "subject-named", person, why=named)
    return _back(person, done="subject")


@router.post("/security/accounts/{person}/sessions")
async def end_sessions_of(lobby: Acting, person: PersonId, why: Written = "") -> Response:
    """结束此人的全部登录。"""
    may_administer(lobby.caller, person)
    reason, door = reason_given(why), lobby.door
    async with door.signin.desk.transaction() as tx:
        ended = await sessions.end_all(tx, person, now=door.now, why="security")
        await _noted(lobby, tx, "session-ended", person, why=reason, sessions=ended)
    return _back(person, done="sessions")


@router.get("/security/sessions")
async def sessions_page(lobby: Looking, done: str = "") -> Response:
    """在线情况：所有人现在的登录。"""
    door = lobby.door
    async with door.signin.desk.transaction() as tx:
        alive = await sessions.all_open(tx, since=door.now - door.terms.idle, limit=SESSIONS_SHOWN)
    return lobby.page("signin/sessions.html", sessions=alive, most=SESSIONS_SHOWN, done=done)


@router.post("/security/sessions/end")
async def end_one_session(
    lobby: Acting, number: Annotated[int, Form(ge=1)], why: Written = ""
) -> Response:
    """结束一次登录。"""
    door = lobby.door
    async with door.signin.desk.transaction() as tx:
        found = await sessions.numbered(tx, number)
        if found is None:
            raise NotYourSession
        may_administer(lobby.caller, found.person)
        if await sessions.end(tx, number, now=door.now, why="security"):
            await _noted(lobby, tx, "session-ended", found.person, why=why, sessions=1)
    return go("/security/sessions", done="session")


def _back(person: PersonId, *, done: str) -> Response:
    return go(f"/security/accounts/{person}", done=done)


async def _must_be_free(tx: Tx, subject: str | None, person: PersonId) -> None:
    if subject is not None:
        holder = await accounts.account_of(tx, subject)
        if holder is not None and holder.person != person:
            raise SubjectTaken


async def _noted(
    lobby: Lobby,
    tx: Tx,
    what: str,
    person: PersonId,
    *,
    why: str | None = None,
    sessions: int | None = None,
) -> None:
    await note(
        tx,
        what,
        person,
        at=lobby.door.now,
        address=lobby.door.address,
        by=lobby.caller.person,
        why=why,
        sessions=sessions,
    )
