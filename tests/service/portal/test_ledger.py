"""The ledger: filters in the address, pages in SQL."""

import pytest

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
        *filed(buses, "20240002", title=BUSES),
        buses.assigned(task(TRANSPORT, Role.LEAD), task(LONGHUA, Role.CO_HANDLE)),
        buses.signed(TRANSPORT),
        buses.signed(LONGHUA),
        buses.opinion(LONGHUA),
        buses.issued(TRANSPORT),
        buses.rated(TRANSPORT, Rating.SATISFIED),
        parks.submitted(
            PARKS,
            kind=ProposalKind.COLLECTIVE,
            proposers=(Proposer(name="市工商联"),),
            category="生态",
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
        ("q=%E7%94%B5%E6%A2%AF", [LIFTS]),
        ("q=%E6%A2%AF", [LIFTS]),
        ("q=20240002", [BUSES]),
        ("q=2024", [LIFTS, BUSES]),
        ("q=%E5%B8%82%E5%B7%A5%E5%95%86%E8%81%94", [PARKS]),
        ("q=%E5%85%AC%E4%BA%A4+%E5%A2%9E%E5%BC%80", [BUSES]),
        ("q=%E5%85%AC%E4%BA%A4+%E7%94%B5%E6%A2%AF", []),
        ("q=%25", []),
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
        ("page=0", "条件有误"),
        ("page=201", "条件有误"),
        ("page=x", "应为整数"),
    ],
)
async def test_what_cannot_be_chosen_is_a_page_that_says_so(
    three: World, query: str, says: str
) -> None:
    assert says in await look(three, f"/ledger?{query}", status=422)


async def test_an_unknown_unit_is_not_guessed(three: World) -> None:
    assert "没有名为“龙华”的单位" in await look(three, "/ledger?unit=龙华", status=404)


async def test_fifty_fill_a_page_and_one_more_begins_the_next(portal: World) -> None:
    for nth in range(1, 52):
        await portal.hears("portal", *filed(life(nth), f"2024{nth:04d}", title=f"第{nth}件提案"))

    first = await look(portal, "/ledger")
    second = await look(portal, "/ledger?page=2")

    assert "51件" in first
    assert "第1页，共2页" in first
    assert "20240051" in first
    assert "20240001" not in first
    assert "20240001" in second
    assert "20240002" not in second


async def test_a_page_after_the_last_is_empty_and_says_so(three: World) -> None:
    assert "没有符合条件的提案" in await look(three, "/ledger?page=9")
