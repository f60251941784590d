"""A clerk signs, returns and answers at the portal; what is not possible says why."""

import re
from collections.abc import Mapping
from html import unescape

import httpx
import pytest

from services.portal.desks import HINTS_READ
from tests.story import office
from tests.story.office import CITY, COMMITTEE, EDUCATION, LONGHUA, OFFICE
from tests.world import World


async def at_the_portal(
    world: World,
    method: str,
    path: str,
    written: Mapping[str, str | list[str]] | None = None,
    *,
    post: str = "officer",
    unit: str,
    person: str | None = None,
) -> httpx.Response:
    """Somebody opens a page, or sends a form."""
    headers = {
        "Authorization": f"Bearer {world.token(post=post, unit=unit, person=person)}",
        "Huiban-Today": world.today.isoformat(),
        "Accept": "text/html",
        "Cookie": f"{HINTS_READ}=yes",  # one has been here before
    }
    return await world["portal"].client.request(method, path, data=written, headers=headers)


def form(code: str, case: str, unit: str) -> str:
    return f"/do/{code}?proposal_id={case}&task_id={unit}.1"


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


async def test_nobody_is_offered_what_is_anothers(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA, co_handlers=[EDUCATION]))

    shown = await at_the_portal(world, "GET", f"/proposals/{case}", unit=EDUCATION)

    assert form("sign", case, EDUCATION) in unescape(shown.text)
    assert form("sign", case, LONGHUA) not in unescape(shown.text)


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


async def test_an_opinion_is_drafted_checked_and_given_by_three_people(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA, co_handlers=[EDUCATION]))
    await at_the_portal(world, "POST", form("sign", case, EDUCATION), {"once": "1"}, unit=EDUCATION)

    drafted = await at_the_portal(
        world,
        "POST",
        form("draft-opinion", case, EDUCATION),
        {"opinion": "建议错峰放学。"},
        unit=EDUCATION,
    )
    to_check = await at_the_portal(world, "GET", f"/units/{EDUCATION}", unit=EDUCATION)
    read_first = await at_the_portal(
        world, "GET", form("check-opinion", case, EDUCATION), post="section_head", unit=EDUCATION
    )
    checked = await at_the_portal(
        world,
        "POST",
        form("check-opinion", case, EDUCATION),
        {"draft": "1"},
        post="section_head",
        unit=EDUCATION,
    )
    given = await at_the_portal(
        world,
        "POST",
        form("issue-opinion", case, EDUCATION),
        {"draft": "1"},
        post="head",
        unit=EDUCATION,
    )

    assert drafted.status_code == checked.status_code == given.status_code == 303
    assert "会办意见待核稿" in to_check.text
    assert "建议错峰放学。" in read_first.text
    assert "OpinionGiven" in await world.told_by("reply", case)


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


async def test_a_draft_is_begun_saved_and_handed_in(world: World) -> None:
    begun = await at_the_portal(
        world,
        "POST",
        "/do/begin-draft",
        {"title": "关于增开社区巴士的提案", "text": "现状。建议：增开。", "kind": "single"},
        post="proposer",
        unit="C004",
    )
    where = unescape(begun.text).partition('href="/do/save-draft?draft_id=')[2].partition('"')[0]
    shown = await at_the_portal(
        world, "GET", f"/do/save-draft?draft_id={where}", post="proposer", unit="C004"
    )

    assert begun.status_code == 200
    assert 'value="关于增开社区巴士的提案"' in shown.text
    assert 'name="version" value="1"' in shown.text


async def test_a_proposal_goes_from_its_hand_over_to_its_promise_by_forms_alone(
    world: World,
) -> None:
    case = await office.filed(world, "增开社区巴士", "王志毅", "李娜")

    async def do(
        code: str,
        written: dict[str, str],
        *,
        post: str,
        unit: str = LONGHUA,
        person: str | None = None,
        **about: str,
    ) -> None:
        query = "&".join(f"{name}={value}" for name, value in about.items())
        where = f"/do/{code}?proposal_id={case}&{query}"
        sent = await at_the_portal(
            world, "POST", where, written, post=post, unit=unit, person=person
        )
        assert sent.status_code == 303, f"{code}: {unescape(sent.text)}"

    async def page(*, post: str, unit: str = LONGHUA) -> str:
        shown = await at_the_portal(world, "GET", f"/proposals/{case}", post=post, unit=unit)
        return unescape(shown.text)

    task = {"task_id": f"{LONGHUA}.1"}
    await do(
        "hand-over",
        {"items-0-proposal_id": case, "items-0-lead": "龙华区"},
        post="office",
        unit=OFFICE,
    )
    await do("sign", {}, post="officer", **task)
    await do(
        "contact",
        {"kind": "visit", "people": "王志毅\n李娜", "summary": "当面听取意见"},
        post="officer",
        **task,
    )
    await do("list-points", {"points": "增开社区巴士"}, post="officer", **task)
    await do(
        "draft",
        {
            "text": "拟增开三条线路。",
            "result_class": "B",
            "answers-0-point": "增开社区巴士",
            "answers-0-answer": "增开三条。",
        },
        post="officer",
        **task,
    )
    read_first = await at_the_portal(
        world, "GET", form("approve", case, LONGHUA), post="section_head", unit=LONGHUA
    )
    assert "拟增开三条线路。" in read_first.text
    await do("approve", {"draft": "1"}, post="section_head", **task)
    await do("endorse", {"draft": "1"}, post="leader", unit=LONGHUA, **task)
    await do(
        "issue",
        {
            "draft": "1",
            "summary": "增开三条线路",
            "promises-0-text": "开通三条线路",
            "promises-0-due_on": "2024-12-31",
        },
        post="head",
        **task,
    )
    [reply] = await world.rows("portal", "SELECT * FROM replies WHERE proposal_id = $1", case)
    letter = {"reply_id": reply["reply_id"]}
    await do("accept-reply", {}, post="office", unit=OFFICE, **letter)
    await do("ask-for-ratings", {}, post="committee", unit="C004", **letter)
    rated = {"process": "satisfied", "result": "basically"}
    first = {**rated, "proposer": "王志毅", "comment": "盼早日开通"}
    await do("rate", first, post="proposer", unit=CITY, person="王志毅", **letter)
    assert "盼早日开通" in await page(post="committee", unit="C004")
    assert "盼早日开通" not in await page(post="officer")

    second = {**rated, "proposer": "李娜"}
    await do("rate", second, post="proposer", unit=CITY, person="李娜", **letter)
    await do("close-ratings", {}, post="committee", unit="C004", **letter)
    assert "盼早日开通" in await page(post="officer")

    [promise] = await world.rows("portal", "SELECT * FROM promises WHERE proposal_id = $1", case)
    told = {"promise_id": promise["promise_id"]}
    await do("report-kept", {"evidence": "三条线路已经开通"}, post="officer", **told)
    assert (
        "三条线路已经开通"
        in (await at_the_portal(world, "GET", "/desk", post="office", unit=OFFICE)).text
    )
    await do("keep", {}, post="office", unit=OFFICE, **told)
    assert "兑现：三条线路已经开通" in await page(post="officer")


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
