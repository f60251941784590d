"""The ledger: filters in the address, pages in SQL."""

import re
from html import unescape

import httpx
import pytest

from services.portal.domain.ledger import MOST_VIEWS
from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId
from shared.contracts.intake import Origin, ProposalKind, Proposer
from shared.contracts.reply import Rating
from tests.service.portal.lives import LONGHUA, TRANSPORT, Life, day, filed, task
from tests.service.portal.looking import look
from tests.world import World

LIFTS, BUSES, PARKS = "关于加装电梯的提案", "关于增开公交的提案", "关于口袋公园的提案"


def life(nth: int) -> Life:
    return Life(ProposalId(f"00000000-0000-4000-8000-{nth:012d}"))


@pytest.fixture
async def three(portal: World) -> World:
    """Lifts are led by Longhua and late, buses co-handled and answered, parks just handed in."""
    lifts, buses, parks = life(1), life(2), life(3)
    await portal.hears(
        "portal",
        *filed(lifts, "20240001", title=LIFTS),
        lifts.key(),
        lifts.assigned(task(LONGHUA, Role.LEAD)),
        buses.submitted(BUSES, text="高峰时段宜增开班次。"),
        buses.accepted("20240002"),
        buses.assigned(task(TRANSPORT, Role.LEAD), task(LONGHUA, Role.CO_HANDLE)),
        buses.signed(TRANSPORT),
        buses.signed(LONGHUA),
        buses.opinion(LONGHUA),
        buses.issued(TRANSPORT),
        buses.rated(TRANSPORT, Rating.SATISFIED),
        buses.rated(TRANSPORT, Rating.SATISFIED, by="王强"),
        parks.submitted(
            PARKS,
            kind=ProposalKind.COLLECTIVE,
            proposers=(Proposer(name="市工商联"),),
            category="生态",
            text="園旁宜設盲道，2024至2035年。",
            origin=Origin.REAL,
            year=2025,
        ),
    )
    return portal


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [LIFTS, BUSES, PARKS]),
        ("year=2024", [LIFTS, BUSES]),
        ("unit=D07", [LIFTS, BUSES]),
        ("unit=D07&role=lead", [LIFTS]),
        ("unit=D07&role=co_handle", [BUSES]),
        ("role=lead", [LIFTS, BUSES]),
        ("light=red", [LIFTS]),
        ("unit=C030&light=red", []),
        ("state=rated", [BUSES]),
        ("state=submitted", [PARKS]),
        ("category=%E7%94%9F%E6%80%81", [PARKS]),
        ("kind=collective", [PARKS]),
        ("key=yes", [LIFTS]),
        ("key=no", [BUSES, PARKS]),
        ("origin=real", [PARKS]),
        ("district=D07", [LIFTS, BUSES]),
        ("role=lead&district=D07", [LIFTS]),
        ("merged=yes", []),
        ("merged=no", [LIFTS, BUSES, PARKS]),
        ("timely=waiting", [LIFTS]),
        ("timely=on_time", [BUSES]),
        ("timely=late", []),
        ("unit=D07&timely=on_time", [BUSES]),
        ("result_class=B", [BUSES]),
        ("unit=D07&result_class=B", []),
        ("role=lead&result_class=B", [BUSES]),
        ("role=split&result_class=B", []),
        ("rating=satisfied", [BUSES]),
        ("process=dissatisfied", []),
        ("handed=2024-01", [LIFTS, BUSES]),
        ("handed=2024-02", []),
        ("replied=2024-03", [BUSES]),
        ("replied=2024-04", []),
        ("q=%E7%94%B5%E6%A2%AF", [LIFTS]),
        ("q=%E6%A2%AF", [LIFTS]),
        ("q=20240002", [BUSES]),
        ("q=2024", [LIFTS, BUSES, PARKS]),  # two by their numbers, one by its text
        ("q=20240001+2024", [LIFTS]),
        ("q=2035", [PARKS]),
        ("q=203", []),
        ("year=2025&q=2035", [PARKS]),
        ("year=2024&q=2035", []),
        ("unit=D07&q=2024", [LIFTS, BUSES]),
        ("q=2024&order=oldest", [LIFTS, BUSES, PARKS]),
        ("q=%E5%B8%82%E5%B7%A5%E5%95%86%E8%81%94", [PARKS]),
        ("q=%E5%85%AC%E4%BA%A4+%E5%A2%9E%E5%BC%80", [BUSES]),
        ("q=%E5%85%AC%E4%BA%A4+%E7%94%B5%E6%A2%AF", []),
        ("q=%25", []),
        ("q=%E9%9B%BB%E6%A2%AF", [LIFTS]),  # 電梯
        ("q=%E6%9D%8E%E5%A8%9C", [LIFTS, BUSES]),  # a proposer, 李娜
        ("q=%E7%9B%B2%E9%81%93", [PARKS]),  # 盲道, in the text alone
        ("q=%E6%97%81", []),  # one character is looked for in headings
        ("q=%E6%97%81+%E7%9B%B2%E9%81%93", []),
    ],
)
async def test_a_filter_leaves_what_fits(three: World, query: str, found: list[str]) -> None:
    page = await look(three, f"/ledger?{query}" if query else "/ledger")

    assert f"{len(found)}件" in page
    assert [title for title in (LIFTS, BUSES, PARKS) if title in page] == found


