"""A unit shows that it did what it promised; whether it did is for the office to say."""

from dataclasses import replace
from datetime import date

import pytest

from services.reply.domain.keeping_promises import (
    Change,
    Promise,
    ask_for_change,
    break_promise,
    decide_change,
    inherit_promise,
    keep_promise,
    refuse_report,
    report_kept,
    report_progress,
)
from services.reply.domain.refusals import (
    AlreadyKept,
    AlreadyReported,
    ChangedInThePast,
    ChangesNothing,
    ChecksOwnPromise,
    InheritsItself,
    NoChangeAsked,
    NotReported,
    NotYourPromise,
    PromiseIsBroken,
    PromiseIsVoid,
)
from shared.contracts.event import Actor
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import PromiseChanged, PromiseChangeRefused, PromiseKept
from shared.refusals import Refusal
from tests.domain.reply.longhua import (
    CHEN,
    FUTIAN,
    LIN,
    LONGHUA,
    MONDAY,
    OFFICE,
    PROPOSAL,
    RULES,
    SCAN,
    WU,
    with_rules,
)

PROMISE = Promise(
    proposal_id=PROPOSAL,
    promise_id="D09.r1.p1",
    unit=LONGHUA,
    text="建成园区",
    due_on=date(2024, 6, 28),
)
REPORTED = replace(PROMISE, reported="园区已于5月开园")
LATER = Change("建成园区一期", date(2024, 12, 31), "用地未批")
BY_OFFICE = with_rules(policies={"promise.check": "office"})
OVER: list[tuple[Promise, type[Refusal]]] = [
    (replace(REPORTED, state="kept"), AlreadyKept),
    (replace(REPORTED, state="broken"), PromiseIsBroken),
    (replace(REPORTED, state="void"), PromiseIsVoid),
]


def keep(
    promise: Promise = PROMISE,
    *,
    evidence: str | None = "园区已于5月开园",
    by: Actor = CHEN,
    rules: RulesPublished = RULES,
) -> PromiseKept:
    return keep_promise(promise, evidence=evidence, by=by, on=MONDAY, rules=rules)


def test_where_the_place_lets_it_the_unit_says_so_itself() -> None:
    assert keep() == PromiseKept(
        proposal_id=PROPOSAL,
        by=CHEN,
        on=MONDAY,
        promise_id="D09.r1.p1",
        unit=LONGHUA,
        evidence="园区已于5月开园",
    )
    with pytest.raises(NotReported):
        keep(evidence=None)


def test_where_the_office_checks_the_unit_reports_and_the_office_confirms() -> None:
    with pytest.raises(ChecksOwnPromise, match="由交办机关核实，请先申报"):
        keep(rules=BY_OFFICE)
    reported = report_kept(
        PROMISE,
        evidence="园区已于5月开园",
        by=CHEN,
        on=MONDAY,
        rules=BY_OFFICE,
        attachments=(SCAN,),
    )
    kept = keep(REPORTED, evidence=None, by=OFFICE, rules=BY_OFFICE)

    assert (reported.unit, reported.attachments) == (LONGHUA, (SCAN,))
    assert (kept.unit, kept.evidence, kept.by) == (LONGHUA, "园区已于5月开园", OFFICE)


def test_the_office_confirms_only_what_was_reported() -> None:
    with pytest.raises(NotReported, match="尚未申报兑现"):
        keep(by=OFFICE)


def test_a_report_is_made_once_until_the_office_has_looked() -> None:
    with pytest.raises(AlreadyReported, match="正待交办机关核实"):
        report_kept(REPORTED, evidence="照片", by=CHEN, on=MONDAY, rules=RULES)


def test_the_office_may_find_it_not_kept_yet() -> None:
    refused = refuse_report(REPORTED, why="现场未见", by=OFFICE, on=MONDAY, rules=RULES)

    assert refused.why == "现场未见"
    with pytest.raises(NotReported):
        refuse_report(PROMISE, why="现场未见", by=OFFICE, on=MONDAY, rules=RULES)


