"""What one may not see is as if it were not there: in the list, on the page, in what is found."""

from typing import Any

import pytest

from shared.contracts.assignment import (
    HandlersReassigned,
    Role,
    Task,
    WorkHandedDown,
)
from shared.contracts.event import ProposalId, TaskId, UnitCode
from tests.service.intake.acts import (
    CLERK,
    called,
    fetch,
    file,
    handed_over,
    merge,
    submit,
)
from tests.world import World


async def seen(world: World, *, post: str, unit: str = "C001", **more: Any) -> set[str]:
    """The titles that somebody finds in the list."""
    answer = await world.ask("intake", "/proposals", post=post, unit=unit, **more)
    return {line["title"][2:-3] for line in answer.body["proposals"]}


async def has_page(world: World, name: str, *, post: str, unit: str, person: str | None) -> bool:
    answer = await world.ask(
        "intake", f"/proposals/{called(name)}", post=post, unit=unit, person=person
    )
    assert answer.status in (200, 404)
    return answer.status == 200


@pytest.mark.parametrize("post", ["committee", "office", "supervision", "leader", "operator"])
async def test_whose_work_is_the_whole_sees_the_whole(intake: World, post: str) -> None:
    await file(intake, "a")
    await submit(intake, "b")

    assert await seen(intake, post=post) == {"a", "b"}


async def test_a_unit_sees_what_it_and_those_below_have_a_part_in(intake: World) -> None:
    await file(intake, "a", "b", "c")
    await handed_over(intake, "a", "C020")
    await handed_over(intake, "b", "S01")

    assert await seen(intake, post="officer", unit="C020") == {"a"}
    assert await seen(intake, post="head", unit="D07") == {"b"}
    assert await seen(intake, post="officer", unit="S01") == {"b"}
    assert await seen(intake, post="officer", unit="C003") == set()
    assert await has_page(intake, "b", post="head", unit="D07", person=None)
    assert not await has_page(intake, "c", post="head", unit="D07", person=None)


async def test_what_is_merged_into_its_proposal_concerns_it_too(intake: World) -> None:
    await file(intake, "a", "b")
    await merge(intake, "a", "b", main="a")
    await handed_over(intake, "a", "C020")

    assert await seen(intake, post="officer", unit="C020") == {"a", "b"}


async def test_who_got_it_later_sees_it_and_who_gave_it_up_still_does(intake: World) -> None:
    await file(intake, "a")
    await handed_over(intake, "a", "C020")
    task = Task(task_id=TaskId("D07.2"), unit=UnitCode("D07"), role=Role.LEAD, generation=2)
    await intake.hears(
        "intake",
        HandlersReassigned(
            proposal_id=ProposalId(called("a")),
            by=CLERK,
            on=intake.today,
            generation=2,
            ended=(TaskId("C020.1"),),
            tasks=(task,),
            policy="restart",
            why="改派",
        ),
        WorkHandedDown(
            proposal_id=ProposalId(called("a")),
            by=CLERK,
            on=intake.today,
            parent=TaskId("D07.2"),
            tasks=(
                task.model_copy(
                    update={
                        "task_id": TaskId("S01.2"),
                        "unit": UnitCode("S01"),
                        "parent": TaskId("D07.2"),
                    }
                ),
            ),
        ),
    )

    for unit in ("C020", "D07", "S01"):
        assert await seen(intake, post="officer", unit=unit) == {"a"}
    rows = await intake.rows("intake", "SELECT unit FROM concerned WHERE answers AND NOT ended")
    assert [row["unit"] for row in rows] == ["D07"]


async def test_a_proposer_sees_their_own(intake: World) -> None:
    await submit(intake, "a")
    await submit(intake, "b", proposers=[{"name": "吴联喜", "person": "p-wu"}])

    assert await seen(intake, post="proposer", person="p-wang") == {"a"}
    assert await seen(intake, post="proposer", person="p-wu") == {"b"}
    assert await seen(intake, post="proposer", person="p-li") == set()
    assert not await has_page(intake, "b", post="proposer", unit="C001", person="p-wang")


async def test_a_search_finds_only_what_one_may_see(intake: World) -> None:
    await submit(intake, "a", title="关于公交的提案")
    await submit(
        intake, "b", title="关于公交站的提案", proposers=[{"name": "吴联喜", "person": "p-wu"}]
    )

    answer = await intake.ask("intake", "/proposals", post="proposer", person="p-wu", q="公交")

    assert [line["title"] for line in answer.body["proposals"]] == ["关于公交站的提案"]


async def test_what_is_exported_is_what_is_shown(intake: World) -> None:
    await file(intake, "a", "b")
    await handed_over(intake, "a", "C020")

    response = await fetch(intake, "/exports/proposals", post="officer", unit="C020")
    nothing = await fetch(intake, "/exports/proposals", post="officer", unit="C003")

    assert response.status_code == nothing.status_code == 200
    assert len(response.content) > len(nothing.content)


async def test_heard_twice_it_is_written_once(intake: World) -> None:
    await file(intake, "a")
    for _ in range(2):
        await handed_over(intake, "a", "C020")

    rows = await intake.rows("intake", "SELECT unit FROM concerned")

    assert len(rows) == 1
