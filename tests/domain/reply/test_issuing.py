"""A reply goes out approved, after talking, with every opinion, as its class demands."""

from dataclasses import replace
from datetime import date

import pytest

from services.reply.domain.disclosing import Attribute
from services.reply.domain.handling import (
    Countersigning,
    Disagreement,
    Handling,
    Task,
)
from services.reply.domain.issuing import Issued, Letter, Promised, issue_reply
from services.reply.domain.numbering import LetterBook
from services.reply.domain.refusals import (
    AlreadyReplied,
    DoesNotReply,
    DraftWentBack,
    HeadIssues,
    IssuesOwnDraft,
    NeedsAttributeReason,
    NeedsEvidence,
    NeedsPromise,
    NeedsReason,
    NoContactYet,
    NotApproved,
    NotCountersigned,
    NotEndorsed,
    OpinionsMissing,
    OpinionsStillDue,
    PointsUnanswered,
    PromisedInThePast,
    ProposalTakenBack,
    SignedInTheFuture,
    SignsOwnPaper,
    StillDisagreeing,
    SupersededDraft,
    ThirdPersonIssues,
    TooLong,
    UnknownClass,
)
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, ProposalEvent, ProposalId, TaskId
from shared.contracts.registry import Deadline, Reason, RulesPublished, UnitLevel
from shared.contracts.reply import PromiseMade, PublicationProposed, ReplyIssued
from shared.deadlines import due
from tests.domain.reply.longhua import (
    CALENDAR,
    CHEN,
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
    SCAN,
    SECOND_CO_HANDLER,
    SUN,
    TUESDAY,
    drafted,
    handled_by,
    merged,
    person,
    signed_paper,
    with_round,
    with_rules,
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
    level: UnitLevel = UnitLevel.DISTRICT,
) -> Issued:
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
        level=level,
    )


def only_reply(*events: ProposalEvent) -> ReplyIssued:
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
        owner="龙华区人民政府",
    )


def test_a_promise_names_who_sees_to_it_and_what_will_show_it() -> None:
    named = replace(BY_JUNE, owner="龙华区工信局", shown_by="开园公告")

    _, promise = issue(handled_by(ready("B")), letter=replace(LETTER, promises=(named,)))

    assert isinstance(promise, PromiseMade)
    assert (promise.owner, promise.shown_by) == ("龙华区工信局", "开园公告")


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


# The chain


def test_a_draft_that_went_back_does_not_go_out() -> None:
    with pytest.raises(DraftWentBack, match="第2稿已经退回修改"):
        issue(handled_by(ready(newest=drafted(2, approved=True, sent_back=True))))


def test_nobody_issues_what_they_wrote_whatever_their_post() -> None:
    chen_as_head = CHEN.model_copy(update={"post": "head"})

    with pytest.raises(IssuesOwnDraft, match="拟稿人不能签发"):
        issue(handled_by(ready()), by=chen_as_head)


def test_nor_does_somebody_who_acts_for_the_writer() -> None:
    deputy = person("代办", LONGHUA, "head").model_copy(update={"on_behalf_of": CHEN.person})

    with pytest.raises(IssuesOwnDraft):
        issue(handled_by(ready()), by=deputy)


def test_where_two_persons_will_do_whoever_approved_it_may_issue_it() -> None:
    sun_as_head = SUN.model_copy(update={"post": "head"})

    assert issue(handled_by(ready()), by=sun_as_head)
    with pytest.raises(ThirdPersonIssues, match="审签人不能签发同一稿件"):
        issue(handled_by(ready()), by=sun_as_head, rules=with_rules(numbers={"reply.persons": 3}))
    assert issue(handled_by(ready()), rules=with_rules(numbers={"reply.persons": 3}))


def test_a_key_one_is_issued_by_the_head_and_nobody_else() -> None:
    key = replace(handled_by(ready()), kinds=("key", "single"))
    rules = with_rules(policies={"issue.by": "deputy", "issue.by:key": "head"})
    deputy = person("副职", LONGHUA, "deputy")

    with pytest.raises(HeadIssues, match="须由单位主要负责人签发"):
        issue(key, by=deputy, rules=rules)
    assert issue(key, rules=rules)
    assert issue(handled_by(ready()), by=deputy, rules=rules), "an ordinary one by a deputy, too"


