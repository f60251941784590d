"""The overview adds up what the units' rows say."""

from services.portal.domain.overview import COUNTED, months_of, ratings_of, totals

NOTHING = dict.fromkeys(COUNTED, 0)


def test_figures_are_added_up_over_the_units() -> None:
    found = totals([{**NOTHING, "red": 1, "lead": 2}, {**NOTHING, "red": 3}])

    assert (found["red"], found["lead"], found["late"]) == (4, 2, 0)


def test_quiet_months_are_shown_too() -> None:
    march = {"month": 3, "handed_over": 2, "replied": 5}

    found = months_of([march])

    assert len(found) == 12
    assert found[2] == march
    assert found[11] == {"month": 12, "handed_over": 0, "replied": 0}


def test_a_rating_that_nobody_gave_is_shown_once_there_are_any() -> None:
    given = {"rating": "satisfied", "process": 2, "result": 1}

    assert ratings_of([]) == []
    assert [row["rating"] for row in ratings_of([given])] == [
        "satisfied",
        "basically",
        "dissatisfied",
    ]
    assert ratings_of([given])[0] == given
