"""Signing, returning, deciding, handing down and completing over HTTP, and what the tables say."""

from datetime import timedelta

from tests.domain.assignment.office import MONDAY, RETURN_BY
from tests.service.assignment.acts import act, decide, hand_over, page, return_to_office, states
from tests.world import World


async def test_a_unit_signs_once(desk: World) -> None:
    await hand_over(desk)

    first = await act(desk, "D09.1", "sign", unit="D09")
    second = await act(desk, "D09.1", "sign", unit="D09")

    assert (first.status, first.told) == (200, ["AssignmentSigned"])
    assert (second.status, second.code) == (409, "signed-already")
    assert second.says == "这项任务已经签收，不能再次签收，也不能退办。"


async def test_another_units_task_is_forbidden(desk: World) -> None:
    await hand_over(desk)

    answer = await act(desk, "D09.1", "sign", unit="C021")

    assert (answer.status, answer.code) == (403, "not-your-task")


async def test_what_does_not_exist_is_not_found(desk: World) -> None:
    no_task = await act(desk, "D09.1", "sign", unit="D09")
    no_proposal = await desk.tell(
        "assignment", "/proposals/unheard-of/tasks/D09.1/sign", post="officer", unit="D09"
    )

    assert (no_task.status, no_task.code) == (404, "no-such-task")
    assert (no_proposal.status, no_proposal.code) == (404, "not-filed")


async def test_a_task_is_returned_up_to_the_last_day_and_not_after(desk: World) -> None:
    await hand_over(desk)

    desk.today = RETURN_BY + timedelta(days=1)
    late = await return_to_office(desk)
    desk.today = RETURN_BY
    in_time = await return_to_office(desk)

    assert (late.status, late.code) == (409, "too-late-to-return")
    assert (in_time.status, in_time.told) == (200, ["AssignmentReturned"])


async def test_a_returned_task_waits_for_the_decision(desk: World) -> None:
    await hand_over(desk)
    await return_to_office(desk)

    signed = await act(desk, "D09.1", "sign", unit="D09")

    assert signed.code == "return-pending"
    [pending] = (await page(desk))["returns"]
    assert (pending["proposed_unit_name"], pending["upheld"]) == ("市规划和自然资源局", None)


async def test_an_upheld_return_moves_the_task_and_restarts_the_clocks(desk: World) -> None:
    await hand_over(desk)
    await return_to_office(desk)
    desk.days_pass(7)

    answer = await decide(desk, upheld=True)

    assert answer.told == ["ReturnDecided", "HandlersReassigned"]
    assert await states(desk) == {
        "D09.1": "ended",
        "C021.1": "unsigned",
        "C030.1": "ended",
        "C030.2": "unsigned",
    }
    successor = (await page(desk))["tasks"][-1]
    assert (successor["role"], successor["sign"]["starts_on"]) == ("lead", "2024-03-18")


async def test_a_refused_return_leaves_the_task_to_be_signed(desk: World) -> None:
    await hand_over(desk)
    await return_to_office(desk)

    refused = await decide(desk, upheld=False)
    signed = await act(desk, "D09.1", "sign", unit="D09")

    assert (refused.told, signed.told) == (["ReturnDecided"], ["AssignmentSigned"])


async def test_every_return_of_a_proposal_is_counted(desk: World) -> None:
    await hand_over(desk)
    await return_to_office(desk, proposed_unit="福田区")
    await decide(desk, upheld=True)
    await return_to_office(desk, "D01.2", unit="D01")
    await decide(desk, "D01.2", upheld=False)

    returns = (await page(desk))["returns"]

    assert [(one["nth"], one["task_id"], one["upheld"]) for one in returns] == [
        (1, "D09.1", True),
        (2, "D01.2", False),
    ]


async def test_a_refused_return_is_not_simply_repeated(desk: World) -> None:
    await hand_over(desk)
    await return_to_office(desk)
    await decide(desk, upheld=False)

    again = await return_to_office(desk, proposed_unit="福田区")

    assert (again.status, again.code) == (409, "refused-before")


async def test_a_return_is_decided_once(desk: World) -> None:
    await hand_over(desk)
    await return_to_office(desk)
    await decide(desk, upheld=False)

    answer = await decide(desk, upheld=True)

    assert (answer.status, answer.code) == (409, "no-return-pending")


async def test_only_the_office_decides_returns(desk: World) -> None:
    await hand_over(desk)
    await return_to_office(desk)

    answer = await act(desk, "D09.1", "decide-return", unit="D09", upheld=True, why="同意")

    assert answer.status == 403


async def test_work_goes_down_to_bureaus_and_streets_and_is_rolled_up(desk: World) -> None:
    await hand_over(desk)
    await act(desk, "D09.1", "sign", unit="D09")
    work = [{"unit": "区教育局", "duty": "学位建设"}, {"unit": "民治街道"}]

    down = await act(desk, "D09.1", "hand-down", unit="D09", tasks=work)
    for task_id in ("S003.1", "T044.1"):
        await act(desk, task_id, "sign", unit=task_id.removesuffix(".1"))
    first = await act(desk, "S003.1", "complete", unit="S003", summary="新增学位900个")
    last = await act(desk, "T044.1", "complete", unit="T044", summary="选址已定")

    assert down.told == ["WorkHandedDown"]
    assert (first.told, last.told) == (["WorkCompleted"], ["WorkCompleted", "WorkRolledUp"])
    assert (await page(desk))["tasks"][0]["rolled_up_on"] == MONDAY.isoformat()


async def test_faulty_work_is_named_row_by_row(desk: World) -> None:
    await hand_over(desk)
    await act(desk, "D09.1", "sign", unit="D09")
    work = [{"unit": "区教育局"}, {"unit": "市规划资源局龙华管理局"}]

    answer = await act(desk, "D09.1", "hand-down", unit="D09", tasks=work)

    assert (answer.status, answer.code) == (409, "faulty-list")
    assert [(one["row"], one["code"]) for one in answer.body["findings"]] == [(2, "not-under-you")]


async def test_the_page_explains_every_date(desk: World) -> None:
    await hand_over(desk)

    lead = (await page(desk))["tasks"][0]

    assert (lead["unit_name"], lead["role"]) == ("龙华区人民政府", "lead")
    assert {name: lead[name]["on"] for name in ("sign", "return_by", "answer")} == {
        "sign": "2024-03-14",
        "return_by": "2024-03-21",
        "answer": "2024-06-11",
    }
    assert lead["answer"]["rule"] == "shenzhen-2024@1 reply"
    assert [step["says"] for step in lead["answer"]["steps"][:2]] == [
        "自2024-03-11（当日不计）起",
        "加3个月",
    ]


async def test_a_proposal_that_is_not_filed_has_no_page(desk: World) -> None:
    answer = await desk.ask("assignment", "/proposals/unheard-of")

    assert (answer.status, answer.code) == (404, "not-filed")
