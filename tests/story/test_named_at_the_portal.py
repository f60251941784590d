"""People are written by name at the portal; where two have one, it asks which."""

from html import unescape
from typing import Any

from tests.story import office
from tests.story.office import CITY, COMMITTEE, LONGHUA
from tests.story.registering import enter_people
from tests.story.visiting import at_the_portal, form
from tests.world import World


async def test_a_colleague_is_named_by_name(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))
    await office.sign(world, case, LONGHUA)
    address = form("name-officer", case, LONGHUA)
    called = (await world.ask("registry", "/people/officer.D07")).body["name"]

    offered = await at_the_portal(world, "GET", address, unit=LONGHUA)
    sent = await at_the_portal(world, "POST", address, {"officer": called}, unit=LONGHUA)

    assert f'<option value="{called}">经办人</option>' in offered.text
    assert sent.status_code == 303, sent.text
    task = (await world.ask("assignment", f"/proposals/{case}")).body["tasks"][0]
    assert task["officer"] == "officer.D07"


async def test_of_two_of_a_name_one_says_which(world: World) -> None:
    case = await office.filed(world)
    await office.hand_over(world, office.row(case, lead=LONGHUA))
    await office.sign(world, case, LONGHUA)
    named = {"chen.a": "陈静", "chen.b": "陈静"}
    await enter_people(world, named, post="officer", unit=LONGHUA)
    address = form("name-officer", case, LONGHUA)

    either = await at_the_portal(world, "POST", address, {"officer": "陈静"}, unit=LONGHUA)
    one = await at_the_portal(world, "POST", address, {"officer": "chen.b"}, unit=LONGHUA)

    assert either.status_code == 422
    assert "有2人同名，请写人员编号：chen.a、chen.b" in either.text
    assert one.status_code == 303, one.text


async def test_a_member_asks_others_to_sign_by_their_names(world: World) -> None:
    named = {"li.na": "李娜", "wang.a": "王强", "wang.b": "王强"}
    await enter_people(world, named, post="proposer", unit=CITY)
    member: Any = {"post": "proposer", "unit": CITY, "person": "zhao.min"}
    begun = await at_the_portal(world, "POST", "/do/begin-draft", {"title": "社区巴士"}, **member)
    draft = unescape(begun.text).partition('href="/do/save-draft?draft_id=')[2].partition('"')[0]
    address = f"/do/save-draft?draft_id={draft}"
    writing = {"draft_id": draft, "version": "1", "title": "社区巴士", "kind": "joint"}

    offered = await at_the_portal(world, "GET", address, **member)
    unclear = await at_the_portal(
        world,
        "POST",
        address,
        {**writing, "joint-0-name": "李娜", "joint-1-name": "王强"},
        **member,
    )
    clear = await at_the_portal(
        world,
        "POST",
        address,
        {**writing, "joint-0-name": "李娜", "joint-1-name": "王强", "joint-1-person": "wang.b"},
        **member,
    )

    assert '<option value="李娜">' in offered.text
    assert unclear.status_code == 422
    assert "第2行“王强”有2人同名，请写人员编号：wang.a、wang.b" in unclear.text
    assert clear.status_code < 400, clear.text
    kept = await world.ask("intake", f"/drafts/{draft}", **member)
    assert [one["person"] for one in kept.body["joint"]] == ["li.na", "wang.b"]


async def test_the_committee_enters_a_paper_by_the_names_on_it(world: World) -> None:
    named = {"li.na": "李娜", "wang.a": "王强", "wang.b": "王强"}
    await enter_people(world, named, post="proposer", unit=CITY)
    clerk: Any = {"post": "committee", "unit": COMMITTEE}
    paper = {
        "title": "社区巴士",
        "text": "建议增开。",
        "year": "2024",
        "kind": "joint",
        "proposers-0-name": "李娜",
        "proposers-1-name": "王强",
    }

    unclear = await at_the_portal(world, "POST", "/do/submit", paper, **clerk)
    which = {**paper, "proposers-1-person": "wang.a"}
    clear = await at_the_portal(world, "POST", "/do/submit", which, **clerk)

    assert unclear.status_code == 422
    assert "第2行“王强”有2人同名，请写人员编号：wang.a、wang.b" in unclear.text
    assert clear.status_code == 303, clear.text
    case = clear.headers["location"].rpartition("/")[2].partition("?")[0]
    entered = (await world.ask("intake", f"/proposals/{case}", **clerk)).body
    assert [one["person"] for one in entered["proposers"]] == ["li.na", "wang.a"]
