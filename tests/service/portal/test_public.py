"""What everybody may see without signing in, and that nothing else can be got at."""

import csv
import re
from collections.abc import AsyncIterator
from datetime import date
from html import unescape
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

from shared.contracts.assignment import Role
from shared.contracts.event import Event, ProposalId, TaskId
from shared.contracts.intake import ProposalDeclined, Proposer
from shared.contracts.registry import Policy
from shared.contracts.reply import Rating, ReleaseWithdrawn, ReplyReleased, ReplySentBack
from tests.conftest import Opening
from tests.service.portal.conftest import RULES
from tests.service.portal.lives import (
    LONGHUA,
    OFFICE,
    TRANSPORT,
    UNITS,
    Life,
    day,
    someone,
    task,
)
from tests.world import World

SECRET = "内部讲明的理由"
PROPOSER = "欧阳不公开"
LICENCE = "可以自由使用，须注明来源。"
OPEN_RULES = RULES.model_copy(
    update={
        "policies": {
            "public.progress": Policy(value="filed", says="立案后可查", source=None),
            "public.licence": Policy(value="attribution", says=LICENCE, source=None),
        }
    }
)
# How far each proposal has come, whether its proposers want it public, what became of its letter.
CASES = {
    "submitted": (True, None),
    "declined": (True, None),
    "accepted": (True, None),
    "private": (False, None),
    "handling": (True, None),
    "replied": (True, None),
    "private_replied": (False, None),
    "released": (True, "released"),
    "private_released": (False, "released"),
    "withdrawn": (True, "withdrawn"),
    "private_withdrawn": (False, "withdrawn"),
    "void": (False, "void"),
}
IDS = {name: ProposalId(f"00000000-0000-4000-8000-{nth:012d}") for nth, name in enumerate(CASES)}
TITLES = {name: f"关于第{nth}号桥梁的提案" for nth, name in enumerate(CASES, 1)}
# Whose title everybody may read, and whose letter.
TITLE_SHOWN = {"accepted", "handling", "replied", "released", "withdrawn"}
LETTER_SHOWN = {"released", "private_released"}
PUBLIC = TITLE_SHOWN | LETTER_SHOWN


def released(name: str, on: date, text: str | None = None) -> Event:
    return ReplyReleased(
        proposal_id=IDS[name],
        by=someone(OFFICE, "office"),
        on=on,
        reply_id="D07.r1",
        unit=LONGHUA,
        kind="reply",
        form="full",
        title=f"答复〈{name}〉",
        text=text or f"{name}：贵委员，桥梁将于年内加固。",
    )


def life_of(name: str) -> list[Event]:
    life, (wants, letter) = Life(IDS[name]), CASES[name]
    nth = list(CASES).index(name) + 1
    events: list[Event] = [
        life.submitted(
            TITLES[name],
            text=f"{SECRET}{nth}。",
            proposers=(Proposer(name=PROPOSER),),
            wants_publication=wants,
        )
    ]
    if name == "submitted":
        return events
    if name == "declined":
        refused: dict[str, Any] = {
            "proposal_id": IDS[name],
            "by": someone(OFFICE, "committee"),
            "on": day("01-08"),
        }
        return [*events, ProposalDeclined(**refused, reason_code="other", reason=SECRET)]
    events.append(life.accepted(f"2024{nth:04d}"))
    if name in ("accepted", "private"):
        return events
    events.append(life.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)))
    if name == "handling":
        return events
    events += [life.opinion(TRANSPORT), life.drafted(LONGHUA)]
    events.append(life.issued(LONGHUA, summary=f"{SECRET}的答复摘要"))
    if letter in ("released", "withdrawn"):
        events += [life.rated(LONGHUA, Rating.SATISFIED), released(name, day("04-20"))]
    act: dict[str, Any] = {
        "proposal_id": IDS[name],
        "by": someone(OFFICE, "office"),
        "on": day("04-22"),
    }
    if letter == "withdrawn":
        events.append(ReleaseWithdrawn(**act, reply_id="D07.r1", unit=LONGHUA, why="有误"))
    if letter == "void":
        events.append(
            ReplySentBack(
                **act,
                reply_id="D07.r1",
                task_id=TaskId("D07.1"),
                unit=LONGHUA,
                round=1,
                why=SECRET,
            )
        )
    return events


@pytest.fixture
async def city(open_world: Opening) -> AsyncIterator[World]:
    """A proposal at every stage, in a city that lets everybody follow filed ones."""
    async with open_world("portal", today=day("05-06")) as world:
        await world.hears("portal", *UNITS, OPEN_RULES)
        for name in CASES:
            await world.hears("portal", *life_of(name))
        yield world


async def get(world: World, path: str, **headers: str) -> httpx.Response:
    """Anybody asks, without a cookie and without a token."""
    return await world["portal"].client.get(
        path,
        headers={"accept": "text/html", "huiban-today": world.today.isoformat(), **headers},
    )


