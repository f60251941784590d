"""Somebody who does acts in a browser: finds the form, fills it in by its labels, sends it.

An act begins at one's desk and is found by at most three clicks: a row's own button, the acts of
a proposal's page, a room's list. What is not on the desk is looked for by its number or title.
"""

import base64
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.async_api import Locator, Page, expect

from services.portal.desks import HINTS_READ
from services.portal.forms.catalogue import FORMS, IDS
from services.portal.forms.form import Form
from tests.browser.conftest import SCREENSHOTS, Visitor
from tests.world import World

MOST_CLICKS = 3
WRITTEN_IN = "form.filling, form.handing"
SENT_BY = "form.filling .filling-acts button.act:not(.act-quiet), form.handing button[name=hand]"
TALLEST = 1200
PICTURES = Path("services/portal/manual/pictures")
RENEW = os.environ.get("HUIBAN_PICTURES") == "renew"
NOT_DONE = ".notice-alarm:not(.notice-done)"
# The page's own part from its top; of a form no more than there is of it.
FRAME = """() => {
  document.activeElement.blur();
  const main = document.querySelector("main").getBoundingClientRect();
  const form = document.querySelector("form.filling, form.handing .row-over");
  const right = form ? form.getBoundingClientRect().right + 20 : main.right;
  const bottom = form ? form.getBoundingClientRect().bottom + 20 : main.top + 900;
  return [main.x + scrollX, main.y + scrollY, Math.min(right, main.right) - main.x,
    Math.min(bottom, main.bottom) - main.y];
}"""
WEBP = """async (png) => {
  const image = new Image();
  image.src = png;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext("2d", {alpha: false}).drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", 0.82);
}"""


@dataclass(frozen=True, slots=True)
class Part:
    """Whom one plays: a person in a post of a unit."""

    post: str
    unit: str
    person: str = ""

    @property
    def id(self) -> str:
        """The person's number in the register."""
        return self.person or f"{self.post}.{self.unit}"