def test_a_district_endorses_what_the_rules_hold_to_be_important() -> None:
    rules = with_rules(policies={"endorse:key": "district"})
    key = replace(handled_by(ready()), kinds=("key",))
    endorsed = ready(newest=drafted(2, approved=True, endorsed=True))

    with pytest.raises(NotEndorsed, match="第2稿尚未经区级审定"):
        issue(key, rules=rules)
    assert issue(replace(handled_by(endorsed), kinds=("key",)), rules=rules)
    assert issue(handled_by(ready()), rules=rules), "not an ordinary one"
    assert issue(key, rules=rules, level=UnitLevel.CITY), "not a city bureau's"


# Countersigning


def signing(*states: str) -> Task:
    """The lead's draft, about which its co-handlers were asked."""
    units = (FUTIAN, INDUSTRY)
    asked = tuple(
        Countersigning(unit=unit, state=state)  # type: ignore[arg-type]
        for unit, state in zip(units, states, strict=False)
    )
    return ready(newest=drafted(2, approved=True, countersigning=asked))


GAVE = replace(CO_HANDLER, opinion_given=True)
GAVE_TOO = replace(SECOND_CO_HANDLER, opinion_given=True)


def test_whom_the_lead_asked_must_have_signed() -> None:
    with pytest.raises(NotCountersigned, match="第2稿尚待市工业和信息化局会签"):
        issue(handled_by(signing("signed", "open"), GAVE, GAVE_TOO))
    assert issue(handled_by(signing("signed", "signed"), GAVE, GAVE_TOO))


def test_by_rule_all_co_handlers_sign_also_one_that_joined_since() -> None:
    rules = with_rules(policies={"countersign": "all"})

    with pytest.raises(NotCountersigned, match="福田区人民政府、市工业和信息化局"):
        issue(handled_by(ready(), GAVE, GAVE_TOO), rules=rules)
    with pytest.raises(NotCountersigned, match="尚待市工业和信息化局会签"):
        issue(handled_by(signing("signed"), GAVE, GAVE_TOO), rules=rules)
    assert issue(handled_by(signing("signed", "signed"), GAVE, GAVE_TOO), rules=rules)


def test_whoever_co_handles_it_no_more_is_not_waited_for() -> None:
    gone = replace(GAVE_TOO, ended=True)

    assert issue(handled_by(signing("signed", "open"), GAVE, gone))


# Talking, disagreeing, points


def test_a_proposer_who_needs_no_talk_opens_the_way() -> None:
    assert issue(handled_by(ready(contacts=0, waived=True)))


def test_a_place_may_do_without_talks() -> None:
    rules = with_rules(policies={"contact.before": "none"})

    assert issue(handled_by(ready(contacts=0)), rules=rules)


def test_an_open_disagreement_blocks_unless_the_rules_only_show_it() -> None:
    open_one = Disagreement(
        disagreement_id="D01.1.d1", task_id=FUTIAN_TASK, unit=FUTIAN, lead=LONGHUA
    )
    disagreeing = replace(handled_by(ready(), GAVE), disagreements=(open_one,))

    with pytest.raises(StillDisagreeing, match="与福田区人民政府的意见分歧尚未解决"):
        issue(disagreeing)
    assert issue(disagreeing, rules=with_rules(policies={"disagreement": "shown"}))


def with_points(*unanswered: str) -> Handling:
    """A proposal of two points, of which the draft passes some over."""
    draft = drafted(2, approved=True, unanswered=unanswered)
    return replace(handled_by(ready(newest=draft)), points=("建园区", "设专线"))


def test_points_that_are_passed_over_are_shown() -> None:
    reply = only_reply(*issue(with_points("设专线")))

    assert (reply.unanswered, reply.unanswered_because) == (("设专线",), None)


def test_by_rule_each_point_is_answered_or_its_reason_said() -> None:
    rules = with_rules(policies={"points": "answered"})

    with pytest.raises(PointsUnanswered, match="还有1条建议没有答复：设专线"):
        issue(with_points("设专线"), rules=rules)
    letter = replace(LETTER, unanswered_because="省级事权")
    reply = only_reply(*issue(with_points("设专线"), rules=rules, letter=letter))
    assert reply.unanswered_because == "省级事权"
    answered = only_reply(*issue(with_points(), rules=rules, letter=letter))
    assert (answered.unanswered, answered.unanswered_because) == ((), None)