def test_no_other_unit_keeps_reports_or_changes_it() -> None:
    with pytest.raises(NotYourPromise, match="只有作出承诺的单位"):
        keep(by=WU)
    with pytest.raises(NotYourPromise):
        report_kept(PROMISE, evidence="照片", by=WU, on=MONDAY, rules=RULES)
    with pytest.raises(NotYourPromise):
        report_progress(PROMISE, progress="已开工", by=WU, on=MONDAY, rules=RULES)
    with pytest.raises(NotYourPromise):
        ask_for_change(PROMISE, change=LATER, by=WU, on=MONDAY, rules=RULES)


@pytest.mark.parametrize(("over", "refusal"), OVER)
def test_what_is_over_takes_no_further_act(over: Promise, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        keep(over)
    with pytest.raises(refusal):
        keep(over, by=OFFICE)
    with pytest.raises(refusal):
        report_progress(over, progress="已开工", by=CHEN, on=MONDAY, rules=RULES)
    with pytest.raises(refusal):
        refuse_report(over, why="现场未见", by=OFFICE, on=MONDAY, rules=RULES)
    with pytest.raises(refusal):
        break_promise(over, why="项目取消", by=OFFICE, on=MONDAY, rules=RULES)
    with pytest.raises(refusal):
        decide_change(over, granted=True, why="同意", by=OFFICE, on=MONDAY, rules=RULES)
    with pytest.raises(refusal):
        inherit_promise(over, heir=FUTIAN, why="职责划转", by=OFFICE, on=MONDAY)


def test_a_change_is_asked_by_the_head_and_decided_by_the_office() -> None:
    asked = ask_for_change(PROMISE, change=LATER, by=LIN, on=MONDAY, rules=RULES)
    waiting = replace(PROMISE, change=LATER)
    granted = decide_change(waiting, granted=True, why="同意", by=OFFICE, on=MONDAY, rules=RULES)
    refused = decide_change(waiting, granted=False, why="不宜", by=OFFICE, on=MONDAY, rules=RULES)

    assert (asked.text, asked.due_on) == ("建成园区一期", date(2024, 12, 31))
    assert isinstance(granted, PromiseChanged)
    assert (granted.before_on, granted.due_on) == (date(2024, 6, 28), date(2024, 12, 31))
    assert granted.why == "用地未批", "the proposers read the unit's reason"
    assert isinstance(refused, PromiseChangeRefused)
    assert refused.why == "不宜"


def test_a_change_changes_something_and_not_into_the_past() -> None:
    same = Change("建成园区", date(2024, 6, 28), "无")

    with pytest.raises(ChangesNothing):
        ask_for_change(PROMISE, change=same, by=LIN, on=MONDAY, rules=RULES)
    with pytest.raises(ChangedInThePast, match="2024-03-03已经过去"):
        ask_for_change(
            PROMISE,
            change=replace(LATER, due_on=date(2024, 3, 3)),
            by=LIN,
            on=MONDAY,
            rules=RULES,
        )
    assert ask_for_change(
        PROMISE, change=replace(LATER, due_on=MONDAY), by=LIN, on=MONDAY, rules=RULES
    )


def test_nothing_is_decided_that_nobody_asked_for() -> None:
    with pytest.raises(NoChangeAsked):
        decide_change(PROMISE, granted=True, why="同意", by=OFFICE, on=MONDAY, rules=RULES)


def test_a_promise_goes_to_another_unit_than_the_one_that_has_it() -> None:
    inherited = inherit_promise(PROMISE, heir=FUTIAN, why="职责划转", by=OFFICE, on=MONDAY)

    assert (inherited.before, inherited.unit) == (LONGHUA, FUTIAN)
    with pytest.raises(InheritsItself):
        inherit_promise(PROMISE, heir=LONGHUA, why="职责划转", by=OFFICE, on=MONDAY)
