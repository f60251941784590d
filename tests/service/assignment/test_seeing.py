"""Who sees what, and who may do what: the same through every endpoint."""

from typing import Any

import pytest

from shared.policy import RIGHTS
from tests.domain.assignment.office import OTHER_PROPOSAL, PROPOSAL
from tests.service.assignment.acts import act, hand_over, item
from tests.service.assignment.conftest import submitted
from tests.service.assignment.test_following import merged
from tests.world import World

TASK = f"/proposals/{PROPOSAL}/tasks/D09.1"
ITEM = f"/proposals/{PROPOSAL}/items/i1"
ACTS = {
    "/hand-overs": "assignment.hand_over",
    f"{TASK}/sign": "assignment.sign",
    f"{TASK}/consent-to-return": "assignment.consent",
    f"{TASK}/return": "assignment.return",
    f"{TASK}/decide-return": "assignment.decide_return",
    f"{TASK}/object": "assignment.object",
    f"{TASK}/objection-meeting": "assignment.hold_meeting",
    f"{TASK}/decide-objection": "assignment.decide_objection",
    f"/proposals/{PROPOSAL}/handlers": "assignment.change_handlers",
    f"/proposals/{PROPOSAL}/change-roles": "assignment.change_handlers",
    f"{TASK}/reassign": "assignment.change_handlers",
    f"{TASK}/withdraw": "assignment.withdraw",
    f"{TASK}/hand-down": "assignment.hand_down",
    f"{TASK}/officer": "assignment.name_officer",
    f"{TASK}/progress": "assignment.report_progress",
    f"{TASK}/complete": "assignment.complete",
    f"{TASK}/ask-extension": "assignment.ask_extension",
    f"{TASK}/decide-extension": "assignment.decide_extension",
    f"{TASK}/pause": "assignment.pause",
    f"{TASK}/resume": "assignment.pause",
    f"/proposals/{PROPOSAL}/items": "assignment.plan_items",
    f"{ITEM}/progress": "assignment.work_on_item",
    f"{ITEM}/complete": "assignment.work_on_item",
    f"{ITEM}/drop": "assignment.plan_items",
    "/sweep": "assignment.sweep",
}
POSTS = (
    "proposer",
    "committee",
    "office",
    "supervision",
    "officer",
    "section_head",
    "deputy",
    "head",
    "leader",
    "operator",
    "security",
    "auditor",
)


def test_every_right_of_assignment_guards_an_endpoint() -> None:
    guarded = {*ACTS.values(), "assignment.be_advised", "assignment.judge_advice"}

    assert guarded == {right for right in RIGHTS if right.startswith("assignment.")}


async def test_each_act_is_open_to_its_posts_and_closed_to_all_others(desk: World) -> None:
    wrong = []
    for path, right in ACTS.items():
        for post in POSTS:
            answer = await desk.tell("assignment", path, {}, post=post, unit="D01")
            refused = answer.status == 403 and answer.code == "post-may-not"
            if refused != (post not in RIGHTS[right].posts):
                wrong.append((path, post, answer.status))

    assert wrong == []


BODIES: dict[str, dict[str, Any]] = {
    "return": {"reason_code": "not-ours", "reason": "属规划", "proposed_unit": "C030"},
    "object": {"reason": "属规划", "proposed_unit": "C030"},
    "hand-down": {"tasks": [{"unit": "S003"}]},
    "officer": {"officer": "officer.D09"},
    "progress": {"stage": "开始", "says": "已开始"},
    "complete": {"summary": "已办结"},
    "ask-extension": {"until": "2024-07-15", "reason": "勘察"},
    "sign": {},
    "consent-to-return": {},
}


@pytest.mark.parametrize("verb", sorted(BODIES))
@pytest.mark.parametrize(
    "unit",
    [
        "C001",  # the one above
        "C021",  # a co-handler of the same proposal
        "S003",  # one below
        "D01",  # one that has no part in it
    ],
)
async def test_what_is_ones_own_is_nobody_elses_to_do(desk: World, verb: str, unit: str) -> None:
    await hand_over(desk)

    answer = await act(desk, "D09.1", verb, unit=unit, post="head", **BODIES[verb])

    assert (answer.status, answer.code) == (403, "not-your-task")


async def test_a_branch_under_a_city_bureau_is_not_the_districts_to_order(desk: World) -> None:
    await hand_over(desk)
    await act(desk, "D09.1", "sign", unit="D09")

    answer = await act(desk, "D09.1", "hand-down", unit="D09", tasks=[{"unit": "S010"}])

    assert answer.body["findings"][0]["code"] == "not-under-you"


