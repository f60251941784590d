"""Lists over HTTP: every row checked with a sentence, then taken over whole or not at all."""

from asyncio import gather
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.service.intake.acts import (
    Sheet,
    bring,
    called,
    checked,
    confirm,
    fetch,
    file,
    listed,
    merge,
    review,
    send_file,
    submit,
)
from tests.world import World

HEADINGS = ["案号", "案由", "提案人", "类别", "主办单位", "会办单位"]
GOOD: Sheet = [
    ["2024年提案交办清单", None, None, None, None, None],
    HEADINGS,
    [20240080, "关于增开公交的提案", "王志毅、吴联喜", "社会", "市交通运输局", "龙华区；市政协"],
    ["第20240498号", "关于民营经济的提案", "工商联", "经济", "龙华区", None],
    [None, "关于绿道的提案", "李娜", None, None, None],
]
ARCHIVE: Sheet = [
    ["年度", "案号", "案由", "提案人", "主办单位", "答复类别", "答复日期", "答复摘要", "备注"],
    [2022, "015", "关于公厕的提案", "李娜", "市运输委", "B", date(2022, 8, 31), "已列入计划", "x"],
    ["2023年", 20230001, "关于绿道的提案", "赵明、王强", "某局", "E", "2023年9月1日", None, None],
]


def codes(shown: dict[str, Any], level: str) -> list[tuple[int, str, str]]:
    return [
        (one["row"], one["column"], one["code"])
        for one in shown["findings"]
        if one["level"] == level
    ]


async def counted(world: World) -> int:
    [row] = await world.rows("intake", "SELECT count(*) AS n FROM proposals")
    return int(row["n"])


async def test_a_list_is_checked_and_taken_over_whole(intake: World) -> None:
    shown = await checked(intake, GOOD)

    assert (shown["total"], shown["checked"], shown["faults"]) == (3, 3, 0)
    assert codes(shown, "hint") == [
        (5, "案号", "number-missing"),
        (5, "主办单位", "nobody-answers"),
    ]
    assert await counted(intake) == 0
    answer = await confirm(intake, shown)
    assert (answer.status, answer.body["done"]) == (200, 3)
    assert answer.body["confirmed_on"] == "2024-01-15"
    assert await listed(intake) == [
        "关于绿道的提案",
        "关于民营经济的提案",
        "关于增开公交的提案",
    ]
    found = await intake.ask("intake", "/proposals", q="20240080")
    [line] = found.body["proposals"]
    assert (line["kind"], line["state"], line["category"]) == ("joint", "accepted", "社会")
    assert [one["name"] for one in line["proposers"]] == ["王志毅", "吴联喜"]
    assert await intake.told_by("intake") == ["ProposalSubmitted", "ProposalAccepted"] * 3


async def test_it_is_then_ready_to_be_handed_over(intake: World) -> None:
    shown = await checked(intake, GOOD)
    path = f"/imports/{shown['import_id']}/hand-over"
    before = await intake.ask("intake", path, post="office")
    await confirm(intake, shown)

    after = await intake.ask("intake", path, post="office")

    assert before.code == "list-not-checked"
    assert [(one["lead"], one["co_handlers"]) for one in after.body["items"]] == [
        ("市交通运输局", ["龙华区", "市政协"]),
        ("龙华区", []),
    ]


async def test_every_fault_is_named_with_its_row_and_column(intake: World) -> None:
    await file(intake, "taken", title="关于别的提案")
    rows: Sheet = [
        HEADINGS,
        [20240001, "关于公交的提案", "王志毅", "天文", "交通运输局", None],
        [20240002, None, None, None, "市交通运输局", "市交通运输局"],
        [2024, "关于公园的提案", "李娜", None, "龙华区；市政协", None],
        [20240009, "题" * 31, "李娜", None, None, None],
        [20240009, "关于公厕的提案", "李娜", None, None, None],
    ]

    shown = await checked(intake, rows)

    assert codes(shown, "fault") == [
        (2, "案号", "number-taken"),
        (2, "主办单位", "unknown-unit"),
        (2, "类别", "unknown-category"),
        (3, "案由", "title-missing"),
        (3, "提案人", "proposers-missing"),
        (3, "会办单位", "unit-twice"),
        (4, "案号", "number-malformed"),
        (4, "主办单位", "several-leads"),
        (5, "案由", "title-too-long"),
        (6, "案号", "number-twice"),
    ]
    by_code = {one["code"]: one["says"] for one in shown["findings"]}
    assert by_code["unknown-unit"] == (
        "第2行“主办单位”：没有名为“交通运输局”的单位，是否为深圳市交通运输局。"
    )
    answer = await confirm(intake, shown)
    assert (answer.status, answer.code) == (422, "faulty-list")
    assert len(answer.body["findings"]) == 10
    assert await counted(intake) == 1


