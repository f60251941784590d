"""Merged proposals are handled once, on the main one, and answered one by one."""

from tests.service.reply.longhua import (
    HETAO,
    LONGHUA,
    PARKS,
    PRIVATE_FIRMS,
    accepted,
    assigned,
    group_of_two,
    hand_over,
    issue,
    merged,
    prepare,
    rate,
    seen,
    submitted,
    talk,
    task,
    write,
)
from tests.world import World

LEAD = task(LONGHUA)


async def test_each_member_is_answered_under_its_own_key_and_number(room: World) -> None:
    await group_of_two(room)
    await prepare(room, HETAO, result_class="B")

    issued = await issue(room, HETAO, promises=[{"text": "建成园区", "due_on": "2024-06-28"}])

    assert [(event["key"], event["type"].split(".")[2]) for event in issued.body["events"]] == [
        (HETAO, "ReplyIssued"),
        (PARKS, "ReplyIssued"),
        (HETAO, "PromiseMade"),
    ]
    main, member = (event["data"] for event in issued.body["events"][:2])
    assert main["document_number"] == "龙华区函〔2024〕1号"
    assert member["document_number"] == "龙华区函〔2024〕2号"
    assert main["handled_in"] == member["handled_in"] == HETAO


async def test_the_member_is_handled_on_the_main_one(room: World) -> None:
    await group_of_two(room)

    refused = await talk(room, PARKS)

    assert (refused.status, refused.code) == (409, "handled-with-main")
    assert "《关于hetao的提案》" in refused.says
    assert (await seen(room, PARKS))["home"] == HETAO


async def test_each_is_rated_by_its_own_proposers(room: World) -> None:
    await group_of_two(room)
    await prepare(room, HETAO)
    await issue(room, HETAO)

    theirs = await rate(room, PARKS, "D09.r1", proposer="吴联喜")
    stranger = await rate(room, HETAO, "D09.r1", proposer="吴联喜")

    assert theirs.status == 200
    assert (stranger.status, stranger.code) == (422, "not-proposer")


async def test_the_second_round_belongs_to_the_dissatisfied_member_only(room: World) -> None:
    await group_of_two(room)
    await prepare(room, HETAO)
    await issue(room, HETAO)

    rated = await rate(room, PARKS, "D09.r1", proposer="吴联喜", result="dissatisfied")
    on_the_main_one = await write(room, HETAO)
    draft = await prepare(room, PARKS)
    issued = await issue(room, PARKS, draft=draft)

    assert rated.told == ["ReplyRated", "RedoOrdered"]
    assert on_the_main_one.code == "already-replied"
    assert [event["key"] for event in issued.body["events"]] == [PARKS]
    again = issued.body["events"][0]["data"]
    assert (again["reply_id"], again["round"], again["handled_in"]) == ("D09.r2", 2, PARKS)
    assert again["document_number"] == "龙华区函〔2024〕3号"


async def test_a_member_with_handlers_of_its_own_is_answered_by_them(room: World) -> None:
    await hand_over(room, PARKS, LEAD)
    await hand_over(room, HETAO, LEAD)
    await room.hears("reply", *merged(HETAO, PARKS))
    await prepare(room, HETAO)

    issued = await issue(room, HETAO)

    assert [event["key"] for event in issued.body["events"]] == [HETAO]
    assert (await talk(room, PARKS)).status == 200


async def test_whoever_joins_later_is_answered_too(room: World) -> None:
    await group_of_two(room)
    await prepare(room, HETAO)
    await room.hears("reply", submitted(PRIVATE_FIRMS), merged(HETAO, PARKS, PRIVATE_FIRMS)[0])

    issued = await issue(room, HETAO)

    assert [event["key"] for event in issued.body["events"]] == [HETAO, PARKS, PRIVATE_FIRMS]


async def test_a_group_stands_in_the_order_of_its_numbers_whoever_joined_first(
    room: World,
) -> None:
    await room.hears(
        "reply",
        *(submitted(one) for one in (HETAO, PARKS, PRIVATE_FIRMS)),
        accepted(PRIVATE_FIRMS, "20240001"),
        accepted(PARKS, "20240002"),
        accepted(HETAO, "20240003"),
        *merged(HETAO, PARKS),
        *merged(HETAO, PARKS, PRIVATE_FIRMS),
        assigned(HETAO, LEAD),
    )

    assert await room.rows("reply", "SELECT why FROM parked") == []
    assert (await seen(room, PARKS))["group"] == [HETAO, PRIVATE_FIRMS, PARKS]
