"""Every figure leads to the ledger, and counts there what it counts here."""

import re
from html import unescape

import pytest

from services.portal.domain.words import COUNTED_BY
from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId, UnitCode
from shared.contracts.intake import ProposalKind
from shared.contracts.registry import UnitLevel, UnitRegistered
from shared.contracts.reply import Rating
from tests.service.portal.lives import (
    CITY,
    EDUCATION,
    HEALTH,
    LONGHUA,
    TRANSPORT,
    Life,
    filed,
    task,
)
from tests.service.portal.looking import look
from tests.world import World

FUTIAN = UnitRegistered(
    code=UnitCode("D01"),
    name="福田区人民政府",
    short_name="福田区",
    level=UnitLevel.DISTRICT,
    parent=CITY,
    source="试",
)
LINK = re.compile(
    r'<a href="(?P<path>/ledger[^"]*)"(?: data-counts="(?P<what>\w+)")?>(?P<count>\d+)</a>'
)
HEAD = re.compile(r'<h2 id="found-says"[^>]*>(\d+)件(?:<small>\D*(\d+)\D*</small>)?</h2>')


def life(nth: int) -> Life:
    return Life(ProposalId(f"00000000-0000-4000-8000-{nth:012d}"))


@pytest.fixture
async def year(portal: World) -> World:
    """Proposals that several units answer in several ways: no two ways of counting are alike."""
    shared_out, late, main, member, fresh, again = (life(nth) for nth in range(1, 7))
    await portal.hears(
        "portal",
        FUTIAN,
        *filed(shared_out, "20240001", title="关于分办的提案"),
        shared_out.key(),
        shared_out.assigned(
            task(LONGHUA, Role.SPLIT),
            task(TRANSPORT, Role.SPLIT),
            task(HEALTH, Role.CO_HANDLE),
        ),
        shared_out.handed_down(LONGHUA, task(EDUCATION, Role.LEAD, parent="D07.1")),
        shared_out.signed(LONGHUA),
        shared_out.issued(LONGHUA),
        shared_out.issued(TRANSPORT, result_class="A", meaning="solved", days_late=3),
        shared_out.rated(LONGHUA, Rating.SATISFIED),
        shared_out.rated(LONGHUA, Rating.SATISFIED, by="王强"),
        shared_out.rated(TRANSPORT, Rating.DISSATISFIED),
        late.submitted("关于逾期的提案", category="经济"),
        late.accepted("20240002"),
        late.assigned(task(FUTIAN.code, Role.LEAD), task(LONGHUA, Role.CO_HANDLE)),
        late.opinion(LONGHUA, on="02-25", days_late=4),
        *filed(main, "20240003", title="关于并案的提案"),
        *filed(member, "20240004", title="关于并入的提案"),
        main.merged(main.proposal_id, main.proposal_id, member.proposal_id),
        member.merged(main.proposal_id, main.proposal_id, member.proposal_id),
        main.assigned(task(TRANSPORT, Role.LEAD)),
        main.issued(TRANSPORT),
        member.issued(TRANSPORT, handled_in=main.proposal_id),
        fresh.submitted("关于刚提交的提案", kind=ProposalKind.SINGLE, category=None),
        again.submitted("关于重办的提案", category="经济"),
        again.accepted("20240006"),
        again.assigned(task(LONGHUA, Role.LEAD)),
        again.issued(LONGHUA, on="02-10"),
        again.rated(LONGHUA, Rating.DISSATISFIED),
        again.redo(LONGHUA),
        again.issued(LONGHUA, on="02-26", round=2, result_class="A", meaning="solved"),
    )
    return portal


async def leads_to_its_own_number(world: World, path: str) -> set[str]:
    """Follow every figure of a page; what kinds of counts it met."""
    client = world["portal"].client
    accept = {"accept": "text/html", "huiban-today": world.today.isoformat()}
    page = (await client.get(path, headers=accept)).text
    links = {(one["path"], one["what"] or "proposals", one["count"]) for one in LINK.finditer(page)}
    for address, what, count in links:
        there = await client.get(unescape(address), headers=accept)
        head = HEAD.search(there.text)
        assert head is not None, f"{address}: {there.status_code}"
        assert (head[1] if what == "proposals" else head[2]) == count, (path, address, what)
        if what != "proposals":
            assert COUNTED_BY[what].format(count) in there.text
    return {what for _, what, _ in links}


