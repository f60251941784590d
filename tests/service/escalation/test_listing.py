"""The list of clocks: the most urgent first, by unit and light, as they stand on the day."""

from typing import Any

import pytest

from shared.contracts.event import ProposalId
from tests.domain.escalation.office import FUTIAN, LONGHUA, day
from tests.service.escalation.acts import accepted, assigned, opinion, signed
from tests.world import World


async def listed(world: World, path: str = "/clocks", **query: Any) -> list[str]:
    """The ids of a list of clocks."""
    answer = await world.ask("escalation", path, **query)
    assert answer.status == 200
    return [clock["clock_id"] for clock in answer.body["clocks"]]


@pytest.fixture
async def handed_over(watch: World) -> World:
    """Signing is due on 6 March, the opinion on the 15th, the reply on 3 June; near is 3 days."""
    await watch.hears("escalation", accepted(), assigned(), signed(LONGHUA, on="03-04"))
    return watch


async def test_the_most_urgent_comes_first(handed_over: World) -> None:
    assert await listed(handed_over) == ["D01.1/sign", "D01.1/opinion", "D09.1/reply"]


@pytest.mark.parametrize(
    ("text", "green", "yellow", "red"),
    [
        ("03-01", ["D01.1/opinion", "D09.1/reply"], ["D01.1/sign"], []),
        ("03-06", ["D01.1/opinion", "D09.1/reply"], ["D01.1/sign"], []),
        ("03-07", ["D01.1/opinion", "D09.1/reply"], [], ["D01.1/sign"]),
        ("03-11", ["D01.1/opinion", "D09.1/reply"], [], ["D01.1/sign"]),
        ("03-12", ["D09.1/reply"], ["D01.1/opinion"], ["D01.1/sign"]),
        ("03-16", ["D09.1/reply"], [], ["D01.1/sign", "D01.1/opinion"]),
    ],
)
async def test_lights_are_those_of_the_day(
    handed_over: World, text: str, green: list[str], yellow: list[str], red: list[str]
) -> None:
    handed_over.today = day(text)

    assert await listed(handed_over, light="green") == green
    assert await listed(handed_over, light="yellow") == yellow
    assert await listed(handed_over, light="red") == red


async def test_the_list_says_what_the_filter_said(handed_over: World) -> None:
    handed_over.today = day("03-12")

    answer = await handed_over.ask("escalation", "/clocks")

    assert [(clock["light"], clock["word"], clock["shape"]) for clock in answer.body["clocks"]] == [
        ("red", "红灯·已逾期", "■"),
        ("yellow", "黄灯·临期", "◆"),
        ("green", "绿灯·正常", "●"),
    ]


async def test_stopped_clocks_are_grey_and_shown_when_asked_for(handed_over: World) -> None:
    await handed_over.hears("escalation", opinion(on="03-05"))

    answer = await handed_over.ask("escalation", "/clocks", light="grey")

    assert {clock["clock_id"] for clock in answer.body["clocks"]} == {
        "D09.1/sign",
        "D01.1/opinion",
    }
    assert {clock["word"] for clock in answer.body["clocks"]} == {"已停止"}


async def test_a_unit_sees_its_own_by_name_or_code(handed_over: World) -> None:
    assert await listed(handed_over, "/clocks?unit=龙华区") == ["D09.1/reply"]
    assert await listed(handed_over, f"/clocks?unit={FUTIAN}") == ["D01.1/sign", "D01.1/opinion"]


async def test_an_unknown_unit_is_said_to_be_unknown(handed_over: World) -> None:
    answer = await handed_over.ask("escalation", "/clocks?unit=龙华")

    assert (answer.status, answer.code) == (404, "unknown-unit")


async def test_a_long_list_comes_in_parts(handed_over: World) -> None:
    other = ProposalId("43")
    await handed_over.hears("escalation", accepted(other), assigned(proposal_id=other))

    first = await handed_over.ask("escalation", "/clocks", limit=5)
    rest = await handed_over.ask("escalation", "/clocks", limit=5, offset=5)

    assert (len(first.body["clocks"]), first.body["more"]) == (5, True)
    assert (len(rest.body["clocks"]), rest.body["more"]) == (2, False)
    seen = {
        (clock["proposal_id"], clock["clock_id"])
        for part in (first, rest)
        for clock in part.body["clocks"]
    }
    assert len(seen) == 7


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"light": "blue"}, {"offset": -1}])
async def test_a_list_is_asked_for_sensibly(watch: World, query: dict[str, Any]) -> None:
    answer = await watch.ask("escalation", "/clocks", **query)

    assert (answer.status, answer.code) == (422, "malformed")


async def test_an_unknown_proposal_has_no_page(watch: World) -> None:
    answer = await watch.ask("escalation", "/proposals/42")

    assert (answer.status, answer.code) == (404, "unknown")
