"""One proposal from the first contact to the promise kept, through the door of the service."""

from datetime import date
from typing import Any

import pytest

from shared.contracts.assignment import Role
from tests.service.reply.longhua import (
    APRIL_22,
    FUTIAN,
    HETAO,
    INDUSTRY,
    LONGHUA,
    MARCH_22,
    act,
    approve,
    assigned,
    close,
    hand_over,
    issue,
    prepare,
    rate,
    seen,
    signed,
    submitted,
    talk,
    task,
    write,
)
from tests.world import World

LEAD = task(LONGHUA)
CO_HANDLER = task(FUTIAN, Role.CO_HANDLE, by=MARCH_22)


async def test_from_the_first_contact_to_the_promise_kept(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)

    await talk(room, HETAO)
    opinion = await act(room, HETAO, "opinion", {"opinion": "建议共建园区"}, unit=FUTIAN)
    await write(room, HETAO, result_class="B")
    await approve(room, HETAO)
    promises = [{"text": "建成合作园区", "due_on": "2024-06-28"}]
    issued = await issue(room, HETAO, promises=promises)
    rated = await rate(room, HETAO, "D09.r1")
    kept = await room.tell(
        "reply",
        f"/proposals/{HETAO}/promises/D09.r1.p1/keep",
        {"evidence": "园区已开园"},
        post="officer",
        unit=LONGHUA,
    )

    assert opinion.told == ["OpinionGiven"]
    assert issued.told == ["ReplyIssued", "PromiseMade"]
    assert rated.told == ["ReplyRated"]
    assert kept.told == ["PromiseKept"]
    assert await room.told_by("reply", HETAO) == [
        "ContactRecorded",
        "OpinionGiven",
        "ReplyDrafted",
        "ReplyApproved",
        "ReplyIssued",
        "PromiseMade",
        "ReplyRated",
        "PromiseKept",
    ]