async def test_every_figure_of_the_overview_leads_to_its_own_number(year: World) -> None:
    assert await leads_to_its_own_number(year, "/?year=2024") == {"proposals", "replies"}


@pytest.mark.parametrize(
    "narrowed",
    ["", "&unit=D07", "&unit=S003", "&district=D07", "&category=%E7%BB%8F%E6%B5%8E", "&key=yes",
     "&unit=S003&district=D07", "&kind=single"],
)  # fmt: skip
async def test_every_figure_leads_to_its_own_number(year: World, narrowed: str) -> None:
    assert await leads_to_its_own_number(year, f"/figures?year=2024{narrowed}") >= {"proposals"}


@pytest.mark.parametrize("unit", [LONGHUA, TRANSPORT, EDUCATION])
async def test_it_does_so_for_whoever_sees_less(year: World, unit: str) -> None:
    token = year.token(post="officer", unit=unit)
    year["portal"].client.headers["authorization"] = f"Bearer {token}"

    assert "proposals" in await leads_to_its_own_number(year, "/figures?year=2024")
    await leads_to_its_own_number(year, "/?year=2024")


def figure(page: str, row: str) -> list[str]:
    """The numbers in the first row of a page's text that begins with these words."""
    found = re.search(rf" {row}((?: (?:\d+|—))+)", page)
    assert found is not None, row
    return found[1].split()


async def test_what_is_shared_out_counts_by_proposals_and_by_answers(year: World) -> None:
    page = await look(year, "/figures?year=2024")

    #  分办: one proposal, two replies owed; one in time, one late, none missing.
    assert figure(page, "分办") == ["1", "2", "1", "1", "1", "1", "0", "0"]
    assert figure(page, "主办") == ["4", "4", "3", "3", "0", "0", "1", "1"]
    assert figure(page, "会办") == ["2", "2", "0", "0", "1", "1", "1", "1"]
    assert figure(page, "合计") == ["—", "8", "4", "4", "2", "2", "2", "2"]
    assert figure(page, "A类 已解决或基本解决") == ["2", "2"]
    assert figure(page, "B类 正在解决或列入计划") == ["4", "4"]
    assert figure(page, "满意") == ["2", "4", "1", "2"]


async def test_what_was_merged_is_late_with_its_main_one_and_waits_for_its_own_answer(
    year: World,
) -> None:
    main, member = life(7), life(8)
    await year.hears(
        "portal",
        *filed(main, "20240007", title="关于再并案的提案"),
        *filed(member, "20240008", title="关于再并入的提案"),
        main.merged(main.proposal_id, main.proposal_id, member.proposal_id),
        member.merged(main.proposal_id, main.proposal_id, member.proposal_id),
        main.assigned(task(TRANSPORT, Role.LEAD), task(HEALTH, Role.CO_HANDLE)),
        main.opinion(HEALTH, on="02-25", days_late=4),
        main.issued(TRANSPORT),
    )

    page = await look(year, "/figures?year=2024")

    # Two more proposals: the one has its reply, both have the opinion that came late.
    assert figure(page, "主办") == ["6", "6", "4", "4", "0", "0", "2", "2"]
    assert figure(page, "会办") == ["4", "4", "0", "0", "3", "3", "1", "1"]
    await leads_to_its_own_number(year, "/figures?year=2024")


async def test_districts_are_counted_with_all_their_units(year: World) -> None:
    page = await look(year, "/figures?year=2024")

    assert figure(page, "龙华区") == ["3", "1", "1", "1", "3", "0", "0", "2", "1", "0"]
    assert "福田 1" in page
    assert "示意图，不是地图" in page


async def test_figures_without_a_year_are_of_the_newest(year: World) -> None:
    answer = await year["portal"].client.get("/figures?light=red", headers={"accept": "text/html"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/figures?year=2024")


async def test_a_year_without_proposals_says_so(year: World) -> None:
    assert "这个范围内没有提案" in await look(year, "/figures?year=2001")
