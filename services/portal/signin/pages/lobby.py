"""The lobby: what every page of sign-in is given."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.portal.signin import cookies
from services.portal.signin.domain.account import Account, Seat, Session, Way
from services.portal.signin.domain.origins import safe_next
from services.portal.signin.domain.refusals import NoAccount, SignInFirst
from services.portal.signin.domain.telling import WAYS, browser_says
from services.portal.signin.proving import Door
from services.portal.signin.room import digest_of, form_token_of, new_id
from services.portal.signin.saying import person_name, seat_says, unit_label
from services.portal.signin.store import sessions
from services.portal.signin.trail import note
from services.portal.signin.visiting import NOBODY, Visitor, door_of, shown_day, visiting
from services.portal.templating import draw
from services.portal.tongues.tongue import tongue_of
from shared.contracts.event import Actor
from shared.contracts.registry import Post
from shared.reference import Reference
from shared.web import backbone_of

LONGEST_BROWSER = 300
KEPT = timedelta(days=90)
HOMES = {Post.SECURITY: "/security/accounts", Post.AUDITOR: "/security/trail"}
HOME = "/desk"
# Pages with secrets on them stay in no cache, and a browser going back asks again.
UNKEPT = {"cache-control": "no-store"}


@dataclass(frozen=True, slots=True)
class Lobby:
    """One request to a page of sign-in."""

    request: Request
    door: Door
    visitor: Visitor
    known: Reference
    today: date

    @property
    def caller(self) -> Actor:
        """Whoever is signed in.

        Raises:
            SignInFirst: nobody is.
        """
        if self.visitor.caller is None:
            raise SignInFirst
        return self.visitor.caller

    @property
    def session(self) -> Session:
        """The session of whoever is signed in, or on the way in; raises like ``caller``."""
        if self.visitor.session is None:
            raise SignInFirst
        return self.visitor.session

    @property
    def account(self) -> Account:
        """Their account.

        Raises:
            NoAccount: they came in as somebody of the demo.
        """
        if self.visitor.account is None:
            raise NoAccount(person=self.session.person)
        return self.visitor.account

    @property
    def browser(self) -> str:
        """What the browser says of itself."""
        said = self.request.headers.get("user-agent", "")
        return "".join(one for one in said if one.isprintable())[:LONGEST_BROWSER]

    def page(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """A page, drawn; kept by nobody."""
        always = surroundings(self.request, self.visitor) | {
            "seat_says": partial(seat_says, known=self.known),
            "person_name": partial(person_name, known=self.known),
            "unit_label": partial(unit_label, known=self.known),
            "day": self.today,
            "browser_says": browser_says,
            "ways": WAYS,
        }
        text = draw(template, always | context, tongue_of(self.request))
        return HTMLResponse(text, status_code=status, headers=UNKEPT)

    def onward(self, next: str) -> Response:
        """To wherever they are on their way to: the next step in, or the page they wanted."""
        if self.visitor.session is not None and self.visitor.caller is None:
            return go(self.visitor.step.value, next=next)
        if self.visitor.caller is not None:
            return go(safe_next(next) or home_of(self.visitor.caller))
        return go("/sign-in", next=next)

    def must_be_safe(self) -> None:
        """Refuse what others on the way could read; raises ``NotSafeHere``."""
        cookies.must_be_safe(self.request)

    async def enter(
        self,
        person: str,
        way: Way,
        *,
        next: str,
        second: bool = False,
        seat: Seat | None = None,
    ) -> Response:
        """Let somebody in: a new session with a new id, whatever the browser held before."""
        id, door = new_id(), self.door
        _ = door.signin.seal  # without the key nobody could act: say so at once
        async with door.signin.desk.transaction() as tx:
            if self.visitor.session is not None:
                await sessions.end(tx, self.visitor.session.number, now=door.now, why="replaced")
            await sessions.forget_before(tx, door.now - KEPT)
            number = await sessions.begin(
                tx,
                digest=digest_of(id),
                person=person,
                way=way,
                now=door.now,
                address=door.address,
                browser=self.browser,
                second=second,
            )
            if seat is not None:
                await sessions.take_seat(tx, number, seat)
            await note(tx, "signed-in", person, at=door.now, address=door.address, way=way)
        response = go("/sign-in", next=next)
        cookies.give(self.request, response, id)
        return response

    async def anew(self, *, second: bool = False) -> tuple[str, "Lobby"]:
        """Give the session a new id, now that more was proved: the id, and how one stands now."""
        id = new_id()
        async with self.door.signin.desk.transaction() as tx:
            await sessions.proved(
                tx, self.session.number, now=self.door.now, digest=digest_of(id), second=second
            )
        return id, replace(self, visitor=replace(self.visitor, form_token=form_token_of(id)))


async def _lobby(request: Request) -> Lobby:
    visitor = await visiting(request)
    return Lobby(
        request=request,
        door=await door_of(request),
        visitor=visitor,
        known=await backbone_of(request).desk.reference(),
        today=await shown_day(request),
    )


InLobby = Annotated[Lobby, Depends(_lobby)]


def surroundings(request: Request, visitor: Visitor) -> dict[str, Any]:
    """What the frame around every page wants to know."""
    return {
        "path": request.url.path,
        "today": None,
        "is_demo": backbone_of(request).settings.huiban_demo,
        "caller": visitor.caller,
        "visitor": visitor,
        "form_token": visitor.form_token,
    }


def visitor_here(request: Request) -> Visitor:
    """Who was found to send a request, as far as anybody looked."""
    found: Visitor = getattr(request.state, "visitor", NOBODY)
    return found


def go(address: str, **query: str) -> RedirectResponse:
    """Somewhere else, with what belongs to the address."""
    said = urlencode({name: value for name, value in query.items() if value})
    return RedirectResponse(f"{address}?{said}" if said else address, status_code=303)


def home_of(caller: Actor) -> str:
    """Where somebody begins."""
    return HOMES.get(Post(caller.post), HOME)
