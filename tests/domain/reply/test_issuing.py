"""A reply goes out approved, after talking, with every opinion, as its class demands."""

from dataclasses import replace
from datetime import date

import pytest

from services.reply.domain.handling import Handling, Task
from services.reply.domain.issuing import Letter, LetterBook, Promised, issue_reply
from services.reply.domain.refusals import (
    AlreadyReplied,
    DoesNotReply,
    NeedsPromise,
    NeedsReason,
    NoContactYet,
    NotApproved,
    OpinionsMissing,
    OpinionsStillDue,
    PromisedInThePast,
    SupersededDraft,
    TooLong,
    UnknownClass,
)
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, ProposalId, TaskId
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import PromiseMade, ReplyIssued
from shared.deadlines import due
from tests.domain.reply.longhua import (
    CALENDAR,
    CO_HANDLER,
    FRIDAY,
    FUTIAN,
    FUTIAN_TASK,
    INDUSTRY,
    INDUSTRY_TASK,
    LEAD,
    LIN,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    NAMES,
    PROPOSAL,
    RULES,
    SATURDAY,
    SECOND_CO_HANDLER,
    TUESDAY,
    drafted,
    handled_by,
    merged,
    person,
    with_round,
)

MEMBER = ProposalId("20240498")
BOOK = LetterBook(short_name="龙华", year=2024, last=11)
LETTER = Letter(draft=2, summary="已建立协同机制")
BY_JUNE = Promised(text="建成合作园区", due_on=date(2024, 6, 28))


def ready(result_class: str = "A", **changes: object) -> Task:
    """The lead's task with an approved draft and a contact."""
    newest = drafted(2, result_class=result_class, approved=True)
    return with_round(LEAD, **{"newest": newest, "contacts": 1, **changes})


def issue(
    handling: Handling,
    *,
    letter: Letter = LETTER,
    on: date = FRIDAY,
    by: Actor = LIN,
    task_id: TaskId = LONGHUA_TASK,
    rules: RulesPublished = RULES,
) -> tuple[ReplyIssued | PromiseMade, ...]:
    return issue_reply(
        handling,
        task_id=task_id,
        letter=letter,
        book=BOOK,
        by=by,
        on=on,
        rules=rules,
        calendar=CALENDAR,
        name_of=NAMES.__getitem__,
    )


def only_reply(*events: ReplyIssued | PromiseMade) -> ReplyIssued:
    (reply,) = (event for event in events if isinstance(event, ReplyIssued))
    return reply


def test_the_head_issues_the_approved_reply_under_the_next_number() -> None:
    events = issue(handled_by(ready()))

    assert events == (
        ReplyIssued(
            proposal_id=PROPOSAL,
            by=LIN,
            on=FRIDAY,
            reply_id="D09.r1",
            task_id=LONGHUA_TASK,
            unit=LONGHUA,
            round=1,
            document_number="龙华函〔2024〕12号",
            result_class="A",
            meaning="solved",
            summary="已建立协同机制",
            handled_in=PROPOSAL,
            rate=due("rate", starts_on=FRIDAY, rules=RULES, calendar=CALENDAR),
        ),
    )


def test_a_draft_goes_out_only_when_approved() -> None:
    unapproved = handled_by(ready(newest=drafted(2)))

    with pytest.raises(NotApproved, match="第2稿尚未审签"):
        issue(unapproved)


def test_an_approved_draft_is_overtaken_by_a_newer_one() -> None:
    written_on = handled_by(ready(newest=drafted(3)))

    with pytest.raises(SupersededDraft, match="第2稿之后已有第3稿"):
        issue(written_on)


def test_talking_comes_before_replying() -> None:
    with pytest.raises(NoContactYet, match="第1轮办理还没有与提案人沟通的记录"):
        issue(handled_by(ready(contacts=0)))


