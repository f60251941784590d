"""Exporting: a workbook has what the page shows, in its order, and nothing in it is a formula."""

from urllib.parse import unquote

import httpx
import pytest

from services.portal.papers.sheets import Line, lines_of
from shared.contracts.assignment import Role
from shared.contracts.event import ProposalId
from shared.contracts.reply import Rating
from tests.service.portal.lives import LONGHUA, TRANSPORT, Life, filed, task
from tests.world import World

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def download(portal: World, path: str, **headers: str) -> httpx.Response:
    return await portal["portal"].client.get(
        path, headers={"huiban-today": portal.today.isoformat(), **headers}
    )


async def sheet(portal: World, path: str, nth: int = 0) -> list[Line]:
    answer = await download(portal, path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    return list(lines_of(answer.content, name=path, sheet=nth))


@pytest.fixture
async def two(portal: World) -> World:
    """Lifts are Longhua's and promised; buses are transport's and have a title like a formula."""
    lifts, buses = Life(), Life(ProposalId("00000000-0000-4000-8000-000000000002"))
    await portal.hears(
        "portal",
        *filed(lifts, "20240001", title="关于加装电梯的提案"),
        lifts.assigned(task(LONGHUA, Role.LEAD), task(TRANSPORT, Role.CO_HANDLE)),
        lifts.issued(LONGHUA),
        lifts.promised(LONGHUA),
        lifts.rated(LONGHUA, Rating.SATISFIED),
        *filed(buses, "20240002", title='=HYPERLINK("http://x")'),
        buses.assigned(task(TRANSPORT, Role.LEAD)),
    )
    return portal


async def test_the_ledger_is_exported_as_it_is_filtered_and_ordered(two: World) -> None:
    every = await sheet(two, "/ledger.xlsx")
    late = await sheet(two, "/ledger.xlsx?unit=D07")

    assert every[3].cells == (
        *("案号", "案由", "提案人", "主办、分办", "会办", "状态", "下一期限", "最近"),
    )
    assert [line.cells[0] for line in every[4:]] == ["20240002", "20240001"]
    assert [line.cells[0] for line in late[4:]] == ["20240001"]
    assert late[1].cells[0] == "筛选：龙华区"
    assert late[4].cells[3:5] == ("龙华区", "市交通局")
    assert every[4].cells[1] == '=HYPERLINK("http://x")'


async def test_a_choice_that_there_is_not_is_refused_like_on_the_page(two: World) -> None:
    answer = await download(two, "/ledger.xlsx?light=blue")

    assert answer.status_code == 422


async def test_the_figures_of_a_year_come_with_their_rules(two: World) -> None:
    units, classes = (
        await sheet(two, "/statistics.xlsx", 3),
        await sheet(two, "/statistics.xlsx", 4),
    )

    assert ("龙华区人民政府", "1", "0", "0") in [line.cells[:4] for line in units]
    assert "由几个单位分办、会办的，每个单位各计一次" in units[-1].cells[0]
    assert ("B类 正在解决或列入计划", "1", "1") in [line.cells for line in classes]


async def test_the_promises_are_listed_for_those_whom_they_concern(two: World) -> None:
    every = await sheet(two, "/promises.xlsx?year=2024")
    token = two.token(post="officer", unit=TRANSPORT)
    foreign = await download(two, "/promises.xlsx?year=2024", authorization=f"Bearer {token}")

    assert every[3].cells[5:8] == ("年内开工10部", "2024-12-31", "落实中")
    assert every[3].cells[4] == "龙华区函〔2024〕1号"
    assert len(lines_of(foreign.content, name="x")) == 3


async def test_the_file_has_its_name_in_chinese(two: World) -> None:
    answer = await download(two, "/ledger.xlsx")

    said = answer.headers["content-disposition"]
    assert said.startswith("attachment; filename=\"huiban.xlsx\"; filename*=UTF-8''")
    assert unquote(said.partition("UTF-8''")[2]) == "提案台账.xlsx"


async def test_nobody_exports_without_signing_in(portal: World) -> None:
    del portal["portal"].client.headers["authorization"]

    for path in ("/ledger.xlsx", "/statistics.xlsx", "/promises.xlsx"):
        assert (await portal["portal"].client.get(path)).status_code == 401
