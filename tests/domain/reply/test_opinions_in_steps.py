"""Inside a co-handling unit an opinion is drafted, checked by another person, and issued."""

from dataclasses import replace
from typing import Any

import pytest

from services.reply.domain.giving_opinions import (
    Given,
    Opinion,
    check_opinion,
    draft_opinion,
    give_opinion,
    issue_opinion,
    send_opinion_back,
    withdraw_opinion,
)
from services.reply.domain.handling import Disagreement, Handling, OpinionDraft, Task
from services.reply.domain.numbering import LetterBook
from services.reply.domain.refusals import (
    AlreadyApproved,
    AlreadyGaveOpinion,
    AlreadyReplied,
    ApprovesOwnDraft,
    DraftChangedMeanwhile,
    DraftWentBack,
    IssuesOwnDraft,
    NoOpinionGiven,
    NotApproved,
    NotCoHandler,
    OpinionInSteps,
    SignsOwnPaper,
    SupersededDraft,
    TooLong,
    UnknownDraft,
)
from shared.contracts.event import Actor
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import (
    DisagreementOpened,
    DisagreementSettled,
    OpinionGiven,
    OpinionWithdrawn,
)
from tests.domain.reply.longhua import (
    CALENDAR,
    CHEN,
    CO_HANDLER,
    FRIDAY,
    FUTIAN,
    FUTIAN_TASK,
    LEAD,
    LONGHUA,
    LONGHUA_TASK,
    MONDAY,
    RULES,
    WEI,
    WU,
    handled_by,
    person,
    signed_paper,
    with_round,
    with_rules,
)

CHECKED = with_rules(policies={"opinion.chain": "checked"})
BOOK = LetterBook(short_name="福田", year=2024, last=0, pattern="{unit}会函〔{year}〕{n}号")
QIAN = person("钱科", FUTIAN, "section_head")
AGREES = Opinion("同意")


def drafted(number: int = 1, **changes: Any) -> Task:
    """Futian's task with a version of its opinion, written by Wu."""
    draft = OpinionDraft(number=number, text="同意", contradicts=None, drafted_by=WU)
    return replace(CO_HANDLER, opinion_draft=replace(draft, **changes))


def issue(
    handling: Handling, *, rules: RulesPublished = CHECKED, by: Actor = WEI, **more: Any
) -> Given:
    return issue_opinion(
        handling,
        task_id=FUTIAN_TASK,
        draft=1,
        book=BOOK,
        by=by,
        on=MONDAY,
        rules=rules,
        calendar=CALENDAR,
        **more,
    )


def test_where_it_takes_steps_one_act_will_not_do() -> None:
    with pytest.raises(OpinionInSteps, match="须经拟稿、核稿、签发"):
        give_opinion(
            handled_by(LEAD, CO_HANDLER),
            task_id=FUTIAN_TASK,
            opinion=AGREES,
            book=BOOK,
            by=WU,
            on=FRIDAY,
            rules=CHECKED,
            calendar=CALENDAR,
        )


def test_versions_are_numbered() -> None:
    def write(task: Task, opinion: Opinion = AGREES) -> int:
        return draft_opinion(
            handled_by(LEAD, task),
            task_id=FUTIAN_TASK,
            opinion=opinion,
            by=WU,
            on=FRIDAY,
            rules=RULES,
        ).draft

    assert (write(CO_HANDLER), write(drafted(2))) == (1, 3)
    with pytest.raises(AlreadyGaveOpinion):
        write(replace(CO_HANDLER, opinion_given=True))
    with pytest.raises(TooLong):
        write(CO_HANDLER, Opinion("字" * 31))


def test_another_person_checks_the_newest_version_once() -> None:
    def check(task: Task, *, draft: int = 1, by: Actor = QIAN) -> str:
        return check_opinion(
            handled_by(LEAD, task), task_id=FUTIAN_TASK, draft=draft, by=by, on=FRIDAY
        ).unit

    assert check(drafted()) == FUTIAN
    with pytest.raises(ApprovesOwnDraft):
        check(drafted(), by=WU.model_copy(update={"post": "head"}))
    with pytest.raises(AlreadyApproved):
        check(drafted(checked_by=QIAN))
    with pytest.raises(SupersededDraft):
        check(drafted(2), draft=1)
    with pytest.raises(UnknownDraft):
        check(CO_HANDLER)
    with pytest.raises(DraftWentBack):
        check(drafted(sent_back=True))


