"""The register as a whole: what a place starts with, and what was told of a fact."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.registry import store
from services.registry.api.asking import Limit, Text
from services.registry.commands import SeedPlace
from services.registry.domain.seeding import seed
from services.registry.starting_data import starting_data
from services.registry.views import History
from shared.web import Act, Look, Receipt, may, may_see

router = APIRouter()

After = Annotated[int, Query(ge=0, le=2**53)]


@router.post("/seed")
async def seed_place(command: SeedPlace, act: Annotated[Act, may("registry.keep")]) -> Receipt:
    """Load what is prepared for a place; what stands like that already is not told again."""
    wanted = starting_data(command.place)
    register = await store.lock_register(act.tx)
    told = seed(register, wanted=wanted, on=act.today)
    await store.record(act.tx, *told, by=act.caller, on=act.today)
    return act.receipt()


@router.get("/history")
async def get_history(
    look: Annotated[Look, may_see("registry.audit")], key: Text, after: After = 0, limit: Limit = 50
) -> History:
    """What was told of one fact (``unit/C018``, ``person/li.ming``), by whom and when."""
    return await store.history(look.tx, key=key, after=after, limit=limit)
