"""The committee asks, reminds, closes; units see nothing before; after the last round they meet."""

import asyncio
from datetime import date
from typing import Any

from shared.contracts.registry import Deadline
from tests.service.reply.longhua import (
    FUTIAN,
    HETAO,
    LONGHUA,
    close,
    issue,
    listed,
    paper,
    prepare,
    rate,
    replied,
    rules,
    seen,
    task,
)
from tests.world import Answer, World

LEAD = task(LONGHUA)
DAY_AFTER = date(2024, 2, 13)  # the form was due on the 12th


async def committee(room: World, verb: str, reply_id: str = "D09.r1") -> Answer:
    path = f"/proposals/{HETAO}/replies/{reply_id}/{verb}"
    return await room.tell("reply", path, post="committee")


async def test_a_unit_sees_ratings_after_the_closing_and_others_before(room: World) -> None:
    await replied(room)
    await rate(room, HETAO, "D09.r1")

    async def shown(**who: Any) -> int:
        answer = await room.ask("reply", f"/proposals/{HETAO}", **who)
        return len(answer.body["ratings"])

    assert await shown(post="head", unit=LONGHUA) == 0
    assert await shown(post="committee") == 1
    assert await shown(post="office") == 1
    assert await shown(post="proposer", person="王志毅") == 1
    await rate(room, HETAO, "D09.r1", proposer="李娜")
    await close(room, HETAO, "D09.r1")
    assert await shown(post="head", unit=LONGHUA) == 2


async def test_silence_is_reminded_of_and_closed_as_no_answer(room: World) -> None:
    await replied(room)
    await room.hears("reply", rules(numbers={"rating.reminders": 1}))
    await rate(room, HETAO, "D09.r1")

    early = await close(room, HETAO, "D09.r1")
    room.today = DAY_AFTER
    unreminded = await close(room, HETAO, "D09.r1")
    reminded = await committee(room, "remind-of-rating")
    [row] = await listed(room, "to-rate")
    closed = await close(room, HETAO, "D09.r1")
    late = await rate(room, HETAO, "D09.r1", proposer="李娜")
    again = await close(room, HETAO, "D09.r1")

    assert (early.code, "2024-02-12" in early.says) == ("rating-still-runs", True)
    assert unreminded.code == "not-reminded-yet"
    assert reminded.body["events"][0]["data"]["proposers"] == ["李娜"]
    assert (row["silent"], row["reminders"]) == (["李娜"], 1)
    assert closed.body["events"][0]["data"]["unanswered"] == ["李娜"]
    assert late.code == again.code == "rating-is-closed"
    assert await listed(room, "to-rate") == []
    [reply] = (await seen(room, HETAO))["replies"]
    assert reply["silent"] == ["李娜"]


async def test_a_form_and_the_closing_at_once(room: World) -> None:
    await replied(room)
    await rate(room, HETAO, "D09.r1")
    room.today = DAY_AFTER

    form, closed = await asyncio.gather(
        rate(room, HETAO, "D09.r1", proposer="李娜"), close(room, HETAO, "D09.r1")
    )

    assert closed.status == 200
    silent = closed.body["events"][0]["data"]["unanswered"]
    assert (form.status, silent) == (200, []) or (form.code, silent) == (
        "rating-is-closed",
        ["李娜"],
    )


async def test_where_the_committee_asks_the_window_begins_with_it(room: World) -> None:
    await replied(room)
    await room.hears("reply", rules(policies={"rating.asked": "by_committee"}))

    early = await rate(room, HETAO, "D09.r1")
    room.today = date(2024, 1, 29)
    asked = await committee(room, "ask-for-ratings")
    twice = await committee(room, "ask-for-ratings")
    by_unit = await room.tell(
        "reply",
        f"/proposals/{HETAO}/replies/D09.r1/ask-for-ratings",
        post="head",
        unit=LONGHUA,
    )

    assert early.code == "not-asked-to-rate"
    assert asked.body["events"][0]["data"]["rate"]["on"] == "2024-02-19"
    assert twice.code == "asked-to-rate-already"
    assert (by_unit.status, by_unit.code) == (403, "post-may-not")
    assert (await rate(room, HETAO, "D09.r1")).status == 200
    assert (await listed(room, "to-rate"))[0]["rate_by"] == "2024-02-19"


