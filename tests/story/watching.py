"""What the office and the leaders do about clocks: look through them, flag matters, settle them."""

from datetime import date

from tests.story.office import CITY, OFFICE, act
from tests.world import Answer, World


async def sweep(world: World) -> dict[str, int]:
    """The office looks through the clocks; what there was to tell."""
    answer = await act(world, "escalation", "/sweep", post="office", unit=OFFICE)
    told = ("near", "missed", "reminders", "flagged", "failed")
    return {what: answer.body[what] for what in told if answer.body[what]}


async def mornings_until(world: World, day: date) -> None:
    """Days pass up to this one, and each morning the clocks are looked through."""
    while world.today < day:
        world.days_pass(1)
        await sweep(world)


async def flag(world: World, case: str, *parties: str) -> Answer:
    """The office flags a matter for the city by hand."""
    body = {"evidence": "职责划分意见不一", "parties": list(parties)}
    path = f"/proposals/{case}/matters"
    return await act(world, "escalation", path, body, post="office", unit=OFFICE)


async def decide_matter(
    world: World, case: str, matter_id: str = "m1", *, lead: str | None = None
) -> Answer:
    """A leader settles a matter: with a new lead, or everything stays as it is."""
    effect = {"kind": "new_lead", "lead": lead} if lead else {"kind": "as_it_is"}
    path = f"/proposals/{case}/matters/{matter_id}/decide"
    body = {"decision": "经市领导协调决定", "effect": effect}
    return await act(world, "escalation", path, body, post="leader", unit=CITY)
