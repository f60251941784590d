"""The unit that promised shows once that it did what it promised."""

from dataclasses import replace

import pytest

from services.reply.domain.keeping_promises import Promise, keep_promise
from services.reply.domain.refusals import AlreadyKept, NotYourPromise
from shared.contracts.reply import PromiseKept
from tests.domain.reply.longhua import CHEN, LONGHUA, MONDAY, PROPOSAL, WU

PROMISE = Promise(proposal_id=PROPOSAL, promise_id="D09.r1.p1", unit=LONGHUA)


def test_the_unit_that_promised_shows_its_evidence() -> None:
    event = keep_promise(PROMISE, evidence="园区已于5月开园", by=CHEN, on=MONDAY)

    assert event == PromiseKept(
        proposal_id=PROPOSAL,
        by=CHEN,
        on=MONDAY,
        promise_id="D09.r1.p1",
        unit=LONGHUA,
        evidence="园区已于5月开园",
    )


def test_no_other_unit_keeps_it() -> None:
    with pytest.raises(NotYourPromise, match="只有作出承诺的单位"):
        keep_promise(PROMISE, evidence="园区已于5月开园", by=WU, on=MONDAY)


def test_a_promise_is_kept_once() -> None:
    with pytest.raises(AlreadyKept, match="已经登记落实"):
        keep_promise(replace(PROMISE, kept=True), evidence="园区已于5月开园", by=CHEN, on=MONDAY)
