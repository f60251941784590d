"""Versions and what changed, points, countersigning with one send-back, a district's leaders."""

import asyncio
from typing import Any

from shared.contracts.assignment import Role
from shared.contracts.event import SYSTEM
from shared.contracts.intake import ProposalDesignatedKey
from tests.service.reply.longhua import (
    FUTIAN,
    HETAO,
    INDUSTRY,
    LONGHUA,
    MONDAY,
    act,
    approve,
    assigned,
    hand_over,
    issue,
    listed,
    paper,
    prepare,
    reassigned,
    rules,
    seen,
    signed,
    submitted,
    talk,
    task,
    write,
)
from tests.world import Answer, World

LEAD = task(LONGHUA)
FIRST, SECOND = task(FUTIAN, Role.CO_HANDLE), task(INDUSTRY, Role.CO_HANDLE)


async def with_opinions(room: World) -> None:
    """Two co-handlers have given their opinion, the lead has a draft that was approved."""
    await hand_over(room, HETAO, LEAD, FIRST, SECOND)
    for unit in (FUTIAN, INDUSTRY):
        await act(room, HETAO, "opinion", {"opinion": "同意"}, unit=unit)
    await prepare(room, HETAO)


async def ask(room: World, draft: int = 1) -> Answer:
    return await act(room, HETAO, "ask-to-countersign", {"draft": draft})


async def sign(room: World, unit: Any, draft: int = 1, post: str = "head", **more: Any) -> Answer:
    body = {"lead_task": LEAD.task_id, "draft": draft, **more}
    return await act(room, HETAO, "countersign", body, unit=unit, post=post)


async def refuse(room: World, unit: Any, draft: int = 1) -> Answer:
    body = {"lead_task": LEAD.task_id, "draft": draft, "why": "数据有误"}
    return await act(room, HETAO, "refuse-countersign", body, unit=unit, post="head")


async def test_one_sends_back_and_the_others_are_not_waited_for(room: World) -> None:
    await with_opinions(room)

    asked = await ask(room)
    waiting = await listed(room, "to-countersign")
    blocked = await issue(room, HETAO)
    back = await refuse(room, FUTIAN)
    stale = await sign(room, INDUSTRY)
    nobody_waits = await listed(room, "to-countersign")
    went_back = await issue(room, HETAO)

    assert asked.body["events"][0]["data"]["asked"] == [FUTIAN, INDUSTRY]
    assert [(row["unit"], row["lead"]) for row in waiting] == [
        (INDUSTRY, LONGHUA),
        (FUTIAN, LONGHUA),
    ]
    assert blocked.code == "not-countersigned"
    assert back.body["events"][0]["data"]["ended"] == [INDUSTRY]
    assert stale.code == went_back.code == "draft-went-back"
    assert nobody_waits == []

    await write(room, HETAO)
    await approve(room, HETAO, draft=2)
    await ask(room, 2)
    old = await sign(room, FUTIAN, 1)
    on_paper = await sign(room, FUTIAN, 2, post="officer", paper=paper("魏东"))
    officer = await sign(room, INDUSTRY, 2, post="officer")
    one_left = await listed(room, "to-countersign", post="officer", unit=INDUSTRY)
    await sign(room, INDUSTRY, 2)
    issued = await issue(room, HETAO, draft=2)

    assert old.code == "superseded-draft"
    assert on_paper.body["events"][0]["data"]["paper"]["signed_by"] == "魏东"
    assert officer.code == "post-may-not"
    assert len(one_left) == 1
    assert issued.status == 200
    states = [(one["draft"], one["state"]) for one in (await seen(room, HETAO))["countersigns"]]
    assert sorted(states) == [(1, "ended"), (1, "sent_back"), (2, "signed"), (2, "signed")]


async def test_one_signs_while_another_sends_back(room: World) -> None:
    await with_opinions(room)
    await ask(room)

    signed_it, back = await asyncio.gather(sign(room, FUTIAN), refuse(room, INDUSTRY))

    assert back.status == 200
    assert signed_it.status == 200 or signed_it.code == "draft-went-back"
    assert await listed(room, "to-countersign") == []
    assert (await issue(room, HETAO)).code == "draft-went-back"


async def test_a_new_version_ends_the_requests_for_the_old_one(room: World) -> None:
    await with_opinions(room)
    await ask(room)

    await write(room, HETAO)

    assert await listed(room, "to-countersign") == []
    assert (await sign(room, FUTIAN, 1)).code == "superseded-draft"


