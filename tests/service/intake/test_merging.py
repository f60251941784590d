"""Merging over HTTP: a group keeps its originals, and is told under each of them."""

from tests.service.intake.acts import called, file, merge, page, submit
from tests.world import World


async def test_a_merge_is_told_under_each_member(intake: World) -> None:
    await file(intake, "a", "b", "c")

    answer = await merge(intake, "a", "b", "c", main="b")

    assert answer.status == 201
    assert answer.told == ["ProposalsMerged"] * 3
    assert {event["key"] for event in answer.body["events"]} == {called(name) for name in "abc"}
    for name in "abc":
        assert list(await intake.told_by("intake", called(name)))[-1] == "ProposalsMerged"


async def test_each_member_keeps_what_it_has_and_shows_the_group(intake: World) -> None:
    await file(intake, "a", "b")

    await merge(intake, "a", "b", main="b")

    shown = await page(intake, "a")
    assert (shown["number"], shown["title"]) == ("20240001", "关于a的提案")
    assert (shown["main"], shown["merged_on"]) == (called("b"), "2024-01-15")
    assert shown["merged_because"] == "均建议增开社区公交"
    assert [member["number"] for member in shown["group"]] == ["20240001", "20240002"]


async def test_a_proposal_belongs_to_one_group(intake: World) -> None:
    await file(intake, "a", "b", "c")
    await merge(intake, "a", "b", main="a")

    answer = await merge(intake, "b", "c", main="c")

    assert (answer.status, answer.code) == (409, "already-merged")
    assert (await page(intake, "c"))["group"] == []


async def test_what_does_not_fit_together_is_not_merged(intake: World) -> None:
    await file(intake, "a", "b")
    await file(intake, "old", year=2023)
    await submit(intake, "unfiled")

    refused = [
        await merge(intake, "a", "a", main="a"),
        await merge(intake, "a", "b", main="old"),
        await merge(intake, "a", "old", main="a"),
        await merge(intake, "a", "unfiled", main="a"),
        await merge(intake, "a", "nothing", main="a"),
    ]

    assert [answer.code for answer in refused] == [
        "too-few-to-merge",
        "main-not-member",
        "not-of-one-year",
        "not-filed",
        "unknown",
    ]
    assert "ProposalsMerged" not in await intake.told_by("intake")
