"""Day by day: a loop that sweeps for the day that it is."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from shared.clock import office_day
from shared.reference import NoRules
from shared.service import Backbone

log = logging.getLogger("huiban.daily")

PERIOD_SECONDS = 60


async def sweep_day_by_day(
    backbone: Backbone,
    sweep: Callable[[date], Awaitable[Any]],
    *,
    when: Callable[[], Awaitable[bool]] | None = None,
) -> None:
    """Sweep once a minute, for ever; ``when`` says whether one may by now.

    In a demo the days are somebody else's to pass. Without rules there is nothing to sweep by yet.
    """
    while True:
        if not backbone.settings.huiban_demo and (when is None or await when()):
            await backbone.beats.beating("sweep", _today(sweep))
        await backbone.beats.beating("sweep", asyncio.sleep(PERIOD_SECONDS))


async def _today(sweep: Callable[[date], Awaitable[Any]]) -> None:
    try:
        await sweep(office_day())
    except NoRules as refusal:
        log.info("nothing to sweep by yet", extra={"why": refusal.sentence})
