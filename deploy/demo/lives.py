"""The ordinary life of a proposal, from its submission to the promises it leaves behind."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from deploy.demo import answers, letters
from deploy.demo.acts import Act
from deploy.demo.answers import Lead
from deploy.demo.days import DEPLOYED_ON, HANDED_OVER_ON, after
from deploy.demo.portfolio import LONGHUA, Proposal, members_of
from deploy.demo.verbs import assigning, filing, replying

DEPLOYMENT = "龙华区政府全体（扩大）会议"


@dataclass(frozen=True, slots=True)
class Course:
    """Where one proposal's life leaves the ordinary course."""

    signs: Mapping[str, date] = field(default_factory=dict)
    opines: Mapping[str, date] = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    without_opinions_because: str | None = None
    lead: Lead | None = None
    answers_on: date | None = None
    first_draft: int = 1  # the ones before are told elsewhere
    signed: Callable[[Proposal, date], Iterator[Act]] | None = None
    denies: bool = False


ORDINARY = Course()


def life(case: Proposal, *, nth: int, course: Course = ORDINARY) -> Iterator[Act]:
    """All acts upon one proposal except the hand-over; ``nth`` spreads the portfolio out."""
    yield from _comes_in(case, nth=nth)
    if case.merged_into is not None:
        return
    leads = (course.lead,) if course.lead else tuple(map(_lead_of(case), case.answering))
    yield from _is_taken_on(case, nth=nth, leads=leads, course=course)
    yield from _is_worked_on(case, nth=nth)
    yield from _gets_opinions(case, nth=nth, course=course)
    for lead in leads:
        yield from _is_talked_over(case, lead, nth=nth, denies=course.denies)
        yield from _is_answered(case, lead, nth=nth, course=course)


def _lead_of(case: Proposal) -> Callable[[str], Lead]:
    return lambda unit: Lead(unit, since=case.handed_over_on)


def _comes_in(case: Proposal, *, nth: int) -> Iterator[Act]:
    """Handed in, filed, and put together with what asks the same, before it is handed over."""
    in_session = case.handed_over_on == HANDED_OVER_ON
    yield from filing.handed_in(
        case, on=after(case.handed_over_on, nth % 3 - 9 if in_session else -7)
    )
    yield filing.accepted(case, on=after(case.handed_over_on, nth % 2 - 5 if in_session else -3))
    if case.key:
        yield filing.designated_key(case, on=after(case.handed_over_on, -2))
    if others := members_of(case):
        on = after(case.handed_over_on, -2)
        for other in others:
            yield filing.judged_similar(case, other, on=on)
        yield filing.merged(case, others, on=on)


def _is_taken_on(
    case: Proposal, *, nth: int, leads: tuple[Lead, ...], course: Course
) -> Iterator[Act]:
    """Longhua signs at once, the others a day later at most, but for the one that is late."""
    for lead in leads:
        on = after(lead.since, _signs_after(lead.unit, nth))
        on = course.signs.get(lead.unit, on)
        yield assigning.signed(case, lead.unit, on=on, generation=lead.generation)
    for n, unit in enumerate(case.co_handlers, start=1):
        ordinary = after(case.handed_over_on, _signs_after(unit, nth + n))
        yield assigning.signed(case, unit, on=course.signs.get(unit, ordinary))


def _signs_after(unit: str, nth: int) -> int:
    return 1 if unit == LONGHUA or nth % 5 else 2


def _is_worked_on(case: Proposal, *, nth: int) -> Iterator[Act]:
    """Longhua hands its part down; what its units find comes before what it owes itself."""
    start = case.handed_over_on
    down = after(start, 5)
    yield assigning.handed_down(case, on=down, meeting=DEPLOYMENT if down == DEPLOYED_ON else None)
    for n, work in enumerate(case.district_work):
        ready = 36 + (nth + 2 * n) % 10 if LONGHUA in case.answering else 8 + nth % 3
        yield assigning.signed(
            case, work.unit, on=after(start, 5 + _signs_after(work.unit, nth + n))
        )
        yield assigning.completed(case, work, on=after(start, ready))


def _gets_opinions(case: Proposal, *, nth: int, course: Course) -> Iterator[Act]:
    """Within a month; Longhua's own after its units are ready."""
    for n, unit in enumerate(case.co_handlers):
        if unit in course.silent:
            continue
        ordinary = after(case.handed_over_on, 16 + nth % 4 if unit == LONGHUA else 12 + nth % 6 + n)
        yield from replying.opined(case, unit, on=course.opines.get(unit, ordinary))


def _is_talked_over(case: Proposal, lead: Lead, *, nth: int, denies: bool) -> Iterator[Act]:
    """First with the proposers about what they want, then about what will be answered."""
    first, second = after(lead.since, 8 + nth % 5), after(lead.since, 28 + nth % 6)
    yield answers.talk(case, lead, on=first, nth=nth, says=letters.first_talk(case))
    yield answers.talk(case, lead, on=second, nth=nth + 1, says=letters.second_talk(case))
    if lead.unit == LONGHUA and case.origin == "composed" and not denies:
        yield replying.confirmed(case, lead.unit, on=after(first, 1), nth=1)
        yield replying.confirmed(case, lead.unit, on=after(second, 1), nth=2)


def _is_answered(case: Proposal, lead: Lead, *, nth: int, course: Course) -> Iterator[Act]:
    """In time: Longhua in the last weeks, when its own units are ready, the others before."""
    start = 47 + nth * 3 % 9 if lead.unit == LONGHUA else 34 + nth * 3 % 18
    yield from answers.answered(
        case,
        lead,
        reply=case.reply_of(lead.unit),
        starts_on=course.answers_on or after(lead.since, start),
        rated_after=3 + nth % 4,
        others=members_of(case),
        because=course.without_opinions_because,
        first_draft=course.first_draft,
        signed=partial(course.signed, case) if course.signed else None,
    )
