"""The report has five parts, and says nothing that its figures do not say."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.portal.domain.cases import Case, proposers_text
from services.portal.domain.figures import Facts
from services.portal.domain.period import Days, OfSession, OfYear
from services.portal.domain.report import Meeting, Report, write_report
from tests.domain.portal.test_figures import EMPTY, HELPED, LED

CASE = Case(
    proposal_id="p-1",
    number="20240080",
    title="关于推动龙华深入衔接河套深圳园区发展规划的提案",
    kind="joint",
    proposers=("王志毅", *["某委员"] * 5),
    leads=("龙华区人民政府",),
    co_handlers=("市发展和改革委员会", "市科技创新局"),
    is_key=False,
    is_composed=False,
)


def report(facts: Facts = EMPTY, **more: Any) -> Report:
    given: dict[str, Any] = {"meetings": (), "cases": (), **more}
    given = {"period": OfYear(2024), "as_of": date(2024, 12, 31), **given}
    return write_report(facts, unit="龙华区人民政府", **given)


def part(written: Report, nth: int) -> str:
    return "\n".join(written.parts[nth - 1].paragraphs)


def test_the_five_parts_are_those_of_the_source() -> None:
    assert [one.title for one in report().parts] == [
        "一、基本情况",
        "二、主要做法",
        "三、典型案例",
        "四、存在问题及下一步工作思路",
        "五、对政协提案工作的意见建议",
    ]


def test_the_situation_counts_by_part_and_names_the_fields() -> None:
    year = replace(EMPTY, received=(LED, HELPED, replace(HELPED, category="经济")))

    assert part(report(year), 1).startswith(
        "2024年，市政协交办龙华区人民政府的提案共3件（主办、承办、分办件1件，会办件2件），"
        "其中包括0件市政协重点提案，涵盖社会、经济等领域。"
    )


def test_late_and_waiting_answers_are_not_hidden() -> None:
    late = replace(LED, days_late=2)
    waiting = replace(HELPED, answered_on=None)

    written = report(replace(EMPTY, owed=(LED, late, waiting)))

    assert "应提交的3份答复和会办意见已提交2份，其中按时1份、逾期1份，尚有1份未提交" in part(
        written, 1
    )
    assert "1份答复或会办意见逾期提交" in part(written, 4)
    assert "仍有1份答复或会办意见未提交" in part(written, 4)


def test_when_all_is_in_time_nothing_else_is_said() -> None:
    written = report(replace(EMPTY, received=(LED,)))

    assert "逾期" not in part(written, 1)
    assert part(written, 4).startswith("统计范围内没有逾期")


def test_meetings_are_told_with_their_days() -> None:
    written = report(meetings=(Meeting(date(2024, 1, 22), "区政府全体（扩大）会议"),))

    assert "2024年1月22日，区政府全体（扩大）会议。" in part(written, 2)


def test_suggestions_follow_from_matters_and_merges() -> None:
    matter = {"decided_on": None}
    year = replace(EMPTY, received=(replace(LED, is_merged=True),), matters=[matter])

    assert "提请市级协调1项，已决定0项" in part(report(year), 5)
    assert "并入他案办理1件" in part(report(year), 5)
    assert part(report(), 5) == "暂无。"


def test_typical_cases_are_sourced_ones_first_then_key_ones() -> None:
    composed_key = replace(CASE, number="20240010", is_composed=True, is_key=True)
    composed = replace(CASE, number="20240001", is_composed=True)

    written = report(cases=(composed, composed_key, CASE))

    assert [case.number for case in written.parts[2].cases] == ["20240080", "20240010"]


def test_a_case_is_introduced_as_the_source_does() -> None:
    assert CASE.opening == (
        "王志毅等6位委员提出的《关于推动龙华深入衔接河套深圳园区发展规划的提案》"
        "（第20240080号），由龙华区人民政府主办；市发展和改革委员会、市科技创新局会办。"
    )


def test_several_answering_units_are_not_one_lead() -> None:
    split = replace(CASE, leads=("龙华区人民政府", "市交通运输局"), co_handlers=())

    assert split.opening.endswith("由龙华区人民政府、市交通运输局分别办理。")


def test_proposers_are_named_by_the_first_of_them() -> None:
    assert proposers_text(["吴联喜"], kind="single") == "吴联喜委员"
    assert proposers_text(["李娜", "王强"], kind="joint") == "李娜等2位委员"
    assert proposers_text(["市工商联"], kind="collective") == "市工商联"
    assert proposers_text(["王志毅等6位委员"], kind="joint") == "王志毅等6位委员"
    assert proposers_text([], kind=None) == "提案人"


def test_the_report_for_programs_holds_every_figure_and_its_rule() -> None:
    document = report(replace(EMPTY, received=(LED,))).as_json()

    assert document["received"] == 1
    assert document["counting_rules"]["received"].startswith("按提案计")
    assert document["contains_composed_records"] is False


def test_composed_records_are_confessed() -> None:
    composed = replace(LED, origin="composed")

    assert report(replace(EMPTY, received=(composed,))).is_demo is True


def test_the_report_names_its_period() -> None:
    half = Days(date(2024, 1, 1), date(2024, 6, 30))
    facts = replace(EMPTY, received=(replace(LED, is_merged=True),))

    of_half = report(facts, period=half)
    of_session = report(facts, period=OfSession("七届四次"))

    assert of_half.title == "龙华区人民政府2024年上半年承办市政协提案总体情况"
    assert part(of_half, 1).startswith("2024年上半年，市政协交办")
    assert "期内并入他案办理1件" in part(of_half, 5)
    assert "七届四次会议并入他案办理1件" in part(of_session, 5)
    assert of_half.as_json()["period"]["until"] == date(2024, 6, 30)
    assert (report().as_json()["year"], of_half.as_json()["year"]) == (2024, None)
