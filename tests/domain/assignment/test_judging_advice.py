"""How good the advice is on proposals of which one knows who handled them."""

from collections.abc import Collection
from datetime import date

from services.assignment.domain.advising import Case, Duties, History, may_be_handed
from services.assignment.domain.judging_advice import Handled, Hits, hits
from services.assignment.handled_proposals import handled_proposals
from services.registry.starting_data import starting_data
from shared.contracts.event import UnitCode
from shared.contracts.registry import UnitRegistered
from tests.domain.assignment.test_advising import ALL, DUTIES

UNITS: Collection[UnitRegistered] = starting_data("shenzhen").units
REAL = handled_proposals({unit.short_name: unit.code for unit in UNITS}.get)


def codes(*named: str) -> frozenset[UnitCode]:
    return frozenset(map(UnitCode, named))


def judged(*handled: Handled, history: History | None = None) -> Hits:
    return hits(handled, duties=DUTIES, history=history or History(), among=ALL)


def test_a_lead_that_is_advised_first_is_a_hit_everywhere() -> None:
    found = judged(Handled("1", "关于加装电梯的建议", codes("HOU")))

    assert found == Hits(1, 1.0, 1.0, 1.0, 1.0)


def test_a_lead_that_is_not_advised_is_missed_though_a_co_handler_is_there() -> None:
    missed = Handled("1", "关于加装电梯的建议", codes("ELSEWHERE"), codes("HOU"))
    found = Handled("2", "关于社区巴士的建议", codes("TRA"))

    assert judged(missed, found) == Hits(2, 0.5, 0.5, 0.5, 1.0)


def test_a_proposal_is_no_example_for_itself() -> None:
    history = History([Case("1", "关于海洋牧场的建议", (UnitCode("EDU"),))])

    itself = judged(Handled("1", "关于海洋牧场的建议", codes("EDU")), history=history)
    another = judged(Handled("2", "关于海洋牧场的建议", codes("EDU")), history=history)

    assert (itself.first, another.first) == (0.0, 1.0)


def test_of_nothing_nothing_is_said() -> None:
    assert judged() == Hits(0, 0.0, 0.0, 0.0, 0.0)


def test_the_real_ones_name_units_that_may_be_handed_proposals() -> None:
    may = may_be_handed(UNITS)

    assert len(REAL) == 32
    assert all(one.leads | one.others <= may for one in REAL)


def test_where_there_is_no_unit_of_that_name_nothing_is_asked() -> None:
    assert handled_proposals(lambda _: None) == []


def test_neither_the_city_itself_nor_the_conference_is_handed_proposals() -> None:
    may = may_be_handed(UNITS)

    assert may.isdisjoint({"C001", "C002", "C003", "C004"})
    assert {"C007", "C020", "D07"} <= may


def test_real_leads_are_advised_as_often_as_was_measured() -> None:
    """Whoever changes how units are found, or what they are there for, answers to this."""
    found = hits(
        REAL,
        duties=Duties(UNITS, on=date(2024, 6, 1)),
        history=History(),
        among=may_be_handed(UNITS),
    )

    assert found.first >= 0.53
    assert found.among_three >= 0.65
    assert found.among_five >= 0.78
    assert found.any_handler_among_five >= 0.87
