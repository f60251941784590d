"""The report's figures count what their rules say, by proposal, by reply, by promise."""

from dataclasses import replace
from datetime import date

from services.portal.domain.figures import COUNTING_RULES, Facts, Received, Row, figures
from services.portal.domain.words import FIGURES

DAY = date(2024, 4, 1)
LED = Received(
    proposal_id="p-1",
    number="20240001",
    title="关于加装电梯的提案",
    role="lead",
    category="社会",
    origin="real",
    is_key=False,
    is_merged=False,
    answered_on=DAY,
    days_late=0,
)
HELPED = replace(LED, proposal_id="p-2", number="20240002", role="co_handle")
EMPTY = Facts(
    received=(),
    owed=(),
    replies=(),
    redone=0,
    ratings=(),
    promises=(),
    matters=(),
    returned=0,
    contacts=0,
    handed_down=0,
)


def test_every_figure_states_its_rule_and_has_a_name() -> None:
    assert figures(EMPTY).keys() == COUNTING_RULES.keys() == FIGURES.keys()


def test_received_is_answering_and_co_handling_together() -> None:
    split = replace(LED, role="split")

    counted = figures(replace(EMPTY, received=(LED, split, HELPED)))

    assert (counted["received"], counted["answering"], counted["co_handling"]) == (3, 2, 1)


def test_a_merged_proposal_counts_and_is_counted_as_merged() -> None:
    counted = figures(replace(EMPTY, received=(LED, replace(LED, is_merged=True))))

    assert (counted["received"], counted["merged"]) == (2, 1)


def test_key_proposals_are_counted_whatever_the_part() -> None:
    counted = figures(replace(EMPTY, received=(LED, replace(HELPED, is_key=True))))

    assert counted["key"] == 1


def test_on_time_is_given_and_not_late() -> None:
    late = replace(LED, days_late=1)
    waiting = replace(LED, answered_on=None, days_late=None)

    counted = figures(replace(EMPTY, owed=(LED, HELPED, late, waiting)))

    assert counted["answers_owed"] == 4
    assert counted["answered"] == 3
    assert counted["answered_on_time"] == 2


def test_classes_belong_to_replies_not_to_proposals() -> None:
    replies = [{"result_class": one} for one in ("B", "A", "A")]

    counted = figures(replace(EMPTY, received=(LED,), replies=replies))

    assert counted["replies"] == 3
    assert counted["by_class"] == {"A": 2, "B": 1}


def test_process_and_result_are_rated_apart() -> None:
    ratings = [
        {"process": "satisfied", "result": "satisfied"},
        {"process": "satisfied", "result": "dissatisfied"},
        {"process": "basically", "result": "basically"},
    ]

    counted = figures(replace(EMPTY, ratings=ratings))["ratings"]

    assert counted["forms"] == 3
    assert counted["process"] == {"satisfied": 2, "basically": 1, "dissatisfied": 0}
    assert counted["result"] == {"satisfied": 1, "basically": 1, "dissatisfied": 1}


def test_the_conversion_rate_is_kept_of_made() -> None:
    promises: list[Row] = [{"kept_on": DAY}, {"kept_on": DAY}, {"kept_on": None}]

    counted = figures(replace(EMPTY, promises=promises))

    assert (counted["promises_made"], counted["promises_kept"]) == (3, 2)
    assert counted["conversion_rate"] == 0.6667


def test_without_promises_there_is_no_rate() -> None:
    assert figures(EMPTY)["conversion_rate"] is None


def test_matters_count_when_flagged_and_again_when_decided() -> None:
    matters: list[Row] = [{"decided_on": DAY}, {"decided_on": None}]

    counted = figures(replace(EMPTY, matters=matters))

    assert (counted["coordination_flagged"], counted["coordination_decided"]) == (2, 1)