async def test_what_may_be_double_stands_beside_its_row(intake: World) -> None:
    await file(intake, "same", title="关于加装电梯的建议")
    await file(intake, "like", title="关于食品安全监管的提案")
    rows: Sheet = [
        HEADINGS,
        [20240080, "关于加装电梯的提案", "王志毅", None, None, None],
        [20240081, "加装电梯", "吴联喜", None, None, None],
        [20240082, "关于加强龙华食品安全的提案", "李娜", None, "市运输委", None],
    ]

    shown = await checked(intake, rows)

    assert [one for one in codes(shown, "hint") if one[2] != "nobody-answers"] == [
        (2, "案由", "same-matter"),
        (3, "案由", "same-in-list"),
        (3, "案由", "same-matter"),
        (4, "主办单位", "unit-succeeded"),
        (4, "案由", "similar"),
    ]
    [similar] = [one["says"] for one in shown["findings"] if one["code"] == "similar"]
    assert "第20240002号《关于食品安全监管的提案》相似（同有“食品安全”" in similar
    assert (await confirm(intake, shown)).status == 200


async def test_what_is_filed_already_is_not_taken_over_again(intake: World) -> None:
    await file(intake, "a", title="关于增开公交的提案")
    rows: Sheet = [HEADINGS, [20240001, "关于增开公交的提案", "王志毅", None, "龙华区", None]]
    shown = await checked(intake, rows)

    answer = await confirm(intake, shown)

    assert codes(shown, "hint") == [(2, "案号", "filed-already")]
    assert (answer.status, await counted(intake)) == (200, 1)
    items = await intake.ask("intake", f"/imports/{shown['import_id']}/hand-over", post="committee")
    assert [one["proposal_id"] for one in items.body["items"]] == [called("a")]


async def test_a_list_is_taken_over_once(intake: World) -> None:
    shown = await checked(intake, GOOD)

    answers = await gather(*(confirm(intake, shown) for _ in range(3)))

    assert sorted(answer.status for answer in answers) == [200, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"list-confirmed"}
    assert await counted(intake) == 3


async def test_another_file_is_not_what_was_checked(intake: World) -> None:
    shown = await checked(intake, GOOD)

    answer = await confirm(intake, shown, digest="0" * 64)

    assert (answer.status, answer.code) == (409, "another-file")


async def test_what_was_not_checked_to_the_end_is_not_confirmed(intake: World) -> None:
    shown = (await bring(intake, GOOD)).body

    answer = await confirm(intake, shown)

    assert (answer.status, answer.code) == (409, "list-not-checked")


async def test_if_something_happened_since_nothing_is_taken_over(intake: World) -> None:
    shown = await checked(intake, GOOD)
    await submit(intake, "faster")
    await review(intake, "faster", "accept", number="20240498")

    answer = await confirm(intake, shown)

    assert (answer.status, answer.code) == (409, "list-changed")
    assert "第4行“案号”：案号20240498已经编给《关于faster的提案》" in answer.says
    assert await counted(intake) == 1


async def test_importing_while_merging_one_comes_through_and_the_other_reads_why_not(
    intake: World,
) -> None:
    await file(intake, "a", title="关于增开公交的提案")
    await file(intake, "b", title="关于绿道的提案")
    rows: Sheet = [
        HEADINGS,
        [20240001, "关于增开公交的提案", "王志毅", None, "龙华区", None],
        [20240002, "关于绿道的提案", "王志毅", None, "龙华区", None],
        [20240080, "关于民营经济的提案", "李娜", None, "龙华区", None],
    ]
    shown = await checked(intake, rows)

    merged, confirmed = await gather(merge(intake, "a", "b", main="a"), confirm(intake, shown))

    assert merged.status == 201
    if confirmed.status == 409:
        assert confirmed.code == "list-changed"
        assert "已并入第20240001号提案" in confirmed.says
        assert await counted(intake) == 2
    else:
        assert await counted(intake) == 3


async def test_importing_and_filing_at_once_give_no_number_twice(intake: World) -> None:
    shown = await checked(intake, GOOD)
    for name in "abc":
        await submit(intake, name)

    await gather(confirm(intake, shown), *(review(intake, name, "accept") for name in "abc"))

    rows = await intake.rows(
        "intake", "SELECT number FROM proposals WHERE number IS NOT NULL ORDER BY number"
    )
    numbers = [row["number"] for row in rows]
    assert len(set(numbers)) == len(numbers)
    small = [number for number in numbers if number < "20240080"]
    assert small == [f"2024{n:04}" for n in range(1, len(small) + 1)]


async def test_an_archive_brings_earlier_years_with_their_replies(intake: World) -> None:
    shown = await checked(intake, ARCHIVE, kind="archive")

    assert shown["notes"] == ["“备注”一栏不认识，没有读取。"]
    assert codes(shown, "hint") == [
        (2, "主办单位", "unit-succeeded"),
        (3, "主办单位", "unknown-unit"),
        (3, "办理结果", "unknown-class"),
    ]
    assert (await confirm(intake, shown)).status == 200
    assert await intake.told_by("intake") == ["ProposalArchived"] * 2
    found = await intake.ask("intake", "/proposals", state="archived", year=2022)
    [line] = found.body["proposals"]
    answer = await intake.ask("intake", f"/proposals/{line['proposal_id']}")
    assert (answer.body["number"], answer.body["leads"]) == ("015", ["市运输委"])
    [reply] = answer.body["replies"]
    assert (reply["unit"], reply["result_class"], reply["says"], reply["issued_on"]) == (
        "C020",
        "B",
        "正在解决",
        "2022-08-31",
    )
    assert await listed(intake, q="绿道") == ["关于绿道的提案"]


