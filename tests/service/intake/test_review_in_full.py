"""Review over HTTP, in full: by groups, turned, sent back and revised, withdrawn, with serials."""

from asyncio import gather
from typing import Any

import pytest

from tests.service.intake.acts import (
    answered,
    by_proposer,
    called,
    file,
    handed_over,
    listed,
    merge,
    page,
    review,
    submit,
)
from tests.service.intake.conftest import IN_SESSION
from tests.world import World

REVISED = {"title": "关于增开社区公交的提案", "text": "建议先试点。"}


async def test_a_category_s_group_looks_first(intake: World) -> None:
    await submit(intake, "a", category="社会")
    await submit(intake, "b")

    assert await listed(intake, review_group="social") == ["关于a的提案"]
    assert await listed(intake, review_group="economy") == ["关于b的提案"]


async def test_the_committee_puts_it_into_a_category(intake: World) -> None:
    await submit(intake, "a")

    moved = await review(intake, "a", "categorise", category="社会")
    nowhere = await review(intake, "a", "categorise", category="天文")

    assert moved.told == ["ProposalCategorised"]
    assert (nowhere.status, nowhere.code) == (422, "unknown-category")
    shown = await page(intake, "a")
    assert (shown["category"], shown["review_group"]) == ("社会", "social")


async def test_a_group_advises_and_may_think_again(intake: World) -> None:
    await submit(intake, "a", category="社会")

    first = await review(intake, "a", "advise", advice="decline", why="内容空泛")
    await review(intake, "a", "advise", advice="accept", why="补充后可立案")
    strangers = await review(intake, "a", "advise", review_group="x", advice="accept", why="好")

    assert first.told == ["ReviewAdvised"]
    [said] = (await page(intake, "a"))["advice"]
    assert (said["review_group"], said["advice"]) == ("social", "accept")
    assert (strangers.status, strangers.code) == (422, "unknown-review-group")


async def test_it_is_turned_into_something_else(intake: World) -> None:
    await submit(intake, "a")

    nowhere = await review(intake, "a", "turn", into="poem", why="更合适")
    turned = await review(intake, "a", "turn", into="opinion", why="反映情况为主")
    again = await review(intake, "a", "accept")

    assert (nowhere.status, nowhere.code) == (422, "unknown-turn")
    assert turned.told == ["ProposalTurned"]
    assert again.says == "提案《关于a的提案》已转其他方式办理，不能再次审查。"
    shown = await page(intake, "a")
    assert (shown["state"], shown["turned_into"]) == ("turned", "opinion")
    assert (shown["ended_on"], shown["ended_because"]) == ("2024-01-15", "反映情况为主")


async def test_it_is_sent_back_and_handed_in_again(intake: World) -> None:
    await submit(intake, "a")

    sent_back = await review(intake, "a", "send-back", why="请写明具体路线")
    meanwhile = await review(intake, "a", "accept")
    revised = await by_proposer(intake, "a", "revise", **REVISED)
    accepted = await review(intake, "a", "accept")

    assert sent_back.told == ["ProposalSentBack"]
    assert (meanwhile.status, meanwhile.code) == (409, "already-reviewed")
    assert revised.told == ["ProposalRevised"]
    assert accepted.status == 200
    shown = await page(intake, "a")
    assert (shown["title"], shown["text"], shown["revision"]) == (*REVISED.values(), 1)
    assert await listed(intake, q="社区公交") == [REVISED["title"]]
    assert await listed(intake, q="关于a") == []


@pytest.mark.parametrize(
    ("person", "form", "code"),
    [
        ("p-wu", {}, "not-your-proposal"),
        ("p-wang", {"text": ""}, "text-missing"),
        ("p-wang", {"title": "题" * 31}, "title-too-long"),
    ],
)
async def test_a_revision_is_its_proposers_and_keeps_to_the_form(
    intake: World, person: str, form: dict[str, Any], code: str
) -> None:
    await submit(intake, "a")
    await review(intake, "a", "send-back", why="请修改")

    answer = await by_proposer(intake, "a", "revise", person=person, **{**REVISED, **form})

    assert answer.code == code


async def test_what_was_not_sent_back_is_not_revised(intake: World) -> None:
    await submit(intake, "a")

    answer = await by_proposer(intake, "a", "revise", **REVISED)

    assert (answer.status, answer.code) == (409, "not-sent-back")


async def test_what_never_comes_back_may_be_declined(intake: World) -> None:
    await submit(intake, "a")
    await review(intake, "a", "send-back", why="请修改")

    answer = await review(intake, "a", "decline", reason_code="empty")

    assert answer.status == 200


async def test_one_proposal_treats_one_matter(intake: World) -> None:
    await submit(intake, "a")

    answer = await review(intake, "a", "accept", one_matter=False)

    assert (answer.status, answer.code) == (409, "not-one-matter")


async def test_it_gets_serials_of_its_session_and_its_category(intake: World) -> None:
    intake.today = IN_SESSION
    await submit(intake, "a", category="社会")
    intake.days_pass(5)
    await submit(intake, "b")
    await review(intake, "a", "accept")
    await review(intake, "b", "accept", category="社会")

    serials = [
        (shown["session_serial"], shown["category_serial"])
        for shown in [await page(intake, name) for name in "ab"]
    ]
    assert serials == [
        ("七届四次第0001号", "社会类001号"),
        ("2024年平时第0001号", "社会类002号"),
    ]