async def test_whoever_was_asked_may_read_the_draft_and_nobody_else(room: World) -> None:
    await with_opinions(room)
    path = f"/proposals/{HETAO}/tasks/{LEAD.task_id}/rounds/1/drafts/1"

    hidden = await room.ask("reply", path, post="head", unit=FUTIAN)
    await ask(room)
    shown = await room.ask("reply", path, post="head", unit=FUTIAN)
    office = await room.ask("reply", path, post="office")

    assert (hidden.status, hidden.code) == (404, "unknown-draft")
    assert shown.body["changes"] == [{"what": "added", "text": "您提出的提案收悉。"}]
    assert office.status == 404
    assert (await seen(room, HETAO, unit=FUTIAN))["drafts"][0]["text"] == "您提出的提案收悉。"


async def test_a_co_handler_that_joined_or_left_is_asked_or_not_waited_for(room: World) -> None:
    await hand_over(room, HETAO, LEAD, FIRST)
    await act(room, HETAO, "opinion", {"opinion": "同意"}, unit=FUTIAN)
    await prepare(room, HETAO)
    await room.hears("reply", rules(policies={"countersign": "all"}))
    unasked = await issue(room, HETAO)
    await ask(room)
    await sign(room, FUTIAN)
    joined = task(INDUSTRY, Role.CO_HANDLE, generation=2)
    await room.hears("reply", reassigned(HETAO, joined, ended=[]), signed(HETAO, joined))
    await act(room, HETAO, "opinion", {"opinion": "同意"}, unit=INDUSTRY, generation=2)

    missing = await issue(room, HETAO)
    asked = await ask(room)
    await room.hears("reply", reassigned(HETAO, ended=["C019.2"]))

    assert "福田区人民政府" in unasked.says
    assert "市工业和信息化局" in missing.says
    assert asked.body["events"][0]["data"]["asked"] == [INDUSTRY]
    assert await listed(room, "to-countersign") == []
    assert (await issue(room, HETAO)).status == 200


async def test_what_changed_from_version_to_version(room: World) -> None:
    await room.hears(
        "reply",
        submitted(HETAO, text="建议：1.建园区；2.设专线。"),
        assigned(HETAO, LEAD),
        signed(HETAO, LEAD),
    )
    first = {"text": "收悉。\n拟建园区。", "result_class": "A", "answers": []}
    answered = [{"point": "建园区", "answer": "已建成"}]
    second = {"text": "收悉。\n已建园区。", "result_class": "A", "answers": answered}
    await act(room, HETAO, "drafts", first)
    written = await act(room, HETAO, "drafts", second)
    path = f"/proposals/{HETAO}/tasks/{LEAD.task_id}/rounds/1/drafts"

    changed = await room.ask("reply", f"{path}/2", post="officer", unit=LONGHUA)
    nowhere = await room.ask("reply", f"{path}/3", post="officer", unit=LONGHUA)

    assert written.body["events"][0]["data"]["unanswered"] == ["设专线"]
    assert changed.body == {
        "draft": 2,
        "since": 1,
        "changes": [
            {"what": "stays", "text": "收悉。"},
            {"what": "removed", "text": "拟建园区。"},
            {"what": "added", "text": "已建园区。"},
        ],
        "points": [
            {"point": "建园区", "answer": "已建成"},
            {"point": "设专线", "answer": None},
        ],
    }
    assert nowhere.status == 404


async def test_points_are_corrected_and_shown_where_unanswered(room: World) -> None:
    await room.hears(
        "reply",
        rules(policies={"points": "answered"}),
        submitted(HETAO, text="建议：1.建园区；2.设专线。"),
        assigned(HETAO, LEAD),
        signed(HETAO, LEAD),
    )
    await talk(room, HETAO)
    body = {
        "text": "收悉。",
        "result_class": "A",
        "answers": [{"point": "建园区", "answer": "已建成"}],
    }
    await act(room, HETAO, "drafts", body)
    await approve(room, HETAO)

    blocked = await issue(room, HETAO)
    more = ["建园区", "设专线", "办学校"]
    listed_again = await act(room, HETAO, "points", {"points": more})
    twice = await act(room, HETAO, "points", {"points": ["建园区", "建园区"]})
    issued = await issue(room, HETAO, unanswered_because="省级事权")

    assert (blocked.code, "设专线" in blocked.says) == ("points-unanswered", True)
    assert listed_again.told == ["PointsListed"]
    assert (twice.status, twice.code) == (422, "point-twice")
    data = issued.body["events"][0]["data"]
    assert data["unanswered"] == ["设专线", "办学校"], "a point added since is unanswered too"
    shown = await seen(room, HETAO)
    assert [point["says"] for point in shown["points"]] == more
    assert shown["replies"][0]["unanswered_because"] == "省级事权"


