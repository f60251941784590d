"""Once a year: every open promise, and a lot drawn from what was called solved; B becomes A."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reply.domain.counting import rate_of
from services.reply.domain.looking_back import (
    Item,
    Unsolved,
    answer_again,
    draw,
    look_back_at,
    open_look_back,
)
from services.reply.domain.numbering import LetterBook
from services.reply.domain.refusals import (
    AlreadyLookedAt,
    LetterVoid,
    NothingToLookAt,
    NotInProgress,
    NotYourLetter,
    PromisesStillOpen,
    UnknownClass,
)
from shared.contracts.event import ProposalId
from shared.rules import NotInRules
from tests.domain.reply.longhua import (
    LIN,
    LONGHUA,
    MONDAY,
    OFFICE,
    PROPOSAL,
    RULES,
    WEI,
    with_rules,
)

PROMISES = [Item(ProposalId(f"p{n}"), f"D09.r1.p{n}", "promise", LONGHUA) for n in range(3)]
SOLVED = [Item(ProposalId(f"s{n}"), "D09.r1", "reply", LONGHUA) for n in range(30)]
TWO = with_rules(numbers={"look_back.sample": 2})
BOOK = LetterBook(short_name="龙华", year=2024, last=7)
PROMISED = Unsolved(
    proposal_id=PROPOSAL,
    reply_id="D09.r1",
    unit=LONGHUA,
    meaning="in_progress",
    promised=2,
    open=0,
)


def test_all_open_promises_and_as_many_solved_ones_as_the_rules_ask_for() -> None:
    opened = open_look_back(
        2024, seed="20241231", promises=PROMISES, solved=SOLVED, by=OFFICE, on=MONDAY, rules=TWO
    )

    assert [one.kind for one in opened] == ["promise"] * 3 + ["reply"] * 2
    assert {(one.look_back, one.seed) for one in opened} == {("2024", "20241231")}


def test_a_look_back_needs_its_number_and_something_to_look_at() -> None:
    with pytest.raises(NotInRules, match=r"没有规定“look_back\.sample”"):
        open_look_back(
            2024, seed="1", promises=PROMISES, solved=[], by=OFFICE, on=MONDAY, rules=RULES
        )
    with pytest.raises(NothingToLookAt):
        open_look_back(2024, seed="1", promises=[], solved=[], by=OFFICE, on=MONDAY, rules=TWO)


@given(st.text(min_size=1, max_size=20), st.integers(0, 40), st.randoms())
def test_the_same_seed_draws_the_same_lot_in_whatever_order(
    seed: str, size: int, shuffler: Random
) -> None:
    shuffled = list(SOLVED)
    shuffler.shuffle(shuffled)

    drawn = draw(SOLVED, seed=seed, size=size)

    assert draw(shuffled, seed=seed, size=size) == drawn
    assert len(drawn) == min(size, len(SOLVED))
    assert draw(SOLVED, seed=seed, size=size + 1)[:size] == drawn[:size]


def test_another_seed_draws_another_lot() -> None:
    lots = {tuple(one.proposal_id for one in draw(SOLVED, seed=str(n), size=5)) for n in range(9)}

    assert len(lots) == 9


def test_an_item_is_looked_at_once() -> None:
    item = replace(PROMISES[0], look_back="2024")

    event = look_back_at(item, found="under_way", says="施工中", by=OFFICE, on=MONDAY, rules=RULES)

    assert (event.look_back, event.found) == ("2024", "under_way")
    with pytest.raises(AlreadyLookedAt):
        look_back_at(
            replace(item, found=True),
            found="solved",
            says="已完成",
            by=OFFICE,
            on=MONDAY,
            rules=RULES,
        )


def test_when_all_is_kept_everybody_who_was_promised_it_is_told() -> None:
    member = replace(PROMISED, proposal_id=ProposalId("20240498"))

    events = answer_again(
        (PROMISED, member), summary="园区已开园", book=BOOK, by=LIN, on=MONDAY, rules=RULES
    )

    assert [(one.proposal_id, one.document_number) for one in events] == [
        (PROPOSAL, "龙华函〔2024〕8号"),
        ("20240498", "龙华函〔2024〕9号"),
    ]
    assert {(one.result_class, one.meaning) for one in events} == {("A", "solved")}


@pytest.mark.parametrize(
    ("reply", "refusal"),
    [
        (replace(PROMISED, open=1), PromisesStillOpen),
        (replace(PROMISED, promised=0), NotInProgress),
        (replace(PROMISED, meaning="solved"), NotInProgress),
        (replace(PROMISED, void=True), LetterVoid),
    ],
)
def test_not_before_and_not_otherwise(reply: Unsolved, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        answer_again((reply,), summary="已完成", book=BOOK, by=LIN, on=MONDAY, rules=RULES)


def test_by_the_unit_that_replied_and_where_there_is_such_a_class() -> None:
    with pytest.raises(NotYourLetter):
        answer_again((PROMISED,), summary="已完成", book=BOOK, by=WEI, on=MONDAY, rules=RULES)
    without = RULES.model_copy(update={"classes": RULES.classes[1:]})
    with pytest.raises(UnknownClass):
        answer_again((PROMISED,), summary="已完成", book=BOOK, by=LIN, on=MONDAY, rules=without)


@pytest.mark.parametrize(
    ("kept", "made", "rate"), [(4, 5, 0.8), (1, 3, 0.3333), (0, 2, 0.0), (0, 0, 0.0)]
)
def test_the_conversion_rate(kept: int, made: int, rate: float) -> None:
    assert rate_of(kept=kept, made=made) == rate
