"""Units are advised with reasons: duties, earlier cases, places; returns count against."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.assignment.domain.advising import (
    Advice,
    Case,
    Duties,
    History,
    Texts,
    advise,
    followed,
)
from shared.contracts.event import UnitCode
from shared.contracts.registry import Duty, UnitLevel, UnitRegistered
from tests.domain.assignment.office import MONDAY, OFFICE, PROPOSAL


def unit(
    code: str,
    name: str,
    *duties: str,
    level: UnitLevel = UnitLevel.CITY,
    parent: str | None = None,
    until: date | None = None,
    kind: str = "",
) -> UnitRegistered:
    return UnitRegistered(
        code=UnitCode(code),
        name=name,
        short_name=name,
        level=level,
        parent=UnitCode(parent) if parent else None,
        source="测试",
        kind=kind,
        duties=tuple(Duty(says=says, source="三定规定") for says in duties),
        until=until,
    )


UNITS = (
    unit("EDU", "市教育局", "中小学和幼儿园的布局、学位供给与师资队伍建设"),
    unit("TRA", "市交通运输局", "公共交通、社区巴士、道路运输和停车管理"),
    unit("HOU", "市住房和建设局", "老旧小区改造、既有住宅加装电梯、物业管理"),
    unit("HEA", "市卫生健康委员会", "医疗卫生机构、社区健康服务和青少年心理健康"),
    unit("LH", "龙华区", level=UnitLevel.DISTRICT),
    unit("MZ", "民治街道", level=UnitLevel.STREET, parent="LH"),
)
ALL = [one.code for one in UNITS]
DUTIES = Duties(UNITS, on=MONDAY)


def codes(units: Sequence[UnitRegistered]) -> list[UnitCode]:
    return [one.code for one in units]


def advised(
    title: str, *, text: str = "", history: History | None = None, duties: Duties = DUTIES
) -> dict[str, Advice]:
    advice = advise(title, text=text, duties=duties, history=history or History(), among=ALL)
    return {one.unit: one for one in advice}


def test_the_unit_whose_duties_fit_comes_first_and_says_which() -> None:
    found = advised("关于推进既有住宅加装电梯的建议")

    assert next(iter(found)) == "HOU"
    assert found["HOU"].reasons[0] == "匹配职责：老旧小区改造、既有住宅加装电梯、物业管理"


def test_the_frame_that_every_title_has_fits_nobody() -> None:
    assert advised("关于进一步加强推动完善的建议") == {}


def test_at_most_five_are_offered() -> None:
    many = [unit(f"U{n}", f"第{n}交通局", "公共交通管理") for n in range(9)]
    duties = Duties(many, on=MONDAY)

    advice = advise("公共交通", duties=duties, history=History(), among=[one.code for one in many])

    assert len(advice) == 5


def test_a_place_in_the_title_brings_its_district_to_the_front() -> None:
    found = advised("关于优化龙华区社区巴士的建议")

    assert list(found)[:2] == ["LH", "TRA"]
    assert "标题写明属地：龙华区" in found["LH"].reasons


def test_a_street_names_its_district_too_and_a_place_in_the_text_counts_less() -> None:
    assert "标题写明属地：龙华区" in advised("民治街道停车难")["LH"].reasons

    found = advised("加装电梯", text="以民治街道为例")
    assert next(iter(found)) == "HOU"
    assert "正文提到属地：龙华区" in found["LH"].reasons


def test_the_people_s_government_is_not_the_street_of_minzhi() -> None:
    assert "MZ" not in advised("提升人民治理水平")


def test_a_district_is_found_by_its_bare_name() -> None:
    assert "标题写明属地：龙华区" in advised("关于推动龙华衔接河套园区的提案")["LH"].reasons


def test_of_two_that_fit_alike_the_one_that_usually_leads_comes_first() -> None:
    alike = [
        unit("A", "甲", "公共交通", kind="body"),
        unit("B", "乙", "公共交通", kind="bureau"),
    ]

    found = advise(
        "公共交通", duties=Duties(alike, on=MONDAY), history=History(), among=codes(alike)
    )

    assert [one.unit for one in found] == ["B", "A"]


def test_of_two_whose_best_duty_fits_alike_the_one_that_does_more_of_it_comes_first() -> None:
    alike = [
        unit("A", "甲", "社区养老", "商贸流通"),
        unit("B", "乙", "社区养老", "养老机构"),
    ]

    found = advise(
        "推进社区养老", duties=Duties(alike, on=MONDAY), history=History(), among=codes(alike)
    )

    assert [one.unit for one in found] == ["B", "A"]


CASES = [
    Case("20230011", "关于缓解停车难的建议", (UnitCode("HOU"),)),
    Case("20230012", "关于破解小区停车难的提案", (UnitCode("HOU"),)),
    Case("20230099", "关于办好养老食堂的建议", (UnitCode("HEA"),)),
]


def test_who_handled_the_like_before_is_moved_up_and_the_cases_are_named() -> None:
    before = advised("关于老城区停车难的建议")
    after = advised("关于老城区停车难的建议", history=History(CASES))

    assert next(iter(before)) == "TRA"
    assert after["HOU"].score > before["HOU"].score if "HOU" in before else after["HOU"].score > 0
    assert any(
        reason.startswith("往年类似2件由其承办，如第202300") for reason in after["HOU"].reasons
    )


def test_who_returned_the_like_is_moved_down_and_it_is_said() -> None:
    returned = Case("20230020", "关于社区巴士停靠的建议", (), (UnitCode("TRA"),))

    before = advised("关于社区巴士的建议")["TRA"]
    after = advised("关于社区巴士的建议", history=History([returned]))

    assert "TRA" not in after or after["TRA"].score < before.score
    if "TRA" in after:
        assert "曾退办类似提案1件，如第20230020号" in after["TRA"].reasons


def test_a_unit_that_is_no_more_is_not_advised() -> None:
    gone = Duties([unit("OLD", "市交委", "公共交通", until=date(2024, 1, 1))], on=MONDAY)

    assert advise("公共交通", duties=gone, history=History(), among=["OLD"]) == ()  # type: ignore[list-item]


def test_only_those_among_whom_one_may_choose_are_advised() -> None:
    assert advise("加装电梯", duties=DUTIES, history=History(), among=[UnitCode("EDU")]) == () or (
        advise("加装电梯", duties=DUTIES, history=History(), among=[UnitCode("EDU")])[0].unit
        == "EDU"
    )


def test_the_place_of_the_chosen_unit_is_told() -> None:
    offered = [UnitCode("HOU"), UnitCode("TRA")]

    def rank(*chosen: str) -> int | None:
        return followed(
            PROPOSAL,
            offered,
            chosen=[UnitCode(one) for one in chosen],
            by=OFFICE,
            on=MONDAY,
        ).rank

    assert (rank("HOU"), rank("TRA"), rank("EDU"), rank("EDU", "TRA")) == (1, 2, None, 2)


TITLES = st.lists(st.text(alphabet="电梯加装停车学位巴士社区", max_size=12), max_size=8)


@given(TITLES, st.text(alphabet="电梯加装停车学位巴士社区", max_size=12))
def test_likeness_lies_between_nothing_and_the_same(titles: list[str], asked: str) -> None:
    likeness = Texts(titles).likeness(asked)

    assert len(likeness) == len(titles)
    assert all(-1e-6 <= one <= 1 + 1e-6 for one in likeness)
    assert all(
        one > 0.999 for one, title in zip(likeness, titles, strict=True) if title == asked != ""
    )
