"""The books notice: whatever is broken on purpose is found on the same day, by its name.

A check that cannot fail proves nothing. Each of these breaks one thing behind everybody's back, in
a world in which some weeks have passed and all was well.
"""

from datetime import timedelta

import pytest

from tests.simulation.books import NEVER, must_be_the_same, read_side
from tests.simulation.city import Size
from tests.simulation.evenings import Books, false_lights
from tests.simulation.rebuilding import rebuilt
from tests.simulation.wish import Body, NotAsItShouldBe, On, caused, do, told_so_far
from tests.simulation.year import Year
from tests.story.office import COMMITTEE, filed
from tests.story.watching import sweep
from tests.world import Keys, World

LIVED = Size(proposals=24, units=24, members=20, days=36, patience=1)
SEED = 3

BROKEN = {
    "a unit's part shown otherwise than it is": (
        "UPDATE portal.tasks SET signed_on = '2024-01-01' WHERE role = 'lead'"
    ),
    "a unit's part known otherwise to the reply room": "UPDATE reply.tasks SET unit = 'C001'",
    "a unit's part known otherwise to escalation": "UPDATE escalation.handlers SET returned = true",
    "an opinion of a unit shown otherwise than it was given": (
        "UPDATE portal.tasks SET answered_on = '2024-01-01' WHERE role = 'co_handle'"
    ),
    "neither one lead nor a split set": (
        "UPDATE assignment.tasks SET role = 'split' WHERE role = 'co_handle' AND parent IS NULL"
    ),
    "a clock shown otherwise than it runs": "UPDATE portal.clocks SET due_on = due_on + 1",
    "a unit that owes a signature without its clock": (
        "UPDATE escalation.clocks SET state = 'dead' WHERE awaits = 'signing'"
    ),
    "a round that is owed without its one clock": (
        "UPDATE escalation.clocks SET state = 'stopped' WHERE awaits = 'reply'"
    ),
    "an opinion that is owed without its one clock": (
        "UPDATE escalation.clocks SET state = 'stopped' WHERE awaits = 'opinion'"
    ),
    "a promise that is owed without its clock": (
        "UPDATE escalation.clocks SET due_on = due_on + 1 WHERE awaits = 'promise'"
    ),
    "work that is open below a task that ended": (
        "UPDATE assignment.tasks SET state = 'ended', ended_on = given_on WHERE parent IS NULL"
    ),
    "a matter shown otherwise than it stands": "UPDATE portal.matters SET rule = '试'",
    "a clock that runs for a task that ended": (
        "UPDATE escalation.clocks SET state = 'running' WHERE state = 'dead'"
    ),
    "a due date without its explanation": "UPDATE portal.clocks SET due = NULL",
    "an alarm told more often than its clock was started": (
        "UPDATE escalation.clocks SET generation = 0"
    ),
    "a reply shown otherwise than it was sent": "DELETE FROM portal.replies",
    "a reply without anybody who put the proposal": "DELETE FROM reply.proposers",
    "a reply that a proposal of its group did not get": """
        INSERT INTO reply.members (proposal_id, main)
        SELECT DISTINCT 'nobody' || handled_in, handled_in FROM reply.replies
        """,
    "a rating shown otherwise than it was given": "DELETE FROM portal.ratings",
    "a promise shown otherwise than it stands": "UPDATE portal.promises SET due_on = due_on + 1",
    "document numbers of a unit with holes or doubles": """
        UPDATE reply.replies SET document_number = replace(document_number, '〕', '〕9')
        """,
    "numbers of opinions with holes or doubles": """
        UPDATE reply.opinions SET document_number = replace(document_number, '〕', '〕9')
        """,
    "numbers of proposals with holes or doubles": """
        UPDATE intake.proposals SET number = '20249999'
         WHERE number = (SELECT max(number) FROM intake.proposals)
        """,
    "numbers of supervisions with holes or doubles": """
        INSERT INTO escalation.supervisions
               (proposal_id, supervision_id, number, unit, demand, answer_by, opened_by, opened_on)
        SELECT proposal_id, 'x', '督办〔2024〕7777号', 'C001', '', '2024-03-01', '', '2024-03-01'
          FROM escalation.proposals LIMIT 1
        """,
    "a proposal that intake and the portal count differently": (
        "UPDATE portal.proposals SET is_key = NOT coalesce(is_key, false)"
    ),
}
# What is looked for otherwise than by one query: how it is broken, and mended again.
BROKEN_AND_MENDED = {
    "parked by reply": (
        "INSERT INTO reply.parked"
        " (topic, partition, record_offset, key, holds, headers, state, why)"
        " VALUES ('proposals', 0, 1, 'k', true, '[]', 'dead', '试')",
        "DELETE FROM reply.parked",
    ),
    "not heard to the end by portal": (
        "UPDATE portal.cursors SET sequence = sequence - 1",
        "UPDATE portal.cursors SET sequence = sequence + 1",
    ),
    "lost": (
        "UPDATE escalation.proposals SET proposal_id = 'x' || proposal_id",
        "UPDATE escalation.proposals SET proposal_id = substring(proposal_id FROM 2)",
    ),
    "a sum that does not add up": (
        "UPDATE assignment.tasks SET number = '1999' || number",
        "UPDATE assignment.tasks SET number = substring(number FROM 5)",
    ),
    "a reply that its proposer cannot read": (
        "UPDATE reply.proposers SET person = 'x' || person",
        "UPDATE reply.proposers SET person = substring(person FROM 2)",
    ),
}


