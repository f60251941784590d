"""Somebody who has no mouse: every button, link and field is reached by Tab, and seen then."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Locator

from tests.browser.acts.clerk import Clerk

INSIDE_FIELDS = 60  # a date has several places to be
NEARLY = 3  # one goes slowly where one nearly is
# How often one presses Tab from where one is: by what is seen and not left out, in its order.
STEPS = """(one) => {
  const stops = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']",
  )].filter((stop) => !stop.disabled && stop.tabIndex >= 0 && stop.checkVisibility());
  return stops.indexOf(one) - stops.indexOf(document.activeElement);
}"""
IS_HERE = "(one) => one === document.activeElement"
BOTH = (
    "(one) => [one, document.activeElement].map((it) => it.outerHTML.slice(0, 200)).join(' not ')"
)
SHOWS = """(one) => {
  const style = getComputedStyle(one);
  return one.matches(":focus-visible") && style.outlineStyle !== "none"
    && parseFloat(style.outlineWidth) >= 2;
}"""


@dataclass
class Typist(Clerk):
    """A clerk who does everything by keyboard."""

    async def _chooses(self, one: Locator) -> None:
        self.clicks += 1
        await self._comes_to(one)
        await self.page.keyboard.press("Enter")

    async def _looks_for(self, words: str) -> None:
        await self._comes_to(self.page.locator("#find"))
        await self.page.keyboard.type(words)
        await self.page.keyboard.press("Enter")

    async def _fills_one(self, one: Locator, value: Any) -> None:
        await self._comes_to(one)
        match await one.evaluate("(one) => one.tagName === 'SELECT' ? 'choice' : one.type"):
            case "choice":
                await self._picks(one, str(value))
            case "checkbox":
                if await one.is_checked() is not value:
                    await self.page.keyboard.press("Space")
            case _:
                await self.page.keyboard.press("Control+a")
                await self.page.keyboard.type(str(value))

    async def _picks(self, one: Locator, wanted: str) -> None:
        options: Sequence[Sequence[str]] = await one.evaluate(
            "(one) => [...one.options].map((option) => [option.value, option.label])"
        )
        at = next(n for n, option in enumerate(options) if wanted in option)
        await self.page.keyboard.press("Home")
        for _ in range(at):
            await self.page.keyboard.press("ArrowDown")

    async def _comes_to(self, one: Locator) -> None:
        steps = int(await one.evaluate(STEPS))
        onwards = "Tab" if steps >= 0 else "Shift+Tab"
        for _ in range(abs(steps) - NEARLY):
            await self.page.keyboard.press(onwards)
        for _ in range(INSIDE_FIELDS):
            if await one.evaluate(IS_HERE):
                break
            await self.page.keyboard.press(onwards)
        assert await one.evaluate(IS_HERE), f"Tab does not lead there: {await one.evaluate(BOTH)}"
        assert await one.evaluate(SHOWS), f"nobody sees where they are: {await one.inner_text()}"
