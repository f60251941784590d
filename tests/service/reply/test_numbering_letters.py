"""A unit's letters of a year are numbered without holes and without doubles, however busy it is."""

import asyncio
from collections.abc import Sequence
from datetime import date

from shared.contracts.assignment import Role, Task
from shared.contracts.event import ProposalId
from tests.service.reply.longhua import (
    HETAO,
    INDUSTRY,
    LONGHUA,
    PARKS,
    PRIVATE_FIRMS,
    assigned,
    hand_over,
    issue,
    merged,
    prepare,
    signed,
    submitted,
    task,
)
from tests.world import Answer, World

MANY = [ProposalId(f"proposal-{n:02}") for n in range(20)]
LETTERS = [f"龙华区函〔2024〕{n}号" for n in range(1, 21)]


def numbers(*answers: Answer) -> list[str]:
    return [
        event["data"]["document_number"]
        for answer in answers
        for event in answer.body["events"]
        if "document_number" in event["data"]
    ]


async def test_twenty_letters_at_once_get_twenty_numbers_in_a_row(room: World) -> None:
    for proposal in MANY:
        await hand_over(room, proposal, task(LONGHUA))
        await prepare(room, proposal)

    answers = await asyncio.gather(*(issue(room, proposal) for proposal in MANY))

    assert sorted(numbers(*answers)) == sorted(LETTERS)


async def test_one_letter_sent_twenty_times_at_once_goes_out_once(room: World) -> None:
    await hand_over(room, HETAO, task(LONGHUA))
    await prepare(room, HETAO)

    answers = await asyncio.gather(*(issue(room, HETAO) for _ in range(20)))

    assert sorted(answer.status for answer in answers) == [200, *[409] * 19]
    assert {answer.code for answer in answers if answer.status == 409} == {"already-replied"}


async def test_a_letter_that_was_refused_leaves_no_hole(room: World) -> None:
    await hand_over(room, HETAO, task(LONGHUA))
    await hand_over(room, PARKS, task(LONGHUA))
    await prepare(room, HETAO)
    await prepare(room, PARKS, result_class="B")

    refused = await issue(room, PARKS)
    sent = await issue(room, HETAO)

    assert refused.code == "needs-promise"
    assert numbers(sent) == ["龙华区函〔2024〕1号"]


async def test_each_unit_and_each_year_has_a_book_of_its_own(room: World) -> None:
    for proposal, unit in ((HETAO, LONGHUA), (PARKS, INDUSTRY), (PRIVATE_FIRMS, LONGHUA)):
        await hand_over(room, proposal, task(unit))
        await prepare(room, proposal, unit=unit)

    ours = await issue(room, HETAO)
    theirs = await issue(room, PARKS, unit=INDUSTRY)
    room.today = date(2025, 1, 2)
    next_year = await issue(room, PRIVATE_FIRMS)

    assert numbers(ours) == ["龙华区函〔2024〕1号"]
    assert numbers(theirs) == ["市工信局函〔2024〕1号"]
    assert numbers(next_year) == ["龙华区函〔2025〕1号"]


async def test_the_members_of_a_group_get_numbers_in_a_row(room: World) -> None:
    groups = [MANY[:10], MANY[10:]]
    for group in groups:
        await merge_and_hand_over(room, group, task(LONGHUA))
        await prepare(room, group[0])

    answers = await asyncio.gather(*(issue(room, group[0]) for group in groups))

    first, second = sorted(map(numbers, answers), key=lambda taken: taken[0] != LETTERS[0])
    assert first + second == LETTERS


async def test_two_units_answer_one_group_at_once(room: World) -> None:
    parts = (task(LONGHUA, Role.SPLIT), task(INDUSTRY, Role.SPLIT))
    await merge_and_hand_over(room, MANY, *parts)
    for part in parts:
        await prepare(room, MANY[0], unit=part.unit)

    ours, theirs = await asyncio.gather(*(issue(room, MANY[0], unit=part.unit) for part in parts))

    assert numbers(ours) == LETTERS
    assert numbers(theirs) == [letter.replace("龙华区", "市工信局") for letter in LETTERS]


async def merge_and_hand_over(room: World, group: Sequence[ProposalId], *tasks: Task) -> None:
    """The group is handled on its first member; everybody signed."""
    main = group[0]
    await room.hears("reply", *(submitted(member) for member in group), *merged(*group))
    await room.hears("reply", assigned(main, *tasks), *(signed(main, one) for one in tasks))
