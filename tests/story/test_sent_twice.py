"""Sent twice: the same command under the same key takes effect once and is answered the same."""

from tests.story.office import CITY, LONGHUA, OFFICE, TRANSPORT, WANG, filed, hand_over, row
from tests.story.seeing import figures, page
from tests.world import World

ONCE = {"Idempotency-Key": "a3f1"}


async def test_a_list_handed_over_twice_under_one_key_is_told_once(world: World) -> None:
    case = await filed(world)
    handed = {"items": [row(case, lead=LONGHUA)]}

    first, again = [
        await world.tell(
            "assignment", "/hand-overs", handed, post="office", unit=OFFICE, headers=ONCE
        )
        for _ in range(2)
    ]
    await world.settle()

    assert (first.status, again.status) == (200, 200)
    assert again.body == first.body
    assert await world.told_by("assignment", case) == ["HandlersAssigned"]
    assert (await figures(world, LONGHUA))["received"] == 1


async def test_a_proposal_sent_again_by_an_uncertain_member_is_one_proposal(world: World) -> None:
    body = {
        "year": 2024,
        "title": "增开社区巴士",
        "text": "建议如下。",
        "kind": "single",
        "proposers": [{"name": WANG}],
    }

    sent = [
        await world.tell(
            "intake", "/proposals", body, post="proposer", unit=CITY, person=WANG, headers=ONCE
        )
        for _ in range(3)
    ]
    await world.settle()

    assert [answer.status for answer in sent] == [201, 201, 201]
    assert len({answer.body["events"][0]["key"] for answer in sent}) == 1
    assert (await page(world, "/ledger")).count("增开社区巴士") == 1


async def test_one_key_does_not_stand_for_two_commands(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA, co_handlers=[TRANSPORT]))
    path = f"/proposals/{case}/tasks/D07.1/sign"
    await world.tell("assignment", path, post="officer", unit=LONGHUA, headers=ONCE)

    other = await world.tell(
        "assignment",
        f"/proposals/{case}/tasks/D07.1/complete",
        {"summary": "已经办结"},
        post="officer",
        unit=LONGHUA,
        headers=ONCE,
    )

    assert (other.status, other.code) == (422, "key-reused")
    assert await world.told_by("assignment", case) == ["HandlersAssigned", "AssignmentSigned"]
