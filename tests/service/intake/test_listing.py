"""The list of proposals: the newest first, filtered in the database, page by page."""

from typing import Any

import pytest

from tests.service.intake.acts import called, file, listed, review, submit
from tests.service.intake.conftest import IN_SESSION
from tests.world import World


async def test_the_newest_come_first(intake: World) -> None:
    for name in "abc":
        await submit(intake, name)

    assert await listed(intake) == ["关于c的提案", "关于b的提案", "关于a的提案"]


async def test_the_list_goes_on_after_the_last_one_seen(intake: World) -> None:
    for name in "abcde":
        await submit(intake, name)

    first = await intake.ask("intake", "/proposals", limit=2)
    second = await intake.ask("intake", "/proposals", limit=2, after=first.body["next"])
    third = await intake.ask("intake", "/proposals", limit=2, after=second.body["next"])

    pages = [
        [line["proposal_id"] for line in one.body["proposals"]] for one in (first, second, third)
    ]
    assert pages == [[called("e"), called("d")], [called("c"), called("b")], [called("a")]]
    assert third.body["next"] is None


async def test_a_page_that_is_just_full_is_the_last(intake: World) -> None:
    for name in "ab":
        await submit(intake, name)

    answer = await intake.ask("intake", "/proposals", limit=2)

    assert answer.body["next"] is None


async def test_year_and_state_narrow_the_list(intake: World) -> None:
    await file(intake, "filed")
    await submit(intake, "new")
    await submit(intake, "old", year=2023)
    await submit(intake, "empty")
    await review(intake, "empty", "decline", reason_code="empty")

    assert await listed(intake, year=2023) == ["关于old的提案"]
    assert await listed(intake, state="accepted") == ["关于filed的提案"]
    assert await listed(intake, state="declined", year=2024) == ["关于empty的提案"]
    assert await listed(intake, state="submitted") == ["关于old的提案", "关于new的提案"]


@pytest.mark.parametrize("q", ["20240001", "40001", "社区公交", "王志", "BUS"])
async def test_words_are_sought_in_number_title_and_proposers(intake: World, q: str) -> None:
    await file(intake, "bus", title="关于Bus和社区公交的提案")
    await submit(intake, "school", title="关于学位的提案", proposers=[{"name": "吴联喜"}])

    assert await listed(intake, q=q) == ["关于Bus和社区公交的提案"]


async def test_signs_of_the_search_language_are_plain_characters(intake: World) -> None:
    await submit(intake, "percent", title="关于50%绿化的提案")
    await submit(intake, "other", title="关于绿化的提案")
    await submit(intake, "slash", title=r"关于A\B_C的提案")

    assert await listed(intake, q="50%绿") == ["关于50%绿化的提案"]
    assert await listed(intake, q="%") == ["关于50%绿化的提案"]
    assert await listed(intake, q="_") == [r"关于A\B_C的提案"]
    assert await listed(intake, q="\\") == [r"关于A\B_C的提案"]


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"state": "lost"}])
async def test_a_list_is_asked_for_sensibly(intake: World, query: dict[str, Any]) -> None:
    answer = await intake.ask("intake", "/proposals", **query)

    assert (answer.status, answer.code) == (422, "malformed")


async def test_a_list_does_not_go_on_after_what_is_not_there(intake: World) -> None:
    answer = await intake.ask("intake", "/proposals", after=called("nothing"))

    assert (answer.status, answer.code) == (404, "unknown")


async def test_every_filter_narrows_the_list(intake: World) -> None:
    intake.today = IN_SESSION
    await file(intake, "a", category="社会")
    intake.days_pass(5)
    body = {"put_by": "party", "body": "民进", "sealed": True, "proposers": [{"name": "民进"}]}
    await submit(intake, "b", kind="collective", **body)
    await review(intake, "a", "designate-key", leader="陈副市长", supervised_by="C004")

    for query, found in (
        ({"session": "七届四次"}, ["关于a的提案"]),
        ({"category": "社会"}, ["关于a的提案"]),
        ({"kind": "collective"}, ["关于b的提案"]),
        ({"key": True}, ["关于a的提案"]),
        ({"key": False}, ["关于b的提案"]),
        ({"state": "submitted", "kind": "collective", "year": 2024}, ["关于b的提案"]),
        ({"year": 2024, "category": "社会", "q": "关于a"}, ["关于a的提案"]),
        ({"session": "七届五次"}, []),
    ):
        assert await listed(intake, **query) == found, query
