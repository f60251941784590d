"""Each proposer rates a reply once, in person or by the committee's hand; discontent opens it."""

from dataclasses import replace
from datetime import date

import pytest

from services.reply.domain.rating import Reply, rate_reply
from services.reply.domain.refusals import (
    AlreadyRated,
    NotProposer,
    RatesForAnother,
    TooLong,
    UnclearRating,
)
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.intake import Proposer
from shared.contracts.reply import Rating, RedoOrdered, ReplyRated
from tests.domain.reply.longhua import (
    CALENDAR,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    PROPOSAL,
    RULES,
    person,
)

CONFERENCE = UnitCode("C003")
WANG = person("王志毅", CONFERENCE, "proposer")
LI = person("李娜", CONFERENCE, "proposer")
CLERK = person("周文", CONFERENCE, "committee")
REPLY = Reply(
    proposal_id=PROPOSAL,
    reply_id="D09.r1",
    task_id=LONGHUA_TASK,
    unit=LONGHUA,
    round=1,
    proposers=(Proposer(name="王志毅", person=PersonId("p-王志毅")), Proposer(name="李娜")),
)


def rate(
    reply: Reply = REPLY,
    *,
    proposer: str = "王志毅",
    process: Rating = Rating.SATISFIED,
    result: Rating = Rating.SATISFIED,
    comment: str = "沟通充分",
    by: Actor = WANG,
) -> tuple[ReplyRated | RedoOrdered, ...]:
    return rate_reply(
        reply,
        proposer=proposer,
        process=process,
        result=result,
        comment=comment,
        by=by,
        on=MONDAY,
        rules=RULES,
        calendar=CALENDAR,
    )


def test_a_proposer_rates_process_and_result() -> None:
    events = rate(process=Rating.SATISFIED, result=Rating.BASICALLY)

    assert events == (
        ReplyRated(
            proposal_id=PROPOSAL,
            by=WANG,
            on=MONDAY,
            reply_id="D09.r1",
            round=1,
            proposer="王志毅",
            process=Rating.SATISFIED,
            result=Rating.BASICALLY,
            comment="沟通充分",
        ),
    )


def test_a_dissatisfied_result_orders_the_next_round_with_a_clock_of_its_own() -> None:
    _, redo = rate(result=Rating.DISSATISFIED)

    assert isinstance(redo, RedoOrdered)
    assert (redo.reply_id, redo.task_id, redo.unit) == ("D09.r1", LONGHUA_TASK, LONGHUA)
    assert redo.round == 2
    assert redo.answer.clock == "redo"
    assert redo.answer.on == date(2024, 6, 4)


def test_a_dissatisfied_process_alone_orders_nothing() -> None:
    (rated,) = rate(process=Rating.DISSATISFIED)

    assert isinstance(rated, ReplyRated)


def test_the_redo_of_a_reply_is_ordered_once() -> None:
    redone = replace(REPLY, rated_by=frozenset({"李娜"}), superseded=True)

    (rated,) = rate(redone, result=Rating.DISSATISFIED)

    assert isinstance(rated, ReplyRated)


def test_one_who_is_content_does_not_outweigh_one_who_is_not() -> None:
    li_was_content = replace(REPLY, rated_by=frozenset({"李娜"}))

    assert len(rate(li_was_content, result=Rating.DISSATISFIED)) == 2


def test_a_proposer_without_an_account_number_is_known_by_name() -> None:
    (rated,) = rate(proposer="李娜", by=LI)

    assert isinstance(rated, ReplyRated)
    assert rated.proposer == "李娜"


@pytest.mark.parametrize(("proposer", "by"), [("李娜", WANG), ("王志毅", LI)])
def test_nobody_rates_for_another(proposer: str, by: Actor) -> None:
    with pytest.raises(RatesForAnother, match=f"{proposer}的评价只能由本人作出"):
        rate(proposer=proposer, by=by)


def test_a_namesake_is_another_person() -> None:
    namesake = WANG.model_copy(update={"person": PersonId("p-8")})

    with pytest.raises(RatesForAnother):
        rate(by=namesake)


def test_the_committee_enters_it_for_a_named_proposer() -> None:
    (rated,) = rate(proposer="李娜", by=CLERK)

    assert isinstance(rated, ReplyRated)
    assert (rated.proposer, rated.by) == ("李娜", CLERK)


def test_only_proposers_rate() -> None:
    with pytest.raises(NotProposer, match="“赵强”不是本提案的提案人，提案人有：王志毅、李娜"):
        rate(proposer="赵强", by=CLERK)


def test_a_proposer_rates_a_reply_once() -> None:
    with pytest.raises(AlreadyRated, match="王志毅已经评价过这份答复"):
        rate(replace(REPLY, rated_by=frozenset({"王志毅"})))


@pytest.mark.parametrize(
    ("process", "result"),
    [(Rating.UNKNOWN, Rating.SATISFIED), (Rating.SATISFIED, Rating.UNKNOWN)],
)
def test_both_ratings_are_given_in_words_that_we_know(process: Rating, result: Rating) -> None:
    with pytest.raises(UnclearRating, match="评价不明"):
        rate(process=process, result=result)


def test_a_comment_keeps_to_its_length() -> None:
    assert rate(comment="字" * 8)
    with pytest.raises(TooLong, match="评语有9字"):
        rate(comment="字" * 9)
