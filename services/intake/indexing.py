"""Indexing: what proposals are found by is kept up with the rules of wording and with their number.

Any process may do it, and several at once do no harm.
"""

import asyncio
import logging

from services.intake import store
from shared.service import Backbone

log = logging.getLogger("huiban.intake")

PERIOD_SECONDS = 60


async def keep_indexed(backbone: Backbone) -> None:
    """Look once a minute whether there is something to do."""
    while True:
        await backbone.beats.beating("index", index(backbone))
        await backbone.beats.beating("index", asyncio.sleep(PERIOD_SECONDS))


async def index(backbone: Backbone) -> None:
    """Make old words anew, some at a time, and count the terms when there are many more."""
    reworded = 0
    while True:
        async with backbone.desk.transaction() as tx:
            done = await store.reword(tx)
        reworded += done
        if not done:
            break
    if reworded:
        log.info("proposals were worded anew", extra={"proposals": reworded})
    async with backbone.desk.transaction() as tx:
        await store.count_terms(tx)
