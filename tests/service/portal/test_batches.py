"""A rebuild hears in large batches what was once heard bit by bit: clocks must end the same."""

from collections.abc import Callable, Sequence

import pytest

from shared.contracts.assignment import Role
from shared.contracts.event import Event
from tests.service.portal.lives import FIRST, HEALTH, LONGHUA, SECOND, TRANSPORT, Life, due, task
from tests.world import World


def late_after_all(life: Life) -> Sequence[Event]:
    """The reply did without an opinion that came later."""
    return (
        life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
        life.issued(LONGHUA, without_opinions=(TRANSPORT,)),
        life.opinion(TRANSPORT, on="04-07", days_late=30),
    )


def taken_over_later(life: Life) -> Sequence[Event]:
    """The reply did without an opinion of a unit that leads later."""
    leads = task(TRANSPORT, Role.LEAD, generation=2)
    return (
        life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
        life.issued(LONGHUA, without_opinions=(TRANSPORT,)),
        life.reassigned(TRANSPORT, leads, on="04-08"),
    )


def asked_again(life: Life) -> Sequence[Event]:
    """The unit that the reply did without is asked again in the next generation."""
    again = task(TRANSPORT, Role.CO_HANDLE, generation=2)
    return (
        life.assigned(
            task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE), task(HEALTH, Role.CO_HANDLE)
        ),
        life.issued(LONGHUA, without_opinions=(TRANSPORT,)),
        life.reassigned(
            HEALTH, again.model_copy(update={"answer": due("05-08", "opinion")}), on="04-08"
        ),
    )


def given_while_more_time_was_granted(life: Life) -> Sequence[Event]:
    """Neither knew of the other: the opinion came, and its date was moved."""
    return (
        life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
        life.opinion(TRANSPORT),
        life.more_time(TRANSPORT, until="03-01"),
    )


@pytest.mark.parametrize(
    "story", [late_after_all, taken_over_later, asked_again, given_while_more_time_was_granted]
)
async def test_clocks_end_the_same_in_one_batch_and_in_many(
    portal: World, story: Callable[[Life], Sequence[Event]]
) -> None:
    await portal.hears("portal", *story(Life(FIRST)))
    for event in story(Life(SECOND)):
        await portal.hears("portal", event)

    together, one_by_one = [
        await portal.rows(
            "portal",
            "SELECT clock_id, done_on, dead_on FROM clocks WHERE proposal_id = $1 ORDER BY 1",
            proposal_id,
        )
        for proposal_id in (FIRST, SECOND)
    ]

    assert together == one_by_one


async def test_what_was_done_stays_done_when_its_date_is_moved(portal: World) -> None:
    for event in given_while_more_time_was_granted(Life(FIRST)):
        await portal.hears("portal", event)

    assert await portal.rows("portal", "SELECT FROM open_clocks WHERE kind = 'opinion'") == []
