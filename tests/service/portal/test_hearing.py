"""What is heard is shown: in one batch or one by one, in any schema, once."""

from typing import Any

from services.portal.domain.fold import TABLES
from shared.contracts.assignment import Role, Task
from shared.contracts.event import Event
from shared.contracts.reply import Rating
from tests.service.portal.lives import (
    FIRST,
    HEALTH,
    LONGHUA,
    SECOND,
    TRANSPORT,
    Life,
    filed,
    task,
    whole_life,
)
from tests.world import World

EVERYTHING = (*TABLES, "timeline")


async def written(world: World, proposal_id: str) -> dict[str, list[dict[str, Any]]]:
    """All that was written of one proposal, but for its id."""
    return {
        table: [
            {name: value for name, value in row.items() if value != proposal_id}
            for row in await world.rows(
                "portal",
                f"SELECT * FROM {table} WHERE proposal_id = $1 ORDER BY 2, 3",  # noqa: S608
                proposal_id,
            )
        ]
        for table in EVERYTHING
    }


async def state(world: World, *events: Event) -> str:
    """Where the first proposal stands after these events."""
    await world.hears("portal", *events)
    rows = await world.rows("portal", "SELECT state FROM proposals WHERE proposal_id = $1", FIRST)
    return str(rows[0]["state"])


async def test_many_events_at_once_write_what_they_write_one_by_one(portal: World) -> None:
    await portal.hears("portal", *whole_life(Life(FIRST)))
    for event in whole_life(Life(SECOND)):
        await portal.hears("portal", event)

    together = await written(portal, FIRST)

    assert together == await written(portal, SECOND)
    assert len(together["timeline"]) == len(list(whole_life(Life(FIRST))))


async def test_an_event_heard_twice_takes_effect_once(portal: World) -> None:
    submitted = portal.record(Life().submitted(), sequence=1)

    await portal["portal"].backbone.hearing.hear([submitted, submitted])

    lines = await portal.rows("portal", "SELECT type FROM timeline")
    assert len(lines) == 1


async def test_nothing_is_parked_on_the_way(portal: World) -> None:
    await portal.hears("portal", *whole_life(Life()))

    assert await portal.rows("portal", "SELECT why FROM parked") == []


async def test_a_proposal_goes_from_submitted_to_rated(portal: World) -> None:
    life = Life()

    assert await state(portal, life.submitted()) == "submitted"
    assert await state(portal, life.accepted()) == "accepted"
    assert await state(portal, life.assigned(task(LONGHUA, Role.LEAD))) == "handling"
    assert await state(portal, life.issued(LONGHUA)) == "replied"
    assert await state(portal, life.rated(LONGHUA, Rating.SATISFIED)) == "replied"
    assert await state(portal, life.rated(LONGHUA, Rating.SATISFIED, by="王强")) == "rated"


async def test_it_is_answered_when_every_answering_unit_has_answered(portal: World) -> None:
    life = Life()
    handed_over = life.assigned(task(LONGHUA, Role.SPLIT), task(TRANSPORT, Role.SPLIT))
    await portal.hears("portal", *filed(life, "20240001"), handed_over)

    assert await state(portal, life.issued(LONGHUA)) == "handling"
    assert await state(portal, life.issued(TRANSPORT)) == "replied"


async def test_a_further_round_reopens_it(portal: World) -> None:
    life = Life()
    await portal.hears(
        "portal",
        *filed(life, "20240001"),
        life.assigned(task(LONGHUA, Role.LEAD)),
        life.issued(LONGHUA),
        life.rated(LONGHUA, Rating.DISSATISFIED),
    )

    assert await state(portal, life.redo(LONGHUA)) == "redo"
    assert await state(portal, life.issued(LONGHUA, round=2)) == "replied"


async def open_clocks(world: World) -> set[str]:
    rows = await world.rows("portal", "SELECT clock_id FROM open_clocks")
    return {row["clock_id"] for row in rows}


async def test_a_reassigned_task_owes_nothing_more(portal: World) -> None:
    life = Life()
    await portal.hears(
        "portal",
        life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
        life.reassigned(TRANSPORT, task(HEALTH, Role.CO_HANDLE, generation=2)),
    )

    assert await open_clocks(portal) == {
        "D07.1/sign",
        "D07.1/answer",
        "C031.2/sign",
        "C031.2/answer",
    }


async def test_a_returned_task_is_not_asked_to_sign_until_the_return_is_refused(
    portal: World,
) -> None:
    life = Life()
    await portal.hears(
        "portal",
        life.assigned(task(TRANSPORT, Role.CO_HANDLE)),
        life.returned(TRANSPORT, to=HEALTH),
    )
    assert await open_clocks(portal) == {"C030.1/answer", "C030.1/decide"}

    await portal.hears("portal", life.decided(TRANSPORT, upheld=False))

    assert await open_clocks(portal) == {"C030.1/answer", "C030.1/sign"}


