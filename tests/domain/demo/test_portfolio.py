"""The portfolio of the year: 37 = 9 + 28, two real cases, and 35 that say they were composed."""

import pytest

from deploy.demo.compose import PORTFOLIO, compose, render
from deploy.demo.portfolio import LONGHUA, Proposal, members_of, portfolio
from deploy.demo.units import named, rules

REAL = {"20240080", "20240498"}


def of(number: str) -> Proposal:
    return next(case for case in portfolio() if case.number == number)


def test_longhua_was_given_37_of_which_it_answers_9_and_co_handles_28() -> None:
    answering = [case for case in portfolio() if LONGHUA in case.answering]
    co_handling = [case for case in portfolio() if LONGHUA in case.co_handlers]

    assert (len(portfolio()), len(answering), len(co_handling)) == (37, 9, 28)


def test_the_part_that_a_case_names_is_the_part_that_longhua_has() -> None:
    for case in portfolio():
        assert (case.part == "answering") == (LONGHUA in case.answering), case.number


def test_one_of_the_nine_is_a_key_proposal_and_it_is_a_composed_one() -> None:
    keys = [case for case in portfolio() if case.key]

    assert [(case.part, case.origin) for case in keys] == [("answering", "composed")]


def test_no_two_cases_share_a_number_or_an_id() -> None:
    assert len({case.number for case in portfolio()}) == 37
    assert len({case.proposal_id for case in portfolio()}) == 37


def test_20240080_carries_what_the_report_names() -> None:
    case = of("20240080")

    assert case.origin == "real"
    assert case.title == "关于推动龙华深入衔接河套深圳园区发展规划的提案"
    assert case.lead == LONGHUA
    assert case.co_handlers == (
        "市发展和改革委员会",
        "市科技创新局",
        "市工业和信息化局",
        "福田区人民政府",
    )


def test_of_the_six_proposers_of_20240080_only_the_first_is_named() -> None:
    first, *others = of("20240080").proposers

    assert first == "王志毅"
    assert len(others) == 5
    assert all("姓名未载" in other for other in others)


def test_20240498_carries_what_the_report_names() -> None:
    case = of("20240498")

    assert case.origin == "real"
    assert case.title == "关于坚持“两个毫不动摇”,推动龙华区民营经济高质量发展的提案"
    assert (case.proposers, case.lead) == (("吴联喜",), LONGHUA)
    assert case.co_handlers == ("市工业和信息化局",)


def test_the_text_of_a_real_case_says_that_its_handling_is_made_up() -> None:
    for number in REAL:
        assert "不是历史记录" in of(number).text


def test_every_other_case_says_that_it_was_composed_and_from_which_record() -> None:
    composed = [case for case in portfolio() if case.number not in REAL]

    assert len(composed) == 35
    for case in composed:
        assert case.origin == "composed", case.number
        assert case.text.startswith("本件是组合示例：据真实记录R"), case.number
        assert case.source.startswith("组合示例，据R"), case.number


def test_the_proposers_of_a_composed_case_are_named_as_examples() -> None:
    names = [name for case in portfolio() if case.number not in REAL for name in case.proposers]

    assert all(name.endswith("（示例）") for name in names)
    assert len(set(names)) == len(names)


def test_the_merged_pair_is_of_one_part_and_has_the_same_units() -> None:
    main, other = of("20240117"), of("20240305")

    assert members_of(main) == (other,)
    assert main.part == other.part == "answering"
    assert (main.lead, main.co_handlers) == (other.lead, other.co_handlers)
    assert main.reply.result == other.reply.result


def test_every_unit_is_one_that_the_registry_knows() -> None:
    for case in portfolio():
        for unit in (*case.answering, *case.co_handlers, *case.reference):
            assert named(unit).name == unit


def test_the_district_hands_down_only_to_units_of_its_own() -> None:
    longhua = named(LONGHUA).code

    for case in portfolio():
        for work in case.district_work:
            assert named(work.unit).parent == longhua, work.unit


@pytest.mark.parametrize("case", portfolio(), ids=lambda case: case.number)
def test_nothing_is_longer_than_the_rules_allow(case: Proposal) -> None:
    limits = rules().limits

    assert len(case.title) <= limits["title"]
    assert len(case.text) <= limits["text"]
    assert len(case.answering) <= limits["suggested_units"]
    for reply in filter(None, (case.reply, *case.other_replies.values(), case.second_reply)):
        assert len(reply.answer) <= limits["summary"]
        assert len(reply.reason or "") <= limits["reason"]
        assert all(len(verdict.comment) <= limits["comment"] for verdict in reply.ratings)


def test_replies_have_what_their_class_needs() -> None:
    classes = {known.code: known for known in rules().classes}

    for case in portfolio():
        for reply in filter(None, (case.reply, *case.other_replies.values(), case.second_reply)):
            known = classes[reply.result]
            assert reply.promises or not known.needs_promise or case.merged_into, case.number
            assert reply.reason or not known.needs_reason, case.number


def test_the_committed_file_is_what_the_script_makes() -> None:
    assert PORTFOLIO.read_text("utf-8") == render(compose())
