"""A unit is renamed, or others do its work: the story goes on under the names of then and now."""

import pytest

from shared.contracts.event import UnitCode
from tests.story.answering import reply
from tests.story.office import (
    INDUSTRY,
    TRANSPORT,
    Refused,
    filed,
    hand_over,
    row,
    sign,
)
from tests.story.registering import end_unit, rename_unit
from tests.story.seeing import case_page, handling, standing
from tests.world import World


async def test_a_renamed_unit_goes_on_with_its_work_under_its_new_name(world: World) -> None:
    case = await filed(world)
    await hand_over(world, row(case, lead=TRANSPORT))
    world.days_pass(2)

    await rename_unit(world, TRANSPORT, "市综合交通局")
    await sign(world, case, TRANSPORT)
    await reply(world, case, TRANSPORT)

    assert await standing(world, case) == "已答复"
    assert "市综合交通局" in await case_page(world, case)


async def test_every_service_can_say_then_and_now(world: World) -> None:
    handed_over_on = world.today
    world.days_pass(2)

    await rename_unit(world, TRANSPORT, "市综合交通局")

    for service in world.running:
        known = await world[service].desk.reference()
        assert known.then_and_now(TRANSPORT, handed_over_on).says == (
            "市交通运输局（现市综合交通局）"
        )
        assert known.then_and_now(TRANSPORT, world.today).says == "市综合交通局"


async def test_lists_may_still_call_a_unit_by_its_old_name(world: World) -> None:
    case = await filed(world)
    await rename_unit(world, TRANSPORT, "市综合交通局")

    await hand_over(world, row(case, lead="市交通运输局"))

    assert [*await handling(world, case)] == ["C028.1"]


async def test_work_handed_over_by_the_name_of_a_unit_that_is_gone_goes_to_its_successor(
    world: World,
) -> None:
    case = await filed(world)
    await end_unit(world, "市中小企业服务局", "市工信局")

    await hand_over(world, row(case, lead="市中小企业服务局"))

    assert [*await handling(world, case)] == [f"{INDUSTRY}.1"]


async def test_where_it_was_split_the_office_must_say_which(world: World) -> None:
    case = await filed(world)
    await end_unit(world, "市中小企业服务局", "市工信局", "市商务局", how="split")

    with pytest.raises(Refused, match="faulty-list") as refused:
        await hand_over(world, row(case, lead="市中小企业服务局"))

    [finding] = refused.value.answer.body["findings"]
    assert "现由市工业和信息化局、市商务局承接，请改填其中的单位" in finding["says"]


async def test_who_acted_in_a_unit_that_is_gone_acts_in_it_no_longer(world: World) -> None:
    await end_unit(world, "市气象局", "市应急局")

    known = await world["assignment"].desk.reference()
    assert known.successor_of(UnitCode("C038")) == "C047"
    answer = await world.ask("assignment", "/tasks?unit=C038", post="head", unit="C038")
    assert (answer.status, answer.code) == (403, "no-longer-in-post")
