"""Every event takes effect once and in order per key; what fails waits, the rest goes on."""

import asyncio

import pytest

from shared import parking
from shared.postgres import OUTAGES
from shared.refusals import Refusal
from tests.backbone.conftest import Lab, accepted
from tests.world import Carried


async def test_events_take_effect_in_order(lab: Lab) -> None:
    await lab.hearing.hear([*lab.story("a", 1, 2, 3), *lab.story("b", 1, 2)])

    assert await lab.noted("a") == [1, 2, 3]
    assert await lab.noted("b") == [1, 2]


async def test_heard_twice_takes_effect_once(lab: Lab) -> None:
    story = lab.story("a", 1, 2)

    await lab.hearing.hear(story)
    await lab.hearing.hear(story)

    assert await lab.noted("a") == [1, 2]


async def test_two_processes_with_the_same_events_take_effect_once(lab: Lab) -> None:
    story = [record for key in "abcdefgh" for record in lab.story(key, 1, 2, 3)]

    await asyncio.gather(*(lab.hearing.hear(story) for _ in range(4)))

    assert [await lab.noted(key) for key in "abcdefgh"] == [[1, 2, 3]] * 8
    assert await lab.parked() == []


async def test_a_failing_event_holds_its_key_and_the_rest_goes_on(lab: Lab) -> None:
    lab.broken = {"20240002"}

    await lab.hearing.hear([*lab.story("a", 1, 2, 3), *lab.story("b", 1, 2)])

    assert await lab.noted("a") == [1]
    assert await lab.noted("b") == [1], "b's second event fails as well"
    waiting = {("a", 2, "retry"), ("a", 3, "behind"), ("b", 2, "retry")}
    assert set(await lab.parked()) == waiting


async def test_what_was_parked_takes_effect_in_order_once_the_cause_is_gone(lab: Lab) -> None:
    lab.broken = {"20240002"}
    await lab.hearing.hear(lab.story("a", 1, 2, 3))
    await lab.hearing.hear(lab.story("a", 4))

    lab.broken = set()
    await lab.time_passes()
    await lab.hearing.retry_parked()

    assert await lab.noted("a") == [1, 2, 3, 4]
    assert await lab.parked() == []


async def test_after_the_last_try_an_operator_must_act(lab: Lab) -> None:
    lab.broken = {"20240001"}
    await lab.hearing.hear(lab.story("a", 1, 2))

    for _ in range(parking.TRIES):
        await lab.time_passes()
        await lab.hearing.retry_parked()

    assert await lab.parked() == [("a", 1, "dead"), ("a", 2, "behind")]


async def test_skipping_goes_on_with_the_next_event(lab: Lab) -> None:
    lab.broken = {"20240001"}
    await lab.hearing.hear(lab.story("a", 1, 2))

    async with lab.desk.transaction() as tx:
        first = (await parking.listing(tx))[0]
        await parking.skip(tx, first.id, by="operator", reason="重复登记")
    await lab.hearing.retry_parked()

    assert await lab.noted("a") == [2]
    async with lab.desk.transaction() as tx:
        audit = await tx.fetch("SELECT action, by, reason FROM park_actions")
    assert [tuple(row) for row in audit] == [("skip", "operator", "重复登记")]


async def test_only_the_first_parked_event_of_a_key_may_be_skipped(lab: Lab) -> None:
    lab.broken = {"20240001"}
    await lab.hearing.hear(lab.story("a", 1, 2))

    async with lab.desk.transaction() as tx:
        second = (await parking.listing(tx))[1]
        with pytest.raises(Refusal, match="更早的搁置记录"):
            await parking.skip(tx, second.id, by="operator", reason="x")


