"""What every page is given: the day it shows, the names of units, a lamp, a transaction to read."""

from collections.abc import AsyncIterator, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2.runtime import Macro
from markupsafe import Markup

from services.portal.domain.lights import Lamp
from services.portal.forms.catalogue import FORMS
from services.portal.signin.visiting import NOBODY, Visitor, must_be_fresh, shown_day, visiting
from services.portal.store.seeing import Seen
from services.portal.templating import draw
from services.portal.tongues.tongue import SOURCE, tongue_of
from shared.contracts.event import Actor, UnitCode
from shared.contracts.registry import UnitLevel, UnitRegistered
from shared.identity import NotSignedIn
from shared.nearness import Horizon
from shared.policy import Sight, sight_of
from shared.reference import NoRules, Reference
from shared.refusals import Unknown
from shared.web import backbone_of, caught_up
from shared.work import Tx

NO_SIGHT = Sight(everything=False)


@dataclass(frozen=True)
class View:
    """One reader's look at the office."""

    request: Request
    tx: Tx
    known: Reference
    today: date
    is_demo: bool
    visitor: Visitor = NOBODY

    @property
    def caller(self) -> Actor | None:
        """Whoever is signed in, in the seat that they act in."""
        return self.visitor.caller

    @cached_property
    def seen(self) -> Seen:
        """What the reader may see; whoever is nobody sees what is public, and that is elsewhere."""
        caller = self.caller
        return Seen(sight_of(caller, self.known) if caller is not None else NO_SIGHT)

    def unit(self, code: str) -> UnitRegistered:
        """A unit whose own pages the reader may see.

        Raises:
            Unknown: there is none of this name, or it is none of the reader's business.
        """
        found = self.known.unit(code)
        if not self.seen.unit(found.code):
            raise Unknown(what="单位", id=code)
        return found

    def must_be_signed_in(self) -> str:
        """The caller's token, to be shown to the services."""
        if self.visitor.token is None:
            raise NotSignedIn(why="没有登录")
        return self.visitor.token

    def must_be_fresh(self) -> None:
        """Ask the caller to prove who they are, unless they did so a short while ago."""
        must_be_fresh(self.visitor)

    @cached_property  # an export lights each of its rows
    def lamp(self) -> Lamp:
        """Lights as they stand on this day; without a rule set nothing is near."""
        calendar = self.known.calendar
        try:
            rules = self.known.rules_on(self.today)
        except NoRules:
            return Lamp(Horizon(self.today, self.today), calendar)
        return Lamp(Horizon.of(self.today, rules=rules, calendar=calendar), calendar)

    def name(self, code: str) -> str:
        """A unit's full name."""
        return self.known.name(UnitCode(code))

    def known_name(self, code: str) -> str:
        """A unit's name for its code; any other words as they are."""
        unit = self.known.units.get(UnitCode(code))
        return code if unit is None else unit.name

    def label(self, code: str) -> str:
        """A unit's name as a table has room for it; districts' bureaus share their short names."""
        unit = self.known.units.get(UnitCode(code))
        if unit is None:
            return code
        return unit.name if unit.level is UnitLevel.SECTION else unit.short_name

    def unit_link(self, code: str, says: str | None = None) -> Markup | str:
        """A unit's name, leading to its own page if that is for the reader."""
        if (code, says) not in self._links:
            self._links[code, says] = self._linked(code, says or self.label(code))
        return self._links[code, says]

    @cached_property  # a table names the same units again and again
    def _links(self) -> dict[tuple[str, str | None], Markup | str]:
        return {}

    def _linked(self, code: str, name: str) -> Markup | str:
        if not self.seen.unit(UnitCode(code)):
            return name
        marked = "" if tongue_of(self.request) == SOURCE else Markup(' lang="zh-Hans"')
        return Markup('<a href="/units/{}"{}>{}</a>').format(code, marked, name)

    def alike(self, macro: Macro, of: Hashable) -> str:
        """What a macro draws of something: once, for all the rows in which it is the same."""
        if (macro.name, of) not in self._drawn:
            self._drawn[macro.name, of] = macro(of)
        return self._drawn[macro.name, of]

    @cached_property
    def _drawn(self) -> dict[tuple[str, Hashable], str]:
        return {}

    def page(self, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
        """A page, drawn."""
        # What is drawn for somebody is for nobody else to be given.
        headers = {"cache-control": "private, no-cache"} if self.visitor.session else None
        text = draw(template, {**self._always(), **context}, tongue_of(self.request))
        return HTMLResponse(text, status_code=status, headers=headers)

    def _always(self) -> Mapping[str, Any]:
        words = self.request.query_params
        return {
            "just_done": FORMS.get(words.get("done", "")),
            "just_begun": FORMS.get(words.get("under-way", "")),
            "path": self.request.url.path,
            "today": self.today,
            "is_demo": self.is_demo,
            "caller": self.caller,
            "visitor": self.visitor,
            "form_token": self.visitor.form_token,
            "name": self.name,
            "label": self.label,
            "lamp": self.lamp,
            "alike": self.alike,
            "unit_link": self.unit_link,
        }


async def _view(request: Request) -> AsyncIterator[View]:
    backbone = backbone_of(request)
    is_demo = backbone.settings.huiban_demo
    await caught_up(request)
    today = await shown_day(request)
    visitor = await visiting(request)
    known = await backbone.desk.reference()
    async with backbone.desk.transaction() as tx:
        yield View(request, tx, known, today, is_demo, visitor)


Viewing = Annotated[View, Depends(_view, scope="function")]
