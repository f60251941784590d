"""Whatever lies on the topic, it is taken in or put aside: no record stops those behind it."""

from dataclasses import replace

import pytest

from shared import parking
from tests.backbone.conftest import Lab
from tests.world import Carried

WHOLE = ("ce_id", "ce_type", "ce_source", "ce_subject", "ce_sequence", "ce_time")


def otherwise(record: Carried, **headers: bytes | None) -> Carried:
    """The same record, some of its headers otherwise."""
    return replace(record, headers=list((dict(record.headers) | headers).items()))


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("value", [None, b"", b"\x00", b"a\x00b", b"\xff\xfe", b"9" * 30, b"-1"])
async def test_a_record_with_a_broken_header_stops_nobody(
    lab: Lab, name: str, value: bytes | None
) -> None:
    broken = otherwise(lab.story("a", 1)[0], **{name: value})

    await lab.hearing.hear([broken, *lab.story("b", 1)])

    assert await lab.noted("b") == [1]
    assert len(await lab.parked()) <= 1


@pytest.mark.parametrize(
    "record",
    [
        Carried("proposals", 0, 900, None, None, []),
        Carried("proposals", 0, 900, b"\x00", b"\x00", [("x", b"\x00\xff"), ("\x00", None)]),
        Carried("proposals", 0, 900, b"\xff", b"{}", [("ce_specversion", b"1.0\x00")]),
        Carried("proposals", 0, 900, b"k" * 9000, b"x" * 900_000, [("h", b"v" * 9000)] * 20),
    ],
    ids=["empty", "nothing but zeros", "a zero in the version", "huge"],
)
async def test_a_foreign_record_is_put_aside_whole(lab: Lab, record: Carried) -> None:
    await lab.hearing.hear([record, *lab.story("b", 1)])

    assert await lab.noted("b") == [1]
    [(_, _, state)] = await lab.parked()
    assert state == "unreadable"
    async with lab.desk.transaction() as tx:
        stored = await tx.fetchrow("SELECT value, headers::text AS headers FROM parked")
        assert stored is not None
        assert stored["value"] == record.value
        [listed] = await parking.listing(tx, after=0, limit=10)
        shown = await parking.one(tx, listed.id)
    assert shown is not None
