"""The figures add up what the rows say."""

import pytest

from services.portal.domain.overview import Month, Said, months_of, ratings_of, shade_of


def test_quiet_months_are_shown_too() -> None:
    march = {"month": "2024-03", "handed_over": 2, "replies": 5, "answered": 4}

    found = months_of([march], year=2024)

    assert len(found) == 12
    assert found[2] == Month("2024-03", 2, 5, 4)
    assert found[11] == Month("2024-12")


def test_a_month_of_another_year_is_shown_in_its_place() -> None:
    found = months_of(
        [{"month": "2025-01", "handed_over": 0, "replies": 1, "answered": 1}], year=2024
    )

    assert (len(found), found[-1].month) == (13, "2025-01")


def test_a_rating_that_nobody_gave_is_shown_once_there_are_any() -> None:
    given = [
        {"about": "process", "rating": "satisfied", "forms": 3, "proposals": 2},
        {"about": "result", "rating": "dissatisfied", "forms": 1, "proposals": 1},
    ]

    assert ratings_of([]) == []
    assert ratings_of(given) == [
        Said("satisfied", 3, 2, 0, 0),
        Said("basically"),
        Said("dissatisfied", 0, 0, 1, 1),
    ]


@pytest.mark.parametrize(
    ("count", "most", "shade"), [(0, 0, 0), (0, 8, 0), (1, 8, 1), (2, 8, 1), (3, 8, 2), (8, 8, 4)]
)
def test_the_more_a_district_has_the_darker_it_is(count: int, most: int, shade: int) -> None:
    assert shade_of(count, most=most) == shade
