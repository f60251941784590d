"""Coming in: name and password, code, a password of one's own, and the seat in which one acts."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, Response

from services.portal.signin import cookies
from services.portal.signin.codes import (
    address_of,
    new_secret,
    picture_of,
    recovery_codes,
    recovery_digest,
    step_of,
)
from services.portal.signin.domain import choosing_passwords
from services.portal.signin.domain.choosing import chosen
from services.portal.signin.domain.origins import safe_next
from services.portal.signin.domain.refusals import (
    CodeNotRight,
    NobodyReady,
    NotADemo,
    NotEnrolling,
    NotRecognised,
)
from services.portal.signin.domain.showing_people import Role, ready_people
from services.portal.signin.domain.stepping import Step
from services.portal.signin.pages.lobby import InLobby, Lobby, go, home_of
from services.portal.signin.proving import LONGEST_NAME
from services.portal.signin.saying import person_name, seat_says
from services.portal.signin.store import accounts, sessions
from services.portal.signin.trail import note
from services.portal.store import overview
from shared.refusals import Refusal
from shared.web import backbone_of

router = APIRouter(default_response_class=HTMLResponse)

Next = Annotated[str, Query(max_length=2000)]
NextWritten = Annotated[str, Form(max_length=2000)]
Written = Annotated[str, Form()]


@router.get("/sign-in")
async def sign_in_page(lobby: InLobby, next: Next = "", why: str = "") -> Response:
    """登录：账号和口令，或统一身份认证；演示时还有现成的人员。"""
    if lobby.visitor.session is not None:
        return lobby.onward(next)
    return await show_sign_in(lobby, next=next, why=lobby.visitor.over or why)


async def show_sign_in(
    lobby: Lobby, *, next: str, why: str = "", name: str = "", wrong: Refusal | None = None
) -> Response:
    signin = lobby.door.signin
    return lobby.page(
        "signin/sign_in.html",
        status=wrong.status if wrong is not None else 200,
        next=safe_next(next) or "",
        why=why,
        account=name,
        wrong=wrong.sentence if wrong is not None else "",
        plain=cookies.is_plain(lobby.request),
        provider=signin.provider,
        roles=await _roles(lobby) if signin.settings.huiban_demo else [],
    )


@router.post("/sign-in")
async def sign_in(
    lobby: InLobby, account: Written = "", password: Written = "", next: NextWritten = ""
) -> Response:
    """用账号和口令登录。"""
    name = account.strip()[:LONGEST_NAME]
    try:
        lobby.must_be_safe()
        if not name or not name.isprintable():
            raise NotRecognised
        found = await lobby.door.password(name, password)
        if lobby.known.people.get(found.person) is None:
            raise NotRecognised
        return await lobby.enter(found.person, "password", next=next)
    except Refusal as refusal:
        return await show_sign_in(lobby, next=next, name=name, wrong=refusal)


@router.post("/sign-in/demo")
async def sign_in_as(
    lobby: InLobby, person: Written = "", seat: Written = "", next: NextWritten = ""
) -> Response:
    """演示：一次点击成为现成的人员。"""
    if not lobby.door.signin.settings.huiban_demo:
        raise NotADemo
    lobby.must_be_safe()
    for role in await _roles(lobby):
        for ready in role.people:
            if (ready.person, ready.seat.code) == (person, seat):
                return await lobby.enter(ready.person, "demo", next=next, seat=ready.seat)
    raise NobodyReady


@router.get("/sign-in/code")
async def code_page(lobby: InLobby, next: Next = "") -> Response:
    """动态验证码。"""
    if lobby.visitor.step is not Step.CODE:
        return lobby.onward(next)
    return lobby.page("signin/code.html", next=next, wrong="")


@router.post("/sign-in/code")
async def give_code(
    lobby: InLobby, code: Written = "", recovery: Written = "", next: NextWritten = ""
) -> Response:
    """验证动态验证码或恢复码。"""
    if lobby.visitor.step is not Step.CODE:
        return lobby.onward(next)
    try:
        if recovery.strip():
            await lobby.door.recovery_code(lobby.account, recovery)
        else:
            await lobby.door.code(lobby.account, code)
            async with lobby.door.signin.desk.transaction() as tx:
                person, at = lobby.account.person, lobby.door.now
                await note(tx, "second-factor", person, at=at, address=lobby.door.address)
    except Refusal as refusal:
        return lobby.page(
            "signin/code.html", status=refusal.status, next=next, wrong=refusal.sentence
        )
    id, _ = await lobby.anew(second=True)
    response = go("/sign-in", next=next)
    cookies.give(lobby.request, response, id)
    return response


@router.get("/sign-in/password")
async def first_password_page(lobby: InLobby, next: Next = "") -> Response:
    """首次登录或口令到期：设置自己的口令。"""
    if lobby.visitor.step is not Step.PASSWORD:
        return lobby.onward(next)
    return password_page(lobby, next=next)


@router.post("/sign-in/password")
async def set_first_password(
    lobby: InLobby, new: Written = "", again: Written = "", next: NextWritten = ""
) -> Response:
    """设置自己的口令。"""
    if lobby.visitor.step is not Step.PASSWORD:
        return lobby.onward(next)
    try:
        await choose_password(lobby, new, again)
    except Refusal as refusal:
        return password_page(lobby, next=next, wrong=refusal)
    id, _ = await lobby.anew()
    response = go("/sign-in", next=next)
    cookies.give(lobby.request, response, id)
    return response


def password_page(lobby: Lobby, *, next: str = "", wrong: Refusal | None = None) -> Response:
    """The form for a new password; who is in already writes the one in use as well."""
    return lobby.page(
        "signin/password.html",
        status=wrong.status if wrong is not None else 200,
        terms=lobby.door.terms,
        forced=lobby.visitor.step is Step.PASSWORD,
        first=lobby.account.must_change,
        next=next,
        wrong=wrong.sentence if wrong is not None else "",
    )


async def choose_password(lobby: Lobby, new: str, again: str) -> None:
    """Put a new password in the place of the old one, and end all other sessions."""
    door, account = lobby.door, lobby.account
    names = (account.person, person_name(account.person, lobby.known))
    choosing_passwords.check(new, again, names=names, terms=door.terms)
    async with door.signin.desk.transaction() as tx:
        used = await accounts.last_passwords(tx, account.person, many=max(1, door.terms.history))
    before = await door.signin.passwords.is_among(new, used)
    choosing_passwords.must_be_new(used_before=before, terms=door.terms)
    stored = await door.signin.passwords.hashed(new)
    async with door.signin.desk.transaction() as tx:
        await accounts.set_password(tx, account.person, stored, now=door.now, must_change=False)
        ended = await sessions.end_all(
            tx, account.person, now=door.now, why="password", but=lobby.session.number
        )
        await note(
            tx,
            "password-changed",
            account.person,
            at=door.now,
            address=door.address,
            sessions=ended or None,
        )


@router.get("/sign-in/enrol")
async def must_enrol_page(lobby: InLobby, next: Next = "") -> Response:
    """职务要求动态验证码：绑定验证器。"""
    if lobby.visitor.step is not Step.ENROL:
        return lobby.onward(next)
    return await enrol_page(lobby, next=next)


@router.post("/sign-in/enrol")
async def must_enrol(lobby: InLobby, code: Written = "", next: NextWritten = "") -> Response:
    """确认绑定。"""
    if lobby.visitor.step is not Step.ENROL:
        return lobby.onward(next)
    return await enrol(lobby, code, next=next)


async def enrol_page(lobby: Lobby, *, next: str = "", wrong: Refusal | None = None) -> Response:
    """A secret as a picture and in letters, until it is confirmed by its first code."""
    door, account = lobby.door, lobby.account
    kept = account.secret if not account.has_second_factor else None
    secret = door.signin.seal.opened(kept) if kept is not None else None
    if secret is None:
        secret = new_secret()
        async with door.signin.desk.transaction() as tx:
            await accounts.keep_secret(tx, account.person, door.signin.seal.closed(secret))
    return lobby.page(
        "signin/enrol.html",
        status=wrong.status if wrong is not None else 200,
        picture=picture_of(address_of(secret, person=account.person)),
        letters=[secret[at : at + 4] for at in range(0, len(secret), 4)],
        forced=lobby.visitor.step is Step.ENROL,
        next=next,
        wrong=wrong.sentence if wrong is not None else "",
    )


async def enrol(lobby: Lobby, code: str, *, next: str) -> Response:
    """Confirm a second factor by its first code, and show the recovery codes."""
    door, account = lobby.door, lobby.account
    if account.secret is None or account.has_second_factor:
        raise NotEnrolling
    secret = door.signin.seal.opened(account.secret)
    step = step_of(code, secret, seconds=door.now.timestamp()) if secret else None
    if step is None:
        return await enrol_page(lobby, next=next, wrong=CodeNotRight())
    async with door.signin.desk.transaction() as tx:
        if not await accounts.use_step(tx, account.person, step):
            raise NotEnrolling
        await accounts.confirm_secret(tx, account.person, now=door.now)
        await note(tx, "enrolled", account.person, at=door.now, address=door.address)
    id, now = await lobby.anew(second=True)
    response = await new_recovery_codes(now, next=next)
    cookies.give(lobby.request, response, id)
    return response


async def new_recovery_codes(lobby: Lobby, *, next: str = "") -> Response:
    """Make recovery codes and show them, this one time."""
    person = lobby.account.person
    codes = recovery_codes(lobby.door.terms.recovery_codes)
    async with lobby.door.signin.desk.transaction() as tx:
        await accounts.keep_recovery_codes(
            tx, person, [recovery_digest(code, person=person) for code in codes]
        )
    return lobby.page("signin/recovery_codes.html", codes=codes, next=safe_next(next) or "")


@router.get("/sign-in/seat")
async def seat_page(lobby: InLobby, next: Next = "") -> Response:
    """选择身份：本人担任的职务，和受托代办的职务。"""
    if not _may_choose(lobby):
        return lobby.onward(next)
    return lobby.page("signin/seat.html", next=next)


@router.post("/sign-in/seat")
async def take_seat(lobby: InLobby, seat: Written = "", next: NextWritten = "") -> Response:
    """以所选的身份办理，不必重新登录。"""
    if not _may_choose(lobby):
        return lobby.onward(next)
    taken = chosen(seat, lobby.visitor.seats)
    async with lobby.door.signin.desk.transaction() as tx:
        await sessions.take_seat(tx, lobby.session.number, taken)
        await note(
            tx,
            "seat-taken",
            lobby.session.person,
            at=lobby.door.now,
            address=lobby.door.address,
            seat=seat_says(taken, lobby.known),
        )
    return go("/sign-in", next=next)


def _may_choose(lobby: Lobby) -> bool:
    return lobby.visitor.caller is not None or lobby.visitor.step is Step.SEAT


@router.get("/sign-in/again")
async def again_page(lobby: InLobby, next: Next = "") -> Response:
    """再次确认是本人。"""
    if lobby.visitor.fresh:
        return lobby.onward(next)
    return lobby.page(
        "signin/prove.html",
        next=next,
        wrong="",
        sent=(),
        address="/sign-in/again",
        provider=lobby.door.signin.provider,
    )


@router.post("/sign-in/again")
async def again(lobby: InLobby, next: NextWritten = "") -> Response:
    """确认后回到要办的事；确认本身在看清是谁发来的时候已经完成。"""
    return go(safe_next(next) or home_of(lobby.caller))


@router.post("/sign-out")
async def sign_out(lobby: InLobby) -> Response:
    """退出。"""
    if lobby.visitor.session is not None:
        number, person = lobby.session.number, lobby.session.person
        async with lobby.door.signin.desk.transaction() as tx:
            if await sessions.end(tx, number, now=lobby.door.now, why="signed-out"):
                at, address = lobby.door.now, lobby.door.address
                await note(tx, "signed-out", person, at=at, address=address)
    response = go("/sign-in", why="out")
    cookies.take(lobby.request, response)
    return response


async def _roles(lobby: Lobby) -> list[Role]:
    async with backbone_of(lobby.request).desk.transaction() as tx:
        busy = await overview.busy_units(tx)
    return ready_people(
        lobby.known.people.values(), units=lobby.known.units, busy=busy, on=lobby.today
    )
