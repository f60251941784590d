"""What was written in a form becomes the command that the service expects, or a word beside it."""

import pytest

from services.portal.forms.fields import Field, Unwritable, read
from services.portal.forms.form import Form, beside_fields

ROWS = Field(
    "tasks", "分解给", "rows", rows=(Field("unit", "单位"), Field("duty", "任务", required=False))
)
FORM = Form(
    code="test",
    act="escalation.decide",
    service="escalation",
    path="/proposals/{proposal_id}/matters/{matter_id}/decide",
    title="决定",
    says="",
    about="matter",
    fields=(
        Field("decision", "决定", "text"),
        Field("effect.kind", "效果"),
        Field("effect.lead", "主办", required=False),
    ),
)


@pytest.mark.parametrize(
    ("field", "words", "meant"),
    [
        (Field("a", "甲"), " 写好了 ", "写好了"),
        (Field("a", "甲", "number"), "-3", -3),
        (Field("a", "甲", "date"), "2024-02-29", "2024-02-29"),
        (
            Field("a", "甲", "units"),
            "市教育局、龙华区，市卫健委;市水务局",
            ["市教育局", "龙华区", "市卫健委", "市水务局"],
        ),
        (Field("a", "甲", "lines"), "一\n\n 二 \n", ["一", "二"]),
        (Field("a", "甲", "yes"), "yes", True),
        (Field("a", "甲", "yes"), "", False),
        (Field("a", "甲", required=False), "", None),
        (Field("a", "甲", "units", required=False), "  ", []),
    ],
)
def test_words_become_what_they_mean(field: Field, words: str, meant: object) -> None:
    assert read(field, {"a": words}) == meant


@pytest.mark.parametrize(
    ("field", "words", "why"),
    [
        (Field("a", "甲"), "  ", "必填"),
        (Field("a", "甲", "number"), "三", "应为整数"),
        (Field("a", "甲", "number"), "1" * 10, "应为整数"),
        (Field("a", "甲", "date"), "2024-02-30", "日期应写作 2024-01-31"),
    ],
)
def test_words_without_meaning_are_told_so(field: Field, words: str, why: str) -> None:
    with pytest.raises(Unwritable, match=why):
        read(field, {"a": words})


def test_only_rows_in_which_something_stands_count() -> None:
    written = {"tasks-0-unit": "", "tasks-0-duty": "", "tasks-2-unit": "S003", "tasks-2-duty": ""}

    assert read(ROWS, written) == [{"unit": "S003"}]


def test_a_row_that_lacks_something_is_named() -> None:
    with pytest.raises(Unwritable, match="第1行“单位”必填"):
        read(ROWS, {"tasks-3-duty": "办教育的部分"})


def test_a_list_that_must_not_be_empty_is_not() -> None:
    with pytest.raises(Unwritable, match="至少填写一行"):
        read(ROWS, {})


def test_a_dotted_name_is_a_part_of_a_part() -> None:
    command, wrong = FORM.command(
        {"decision": "由住建局主办", "effect.kind": "new_lead", "effect.lead": "市住建局"}
    )

    assert wrong == {}
    assert command == {
        "decision": "由住建局主办",
        "effect": {"kind": "new_lead", "lead": "市住建局"},
    }


def test_what_is_wrong_stands_beside_its_field() -> None:
    _, wrong = FORM.command({"effect.kind": "new_lead"})

    assert wrong == {"decision": "必填"}


def test_a_services_findings_go_beside_their_fields() -> None:
    problem = {
        "detail": "填写的内容有误",
        "findings": [
            {"field": "body.effect.kind", "says": "只能是某几种"},
            {"field": "body.other", "says": "不认识的字段"},
            {"row": 3, "column": "lead", "says": "没有这个单位"},
        ],
    }

    beside, above = beside_fields(problem, FORM.fields)

    assert beside == {"effect.kind": "只能是某几种"}
    assert above == ["不认识的字段", "第3行：没有这个单位"]


def test_a_plain_no_stands_above_the_form() -> None:
    assert beside_fields({"detail": "这项任务已经签收。"}, FORM.fields) == (
        {},
        ["这项任务已经签收。"],
    )