async def test_a_light_changes_with_the_day(three: World) -> None:
    three.today = day("01-18")
    assert "1件" in await look(three, "/ledger?light=yellow")
    assert "0件" in await look(three, "/ledger?light=red")

    three.today = day("01-19")
    assert "1件" in await look(three, "/ledger?light=red")


async def test_the_address_is_made_fit_to_be_passed_on(three: World) -> None:
    client = three["portal"].client

    response = await client.get("/ledger?year=2024&unit=龙华区人民政府&role=&q=")

    assert response.status_code == 303
    assert response.headers["location"] == "/ledger?year=2024&unit=D07"


async def test_chosen_filters_can_be_taken_back_one_by_one(three: World) -> None:
    response = await three["portal"].client.get("/ledger?year=2024&unit=D07")

    assert 'href="/ledger?unit=D07"' in response.text
    assert 'href="/ledger?year=2024"' in response.text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("light=blue", "没有“blue”这一项"),
        ("state=lost", "没有“lost”这一项"),
        ("year=20245", "没有“20245”这一项"),
        ("order=biggest", "没有“biggest”这一项"),
        ("cols=secret", "没有“secret”这一项"),
    ],
)
async def test_what_cannot_be_chosen_is_a_page_that_says_so(
    three: World, query: str, says: str
) -> None:
    assert says in await look(three, f"/ledger?{query}", status=422)


async def test_an_unknown_unit_is_not_guessed(three: World) -> None:
    assert "没有名为“龙华”的单位" in await look(three, "/ledger?unit=龙华", status=404)


def numbers_in(page: str) -> list[str]:
    return re.findall(r"2024\d{4}", page)


async def test_pages_go_on_from_where_one_is_and_back_again(portal: World) -> None:
    for nth in range(1, 104):
        await portal.hears("portal", *filed(life(nth), f"2024{nth:04d}", title=f"第{nth}件提案"))
    all_numbers = [f"2024{nth:04d}" for nth in range(103, 0, -1)]

    async def turn(page: httpx.Response, way: str) -> httpx.Response:
        found = re.search(rf'rel="{way}" href="([^"]+)"', page.text)
        assert found is not None
        return await portal["portal"].client.get(unescape(found[1]))

    first = await portal["portal"].client.get("/ledger")
    second = await turn(first, "next")
    third = await turn(second, "next")
    second_again = await turn(third, "prev")

    pages = [unique(numbers_in(page.text)) for page in (first, second, third)]
    assert [len(page) for page in pages] == [50, 50, 3]
    assert [number for page in pages for number in page] == all_numbers
    assert unique(numbers_in(second_again.text)) == pages[1]
    assert 'rel="prev"' not in first.text
    assert 'rel="next"' not in third.text
    assert 'rel="prev"' not in (await turn(second_again, "prev")).text
    assert "103件" in first.text

    oldest = await portal["portal"].client.get("/ledger?order=oldest")
    onward = await turn(await turn(oldest, "next"), "next")
    assert unique(numbers_in(onward.text)) == all_numbers[2::-1]


