"""A merged proposal is handled in the main one's tasks: as they end, so does its second round."""

from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId
from shared.contracts.intake import ProposalsMerged
from tests.domain.escalation.office import INDUSTRY, LONGHUA, PROPOSAL, day, someone
from tests.service.escalation.acts import (
    COMMITTEE,
    accepted,
    assigned,
    page,
    reassigned,
    redo,
    sweep,
    task,
)
from tests.world import World

MEMBER = ProposalId("43")
MERGED = ProposalsMerged(
    proposal_id=MEMBER,
    main=PROPOSAL,
    members=(PROPOSAL, MEMBER),
    why="诉求相同",
    by=someone("committee", COMMITTEE),
    on=day("02-28"),
)
REDO = redo(on="04-15").model_copy(update={"proposal_id": MEMBER})
TAKEN_OVER = reassigned(
    task(INDUSTRY, Role.LEAD, "reply", "08-01", generation=2), ended=("D09.1",), on="05-06"
)


async def member_clocks(world: World) -> dict[str, str]:
    """How the merged proposal's own clocks stand."""
    return {clock["clock_id"]: clock["state"] for clock in (await page(world, MEMBER))["clocks"]}


async def merged(world: World) -> None:
    await world.hears(
        "escalation", accepted(), accepted(MEMBER, number="20240081"), MERGED, assigned()
    )


async def test_a_member_s_second_round_has_a_clock(watch: World) -> None:
    await merged(watch)

    await watch.hears("escalation", REDO)

    assert await member_clocks(watch) == {"D09.r1/redo": "running"}


async def test_it_is_dead_when_another_unit_takes_the_main_one_over(watch: World) -> None:
    await merged(watch)
    await watch.hears("escalation", REDO)

    await watch.hears("escalation", TAKEN_OVER)

    assert await member_clocks(watch) == {"D09.r1/redo": "dead"}
    await sweep(watch, "07-16")
    assert await watch.told_by("escalation", MEMBER) == []


async def test_it_never_runs_when_it_is_heard_of_after_the_end(watch: World) -> None:
    await merged(watch)
    await watch.hears("escalation", TAKEN_OVER)

    await watch.hears("escalation", REDO)

    assert await member_clocks(watch) == {}


async def test_a_proposal_outside_the_group_is_not_touched(watch: World) -> None:
    await watch.hears("escalation", accepted(), accepted(MEMBER, number="20240081"), assigned())
    lead = task(LONGHUA, Role.LEAD, "reply", "06-03")
    await watch.hears("escalation", assigned(lead, proposal_id=MEMBER), REDO)

    await watch.hears("escalation", TAKEN_OVER)

    assert (await member_clocks(watch))["D09.r1/redo"] == "running"
