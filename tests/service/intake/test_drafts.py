"""Drafts over HTTP: one's own, saved in turn, signed by those who were asked, handed in."""

from asyncio import gather
from typing import Any

import pytest

from tests.service.intake.acts import called, draft, page, upon_draft
from tests.service.intake.conftest import IN_SESSION
from tests.world import Answer, World

WU = {"name": "吴联喜", "person": "p-wu"}
LI = {"name": "李娜", "person": "p-li"}


async def joint(world: World, *others: dict[str, str]) -> None:
    """Wang's draft, with these others as joint proposers, who have been asked to sign."""
    await draft(world, draft_id=called("d"), kind="joint", joint=list(others))
    assert (await upon_draft(world, "d", "ask-signatures")).status == 200


async def save(world: World, *, version: int, person: str = "p-wang", **written: Any) -> Answer:
    body = {"version": version, "title": "关于增开公交的提案", "text": "建议增开。", **written}
    return await world.tell(
        "intake",
        f"/drafts/{called('d')}",
        body,
        post="proposer",
        person=person,
        method="PUT",
    )


async def see(world: World, *, person: str) -> Answer:
    return await world.ask("intake", f"/drafts/{called('d')}", post="proposer", person=person)


async def test_a_draft_may_be_empty_and_tells_nobody(intake: World) -> None:
    answer = await draft(intake, title="", text="")

    assert (answer.status, answer.body["version"]) == (201, 1)
    assert await intake.told_by("intake") == []


async def test_only_its_owner_sees_it(intake: World) -> None:
    await draft(intake, draft_id=called("d"))

    other = await see(intake, person="p-wu")
    lists = [
        (await intake.ask("intake", "/drafts", post="proposer", person=person)).body["drafts"]
        for person in ("p-wang", "p-wu")
    ]

    assert (other.status, other.code) == (404, "unknown")
    assert [len(one) for one in lists] == [1, 0]


async def test_drafts_are_listed_page_by_page(intake: World) -> None:
    for _ in range(3):
        await draft(intake)

    first = await intake.ask("intake", "/drafts", post="proposer", person="p-wang", limit=2)
    rest = await intake.ask(
        "intake", "/drafts", post="proposer", person="p-wang", limit=2, after=first.body["next"]
    )

    assert [len(one.body["drafts"]) for one in (first, rest)] == [2, 1]
    assert rest.body["next"] is None


async def test_it_is_saved_in_the_version_that_one_has_seen(intake: World) -> None:
    await draft(intake, draft_id=called("d"))

    saved = await save(intake, version=1, title="关于公交专用道的提案")
    again = await save(intake, version=1, title="另一种写法")

    assert (saved.status, saved.body["version"]) == (200, 2)
    assert (again.status, again.code) == (409, "draft-changed-meanwhile")
    assert again.says == "这份草稿在别处保存过（您看到的是第1稿，现在是第2稿），请刷新后再改。"
    assert (await see(intake, person="p-wang")).body["title"] == "关于公交专用道的提案"


async def test_of_two_who_save_at_once_one_reads_why_not(intake: World) -> None:
    await draft(intake, draft_id=called("d"))

    answers = await gather(*(save(intake, version=1, text=f"第{n}种") for n in range(3)))

    assert sorted(answer.status for answer in answers) == [200, 409, 409]


async def test_it_is_thrown_away_by_its_owner(intake: World) -> None:
    await draft(intake, draft_id=called("d"))
    path = f"/drafts/{called('d')}"

    other = await intake.tell("intake", path, None, post="proposer", person="p-wu", method="DELETE")
    own = await intake.tell("intake", path, None, post="proposer", person="p-wang", method="DELETE")

    assert (other.status, own.status) == (404, 204)
    assert (await see(intake, person="p-wang")).status == 404


async def test_handed_in_it_becomes_a_proposal_and_is_a_draft_no_more(intake: World) -> None:
    await draft(intake, draft_id=called("d"), category="社会", suggested_units=["市交通运输局"])

    answer = await upon_draft(intake, "d", "submit")

    assert (answer.status, answer.told) == (201, ["ProposalSubmitted"])
    shown = await page(intake, "d")
    assert shown["proposers"] == [{"name": "p-wang", "person": "p-wang"}]
    assert (shown["review_group"], shown["suggested_units"]) == ("social", ["C020"])
    assert (shown["session"], shown["year"]) == (None, 2024)
    assert (await see(intake, person="p-wang")).status == 404


async def test_in_session_it_belongs_to_the_session(intake: World) -> None:
    intake.today = IN_SESSION
    await draft(intake, draft_id=called("d"))

    await upon_draft(intake, "d", "submit")

    assert (await page(intake, "d"))["session"] == "七届四次"


async def test_an_incomplete_draft_is_not_handed_in(intake: World) -> None:
    await draft(intake, draft_id=called("d"), text="")

    answer = await upon_draft(intake, "d", "submit")

    assert (answer.status, answer.code) == (422, "text-missing")
    assert (await see(intake, person="p-wang")).status == 200


async def test_those_who_are_asked_may_read_and_sign_it(intake: World) -> None:
    await joint(intake, WU)

    asked = await intake.ask("intake", "/drafts", post="proposer", person="p-wu", show="to_sign")
    signed = await upon_draft(intake, "d", "sign", person="p-wu")
    handed_in = await upon_draft(intake, "d", "submit")

    assert [one["draft_id"] for one in asked.body["drafts"]] == [called("d")]
    assert signed.told == ["JointSignatureGiven"]
    assert handed_in.status == 201
    assert [one["person"] for one in (await page(intake, "d"))["proposers"]] == ["p-wang", "p-wu"]
    assert await intake.told_by("intake", called("d")) == [
        "JointSignatureAsked",
        "JointSignatureGiven",
        "ProposalSubmitted",
    ]


