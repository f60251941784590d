"""The office hands over at its page: advice beside each row, a pre-check, roles, all at once."""

import io
from html import unescape

import httpx
import xlsxwriter

from tests.story import office
from tests.story.office import EDUCATION, LONGHUA, OFFICE
from tests.story.visiting import at_the_portal
from tests.world import World


async def at_office(
    world: World, method: str, path: str, words: dict[str, str | list[str]] | None = None
) -> httpx.Response:
    return await at_the_portal(world, method, path, words, post="office", unit=OFFICE)


def row(n: int, case: str, **written: str) -> dict[str, str | list[str]]:
    cells: dict[str, str | list[str]] = {
        f"items-{n}-{name}": words for name, words in written.items()
    }
    return {f"items-{n}-proposal_id": case, f"items-{n}-chosen": "yes", **cells}


async def test_the_desks_row_leads_to_the_page_with_its_proposal_chosen(world: World) -> None:
    case = await office.filed(world, "关于加快推进老旧住宅加装电梯的提案")
    other = await office.filed(world, "关于增开社区巴士的提案")

    desk = await at_office(world, "GET", "/desk")
    page = await at_office(world, "GET", f"/hand-over?proposal_id={case}")

    assert f"/hand-over?proposal_id={case}" in unescape(desk.text)
    assert page.text.index(case) < page.text.index(other)
    assert page.text.count(" checked") == 1
    assert "单位建议" in page.text


async def test_a_pre_check_writes_nothing_and_shows_units_and_dates(world: World) -> None:
    case = await office.filed(world)
    good = row(0, case, lead="龙华区", co_handlers="市教育局")
    faulty = row(0, case, lead="市教育厅")

    checked = await at_office(world, "POST", "/hand-over", {**good, "check": "yes"})
    refused = await at_office(world, "POST", "/hand-over", {**faulty, "check": "yes"})
    none = await at_office(world, "POST", "/hand-over", {"check": "yes"})

    assert checked.status_code == 200
    assert "预检通过：1件可以交办，共2项任务。" in checked.text
    assert "签收2024-" in checked.text
    assert 'value="龙华区"' in checked.text
    assert refused.status_code == 409
    assert "没有名为“市教育厅”的单位" in refused.text
    assert none.status_code == 422
    assert await world.told_by("assignment", case) == []


async def test_what_is_chosen_is_handed_over_at_once_and_what_is_not_stays(world: World) -> None:
    case, other = await office.filed(world), await office.filed(world, "关于增开社区巴士的提案")
    third = await office.filed(world, "关于改造背街小巷的提案")
    words = {**row(0, case, lead="龙华区"), **row(1, other, lead="市教育局"), **row(2, third)}
    del words["items-2-chosen"]

    sent = await at_office(
        world, "POST", "/hand-over", {**words, "meeting": "交办会", "hand": "yes"}
    )

    assert sent.status_code == 303, sent.text
    assert await world.told_by("assignment", case) == ["HandlersAssigned"]
    assert await world.told_by("assignment", other) == ["HandlersAssigned"]
    assert await world.told_by("assignment", third) == []


async def test_a_unit_that_is_advised_is_taken_with_a_button_without_script(world: World) -> None:
    case = await office.filed(world)
    words = row(0, case, co_handlers="市卫生健康委员会")

    taken = await at_office(
        world, "POST", "/hand-over", {**words, "take": "0 co_handlers 市教育局"}
    )
    nonsense = await at_office(world, "POST", "/hand-over", {**words, "take": "x y z"})

    assert 'value="市卫生健康委员会、市教育局"' in taken.text
    assert nonsense.status_code == 200


async def test_the_page_is_for_who_hands_over(world: World) -> None:
    officer = await at_the_portal(world, "GET", "/hand-over", unit=LONGHUA)
    nobody = await at_the_portal(world, "POST", "/hand-over", {}, unit=EDUCATION)

    assert (officer.status_code, nobody.status_code) == (403, 403)


def sheet(*rows: tuple[str, ...]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for n, cells in enumerate(rows):
            page.write_row(n, 0, cells)
    return made.getvalue()


HEADINGS = ("案号", "案由", "提案人", "主办单位", "会办单位")


async def bring(world: World, content: bytes) -> httpx.Response:
    token = world.token(post="office", unit=OFFICE)
    return await world["portal"].client.post(
        "/hand-over/list",
        files={"file": ("交办清单.xlsx", content)},
        headers={
            "Authorization": f"Bearer {token}",
            "Huiban-Today": world.today.isoformat(),
            "Accept": "text/html",
        },
    )


async def test_an_excel_list_is_checked_first_then_confirmed_then_handed_over(
    world: World,
) -> None:
    listed = sheet(
        HEADINGS,
        ("20240011", "关于加快推进老旧住宅加装电梯的提案", "王志毅", "龙华区", "市教育局"),
    )

    brought = await bring(world, listed)
    at = brought.headers["location"]
    shown = await at_office(world, "GET", at)
    nothing = await world.rows("intake", "SELECT count(*) AS n FROM proposals")
    digest = shown.text.partition('name="digest" value="')[2].partition('"')[0]
    confirmed = await at_office(world, "POST", at, {"confirm": "yes", "digest": digest})
    await world.settle()
    page = await at_office(world, "GET", confirmed.headers["location"])

    assert brought.status_code == 303
    assert "没有错误" in shown.text
    assert nothing == [{"n": 0}]
    assert confirmed.status_code == 303
    assert 'value="龙华区"' in page.text or 'value="龙华区人民政府"' in page.text
    assert "20240011" in page.text


async def test_a_faulty_excel_list_names_each_row_and_nothing_is_written(world: World) -> None:
    listed = sheet(HEADINGS, ("20240012", "关于公园的提案", "王志毅", "没有这个局", ""))

    brought = await bring(world, listed)
    shown = await at_office(world, "GET", brought.headers["location"])
    garbage = await bring(world, b"no sheet")

    assert "错误" in shown.text
    assert "没有这个局" in shown.text
    assert "重新导入" in shown.text
    assert garbage.status_code >= 400
    assert (await at_office(world, "GET", "/hand-over/list/nothing")).status_code == 404
