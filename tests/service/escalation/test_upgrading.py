"""Rounds that were open years ago are watched on after the upgrade."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from shared.postgres import migrate, migrations, open_pool
from tests.world import copy_of

OLD = "before"
LIVED_IN = """
    INSERT INTO proposals (proposal_id, number, generation) VALUES ('p', '20220007', 1);
    INSERT INTO handlers (proposal_id, task_id, unit, role) VALUES ('p', 'D09.1', 'D09', 'lead');
    INSERT INTO clocks (proposal_id, clock_id, clock, awaits, subject, unit, started_on, due_on,
                        state, stopped_on)
    VALUES ('p', 'D09.1/reply', 'reply', 'reply', 'D09.1', 'D09', '2022-01-22', '2022-04-22',
            'stopped', '2022-03-01'),
           ('p', 'D09.r1/redo', 'redo', 'reply', 'D09.1', 'D09', '2022-03-20', '2022-06-20',
            'running', NULL);
    """


@pytest.fixture
async def upgraded(admin_url: str, template: str) -> AsyncIterator["asyncpg.Pool[asyncpg.Record]"]:
    """Books that were kept before other rooms were heard in full, brought up to date."""
    scripts = migrations("services.escalation")
    async with copy_of(admin_url, template) as url, open_pool(url, schema=OLD, size=2) as pool:
        await pool.execute(f"CREATE SCHEMA {OLD}")
        await migrate(pool, [one for one in scripts if one[0] < "0003"], schema=OLD)
        await pool.execute(LIVED_IN)
        await migrate(pool, scripts, schema=OLD)
        yield pool


async def test_an_old_round_is_watched_on(upgraded: "asyncpg.Pool[asyncpg.Record]") -> None:
    [clock] = await upgraded.fetch("SELECT * FROM clocks WHERE state = 'running'")
    [handler] = await upgraded.fetch("SELECT * FROM handlers")

    assert (clock["clock_id"], clock["generation"], clock["missed"]) == ("D09.r1/redo", 1, False)
    assert (handler["officer"], handler["ended"]) == (None, False)


async def test_a_round_that_was_ordered_before_counts_as_one_that_did_not_satisfy(
    upgraded: "asyncpg.Pool[asyncpg.Record]",
) -> None:
    rows = await upgraded.fetch("SELECT proposal_id, reply_id, task_id FROM dissatisfied")

    assert [tuple(row) for row in rows] == [("p", "D09.r1", "D09.1")]
