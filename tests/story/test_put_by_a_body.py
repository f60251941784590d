"""Put by a body: a sector while the plenary meets, a party under its seal."""

from datetime import date
from typing import Any

import pytest

from tests.story.office import WANG, Refused, accept
from tests.story.proposing import as_member, at_intake, begin_draft
from tests.world import World

OFF_SESSION = date(2024, 3, 4)
SECTOR: dict[str, Any] = {
    "kind": "collective",
    "put_by": "sector",
    "body": "教育界",
    "convenor": WANG,
}


async def test_a_sector_off_session_is_told_to_wait(world: World) -> None:
    world.today = OFF_SESSION
    case = await begin_draft(world, WANG, **SECTOR)

    with pytest.raises(
        Refused, match="409 only-in-session 界别提案只能在全体会议期间提出，现在是闭会期间"
    ):
        await as_member(world, WANG, f"/drafts/{case}/submit")


async def test_in_session_its_convenor_hands_it_in_and_it_gets_a_place_in_the_session(
    world: World,
) -> None:
    world.today = date(2024, 1, 19)
    case = await begin_draft(world, WANG, **SECTOR, category="文化")
    await as_member(world, WANG, f"/drafts/{case}/submit")
    await accept(world, case)

    found = await at_intake(world, case)
    assert (found["session"], found["session_serial"]) == ("七届四次", "七届四次第0001号")
    assert (found["category_serial"], found["review_group"]) == ("文化类001号", "culture")
    assert [one["name"] for one in found["proposers"]] == ["教育界"]


async def test_a_party_puts_its_seal_to_it_at_any_time(world: World) -> None:
    world.today = OFF_SESSION
    party = {"kind": "collective", "put_by": "party", "body": "民进深圳市委会"}
    unsealed = await begin_draft(world, WANG, **party)
    sealed = await begin_draft(world, WANG, **party, sealed=True)

    with pytest.raises(Refused, match="422 seal-missing 党派提案须署名并加盖公章"):
        await as_member(world, WANG, f"/drafts/{unsealed}/submit")
    await as_member(world, WANG, f"/drafts/{sealed}/submit")

    assert (await at_intake(world, sealed))["session"] is None
