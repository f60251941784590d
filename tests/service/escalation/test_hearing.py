"""Clocks start, stop, run on and die as the others tell what happened."""

from shared.contracts.assignment import Role
from tests.domain.escalation.office import CITY, FUTIAN, INDUSTRY, LONGHUA
from tests.service.escalation.acts import (
    COMMITTEE,
    accepted,
    assigned,
    clocks,
    completed,
    decided,
    handed_down,
    issued,
    kept,
    opinion,
    page,
    promised,
    rated,
    reassigned,
    redo,
    returned,
    signed,
    states,
    sweep,
    task,
)
from tests.world import World

ASSIGNED = {
    "D01.1/opinion": "running",
    "D01.1/sign": "running",
    "D09.1/reply": "running",
    "D09.1/sign": "running",
}


async def test_handing_over_starts_the_clocks_of_every_handler(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned())

    assert await states(watch) == ASSIGNED
    shown = (await clocks(watch))["D01.1/opinion"]
    assert (shown["number"], shown["unit"], shown["unit_name"]) == ("20240080", FUTIAN, "福田区")
    assert (shown["started_on"], shown["due_on"]) == ("2024-03-01", "2024-03-15")
    assert (shown["light"], shown["word"], shown["shape"]) == ("green", "绿灯·正常", "●")


async def test_signing_stops_its_clock_and_no_other(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(), signed(LONGHUA, on="03-06"))

    assert await states(watch) == {**ASSIGNED, "D09.1/sign": "stopped"}
    assert not (await clocks(watch))["D09.1/sign"]["missed"]
    assert await watch.told_by("escalation") == []


async def test_a_clock_that_had_run_out_when_it_was_stopped_keeps_that(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(), signed(LONGHUA, on="03-07"))

    assert (await clocks(watch))["D09.1/sign"]["missed"]
    assert await watch.told_by("escalation") == ["DeadlineMissed"]


async def test_what_a_sweep_told_missed_is_not_told_again_when_it_is_done(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned())
    assert (await sweep(watch, "03-07"))["missed"] == 2

    await watch.hears("escalation", signed(LONGHUA, on="03-07"))

    assert list(await watch.told_by("escalation")).count("DeadlineMissed") == 2
    assert (await clocks(watch))["D09.1/sign"]["missed"]


async def test_an_act_in_time_that_is_heard_after_the_sweep_was_not_late(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned())
    await sweep(watch, "03-07")

    await watch.hears("escalation", signed(LONGHUA, on="03-06"))

    assert not (await clocks(watch))["D09.1/sign"]["missed"]


async def test_with_a_return_signing_stands_still_and_the_office_s_clock_starts(
    watch: World,
) -> None:
    await watch.hears("escalation", accepted(), assigned(), returned(on="03-05"))

    assert await states(watch) == {
        **ASSIGNED,
        "D09.1/sign": "paused",
        "D09.1/decide_return": "running",
    }
    assert (await clocks(watch))["D09.1/decide_return"]["unit"] == CITY


async def test_a_refused_return_lets_the_clock_for_signing_run_on(watch: World) -> None:
    await watch.hears(
        "escalation",
        accepted(),
        assigned(),
        returned(on="03-05"),
        decided(upheld=False, on="03-12", sign_by="03-13"),
    )

    assert await states(watch) == {**ASSIGNED, "D09.1/decide_return": "stopped"}
    assert (await clocks(watch))["D09.1/sign"]["due_on"] == "2024-03-13"
    assert (await sweep(watch, "03-14"))["missed"] == 2


async def test_a_task_returned_again_starts_its_clock_over(watch: World) -> None:
    await watch.hears(
        "escalation",
        accepted(),
        assigned(),
        returned(on="03-05"),
        decided(upheld=False, on="03-06"),
        returned(on="03-07"),
    )

    again = (await clocks(watch))["D09.1/decide_return"]
    assert (again["state"], again["generation"], again["started_on"]) == (
        "running",
        2,
        "2024-03-07",
    )


async def test_an_upheld_return_kills_the_old_clocks_and_starts_the_heir_s(watch: World) -> None:
    heir = task(INDUSTRY, Role.LEAD, "reply", "06-14", generation=2)
    await watch.hears(
        "escalation",
        accepted(),
        assigned(),
        returned(on="03-05"),
        decided(upheld=True, on="03-12"),
        reassigned(heir, ended=("D09.1",), on="03-12"),
    )

    assert await states(watch) == {
        "D01.1/opinion": "running",
        "D01.1/sign": "running",
        "D09.1/sign": "dead",
        "D09.1/reply": "dead",
        "D09.1/decide_return": "stopped",
        "C009.2/sign": "running",
        "C009.2/reply": "running",
    }
    assert (await page(watch))["generation"] == 2