async def test_a_corrected_copy_takes_the_place_of_a_broken_one(lab: Lab) -> None:
    broken = lab.record(accepted("a", 1), sequence=1)
    await lab.hearing.hear([Carried("proposals", 0, 99, b"a", b'{"number": 5}', broken.headers)])
    assert await lab.parked() == [("a", 1, "unreadable")]

    async with lab.desk.transaction() as tx:
        first = (await parking.listing(tx))[0]
        good = accepted("a", 1).model_dump_json().encode()
        await parking.correct(tx, first.id, value=good, by="operator", reason="补全")
    await lab.hearing.retry_parked()

    assert await lab.noted("a") == [1]


async def test_a_correction_that_does_not_fit_is_refused(lab: Lab) -> None:
    lab.broken = {"20240001"}
    await lab.hearing.hear(lab.story("a", 1))

    async with lab.desk.transaction() as tx:
        first = (await parking.listing(tx))[0]
        with pytest.raises(Refusal, match="仍不能识别"):
            await parking.correct(tx, first.id, value=b"{", by="operator", reason="x")


async def test_a_gap_waits_for_the_missing_event(lab: Lab) -> None:
    await lab.hearing.hear(lab.story("a", 1, 3, 4))
    assert await lab.noted("a") == [1]

    await lab.hearing.hear(lab.story("a", 2))
    await lab.time_passes()
    await lab.hearing.retry_parked()

    assert await lab.noted("a") == [1, 2, 3, 4]


async def test_an_operator_may_give_up_waiting_for_a_gap(lab: Lab) -> None:
    await lab.hearing.hear(lab.story("a", 1, 3))

    async with lab.desk.transaction() as tx:
        first = (await parking.listing(tx))[0]
        await parking.skip(tx, first.id, by="operator", reason="事件已丢失")
    await lab.hearing.retry_parked()

    assert await lab.noted("a") == [1, 3]


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("ce_specversion", b"1.0")],
        [("ce_specversion", None)],
        [("ce_specversion", b"\xff\xfe")],
        [("kafka_foreign", b"x")],
    ],
)
async def test_a_foreign_record_is_parked_whole_and_holds_nothing(
    lab: Lab, headers: list[tuple[str, bytes | None]]
) -> None:
    foreign = Carried("proposals", 3, 7, None, b"\x00\xff", headers)

    await lab.hearing.hear([foreign, *lab.story("proposals/3", 1)])

    assert await lab.parked() == [("proposals/3", None, "unreadable")]
    assert await lab.noted("proposals/3") == [1]


async def test_an_event_of_a_later_version_is_passed_over(lab: Lab) -> None:
    later = lab.record(accepted("a", 1), sequence=1)
    headers = [
        (name, b"huiban.intake.ProposalAccepted.v9" if name == "ce_type" else value)
        for name, value in later.headers
    ]

    await lab.hearing.hear([Carried("proposals", 0, 50, b"a", b'{"new": 1}', headers)])
    await lab.hearing.hear(lab.story("a", 2))

    assert await lab.noted("a") == [2]
    assert await lab.parked() == []


async def test_a_lost_connection_parks_nothing(lab: Lab) -> None:
    lab.cut_off = True
    story = lab.story("a", 1, 2)

    with pytest.raises(OUTAGES):
        await lab.hearing.hear(story)
    assert await lab.parked() == []
    await lab.hearing.hear(story)

    assert await lab.noted("a") == [1, 2]


async def test_what_a_listener_tells_names_its_cause(lab: Lab) -> None:
    lab.answers = True
    cause = lab.record(accepted("a", 1), sequence=1)

    await lab.hearing.hear([cause])

    told = await lab.logged("a")
    cause_id = dict(cause.headers)["ce_id"]
    assert cause_id is not None
    assert [row["aggregateseq"] for row in told] == [1]
    assert f'"causationid": "{cause_id.decode()}"' in told[0]["headers"]


async def test_a_retried_event_tells_once(lab: Lab) -> None:
    lab.answers, lab.broken = True, {"20240002"}
    await lab.hearing.hear(lab.story("a", 1, 2))

    lab.broken = set()
    await lab.time_passes()
    await lab.hearing.retry_parked()

    assert [row["aggregateseq"] for row in await lab.logged("a")] == [1, 2]
