"""Opinions on their way through the co-handling unit, withdrawn, late, and in contradiction."""

import asyncio
from datetime import date
from typing import Any

from shared.contracts.assignment import Role
from tests.service.reply.longhua import (
    FUTIAN,
    HETAO,
    INDUSTRY,
    LONGHUA,
    MARCH_22,
    PARKS,
    act,
    hand_over,
    issue,
    listed,
    paper,
    prepare,
    reassigned,
    rules,
    seen,
    signed,
    task,
)
from tests.world import Answer, World

LEAD = task(LONGHUA)
CO_HANDLER = task(FUTIAN, Role.CO_HANDLE, by=MARCH_22)
SECOND = task(INDUSTRY, Role.CO_HANDLE, by=MARCH_22)
IN_STEPS = rules(policies={"opinion.chain": "checked"})


async def ours(room: World, what: str, body: dict[str, Any], post: str = "officer") -> Answer:
    return await act(room, HETAO, f"opinion/{what}", body, unit=FUTIAN, post=post)


async def test_an_opinion_goes_through_three_hands(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await room.hears("reply", IN_STEPS)

    one_act = await act(room, HETAO, "opinion", {"opinion": "同意"}, unit=FUTIAN)
    first = await ours(room, "drafts", {"opinion": "同意"})
    back = await ours(room, "send-back", {"draft": 1, "why": "理由不足"}, "section_head")
    stale = await ours(room, "check", {"draft": 1}, "section_head")
    second = await ours(room, "drafts", {"opinion": "同意，建议共建园区"})
    own = await ours(room, "check", {"draft": 2}, "officer")
    unchecked = await ours(room, "issue", {"draft": 2}, "head")
    checked = await ours(room, "check", {"draft": 2}, "section_head")
    by_officer = await ours(room, "issue", {"draft": 2})
    given = await ours(room, "issue", {"draft": 2}, "head")

    assert one_act.code == "opinion-in-steps"
    assert (first.told, back.told, second.told, checked.told) == (
        ["OpinionDrafted"],
        ["OpinionSentBack"],
        ["OpinionDrafted"],
        ["OpinionChecked"],
    )
    assert stale.code == "draft-went-back"
    assert own.code == by_officer.code == "post-may-not"
    assert unchecked.code == "not-approved"
    assert "同意，建议共建园区" not in str(second.body), "events do not carry a draft's words"
    data = given.body["events"][0]["data"]
    assert data["opinion"] == "同意，建议共建园区"
    assert (data["document_number"], data["letter_id"]) == ("福田区会函〔2024〕1号", "D01.1.o1")


async def test_the_words_of_an_opinions_draft_are_for_its_unit(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await ours(room, "drafts", {"opinion": "同意"})

    assert [one["text"] for one in (await seen(room, HETAO, unit=FUTIAN))["opinion_drafts"]] == [
        "同意"
    ]
    assert (await seen(room, HETAO))["opinion_drafts"] == []


async def test_opinions_have_a_book_of_their_own_without_holes(room: World) -> None:
    many = [f"proposal-{n:02}" for n in range(8)]
    for proposal in many:
        await hand_over(room, proposal, LEAD, CO_HANDLER)  # type: ignore[arg-type]

    answers = await asyncio.gather(
        *(
            act(room, proposal, "opinion", {"opinion": "同意"}, unit=FUTIAN)  # type: ignore[arg-type]
            for proposal in many
        )
    )

    numbers = [answer.body["events"][0]["data"]["document_number"] for answer in answers]
    assert sorted(numbers) == [f"福田区会函〔2024〕{n}号" for n in range(1, 9)]


async def test_an_opinion_signed_on_paper_counts_by_the_papers_day(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await ours(room, "drafts", {"opinion": "同意"})
    room.today = date(2024, 3, 27)

    given = await ours(room, "issue", {"draft": 1, "paper": paper("魏东", "2024-03-22")})

    assert given.body["events"][0]["data"]["days_late"] == 0
    [opinion] = (await seen(room, HETAO))["opinions"]
    assert opinion["paper"]["signed_by"] == "魏东"


async def test_an_opinion_taken_back_is_owed_again_and_the_reply_waits(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await act(room, HETAO, "opinion", {"opinion": "同意"}, unit=FUTIAN)
    await prepare(room, HETAO)

    withdrawn = await ours(room, "withdraw", {"why": "情况变化"}, "head")
    waiting = await issue(room, HETAO)
    [row] = await listed(room, "opinions", post="officer", unit=LONGHUA)
    again = await act(room, HETAO, "opinion", {"opinion": "不同意"}, unit=FUTIAN)
    issued = await issue(room, HETAO)
    too_late = await ours(room, "withdraw", {"why": "再变"}, "head")

    assert withdrawn.told == ["OpinionWithdrawn"]
    assert waiting.code == "opinions-still-due"
    assert (row["state"], row["why"], row["lead"]) == ("withdrawn", "情况变化", LONGHUA)
    assert again.body["events"][0]["data"]["letter_id"] == "D01.1.o2"
    assert issued.status == 200
    assert too_late.code == "already-replied"


async def test_the_lead_and_the_office_see_what_is_due_missing_late_and_given(
    room: World,
) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER, SECOND)
    await hand_over(room, PARKS, task(INDUSTRY))

    async def states(**asked: Any) -> list[tuple[str, str]]:
        rows = await listed(room, "opinions", **asked)
        return [(row["unit"], row["state"]) for row in rows]

    assert await states() == [(INDUSTRY, "due"), (FUTIAN, "due")]
    room.today = date(2024, 3, 25)
    await act(room, HETAO, "opinion", {"opinion": "同意"}, unit=FUTIAN)
    assert await states(post="officer", unit=LONGHUA) == [(INDUSTRY, "missing"), (FUTIAN, "late")]
    assert await states(state="missing") == [(INDUSTRY, "missing")]
    assert await states(state="late") == [(FUTIAN, "late")]
    assert await states(state="given") == []
    assert await states(post="officer", unit="D05") == []
    assert await states(limit=1, offset=1) == [(FUTIAN, "late")]


async def test_a_contradiction_goes_up_to_a_leader_and_the_reply_waits(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await prepare(room, HETAO)
    given = await act(
        room, HETAO, "opinion", {"opinion": "不同意", "contradicts": "选址"}, unit=FUTIAN
    )
    at = f"/proposals/{HETAO}/disagreements/D01.1.d1"
    settle, up = {"outcome": "另选址"}, {"why": "协商不成"}

    blocked = await issue(room, HETAO)
    lead_settles = await room.tell("reply", f"{at}/settle", settle, post="head", unit=LONGHUA)
    raised = await room.tell("reply", f"{at}/raise", up, post="head", unit=LONGHUA)
    [with_office] = await listed(room, "disagreements", level="office")
    head_again = await room.tell("reply", f"{at}/raise", up, post="head", unit=LONGHUA)
    higher = await room.tell("reply", f"{at}/raise", up, post="office")
    settled = await room.tell("reply", f"{at}/settle", settle, post="leader")
    gone = await room.tell("reply", f"{at}/settle", settle, post="leader")

    assert given.told == ["OpinionGiven", "DisagreementOpened"]
    assert blocked.code == "still-disagreeing"
    assert (lead_settles.status, lead_settles.code) == (403, "not-your-disagreement")
    assert raised.told == higher.told == ["DisagreementRaised"]
    assert (with_office["about"], with_office["title"]) == ("选址", "关于hetao的提案")
    assert head_again.code == "not-at-your-level"
    assert settled.told == ["DisagreementSettled"]
    assert (gone.status, gone.code) == (404, "unknown-disagreement")
    assert await listed(room, "disagreements") == []
    assert (await issue(room, HETAO)).status == 200
    assert (await seen(room, HETAO))["disagreements"][0]["outcome"] == "另选址"


async def test_a_disagreement_ends_with_the_part_of_the_one_who_contradicts(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await prepare(room, HETAO)
    await act(room, HETAO, "opinion", {"opinion": "不同意", "contradicts": "选址"}, unit=FUTIAN)

    await room.hears("reply", reassigned(HETAO, ended=["D01.1"]))

    assert await listed(room, "disagreements") == []
    assert (await issue(room, HETAO)).status == 200


async def test_a_member_added_after_the_first_answered_is_waited_for(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await prepare(room, HETAO)
    await act(room, HETAO, "opinion", {"opinion": "同意"}, unit=FUTIAN)
    joined = task(INDUSTRY, Role.CO_HANDLE, generation=2, by=MARCH_22)
    await room.hears("reply", reassigned(HETAO, joined, ended=[]), signed(HETAO, joined))

    waiting = await issue(room, HETAO)
    await room.hears("reply", reassigned(HETAO, ended=["C019.2"]))

    assert waiting.code == "opinions-still-due"
    assert (await issue(room, HETAO)).status == 200, "withdrawing the last one made it complete"


async def test_the_last_opinion_and_the_reply_without_it_at_once(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)
    await prepare(room, HETAO)
    room.today = date(2024, 3, 25)

    opinion, reply = await asyncio.gather(
        act(room, HETAO, "opinion", {"opinion": "同意"}, unit=FUTIAN),
        issue(room, HETAO, without_opinions_because="多次催办未果"),
    )

    assert (opinion.status, reply.status) == (200, 200)
    without = reply.body["events"][0]["data"]["without_opinions"]
    first = (await room.told_by("reply", HETAO))[-2:]
    assert without == ([] if first == ["OpinionGiven", "ReplyIssued"] else [FUTIAN])


async def test_an_opinion_that_a_colleague_wrote_meanwhile_is_not_overwritten(room: World) -> None:
    await hand_over(room, HETAO, LEAD, CO_HANDLER)

    first = await ours(room, "drafts", {"opinion": "同意", "after": 0})
    crossed = await ours(room, "drafts", {"opinion": "原则同意", "after": 0})

    assert first.status == 200
    assert (crossed.status, crossed.code) == (409, "draft-changed-meanwhile")
