"""A faulty list: every faulty place is named by row and column, and nothing is handed over."""

import pytest

from tests.story.office import LONGHUA, TRANSPORT, Refused, filed, hand_over, row, submit
from tests.story.seeing import handling, standing
from tests.world import World


async def findings_of(world: World, *rows: dict[str, object]) -> list[tuple[int, str, str]]:
    """What the office is told of a list that it cannot hand over."""
    with pytest.raises(Refused, match="409 faulty-list") as refused:
        await hand_over(world, *rows)
    found = refused.value.answer.body["findings"]
    return [(one["row"], one["column"], one["code"]) for one in found]


async def test_an_unknown_unit_is_named_with_its_row_and_nothing_is_handed_over(
    world: World,
) -> None:
    good, bad = await filed(world, "加装电梯"), await filed(world, "加装扶手")

    with pytest.raises(Refused, match="409 faulty-list 清单第2行有问题，整份清单都没有生效") as no:
        await hand_over(
            world,
            row(good, lead="龙华区", co_handlers=["市交通局"]),
            row(bad, lead="深圳市人民政府", co_handlers=["市教育"]),
        )

    assert no.value.answer.body["findings"] == [
        {
            "row": 2,
            "column": "co_handlers",
            "proposal_id": bad,
            "number": "20240002",
            "code": "unknown-unit",
            "says": "没有名为“市教育”的单位。请按单位全称、规范简称或编码填写。",
        }
    ]
    assert [await handling(world, case) for case in (good, bad)] == [{}, {}]
    assert [await standing(world, case) for case in (good, bad)] == ["待交办", "待交办"]
    assert await world.told_by("assignment") == []


async def test_every_fault_of_every_row_is_named_at_once(world: World) -> None:
    first, second = await filed(world, "加装电梯"), await filed(world, "加装扶手")
    unfiled = await submit(world, "加装路灯")

    found = await findings_of(
        world,
        row(first, lead=LONGHUA, split=[TRANSPORT], co_handlers=["龙华区政府"]),
        row(second),
        row(unfiled, lead=LONGHUA),
        row(first, lead=TRANSPORT),
    )

    assert found == [
        (1, "co_handlers", "named-twice"),
        (1, "split", "lead-and-split"),
        (2, "lead", "nobody-answers"),
        (3, "proposal_id", "not-filed"),
        (4, "proposal_id", "listed-twice"),
    ]


async def test_a_proposal_is_handed_over_once(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=LONGHUA))

    found = await findings_of(world, row(case, lead=TRANSPORT))

    assert found == [(1, "proposal_id", "handed-over-already")]
    assert list(await handling(world, case)) == ["D07.1"]


async def test_an_old_name_finds_the_unit_that_took_over(world: World) -> None:
    case = await filed(world)

    await hand_over(world, row(case, lead="市工业和信息化局", co_handlers=["深圳市交通运输局"]))

    assert list(await handling(world, case)) == ["C019.1", "C028.1"]
