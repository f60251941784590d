"""A sweep tells what is due, once, whoever sweeps and however often."""

from asyncio import gather, timeout
from typing import Any

import pytest

from services.escalation.sweeping import keep_sweeping
from shared.contracts.event import ProposalId
from tests.conftest import Opening
from tests.domain.escalation.office import (
    FUTIAN,
    LONGHUA,
    UNITS,
    YEAR_2024,
    rules_with,
    rung,
)
from tests.service.escalation.acts import (
    RULES,
    accepted,
    assigned,
    clocks,
    opinion,
    page,
    signed,
    sweep,
)
from tests.world import Keys, World, world_on


async def signed_by_both(world: World) -> None:
    """Both handlers have signed in time; the opinion is due on Friday 15 March."""
    await world.hears(
        "escalation",
        accepted(),
        assigned(),
        signed(LONGHUA, on="03-04"),
        signed(FUTIAN, on="03-04"),
    )


async def told(world: World) -> list[dict[str, Any]]:
    """Everything escalation told: type and words."""
    return await world.rows(
        "escalation",
        "SELECT split_part(type, '.', 3) AS what, convert_from(payload, 'UTF8')::jsonb ->> 'says'"
        " AS says FROM events ORDER BY seq",
    )


async def test_each_day_tells_what_is_due_on_it(watch: World) -> None:
    await signed_by_both(watch)

    swept = {text: await sweep(watch, text) for text in ("03-11", "03-12", "03-15", "03-16")}

    looked = {"proposals": 1, "clocks": 2}
    assert swept == {
        "03-11": looked,
        "03-12": {**looked, "near": 1},
        "03-15": {},
        "03-16": {**looked, "missed": 1},
    }


async def test_a_second_sweep_of_the_day_tells_nothing(watch: World) -> None:
    await signed_by_both(watch)
    first = await sweep(watch, "03-20")

    second = await sweep(watch, "03-20")

    assert first == {"proposals": 1, "clocks": 2, "missed": 1, "reminders": 1}
    assert second == {}


async def test_sweeps_at_once_tell_everything_once(watch: World) -> None:
    await signed_by_both(watch)
    for n in range(20):
        other = ProposalId(f"other-{n}")
        await watch.hears(
            "escalation", accepted(other, number=f"2024{n + 1:04}"), assigned(proposal_id=other)
        )

    swept = await gather(*(sweep(watch, "03-22") for _ in range(4)))

    # 20 proposals with three clocks that ran out, one with one; two reminders each.
    assert sum(one.get("missed", 0) for one in swept) == 61
    assert sum(one.get("reminders", 0) for one in swept) == 42
    events = [one["what"] for one in await told(watch)]
    assert (events.count("DeadlineMissed"), events.count("ReminderSent")) == (61, 42)


async def test_after_days_without_a_sweep_each_recipient_reads_one_late_reminder(
    watch: World,
) -> None:
    await signed_by_both(watch)

    await sweep(watch, "03-25")

    late = "（本提醒应于{}发出，迟至2024-03-25补发；办理期限为2024-03-15）"
    assert await told(watch) == [
        {"what": "DeadlineMissed", "says": None},
        {"what": "ReminderSent", "says": "第1级" + late.format("2024-03-20")},
        {"what": "ReminderSent", "says": "第2级" + late.format("2024-03-22")},
        {"what": "CoordinationFlagged", "says": None},
    ]


async def test_nobody_is_reminded_at_the_weekend_and_nothing_is_forgotten(watch: World) -> None:
    await signed_by_both(watch)

    saturday = await sweep(watch, "03-23")
    monday = await sweep(watch, "03-25")

    assert (saturday["missed"], saturday.get("reminders", 0)) == (1, 0)
    assert monday["reminders"] == 2


async def test_a_sweep_of_an_earlier_day_tells_nothing(watch: World) -> None:
    await signed_by_both(watch)
    await sweep(watch, "03-20")

    assert await sweep(watch, "03-12") == {}


async def test_what_was_done_is_not_asked_for(watch: World) -> None:
    await signed_by_both(watch)
    await watch.hears("escalation", opinion(on="03-14"))

    assert "reminders" not in await sweep(watch, "03-22")


async def test_a_new_edition_of_the_rules_is_followed_at_once(watch: World) -> None:
    await signed_by_both(watch)
    quiet = await sweep(watch, "03-13")
    stricter = rules_with(opinion=(rung(1, -1, "经办人"),)).model_copy(update={"edition": 2})

    await watch.hears("escalation", stricter)

    assert "reminders" not in quiet
    assert (await sweep(watch, "03-14"))["reminders"] == 1
    assert await sweep(watch, "03-14") == {}


async def test_a_proposal_that_cannot_be_looked_at_keeps_nobody_else_waiting(
    watch: World,
) -> None:
    broken = ProposalId("0-broken")
    await signed_by_both(watch)
    await watch.hears(
        "escalation", accepted(broken, number="20240081"), assigned(proposal_id=broken)
    )
    await watch.rows(
        "escalation", "DELETE FROM proposals WHERE proposal_id = $1 RETURNING 1", broken
    )

    swept = await sweep(watch, "03-16")

    assert (swept["failed"], swept["missed"]) == (1, 1)


async def test_only_the_office_and_operators_sweep(watch: World) -> None:
    refused = await watch.tell("escalation", "/sweep", post="officer", unit=LONGHUA)
    swept = await watch.tell("escalation", "/sweep", post="operator")

    assert (refused.status, swept.status) == (403, 200)


async def test_without_rules_there_is_nothing_to_sweep_by(open_world: Opening) -> None:
    async with open_world("escalation") as world:
        answer = await world.tell("escalation", "/sweep", post="operator")

    assert (answer.status, answer.code) == (409, "no-rules")


async def test_in_a_demo_no_day_passes_by_itself(watch: World) -> None:
    await signed_by_both(watch)

    with pytest.raises(TimeoutError):
        async with timeout(0.2):
            await keep_sweeping(watch["escalation"].backbone)

    assert await told(watch) == []


async def test_before_everything_told_was_heard_nobody_is_called_late(
    database_url: str, keys: Keys
) -> None:
    in_earnest = world_on(database_url, keys, services=["escalation"], demo=False)
    async with in_earnest as world:
        await world.hears("escalation", *UNITS.values(), YEAR_2024, RULES)
        await signed_by_both(world)

        with pytest.raises(TimeoutError):
            async with timeout(0.2):
                await keep_sweeping(world["escalation"].backbone)

        assert await told(world) == []


async def test_a_rung_told_is_shown(watch: World) -> None:
    await signed_by_both(watch)
    await sweep(watch, "03-20")

    shown = (await clocks(watch))["D01.1/opinion"]

    assert (shown["told_rungs"], shown["light"], shown["missed"]) == ([1], "red", True)
    assert len((await page(watch))["clocks"]) == 4
