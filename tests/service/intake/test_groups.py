"""Groups over HTTP: joined later, objected to, undone; after the hand-over by the office."""

from asyncio import gather

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
    upon_group,
)
from tests.world import World


async def test_a_member_joins_later_and_all_are_told(intake: World) -> None:
    await file(intake, "a", "b", "c")
    await merge(intake, "a", "b", main="a")

    joined = await upon_group(intake, "a", "members", members=[called("c")])

    assert joined.told == ["ProposalsMerged"] * 3
    assert {event["key"] for event in joined.body["events"]} == {called(one) for one in "abc"}
    assert [one["number"] for one in (await page(intake, "c"))["group"]] == [
        "20240001",
        "20240002",
        "20240003",
    ]


async def test_one_joins_a_group_that_stands_and_is_in_none(intake: World) -> None:
    await file(intake, "a", "b", "c", "d")
    await merge(intake, "a", "b", main="a")
    await merge(intake, "c", "d", main="c")

    into_none = await upon_group(intake, "b", "members", members=[called("c")])
    from_another = await upon_group(intake, "a", "members", members=[called("d")])

    assert (into_none.status, into_none.code) == (409, "not-merged")
    assert (from_another.status, from_another.code) == (409, "already-merged")


async def test_undone_everything_is_as_it_was(intake: World) -> None:
    await file(intake, "a", "b")
    before = [await page(intake, name) for name in "ab"]
    await merge(intake, "a", "b", main="a")

    undone = await upon_group(intake, "a", "undo")

    assert undone.told == ["MergeUndone"]
    assert undone.body["events"][0]["data"]["after_hand_over"] is False
    assert [await page(intake, name) for name in "ab"] == before


async def test_one_member_leaves_and_the_others_stay(intake: World) -> None:
    await file(intake, "a", "b", "c")
    await merge(intake, "a", "b", "c", main="a")

    await upon_group(intake, "a", "undo", members=[called("b")])

    assert [(await page(intake, name))["main"] for name in "abc"] == [
        called("a"),
        None,
        called("a"),
    ]


async def test_what_was_never_merged_is_not_undone(intake: World) -> None:
    await file(intake, "a", "b", "c", "d")
    await merge(intake, "a", "b", main="a")

    answers = [
        await upon_group(intake, "c", "undo"),
        await upon_group(intake, "a", "undo", members=[called("c")]),
        await upon_group(intake, "a", "undo", members=[called("a")]),
        await upon_group(intake, "nothing", "undo"),
    ]

    assert [(answer.status, answer.code) for answer in answers] == [
        (409, "not-merged"),
        (409, "not-merged-here"),
        (409, "main-stays"),
        (404, "unknown"),
    ]


async def test_after_the_hand_over_only_the_office_merges_and_says_so(intake: World) -> None:
    await file(intake, "a", "b")
    too_early = await merge(intake, "a", "b", main="a", by="office")
    await handed_over(intake, "a", "C020")

    committee = await merge(intake, "a", "b", main="a")
    not_handled = await merge(intake, "a", "b", main="b", by="office")
    office = await merge(intake, "a", "b", main="a", by="office")

    assert (too_early.status, too_early.code) == (403, "only-committee-before-hand-over")
    assert (committee.status, committee.code) == (403, "only-office-after-hand-over")
    assert (not_handled.status, not_handled.code) == (409, "main-not-handed-over")
    assert office.status == 201
    assert all(event["data"]["after_hand_over"] for event in office.body["events"])


@pytest.mark.parametrize("policy", ["restart", "keep"])
async def test_after_the_hand_over_undoing_states_the_clocks_policy(
    intake: World, policy: str
) -> None:
    await file(intake, "a", "b")
    await merge(intake, "a", "b", main="a")
    await handed_over(intake, "a", "C020")

    committee = await upon_group(intake, "a", "undo", policy=policy)
    silent = await upon_group(intake, "a", "undo", by="office")
    office = await upon_group(intake, "a", "undo", by="office", policy=policy)

    assert (committee.status, committee.code) == (403, "only-office-after-hand-over")
    assert (silent.status, silent.code) == (422, "policy-missing")
    [told] = office.body["events"]
    assert (told["data"]["after_hand_over"], told["data"]["policy"]) == (True, policy)
    assert told["key"] == called("b")


