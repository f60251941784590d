"""The copy of the registry's facts: who stands for a name, then and now, whatever came first."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest

from shared.contracts.event import ReferenceEvent, UnitCode
from shared.contracts.registry import Succession, UnitLevel, UnitRegistered, UnitSucceeded
from shared.reference import Reference, ThenAndNow, UnitIsGone, UnknownUnit


def unit(
    code: str,
    name: str,
    *,
    short_name: str = "",
    since: date | None = None,
    until: date | None = None,
) -> UnitRegistered:
    return UnitRegistered(
        code=UnitCode(code),
        name=name,
        short_name=short_name or name,
        level=UnitLevel.CITY,
        parent=None,
        source="名录",
        since=since,
        until=until,
    )


def succession(
    old_name: str,
    *successors: str,
    how: Succession | None,
    on: date | None = None,
    year: int = 2024,
    old_code: str | None = None,
) -> UnitSucceeded:
    return UnitSucceeded(
        old_name=old_name,
        successors=tuple(UnitCode(one) for one in successors),
        how=how,
        on=on,
        year=on.year if on else year,
        old_code=UnitCode(old_code) if old_code else None,
        source="机构改革",
    )


MARCH, MAY = date(2024, 3, 1), date(2024, 5, 1)
APRIL_EVE, MAY_EVE = date(2024, 3, 31), date(2024, 4, 30)

# 科创委 was renamed 科创局 in March; 企业局, to which 信息办 had come, was merged into 工信局 in
# May; 经信委 was split in 2019.
FACTS: Sequence[ReferenceEvent] = (
    unit("C018", "市科技创新局", short_name="市科创局"),
    unit("C019", "市工业和信息化局"),
    unit("C029", "市商务局"),
    unit("C036", "市中小企业服务局", short_name="市企业局", until=MAY_EVE),
    unit("C037", "市信息办", until=date(2023, 12, 31)),
    succession("市科技创新委员会", "C018", how="renamed", on=MARCH, old_code="C018"),
    succession("市科学技术局", "C018", how="renamed", year=2019),
    succession("市中小企业服务局", "C019", how="merged", on=MAY, old_code="C036"),
    succession("市信息办", "C036", how="abolished", on=date(2024, 1, 1), old_code="C037"),
    succession("市经济贸易和信息化委员会", "C019", "C029", how="split", year=2019),
    succession("市科委", "C099", how="renamed", year=2009),
)
KNOWN = Reference(FACTS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C018", "C018"),
        ("市科技创新局", "C018"),
        (" 市科创局 ", "C018"),
        ("市科技创新委员会", "C018"),
        ("市科学技术局", "C018"),
        ("市中小企业服务局", "C019"),
        ("市企业局", "C019"),
        ("C036", "C019"),
        ("市信息办", "C019"),
        ("C037", "C019"),
    ],
)
def test_a_name_or_an_old_one_finds_the_unit_of_today(text: str, code: str) -> None:
    assert KNOWN.unit(text).code == code


@pytest.mark.parametrize("text", ["", "科创局", "市科", "c018", "市科委"])
def test_a_part_of_a_name_or_a_successor_on_its_way_finds_nothing(text: str) -> None:
    with pytest.raises(UnknownUnit, match="没有名为"):
        KNOWN.unit(text)


def test_a_name_that_was_split_asks_which_is_meant() -> None:
    with pytest.raises(UnitIsGone) as refused:
        KNOWN.unit("市经济贸易和信息化委员会")

    assert refused.value.status == 404
    assert refused.value.sentence == (
        "“市经济贸易和信息化委员会”自2019-01-01起已不再承担工作，"
        "现由市工业和信息化局、市商务局承接，请改填其中的单位。"
    )


def test_a_name_that_another_unit_bears_today_is_its_own() -> None:
    again = unit("C090", "市中小企业服务局")

    assert Reference((*FACTS, again)).unit("市中小企业服务局").code == "C090"
    assert Reference((again, *FACTS)).unit("市中小企业服务局").code == "C090"


def test_work_goes_to_whoever_stands_at_the_end() -> None:
    assert KNOWN.successors_of(UnitCode("C037")) == ("C019",)
    assert KNOWN.successor_of(UnitCode("C037")) == "C019"
    assert KNOWN.successor_of(UnitCode("C036")) == "C019"


def test_a_unit_that_stands_or_was_renamed_hands_on_nothing() -> None:
    for code in ("C018", "C019", "C099"):
        assert KNOWN.successors_of(UnitCode(code)) == ()
        assert KNOWN.successor_of(UnitCode(code)) is None


def test_of_several_successors_there_is_not_one() -> None:
    split = succession("市工业和信息化局", "C018", "C029", how="split", on=MAY, old_code="C019")
    known = Reference((*FACTS, split))

    assert known.successors_of(UnitCode("C037")) == ("C018", "C029")
    assert known.successor_of(UnitCode("C037")) is None


def test_units_that_succeed_one_another_in_a_circle_end_somewhere() -> None:
    circle = succession("市工业和信息化局", "C036", how="merged", on=MAY, old_code="C019")

    assert Reference((*FACTS, circle)).successors_of(UnitCode("C036")) == ()


@pytest.mark.parametrize(
    ("text", "on", "says"),
    [
        ("C018", date(2018, 12, 31), "市科学技术局（现市科技创新局）"),
        ("C018", date(2019, 1, 1), "市科技创新委员会（现市科技创新局）"),
        ("C018", date(2024, 2, 29), "市科技创新委员会（现市科技创新局）"),
        ("C018", MARCH, "市科技创新局"),
        ("市科技创新委员会", MARCH, "市科技创新委员会（现市科技创新局）"),
        ("C036", MAY_EVE, "市中小企业服务局（现市工业和信息化局）"),
        ("C036", MAY, "市中小企业服务局（现市工业和信息化局）"),
        (
            "市经济贸易和信息化委员会",
            MAY,
            "市经济贸易和信息化委员会（现市工业和信息化局、市商务局）",
        ),
        ("C029", MAY, "市商务局"),
        ("某单位", MAY, "某单位"),
    ],
)
def test_then_and_now(text: str, on: date, says: str) -> None:
    assert KNOWN.then_and_now(text, on).says == says


def test_then_and_now_are_told_apart() -> None:
    assert KNOWN.then_and_now("C018", MAY_EVE) == ThenAndNow("市科技创新局")
    assert KNOWN.then_and_now("C018", date(2024, 2, 1)) == ThenAndNow(
        "市科技创新委员会", ("市科技创新局",)
    )


def test_the_order_in_which_facts_come_makes_no_difference() -> None:
    few = [FACTS[1], FACTS[3], FACTS[4], FACTS[7], FACTS[8]]

    for order in permutations(few):
        known = Reference(order)
        assert known.unit("市信息办").code == "C019"
        assert known.then_and_now("C037", MAY).now == ("市工业和信息化局",)


@pytest.mark.parametrize(
    ("day", "stands"), [(MARCH, True), (APRIL_EVE, True), (date(2024, 2, 29), False), (MAY, False)]
)
def test_a_unit_stands_from_its_first_day_to_its_last(day: date, stands: bool) -> None:
    known = Reference((unit("C050", "市临时局", since=MARCH, until=MAY_EVE),))

    assert known.stands_on(UnitCode("C050"), day) is stands
    assert not known.stands_on(UnitCode("C051"), day)
