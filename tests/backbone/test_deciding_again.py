"""When a read side is built anew, records are dealt with as operators dealt with them before."""

from shared import parking
from shared.parking import Decision
from tests.backbone.conftest import Lab, accepted
from tests.world import Carried

FOREIGN = Carried("proposals", 0, 77, None, b"?", [])
PASS_OVER = Decision("proposals", 0, 77, by="operator", reason="外来记录", after=None)


async def repeat(lab: Lab, decision: Decision) -> None:
    async with lab.desk.transaction() as tx:
        await parking.repeat(tx, decision)
    await lab.hearing.retry_parked()


async def test_a_record_that_was_skipped_is_skipped_again(lab: Lab) -> None:
    await lab.hearing.hear([FOREIGN])

    await repeat(lab, PASS_OVER)

    assert await lab.parked() == []


async def test_a_correction_is_made_again(lab: Lab) -> None:
    headers = lab.record(accepted("a", 1), sequence=1).headers
    await lab.hearing.hear([Carried("proposals", 0, 77, b"a", b"{}", headers)])
    good = accepted("a", 1).model_dump_json().encode()

    await repeat(lab, Decision("proposals", 0, 77, by="operator", reason="补全", after=good))

    assert await lab.noted("a") == [1]
    assert await lab.parked() == []


async def test_what_is_not_parked_this_time_is_left_alone(lab: Lab) -> None:
    await repeat(lab, PASS_OVER)

    async with lab.desk.transaction() as tx:
        assert await tx.fetchval("SELECT count(*) FROM park_actions") == 0


async def test_what_was_put_in_its_place_is_on_file(lab: Lab) -> None:
    headers = lab.record(accepted("a", 1), sequence=1).headers
    await lab.hearing.hear([Carried("proposals", 0, 77, b"a", b"{}", headers)])
    good = accepted("a", 1).model_dump_json().encode()

    async with lab.desk.transaction() as tx:
        [listed] = await parking.listing(tx)
        await parking.correct(tx, listed.id, value=good, by="operator", reason="补全")
        on_file = await tx.fetchrow(
            "SELECT topic, partition, record_offset, before, after FROM park_actions"
        )

    assert on_file is not None
    assert tuple(on_file) == ("proposals", 0, 77, b"{}", good)
