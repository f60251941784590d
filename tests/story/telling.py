"""What the other rooms tell, where a story needs the fact and not how it came about."""

from shared.contracts.event import Actor, Due, PersonId, ProposalEvent, Step, UnitCode
from tests.world import World


def someone(post: str, unit: str) -> Actor:
    """A person in a post of a unit."""
    return Actor(person=PersonId(f"{post}.{unit}"), name="某人", post=post, unit=UnitCode(unit))


def due(clock: str, text: str) -> Due:
    """A date that somebody reckoned."""
    on = Step(says=f"应于{text}前", day=text)  # type: ignore[arg-type]
    return Due(
        on=on.day,
        starts_on=on.day,
        clock=clock,
        rule="试",
        source=None,
        calendar="CN-2024@1",
        steps=(on,),
    )


async def it_happens(world: World, *events: ProposalEvent) -> None:
    """These facts are told by whoever tells them; afterwards everybody has heard of them."""
    for event in events:
        async with world[event.teller()].desk.transaction() as tx:
            await tx.lock(event.key)
            tx.record(event)
    await world.settle()
