"""Tasks are listed by unit and state, part by part."""

from urllib.parse import urlencode

import pytest

from tests.domain.assignment.office import OTHER_PROPOSAL
from tests.service.assignment.acts import act, hand_over, item
from tests.world import Answer, World


async def ask(world: World, **query: object) -> Answer:
    return await world.ask("assignment", f"/tasks?{urlencode(query)}")


async def listed(world: World, **query: object) -> list[tuple[str, str]]:
    """Number and task of each line."""
    answer = await ask(world, **query)
    assert answer.status == 200
    return [(line["number"], line["task_id"]) for line in answer.body["tasks"]]


@pytest.fixture
async def busy(desk: World) -> World:
    """Both proposals are handed over; the district signed for the first."""
    await hand_over(desk, item(), item(OTHER_PROPOSAL, lead="C021", co_handlers=["D09"]))
    await act(desk, "D09.1", "sign", unit="D09")
    return desk


async def test_a_units_tasks_are_found_under_any_of_its_names(busy: World) -> None:
    tasks = [("20240080", "D09.1"), ("20240498", "D09.1")]

    assert await listed(busy, unit="D09") == tasks
    assert await listed(busy, unit="龙华") == tasks


async def test_tasks_are_found_by_state(busy: World) -> None:
    assert await listed(busy, state="signed") == [("20240080", "D09.1")]
    assert await listed(busy, unit="D09", state="unsigned") == [("20240498", "D09.1")]
    assert await listed(busy, state="noted") == [("20240080", "C030.1")]


async def test_a_long_list_comes_in_parts(busy: World) -> None:
    seen: list[tuple[str, str]] = []
    after = None
    while True:
        answer = await ask(busy, limit=2, **({"after": after} if after else {}))
        seen += [(line["number"], line["task_id"]) for line in answer.body["tasks"]]
        after = answer.body["next"]
        if after is None:
            break

    assert seen == await listed(busy)
    assert seen == [
        ("20240080", "C021.1"),
        ("20240080", "C030.1"),
        ("20240080", "D09.1"),
        ("20240498", "C021.1"),
        ("20240498", "D09.1"),
    ]


async def test_a_part_that_just_fits_is_the_last(busy: World) -> None:
    answer = await ask(busy, limit=5)

    assert (len(answer.body["tasks"]), answer.body["next"]) == (5, None)


async def test_a_line_names_the_unit_and_its_days(busy: World) -> None:
    answer = await ask(busy, unit="C021", state="unsigned")

    line = answer.body["tasks"][0]
    assert (line["unit_name"], line["role"], line["sign_by"], line["answer_by"]) == (
        "市教育局",
        "co_handle",
        "2024-03-14",
        "2024-04-11",
    )


async def test_an_unknown_unit_is_not_found(busy: World) -> None:
    answer = await ask(busy, unit="教育")

    assert (answer.status, answer.code) == (404, "unknown-unit")


@pytest.mark.parametrize(
    "query", [{"limit": 201}, {"limit": 0}, {"state": "lost"}, {"after": "20240080"}]
)
async def test_what_the_list_does_not_understand_is_refused(
    busy: World, query: dict[str, object]
) -> None:
    answer = await ask(busy, **query)

    assert (answer.status, answer.code) == (422, "malformed")
