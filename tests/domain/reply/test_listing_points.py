"""A proposal's numbered suggestions become points; the unit may correct them, for all to see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reply.domain.listing_points import list_points, points_of, stand_of
from services.reply.domain.refusals import (
    AlreadyReplied,
    DoesNotReply,
    PointsChangedMeanwhile,
    PointTwice,
)
from shared.contracts.reply import PointsListed
from tests.domain.reply.longhua import (
    CHEN,
    CO_HANDLER,
    FUTIAN_TASK,
    LEAD,
    LONGHUA_TASK,
    MONDAY,
    WU,
    handled_by,
    with_round,
)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("建议如下。", ()),
        ("老旧小区宜加装电梯。", ()),
        ("一、建园区；二、设专线。", ("建园区", "设专线")),
        ("建议：1.建园区。2.设专线。", ("建园区", "设专线")),
        ("为此建议：\n1、建园区\n2、设专线；\n3．办学校", ("建园区", "设专线", "办学校")),
        ("（一）建园区\n选址河套。\n（二）设专线", ("建园区", "设专线")),
        ("建议：①建园区；②设专线。", ("建园区", "设专线")),
        ("一是建园区。", ()),
        ("投资1.5亿元。2.8万人受益。", ()),
    ],
)
def test_numbered_suggestions_are_points(text: str, points: tuple[str, ...]) -> None:
    assert points_of(text) == points


def test_what_is_told_before_the_suggestions_is_none() -> None:
    text = "存在的问题：\n一、车位少\n二、道路窄\n\n几点建议：\n一、增车位\n二、拓道路"

    assert points_of(text) == ("增车位", "拓道路")


def test_the_outermost_numbers_count() -> None:
    assert points_of("建议：\n一、建园区\n1.选址\n2.招商\n二、设专线") == ("建园区", "设专线")


@given(st.text(max_size=400))
def test_whatever_is_written_points_are_short_distinct_and_not_empty(text: str) -> None:
    points = points_of(text)

    assert len(set(points)) == len(points)
    assert all(0 < len(point) <= 300 for point in points)


def test_the_answering_unit_corrects_the_list_until_it_has_replied() -> None:
    event = list_points(
        handled_by(LEAD), task_id=LONGHUA_TASK, points=("建园区", "设专线"), by=CHEN, on=MONDAY
    )

    assert event.points == ("建园区", "设专线")
    with pytest.raises(PointTwice):
        list_points(
            handled_by(LEAD), task_id=LONGHUA_TASK, points=("建园区",) * 2, by=CHEN, on=MONDAY
        )
    with pytest.raises(AlreadyReplied):
        list_points(
            handled_by(with_round(LEAD, issued=True)),
            task_id=LONGHUA_TASK,
            points=(),
            by=CHEN,
            on=MONDAY,
        )
    with pytest.raises(DoesNotReply):
        list_points(handled_by(LEAD, CO_HANDLER), task_id=FUTIAN_TASK, points=(), by=WU, on=MONDAY)


def test_nobody_overwrites_a_list_that_they_have_not_seen() -> None:
    handling = handled_by(LEAD)
    seen = stand_of(handling.points)

    def listed(stand: str | None) -> PointsListed:
        return list_points(
            handling, task_id=LONGHUA_TASK, points=("设专线",), by=CHEN, on=MONDAY, stand=stand
        )

    assert listed(seen).points == listed(None).points == ("设专线",)
    with pytest.raises(PointsChangedMeanwhile):
        listed(stand_of((*handling.points, "建园区")))
