"""Proposers say whether a talk took place, or that they need none; the committee from a paper."""

from dataclasses import replace

import pytest

from services.reply.domain.confirming_contacts import (
    Contact,
    confirm_contact,
    deny_contact,
    waive_contact,
)
from services.reply.domain.proposing import Signatory
from services.reply.domain.refusals import (
    AlreadySaidSo,
    DoesNotReply,
    NeedsPaper,
    NotProposer,
    SignedInTheFuture,
    SpeaksForAnother,
    TooLong,
)
from shared.contracts.event import PersonId, UnitCode
from shared.contracts.intake import Proposer
from tests.domain.reply.longhua import (
    CO_HANDLER,
    COMMITTEE,
    FUTIAN_TASK,
    LEAD,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    PROPOSAL,
    TUESDAY,
    handled_by,
    person,
    signed_paper,
    with_rules,
)

WANG = person("王志毅", UnitCode("C004"), "proposer")
LI = person("李娜", UnitCode("C004"), "proposer")
BOTH = Signatory((Proposer(name="王志毅", person=WANG.person), Proposer(name="李娜")))
VISIT = Contact(
    proposal_id=PROPOSAL,
    contact_id="D09.1.c1",
    task_id=LONGHUA_TASK,
    unit=LONGHUA,
    signatory=BOTH,
)
RULES = with_rules(limits={"account": 10})


def test_a_proposer_confirms_a_talk() -> None:
    event = confirm_contact(VISIT, proposer="王志毅", by=WANG, on=MONDAY)

    assert (event.contact_id, event.unit, event.proposer) == ("D09.1.c1", LONGHUA, "王志毅")


def test_a_proposer_denies_a_talk_and_says_why() -> None:
    event = deny_contact(VISIT, proposer="李娜", says="没有人来过", by=LI, on=MONDAY, rules=RULES)

    assert (event.proposer, event.says) == ("李娜", "没有人来过")
    with pytest.raises(TooLong):
        deny_contact(VISIT, proposer="李娜", says="字" * 11, by=LI, on=MONDAY, rules=RULES)


def test_whoever_denied_it_may_confirm_it_later_and_the_other_way_round() -> None:
    denied = replace(VISIT, denied_by=frozenset({"王志毅"}))
    confirmed = replace(VISIT, confirmed_by=frozenset({"王志毅"}))

    assert confirm_contact(denied, proposer="王志毅", by=WANG, on=MONDAY)
    assert deny_contact(
        confirmed, proposer="王志毅", says="记错了", by=WANG, on=MONDAY, rules=RULES
    )
    with pytest.raises(AlreadySaidSo, match="王志毅已经作过同样的表示"):
        confirm_contact(confirmed, proposer="王志毅", by=WANG, on=MONDAY)
    with pytest.raises(AlreadySaidSo):
        deny_contact(denied, proposer="王志毅", says="没有", by=WANG, on=MONDAY, rules=RULES)


def test_nobody_speaks_for_another() -> None:
    with pytest.raises(SpeaksForAnother, match="李娜的意见只能由本人表示"):
        confirm_contact(VISIT, proposer="李娜", by=WANG, on=MONDAY)
    with pytest.raises(NotProposer, match="“赵强”不是本提案的提案人"):
        confirm_contact(VISIT, proposer="赵强", by=WANG, on=MONDAY)


def test_whoever_acts_for_a_proposer_speaks_for_them() -> None:
    aide = person("助手", UnitCode("C004"), "proposer").model_copy(
        update={"on_behalf_of": PersonId("p-王志毅")}
    )

    assert confirm_contact(VISIT, proposer="王志毅", by=aide, on=MONDAY)


def test_the_committee_speaks_from_a_paper_only() -> None:
    with pytest.raises(NeedsPaper, match="代王志毅登记须附本人签名的书面材料"):
        confirm_contact(VISIT, proposer="王志毅", by=COMMITTEE, on=MONDAY)
    with pytest.raises(SignedInTheFuture):
        confirm_contact(
            VISIT,
            proposer="王志毅",
            by=COMMITTEE,
            on=MONDAY,
            paper=signed_paper("王志毅", TUESDAY),
        )
    paper = signed_paper("王志毅")
    event = confirm_contact(VISIT, proposer="王志毅", by=COMMITTEE, on=MONDAY, paper=paper)
    assert (event.by, event.paper) == (COMMITTEE, paper)


def test_a_proposer_says_once_in_a_round_that_no_talk_is_needed() -> None:
    handling = handled_by(LEAD, CO_HANDLER)

    event = waive_contact(
        handling, task_id=LONGHUA_TASK, signatory=BOTH, proposer="王志毅", by=WANG, on=MONDAY
    )

    assert (event.unit, event.proposer) == (LONGHUA, "王志毅")
    said = replace(BOTH, waived_by=frozenset({"王志毅"}))
    with pytest.raises(AlreadySaidSo):
        waive_contact(
            handling, task_id=LONGHUA_TASK, signatory=said, proposer="王志毅", by=WANG, on=MONDAY
        )
    with pytest.raises(DoesNotReply):
        waive_contact(
            handling, task_id=FUTIAN_TASK, signatory=BOTH, proposer="王志毅", by=WANG, on=MONDAY
        )
