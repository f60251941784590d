"""What an earlier version wrote is shown as it stands, once it is brought up to date."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from shared.postgres import migrate, migrations, open_pool
from tests.world import copy_of

OLD = "before"
LIVED_IN = """
    INSERT INTO proposals (proposal_id, state, proposers) VALUES
        ('joint', 'rated', '[{"name": "王志毅"}, {"name": "李娜"}]'),
        ('single', 'rated', '[{"name": "王志毅"}]');
    INSERT INTO tasks (proposal_id, task_id, unit, role, objected_on) VALUES
        ('joint', 'D07.1', 'D07', 'lead', '2024-01-20'),
        ('single', 'D07.1', 'D07', 'lead', NULL);
    INSERT INTO replies (proposal_id, reply_id, unit, round, issued_on, closed_on, void_on) VALUES
        ('joint', 'D07.r1', 'D07', 1, '2024-02-01', NULL, NULL),
        ('joint', 'D07.r2', 'D07', 2, '2024-03-01', '2024-03-20', NULL),
        ('joint', 'D07.r3', 'D07', 3, '2024-04-01', NULL, '2024-04-02'),
        ('single', 'D07.r1', 'D07', 1, '2024-02-01', NULL, NULL);
    INSERT INTO ratings (proposal_id, reply_id, proposer, rated_on) VALUES
        ('joint', 'D07.r1', '王志毅', '2024-02-05'),
        ('single', 'D07.r1', '王志毅', '2024-02-05');
    INSERT INTO clocks (proposal_id, clock_id, kind, unit, task_id, due_on, done_on) VALUES
        ('joint', 'D07.1/decide', 'decide', 'D07', 'D07.1', '2024-01-30', NULL),
        ('joint', 'D07.r1/rate', 'rate', 'D07', NULL, '2024-02-22', '2024-02-05'),
        ('joint', 'D07.r2/rate', 'rate', 'D07', NULL, '2024-03-22', '2024-03-20'),
        ('joint', 'D07.r3/rate', 'rate', 'D07', NULL, '2024-04-22', '2024-04-02'),
        ('single', 'D07.1/decide', 'decide', 'D07', 'D07.1', '2024-01-30', NULL),
        ('single', 'D07.r1/rate', 'rate', 'D07', NULL, '2024-02-22', '2024-02-05');
    """


@pytest.fixture
async def upgraded(admin_url: str, template: str) -> AsyncIterator["asyncpg.Pool[asyncpg.Record]"]:
    """A read side that was written before clocks bore their own names, brought up to date."""
    scripts = migrations("services.portal")
    async with copy_of(admin_url, template) as url, open_pool(url, schema=OLD, size=2) as pool:
        await pool.execute(f"CREATE SCHEMA {OLD}")
        await migrate(pool, scripts[:8], schema=OLD)
        await pool.execute(LIVED_IN)
        await migrate(pool, scripts, schema=OLD)
        yield pool


async def test_only_what_somebody_still_owes_runs_again(
    upgraded: "asyncpg.Pool[asyncpg.Record]",
) -> None:
    clocks = await upgraded.fetch(
        "SELECT proposal_id, clock_id, kind FROM open_clocks ORDER BY 1, 2"
    )
    states = await upgraded.fetch("SELECT proposal_id, state FROM proposals ORDER BY 1")

    assert [tuple(row) for row in clocks] == [
        ("joint", "D07.1/decide", "decide_objection"),
        ("joint", "D07.r1/rate", "rate"),
        ("single", "D07.1/decide", "decide"),
    ]
    assert [tuple(row) for row in states] == [("joint", "replied"), ("single", "rated")]
