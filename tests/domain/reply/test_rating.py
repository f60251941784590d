"""Each proposer rates a reply once, in person or by the committee's hand; discontent opens it."""

from dataclasses import replace
from datetime import date

import pytest

from services.reply.domain.proposing import Signatory
from services.reply.domain.rating import Follows, Reply, rate_reply
from services.reply.domain.refusals import (
    AlreadyRated,
    LetterVoid,
    NeedsPaper,
    NotAskedToRate,
    NotProposer,
    RatesForAnother,
    RatingIsClosed,
    SignedInTheFuture,
    TooLong,
    UnclearRating,
)
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.intake import Proposer
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import (
    FaceToFaceOrdered,
    Paper,
    Rating,
    RedoOrdered,
    ReplyRated,
)
from tests.domain.reply.longhua import (
    CALENDAR,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    PROPOSAL,
    RULES,
    TUESDAY,
    person,
    signed_paper,
    with_rules,
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
    signatory=Signatory(
        (Proposer(name="王志毅", person=PersonId("p-王志毅")), Proposer(name="李娜"))
    ),
)


def rate(
    reply: Reply = REPLY,
    *,
    proposer: str = "王志毅",
    process: Rating = Rating.SATISFIED,
    result: Rating = Rating.SATISFIED,
    comment: str = "沟通充分",
    by: Actor = WANG,
    rules: RulesPublished = RULES,
    paper: Paper | None = None,
) -> tuple[ReplyRated | Follows, ...]:
    return rate_reply(
        reply,
        proposer=proposer,
        process=process,
        result=result,
        comment=comment,
        by=by,
        on=MONDAY,
        rules=rules,
        calendar=CALENDAR,
        paper=paper,
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


# How often, and then they meet


def test_the_last_round_that_the_rules_allow_is_followed_by_a_meeting() -> None:
    twice = with_rules(numbers={"rounds.max": 2})

    _, redo = rate(result=Rating.DISSATISFIED, rules=twice)
    _, meeting = rate(
        replace(REPLY, reply_id="D09.r2", round=2, rounds=2),
        result=Rating.DISSATISFIED,
        rules=twice,
    )

    assert isinstance(redo, RedoOrdered)
    assert isinstance(meeting, FaceToFaceOrdered)
    assert (meeting.reply_id, meeting.round, meeting.meet) == ("D09.r2", 2, None)


def test_a_meeting_has_a_date_where_the_rules_name_one() -> None:
    once = with_rules(
        numbers={"rounds.max": 1},
        deadlines={**RULES.deadlines, "meet": RULES.deadlines["rate"]},
    )

    _, meeting = rate(result=Rating.DISSATISFIED, rules=once)

    assert isinstance(meeting, FaceToFaceOrdered)
    assert meeting.meet is not None
    assert meeting.meet.clock == "meet"


def test_rounds_that_the_office_asked_for_do_not_use_up_those_of_the_proposers() -> None:
    third_letter = replace(REPLY, reply_id="D09.r3", round=3, rounds=1)

    _, redo = rate(
        third_letter, result=Rating.DISSATISFIED, rules=with_rules(numbers={"rounds.max": 2})
    )

    assert isinstance(redo, RedoOrdered)
    assert redo.round == 4


def test_where_the_rules_wait_for_the_closing_a_rating_orders_nothing_yet() -> None:
    (rated,) = rate(
        result=Rating.DISSATISFIED, rules=with_rules(policies={"redo.ordered": "at_closing"})
    )

    assert isinstance(rated, ReplyRated)


# Asked, closed, void


def test_where_the_committee_asks_nobody_rates_before() -> None:
    by_committee = with_rules(policies={"rating.asked": "by_committee"})

    with pytest.raises(NotAskedToRate, match="尚未就这份答复征询意见"):
        rate(rules=by_committee)
    assert rate(replace(REPLY, asked=True), rules=by_committee)


def test_after_the_closing_nobody_rates() -> None:
    with pytest.raises(RatingIsClosed, match="评价已经截止"):
        rate(replace(REPLY, closed=True))


def test_a_letter_that_went_back_is_not_rated() -> None:
    with pytest.raises(LetterVoid, match="已被审核退回"):
        rate(replace(REPLY, void=True))


# By proxy, on paper


def test_a_form_on_paper_leaves_its_trace() -> None:
    form = signed_paper("李娜")

    (rated,) = rate(proposer="李娜", by=CLERK, paper=form)

    assert isinstance(rated, ReplyRated)
    assert (rated.by, rated.paper) == (CLERK, form)


def test_where_the_rules_ask_for_a_form_the_committees_word_is_not_enough() -> None:
    on_paper = with_rules(policies={"rating.proxy": "paper"})

    with pytest.raises(NeedsPaper, match="代李娜登记须附本人签名的书面材料"):
        rate(proposer="李娜", by=CLERK, rules=on_paper)
    assert rate(proposer="李娜", by=CLERK, rules=on_paper, paper=signed_paper("李娜"))


def test_a_form_is_signed_today_at_the_latest() -> None:
    assert rate(proposer="李娜", by=CLERK, paper=signed_paper("李娜", MONDAY))
    with pytest.raises(SignedInTheFuture, match="2024-03-05还没有到"):
        rate(proposer="李娜", by=CLERK, paper=signed_paper("李娜", TUESDAY))
