"""Lists as offices write them: read, checked with a sentence per finding, taken over whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.accepting import YearRegister
from services.intake.domain.checking_lists import (
    Checking,
    Desk,
    Finding,
    Inside,
    Standing,
    check_row,
    kind_of,
    known_as,
    proposers_of,
    year_of,
)
from services.intake.domain.reading_lists import (
    Kind,
    ListRow,
    day_of,
    number_of,
    read_list,
    text_of,
)
from services.intake.domain.refusals import (
    ColumnsMissing,
    FaultyList,
    ListChanged,
    ListEmpty,
    ListTooLong,
)
from services.intake.domain.taking_over import (
    NOT_RECORDED,
    archived_from,
    filed_from,
    must_stand_as_checked,
    proposal_from,
    suggested,
)
from services.intake.domain.wording import matter
from shared.contracts.event import ProposalId, UnitCode
from shared.contracts.intake import ArchivedReply, ProposalKind, ProposerType
from shared.contracts.registry import UnitLevel, UnitRegistered
from shared.refusals import Unknown
from tests.domain.intake.desk import COMMITTEE, MONDAY, RULES


class Register:
    """Three units, one of which had another name."""

    OLD: Mapping[str, str] = {"市运输委": "C020"}

    @cached_property
    def units(self) -> Mapping[UnitCode, UnitRegistered]:
        named = {"C020": "市交通运输局", "C027": "市住房和建设局", "D07": "龙华区人民政府"}
        return {
            UnitCode(code): UnitRegistered(
                code=UnitCode(code),
                name=name,
                short_name=name.removesuffix("人民政府"),
                level=UnitLevel.CITY,
                parent=None,
                source="试",
            )
            for code, name in named.items()
        }

    def unit(self, text: str, /) -> UnitRegistered:
        for unit in self.units.values():
            if text in (unit.code, unit.name, unit.short_name) or self.OLD.get(text) == unit.code:
                return unit
        raise Unknown(what="单位", id=text)


UNITS = Register()
TAKEN = Standing(ProposalId("a"), 2024, "20240007", "关于增加学位的提案", "accepted")


def row(n: int = 2, /, **cells: str) -> ListRow:
    return ListRow(n, cells)


def against(
    *rows: ListRow, kind: Kind = "hand_over", standing: Sequence[Standing] = ()
) -> Checking:
    return Checking(
        kind=kind,
        year=2024,
        rules=RULES,
        units=UNITS,
        desk=Desk(
            by_number={(one.year, one.number or ""): one for one in standing},
            by_matter={matter(one.title): [one] for one in standing},
        ),
        inside=Inside.of(rows, year=2024),
    )


def found(one: ListRow, checking: Checking) -> list[tuple[str, str]]:
    return [(finding.level, finding.code) for finding in check_row(one, against=checking)]


GOOD = row(number="20240080", title="关于增开公交的提案", proposers="王志毅", lead="市交通运输局")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (20240080.0, "20240080"),
        (3.5, "3.5"),
        (True, "是"),
        (None, ""),
        (date(2024, 1, 31), "2024-01-31"),
        (datetime(2024, 1, 31, 8, tzinfo=UTC), "2024-01-31"),
        ("  关于公交 \u200b", "关于公交"),
        (7, "7"),
    ],
)
def test_a_cell_is_text(cell: object, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    "text", ["20240080", "第20240080号", "２０２４００８０", "20240080.0", "第20240080号提案 "]
)
def test_a_number_is_a_number_however_it_is_written(text: str) -> None:
    assert number_of(text) == "20240080"


@given(st.integers(1949, 2099), st.integers(1, 9999))
def test_a_number_that_excel_made_a_figure_is_the_number(year: int, n: int) -> None:
    assert number_of(text_of(float(f"{year}{n:04}"))) == f"{year}{n:04}"


@pytest.mark.parametrize("text", ["2023-8-1", "2023/08/01", "2023年8月1日", "2023.08.01"])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert day_of(text) == date(2023, 8, 1)


@pytest.mark.parametrize("text", ["去年", "2023-13-01", "2023-02-30", "", "20230801"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text) is None


def test_headings_may_stand_below_a_title_and_have_several_names() -> None:
    sheet: list[list[object]] = [
        ["2024年提案清单", None],
        ["序号", "提案编号", "标 题", "第一提案人", "承办单位", "附注"],
        [1.0, 20240080.0, "关于 公交", "王志毅", "市交通运输局", "x"],
        [None, None, None, None, None, None],
        [2.0, None, "关于公园", "李娜", None, None],
    ]

    read = read_list(sheet, kind="hand_over", most=10)

    assert read.unread == ("附注",)
    assert [(one.row, one["number"], one["title"]) for one in read.rows] == [
        (3, "20240080", "关于 公交"),
        (5, "", "关于公园"),
    ]
    assert read.rows[0]["lead"] == "市交通运输局"


@pytest.mark.parametrize(
    ("sheet", "kind", "refusal"),
    [
        ([], "hand_over", ColumnsMissing),
        ([["案由"], ["x"]], "hand_over", ColumnsMissing),
        ([["案由"], ["x"]], "archive", ColumnsMissing),
        ([["案由", "提案人"]], "hand_over", ListEmpty),
        ([["案由", "提案人"], ["x", "y"], ["x", "y"]], "hand_over", ListTooLong),
    ],
)
def test_what_is_no_list_is_refused(
    sheet: list[list[object]], kind: Kind, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        read_list(sheet, kind=kind, most=1)


def test_as_many_rows_as_the_rules_allow() -> None:
    sheet: list[list[object]] = [["案由", "提案人"], ["x", "y"], ["z", "y"]]

    assert len(read_list(sheet, kind="hand_over", most=2).rows) == 2


@pytest.mark.parametrize("cell", ["甲、乙", "甲；乙", "甲;乙", "甲，乙", "甲\n乙", " 甲 、 乙 、"])
def test_a_cell_may_name_several(cell: str) -> None:
    assert row(lead=cell).listed("lead") == ("甲", "乙")


def test_a_good_row_has_nothing_to_be_said_of_it() -> None:
    assert found(GOOD, against(GOOD)) == []


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        ({"title": ""}, ("fault", "title-missing")),
        ({"title": "题" * 21}, ("fault", "title-too-long")),
        ({"number": ""}, ("hint", "number-missing")),
        ({"number": "20240000"}, ("fault", "number-malformed")),
        ({"number": "2024008"}, ("fault", "number-malformed")),
        ({"proposers": ""}, ("fault", "proposers-missing")),
        ({"proposers": "甲、甲"}, ("hint", "proposer-twice")),
        ({"lead": "交通局"}, ("fault", "unknown-unit")),
        ({"lead": "市运输委"}, ("hint", "unit-succeeded")),
        ({"lead": ""}, ("hint", "nobody-answers")),
        ({"lead": "龙华区、C020"}, ("fault", "several-leads")),
        ({"split": "龙华区"}, ("fault", "lead-and-split")),
        ({"co_handlers": "C020"}, ("fault", "unit-twice")),
        ({"category": "天文"}, ("fault", "unknown-category")),
        ({"text": "文" * 41}, ("fault", "text-too-long")),
    ],
)
def test_a_row_that_can_be_handed_over(cells: dict[str, str], finding: tuple[str, str]) -> None:
    one = replace(GOOD, cells={**GOOD.cells, **cells})

    assert found(one, against(one)) == [finding]


@pytest.mark.parametrize(
    "cells",
    [
        {"title": "题" * 20},
        {"number": "20240001"},
        {"number": "20249999"},
        {"category": "社会"},
        {"text": "文" * 40},
        {"lead": "", "split": "龙华区、C020"},
    ],
)
def test_the_last_that_is_allowed_is_allowed(cells: dict[str, str]) -> None:
    one = replace(GOOD, cells={**GOOD.cells, **cells})

    assert found(one, against(one)) == []


def test_a_unit_that_may_be_meant_is_shown_and_not_taken() -> None:
    one = replace(GOOD, cells={**GOOD.cells, "lead": "市住房建设局"})

    [finding] = check_row(one, against=against(one))

    assert finding.says == ("第2行“主办单位”：没有名为“市住房建设局”的单位，是否为市住房和建设局。")
    assert suggested(one, units=UNITS) == ()


def test_numbers_and_matters_stand_once_in_a_list() -> None:
    again = row(3, number="20240080", title="增开公交", proposers="李娜", lead="龙华区")

    assert found(again, against(GOOD, again)) == [
        ("hint", "same-in-list"),
        ("fault", "number-twice"),
    ]
    assert found(GOOD, against(GOOD, again)) == []


def test_a_number_that_another_has_is_a_fault_and_the_same_proposal_is_known() -> None:
    other = replace(GOOD, cells={**GOOD.cells, "number": "20240007"})
    same = replace(other, cells={**other.cells, "title": "增加学位"})
    checking = against(other, standing=[TAKEN])

    assert found(other, checking) == [("fault", "number-taken")]
    assert known_as(other, against=checking) is None
    assert found(same, checking) == [("hint", "filed-already")]
    assert known_as(same, against=checking) == TAKEN


@pytest.mark.parametrize(
    ("standing", "code"),
    [
        (replace(TAKEN, state="withdrawn"), "there-already"),
        (replace(TAKEN, merged_into="第20240001号提案"), "merged"),
    ],
)
def test_what_is_not_to_be_handed_over_any_more_is_a_fault(standing: Standing, code: str) -> None:
    same = replace(GOOD, cells={**GOOD.cells, "number": "20240007", "title": "增加学位"})

    assert found(same, against(same, standing=[standing])) == [("fault", code)]


def test_the_same_matter_under_another_number_may_be_double() -> None:
    one = replace(GOOD, cells={**GOOD.cells, "title": "关于增加学位的建议"})

    [finding] = check_row(one, against=against(one, standing=[TAKEN]))

    assert (finding.level, finding.code) == ("hint", "same-matter")
    assert "第20240007号《关于增加学位的提案》" in finding.says


@pytest.mark.parametrize(
    ("cells", "year"),
    [
        ({"year": "2022"}, 2022),
        ({"year": "2022年"}, 2022),
        ({"number": "20230001"}, 2023),
        ({"number": "015"}, None),
        ({"year": "去年"}, None),
    ],
)
def test_the_year_of_a_row(cells: dict[str, str], year: int | None) -> None:
    assert year_of(row(**cells)) == year


@pytest.mark.parametrize(
    ("cells", "findings"),
    [
        ({}, []),
        ({"year": "", "number": "015"}, [("fault", "year-missing")]),
        ({"number": ""}, [("fault", "number-missing")]),
        ({"number": "1" * 21}, [("fault", "number-malformed")]),
        ({"number": "1" * 20}, []),
        ({"proposers": ""}, [("hint", "proposers-missing")]),
        ({"lead": "某局"}, [("hint", "unknown-unit")]),
        ({"result_class": "E"}, [("hint", "unknown-class")]),
        ({"answered_on": "去年"}, [("fault", "day-malformed")]),
        ({"category": "天文"}, [("hint", "unknown-category")]),
        ({"title": "题" * 99}, []),
    ],
)
def test_an_archive_takes_what_earlier_years_wrote(
    cells: dict[str, str], findings: list[tuple[str, str]]
) -> None:
    whole = {
        "year": "2022",
        "number": "015",
        "title": "关于公厕的提案",
        "proposers": "李娜",
        "lead": "龙华区",
        "result_class": "B",
        "answered_on": "2022-08-31",
    }
    one = row(**{**whole, **cells})

    assert found(one, against(one, kind="archive")) == findings


@pytest.mark.parametrize(
    ("cells", "kind", "names"),
    [
        ({"proposers": "李娜"}, ProposalKind.SINGLE, ["李娜"]),
        ({"proposers": "李娜、王强、李娜"}, ProposalKind.JOINT, ["李娜", "王强"]),
        ({"proposers": "王志毅等6位委员"}, ProposalKind.JOINT, ["王志毅等6位委员"]),
        ({"proposers": "民进", "kind": "集体提案"}, ProposalKind.COLLECTIVE, ["民进"]),
    ],
)
def test_by_how_many_hands_a_row_s_proposal_is_put(
    cells: dict[str, str], kind: ProposalKind, names: list[str]
) -> None:
    assert kind_of(row(**cells)) is kind
    assert [one.name for one in proposers_of(row(**cells))] == names


def test_a_row_becomes_a_filed_proposal() -> None:
    one = replace(GOOD, cells={**GOOD.cells, "category": "社会", "co_handlers": "龙华区"})

    submitted = proposal_from(
        one,
        proposal_id=ProposalId("a"),
        against=against(one),
        source="清单第2行",
        by=COMMITTEE,
        on=MONDAY,
    )
    filed = filed_from(submitted, number="20240080", register=YearRegister(2024, next_free=1))

    assert (submitted.year, submitted.text, submitted.source) == (2024, NOT_RECORDED, "清单第2行")
    assert (submitted.suggested_units, submitted.review_group) == (("C020", "D07"), "social")
    assert (filed.number, filed.category) == ("20240080", "社会")


def test_without_a_number_it_gets_the_next_free_one() -> None:
    one = replace(GOOD, cells={**GOOD.cells, "number": "", "kind": "集体"})
    submitted = proposal_from(
        one,
        proposal_id=ProposalId("a"),
        against=against(one),
        source="清单",
        by=COMMITTEE,
        on=MONDAY,
    )

    filed = filed_from(submitted, number=None, register=YearRegister(2024, next_free=12))

    assert filed.number == "20240012"
    assert (submitted.put_by, submitted.body) == (ProposerType.BODY, "王志毅")


def test_an_archived_row_keeps_who_answered_what_under_the_names_of_then() -> None:
    one = row(
        year="2022",
        number="015",
        title="关于公厕的提案",
        lead="市运输委、某局",
        result_class="B",
        answered_on="2022-08-31",
        summary="已列入计划",
    )

    archived = archived_from(
        one,
        proposal_id=ProposalId("a"),
        units=UNITS,
        rules=RULES,
        source="清单",
        by=COMMITTEE,
        on=MONDAY,
    )

    assert (archived.year, archived.leads) == (2022, ("市运输委", "某局"))
    assert archived.replies == tuple(
        ArchivedReply(
            unit=unit,
            code=code,
            result_class="B",
            says="正在解决",
            summary="已列入计划",
            on=date(2022, 8, 31),
        )
        for unit, code in (("市运输委", UnitCode("C020")), ("某局", None))
    )


def test_without_an_answer_it_has_no_reply() -> None:
    one = row(year="2022", number="015", title="关于公厕的提案", lead="某局")

    archived = archived_from(
        one,
        proposal_id=ProposalId("a"),
        units=UNITS,
        rules=RULES,
        source="清单",
        by=COMMITTEE,
        on=MONDAY,
    )

    assert archived.replies == ()


HINT = Finding(2, "案由", "hint", "same-matter", "第2行“案由”：相同。")
SIMILAR = Finding(2, "案由", "hint", "similar", "第2行“案由”：相似。")
FAULT = Finding(3, "案号", "fault", "number-taken", "第3行“案号”：已经编给别的提案。")


def test_what_stands_as_it_was_checked_is_taken_over() -> None:
    must_stand_as_checked([HINT, SIMILAR], [HINT])


def test_faults_keep_the_whole_list_out() -> None:
    with pytest.raises(FaultyList, match="1处错误") as refused:
        must_stand_as_checked([HINT, FAULT], [HINT, FAULT])

    assert refused.value.facts["findings"] == [
        {
            "row": 3,
            "column": "案号",
            "level": "fault",
            "code": "number-taken",
            "says": "第3行“案号”：已经编给别的提案。",
        }
    ]


@pytest.mark.parametrize(
    ("before", "now", "says"), [([], [FAULT], FAULT.says), ([HINT], [], HINT.says)]
)
def test_what_has_changed_since_keeps_it_out_too(
    before: list[Finding], now: list[Finding], says: str
) -> None:
    with pytest.raises(ListChanged, match=says):
        must_stand_as_checked(before, now)
