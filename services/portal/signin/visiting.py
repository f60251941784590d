"""Visiting: who is at the portal, and which of its pages are open to nobody in particular."""

import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from fastapi import Request

from services.portal.signin import cookies
from services.portal.signin.domain.account import Account, Seat, Session
from services.portal.signin.domain.choosing import seats_of
from services.portal.signin.domain.origins import SAFE_METHODS, must_be_ours
from services.portal.signin.domain.refusals import FormTooOld, ProveYourself, SignInFirst
from services.portal.signin.domain.stepping import Step, is_fresh, next_step, seat_taken, why_over
from services.portal.signin.proving import Door
from services.portal.signin.room import (
    digest_of,
    form_token_of,
    now,
    signin_of,
    terms_of,
)
from services.portal.signin.saying import person_name, seat_says
from services.portal.signin.store import accounts, sessions
from services.portal.signin.trail import note
from services.portal.store import overview
from shared.clock import office_day
from shared.contracts.event import Actor
from shared.policy import must_hold_post
from shared.reference import Reference
from shared.refusals import NotYours
from shared.web import backbone_of, day

# The paths at which nobody is asked who they are; everything else wants somebody signed in.
PUBLIC_PATHS = frozenset(
    {
        *("/live", "/ready", "/metrics", "/progress", "/status"),
        *("/public", "/public/proposals/{proposal_id}", "/public/about"),
        *("/public/feed.atom", "/public/data.json", "/public/data.csv"),
        *("/parked", "/parked/{parked_id}"),  # these ask for a token themselves
        *(f"/parked/{{parked_id}}/{act}" for act in ("redrive", "correct", "skip")),
        *("/sign-in", "/sign-in/demo", "/sign-in/with", "/sign-in/back", "/sign-out"),
        *(step.value for step in Step if step.value),
        *("/manual", "/manual/{page}", "/manual/pictures/{name}"),
        "/tongue/{code}",
    }
)
SEEN_EVERY = timedelta(minutes=1)
FORM_TOKEN = "form_token"
PROOF, CODE = "proof", "proof_code"
# What the door itself asks for is written anew, and never carried along in a page.
SECRETS = frozenset({"password", "current", "new", "again", "code", "recovery"})
BY_ITSELF = "huiban-live"  # a page that asks again by itself says so: nobody may be before it


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the portal: signed in and acting in a seat, on the way in, or nobody.

    ``over`` says why a session that the browser still holds lets nobody in any more.
    """

    caller: Actor | None = None
    token: str | None = None
    name: str = ""
    seat_says: str = ""
    session: Session | None = None
    account: Account | None = None
    seats: tuple[Seat, ...] = ()
    step: Step = Step.DONE
    fresh: bool = True
    form_token: str = ""
    over: str | None = None
    sent: tuple[tuple[str, str], ...] = field(default=(), repr=False)


NOBODY = Visitor()


def must_be_fresh(visitor: Visitor) -> None:
    """Let somebody do a grave thing only if they proved a short while ago who they are.

    Who shows a token of their own has just got it.

    Raises:
        ProveYourself: shown as a page that asks for it, and then goes on with what was sent.
    """
    if not visitor.fresh:
        raise ProveYourself


async def gate(request: Request) -> AsyncIterator[None]:
    """Let nobody but those who are signed in pass, except to what is public.

    Whatever comes of it, the files that were brought are let go of afterwards.

    Raises:
        SignInFirst: shown as the page for that.
    """
    try:
        public = request.scope["route"].path in PUBLIC_PATHS
        if not public and (await visiting(request)).caller is None:
            raise SignInFirst
        yield
    finally:
        await request.close()


async def visiting(request: Request) -> Visitor:
    """Who sends a request; asked once for each.

    Raises:
        ForeignOrigin, FormTooOld: another site's page, or an old one, asks for a change.
        ProveYourself: the proof that was sent along is none.
    """
    found: Visitor | None = getattr(request.state, "visitor", None)
    if found is None:
        found = request.state.visitor = NOBODY
        found = request.state.visitor = await _visitor(request)
    return found


async def shown_day(request: Request) -> date:
    """The day that is shown: a demo shows the newest one heard of, unless the caller names one."""
    found: date | None = getattr(request.state, "shown_day", None)
    if found is None:
        found = day(request)
        backbone = backbone_of(request)
        if backbone.settings.huiban_demo and "huiban-today" not in request.headers:
            async with backbone.desk.transaction() as tx:
                found = await overview.newest_day(tx) or found
        request.state.shown_day = found
    return found


async def door_of(request: Request) -> Door:
    """Where and when somebody tries to come in."""
    known = await backbone_of(request).desk.reference()
    return Door(
        signin_of(request), terms_of(known.rules_on(office_day())), now(), came_from(request)
    )


def came_from(request: Request) -> str:
    """The network address of a request."""
    return request.client.host if request.client is not None else ""


async def _visitor(request: Request) -> Visitor:
    said = request.headers.get("authorization")
    backbone = backbone_of(request)
    if said is not None:
        caller = backbone.gatekeeper.caller(said)
        known = await backbone.desk.reference()
        must_hold_post(caller, known, on=await shown_day(request))
        seat = Seat(caller.post, caller.unit, caller.on_behalf_of)
        return Visitor(caller, token=said, name=caller.name, seat_says=seat_says(seat, known))
    must_be_ours(request.method, request.headers)
    id = cookies.held(request)
    visitor = await _recognised(request, id) if id is not None else NOBODY
    if request.method in SAFE_METHODS:
        return visitor
    return await _sending(request, visitor)


async def _recognised(request: Request, id: str) -> Visitor:
    """Whom the id in a browser stands for."""
    door = await door_of(request)
    known = await backbone_of(request).desk.reference()
    async with door.signin.desk.transaction() as tx:
        session = await sessions.session(tx, digest_of(id))
        if session is None:
            return NOBODY
        account = await accounts.account(tx, session.person)
        over = why_over(
            session,
            account,
            terms=door.terms,
            now=door.now,
            is_demo=door.signin.settings.huiban_demo,
        )
        if over is not None:
            if await sessions.end(tx, session.number, now=door.now, why=over):
                await note(tx, "timed-out", session.person, at=door.now, why=over)
            return Visitor(over=over)
        if door.now - session.seen_at > SEEN_EVERY and BY_ITSELF not in request.headers:
            await sessions.seen(tx, session.number, now=door.now)
    seats = tuple(seats_of(session.person, known, on=await shown_day(request)))
    step = next_step(session, account, seats=seats, terms=door.terms, now=door.now)
    seat = seat_taken(session, seats) if step is Step.DONE else None
    caller = _actor(session, seat, known) if seat is not None else None
    return Visitor(
        caller=caller,
        token=door.signin.token_for(session, caller) if caller is not None else None,
        name=person_name(session.person, known),
        seat_says=seat_says(seat, known) if seat is not None else "",
        session=session,
        account=account,
        seats=seats,
        step=step,
        fresh=is_fresh(session, terms=door.terms, now=door.now),
        form_token=form_token_of(id),
    )


def _actor(session: Session, seat: Seat, known: Reference) -> Actor:
    return Actor(
        person=session.person,
        name=person_name(session.person, known),
        post=seat.post,
        unit=seat.unit,
        on_behalf_of=seat.on_behalf_of,
    )


async def _sending(request: Request, visitor: Visitor) -> Visitor:
    """Somebody asks for a change: it must come from a form of theirs, maybe with a proof.

    What was sent is kept at hand, so that nothing is lost where it has to be sent once more.
    """
    words = {
        name: value for name, value in (await request.form()).items() if isinstance(value, str)
    }
    said = {name: words.pop(name, "") for name in (FORM_TOKEN, PROOF, CODE)}
    ours = request.url.path.startswith(("/sign-in", "/account"))
    sent = tuple(pair for pair in words.items() if not (ours and pair[0] in SECRETS))
    visitor = request.state.visitor = replace(visitor, sent=sent)
    if visitor.session is None:
        return visitor
    told = said[FORM_TOKEN] or request.headers.get("x-form-token", "")
    if not hmac.compare_digest(told.encode(), visitor.form_token.encode()):
        raise FormTooOld
    if said[PROOF] or said[CODE]:
        door = await door_of(request)
        try:
            await prove(door, visitor, password=said[PROOF], code=said[CODE])
        except NotYours as refusal:
            raise ProveYourself(why=refusal.sentence) from None
        visitor = replace(visitor, fresh=True)
    return visitor


async def prove(door: Door, visitor: Visitor, *, password: str, code: str) -> None:
    """Let somebody who is signed in prove once more who they are, by password or code.

    Raises:
        NotRecognised, CodeNotRight, TooManyFailures, AccountLocked: as at the door.
    """
    session, account = visitor.session, visitor.account
    if session is None or account is None:
        raise SignInFirst
    if code.strip() and account.has_second_factor:
        await door.code(account, code)
    else:
        await door.password(account.person, password)
    async with door.signin.desk.transaction() as tx:
        await sessions.proved(tx, session.number, now=door.now)
        await note(tx, "proved", account.person, at=door.now, address=door.address)