def text_of(response: httpx.Response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.text)))


@pytest.mark.parametrize("name", CASES)
async def test_what_is_not_public_cannot_be_reached_by_any_address(city: World, name: str) -> None:
    case = IDS[name]
    page = await get(city, f"/public/proposals/{case}")
    withdrawn = name == "private_withdrawn"
    assert page.status_code == (200 if name in PUBLIC else 410 if withdrawn else 404)

    everywhere = [
        page,
        await get(city, f"/public/proposals/{case}?lang=zh-Hant"),
        await get(city, f"/public?q={TITLES[name]}"),
        await get(city, f"/public?q={SECRET}"),
        await get(city, f"/public?q={PROPOSER}"),
        await get(city, f"/public?q=2024{list(CASES).index(name) + 1:04d}"),
        await get(city, "/public?year=2024&unit=D07"),
        await get(city, f"/public?after={case}"),
        await get(city, "/public/feed.atom"),
        await get(city, "/public/data.json?limit=500"),
        await get(city, "/public/data.csv"),
        await get(city, f"/public/data.json?after={case}/D07.r1"),
    ]

    for response in everywhere:
        assert response.status_code < 500
        said = unescape(response.text).replace(f'value="{SECRET}"', "")
        said = said.replace(f'value="{PROPOSER}"', "").replace(f'value="{TITLES[name]}"', "")
        said = said.replace(f"“{SECRET}”", "").replace(f"“{PROPOSER}”", "")
        said = said.replace(f"“{TITLES[name]}”", "")
        assert SECRET not in said
        assert PROPOSER not in said
        assert ("答复〈" not in said) or name in LETTER_SHOWN or f"〈{name}〉" not in said
        if name not in TITLE_SHOWN:
            assert TITLES[name] not in said


async def listed(world: World, query: str) -> set[str]:
    page = await get(world, f"/public?{query}")
    assert page.status_code == 200
    return {name for name, case in IDS.items() if case in page.text}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", PUBLIC),
        ("q=桥梁", PUBLIC),
        ("q=橋樑", PUBLIC),  # as it is written in Hong Kong
        ("q=加固", LETTER_SHOWN),
        ("q=第8号", {"released"}),
        ("q=第9号", set[str]()),  # its letter is public, its title is not
        ("q=20240008", {"released"}),
        ("q=20240009", {"private_released"}),
        ("q=20240004", set[str]()),
        ("q=加固+答复", LETTER_SHOWN),
        ("q=加固+第8号", set[str]()),  # one in a letter, the other in a title
        (f"q={SECRET}", set[str]()),
        (f"q={PROPOSER}", set[str]()),
        ("q=理由", set[str]()),
        ("q=桥", TITLE_SHOWN),
        ("q=%25", set[str]()),
        ("unit=D07", LETTER_SHOWN),
        ("unit=C030", set[str]()),
        ("year=2024", PUBLIC),
        ("year=2023", set[str]()),
    ],
)
async def test_searching_finds_what_is_public_by_its_public_words(
    city: World, query: str, found: set[str]
) -> None:
    assert await listed(city, query) == found


async def test_the_public_reads_plain_words(city: World) -> None:
    assert "承办单位正在办理" in text_of(await get(city, f"/public/proposals/{IDS['handling']}"))
    page = text_of(await get(city, f"/public/proposals/{IDS['replied']}"))
    assert "已答复" in page
    assert "答复的文本没有公开" in page
    page = text_of(await get(city, f"/public/proposals/{IDS['private_released']}"))
    assert "桥梁将于年内加固" in page
    assert "龙华区人民政府" in page
    assert "已经撤回" in text_of(await get(city, f"/public/proposals/{IDS['private_withdrawn']}"))


async def test_a_place_whose_rules_say_nothing_shows_only_what_was_released(
    open_world: Opening,
) -> None:
    async with open_world("portal", today=day("05-06")) as world:
        await world.hears("portal", *UNITS, RULES)
        for name in CASES:
            await world.hears("portal", *life_of(name))

        assert await listed(world, "") == LETTER_SHOWN
        assert (await get(world, f"/public/proposals/{IDS['accepted']}")).status_code == 404
        assert "许可尚未规定" in text_of(await get(world, "/public/about"))


async def test_pages_are_turned_until_nothing_is_left(open_world: Opening) -> None:
    async with open_world("portal", today=day("05-06")) as world:
        await world.hears("portal", *UNITS, OPEN_RULES)
        ids = [ProposalId(f"00000000-0000-4000-8000-{nth:012d}") for nth in range(45)]
        for nth, case in enumerate(ids):
            life = Life(case)
            await world.hears("portal", life.submitted(), life.accepted(f"2024{nth:04d}"))
        path, met = "/public?lang=zh-Hant", list[str]()
        while path:
            page = (await get(world, path)).text
            met += re.findall(r"/public/proposals/([0-9a-f-]{36})\?lang=zh-Hant", page)
            found = re.search(r'rel="next" href="([^"]+)"', page)
            path = unescape(found[1]) if found else ""

        assert met == ids[::-1]


