"""Six steps say how far a proposal is, each with its own count."""

from datetime import date
from typing import Any

from services.portal.domain.steps import Step, steps

DAY = date(2024, 3, 1)


def task(unit: str, role: str, **more: Any) -> dict[str, Any]:
    return {
        "unit": unit,
        "role": role,
        "parent": None,
        "signed_on": None,
        "answered_on": None,
        "ended_on": None,
        **more,
    }


def standing(
    *tasks: dict[str, Any],
    replies: tuple[dict[str, Any], ...] = (),
    ratings: tuple[dict[str, Any], ...] = (),
    promises: tuple[dict[str, Any], ...] = (),
    redoing: bool = False,
) -> dict[str, Step]:
    found = steps(tasks=tasks, replies=replies, ratings=ratings, promises=promises, redoing=redoing)
    return {step.word: step for step in found}


REPLY: dict[str, Any] = {"unit": "D07", "reply_id": "D07.r1", "without_opinions": []}


def test_before_it_is_handed_over_everything_else_is_still_to_come() -> None:
    found = standing()

    assert list(found) == ["交办", "签收", "会办", "答复", "评价", "落实"]
    assert found["交办"].standing == "now"
    assert {found[word].standing for word in ("签收", "会办", "答复", "评价", "落实")} == {"todo"}


def test_signing_counts_every_unit_that_owes_something() -> None:
    found = standing(
        task("D07", "lead", signed_on=DAY), task("C030", "co_handle"), task("C031", "reference")
    )

    assert found["交办"].standing == "done"
    assert (found["签收"].standing, found["签收"].note) == ("now", "1/2")


def test_the_last_signature_completes_the_step() -> None:
    found = standing(task("D07", "lead", signed_on=DAY))

    assert (found["签收"].standing, found["签收"].note) == ("done", "1/1")


def test_without_co_handlers_there_is_no_such_step() -> None:
    assert standing(task("D07", "lead"))["会办"].standing == "none"


def test_an_opinion_that_the_reply_did_without_is_not_waited_for() -> None:
    handlers = (task("D07", "lead"), task("C030", "co_handle"), task("C031", "co_handle"))
    without_one = {**REPLY, "without_opinions": ["C030"]}
    without_both = {**REPLY, "without_opinions": ["C030", "C031"]}

    assert standing(*handlers, replies=(without_one,))["会办"].standing == "now"
    found = standing(*handlers, replies=(without_both,))["会办"]
    assert (found.standing, found.note) == ("done", "0/2")


def test_every_answering_unit_has_to_reply() -> None:
    handlers = (task("D07", "split"), task("C030", "split"))

    assert standing(*handlers, replies=(REPLY,))["答复"].note == "1/2"
    both = (REPLY, {**REPLY, "unit": "C030", "reply_id": "C030.r1"})
    assert standing(*handlers, replies=both)["答复"].standing == "done"


def test_what_was_handed_down_or_reassigned_does_not_count() -> None:
    found = standing(
        task("D07", "lead", signed_on=DAY),
        task("S001", "lead", parent="D07.1"),
        task("C030", "co_handle", ended_on=DAY),
    )

    assert found["签收"].note == "1/1"
    assert found["会办"].standing == "none"


def test_a_round_that_was_reopened_is_under_way_again() -> None:
    found = standing(task("D07", "lead"), replies=(REPLY,), redoing=True)

    assert (found["答复"].standing, found["答复"].note) == ("now", "重新办理")


def test_each_reply_is_rated_once_to_complete_the_step() -> None:
    second = {**REPLY, "reply_id": "D07.r2"}
    rating = {"reply_id": "D07.r1"}

    assert standing(task("D07", "lead"), replies=(REPLY,))["评价"].note == "0/1"
    found = standing(task("D07", "lead"), replies=(REPLY, second), ratings=(rating, rating))
    assert found["评价"].note == "1/2"


def test_promises_are_carried_out_one_by_one() -> None:
    kept, open_one = {"kept_on": DAY}, {"kept_on": None}

    found = standing(task("D07", "lead"), replies=(REPLY,), promises=(kept, open_one))

    assert (found["落实"].standing, found["落实"].note) == ("now", "1/2")
    assert standing(task("D07", "lead"), replies=(REPLY,))["落实"].standing == "none"