def test_a_reply_goes_out_once() -> None:
    with pytest.raises(AlreadyReplied, match="第1轮答复已经发出"):
        issue(handled_by(ready(issued=True)))


def test_a_co_handler_issues_nothing() -> None:
    head_of_futian = person("何平", FUTIAN, "head")

    with pytest.raises(DoesNotReply):
        issue(handled_by(ready(), CO_HANDLER), by=head_of_futian, task_id=FUTIAN_TASK)


@pytest.mark.parametrize(("on", "late"), [(FRIDAY, 0), (SATURDAY, 1), (MONDAY, 1), (TUESDAY, 2)])
def test_lateness_is_counted_in_working_days(on: date, late: int) -> None:
    assert only_reply(*issue(handled_by(ready()), on=on)).days_late == late


def test_a_redo_is_late_by_its_own_date() -> None:
    second_round = ready(number=2, redo=True, answer_by=MONDAY)

    reply = only_reply(*issue(handled_by(second_round), on=TUESDAY))

    assert (reply.reply_id, reply.round, reply.days_late) == ("D09.r2", 2, 1)


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        (replace(LETTER, summary="字" * 20), replace(LETTER, summary="字" * 21)),
        (replace(LETTER, reason="字" * 10), replace(LETTER, reason="字" * 11)),
        (
            replace(LETTER, without_opinions_because="字" * 10),
            replace(LETTER, without_opinions_because="字" * 11),
        ),
    ],
)
def test_what_is_told_with_it_keeps_to_its_length(within: Letter, beyond: Letter) -> None:
    assert issue(handled_by(ready()), letter=within)
    with pytest.raises(TooLong):
        issue(handled_by(ready()), letter=beyond)


# Opinions


def test_an_opinion_is_waited_for_until_the_end_of_its_day() -> None:
    with pytest.raises(OpinionsStillDue, match="福田区人民政府的会办意见尚未提出，最迟2024-03-01"):
        issue(
            handled_by(ready(), CO_HANDLER),
            letter=replace(LETTER, without_opinions_because="多次催办未果"),
            on=FRIDAY,
        )


def test_the_day_after_a_reply_goes_without_it_when_the_reason_is_said() -> None:
    letter = replace(LETTER, without_opinions_because="多次催办未果")

    reply = only_reply(*issue(handled_by(ready(), CO_HANDLER), letter=letter, on=SATURDAY))

    assert reply.without_opinions == (FUTIAN,)
    assert reply.without_opinions_because == "多次催办未果"


def test_without_a_reason_it_does_not() -> None:
    with pytest.raises(OpinionsMissing, match="福田区人民政府逾期未提会办意见"):
        issue(handled_by(ready(), CO_HANDLER), on=SATURDAY)


def test_those_whose_day_is_not_over_are_named_and_no_others() -> None:
    later = replace(SECOND_CO_HANDLER, answer_by=MONDAY)
    letter = replace(LETTER, without_opinions_because="多次催办未果")

    with pytest.raises(OpinionsStillDue) as refused:
        issue(handled_by(ready(), CO_HANDLER, later), letter=letter, on=MONDAY)

    assert refused.value.facts == {"units": "市工业和信息化局", "day": MONDAY}


def test_with_every_opinion_in_the_reason_is_not_needed_and_not_told() -> None:
    given = replace(CO_HANDLER, opinion_given=True)
    letter = replace(LETTER, without_opinions_because="多次催办未果")

    reply = only_reply(*issue(handled_by(ready(), given), letter=letter))

    assert reply.without_opinions == ()
    assert reply.without_opinions_because is None


def test_each_splitting_unit_replies_on_its_own_task() -> None:
    other = replace(ready(), task_id=INDUSTRY_TASK, unit=INDUSTRY, role=Role.SPLIT)
    replied = replace(ready(issued=True), role=Role.SPLIT)
    head_of_industry = person("何平", INDUSTRY, "head")

    reply = only_reply(
        *issue(handled_by(replied, other), by=head_of_industry, task_id=INDUSTRY_TASK)
    )

    assert reply.reply_id == "C012.r1"