async def test_a_draft_goes_back_at_any_step(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await prepare(room, HETAO)

    back = await act(room, HETAO, "send-back", {"draft": 1, "why": "不够具体"}, post="head")
    again = await approve(room, HETAO)
    [row] = await listed(room, "drafts", post="officer", unit=LONGHUA)
    await write(room, HETAO)

    assert back.told == ["DraftSentBack"]
    assert again.code == "draft-went-back"
    assert row["waits_for"] == "draft"
    [draft, sent_back] = (await seen(room, HETAO))["drafts"]
    assert (draft["sent_back_why"], sent_back["sent_back_why"]) == (None, "不够具体")


async def test_a_section_head_checks_and_a_key_one_is_endorsed_and_issued_by_the_head(
    room: World,
) -> None:
    await hand_over(room, HETAO, LEAD)
    key = ProposalDesignatedKey(
        proposal_id=HETAO, by=SYSTEM, on=MONDAY, leader="李副市长", supervised_by=FUTIAN
    )
    await room.hears(
        "reply", rules(policies={"issue.by:key": "head", "endorse:key": "district"}), key
    )
    await talk(room, HETAO)
    await write(room, HETAO)

    early = await act(room, HETAO, "endorse", {"draft": 1}, post="leader")
    checked = await act(room, HETAO, "approve", {"draft": 1}, post="section_head")
    unendorsed = await issue(room, HETAO)
    endorsed = await act(room, HETAO, "endorse", {"draft": 1}, post="leader")
    twice = await act(room, HETAO, "endorse", {"draft": 1}, post="leader")
    letter = {"draft": 1, "summary": "已建立协同机制"}
    by_deputy = await act(room, HETAO, "issue", letter, post="deputy")
    by_head = await issue(room, HETAO)

    assert early.code == "not-approved"
    assert checked.told == ["ReplyApproved"]
    assert unendorsed.code == "not-endorsed"
    assert endorsed.told == ["ReplyEndorsed"]
    assert twice.code == "already-endorsed"
    assert (by_deputy.status, by_deputy.code) == (403, "head-issues")
    assert by_head.status == 200


async def test_what_the_head_signed_on_paper_is_recorded_by_an_officer(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await talk(room, HETAO)
    await write(room, HETAO)
    letter = {"draft": 1, "summary": "已建立协同机制"}

    without = await act(room, HETAO, "issue", letter)
    own = await act(room, HETAO, "issue", {**letter, "paper": paper("officer.D09")})
    later = await act(room, HETAO, "issue", {**letter, "paper": paper("林海", "2024-01-23")})
    issued = await act(room, HETAO, "issue", {**letter, "paper": paper("林海")})
    [row] = await listed(room, "letters")

    assert without.code == "post-may-not"
    assert own.code == "signs-own-paper"
    assert (later.status, later.code) == (422, "signed-in-the-future")
    assert issued.body["events"][0]["data"]["paper"]["signed_by"] == "林海"
    assert row["on_paper"] is True


async def test_approving_while_a_new_version_is_written(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await talk(room, HETAO)
    await write(room, HETAO)

    approved, written = await asyncio.gather(approve(room, HETAO), write(room, HETAO))

    assert written.status == 200
    assert approved.status == 200 or approved.code == "superseded-draft"
    assert (await issue(room, HETAO, draft=2)).code == "not-approved"


async def test_two_who_write_at_once_are_told_and_nothing_is_overwritten(room: World) -> None:
    await hand_over(room, HETAO, LEAD)
    await talk(room, HETAO)
    body = {"text": "您提出的提案收悉。", "result_class": "A", "after": 0}

    answers = await asyncio.gather(*(act(room, HETAO, "drafts", body) for _ in range(2)))
    second = await act(room, HETAO, "drafts", {**body, "after": 1})

    assert sorted(one.status for one in answers) == [200, 409]
    [refused] = [one for one in answers if one.status == 409]
    assert refused.code == "draft-changed-meanwhile"
    assert "已经写了第1稿" in refused.says
    assert second.status == 200
