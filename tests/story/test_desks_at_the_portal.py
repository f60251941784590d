"""Desks and rooms at the portal: everybody finds what is theirs, and nothing of others."""

import re
from html import unescape

import pytest

from tests.story import office
from tests.story.office import COMMITTEE, EDUCATION, LONGHUA, OFFICE
from tests.story.visiting import at_the_portal, form
from tests.world import World


async def test_nobody_is_offered_what_is_anothers(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA, co_handlers=[EDUCATION]))

    shown = await at_the_portal(world, "GET", f"/proposals/{case}", unit=EDUCATION)

    assert form("sign", case, EDUCATION) in unescape(shown.text)
    assert form("sign", case, LONGHUA) not in unescape(shown.text)


async def test_everybody_has_a_desk_of_their_own(world: World) -> None:
    case = await office.filed(world, "增开社区巴士", "王志毅")
    await office.submit(world, "改造背街小巷", "李娜")
    await office.hand_over(world, office.row(case, lead=LONGHUA))
    await office.return_task(world, case, LONGHUA, proposed=EDUCATION)

    clerk = await at_the_portal(world, "GET", "/desk", unit=LONGHUA)
    at_office = await at_the_portal(world, "GET", "/desk", post="office", unit=OFFICE)
    committee = await at_the_portal(world, "GET", "/desk", post="committee", unit="C004")
    leader = await at_the_portal(world, "GET", "/desk", post="leader", unit="C001")

    assert clerk.headers["location"] == f"/units/{LONGHUA}"
    assert f"/do/decide-return?proposal_id={case}" in unescape(at_office.text)
    assert "（1）工作台" in at_office.text
    assert "改造背街小巷" in committee.text
    assert "没有等您办理的事项" in leader.text


async def test_an_extension_that_is_asked_lies_on_the_offices_desk(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))
    await at_the_portal(world, "POST", form("sign", case, LONGHUA), {"once": "1"}, unit=LONGHUA)

    asked = await at_the_portal(
        world,
        "POST",
        form("ask-extension", case, LONGHUA),
        {"until": "2024-06-28", "reason": "管线复杂"},
        unit=LONGHUA,
    )
    desk = await at_the_portal(world, "GET", "/desk", post="office", unit=OFFICE)
    page = await at_the_portal(
        world, "GET", form("decide-extension", case, LONGHUA), post="office", unit=OFFICE
    )

    assert asked.status_code == 303
    assert form("decide-extension", case, LONGHUA) in unescape(desk.text)
    assert "管线复杂" in page.text
    assert 'value="2024-06-28"' in page.text


async def test_supervision_has_a_desk_too(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))

    await at_the_portal(
        world,
        "POST",
        f"/do/supervise?proposal_id={case}",
        {"unit": "龙华区", "demand": "请报进展"},
        post="supervision",
        unit=OFFICE,
    )
    unit = await at_the_portal(world, "GET", f"/units/{LONGHUA}", unit=LONGHUA)
    before = await at_the_portal(world, "GET", "/desk", post="supervision", unit=OFFICE)
    [opened] = await world.rows("portal", "SELECT supervision_id FROM supervisions")
    query = f"proposal_id={case}&supervision_id={opened['supervision_id']}"
    answered = await at_the_portal(
        world,
        "POST",
        f"/do/answer-supervision?{query}",
        {"says": "已经动工"},
        unit=LONGHUA,
    )
    after = await at_the_portal(world, "GET", "/desk", post="supervision", unit=OFFICE)

    assert f"/do/answer-supervision?{query}" in unescape(unit.text)
    assert "督办待办结" not in before.text
    assert answered.status_code == 303
    assert f"/do/close-supervision?{query}" in unescape(after.text)


@pytest.mark.parametrize("room", ["drafts", "register", "notices"])
@pytest.mark.parametrize("post", ["proposer", "committee", "operator", "security", "head"])
async def test_a_room_shows_what_stands_and_every_button_opens_a_form(
    world: World, room: str, post: str
) -> None:
    unit = LONGHUA if post == "head" else COMMITTEE
    await at_the_portal(
        world, "POST", "/do/begin-draft", {"title": "增开社区巴士"}, post=post, unit=unit
    )

    shown = await at_the_portal(world, "GET", f"/rooms/{room}", post=post, unit=unit)

    assert shown.status_code == 200
    assert re.findall(r'class="notice">(.*?)</p>', shown.text) == []
    for where in {
        link.partition("?")[0]: link for link in re.findall(r'href="(/do/[^"]+)"', shown.text)
    }.values():
        form_page = await at_the_portal(world, "GET", unescape(where), post=post, unit=unit)
        assert form_page.status_code in (200, 401), where