async def test_a_form_on_paper_is_entered_with_its_trace(room: World) -> None:
    await replied(room)
    await room.hears("reply", rules(policies={"rating.proxy": "paper"}))
    path = f"/proposals/{HETAO}/replies/D09.r1/ratings"
    body = {"proposer": "李娜", "process": "satisfied", "result": "basically"}

    bare = await room.tell("reply", path, body, post="committee")
    form = {**body, "paper": paper("李娜", "2024-01-20")}
    entered = await room.tell("reply", path, form, post="committee")

    assert (bare.status, bare.code) == (422, "needs-paper")
    assert entered.told == ["ReplyRated"]
    answer = await room.ask("reply", f"/proposals/{HETAO}", post="committee")
    [rating] = answer.body["ratings"]
    assert rating["paper"]["signed_on"] == "2024-01-20"


async def test_after_the_last_round_they_meet_and_it_is_over(room: World) -> None:
    await replied(room)
    known = rules(numbers={"rounds.max": 2})
    meet = Deadline(count=15, unit="working_days", source=None)
    await room.hears(
        "reply", known.model_copy(update={"deadlines": {**known.deadlines, "meet": meet}})
    )
    await rate(room, HETAO, "D09.r1", result="dissatisfied")
    await prepare(room, HETAO)
    await issue(room, HETAO)
    path = f"/proposals/{HETAO}/replies/D09.r2/hold-meeting"
    body = {
        "held_on": "2024-01-22",
        "people": ["王志毅", "林海"],
        "result": "differs",
        "outcome": "保留意见，明年再议",
    }

    early = await room.tell("reply", path, body, post="office")
    ordered = await rate(room, HETAO, "D09.r2", result="dissatisfied")
    other = await rate(room, HETAO, "D09.r2", result="dissatisfied", proposer="李娜")
    [row] = await listed(room, "meetings", post="officer", unit=LONGHUA)
    by_unit = await room.tell("reply", path, body, post="head", unit=LONGHUA)
    held = await room.tell("reply", path, body, post="committee")
    twice = await room.tell("reply", path, body, post="office")

    assert early.code == "no-meeting-ordered"
    assert ordered.told == ["ReplyRated", "FaceToFaceOrdered"]
    assert other.told == ["ReplyRated"]
    assert row["meet_by"] == "2024-02-12"
    assert by_unit.code == "post-may-not"
    assert held.told == ["FaceToFaceHeld"]
    assert twice.code == "already-met"
    assert await listed(room, "meetings") == []
    assert (await prepare_again(room)).code == "already-replied", "no round after that"


async def prepare_again(room: World) -> Answer:
    path = f"/proposals/{HETAO}/tasks/{LEAD.task_id}/drafts"
    body = {"text": "收悉。", "result_class": "A"}
    return await room.tell("reply", path, body, post="officer", unit=LONGHUA)


async def test_where_the_rules_wait_the_closing_orders_the_next_round(room: World) -> None:
    await replied(room)
    await room.hears("reply", rules(policies={"redo.ordered": "at_closing"}))

    rated = await rate(room, HETAO, "D09.r1", result="dissatisfied")
    await rate(room, HETAO, "D09.r1", proposer="李娜")
    closed = await close(room, HETAO, "D09.r1")

    assert rated.told == ["ReplyRated"]
    assert closed.told == ["RatingClosed", "RedoOrdered"]


async def test_what_is_to_be_rated_is_listed_for_proposers_and_committee(room: World) -> None:
    await replied(room)

    assert len(await listed(room, "to-rate", post="committee")) == 1
    assert len(await listed(room, "to-rate", post="proposer", person="李娜")) == 1
    assert await listed(room, "to-rate", post="proposer", person="赵强") == []
    assert await listed(room, "to-rate", post="head", unit=LONGHUA) == []
    assert await listed(room, "to-rate", post="head", unit=FUTIAN) == []