def test_a_unit_that_splits_answers_its_own_part_only() -> None:
    rules = with_rules(policies={"points": "answered"})
    handling = with_points("设专线")
    split = replace(handling, tasks=(replace(handling.tasks[0], role=Role.SPLIT),))

    assert only_reply(*issue(split, rules=rules)).unanswered == ("设专线",)


# Evidence, paper, publication, time


def test_what_is_called_solved_needs_evidence_where_the_rules_say_so() -> None:
    rules = with_rules(policies={"evidence:solved": "needed"})

    with pytest.raises(NeedsEvidence, match="A类（已经解决或采纳）答复须写明落实的依据"):
        issue(handled_by(ready()), rules=rules)
    reply = only_reply(
        *issue(handled_by(ready()), rules=rules, letter=replace(LETTER, evidence="验收报告"))
    )
    assert reply.evidence == "验收报告"
    by_june = replace(LETTER, promises=(BY_JUNE,))
    assert issue(handled_by(ready("B")), rules=rules, letter=by_june)


def test_what_was_signed_on_paper_counts_by_the_papers_day() -> None:
    unapproved = handled_by(ready(newest=drafted(2)))
    letter = replace(LETTER, paper=signed_paper(on=FRIDAY), attachments=(SCAN,))

    reply = only_reply(*issue(unapproved, letter=letter, by=CHEN, on=TUESDAY))

    assert (reply.on, reply.days_late) == (TUESDAY, 0)
    assert reply.paper == signed_paper(on=FRIDAY)
    assert reply.attachments == (SCAN,)


def test_on_paper_another_signs_than_who_wrote_it_and_today_at_the_latest() -> None:
    with pytest.raises(SignsOwnPaper, match="书面签发人陈静就是拟稿人"):
        issue(handled_by(ready()), letter=replace(LETTER, paper=signed_paper("陈静")))
    with pytest.raises(SignedInTheFuture):
        issue(handled_by(ready()), letter=replace(LETTER, paper=signed_paper(on=SATURDAY)))


def test_the_unit_may_say_with_the_letter_how_it_would_have_it_published() -> None:
    rules = with_rules(reasons={"disclosure": (Reason(code="privacy", says="涉及个人隐私"),)})
    letter = replace(LETTER, attribute=Attribute("on_request", "privacy"))

    reply, proposed = issue(handled_by(ready()), letter=letter, rules=rules)

    assert isinstance(reply, ReplyIssued)
    assert isinstance(proposed, PublicationProposed)
    assert (proposed.attribute, proposed.reason) == ("on_request", "涉及个人隐私")
    with pytest.raises(NeedsAttributeReason, match="须填写理由代码"):
        issue(
            handled_by(ready()),
            letter=replace(LETTER, attribute=Attribute("closed")),
            rules=rules,
        )


def test_a_letter_is_to_be_published_by_a_day_where_the_rules_have_one() -> None:
    publish = Deadline(count=20, unit="working_days", source="安徽")
    rules = RULES.model_copy(update={"deadlines": {**RULES.deadlines, "publish": publish}})

    assert only_reply(*issue(handled_by(ready()))).publish is None
    due_on = only_reply(*issue(handled_by(ready()), rules=rules)).publish
    assert due_on is not None
    assert due_on.on == date(2024, 3, 29)


def test_while_its_clock_stands_still_a_unit_does_not_become_late() -> None:
    paused = replace(ready(), paused_on=FRIDAY)

    assert only_reply(*issue(handled_by(paused), on=TUESDAY)).days_late == 0
    late_before = replace(ready(), paused_on=MONDAY)
    assert only_reply(*issue(handled_by(late_before), on=TUESDAY)).days_late == 1


def test_a_co_handler_whose_clock_stands_still_is_waited_for() -> None:
    paused = replace(CO_HANDLER, paused_on=FRIDAY)

    with pytest.raises(OpinionsStillDue):
        issue(
            handled_by(ready(), paused),
            letter=replace(LETTER, without_opinions_because="多次催办未果"),
            on=TUESDAY,
        )


def test_what_its_proposers_took_back_is_not_answered() -> None:
    with pytest.raises(ProposalTakenBack, match="提案人已经撤回本提案"):
        issue(replace(handled_by(ready()), taken_back=True))