async def test_everybody_is_given_the_same_and_caches_may_keep_it(city: World) -> None:
    client = city["portal"].client
    token = {"authorization": f"Bearer {city.token(post='office', unit='C007')}"}
    for path in (
        "/public",
        "/public/about",
        f"/public/proposals/{IDS['released']}",
        "/public/feed.atom",
        "/public/data.json",
        "/public/data.csv",
    ):
        first = await get(city, path)
        assert first.headers["cache-control"] == "public, max-age=300"
        assert "set-cookie" not in first.headers
        assert (await get(city, path, **token)).content == first.content

        again = await client.get(path, headers={"if-none-match": f"W/{first.headers['etag']}"})
        assert (again.status_code, again.content) == (304, b"")

    before = (await get(city, "/public/data.json")).headers["etag"]
    await city.hears("portal", released("replied", day("05-05")))
    assert (await get(city, "/public/data.json")).headers["etag"] != before


async def test_the_traditional_script_is_the_same_page_in_other_characters(city: World) -> None:
    path = f"/public/proposals/{IDS['released']}"
    simplified, traditional = await get(city, path), await get(city, f"{path}?lang=zh-Hant")

    assert '<html lang="zh-Hans">' in simplified.text
    assert '<html lang="zh-Hant">' in traditional.text
    assert traditional.headers["content-language"] == "zh-Hant"
    assert "貴委員，橋樑將於年內加固" in traditional.text
    assert 'href="/public?lang=zh-Hant"' in traditional.text
    assert f'href="{path}"' in traditional.text, "the way back"
    assert "以簡體文本為準" in traditional.text
    assert (await get(city, f"{path}?lang=fr")).status_code == 422


async def test_the_feed_is_atom(city: World) -> None:
    await city.hears("portal", released("replied", day("05-05"), text="甲\x0b<乙> & 丙"))
    response = await get(city, "/public/feed.atom")
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.fromstring(response.text)

    def said(path: str) -> list[str | None]:
        return [one.text for one in feed.findall(path, space)]

    assert said("a:entry/a:title") == [
        "答复〈replied〉",
        "答复〈private_released〉",
        "答复〈released〉",
    ]
    assert said("a:entry/a:content")[0] == "甲<乙> & 丙"
    assert said("a:updated") == ["2024-05-05T00:00:00+08:00"]
    assert said("a:entry/a:author/a:name")[0] == "龙华区人民政府"
    assert said("a:rights") == [LICENCE]
    assert len(set(said("a:entry/a:id"))) == 3
    [alternate] = [one.attrib["href"] for one in feed.findall("a:entry[1]/a:link", space)]
    assert alternate == f"http://portal/public/proposals/{IDS['replied']}"


async def test_a_feed_of_nothing_is_a_feed(portal: World) -> None:
    feed = ElementTree.fromstring((await get(portal, "/public/feed.atom")).text)

    assert feed.find("{http://www.w3.org/2005/Atom}entry") is None


async def test_data_come_page_by_page_with_their_licence(city: World) -> None:
    for name, text in (("replied", "=1+1"), ("private_replied", "-2")):
        await city.hears("portal", released(name, day("05-05"), text=text))
    path, items = "/public/data.json?limit=3", list[dict[str, Any]]()
    while path:
        body = (await get(city, path)).json()
        items += body["items"]
        path = body["next"]
    assert body["licence"] == LICENCE
    assert "个人信息已遮盖" in body["description"]
    assert body["fields"].keys() == items[0].keys()
    assert len({item["address"] for item in items}) == len(items) == 4
    assert items[-1]["released_on"] == "2024-04-20"

    response = await get(city, "/public/data.csv?limit=3")
    assert response.headers["link"].endswith('&limit=3>; rel="next"')
    lines = response.text.splitlines()
    assert lines[0].startswith("\ufeff# 已经公开的")
    assert lines[1] == f"# 许可：{LICENCE}"
    rows = list(csv.DictReader(StringIO("\n".join(lines[2:]))))
    assert [row["address"] for row in rows] == [item["address"] for item in items[:3]]
    assert {row["text"] for row in rows} >= {"'=1+1", "'-2"}, "no formula comes out of it"


@pytest.mark.parametrize(
    "path",
    ["/public/data.json?limit=0", "/public/data.json?limit=501", "/public?year=abc"],
)
async def test_what_makes_no_sense_is_said(city: World, path: str) -> None:
    assert (await get(city, path)).status_code == 422


@pytest.mark.parametrize("path", ["/public?after=nowhere", "/public/data.csv?after=no/where"])
async def test_nothing_begins_where_there_is_nothing(city: World, path: str) -> None:
    assert (await get(city, path)).status_code == 404