async def test_everything_is_shown_afterwards(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await act(room, HETAO, "opinion", {"opinion": "建议共建园区"}, unit=FUTIAN)
    await prepare(room, HETAO, result_class="B")
    await issue(room, HETAO, promises=[{"text": "建成合作园区", "due_on": "2024-06-28"}])
    await rate(room, HETAO, "D09.r1")
    await close(room, HETAO, "D09.r1")

    shown = await seen(room, HETAO)

    assert shown["title"] == "关于hetao的提案"
    assert shown["proposers"] == [{"name": "王志毅", "person": None}]
    assert [one["task_id"] for one in shown["tasks"]] == ["D09.1", "D01.1"]
    assert shown["rounds"][0]["issued_on"] == "2024-01-22"
    assert shown["contacts"][0]["round"] == 1
    assert shown["opinions"][0]["lead"] == LONGHUA
    assert shown["drafts"][0]["approver"] == "head.D09"
    assert shown["replies"][0]["document_number"] == "龙华区函〔2024〕1号"
    assert shown["replies"][0]["rate_by"] == "2024-02-12"
    assert shown["ratings"][0]["result"] == "satisfied"
    assert shown["promises"][0]["kept_on"] is None


async def test_the_words_of_a_draft_are_for_the_unit_that_writes_it(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    drafted = await write(room, HETAO)

    assert (await seen(room, HETAO))["drafts"][0]["text"] == "您提出的提案收悉。"
    assert (await seen(room, HETAO, unit=FUTIAN))["drafts"][0]["text"] is None
    assert "您提出的提案收悉。" not in str(drafted.body), "events do not carry it"


async def test_long_lists_come_in_pages_the_newest_first(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    for _ in range(3):
        await write(room, HETAO)

    first = await seen(room, HETAO, limit=2)
    second = await seen(room, HETAO, limit=2, offset=2)

    assert [one["draft"] for one in first["drafts"]] == [3, 2]
    assert [one["draft"] for one in second["drafts"]] == [1]


async def test_a_late_opinion_is_counted_and_a_reply_may_go_without_one(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await prepare(room, HETAO)
    room.today = MARCH_22
    waiting = await issue(room, HETAO, without_opinions_because="多次催办未果")
    room.today = date(2024, 3, 25)
    unexplained = await issue(room, HETAO)
    issued = await issue(room, HETAO, without_opinions_because="多次催办未果")
    opinion = await act(room, HETAO, "opinion", {"opinion": "无不同意见"}, unit=FUTIAN)

    assert (waiting.status, waiting.code) == (409, "opinions-still-due")
    assert waiting.says.startswith("福田区人民政府的会办意见尚未提出")
    assert unexplained.code == "opinions-missing"
    assert issued.body["events"][0]["data"]["without_opinions"] == [FUTIAN]
    assert opinion.body["events"][0]["data"]["days_late"] == 1


async def test_a_late_reply_is_counted_in_working_days(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)
    room.today = APRIL_22
    room.days_pass(2)

    issued = await issue(room, HETAO)

    assert issued.body["events"][0]["data"]["days_late"] == 2


async def test_each_splitting_unit_replies_for_its_own_part(room: World) -> None:
    await hand_over(room, HETAO, task(LONGHUA, Role.SPLIT), task(INDUSTRY, Role.SPLIT))
    await prepare(room, HETAO)
    await prepare(room, HETAO, unit=INDUSTRY)

    ours = await issue(room, HETAO)
    theirs = await issue(room, HETAO, unit=INDUSTRY)

    assert ours.body["events"][0]["data"]["document_number"] == "龙华区函〔2024〕1号"
    assert theirs.body["events"][0]["data"]["document_number"] == "市工信局函〔2024〕1号"
    assert {one["reply_id"] for one in (await seen(room, HETAO))["replies"]} == {
        "D09.r1",
        "C019.r1",
    }


async def test_nothing_happens_before_signing(room: World) -> None:
    await room.hears("reply", submitted(HETAO), assigned(HETAO, LEAD))

    refused = await talk(room, HETAO)
    await room.hears("reply", signed(HETAO, LEAD))
    talked = await talk(room, HETAO)

    assert (refused.status, refused.code) == (409, "not-signed-yet")
    assert talked.status == 200


async def test_an_event_heard_twice_takes_effect_once(room: World) -> None:
    record = room.record(submitted(HETAO), sequence=1)

    await room["reply"].backbone.hearing.hear([record])
    await room["reply"].backbone.hearing.hear([record])

    shown = await room.ask("reply", f"/proposals/{HETAO}")
    assert len(shown.body["proposers"]) == 1


WRONG = [
    ("contacts", {"kind": "telepathy", "people": ["王"], "summary": "x"}, "unclear-contact"),
    ("contacts", {"kind": "visit", "people": [], "summary": "x"}, "malformed"),
    ("contacts", {"kind": "visit", "people": ["王"], "summary": "  "}, "malformed"),
    ("opinion", {"opinion": ""}, "malformed"),
    ("opinion", {"opinion": "字" * 50_001}, "malformed"),
    ("drafts", {"text": "字" * 6_001, "result_class": "A"}, "too-long"),
    ("drafts", {"text": "收悉", "result_class": "Z"}, "unknown-class"),
    ("drafts", {"text": "收悉", "result_class": "A", "colour": "red"}, "malformed"),
]


@pytest.mark.parametrize(("what", "body", "code"), WRONG)
async def test_what_makes_no_sense_is_not_taken(
    room: World, what: str, body: dict[str, Any], code: str
) -> None:
    await hand_over(room, HETAO, LEAD)

    answer = await act(room, HETAO, what, body)

    assert (answer.status, answer.code) == (422, code)
    assert await room.told_by("reply") == []


async def test_what_does_not_exist_is_said_to_be_unknown(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    keep = {"evidence": "园区已开园"}

    no_proposal = await room.ask("reply", "/proposals/nowhere")
    no_task = await talk(room, HETAO, generation=7)
    no_draft = await approve(room, HETAO, draft=1)
    no_reply = await rate(room, HETAO, "D09.r1")
    no_promise = await room.tell(
        "reply", f"/proposals/{HETAO}/promises/p/keep", keep, post="head", unit=LONGHUA
    )

    assert (no_proposal.status, no_proposal.code) == (404, "unknown-proposal")
    assert (no_task.status, no_task.code) == (404, "unknown-task")
    assert (no_draft.status, no_draft.code) == (404, "unknown-draft")
    assert (no_reply.status, no_reply.code) == (404, "unknown-reply")
    assert (no_promise.status, no_promise.code) == (404, "unknown-promise")


async def test_only_the_right_posts_and_units_act(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await write(room, HETAO)

    an_officer_approves = await act(room, HETAO, "approve", {"draft": 1}, post="officer")
    the_office_talks = await act(room, HETAO, "contacts", {}, post="office")
    path = f"/proposals/{HETAO}/tasks/{LEAD.task_id}/approve"
    another_unit = await room.tell("reply", path, {"draft": 1}, post="head", unit=FUTIAN)
    a_unit_rates = await room.tell(
        "reply", f"/proposals/{HETAO}/replies/D09.r1/ratings", {}, post="head", unit=LONGHUA
    )

    assert [
        (answer.status, answer.code)
        for answer in (an_officer_approves, the_office_talks, another_unit, a_unit_rates)
    ] == [
        (403, "post-may-not"),
        (403, "post-may-not"),
        (403, "not-your-task"),
        (403, "post-may-not"),
    ]


async def test_the_drafter_does_not_approve_though_head(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await write(room, HETAO, post="head")

    refused = await approve(room, HETAO)

    assert (refused.status, refused.code) == (409, "approves-own-draft")
