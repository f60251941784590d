"""Reports that people write: words that stay, cases that were chosen, figures that were frozen."""

import io
import re
from collections.abc import Mapping
from urllib.parse import unquote

import httpx
from docx import Document

from services.portal.papers.report import snapshot_of_json
from tests.domain.portal.papers.seeing import text_of
from tests.service.portal.lives import FIRST, HEALTH, LONGHUA, Life
from tests.service.portal.test_report import a_year
from tests.world import World

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


async def begun(portal: World, unit: str = "D07") -> str:
    answer = await send(portal, "/reports", {"unit": unit, "year": "2024"})
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
        portal, "/reports", {"unit": "D07", "year": "2024"}, post="officer", unit=HEALTH
    )

    assert (own.status_code, foreign.status_code) == (200, 404)
    assert (leader.status_code, proposer.status_code, begins.status_code) == (403, 404, 404)
    assert report not in (await send(portal, "/reports", post="officer", unit=HEALTH)).text


async def test_reports_stand_where_no_replay_comes(portal: World) -> None:
    await a_year(portal)
    report = await begun(portal)

    kept = await portal.rows("portal", "SELECT unit, year FROM signin.reports")

    assert kept == [{"unit": "D07", "year": 2024}]
    assert (await send(portal, f"{report}/snapshots/1.pdf")).status_code == 404
    assert (await send(portal, "/reports/99")).status_code == 404