async def test_nobody_passes_a_task_on_to_a_third_unit(desk: World) -> None:
    await hand_over(desk)
    await act(desk, "D09.1", "sign", unit="D09")

    down = await act(desk, "D09.1", "hand-down", unit="D09", tasks=[{"unit": "D01"}])
    over = await act(desk, "D09.1", "reassign", unit="D09", why="转给福田")

    assert down.body["findings"][0]["code"] == "not-under-you"
    assert (over.status, over.code) == (403, "post-may-not")


@pytest.fixture
async def busy(desk: World) -> World:
    """Longhua leads the first and handed work down; planning leads the second."""
    await desk.hears(
        "assignment",
        submitted(PROPOSAL, "新增学位", person="wang"),
        submitted(OTHER_PROPOSAL, "增开巴士", person="li"),
    )
    await hand_over(desk, item(), item(OTHER_PROPOSAL, lead="C030"))
    await act(desk, "D09.1", "sign", unit="D09")
    await act(desk, "D09.1", "hand-down", unit="D09", tasks=[{"unit": "S003"}])
    return desk


async def seen(world: World, **caller: str) -> list[str]:
    """The tasks in a caller's list."""
    answer = await world.ask("assignment", "/tasks", **caller)
    assert answer.status == 200
    return [f"{line['number']}/{line['task_id']}" for line in answer.body["tasks"]]


async def test_a_list_shows_what_concerns_the_caller(busy: World) -> None:
    everything = [
        "20240080/C021.1",
        "20240080/C030.1",
        "20240080/D09.1",
        "20240080/S003.1",
        "20240498/C030.1",
    ]

    assert await seen(busy, post="office", unit="C007") == everything
    assert await seen(busy, post="leader", unit="C001") == everything
    assert await seen(busy, post="officer", unit="D09") == ["20240080/D09.1", "20240080/S003.1"]
    assert await seen(busy, post="officer", unit="S003") == ["20240080/S003.1"]
    assert await seen(busy, post="officer", unit="C030") == ["20240080/C030.1", "20240498/C030.1"]
    assert await seen(busy, post="officer", unit="D01") == []


async def test_a_proposer_sees_how_their_own_is_handled(busy: World) -> None:
    assert await seen(busy, post="proposer", unit="C001", person="li") == ["20240498/C030.1"]
    assert await seen(busy, post="proposer", unit="C001", person="zhao") == []


@pytest.mark.parametrize(
    ("caller", "status"),
    [
        ({"post": "officer", "unit": "D09"}, 404),
        ({"post": "officer", "unit": "C030"}, 200),
        ({"post": "head", "unit": "C001"}, 200),  # above all of them
        ({"post": "proposer", "unit": "C001", "person": "li"}, 200),
        ({"post": "proposer", "unit": "C001", "person": "wang"}, 404),
        ({"post": "committee", "unit": "C004"}, 200),
        ({"post": "auditor", "unit": "C004"}, 200),
    ],
)
async def test_a_proposal_that_does_not_concern_one_is_not_there(
    busy: World, caller: dict[str, str], status: int
) -> None:
    path = f"/proposals/{OTHER_PROPOSAL}"

    answer = await busy.ask("assignment", path, **caller)

    assert answer.status == status


async def test_whoever_handles_a_group_sees_its_members(busy: World) -> None:
    await busy.hears("assignment", merged(OTHER_PROPOSAL))

    answer = await busy.ask(
        "assignment", f"/proposals/{OTHER_PROPOSAL}", post="officer", unit="D09"
    )

    assert answer.status == 200


async def test_lists_are_narrowed_by_role_state_and_answer(busy: World) -> None:
    async def listed(query: str) -> list[str]:
        answer = await busy.ask("assignment", f"/tasks?{query}")
        return [f"{line['number']}/{line['task_id']}" for line in answer.body["tasks"]]

    assert await listed("role=co_handle") == ["20240080/C021.1"]
    assert await listed("role=lead&state=signed") == ["20240080/D09.1"]
    assert await listed("unit=C030&role=lead") == ["20240498/C030.1"]
    assert await listed("answered=true") == []


async def test_another_units_proposals_are_not_counted(busy: World) -> None:
    own = await busy.ask("assignment", "/counts", post="officer", unit="D09", year=2024)
    foreign = await busy.ask("assignment", "/counts", post="officer", unit="D01", year=2024)

    assert (own.body["handed_over"], foreign.body["handed_over"]) == (1, 0)
