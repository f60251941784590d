"""Three levels down: the district deploys, its bureau arranges, a section does it and reports."""

import pytest

from tests.story.answering import reply
from tests.story.assigning import assignment, by_unit
from tests.story.office import (
    LONGHUA,
    LONGHUA_EDUCATION,
    LONGHUA_PLANNING,
    MINZHI,
    Refused,
    act,
    complete,
    filed,
    hand_down,
    hand_over,
    row,
    sign,
)
from tests.story.registering import register_unit
from tests.story.seeing import case_page, handling, standing
from tests.world import World

SECTION = "S903"


async def below_the_district(world: World) -> str:
    """Longhua leads; its education bureau and a street do the work, a section below the bureau."""
    await register_unit(
        world,
        SECTION,
        "龙华区教育局规划建设科",
        short_name="区教育局规建科",
        level="section",
        parent=LONGHUA_EDUCATION,
    )
    case = await filed(world, "新增学位")
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    await by_unit(
        world,
        case,
        LONGHUA,
        "hand-down",
        meeting="区政府专题会",
        deployed_by=f"head.{LONGHUA}",
        tasks=[{"unit": LONGHUA_EDUCATION, "duty": "建校"}, {"unit": MINZHI, "duty": "腾地"}],
    )
    await sign(world, case, LONGHUA_EDUCATION, MINZHI)
    await hand_down(world, case, LONGHUA_EDUCATION, below=[SECTION])
    await sign(world, case, SECTION)
    return case


async def test_each_level_is_due_earlier_and_rolls_up_to_the_one_above(world: World) -> None:
    case = await below_the_district(world)
    tasks = await handling(world, case)
    assert [tasks[one]["answer"]["on"] for one in ("D07.1", "S003.1", "S903.1")] == [
        "2024-04-22",
        "2024-04-08",
        "2024-03-22",
    ]
    assert [tasks[one]["parent"] for one in ("S003.1", "S903.1")] == ["D07.1", "S003.1"]

    with pytest.raises(Refused, match="409 work-below-open"):
        await complete(world, case, LONGHUA_EDUCATION)
    first = await complete(world, case, SECTION)
    assert first.told == ["WorkCompleted", "WorkRolledUp"]
    await complete(world, case, LONGHUA_EDUCATION)
    last = await complete(world, case, MINZHI)
    assert last.told == ["WorkCompleted", "WorkRolledUp"]

    await reply(world, case, LONGHUA)
    assert await standing(world, case) == "已答复"


async def test_progress_is_reported_below_and_read_above(world: World) -> None:
    case = await below_the_district(world)
    await by_unit(
        world,
        case,
        LONGHUA_EDUCATION,
        "officer",
        officer=f"officer.{LONGHUA_EDUCATION}",
        section="规划建设科",
    )
    await by_unit(world, case, SECTION, "progress", stage="选址", says="三处候选地块已踏勘")
    await by_unit(world, case, SECTION, "progress", stage="立项", says="可研报告已批复")

    found = await assignment(world, case)
    assert [(one["task_id"], one["stage"]) for one in found["progress"]] == [
        ("S903.1", "选址"),
        ("S903.1", "立项"),
    ]
    assert (await handling(world, case))["S003.1"]["section"] == "规划建设科"
    shown = await case_page(world, case)
    assert "任务分解（龙华区负责人（演示）部署）" in shown
    assert "龙华区教育局规划建设科报告进展：立项" in shown
    above = await world.ask("assignment", f"/proposals/{case}", post="officer", unit=LONGHUA)
    assert above.status == 200


async def test_a_branch_of_a_city_bureau_is_not_the_districts_to_order(world: World) -> None:
    case = await below_the_district(world)

    with pytest.raises(Refused) as refused:
        await hand_down(world, case, LONGHUA, below=[LONGHUA_PLANNING])

    [finding] = refused.value.answer.body["findings"]
    assert finding["code"] == "not-under-you"


async def test_a_section_does_not_answer_the_proposer_in_the_districts_place(world: World) -> None:
    case = await below_the_district(world)

    with pytest.raises(Refused):
        await reply(world, case, SECTION)


async def test_the_giver_takes_work_back_and_the_rest_is_complete(world: World) -> None:
    case = await below_the_district(world)
    await complete(world, case, SECTION)
    await complete(world, case, LONGHUA_EDUCATION)

    path = f"/proposals/{case}/tasks/{MINZHI}.1/withdraw"
    taken = await act(world, "assignment", path, {"why": "无须腾地"}, post="officer", unit=LONGHUA)

    assert taken.told == ["HandlersReassigned", "WorkRolledUp"]
    with pytest.raises(Refused, match="409 reassigned-already"):
        await complete(world, case, MINZHI)