async def test_the_window_is_shorter_in_session(intake: World) -> None:
    intake.today = IN_SESSION
    await joint(intake, WU)
    [row] = await intake.rows("intake", "SELECT until FROM signatures")
    await intake.rows("intake", "DELETE FROM drafts RETURNING draft_id")
    intake.days_pass(10)
    await joint(intake, WU)
    [later] = await intake.rows("intake", "SELECT until FROM signatures")

    hours = (later["until"] - row["until"]).total_seconds() / 3600
    assert hours == pytest.approx(10 * 24 + 21, abs=0.1)


async def test_who_was_not_asked_does_not_sign(intake: World) -> None:
    await joint(intake, WU)

    answer = await upon_draft(intake, "d", "sign", person="p-li")

    assert answer.status == 404


async def test_who_lets_the_window_close_is_left_out_with_a_word(intake: World) -> None:
    await joint(intake, WU, LI)
    await upon_draft(intake, "d", "sign", person="p-wu")
    too_early = await upon_draft(intake, "d", "submit")
    intake.days_pass(2)

    too_late = await upon_draft(intake, "d", "sign", person="p-li")
    handed_in = await upon_draft(intake, "d", "submit")

    assert (too_early.status, too_early.code) == (409, "signatures-open")
    assert (too_late.status, too_late.code) == (409, "signing-closed")
    told = handed_in.body["events"][0]["data"]
    assert [one["person"] for one in told["proposers"]] == ["p-wang", "p-wu"]
    assert told["left_out"] == [{"name": "李娜", "person": "p-li", "why": "expired"}]


async def test_who_declines_is_left_out_too_and_one_alone_is_not_joint(intake: World) -> None:
    await joint(intake, WU)

    declined = await upon_draft(intake, "d", "decline", person="p-wu", why="意见不同")
    alone = await upon_draft(intake, "d", "submit")

    assert declined.told == ["JointSignatureDeclined"]
    assert (alone.status, alone.code) == (422, "joint-needs-two")


async def test_a_signature_is_good_for_the_words_that_were_signed(intake: World) -> None:
    await joint(intake, WU)
    await upon_draft(intake, "d", "sign", person="p-wu")
    await save(intake, version=1, kind="joint", joint=[WU], text="改了。")

    handed_in = await upon_draft(intake, "d", "submit")
    again = await upon_draft(intake, "d", "ask-signatures")
    signed = await upon_draft(intake, "d", "sign", person="p-wu")

    assert (handed_in.status, handed_in.code) == (409, "signatures-unasked")
    assert (again.told, signed.told) == (["JointSignatureAsked"], ["JointSignatureGiven"])


async def test_words_that_were_changed_are_not_signed_before_one_is_asked_again(
    intake: World,
) -> None:
    await joint(intake, WU)
    await save(intake, version=1, kind="joint", joint=[WU], text="改了。")

    answer = await upon_draft(intake, "d", "sign", person="p-wu")

    assert (answer.status, answer.code) == (409, "wording-changed")
    [asked] = (await see(intake, person="p-wu")).body["signatures"]
    assert asked["wording_changed"] is True


async def test_who_is_taken_out_of_the_draft_is_waited_for_no_more(intake: World) -> None:
    await joint(intake, WU, LI)
    await upon_draft(intake, "d", "sign", person="p-wu")
    await save(intake, version=1, kind="joint", joint=[WU])

    handed_in = await upon_draft(intake, "d", "submit")

    assert handed_in.status == 201
    assert (await see(intake, person="p-li")).status == 404


async def test_one_answers_once(intake: World) -> None:
    await joint(intake, WU)

    answers = await gather(
        *(upon_draft(intake, "d", act, person="p-wu", **body) for act, body in SIGN_OR_DECLINE)
    )

    assert sorted(answer.status for answer in answers) == [200, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"signature-answered"}


SIGN_OR_DECLINE: tuple[tuple[str, dict[str, str]], ...] = (
    ("sign", {}),
    ("decline", {"why": "意见不同"}),
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"kind": "single"}, "draft-not-joint"),
        ({"kind": "joint", "joint": [{"name": "某人"}]}, "signer-unknown"),
        ({"kind": "joint", "joint": []}, "nobody-left-to-ask"),
    ],
)
async def test_not_everybody_can_be_asked(
    intake: World, written: dict[str, Any], code: str
) -> None:
    await draft(intake, draft_id=called("d"), **written)

    answer = await upon_draft(intake, "d", "ask-signatures")

    assert answer.code == code


async def test_a_joint_proposal_is_not_handed_in_past_its_signers(intake: World) -> None:
    body = {
        "year": 2024,
        "title": "关于公交的提案",
        "text": "建议增开。",
        "kind": "joint",
        "proposers": [{"name": "王志毅", "person": "p-wang"}, WU],
    }

    online = await intake.tell("intake", "/proposals", body, post="proposer", person="p-wang")
    on_paper = await intake.tell("intake", "/proposals", body, post="committee", unit="C004")

    assert (online.status, online.code) == (409, "joint-signs-online")
    assert on_paper.status == 201


async def test_drafts_are_not_for_units(intake: World) -> None:
    answer = await intake.ask("intake", "/drafts", post="officer", unit="C020")

    assert answer.status == 403