async def test_an_archive_is_not_brought_twice_and_needs_year_and_number(intake: World) -> None:
    await confirm(intake, await checked(intake, ARCHIVE, kind="archive"))
    rows: Sheet = [
        *ARCHIVE[:2],
        [None, "016", "关于树的提案", "李娜", None, None, None, None, None],
        [2022, None, "关于花的提案", "李娜", None, None, "去年", None, None],
    ]

    shown = await checked(intake, rows, kind="archive")

    assert codes(shown, "fault") == [
        (2, "案号", "there-already"),
        (3, "年度", "year-missing"),
        (4, "案号", "number-missing"),
        (4, "答复日期", "day-malformed"),
    ]


async def test_an_archived_proposal_is_neither_reviewed_nor_withdrawn(intake: World) -> None:
    await confirm(intake, await checked(intake, ARCHIVE, kind="archive"))
    found = await intake.ask("intake", "/proposals", state="archived", year=2022)
    path = f"/proposals/{found.body['proposals'][0]['proposal_id']}"

    answers = [
        await intake.tell("intake", f"{path}/{act}", body, post="committee", unit="C004")
        for act, body in (
            ("accept", {}),
            ("withdraw", {"why": "撤"}),
            ("designate-key", {"leader": "陈", "supervised_by": "C004"}),
        )
    ]

    assert [answer.code for answer in answers] == [
        "already-reviewed",
        "cannot-withdraw",
        "not-filed",
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "columns-missing"),
        ([["案号", "提案人"], [1, "李娜"]], "columns-missing"),
        ([["案由"], ["关于公交的提案"]], "columns-missing"),
        ([HEADINGS], "list-empty"),
        ([HEADINGS, *([[None, "关于公交的提案", "李娜"]] * 51)], "list-too-long"),
    ],
)
async def test_what_is_no_list_is_refused(intake: World, rows: Sheet, code: str) -> None:
    answer = await bring(intake, rows)

    assert (answer.status, answer.code) == (422, code)


async def test_what_is_no_workbook_is_refused(intake: World) -> None:
    answer = await send_file(intake, "/imports", b"a,b\n1,2", kind="hand_over", name="清单.csv")

    assert (answer.status, answer.code) == (422, "no-sheet")


async def test_a_list_that_nobody_brought_is_unknown(intake: World) -> None:
    paths = ["/imports/none/check", "/imports/none/confirm"]

    answers = [
        await intake.tell("intake", path, body, post="committee", unit="C004")
        for path, body in zip(paths, [None, {"digest": "0" * 64}], strict=True)
    ]

    assert [answer.status for answer in answers] == [404, 404]
    assert (await intake.ask("intake", "/imports/none", post="office")).status == 404


async def test_lists_are_brought_by_the_committee_and_the_office(intake: World) -> None:
    answer = await send_file(
        intake, "/imports", b"", post="officer", unit="C020", kind="hand_over", name="x.xlsx"
    )

    assert answer.status == 403


async def test_the_list_is_exported_as_it_is_shown_and_holds_no_formula(intake: World) -> None:
    await file(intake, "a", title='=HYPERLINK("http://x","y")')
    await submit(intake, "b")

    response = await fetch(intake, "/exports/proposals", state="accepted")

    assert response.headers["content-disposition"].startswith("attachment;")
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["案号", "年度", "届次", "案由"]
    assert rows[1][0] == "20240001"
    assert rows[1][3] == '=HYPERLINK("http://x","y")'
    assert len(rows) == 2


async def test_more_than_the_rules_let_out_is_refused(intake: World) -> None:
    for name in "abcd":
        await submit(intake, name)

    response = await fetch(intake, "/exports/proposals")
    fewer = await fetch(intake, "/exports/proposals", q="关于a")

    assert (response.status_code, response.json()["code"]) == (409, "too-many-to-export")
    assert fewer.status_code == 200


async def test_the_progress_can_be_read_by_its_findings(intake: World) -> None:
    shown = await checked(intake, GOOD)

    answer = await intake.ask(
        "intake", f"/imports/{shown['import_id']}", post="office", level="hint", after_row=4
    )

    assert [one["row"] for one in answer.body["findings"]] == [5, 5]
    assert (await page_of(intake, shown, level="fault")) == []


async def page_of(world: World, shown: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    answer = await world.ask("intake", f"/imports/{shown['import_id']}", post="office", **query)
    found: list[dict[str, Any]] = answer.body["findings"]
    return found
