"""When two act at the same moment, one wins and the other reads why not."""

from asyncio import gather
from collections.abc import Sequence

from tests.domain.assignment.office import OTHER_PROPOSAL
from tests.service.assignment.acts import act, hand_over, item, return_to_office
from tests.world import Answer, World


def winners_and_losers(answers: Sequence[Answer]) -> tuple[int, list[str]]:
    """How many came through, and what the others were told."""
    return (
        sum(answer.status == 200 for answer in answers),
        [answer.code for answer in answers if answer.status != 200],
    )


async def test_of_five_signatures_one_counts(desk: World) -> None:
    await hand_over(desk)

    answers = await gather(*(act(desk, "D09.1", "sign", unit="D09") for _ in range(5)))

    assert winners_and_losers(answers) == (1, ["signed-already"] * 4)
    assert await desk.told_by("assignment") == ["HandlersAssigned", "AssignmentSigned"]


async def test_a_task_is_signed_or_returned_but_not_both(desk: World) -> None:
    await hand_over(desk)

    answers = await gather(act(desk, "D09.1", "sign", unit="D09"), return_to_office(desk))

    won, [lost] = winners_and_losers(answers)
    assert won == 1
    assert lost in ("signed-already", "return-pending")


async def test_two_lists_in_opposite_order_do_not_hold_each_other(desk: World) -> None:
    there = item(), item(OTHER_PROPOSAL)
    back = item(OTHER_PROPOSAL), item()

    answers = await gather(
        *(hand_over(desk, *rows) for rows in (there, back, there, back, there, back))
    )

    assert winners_and_losers(answers) == (1, ["faulty-list"] * 5)
    assert await desk.told_by("assignment") == ["HandlersAssigned", "HandlersAssigned"]


async def test_work_is_rolled_up_once_when_the_last_two_finish_together(desk: World) -> None:
    await hand_over(desk)
    await act(desk, "D09.1", "sign", unit="D09")
    work = [{"unit": unit} for unit in ("S003", "S006", "T044")]
    await act(desk, "D09.1", "hand-down", unit="D09", tasks=work)
    for unit in ("S003", "S006", "T044"):
        await act(desk, f"{unit}.1", "sign", unit=unit)

    answers = await gather(
        *(
            act(desk, f"{unit}.1", "complete", unit=unit, summary="已办结")
            for unit in ("S003", "S006", "T044")
        )
    )

    assert winners_and_losers(answers) == (3, [])
    told = list(await desk.told_by("assignment"))
    assert told[-4:] == ["WorkCompleted", "WorkCompleted", "WorkCompleted", "WorkRolledUp"]
