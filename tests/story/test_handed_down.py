"""Handed down: the city gives a district the lead, the district its bureaus and streets."""

from datetime import date

import pytest

from tests.story.answering import reply, talk
from tests.story.office import (
    FUTIAN,
    LONGHUA,
    LONGHUA_EDUCATION,
    LONGHUA_PLANNING,
    MINZHI,
    Refused,
    complete,
    filed,
    hand_down,
    hand_over,
    row,
    sign,
)
from tests.story.seeing import case_page, clocks, figures, handling, page, standing, told
from tests.story.watching import mornings_until
from tests.world import World


async def led_by_longhua(world: World) -> str:
    """Longhua leads a proposal and has signed for it."""
    case = await filed(world, "新增学位")
    await hand_over(world, row(case, lead=LONGHUA))
    await sign(world, case, LONGHUA)
    return case


async def test_work_goes_down_with_earlier_dates_and_rolls_up_with_the_last(world: World) -> None:
    case = await led_by_longhua(world)
    meeting = "龙华区承办市政协提案部署会"
    await hand_down(world, case, LONGHUA, below=[LONGHUA_EDUCATION, "民治街道办"], meeting=meeting)

    tasks = await handling(world, case)
    city, inner = tasks["D07.1"]["answer"], tasks["T055.1"]["answer"]
    assert (city["on"], inner["on"]) == ("2024-04-22", "2024-04-08")
    assert "提前10个工作日" in [step["says"] for step in inner["steps"]]
    assert "分解任务待办1" in await page(world, f"/units/{MINZHI}")
    assert "下属单位在办2" in await page(world, f"/units/{LONGHUA}")

    await sign(world, case, LONGHUA_EDUCATION, MINZHI)
    first = await complete(world, case, MINZHI)
    assert first.told == ["WorkCompleted"]
    last = await complete(world, case, LONGHUA_EDUCATION)
    assert last.told == ["WorkCompleted", "WorkRolledUp"]

    await reply(world, case, LONGHUA)
    assert await standing(world, case) == "已答复"
    assert (await figures(world, LONGHUA))["handed_down"] == 2
    shown = await case_page(world, case)
    assert "任务分解，交龙华区教育局、龙华区民治街道办事处办理" in shown
    assert "分解任务全部办结，汇总至龙华区人民政府" in shown


async def test_the_district_answers_late_though_its_bureau_was_the_cause(world: World) -> None:
    case = await led_by_longhua(world)
    await talk(world, case, LONGHUA)
    await hand_down(world, case, LONGHUA, below=[LONGHUA_EDUCATION])
    await sign(world, case, LONGHUA_EDUCATION)

    world.today = date(2024, 4, 8)
    await mornings_until(world, date(2024, 4, 9))
    assert await clocks(world, case) == {
        "D07.1/sign": "stopped",
        "D07.1/contact": "stopped",
        "D07.1/reply": "green",
        "S003.1/sign": "stopped",
        "S003.1/reply": "red",
    }

    world.today = date(2024, 4, 22)
    await mornings_until(world, date(2024, 4, 23))
    missed = await told(world, "escalation", case, "DeadlineMissed")
    assert [(one["unit"], one["on"]) for one in missed] == [
        (LONGHUA_EDUCATION, "2024-04-09"),
        (LONGHUA, "2024-04-23"),
    ]


async def test_a_section_of_a_city_bureau_is_not_the_districts_to_order(world: World) -> None:
    case = await led_by_longhua(world)
    below = [LONGHUA_EDUCATION, LONGHUA_PLANNING, FUTIAN]

    with pytest.raises(Refused, match="409 faulty-list 清单第2、3行有问题") as refused:
        await hand_down(world, case, LONGHUA, below=below)

    assert [
        (finding["row"], finding["code"], finding["says"])
        for finding in refused.value.answer.body["findings"]
    ] == [
        (
            2,
            "not-under-you",
            "深圳市规划和自然资源局龙华管理局不是本单位的下级，不能向它分解任务。",
        ),
        (3, "not-under-you", "福田区人民政府不是本单位的下级，不能向它分解任务。"),
    ]
    assert list(await handling(world, case)) == ["D07.1"]


async def test_what_was_handed_down_is_not_returned_to_the_office(world: World) -> None:
    case = await led_by_longhua(world)
    await hand_down(world, case, LONGHUA, below=[MINZHI])

    with pytest.raises(Refused, match="409 not-signed 这项任务尚未签收"):
        await complete(world, case, MINZHI)
    with pytest.raises(Refused, match="409 not-handed-down"):
        await complete(world, case, LONGHUA)
