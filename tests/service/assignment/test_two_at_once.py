"""When two act at the same moment, one wins and the other reads why not."""

from asyncio import gather
from collections.abc import Sequence

from tests.domain.assignment.office import OTHER_PROPOSAL, PROPOSAL
from tests.service.assignment.acts import (
    act,
    decide,
    hand_over,
    item,
    office,
    page,
    return_to_office,
)
from tests.service.assignment.test_changing_handlers import issued
from tests.service.assignment.test_following import merged
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


async def test_of_two_who_decide_the_same_return_one_decides(desk: World) -> None:
    await hand_over(desk)
    await return_to_office(desk)

    answers = await gather(*(decide(desk, upheld=upheld) for upheld in (True, False, True, False)))

    assert winners_and_losers(answers) == (1, ["no-return-pending"] * 3)
    loser = next(answer for answer in answers if answer.status != 200)
    assert loser.says == "这项任务没有等待决定的退办申请。"
    assert list(await desk.told_by("assignment")).count("ReturnDecided") == 1


async def test_a_task_is_signed_or_reassigned_and_the_late_one_reads_why(desk: World) -> None:
    await hand_over(desk)

    signed, moved = await gather(
        act(desk, "D09.1", "sign", unit="D09"),
        desk.tell(
            "assignment",
            f"/proposals/{PROPOSAL}/tasks/D09.1/reassign",
            {"unit": "D01", "why": "统筹"},
            post="office",
            unit="C007",
        ),
    )

    assert moved.status == 200
    assert signed.status == 200 or signed.says == ("这项任务已经改派或者撤回，不再由本单位承办。")


async def test_a_list_is_handed_over_while_a_proposal_is_merged(desk: World) -> None:
    answer, _ = await gather(
        hand_over(desk, item(), item(OTHER_PROPOSAL, lead="D01")),
        desk.hears("assignment", merged(OTHER_PROPOSAL)),
    )

    other = await desk.ask("assignment", f"/proposals/{OTHER_PROPOSAL}")
    states = {task["state"] for task in other.body["tasks"]}
    if answer.status == 200:
        assert states == {"ended"}
    else:
        assert [one["code"] for one in answer.body["findings"]] == ["merged-elsewhere"]
        assert states == set()


async def test_the_last_reply_and_the_withdrawal_that_completes_tell_it_once(desk: World) -> None:
    await hand_over(desk, item(split=["D09", "C021"]))
    await desk.hears("assignment", issued("D09"))

    answer, _ = await gather(
        act(desk, "C021.1", "withdraw", unit="C007", post="office", why="不再涉及"),
        desk.hears("assignment", issued("C021")),
    )

    assert answer.status == 200 or answer.code == "answered-already"
    assert list(await desk.told_by("assignment")).count("ProposalAnswered") == 1
    assert (await page(desk))["answers"]["answered_on"] is not None


async def test_of_two_new_leads_one_joins(desk: World) -> None:
    await hand_over(desk, item(split=["D09", "C021"]))

    answers = await gather(
        *(
            office(desk, "handlers", unit=unit, role="split", why="涉及")
            for unit in ("D01", "D01", "D01")
        )
    )

    assert winners_and_losers(answers) == (1, ["handles-already"] * 2)


async def test_of_two_who_decide_an_extension_one_decides(desk: World) -> None:
    await hand_over(desk)
    await act(desk, "D09.1", "sign", unit="D09")
    await act(desk, "D09.1", "ask-extension", unit="D09", until="2024-07-15", reason="勘察")

    answers = await gather(
        *(
            act(
                desk,
                "D09.1",
                "decide-extension",
                unit="C007",
                post="office",
                granted=granted,
                why="研究",
            )
            for granted in (True, False)
        )
    )

    assert winners_and_losers(answers) == (1, ["no-extension-pending"])


async def test_the_last_two_items_roll_up_once(desk: World) -> None:
    await hand_over(desk)
    step = [{"says": "定方案", "due_on": "2024-05-01"}]
    units = ("D09", "C021", "S003")
    await office(
        desk, "items", items=[{"says": "新建", "unit": unit, "milestones": step} for unit in units]
    )

    answers = await gather(
        *(
            desk.tell(
                "assignment",
                f"/proposals/{PROPOSAL}/items/i{n}/complete",
                {"result": "已完成"},
                post="officer",
                unit=unit,
            )
            for n, unit in enumerate(units, start=1)
        )
    )

    assert winners_and_losers(answers) == (3, [])
    assert list(await desk.told_by("assignment")).count("ItemsRolledUp") == 1