# Classes and promises


def test_a_class_that_needs_a_promise_gets_one() -> None:
    letter = replace(LETTER, promises=(BY_JUNE,))

    reply, promise = issue(handled_by(ready("B")), letter=letter)

    assert isinstance(reply, ReplyIssued)
    assert (reply.result_class, reply.meaning) == ("B", "in_progress")
    assert promise == PromiseMade(
        proposal_id=PROPOSAL,
        by=LIN,
        on=FRIDAY,
        promise_id="D09.r1.p1",
        reply_id="D09.r1",
        unit=LONGHUA,
        text="建成合作园区",
        due_on=date(2024, 6, 28),
    )


def test_without_a_promise_it_does_not_go_out() -> None:
    with pytest.raises(NeedsPromise, match="B类（列入计划）答复须至少列明一项承诺事项"):
        issue(handled_by(ready("B")))


def test_a_class_that_needs_a_reason_gets_one() -> None:
    letter = replace(LETTER, reason="涉及省级权限")

    assert only_reply(*issue(handled_by(ready("C")), letter=letter)).reason == "涉及省级权限"


@pytest.mark.parametrize("reason", [None, ""])
def test_without_a_reason_the_class_does_not_go_out(reason: str | None) -> None:
    with pytest.raises(NeedsReason, match="C类（暂难解决）答复须说明理由"):
        issue(handled_by(ready("C")), letter=replace(LETTER, reason=reason))


def test_a_class_that_the_rules_gave_up_meanwhile_does_not_go_out() -> None:
    rules = RULES.model_copy(update={"classes": RULES.classes[:1]})

    with pytest.raises(UnknownClass):
        issue(handled_by(ready("B")), letter=replace(LETTER, promises=(BY_JUNE,)), rules=rules)


def test_a_promise_for_today_is_still_one_and_yesterday_is_none() -> None:
    for_today = replace(LETTER, promises=(Promised(text="即日公布", due_on=FRIDAY),))

    assert len(issue(handled_by(ready()), letter=for_today, on=FRIDAY)) == 2
    with pytest.raises(PromisedInThePast, match="承诺的完成日期2024-03-01已经过去"):
        issue(handled_by(ready()), letter=for_today, on=SATURDAY)


def test_promises_are_numbered_in_order() -> None:
    letter = replace(LETTER, promises=(BY_JUNE, BY_JUNE))

    _, first, second = issue(handled_by(ready()), letter=letter)

    assert isinstance(first, PromiseMade)
    assert isinstance(second, PromiseMade)
    assert (first.promise_id, second.promise_id) == ("D09.r1.p1", "D09.r1.p2")


# Groups


def test_each_member_of_a_group_gets_a_reply_with_a_number_of_its_own() -> None:
    group = replace(handled_by(ready("B")), group=(PROPOSAL, MEMBER))
    letter = replace(LETTER, promises=(BY_JUNE,))

    main, member, promise = issue(group, letter=letter)

    assert isinstance(main, ReplyIssued)
    assert isinstance(member, ReplyIssued)
    assert (main.proposal_id, main.document_number) == (PROPOSAL, "龙华函〔2024〕12号")
    assert (member.proposal_id, member.document_number) == (MEMBER, "龙华函〔2024〕13号")
    assert main.reply_id == member.reply_id == "D09.r1"
    assert main.handled_in == member.handled_in == PROPOSAL
    assert isinstance(promise, PromiseMade)
    assert promise.proposal_id == PROPOSAL, "promised once, on the main one"


def test_the_second_round_of_a_member_is_its_own_only() -> None:
    second_round = ready(number=2, redo=True)

    reply = only_reply(*issue(merged(second_round, into=ProposalId("20240001"))))

    assert (reply.proposal_id, reply.handled_in) == (PROPOSAL, PROPOSAL)
