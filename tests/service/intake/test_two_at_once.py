"""When two act at the same moment, one wins, and numbers have neither doubles nor gaps."""

from asyncio import gather
from itertools import chain

from tests.service.intake.acts import called, file, merge, page, review, submit
from tests.world import World

TWENTY = [f"p{n}" for n in range(20)]


async def test_of_two_acceptances_one_wins(intake: World) -> None:
    await submit(intake, "a")

    answers = await gather(*(review(intake, "a", "accept") for _ in range(5)))

    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"already-reviewed"}
    assert await intake.told_by("intake") == ["ProposalSubmitted", "ProposalAccepted"]


async def test_a_proposal_is_accepted_or_declined_but_not_both(intake: World) -> None:
    await submit(intake, "a")

    answers = await gather(
        review(intake, "a", "accept"), review(intake, "a", "decline", reason_code="empty")
    )

    assert sorted(answer.status for answer in answers) == [200, 409]


async def test_twenty_acceptances_at_once_get_twenty_numbers_in_a_row(intake: World) -> None:
    for name in TWENTY:
        await submit(intake, name)

    await gather(*(review(intake, name, "accept") for name in TWENTY))

    numbers = sorted([(await page(intake, name))["number"] for name in TWENTY])
    assert numbers == [f"2024{n:04}" for n in range(1, 21)]


async def test_a_number_asked_for_twice_at_once_is_given_once(intake: World) -> None:
    await submit(intake, "a")
    await submit(intake, "b")

    answers = await gather(*(review(intake, name, "accept", number="20240080") for name in "ab"))

    assert sorted(answer.status for answer in answers) == [200, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"number-taken"}


async def test_a_number_given_and_a_number_allotted_do_not_meet(intake: World) -> None:
    for name in "ab":
        await submit(intake, name)

    given, allotted = await gather(
        review(intake, "a", "accept", number="20240001"), review(intake, "b", "accept")
    )

    assert allotted.status == 200
    numbers = {(await page(intake, name))["number"] for name in "ab"}
    if given.status == 200:
        assert numbers == {"20240001", "20240002"}
    else:
        assert (given.code, numbers) == ("number-taken", {None, "20240001"})


async def test_the_same_proposal_sent_twice_at_once_is_handed_in_once(intake: World) -> None:
    answers = await gather(*(submit(intake, "a") for _ in range(4)))

    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"already-submitted"}


async def test_groups_merged_at_once_crosswise_do_not_hold_each_other(intake: World) -> None:
    await file(intake, "a", "b", "c")

    answers = await gather(
        merge(intake, "a", "b", main="a"),
        merge(intake, "b", "a", main="b"),
        merge(intake, "c", "a", main="c"),
        merge(intake, "b", "c", main="b"),
    )

    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"already-merged"}
    told = [await intake.told_by("intake", called(name)) for name in "abc"]
    assert list(chain.from_iterable(told)).count("ProposalsMerged") == 2