def test_a_version_goes_back_with_a_reason() -> None:
    event = send_opinion_back(
        handled_by(LEAD, drafted()),
        task_id=FUTIAN_TASK,
        draft=1,
        why="理由不足",
        by=QIAN,
        on=FRIDAY,
        rules=RULES,
    )

    assert event.why == "理由不足"


def test_the_head_issues_what_was_checked_under_a_number_of_its_own_series() -> None:
    (given,) = issue(handled_by(LEAD, drafted(checked_by=QIAN)))

    assert isinstance(given, OpinionGiven)
    assert (given.document_number, given.letter_id) == ("福田会函〔2024〕1号", "D01.1.o1")
    assert (given.lead, given.opinion, given.days_late) == (LONGHUA, "同意", 1)
    with pytest.raises(NotApproved, match="第1稿尚未审签"):
        issue(handled_by(LEAD, drafted()))


def test_with_fewer_steps_the_head_may_check_and_issue_in_one_but_not_their_own() -> None:
    two_steps = with_rules(policies={"opinion.chain": "issued"})

    assert issue(handled_by(LEAD, drafted()), rules=two_steps)
    with pytest.raises(IssuesOwnDraft):
        issue(handled_by(LEAD, drafted(drafted_by=WEI)), rules=two_steps)
    assert issue(handled_by(LEAD, drafted(drafted_by=WEI, checked_by=QIAN)), rules=two_steps)


def test_on_paper_it_counts_by_the_papers_day_and_another_signs_it() -> None:
    (given,) = issue(handled_by(LEAD, drafted()), by=WU, paper=signed_paper("魏东"))

    assert isinstance(given, OpinionGiven)
    assert (given.days_late, given.paper) == (0, signed_paper("魏东"))
    with pytest.raises(SignsOwnPaper):
        issue(handled_by(LEAD, drafted()), by=WU, paper=signed_paper("吴敏"))


def test_an_opinion_that_contradicts_opens_a_disagreement() -> None:
    given, opened = issue(handled_by(LEAD, drafted(contradicts="选址", checked_by=QIAN)))

    assert isinstance(given, OpinionGiven)
    assert isinstance(opened, DisagreementOpened)
    assert (opened.disagreement_id, opened.unit, opened.lead) == ("D01.1.d1", FUTIAN, LONGHUA)
    assert (opened.about, opened.level) == ("选址", "heads")


def test_an_opinion_is_taken_back_before_the_lead_has_replied() -> None:
    def withdraw(lead: Task, task: Task, *open_ones: Disagreement) -> tuple[object, ...]:
        return withdraw_opinion(
            replace(handled_by(lead, task), disagreements=open_ones),
            task_id=FUTIAN_TASK,
            why="情况变化",
            by=WEI,
            on=MONDAY,
            rules=RULES,
        )

    gave = replace(CO_HANDLER, opinion_given=True)
    about_us = Disagreement("D01.1.d1", FUTIAN_TASK, FUTIAN, LONGHUA)
    withdrawn, settled = withdraw(LEAD, gave, about_us)
    assert isinstance(withdrawn, OpinionWithdrawn)
    assert isinstance(settled, DisagreementSettled)
    assert settled.outcome == "会办意见已撤回"
    with pytest.raises(NoOpinionGiven):
        withdraw(LEAD, CO_HANDLER)
    with pytest.raises(AlreadyReplied):
        withdraw(with_round(LEAD, issued=True), gave)
    with pytest.raises(NotCoHandler):
        withdraw_opinion(
            handled_by(LEAD), task_id=LONGHUA_TASK, why="无", by=CHEN, on=MONDAY, rules=RULES
        )


@pytest.mark.parametrize(("seen", "crossed"), [(0, True), (1, False), (None, False)])
def test_the_next_version_of_an_opinion_follows_the_one_that_was_seen(
    seen: int | None, crossed: bool
) -> None:
    task = replace(CO_HANDLER, opinion_draft=OpinionDraft(1, "同意", None, drafted_by=WEI))

    def write() -> int:
        return draft_opinion(
            handled_by(LEAD, task),
            task_id=FUTIAN_TASK,
            opinion=Opinion("原则同意"),
            by=WEI,
            on=MONDAY,
            rules=RULES,
            after=seen,
        ).draft

    if crossed:
        with pytest.raises(DraftChangedMeanwhile):
            write()
    else:
        assert write() == 2
