"""A list is handed over in one act: each proposal to one lead or to several answering units."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from services.assignment.domain.assignment import Assignment, Task
from services.assignment.domain.handing_over import Row, hand_over
from services.assignment.domain.refusals import FaultyList
from shared.contracts.assignment import AdviceFollowed, HandlersAssigned, Role
from shared.contracts.event import Due, ProposalId, TaskId
from tests.domain.assignment.office import (
    CONTACT_BY,
    EDUCATION,
    FUTIAN,
    LONGHUA,
    MONDAY,
    OFFICE,
    OPINION_BY,
    OTHER_PROPOSAL,
    PLANNING,
    PROPOSAL,
    REPLY_BY,
    RETURN_BY,
    SIGN_BY,
    TERMS,
    UNITS,
)

FILED = Assignment(PROPOSAL, "20240080")
DESK = {PROPOSAL: FILED, OTHER_PROPOSAL: Assignment(OTHER_PROPOSAL, "20240498")}
HANDED_OVER = Assignment(PROPOSAL, "20240080", tasks=(Task(TaskId("D09.1"), LONGHUA, Role.LEAD),))
MERGED = Assignment(PROPOSAL, "20240080", merged_into="20240498")


def handed_over(*rows: Row, desk: Mapping[ProposalId, Assignment] = DESK) -> list[HandlersAssigned]:
    events = everything_told(*rows, desk=desk)
    return [event for event in events if isinstance(event, HandlersAssigned)]


def everything_told(
    *rows: Row, desk: Mapping[ProposalId, Assignment] = DESK
) -> list[HandlersAssigned | AdviceFollowed]:
    return hand_over(
        rows, desk=desk, units=UNITS, terms=TERMS, meeting="交办会", by=OFFICE, on=MONDAY
    )


def findings_of(
    *rows: Row, desk: Mapping[ProposalId, Assignment] = DESK
) -> list[tuple[int, str, str]]:
    """Row, column and code of each fault."""
    with pytest.raises(FaultyList) as refused:
        handed_over(*rows, desk=desk)
    findings: Any = refused.value.facts["findings"]
    return [(finding["row"], finding["column"], finding["code"]) for finding in findings]


def last_day(due: Due | None) -> date | None:
    return due.on if due else None


def test_the_lead_the_co_handlers_and_the_readers_each_get_their_task() -> None:
    row = Row(PROPOSAL, lead="D09", co_handlers=("C021", "D01"), reference=("C030",))

    [event] = handed_over(row)

    assert [(task.task_id, task.unit, task.role) for task in event.tasks] == [
        ("D09.1", LONGHUA, Role.LEAD),
        ("C021.1", EDUCATION, Role.CO_HANDLE),
        ("D01.1", FUTIAN, Role.CO_HANDLE),
        ("C030.1", PLANNING, Role.REFERENCE),
    ]
    assert (event.by, event.on, event.meeting) == (OFFICE, MONDAY, "交办会")
    assert {task.generation for task in event.tasks} == {1}
    assert {task.parent for task in event.tasks} == {None}


def test_every_unit_that_owes_something_gets_its_dates() -> None:
    row = Row(PROPOSAL, lead="D09", co_handlers=("C021",), reference=("C030",))

    [event] = handed_over(row)

    lead, co_handler, reader = event.tasks
    assert [last_day(due) for due in (lead.sign, lead.return_by, lead.answer)] == [
        SIGN_BY,
        RETURN_BY,
        REPLY_BY,
    ]
    assert last_day(co_handler.answer) == OPINION_BY
    assert (reader.sign, reader.return_by, reader.answer) == (None, None, None)


def test_a_due_date_carries_its_rule_and_source() -> None:
    [event] = handed_over(Row(PROPOSAL, lead="D09"))

    due = event.tasks[0].return_by

    assert due is not None
    assert (due.rule, due.source) == ("shenzhen-2024@1 return", "深圳1998年规定")
    assert due.steps[-1].day == RETURN_BY


def test_split_units_each_owe_a_reply() -> None:
    [event] = handed_over(Row(PROPOSAL, split=("D09", "C021")))

    assert [(task.role, last_day(task.answer)) for task in event.tasks] == [
        (Role.SPLIT, REPLY_BY),
        (Role.SPLIT, REPLY_BY),
    ]


@pytest.mark.parametrize("text", ["D09", "龙华区人民政府", "龙华区", "龙华"])
def test_a_unit_is_found_by_code_full_name_short_name_or_alias(text: str) -> None:
    [event] = handed_over(Row(PROPOSAL, lead=text))

    assert event.tasks[0].unit == LONGHUA


def test_a_whole_list_keeps_its_order() -> None:
    events = handed_over(Row(PROPOSAL, lead="D09"), Row(OTHER_PROPOSAL, lead="C021"))

    assert [event.proposal_id for event in events] == [PROPOSAL, OTHER_PROPOSAL]


def test_somebody_has_to_answer_the_proposer() -> None:
    row = Row(PROPOSAL, co_handlers=("C021",), reference=("C030",))

    assert findings_of(row) == [(1, "lead", "nobody-answers")]


def test_a_lead_and_split_units_exclude_one_another() -> None:
    assert findings_of(Row(PROPOSAL, lead="D09", split=("C021",))) == [
        (1, "split", "lead-and-split")
    ]


def test_a_unit_has_one_part_in_a_proposal_under_whatever_name() -> None:
    row = Row(PROPOSAL, lead="D09", co_handlers=("C021", "龙华区人民政府"))

    assert findings_of(row) == [(1, "co_handlers", "named-twice")]


def test_a_part_of_a_name_finds_no_unit() -> None:
    assert findings_of(Row(PROPOSAL, lead="民政")) == [(1, "lead", "unknown-unit")]


def test_a_proposal_that_is_not_filed_cannot_be_handed_over() -> None:
    assert findings_of(Row(PROPOSAL, lead="D09"), desk={}) == [(1, "proposal_id", "not-filed")]


def test_a_proposal_is_handed_over_once() -> None:
    assert findings_of(Row(PROPOSAL, lead="D09"), desk={PROPOSAL: HANDED_OVER}) == [
        (1, "proposal_id", "handed-over-already")
    ]


def test_a_member_of_a_merged_group_is_handled_with_the_main_proposal() -> None:
    assert findings_of(Row(PROPOSAL, lead="D09"), desk={PROPOSAL: MERGED}) == [
        (1, "proposal_id", "merged-elsewhere")
    ]


def test_a_proposal_is_listed_once() -> None:
    rows = Row(PROPOSAL, lead="D09"), Row(OTHER_PROPOSAL, lead="D09"), Row(PROPOSAL, lead="C021")

    assert findings_of(*rows) == [(3, "proposal_id", "listed-twice")]


def test_one_faulty_row_holds_the_whole_list_and_every_fault_is_named() -> None:
    rows = (
        Row(PROPOSAL, lead="D09"),
        Row(OTHER_PROPOSAL, lead="市教育厅", split=("C021",), co_handlers=("C021",)),
        Row(ProposalId("never-heard-of"), reference=("没有这个局",)),
    )

    assert findings_of(*rows) == [
        (2, "lead", "unknown-unit"),
        (2, "co_handlers", "named-twice"),
        (2, "split", "lead-and-split"),
        (3, "reference", "unknown-unit"),
        (3, "lead", "nobody-answers"),
        (3, "proposal_id", "not-filed"),
    ]


def test_the_refusal_names_the_rows_and_each_finding_is_a_sentence() -> None:
    rows = Row(PROPOSAL, lead="D09"), Row(OTHER_PROPOSAL, lead="市教育厅")

    with pytest.raises(FaultyList, match="清单第2行有问题，整份清单都没有生效") as refused:
        handed_over(*rows)

    assert refused.value.facts["findings"] == [
        {
            "row": 2,
            "column": "lead",
            "proposal_id": OTHER_PROPOSAL,
            "number": "20240498",
            "code": "unknown-unit",
            "says": "没有名为“市教育厅”的单位。请按单位全称、规范简称或编码填写。",
        }
    ]


def test_whoever_answers_is_to_talk_with_the_proposer_first_by_a_day() -> None:
    [event] = handed_over(Row(PROPOSAL, lead="D09", co_handlers=("C021",), reference=("C030",)))

    assert [last_day(task.contact) for task in event.tasks] == [CONTACT_BY, None, None]


@pytest.mark.parametrize(
    ("kinds", "on", "rule"),
    [
        (("key", "in_session", "member"), date(2024, 5, 13), "reply:key"),
        (("off_session", "party"), date(2024, 7, 11), "reply:off_session"),
        (("key", "off_session", "member"), date(2024, 5, 13), "reply:key"),
        (("in_session", "member"), REPLY_BY, "reply"),
    ],
)
def test_a_special_kind_of_proposal_has_a_clock_of_its_own(
    kinds: tuple[str, ...], on: date, rule: str
) -> None:
    desk = {PROPOSAL: Assignment(PROPOSAL, "20240080", kinds=kinds)}

    [event] = handed_over(Row(PROPOSAL, lead="D09"), desk=desk)

    answer = event.tasks[0].answer
    assert answer is not None
    assert (answer.on, answer.clock, answer.rule) == (on, "reply", f"shenzhen-2024@1 {rule}")


def test_what_was_taken_back_is_not_handed_over() -> None:
    desk = {PROPOSAL: Assignment(PROPOSAL, "20240080", withdrawn=True)}

    assert findings_of(Row(PROPOSAL, lead="D09"), desk=desk) == [(1, "proposal_id", "taken-back")]


def test_which_of_the_advised_units_was_chosen_is_told() -> None:
    row = Row(PROPOSAL, lead="D09", advised=("C021", "龙华区", "C030"))

    _, advice = everything_told(row)

    assert isinstance(advice, AdviceFollowed)
    assert (advice.advised, advice.chosen, advice.rank) == (("C021", "D09", "C030"), "D09", 2)


def test_or_that_another_one_was_chosen() -> None:
    _, advice = everything_told(Row(PROPOSAL, split=("D09", "D01"), advised=("C021",)))

    assert isinstance(advice, AdviceFollowed)
    assert (advice.chosen, advice.rank) == ("D09", None)


def test_an_advised_unit_that_nobody_knows_is_a_fault() -> None:
    assert findings_of(Row(PROPOSAL, lead="D09", advised=("省教育厅",))) == [
        (1, "advised", "unknown-unit")
    ]