async def test_serials_have_neither_holes_nor_doubles_when_many_file_at_once(
    intake: World,
) -> None:
    names = [f"p{n}" for n in range(16)]
    for n, name in enumerate(names):
        await submit(intake, name, category="社会" if n % 2 else "经济")

    await gather(
        *(review(intake, name, "accept") for name in names),
        *(review(intake, name, "accept") for name in names),
        *(review(intake, name, "decline", reason_code="empty") for name in names[:4]),
    )

    filed = await intake.rows(
        "intake", "SELECT * FROM proposals WHERE state = 'accepted' ORDER BY number"
    )
    count = len(filed)
    assert [one["number"] for one in filed] == [f"2024{n:04}" for n in range(1, count + 1)]
    off_session = sorted(one["session_serial"] for one in filed)
    assert off_session == [f"2024年平时第{n:04}号" for n in range(1, count + 1)]
    for category in ("社会", "经济"):
        serials = sorted(one["category_serial"] for one in filed if one["category"] == category)
        assert serials == [f"{category}类{n:03}号" for n in range(1, len(serials) + 1)]


async def test_the_first_proposer_withdraws_before_it_is_filed(intake: World) -> None:
    proposers = [
        {"name": "王志毅", "person": "p-wang"},
        {"name": "吴联喜", "person": "p-wu"},
    ]
    await submit(intake, "a", kind="joint", proposers=proposers)

    second = await by_proposer(intake, "a", "withdraw", person="p-wu", why="改变主意")
    stranger = await by_proposer(intake, "a", "withdraw", person="p-li", why="不喜欢")
    first = await by_proposer(intake, "a", "withdraw", why="已经解决")
    again = await by_proposer(intake, "a", "withdraw", why="已经解决")

    assert (second.status, second.code) == (403, "only-first-proposer")
    assert (stranger.status, stranger.code) == (403, "not-your-proposal")
    assert first.told == ["ProposalWithdrawn"]
    assert (again.status, again.code) == (409, "cannot-withdraw")
    assert (await page(intake, "a"))["state"] == "withdrawn"


async def test_once_filed_the_committee_withdraws_it_and_its_number_stays(intake: World) -> None:
    await file(intake, "a")

    proposer = await by_proposer(intake, "a", "withdraw", why="已经解决")
    committee = await review(intake, "a", "withdraw", why="应提案人要求")
    await file(intake, "b")

    assert (proposer.status, proposer.code) == (403, "ask-committee-to-withdraw")
    assert committee.body["events"][0]["data"]["after_filing"] is True
    shown = [(await page(intake, name))["number"] for name in "ab"]
    assert shown == ["20240001", "20240002"]


async def test_what_is_merged_or_answered_is_not_withdrawn(intake: World) -> None:
    await file(intake, "a", "b", "c")
    await merge(intake, "a", "b", main="a")
    await handed_over(intake, "c", "C020")
    await answered(intake, "c", "C020")

    codes = [(await review(intake, name, "withdraw", why="撤")).code for name in "bc"]

    assert codes == ["merged-cannot-withdraw", "answered-already"]


async def test_a_key_proposal_may_be_one_no_more(intake: World) -> None:
    await file(intake, "a")
    await review(intake, "a", "designate-key", leader="陈副市长", supervised_by="C004")

    taken_back = await review(intake, "a", "take-back-key", why="年度计划调整")
    again = await review(intake, "a", "take-back-key", why="年度计划调整")

    assert taken_back.told == ["KeyDesignationTakenBack"]
    assert (again.status, again.code) == (409, "not-key")
    shown = await page(intake, "a")
    assert (shown["key"], shown["leader"]) == (False, None)


async def test_a_collective_proposal_bears_its_body_and_its_sign(intake: World) -> None:
    union = {"kind": "collective", "proposers": [{"name": "民进深圳市委会"}]}

    answers = [
        await submit(intake, "a", **union),
        await submit(intake, "a", **union, put_by="party"),
        await submit(intake, "a", **union, put_by="party", body="民进深圳市委会"),
        await submit(intake, "a", **union, put_by="party", body="民进深圳市委会", sealed=True),
        await submit(intake, "b", **union, put_by="sector", body="教育界"),
    ]

    assert [answer.body.get("code") for answer in answers] == [
        "put-by-body",
        "collective-needs-body",
        "seal-missing",
        None,
        "only-in-session",
    ]
    shown = await page(intake, "a")
    assert (shown["put_by"], shown["body"], shown["sealed"]) == ("party", "民进深圳市委会", True)


async def test_a_sector_s_convenor_signs_in_session(intake: World) -> None:
    intake.today = IN_SESSION
    sector = {
        "kind": "collective",
        "proposers": [{"name": "教育界"}],
        "put_by": "sector",
        "body": "教育界",
    }

    without = await submit(intake, "a", **sector)
    signed = await submit(intake, "a", **sector, convenor="周敏")

    assert (without.status, without.code) == (422, "convenor-missing")
    assert signed.status == 201
    assert (await page(intake, "a"))["convenor"] == "周敏"


async def test_nobody_else_reviews(intake: World) -> None:
    await submit(intake, "a")
    acts: tuple[tuple[str, dict[str, Any]], ...] = (
        ("categorise", {"category": "社会"}),
        ("advise", {"advice": "accept", "why": "好"}),
        ("turn", {"into": "opinion", "why": "好"}),
        ("send-back", {"why": "改"}),
        ("take-back-key", {"why": "改"}),
        ("refuse-objection", {"why": "改"}),
        ("link", {"other": called("b"), "why": "像"}),
    )

    for act, body in acts:
        for post in ("proposer", "officer", "office"):
            path = f"/proposals/{called('a')}/{act}"
            answer = await intake.tell("intake", path, body, post=post, unit="C020")
            assert (answer.status, answer.code) == (403, "post-may-not")
