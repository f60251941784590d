"""The year: every act of 2024 in the order in which it happens."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from deploy.demo.acts import Act
from deploy.demo.cast import officer_of, proposers, with_mail
from deploy.demo.days import FIRST_DAY, HANDED_OVER_ON, working_days
from deploy.demo.lives import life
from deploy.demo.portfolio import Proposal, portfolio
from deploy.demo.stories import course_of, told_of
from deploy.demo.units import SECTION
from deploy.demo.verbs import assigning, escalating, filing

HAND_OVER_MEETING = "2024年市政协提案交办会"


@dataclass(frozen=True, slots=True)
class Day:
    """A working day: the clocks are looked through and the news is sent, then people act."""

    on: date
    morning: tuple[Act, ...]
    acts: tuple[Act, ...]


@cache
def cast_list() -> tuple[Act, ...]:
    """Proposers, an officer, and who gets mail, entered into the registry before the year."""
    people = (*proposers(), officer_of(SECTION.name), *with_mail())
    return tuple(filing.registered(person, on=FIRST_DAY) for person in people)


@cache
def year() -> tuple[Day, ...]:
    """The working days of 2024; a day's acts upon one proposal are in their order."""
    acts_of = defaultdict[date, list[Act]](list)
    for act in _acts():
        acts_of[act.on].append(act)
    return tuple(
        Day(
            on,
            morning=(escalating.swept(on=on), escalating.delivered(on=on)),
            acts=tuple(acts_of.pop(on, ())),
        )
        for on in working_days()
    )


def _acts() -> Iterator[Act]:
    """Handed over first: on that day nothing else can happen to these proposals before."""
    yield from _hand_overs()
    for nth, case in enumerate(portfolio()):
        acts = [*told_of(case), *life(case, nth=nth, course=course_of(case))]
        yield from sorted(acts, key=lambda act: act.on)


def _hand_overs() -> Iterator[Act]:
    """One meeting for the session's proposals; later ones are handed over as they come."""
    batches = defaultdict[date, list[Proposal]](list)
    for case in portfolio():
        if case.merged_into is None:
            batches[case.handed_over_on].append(case)
    for on, cases in sorted(batches.items()):
        meeting = HAND_OVER_MEETING if on == HANDED_OVER_ON else None
        yield assigning.handed_over(cases, on=on, meeting=meeting)
