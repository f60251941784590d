"""A notice is read as the State Council writes it, and compared with the calendar on the way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registry.domain.announcing_years import announce_year
from services.registry.domain.reading_notices import read_notice
from services.registry.domain.register import Register
from shared.contracts.registry import CalendarYearAnnounced
from tests.domain.registry.standing import SHENZHEN

NOTICES = {
    2019: """
一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
""",
    2018: """
一、元旦：1月1日放假，与周末连休。
二、春节：2月15日至21日放假调休，共7天。2月11日（星期日）、2月24日（星期六）上班。
三、清明节：4月5日至7日放假调休，共3天。4月8日（星期日）上班。
四、劳动节：4月29日至5月1日放假调休，共3天。4月28日（星期六）上班。
五、端午节：6月18日放假，与周末连休。
六、中秋节：9月24日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期六）、9月30日（星期日）上班。
""",
    2021: """
一、元旦：2021年1月1日至3日放假，共3天。
二、春节：2月11日至17日放假调休，共7天。2月7日（星期日）、2月20日（星期六）上班。
三、清明节：4月3日至5日放假调休，共3天。
四、劳动节：5月1日至5日放假调休，共5天。4月25日（星期日）、5月8日（星期六）上班。
五、端午节：6月12日至14日放假，共3天。
六、中秋节：9月19日至21日放假调休，共3天。9月18日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月26日（星期日）、10月9日（星期六）上班。
""",
    2022: """
一、元旦：2022年1月1日至3日放假，共3天。
二、春节：1月31日至2月6日放假调休，共7天。1月29日（星期六）、1月30日（星期日）上班。
三、清明节：4月3日至5日放假调休，共3天。4月2日（星期六）上班。
四、劳动节：4月30日至5月4日放假调休，共5天。4月24日（星期日）、5月7日（星期六）上班。
五、端午节：6月3日至5日放假，共3天。
六、中秋节：9月10日至12日放假，共3天。
七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。
""",
    2023: """
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。
""",
    2024: """
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2024年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2023年10月25日
""",
    2025: """
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
""",
    2026: """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
""",
}
KEPT = {year.year: year for year in SHENZHEN.calendars}


@pytest.mark.parametrize("year", NOTICES)
def test_a_notice_comes_to_the_calendar_that_is_kept(year: int) -> None:
    read = read_notice(NOTICES[year], year=year)

    beside = read_notice(NOTICES[2019], year=2019).elsewhere if year == 2018 else ()
    assert read.findings == ()
    assert [(day.day, day.works) for day in (*read.days, *beside)] == [
        (day.day, day.works) for day in KEPT[year].days
    ]


def test_lines_without_a_day_and_the_signature_are_passed_over_and_named() -> None:
    read = read_notice(NOTICES[2024].strip(), year=2024)

    assert read.passed_over == (1, 2, 10, 11, 12)


def test_new_year_may_reach_into_the_year_before() -> None:
    read = read_notice(NOTICES[2019], year=2019)

    assert [(day.day, day.works) for day in read.elsewhere] == [
        (date(2018, 12, 29), True),
        (date(2018, 12, 31), False),
    ]


def test_a_text_without_a_single_day_is_a_finding() -> None:
    read = read_notice("国务院办公厅关于2026年部分节假日安排的通知", year=2026)

    assert [finding.says for finding in read.findings] == ["没有读出任何一天"]


def test_a_day_bears_the_name_of_its_holiday() -> None:
    read = read_notice(NOTICES[2023], year=2023)

    assert {day.name for day in read.days} == {
        "元旦",
        "春节",
        "清明节",
        "劳动节",
        "端午节",
        "中秋节、国庆节",
    }


def test_half_width_marks_and_spaces_are_read_as_well() -> None:
    plain = "元旦: 1 月 1 日(周四)至 3 日(周六)放假调休,共 3 天。1月4日(周日)上班。"

    read = read_notice(plain, year=2026)

    assert read.findings == ()
    assert [(day.day.day, day.works) for day in read.days] == [(1, False), (2, False), (4, True)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("元旦：1月1日（周五）至3日（周六）放假，共3天。", "2026-01-01是周四，不是周五"),
        (
            "元旦：1月1日（周四）至3日（周六）放假，共4天。",
            "写明共4天，但2026-01-01至2026-01-03是3天",
        ),
        ("元旦：1月1日放假2天。", "写明共2天"),
        ("元旦：1月3日至1日放假，共3天。", "2026-01-01早于2026-01-03"),
        ("元旦：1月1日至20日放假。", "2026-01-01至2026-01-20过长"),
        ("元旦：1月32日放假。", "没有1月32日这一天"),
        ("元旦：2月30日至3月2日放假。", "没有2月30日这一天"),
        ("元旦：3日放假。", "日期没有写月份"),
        ("元旦：1月5日（周一）上班。", "2026-01-05是周一，本来就上班"),
        ("元旦：2020年1月1日放假。", "2020年离2026年太远"),
        ("元旦：1月1日至2日放假，共2天。1月2日（周五）上班。", "本来就上班"),
        ("元旦：1月1日休息。", "没有读懂这一句"),
        ("元旦：1月1日放假，由各区自定。", "没有读懂这一句"),
        ("1月1日放假。", "没有读出节日名称和日期"),
        ("元旦放假：从1月1日起。", "没有读懂这一句"),
    ],
)
def test_what_cannot_be_read_or_be_right_is_a_finding_with_its_line(line: str, says: str) -> None:
    read = read_notice(f"通知如下。\n{line}", year=2026)

    assert [finding.line for finding in read.findings] == [2]
    assert says in read.findings[0].says


def test_a_day_is_not_free_and_worked() -> None:
    notice = (
        "甲节：1月3日上班。\n乙节：1月3日放假。\n丙节：1月2日放假。\n丁节：1月4日（周日）上班。"
    )

    read = read_notice(notice, year=2026)

    assert read.findings == (), "a Saturday that is free is like its weekday"
    assert [(day.day, day.works) for day in read.days] == [
        (date(2026, 1, 2), False),
        (date(2026, 1, 3), True),
        (date(2026, 1, 4), True),
    ]


def test_a_notice_is_fit_to_be_announced() -> None:
    read = read_notice(NOTICES[2026], year=2026)
    year = CalendarYearAnnounced(
        year=2026, edition=1, source="通知", provisional=False, days=read.days
    )

    assert announce_year(Register(), year=year) == (year,)


@given(st.text(alphabet="一二元旦春节：0123456789年月日至、。（）周六放假上班共天\n ", max_size=80))
def test_whatever_is_pasted_is_answered(text: str) -> None:
    read = read_notice(text, year=2026)

    assert read.days or read.elsewhere or read.findings
    assert all(day.day.year == 2026 for day in read.days)
    assert len({day.day for day in read.days}) == len(read.days)
