"""A form at the portal: one button, sent twice or in vain, it says why and loses nothing."""

from html import unescape

import httpx

from tests.story import office
from tests.story.office import LONGHUA, OFFICE
from tests.story.visiting import at_the_portal, form
from tests.world import World


async def test_a_clerk_signs_with_one_button(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))

    shown = await at_the_portal(world, "GET", f"/proposals/{case}", unit=LONGHUA)
    assert form("sign", case, LONGHUA) in unescape(shown.text)

    sent = await at_the_portal(
        world, "POST", form("sign", case, LONGHUA), {"once": "one"}, unit=LONGHUA
    )

    assert sent.status_code == 303
    assert sent.headers["location"] == f"/proposals/{case}?done=sign"
    after = await at_the_portal(world, "GET", sent.headers["location"], unit=LONGHUA)
    assert "“签收”已办理。" in after.text
    assert "这项任务已经签收。" in after.text


async def test_a_form_sent_twice_acts_once(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))

    for _ in range(2):
        sent = await at_the_portal(
            world, "POST", form("sign", case, LONGHUA), {"once": "the same"}, unit=LONGHUA
        )
        assert sent.status_code == 303

    assert await world.told_by("assignment", case) == ["HandlersAssigned", "AssignmentSigned"]


async def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))

    sent = await at_the_portal(
        world,
        "POST",
        form("return", case, LONGHUA),
        {
            "reason": "属于教育部门职责",
            "proposed_unit": "没有这个局",
            "reason_code": "not-our-duty",
        },
        unit=LONGHUA,
    )

    assert sent.status_code == 404
    assert "没有名为“没有这个局”的单位" in sent.text
    assert "属于教育部门职责" in sent.text
    assert await world.told_by("assignment", case) == ["HandlersAssigned"]


async def test_more_rows_are_had_without_script(world: World) -> None:
    await office.filed(world)

    sent = await at_the_portal(
        world,
        "POST",
        "/do/hand-over",
        {"items-0-lead": "龙华区", "items-2-lead": "", "more": "items"},
        post="office",
        unit=OFFICE,
    )

    assert sent.status_code == 200
    assert 'name="items-5-lead"' in sent.text
    assert 'value="龙华区"' in sent.text


async def test_a_list_is_handed_over_from_the_page(world: World) -> None:
    case = await office.filed(world)

    sent = await at_the_portal(
        world,
        "POST",
        "/do/hand-over",
        {
            "meeting": "市政府提案交办会",
            "items-0-proposal_id": case,
            "items-0-lead": "龙华区",
            "items-0-co_handlers": "市教育局、市卫健委",
        },
        post="office",
        unit=OFFICE,
    )

    assert sent.status_code == 303
    [handed] = await world.rows(
        "portal", "SELECT count(*) AS tasks FROM tasks WHERE proposal_id = $1", case
    )
    assert handed["tasks"] == 3


async def test_who_is_not_signed_in_is_asked_to(world: World) -> None:
    portal = world["portal"].client

    person = await portal.get("/do/hand-over?year=2024", headers={"Accept": "text/html"})
    program = await portal.get("/do/hand-over")

    assert person.status_code == 303
    assert person.headers["location"] == "/sign-in?next=%2Fdo%2Fhand-over%3Fyear%3D2024"
    assert program.status_code == 401
    assert "请先登录" in program.json()["detail"]


async def test_a_service_that_is_away_loses_nothing(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))
    callers = world["portal"].app.state.callers
    away = httpx.AsyncClient(base_url="http://127.0.0.1:1")
    world["portal"].app.state.callers = type(callers)({"assignment": away})

    sent = await at_the_portal(
        world,
        "POST",
        form("return", case, LONGHUA),
        {"reason_code": "not-our-duty", "reason": "写了很久", "proposed_unit": "市教育局"},
        unit=LONGHUA,
    )

    assert sent.status_code == 503
    assert "写了很久" in sent.text
    assert "暂时不可用" in sent.text
    await away.aclose()
