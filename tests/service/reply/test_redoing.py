"""A dissatisfied proposer gets another round: one per reply, with a date of its own."""

import asyncio
from datetime import date

from tests.service.reply.longhua import (
    HETAO,
    LONGHUA,
    approve,
    assigned,
    issue,
    prepare,
    rate,
    replied,
    seen,
    signed,
    submitted,
    talk,
    task,
    write,
)
from tests.world import World

LEAD = task(LONGHUA)


async def test_the_second_round_needs_a_contact_of_its_own(room: World) -> None:
    await replied(room)
    await talk(room, HETAO)

    await rate(room, HETAO, "D09.r1", result="dissatisfied")
    await write(room, HETAO)
    await approve(room, HETAO)
    refused = await issue(room, HETAO)
    await talk(room, HETAO)
    issued = await issue(room, HETAO)

    assert (refused.code, refused.says) == (
        "no-contact-yet",
        "第2轮办理还没有与提案人沟通的记录，须先沟通再答复。",
    )
    assert issued.body["events"][0]["data"]["reply_id"] == "D09.r2"


async def test_it_is_late_by_the_date_of_the_redo(room: World) -> None:
    await replied(room)
    await rate(room, HETAO, "D09.r1", result="dissatisfied")
    await prepare(room, HETAO)
    room.today = date(2024, 4, 23)

    issued = await issue(room, HETAO)

    assert issued.body["events"][0]["data"]["days_late"] == 1


async def test_two_dissatisfied_at_once_order_one_redo(room: World) -> None:
    await replied(room)

    answers = await asyncio.gather(
        *(
            rate(room, HETAO, "D09.r1", result="dissatisfied", proposer=name)
            for name in ("王志毅", "李娜")
        )
    )

    assert sorted(len(answer.told) for answer in answers) == [1, 2]
    assert [one["round"] for one in (await seen(room, HETAO))["rounds"]] == [2, 1]


async def test_a_proposer_rates_a_reply_once_even_when_pressing_twice(room: World) -> None:
    await replied(room)

    answers = await asyncio.gather(*(rate(room, HETAO, "D09.r1") for _ in range(2)))

    assert sorted(answer.status for answer in answers) == [200, 409]


async def test_the_second_reply_may_be_rated_and_redone_in_its_turn(room: World) -> None:
    await replied(room)
    await rate(room, HETAO, "D09.r1", result="dissatisfied")
    await prepare(room, HETAO)
    await issue(room, HETAO)

    again = await rate(room, HETAO, "D09.r2", result="dissatisfied")

    assert again.body["events"][1]["data"]["round"] == 3


async def test_the_committee_enters_a_rating_but_no_other_proposer_does(room: World) -> None:
    await replied(room)
    path = f"/proposals/{HETAO}/replies/D09.r1/ratings"
    body = {"proposer": "李娜", "process": "satisfied", "result": "basically"}

    another = await room.tell("reply", path, body, post="proposer", person="王志毅")
    committee = await room.tell("reply", path, body, post="committee", unit="C003")

    assert (another.status, another.code) == (403, "rates-for-another")
    assert committee.told == ["ReplyRated"]


async def test_a_promise_is_kept_once_by_the_unit_that_made_it(room: World) -> None:
    await room.hears("reply", submitted(HETAO), assigned(HETAO, LEAD), signed(HETAO, LEAD))
    await prepare(room, HETAO, result_class="B")
    await issue(room, HETAO, promises=[{"text": "建成园区", "due_on": "2024-06-28"}])
    path, body = f"/proposals/{HETAO}/promises/D09.r1.p1/keep", {"evidence": "园区已开园"}

    another = await room.tell("reply", path, body, post="officer", unit="D01")
    answers = await asyncio.gather(
        *(room.tell("reply", path, body, post="officer", unit=LONGHUA) for _ in range(2))
    )

    assert (another.status, another.code) == (403, "not-your-promise")
    assert sorted(answer.status for answer in answers) == [200, 409]
    assert (await seen(room, HETAO))["promises"][0]["evidence"] == "园区已开园"