async def test_a_second_return_waits_for_a_second_decision(portal: World) -> None:
    life = Life()
    await portal.hears(
        "portal",
        life.assigned(task(TRANSPORT, Role.CO_HANDLE)),
        life.returned(TRANSPORT, to=HEALTH),
        life.decided(TRANSPORT, upheld=False),
    )

    await portal.hears("portal", life.returned(TRANSPORT, to=HEALTH, on="01-20"))

    assert "C030.1/decide" in await open_clocks(portal)


async def test_a_reply_without_an_opinion_ends_the_wait_for_it(portal: World) -> None:
    life = Life()
    await portal.hears(
        "portal",
        life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
        life.issued(LONGHUA, without_opinions=(TRANSPORT,)),
    )

    assert await open_clocks(portal) == {"D07.1/sign", "C030.1/sign", "D07.r1/rate"}


async def test_what_a_later_event_says_first_is_not_lost(portal: World) -> None:
    life = Life()

    await portal.hears("portal", life.signed(LONGHUA))
    await portal.hears("portal", life.submitted(), life.assigned(task(LONGHUA, Role.LEAD)))

    rows = await portal.rows("portal", "SELECT signed_on, role FROM tasks")
    assert rows[0]["role"] == "lead"
    assert rows[0]["signed_on"] is not None


async def test_a_merged_proposal_is_answered_by_its_own_reply(portal: World) -> None:
    main, member = Life(FIRST), Life(SECOND)
    await portal.hears(
        "portal",
        *filed(main, "20240001"),
        *filed(member, "20240002"),
        main.merged(FIRST, FIRST, SECOND),
        member.merged(FIRST, FIRST, SECOND),
        main.assigned(task(LONGHUA, Role.LEAD)),
    )
    rows = await portal.rows("portal", "SELECT number, state FROM proposals ORDER BY number")
    assert [row["state"] for row in rows] == ["handling", "merged"]

    await portal.hears("portal", main.issued(LONGHUA), member.issued(LONGHUA, handled_in=FIRST))

    rows = await portal.rows("portal", "SELECT number, state FROM proposals ORDER BY number")
    assert [row["state"] for row in rows] == ["replied", "replied"]


async def a_group(portal: World, *tasks: Task) -> tuple[Life, Life]:
    """Two merged proposals, handed over."""
    main, member = Life(FIRST), Life(SECOND)
    await portal.hears(
        "portal",
        *filed(main, "20240001"),
        *filed(member, "20240002"),
        main.merged(FIRST, FIRST, SECOND),
        member.merged(FIRST, FIRST, SECOND),
        main.assigned(*tasks),
    )
    return main, member


async def states(portal: World) -> list[str]:
    rows = await portal.rows("portal", "SELECT state FROM proposals ORDER BY number")
    return [row["state"] for row in rows]


async def test_a_member_of_a_group_waits_for_all_that_answer_the_main_one(portal: World) -> None:
    handlers = task(LONGHUA, Role.SPLIT), task(TRANSPORT, Role.SPLIT)
    main, member = await a_group(portal, *handlers)

    await portal.hears("portal", main.issued(LONGHUA), member.issued(LONGHUA, handled_in=FIRST))
    assert await states(portal) == ["handling", "handling"]

    # The last word may come to either of them first: they are heard in lanes of their own.
    await portal.hears("portal", member.issued(TRANSPORT, handled_in=FIRST))
    await portal.hears("portal", main.issued(TRANSPORT))
    assert await states(portal) == ["replied", "replied"]


async def test_a_members_second_round_dies_with_the_task_of_the_main_one(portal: World) -> None:
    main, member = await a_group(portal, task(LONGHUA, Role.LEAD))
    await portal.hears(
        "portal",
        main.issued(LONGHUA),
        member.issued(LONGHUA, handled_in=FIRST),
        member.rated(LONGHUA, Rating.DISSATISFIED),
        member.redo(LONGHUA),
    )
    assert await states(portal) == ["replied", "redo"]

    await portal.hears("portal", main.reassigned(LONGHUA, task(TRANSPORT, Role.LEAD, generation=2)))

    assert await states(portal) == ["handling", "handling"]
    assert "D07.1/answer.r2" not in await open_clocks(portal)


async def test_who_sets_a_clock_going_need_not_know_that_the_opinion_was_given(
    portal: World,
) -> None:
    one, other = Life(FIRST), Life(SECOND)
    for life, number in ((one, "20240001"), (other, "20240002")):
        co_handler = task(HEALTH, Role.CO_HANDLE)
        await portal.hears("portal", *filed(life, number), life.assigned(co_handler))

    await portal.hears("portal", one.opinion(HEALTH), one.resumed(HEALTH, until="02-20"))
    await portal.hears("portal", other.opinion(HEALTH))
    await portal.hears("portal", other.resumed(HEALTH, until="02-20"))

    assert "C031.1/answer" not in await open_clocks(portal)


async def test_a_round_that_is_heard_of_after_its_task_ended_is_dead(portal: World) -> None:
    main, member = await a_group(portal, task(LONGHUA, Role.LEAD))
    await portal.hears("portal", main.reassigned(LONGHUA, task(TRANSPORT, Role.LEAD, generation=2)))

    await portal.hears("portal", member.redo(LONGHUA))

    assert "D07.1/answer.r2" not in await open_clocks(portal)