async def test_the_heir_s_return_is_the_same_office_s_to_decide(watch: World) -> None:
    heir = task(INDUSTRY, Role.LEAD, "reply", "06-14", generation=2)
    await watch.hears(
        "escalation", accepted(), assigned(), reassigned(heir, ended=("D09.1",), on="03-12")
    )

    await watch.hears("escalation", returned(INDUSTRY, LONGHUA, on="03-13", generation=2))

    assert (await clocks(watch))["C009.2/decide_return"]["unit"] == CITY


async def test_dead_clocks_raise_no_alarm(watch: World) -> None:
    await watch.hears(
        "escalation", accepted(), assigned(), reassigned(ended=("D09.1", "D01.1"), on="03-04")
    )

    assert await sweep(watch, "06-28") == {}


async def test_work_handed_down_has_clocks_until_it_is_finished(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(), handed_down(on="03-08"))
    before = await states(watch)
    await watch.hears("escalation", completed(on="05-06"))

    assert before == {**ASSIGNED, "S109.1/sign": "running", "S109.1/reply": "running"}
    assert (await states(watch))["S109.1/reply"] == "stopped"


async def test_an_opinion_stops_its_clock(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(), opinion(on="03-15"))

    assert await states(watch) == {**ASSIGNED, "D01.1/opinion": "stopped"}


async def test_a_reply_stops_its_clock_and_starts_the_committee_s_for_the_rating(
    watch: World,
) -> None:
    await watch.hears("escalation", accepted(), assigned(), issued(on="04-08"))

    assert await states(watch) == {
        **ASSIGNED,
        "D09.1/reply": "stopped",
        "D09.r1/rate": "running",
    }
    assert (await clocks(watch))["D09.r1/rate"]["unit"] == COMMITTEE


async def test_an_opinion_that_the_reply_did_without_is_no_longer_waited_for(
    watch: World,
) -> None:
    await watch.hears("escalation", accepted(), assigned(), issued(on="04-08", without=(FUTIAN,)))

    shown = (await clocks(watch))["D01.1/opinion"]
    assert (shown["state"], shown["missed"]) == ("stopped", True)


async def test_the_first_rating_stops_its_clock(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(), issued(on="04-08"))
    await watch.hears("escalation", rated(on="04-10"), rated(on="05-06", proposer="吴联喜"))

    shown = (await clocks(watch))["D09.r1/rate"]
    assert (shown["state"], shown["stopped_on"], shown["missed"]) == (
        "stopped",
        "2024-04-10",
        False,
    )


async def test_the_next_round_has_a_clock_of_its_own(watch: World) -> None:
    await watch.hears(
        "escalation",
        accepted(),
        assigned(),
        issued(on="04-08"),
        rated(on="04-10"),
        redo(on="04-10"),
    )
    before = (await clocks(watch))["D09.r1/redo"]
    await watch.hears("escalation", issued(on="06-03", round=2))

    after = await states(watch)
    assert (before["state"], before["due_on"], before["unit"]) == (
        "running",
        "2024-07-15",
        LONGHUA,
    )
    assert (after["D09.r1/redo"], after["D09.r2/rate"]) == ("stopped", "running")


async def test_a_promise_is_watched_until_it_is_kept(watch: World) -> None:
    await watch.hears("escalation", accepted(), promised(on="04-08", due_on="09-01"))
    before = await states(watch)
    await watch.hears("escalation", kept(on="09-02"))

    after = (await clocks(watch))["D09.r1.p1/promise"]
    assert before == {"D09.r1.p1/promise": "running"}
    assert (after["state"], after["missed"]) == ("stopped", True)


async def test_what_concerns_no_clock_changes_nothing(watch: World) -> None:
    await watch.hears("escalation", accepted(), kept(on="03-01"), opinion(on="03-01"))

    assert await states(watch) == {}
    assert await watch.rows("escalation", "SELECT 1 FROM parked") == []


async def test_an_event_heard_twice_starts_its_clocks_once(watch: World) -> None:
    record = watch.record(assigned(), sequence=1)
    await watch.hears("escalation", accepted())

    for _ in range(2):
        await watch["escalation"].backbone.hearing.hear([record])

    assert {clock["generation"] for clock in (await clocks(watch)).values()} == {1}