def unique(numbers: list[str]) -> list[str]:
    return list(dict.fromkeys(numbers))


async def test_what_has_no_number_yet_stands_first_in_its_year(three: World) -> None:
    await three.hears("portal", life(4).submitted("关于盲道的提案"))

    page = await look(three, "/ledger?year=2024")

    assert page.index("关于盲道的提案") < page.index(BUSES) < page.index(LIFTS)


async def test_columns_are_chosen_in_the_address(three: World) -> None:
    client = three["portal"].client
    chosen = await client.get("/ledger?cols=number&cols=title&cols=kind&cols=category")
    assert chosen.headers["location"] == "/ledger?cols=number%2Ctitle%2Ckind%2Ccategory"

    page = await look(three, chosen.headers["location"])

    assert "案号 案由 提案形式 类别 " in page
    assert "集体提案" in page


async def test_a_page_begins_nowhere_that_is_not_there(three: World) -> None:
    await look(three, "/ledger?after=nowhere", status=404)


async def test_views_are_kept_shared_and_forgotten(three: World) -> None:
    client = three["portal"].client

    def as_somebody(person: str, unit: str) -> dict[str, str]:
        token = three.token(post="officer", unit=unit, person=person)
        return {"authorization": f"Bearer {token}"}

    async def views(person: str, unit: str) -> list[str]:
        page = await client.get("/ledger", headers=as_somebody(person, unit))
        return re.findall(r'class="chip" href="(/ledger[^"]*)"', page.text)

    mine = as_somebody("a", LONGHUA)
    for said in ({"name": "红灯", "shared": "yes"}, {"name": "私下"}):
        saved = await client.post(
            "/ledger/views", data={"query": "year=2024&light=red", **said}, headers=mine
        )
        assert saved.status_code == 303
        assert saved.headers["location"] == "/ledger?year=2024&light=red"
    address = "/ledger?year=2024&amp;light=red"

    assert await views("a", LONGHUA) == [address, address]
    assert await views("b", LONGHUA) == [address], "what is shared, within the unit"
    assert await views("c", TRANSPORT) == []

    [number] = [
        row["number"]
        for row in await three.rows("portal", "SELECT number FROM signin.views WHERE shared")
    ]
    forget = f"/ledger/views/{number}/forget"
    await client.post(forget, headers=as_somebody("b", LONGHUA))
    assert await views("b", LONGHUA) == [address], "nobody drops another's view"
    await client.post(forget, headers=mine)
    assert await views("b", LONGHUA) == []


@pytest.mark.parametrize(
    ("said", "status", "says"),
    [
        ({"name": ""}, 422, "请给视图起一个名称"),
        ({"name": "好", "query": "light=blue"}, 422, "没有“blue”这一项"),
    ],
)
async def test_a_view_that_cannot_be_kept_says_why(
    three: World, said: dict[str, str], status: int, says: str
) -> None:
    answer = await three["portal"].client.post("/ledger/views", data=said)

    assert answer.status_code == status
    assert says in answer.json()["detail"]


async def test_somebody_keeps_no_more_views_than_a_list_has_room_for(three: World) -> None:
    client = three["portal"].client
    for nth in range(MOST_VIEWS):
        await client.post("/ledger/views", data={"name": f"第{nth}个"})

    again = await client.post("/ledger/views", data={"name": "第1个", "query": "key=yes"})
    more = await client.post("/ledger/views", data={"name": "又一个"})

    assert again.status_code == 303
    assert more.status_code == 409
    assert "请先删除不用的" in more.json()["detail"]
