"""What the tables themselves forbid, should a rule ever be forgotten."""

import asyncpg
import pytest

from tests.domain.assignment.office import PROPOSAL
from tests.service.assignment.acts import hand_over
from tests.world import World

INSERT = """
    INSERT INTO tasks (proposal_id, number, task_id, unit, role, state, generation, parent, duty,
                       answer, given_on)
    VALUES ($1, '20240080', $2, $3, $4, $5, 1, $6, '', '{}', '2024-03-11')
"""


async def insert(
    world: World,
    task_id: str,
    *,
    unit: str,
    role: str = "co_handle",
    state: str = "unsigned",
    parent: str | None = None,
) -> None:
    await world.rows("assignment", INSERT, PROPOSAL, task_id, unit, role, state, parent)


async def test_a_proposal_has_one_lead(desk: World) -> None:
    await hand_over(desk)

    with pytest.raises(asyncpg.UniqueViolationError, match="one_lead"):
        await insert(desk, "D01.1", unit="D01", role="lead")


async def test_work_below_the_lead_is_no_second_lead(desk: World) -> None:
    await hand_over(desk)

    await insert(desk, "S003.1", unit="S003", role="lead", parent="D09.1")


async def test_a_task_id_is_used_once_in_a_proposal(desk: World) -> None:
    await hand_over(desk)

    with pytest.raises(asyncpg.UniqueViolationError, match="tasks_pkey"):
        await insert(desk, "D09.1", unit="D01")


async def test_a_unit_holds_one_part(desk: World) -> None:
    await hand_over(desk)

    with pytest.raises(asyncpg.UniqueViolationError, match="one_part_per_unit"):
        await insert(desk, "C021.2", unit="C021")


@pytest.mark.parametrize(("role", "state"), [("boss", "unsigned"), ("lead", "lost")])
async def test_roles_and_states_are_those_we_know(desk: World, role: str, state: str) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await insert(desk, "D01.1", unit="D01", role=role, state=state)