async def test_whatever_is_broken_is_noticed(
    world: World, admin_url: str, template: str, keys: Keys
) -> None:
    books = Books()
    year = Year(world, seed=SEED, size=LIVED, books=books)
    await year.play()
    assert BROKEN.keys() == NEVER.keys()

    assert [what for what, how in BROKEN.items() if not await found(world, what, how)] == []
    for what, (broken, mended) in BROKEN_AND_MENDED.items():
        await world.rows("portal", broken)
        with pytest.raises(NotAsItShouldBe, match=what):
            await Books().evening(year)
        await world.rows("portal", mended)
    assert await false_lights(world) == []
    assert await false_lights(world, on=world.today + timedelta(days=1)) != []

    await a_morning_notices(year, books)
    anew = await rebuilt(world, admin_url=admin_url, template=template, keys=keys, seed=SEED)
    must_be_the_same(await read_side(world), anew)
    await world.rows("portal", "UPDATE portal.tasks SET unit = 'C001'")
    with pytest.raises(NotAsItShouldBe, match="tasks built anew"):
        must_be_the_same(await read_side(world), anew)


async def a_morning_notices(year: Year, books: Books) -> None:
    """Clocks of which nobody told, and alarms of those that are dead by then."""
    world, told = year.world, dict[str, int]()
    while not told:
        world.days_pass(1)
        told = await sweep(world)

    await books.morning(year)
    await world.rows("portal", "UPDATE escalation.clocks SET missed = NOT missed")
    with pytest.raises(NotAsItShouldBe, match="a clock that ran out unnoticed"):
        await books.morning(year)
    await world.rows("portal", "UPDATE escalation.clocks SET missed = NOT missed")
    await world.rows("portal", "UPDATE escalation.clocks SET state = 'dead'")
    with pytest.raises(NotAsItShouldBe, match="an alarm that is not true"):
        await books.morning(year)


async def found(world: World, what: str, broken: str) -> bool:
    """Whether the query of this name finds what was broken, and found nothing before."""
    async with world["portal"].desk.transaction() as tx:
        before = await tx.fetch(NEVER[what])
        await tx.execute(broken)
        after = await tx.fetch(NEVER[what])
        await tx.execute("ROLLBACK AND CHAIN")
    return not before and bool(after)


async def test_a_mistake_that_is_let_through_is_noticed(world: World) -> None:
    case = await filed(world)
    key: Body = {"leader": "张副市长", "supervised_by": "市政协提案委员会"}
    allowed = On(case).committee(1, "intake", "designate-key", mistaken=True, **key)
    no_request = On(case).committee(1, "intake", "designate-key", colour="red")

    with pytest.raises(NotAsItShouldBe, match="was let through"):
        await do(world, allowed, leaves={})
    with pytest.raises(NotAsItShouldBe, match="is no request"):
        await do(world, no_request, leaves={})


async def test_what_a_command_told_is_known_by_its_trace(world: World) -> None:
    case = await filed(world)
    before = await told_so_far(world, "intake")
    mine, foreign = (f"00-{digit * 32}-{digit * 16}-01" for digit in "ab")
    key: Body = {"leader": "张副市长", "supervised_by": "市政协提案委员会"}
    path = f"/proposals/{case}/designate-key"
    done = await world.tell(
        "intake", path, key, post="committee", unit=COMMITTEE, headers={"traceparent": mine}
    )

    assert done.status == 200
    assert await caused(world, "intake", mine, since=before)
    assert not await caused(world, "intake", foreign, since=before)
    assert not await caused(world, "intake", mine, since=await told_so_far(world, "intake"))
