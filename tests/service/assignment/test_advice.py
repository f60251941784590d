"""Units are advised with reasons; what was taken of it is recorded and reported."""

import pytest

from shared.contracts.event import ProposalId
from shared.contracts.registry import Duty
from tests.domain.assignment.office import EVERY_UNIT, OTHER_PROPOSAL, PROPOSAL
from tests.service.assignment.acts import act, decide, hand_over, item, return_to_office
from tests.service.assignment.conftest import accepted, submitted
from tests.world import World

DUTIES = {
    "C021": "中小学和幼儿园的布局、学位供给与师资队伍建设",
    "C030": "国土空间规划、用地审批与选址",
    "S003": "辖区学校学位供给与入学管理",
}
THIRD = ProposalId("00000000-0000-4000-8000-000000000003")


@pytest.fixture
async def advised(desk: World) -> World:
    """Units have duties; two proposals ask for something."""
    await desk.hears(
        "assignment",
        *(
            unit.model_copy(update={"duties": (Duty(says=DUTIES[unit.code], source="三定规定"),)})
            for unit in EVERY_UNIT
            if unit.code in DUTIES
        ),
        submitted(PROPOSAL, "关于增加义务教育学位供给的建议"),
        submitted(OTHER_PROPOSAL, "关于龙华区学位供给的建议"),
    )
    return desk


async def units_for(world: World, proposal_id: str, **caller: str) -> list[str]:
    answer = await world.ask(
        "assignment",
        f"/proposals/{proposal_id}/advice",
        **{"post": "office", "unit": "C007", **caller},
    )
    assert answer.status == 200
    return [one["unit"] for one in answer.body["units"]]


async def test_the_fitting_units_come_with_their_reasons(advised: World) -> None:
    answer = await advised.ask(
        "assignment", f"/proposals/{PROPOSAL}/advice", post="office", unit="C007"
    )

    first = answer.body["units"][0]
    assert (first["unit"], first["unit_name"]) == ("C021", "市教育局")
    assert first["reasons"] == [f"匹配职责：{DUTIES['C021']}"]


async def test_a_place_in_the_title_comes_first(advised: World) -> None:
    assert (await units_for(advised, OTHER_PROPOSAL))[:2] == ["D09", "C021"]


async def test_a_district_is_advised_on_its_own_bureaus(advised: World) -> None:
    await hand_over(advised, item(lead="D09"))

    assert (await units_for(advised, PROPOSAL, post="officer", unit="D09"))[0] == "S003"


async def test_a_text_may_be_asked_about_as_well(advised: World) -> None:
    answer = await advised.ask(
        "assignment", "/advice", title="学位供给", post="committee", unit="C004"
    )

    assert answer.body["units"][0]["unit"] == "C021"
    assert (await advised.ask("assignment", "/advice", title="", post="office")).status == 422


async def test_advice_gives_nothing_to_anybody(advised: World) -> None:
    await units_for(advised, PROPOSAL)

    assert await advised.told_by("assignment") == []


async def test_what_was_taken_and_what_was_changed_is_counted(advised: World) -> None:
    await hand_over(
        advised,
        {**item(lead="C021"), "advised": ["C021", "D09"]},
        {**item(OTHER_PROPOSAL, lead="C030"), "advised": ["D09", "C021"]},
    )
    await advised.tell(
        "assignment",
        f"/proposals/{PROPOSAL}/items",
        {
            "items": [
                {
                    "says": "新建学校",
                    "unit": "C021",
                    "milestones": [{"says": "选址", "due_on": "2024-05-01"}],
                    "advised": ["C030", "C021"],
                }
            ]
        },
        post="office",
        unit="C007",
    )

    answer = await advised.ask("assignment", "/advice/report", post="office", unit="C007")

    assert answer.body["years"] == [
        {"year": 2024, "advised": 3, "first": 1, "among_three": 2, "taken": 2, "changed": 1}
    ]
    assert list(await advised.told_by("assignment")).count("AdviceFollowed") == 3


async def test_earlier_cases_speak_for_a_unit_and_returns_against_it(advised: World) -> None:
    await hand_over(advised, item(lead="C030"))
    await return_to_office(advised, "C030.1", unit="C030", proposed_unit="C021")
    await decide(advised, "C030.1", upheld=True)
    await act(advised, "C021.2", "sign", unit="C021")
    await advised.hears(
        "assignment",
        submitted(THIRD, "关于扩大义务教育学位供给的建议"),
        accepted(THIRD, "20240777"),
    )

    answer = await advised.ask(
        "assignment", f"/proposals/{THIRD}/advice", post="office", unit="C007"
    )

    reasons = {one["unit"]: one["reasons"] for one in answer.body["units"]}
    assert any("往年类似1件由其承办，如第20240080号" in reason for reason in reasons["C021"])
    assert "C030" not in reasons or any("曾退办类似提案" in reason for reason in reasons["C030"])


async def test_a_unit_is_offered_what_might_be_its_own(advised: World) -> None:
    await hand_over(advised, item(OTHER_PROPOSAL, lead="D09"))
    await advised.tell(
        "assignment", f"/proposals/{OTHER_PROPOSAL}/tasks/D09.1/sign", post="officer", unit="D09"
    )

    on_the_desk = await advised.ask("assignment", "/might-be-yours", post="officer", unit="C021")
    from_above = await advised.ask("assignment", "/might-be-yours", post="officer", unit="S003")

    [found] = on_the_desk.body["proposals"]
    assert (found["number"], found["why"]) == ("20240080", "等待交办，职责与本单位相近")
    assert found["reasons"]
    [below] = from_above.body["proposals"]
    assert (below["number"], below["why"]) == (
        "20240498",
        "上级单位正在办理，职责与本单位相近",
    )


async def test_a_unit_is_told_that_another_wants_to_return_in_its_favour(advised: World) -> None:
    await hand_over(advised, item(lead="D09"))
    await return_to_office(advised)

    answer = await advised.ask("assignment", "/might-be-yours", post="officer", unit="C030")

    assert [one["why"] for one in answer.body["proposals"]] == ["有单位退办时建议由本单位承办"]


async def test_nobody_looks_into_another_units_hints(advised: World) -> None:
    answer = await advised.ask(
        "assignment", "/might-be-yours?unit=C021", post="officer", unit="C030"
    )
    member = await advised.ask("assignment", "/might-be-yours", post="proposer", unit="C001")

    assert (answer.status, answer.code) == (403, "not-your-task")
    assert (member.status, member.code) == (403, "post-may-not")


async def test_the_advice_is_judged_on_real_cases_and_on_what_was_handed_over(
    advised: World,
) -> None:
    await hand_over(advised, item(lead="C021"))

    answer = await advised.ask("assignment", "/advice/evaluation", post="office", unit="C007")

    given, ours = answer.body["measured"]
    assert answer.status == 200
    # Of the units in the cases that come with the program, three have a lead that is here too.
    assert given["asked"] == 3
    assert (ours["asked"], ours["first"], ours["among_five"]) == (1, 1.0, 1.0)


async def test_only_the_office_judges_the_advice(advised: World) -> None:
    answer = await advised.ask("assignment", "/advice/evaluation", post="officer", unit="C021")

    assert answer.status == 403
