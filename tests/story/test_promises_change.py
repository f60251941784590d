"""What becomes of promises: changed, refused, broken, inherited, looked back upon, solved."""

from datetime import date

import pytest

from tests.story.answering import (
    answered_with_promises,
    check_promise,
    keep_promise,
    reply,
    report_promise,
)
from tests.story.office import (
    FUTIAN,
    LONGHUA,
    OFFICE,
    TRANSPORT,
    Refused,
    act,
    filed,
    hand_over,
    row,
    sign,
)
from tests.story.seeing import case_page, figures, said, told
from tests.world import World

ROUTE = {"text": "开通线路三条", "due_on": "2024-05-10", "owner": "区交通科", "shown_by": "公告"}
P1 = "D07.r1.p1"


async def unit_asks(world: World, case: str) -> None:
    """The head of the unit asks for more time."""
    change = {"text": "开通线路两条", "due_on": "2024-09-30", "why": "车辆未到"}
    path = f"/proposals/{case}/promises/{P1}/ask-for-change"
    await act(world, "reply", path, change, post="head", unit=LONGHUA)


async def test_changed_with_the_offices_consent_and_word_to_the_proposers(world: World) -> None:
    case = await answered_with_promises(world, ROUTE)

    await unit_asks(world, case)
    await check_promise(world, case, P1, "decide-change", {"granted": False, "why": "不宜"})
    await unit_asks(world, case)
    await check_promise(world, case, P1, "decide-change", {"granted": True, "why": "同意"})

    shown = await case_page(world, case)
    assert "不同意龙华区人民政府变更承诺" in shown
    assert "开通线路两条，由2024-05-10改为2024-09-30前落实" in shown
    [clock] = await world.rows("portal", "SELECT due_on FROM open_clocks WHERE kind = 'promise'")
    assert clock["due_on"] == date(2024, 9, 30)


async def test_a_report_that_the_office_does_not_believe(world: World) -> None:
    case = await answered_with_promises(world, ROUTE)

    await report_promise(world, case, P1)
    await check_promise(world, case, P1, "refuse-report", {"why": "现场未见"})
    with pytest.raises(Refused, match="409 not-reported 承诺单位尚未申报兑现"):
        await check_promise(world, case, P1, "keep", {})
    await keep_promise(world, case, P1)

    assert (await figures(world, LONGHUA))["promises_kept"] == 1
    assert "核实龙华区人民政府的承诺尚未兑现" in await case_page(world, case)


async def test_broken_it_is_not_waited_for_any_more(world: World) -> None:
    case = await answered_with_promises(world, ROUTE)

    await check_promise(world, case, P1, "break", {"why": "项目取消"})

    counted = await figures(world, LONGHUA)
    assert (counted["promises_made"], counted["promises_kept"]) == (1, 0)
    assert await world.rows("portal", "SELECT FROM open_clocks WHERE kind = 'promise'") == []
    with pytest.raises(Refused, match="409 promise-is-broken"):
        await report_promise(world, case, P1)


async def test_the_office_names_the_heir_of_a_promise(world: World) -> None:
    case = await answered_with_promises(world, ROUTE)

    heir = {"unit": "市交通运输局", "why": "职责划转"}
    await check_promise(world, case, P1, "inherit", heir)
    with pytest.raises(Refused, match="403 not-your-promise"):
        await report_promise(world, case, P1)
    path = f"/proposals/{case}/promises/{P1}/report"
    await act(world, "reply", path, {"evidence": "公告"}, post="officer", unit=TRANSPORT)

    assert "龙华区人民政府的承诺由市交通运输局承接" in await case_page(world, case)


async def test_looked_back_upon_solved_and_answered_again_as_class_a(world: World) -> None:
    case, other = await answered_with_promises(world, ROUTE), await filed(world, "增设长椅")
    await hand_over(world, row(other, lead=FUTIAN))
    await sign(world, other, FUTIAN)
    await reply(world, other, FUTIAN)
    world.today = date(2024, 12, 16)
    year = {"year": 2024, "seed": "2024-12-16"}

    opened = await act(world, "reply", "/look-backs", year, post="office", unit=OFFICE)
    items = [(one["key"], one["data"]["item"]) for one in opened.body["events"]]
    assert items == [(case, P1), (other, "D01.r1")]
    for proposal, item, found in ((case, P1, "solved"), (other, "D01.r1", "not_solved")):
        path = f"/look-backs/2024/proposals/{proposal}/items/{item}"
        body = {"found": found, "says": "现场查看"}
        await act(world, "reply", path, body, post="office", unit=OFFICE)

    again = f"/proposals/{case}/replies/D07.r1/second-answer"
    says = {"summary": "三条线路全部开通"}
    with pytest.raises(Refused, match="409 promises-still-open 还有1项承诺没有核实兑现"):
        await act(world, "reply", again, says, post="head", unit=LONGHUA)
    await keep_promise(world, case, P1)
    await act(world, "reply", again, says, post="head", unit=LONGHUA)

    [answer] = (await said(world, case))["replies"]
    assert (answer["class_before"], answer["result_class"], answer["second_number"]) == (
        "B",
        "A",
        "龙华区函〔2024〕2号",
    )
    assert (await figures(world, LONGHUA))["by_class"]["A"] == 1
    assert "兑现承诺后再次答复：龙华区函〔2024〕2号，转为A类" in await case_page(world, case)
    [looked] = await told(world, "reply", other, "LookedBack")
    assert looked["found"] == "not_solved"
    rate = await world.ask("reply", "/conversion", post="office", by="unit", year=2024)
    assert [(one["of"], one["rate"]) for one in rate.body["rows"]] == [(LONGHUA, 1.0)]