@dataclass
class Clerk:
    """Somebody at a desk, signed in through the demo's door, with a browser of their own."""

    visitor: Visitor
    world: World
    part: Part
    clicks: int = 0

    @property
    def page(self) -> Page:
        """What is in front of them."""
        return self.visitor.page

    async def goes(self, path: str) -> None:
        """Go to a page."""
        await self.visitor.goes(path)

    async def comes_in(self) -> None:
        """Choose oneself at the demo's door; one has been here before, and read the hints."""
        await self.page.context.add_cookies(
            [{"name": HINTS_READ, "value": "yes", "url": self.visitor.address}]
        )
        await self.goes("/sign-in")
        ready = self.page.locator(f'form:has(input[name=person][value="{self.part.id}"]) button')
        await ready.first.click()
        await expect(self.page.locator(".who")).to_be_visible()

    async def does(
        self,
        code: str,
        at: str | None = None,
        fields: Mapping[str, Any] | None = None,
        *,
        of: Mapping[str, str] | None = None,
        picture: str = "",
        **ids: str,
    ) -> None:
        """Do an act: about a proposal, or a thing of it, or in a room."""
        await self.opens_form(code, at, {**(of or {}), **ids})
        await self.fills(fields or {})
        if picture:
            await self.keeps(picture)
        await self.sends(code)

    async def goes_on(self, code: str, *, picture: str = "") -> None:
        """Do what comes next, from the page that shows the answer."""
        await self.page.locator(f'main a[href^="/do/{code}?"]').first.click()
        await expect(self.page.locator("main h1")).to_have_text(FORMS[code].title)
        if picture:
            await self.keeps(picture)
        await self.sends(code)

    async def opens_form(self, code: str, at: str | None, ids: Mapping[str, str]) -> None:
        """Come to a form from one's desk, as one would find it."""
        form, self.clicks = FORMS[code], 0
        await self.goes("/desk")
        if form.about == "nothing":
            await self._finds_in_rooms(form, {**ids, "proposal_id": at} if at else ids)
        else:
            assert at is not None, code
            await self._finds_at_case(form, at, {"proposal_id": at, **ids})
        await expect(self.page.locator("main h1")).to_have_text(form.title)
        assert self.clicks <= MOST_CLICKS, f"{code}: {self.clicks} clicks"
        assert await self.page.locator(WRITTEN_IN).count() == 1, await self._says()

    async def fills(self, fields: Mapping[str, Any]) -> None:
        """Write, choose, tick and attach, by the labels that stand there."""
        for label, value in fields.items():
            await self._fills_one(self._labelled(label), value)

    async def sends(self, code: str) -> None:
        """Press the form's button and wait until the page says that it is done."""
        await self._chooses(self.page.locator(SENT_BY))
        await self.sees_done(code)

    async def sees_done(self, code: str) -> None:
        """The page says that it is done; a page that says "on its way" says more when renewed."""
        title = FORMS[code].title
        said = self.page.locator(".notice[role=status]", has_text=f"“{title}”")
        await expect(said.or_(self.page.locator(NOT_DONE)).first).to_be_visible()
        assert await said.count() == 1, f"{code}: {await self._says()}"
        if "已办理" not in await said.inner_text():
            await self.world.settle()
            await self.page.get_by_role("link", name="刷新").click()
        await self.world.settle()

    async def sees(self, *words: str) -> None:
        """These words stand on the page, now or soon, by themselves."""
        for one in words:
            await expect(self.page.locator("main")).to_contain_text(one)

    async def opens_case(self, case: str) -> None:
        """Look at a proposal."""
        await self.goes(f"/proposals/{case}")

    async def keeps(self, name: str) -> None:
        """Keep a picture of what is in front of one; the manual's is renewed if that is wanted."""
        await self.page.wait_for_load_state("networkidle")
        x, y, width, height = await self.page.evaluate(FRAME)
        png = await self.page.screenshot(
            path=SCREENSHOTS / f"manual-{name}.png",
            full_page=True,
            clip={"x": x, "y": y, "width": width, "height": min(height, TALLEST)},
            animations="disabled",
        )
        if RENEW:
            await self._renews(name, png)

    async def _renews(self, name: str, png: bytes) -> None:
        painter = await self.page.context.new_page()
        drawn = await painter.evaluate(
            WEBP, "data:image/png;base64," + base64.b64encode(png).decode()
        )
        await painter.close()
        (PICTURES / f"{name}.webp").write_bytes(base64.b64decode(drawn.partition(",")[2]))

    async def _finds_at_case(self, form: Form, case: str, facts: Mapping[str, str]) -> None:
        ids = {name: facts[name] for name in IDS[form.about]}
        act = self.page.locator(f'main a[href="/do/{form.code}?{urlencode(ids)}"]')
        if await act.count() == 0:
            await self._finds_case(case)
        assert await act.count(), f"{form.code}: not offered. {await self._says()}"
        if not await act.first.is_visible():
            folded = act.first.locator("xpath=ancestor::details[1]/summary")
            await self._chooses(folded)
        await self._chooses(act.first)

    async def _finds_case(self, case: str) -> None:
        link = self.page.locator(f'main a[href="/proposals/{case}"]')
        if await link.count() == 0:
            [found] = await self.world.rows(
                "portal", "SELECT number, title FROM proposals WHERE proposal_id = $1", case
            )
            await self._looks_for(found["number"] or found["title"])
            await self.page.wait_for_url("**/ledger?**")
        await self._chooses(link.first)
        await self.page.wait_for_url(f"**/proposals/{case}")

    async def _finds_in_rooms(self, form: Form, ids: Mapping[str, str]) -> None:
        if not await self._act_in_list(form, ids):
            room = self.page.locator(f'main a[href="/rooms/{form.room}"]')
            await self._chooses(room.first)
            await self.page.wait_for_url(f"**/rooms/{form.room}")
            assert await self._act_in_list(form, ids), f"{form.code}: {await self._says()}"

    async def _act_in_list(self, form: Form, ids: Mapping[str, str]) -> bool:
        for act in await self.page.locator(f'main a[href^="{form.door}"]').all():
            address = urlsplit(await act.get_attribute("href") or "")
            named = {name: value[0] for name, value in parse_qs(address.query).items()}
            if address.path == form.door and ids.items() <= named.items():
                await self._chooses(act)
                return True
        return False

    def _labelled(self, label: str) -> Locator:
        found = self.page.locator(WRITTEN_IN).get_by_label(
            re.compile(rf"^\s*{re.escape(label)}\s*(必填)?\s*$")
        )
        # Of the rows of a list that are handed over, the first is what one came for.
        return found.first if "/hand-over" in self.page.url else found

    async def _fills_one(self, one: Locator, value: Any) -> None:
        kind = await one.evaluate("(one) => one.tagName === 'SELECT' ? 'choice' : one.type")
        match kind:
            case "choice":
                await one.select_option(value)
            case "checkbox":
                await one.set_checked(value)
            case "file":
                await one.set_input_files(value)
            case _:
                await one.fill(str(value))

    async def _looks_for(self, words: str) -> None:
        await self.page.locator("#find").fill(words)
        await self.page.locator("#find").press("Enter")

    async def _chooses(self, one: Locator) -> None:
        """One click."""
        self.clicks += 1
        await one.click()

    async def _says(self) -> str:
        return f"{self.page.url} {await self.page.locator('main').inner_text()}"
