"""Reports that people write: words that stay, cases that were chosen, figures that were frozen."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest
from docx import Document

from services.portal.papers.report import snapshot_of_json
from tests.domain.portal.papers.seeing import text_of
from tests.service.portal.lives import FIRST, HEALTH, LONGHUA, Life
from tests.service.portal.test_report import a_year
from tests.world import World

TO_PERIODS = Path("services/portal/signin/migrations/0004_report_periods.sql").read_text("utf-8")
WRITTEN = "总体来看，办理质量有所提高。\n（一）抓部署。区政府专题部署。"


async def send(
    portal: World,
    path: str,
    data: Mapping[str, str | list[str]] | None = None,
    *,
    post: str = "office",
    unit: str = "C007",
) -> httpx.Response:
    token = portal.token(post=post, unit=unit)
    return await portal["portal"].client.request(
        "GET" if data is None else "POST",
        path,
        data=data,
        headers={
            "authorization": f"Bearer {token}",
            "accept": "text/html",
            "huiban-today": portal.today.isoformat(),
        },
    )


async def begun(portal: World, unit: str = "D07", period: str = "2024") -> str:
    answer = await send(portal, "/reports", {"unit": unit, "period": period})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def texts(page: str) -> dict[str, str]:
    """What stands in the five fields of a page, as a browser would send it again."""
    found = re.findall(r'<textarea id="(part-\d)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return dict(found)


async def form(portal: World, report: str) -> dict[str, str | list[str]]:
    page = (await send(portal, report)).text
    revision = re.search(r'name="revision" value="(\d+)"', page)
    cases = re.findall(r'name="case" value="([^"]+)" checked', page)
    assert revision is not None
    before = dict(re.findall(r'name="(was-\d)" value="([^"]*)"', page))
    were = re.findall(r'name="was-case" value="([^"]+)"', page)
    return {"revision": revision[1], "case": cases, "was-case": were, **before, **texts(page)}


async def test_words_that_a_person_wrote_stay_while_figures_go_on(portal: World) -> None:
    await a_year(portal)
    report = await begun(portal)
    await send(portal, report, {**await form(portal, report), "part-2": WRITTEN})

    await portal.hears("portal", Life().issued(LONGHUA, on="07-01", round=3))
    shown = texts((await send(portal, report)).text)

    assert shown["part-2"] == WRITTEN
    assert "共发出答复4件" in shown["part-1"]
    assert await begun(portal) == report


async def test_a_frozen_snapshot_gives_the_same_figures_for_good(portal: World) -> None:
    await a_year(portal)
    report = await begun(portal)
    sent = {**await form(portal, report), "part-5": "建议优化市区协调机制。", "freeze": "yes"}
    frozen = await send(portal, report, sent)
    assert frozen.headers["location"] == f"{report}?done=frozen"
    before = (await send(portal, f"{report}/snapshots/1.json")).content

    await portal.hears("portal", Life().issued(LONGHUA, on="07-01", round=3))
    after = await send(portal, f"{report}/snapshots/1.json")
    snapshot = snapshot_of_json(after.content)

    assert after.content == before
    assert {one.code: one.value for one in snapshot.figures}["replies"] == "3"
    assert snapshot.parts[4] == "建议优化市区协调机制。"
    assert snapshot.fingerprint in (await send(portal, report)).text


async def test_a_snapshot_is_had_as_word_pdf_markdown_and_sheets(portal: World) -> None:
    await a_year(portal)
    report = await begun(portal)
    await send(portal, report, {**await form(portal, report), "part-2": WRITTEN, "freeze": "yes"})

    pdf = await send(portal, f"{report}/snapshots/1.pdf")
    docx = await send(portal, f"{report}/snapshots/1.docx")
    md = await send(portal, f"{report}/snapshots/1.md")
    xlsx = await send(portal, f"{report}/snapshots/1.xlsx")

    assert pdf.headers["content-type"] == "application/pdf"
    assert "（一）抓部署。区政府专题部署。" in text_of(pdf.content)
    assert any("抓部署" in one.text for one in Document(io.BytesIO(docx.content)).paragraphs)
    assert md.text.startswith("# 龙华区人民政府2024年承办市政协提案总体情况")
    assert xlsx.content.startswith(b"PK")
    name = unquote(docx.headers["content-disposition"].partition("UTF-8''")[2])
    assert name == "龙华区人民政府2024年总体情况-第1稿.docx"


async def test_cases_are_told_as_a_person_chose_them(portal: World) -> None:
    await a_year(portal)
    report = await begun(portal)
    given = await form(portal, report)
    assert given["case"] == [FIRST]

    await send(portal, report, {**given, "case": [], "freeze": "yes"})
    without = (await send(portal, f"{report}/snapshots/1.md")).text
    await send(portal, report, {**await form(portal, report), "case": [FIRST], "freeze": "yes"})
    told = (await send(portal, f"{report}/snapshots/2.md")).text

    assert "关于推动龙华发展的提案" not in without
    assert "关于推动龙华发展的提案" in told
    assert (await form(portal, report))["case"] == [FIRST]


async def test_two_who_write_at_once_see_each_others_words(portal: World) -> None:
    await a_year(portal)
    report = await begun(portal)
    read = await form(portal, report)
    await send(portal, report, {**read, "part-4": "甲的文字"})

    crossed = await send(portal, report, {**read, "part-4": "乙的文字"})

    assert crossed.status_code == 409
    assert texts(crossed.text)["part-4"] == "甲的文字\n乙的文字"
    assert "同一处两人都改过" in crossed.text
    assert texts((await send(portal, report)).text)["part-4"] == "甲的文字"
    merged = {**read, **texts(crossed.text), "revision": "2", "part-4": "甲乙合并的文字"}
    assert (await send(portal, report, merged)).status_code == 303


async def test_two_who_write_different_parts_at_once_lose_nothing(portal: World) -> None:
    await a_year(portal)
    report = await begun(portal)
    read = await form(portal, report)
    await send(portal, report, {**read, "part-4": "甲的文字"})

    crossed = await send(portal, report, {**read, "part-5": "乙的文字", "case": []})

    assert crossed.status_code == 409
    assert texts(crossed.text)["part-4"] == "甲的文字"
    assert texts(crossed.text)["part-5"] == "乙的文字"
    assert "同一处两人都改过" not in crossed.text
    assert 'name="case" value="' in crossed.text
    assert " checked" not in crossed.text


async def test_the_districts_add_up_to_the_city(portal: World) -> None:
    await a_year(portal)
    report = await begun(portal, "C001")

    page = (await send(portal, report)).text
    await send(portal, report, {**await form(portal, report), "freeze": "yes"})
    snapshot = snapshot_of_json((await send(portal, f"{report}/snapshots/1.json")).content)
    [summed] = snapshot.sums

    assert dict(summed.rows) == {
        "龙华区人民政府": (3, 2, 3, 2, 1),
        "市级部门": (3, 1, 1, 0, 0),
    }
    assert (summed.repeated, summed.whole) == ((3, 0, 0, 0, 0), (3, 3, 4, 2, 1))
    assert not summed.off
    assert "各区、市级部门合计扣除重复计算后与全市数字一致。" in page
    assert "2024年，全市各单位承办市政协提案共3件" in snapshot.parts[0]
    figures = {one.code: one for one in snapshot.figures}
    assert figures["answers_owed"].value == "6"
    assert "由几个单位分办的计一件" in figures["received"].rule


async def test_a_report_is_for_its_own_unit_and_those_above_it(portal: World) -> None:
    await a_year(portal)
    report = await begun(portal)

    own = await send(portal, report, post="officer", unit=LONGHUA)
    foreign = await send(portal, report, post="officer", unit=HEALTH)
    leader = await send(portal, report, {"revision": "1"}, post="leader", unit="C001")
    proposer = await send(portal, "/reports", post="proposer", unit="C001")
    begins = await send(
        portal, "/reports", {"unit": "D07", "period": "2024"}, post="officer", unit=HEALTH
    )

    assert (own.status_code, foreign.status_code) == (200, 404)
    assert (leader.status_code, proposer.status_code, begins.status_code) == (403, 404, 404)
    assert report not in (await send(portal, "/reports", post="officer", unit=HEALTH)).text


async def test_reports_stand_where_no_replay_comes(portal: World) -> None:
    await a_year(portal)
    report = await begun(portal)

    kept = await portal.rows("portal", "SELECT unit, period FROM signin.reports")

    assert kept == [{"unit": "D07", "period": "2024"}]
    assert (await send(portal, f"{report}/snapshots/1.pdf")).status_code == 404
    assert (await send(portal, "/reports/99")).status_code == 404


async def test_a_report_on_some_days_is_one_of_its_own(portal: World) -> None:
    await a_year(portal)
    half = await begun(portal, period="2024-01-01..2024-06-30")
    typed = await send(
        portal, "/reports", {"unit": "D07", "since": "2024-01-01", "until": "2024-06-30"}
    )
    await send(portal, half, {**await form(portal, half), "freeze": "yes"})
    pages = {
        ending: await send(portal, f"{half}/snapshots/1.{ending}")
        for ending in ("json", "md", "pdf", "docx", "xlsx")
    }

    assert half != await begun(portal)
    assert typed.headers["location"] == half
    assert "龙华区人民政府2024年上半年总体情况" in (await send(portal, "/reports")).text
    assert pages["md"].text.startswith("# 龙华区人民政府2024年上半年承办市政协提案总体情况")
    assert "按发出之日计" in text_of(pages["pdf"].content).replace("\n", "")
    assert {answer.status_code for answer in pages.values()} == {200}
    name = unquote(pages["pdf"].headers["content-disposition"].partition("UTF-8''")[2])
    assert name == "龙华区人民政府2024年上半年总体情况-第1稿.pdf"
    kept = await portal.rows("portal", "SELECT period FROM signin.reports ORDER BY period")
    assert [one["period"] for one in kept] == ["2024", "2024-01-01..2024-06-30"]


@pytest.mark.parametrize(
    "period",
    [
        "2024-01-01..2024-01-31",
        "2024-01-16..2024-03-31",
        "2024-02-01..2024-12-31",
        "2023-07-01..2024-06-30",
        "2025-01-01..2025-12-31",
    ],
)
async def test_the_districts_add_up_to_the_city_in_any_period(portal: World, period: str) -> None:
    await a_year(portal)
    report = await begun(portal, "C001", period)
    await send(portal, report, {**await form(portal, report), "freeze": "yes"})

    snapshot = snapshot_of_json((await send(portal, f"{report}/snapshots/1.json")).content)
    [summed] = snapshot.sums
    figures = {one.code: one.value for one in snapshot.figures}

    assert not summed.off
    whole = dict(zip(summed.columns, map(str, summed.whole), strict=True))
    assert whole == {
        "承办": figures["received"],
        "主办、分办": figures["answering"],
        "答复": figures["replies"],
        "承诺": figures["promises_made"],
        "已兑现": figures["promises_kept"],
    }


async def test_reports_begun_before_there_were_periods_are_on_their_year(portal: World) -> None:
    async with portal["portal"].backbone.desk.transaction() as tx:
        await tx.execute(
            "CREATE TEMP TABLE reports (unit text, year int, UNIQUE (unit, year)) ON COMMIT DROP"
        )
        await tx.execute("INSERT INTO reports VALUES ('D07', 2023)")
        await tx.execute(TO_PERIODS)
        [kept] = await tx.fetch("SELECT unit, period FROM reports")

    assert dict(kept) == {"unit": "D07", "period": "2023"}