async def test_what_was_answered_is_neither_merged_nor_separated(intake: World) -> None:
    await file(intake, "a", "b", "c")
    await merge(intake, "a", "b", main="a")
    await handed_over(intake, "a", "C020")
    await answered(intake, "a", "C020")

    joined = await upon_group(intake, "a", "members", by="office", members=[called("c")])
    undone = await upon_group(intake, "a", "undo", by="office", policy="keep")

    assert {joined.code, undone.code} == {"answered-already"}


async def test_its_author_objects_once_and_the_committee_answers(intake: World) -> None:
    await file(intake, "a", "b")
    await merge(intake, "a", "b", main="a")

    stranger = await by_proposer(intake, "b", "object", person="p-wu", why="不同")
    objected = await by_proposer(intake, "b", "object", why="我的提案不同")
    again = await by_proposer(intake, "b", "object", why="我的提案不同")
    open_ones = await listed(intake, objected=True)
    refused = await review(intake, "b", "refuse-objection", why="诉求相同")
    nothing_left = await review(intake, "b", "refuse-objection", why="诉求相同")

    assert (stranger.status, stranger.code) == (403, "not-your-proposal")
    assert objected.told == ["MergeObjected"]
    assert (again.status, again.code) == (409, "objected-already")
    assert open_ones == ["关于b的提案"]
    assert refused.told == ["MergeObjectionRefused"]
    assert (nothing_left.status, nothing_left.code) == (409, "no-objection")
    [said] = (await page(intake, "b"))["objections"]
    assert (said["why"], said["refused_because"]) == ("我的提案不同", "诉求相同")


async def test_the_last_day_to_object_is_told_with_the_merger(intake: World) -> None:
    await file(intake, "a", "b")
    merged = await merge(intake, "a", "b", main="a")
    last = merged.body["events"][0]["data"]["object_by"]["on"]
    intake.days_pass(7)
    assert intake.today.isoformat() == last

    in_time = await by_proposer(intake, "a", "object", why="不同")
    intake.days_pass(1)
    late = await by_proposer(intake, "b", "object", why="不同")

    assert in_time.status == 200
    assert (late.status, late.code) == (409, "too-late-to-object")


async def test_linked_they_stay_apart(intake: World) -> None:
    await file(intake, "a")
    await submit(intake, "b")

    linked = await review(intake, "a", "link", other=called("b"), why="同一地点")
    again = await review(intake, "b", "link", other=called("a"), why="同一地点")
    itself = await review(intake, "a", "link", other=called("a"), why="同一件")

    assert linked.told == ["ProposalsLinked", "ProposalsLinked"]
    assert (again.status, again.code) == (409, "linked-already")
    assert (itself.status, itself.code) == (422, "not-with-itself")
    shown = [await page(intake, name) for name in "ab"]
    assert [one["links"][0]["proposal_id"] for one in shown] == [called("b"), called("a")]
    assert [one["main"] for one in shown] == [None, None]


async def test_two_who_join_and_undo_at_once_leave_one_truth(intake: World) -> None:
    await file(intake, "a", "b", "c")
    await merge(intake, "a", "b", main="a")

    joined, undone = await gather(
        upon_group(intake, "a", "members", members=[called("c")]),
        upon_group(intake, "a", "undo"),
    )

    members = await intake.rows(
        "intake", "SELECT count(*) AS n FROM proposals WHERE main = $1", called("a")
    )
    assert undone.status == 200
    if joined.status == 200:
        left = {event["key"] for event in undone.body["events"]}
        assert members[0]["n"] == (0 if called("c") in left else 2)
    else:
        assert (joined.code, members[0]["n"]) == ("not-merged", 0)


async def test_two_who_undo_at_once_undo_once(intake: World) -> None:
    await file(intake, "a", "b")
    await merge(intake, "a", "b", main="a")

    answers = await gather(*(upon_group(intake, "a", "undo") for _ in range(3)))

    assert sorted(answer.status for answer in answers) == [200, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"not-merged"}
