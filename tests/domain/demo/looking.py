"""Looking through the year's acts, as the tests of the demo do."""

from collections.abc import Iterator
from datetime import date

from deploy.demo import year as played
from deploy.demo.acts import Act
from deploy.demo.days import calendar
from deploy.demo.portfolio import Proposal, portfolio
from deploy.demo.units import rules
from shared.deadlines import due


def all_acts() -> Iterator[Act]:
    for day in played.year():
        yield from day.morning
        yield from day.acts


def acts(verb: str, *, upon: Proposal | None = None, service: str | None = None) -> list[Act]:
    return [
        act
        for act in all_acts()
        if verb_of(act) == verb
        and (service is None or act.service == service)
        and (upon is None or upon.proposal_id in act.concerns)
    ]


def verb_of(act: Act) -> str:
    """What the path says is done; what is said of a pair or an opinion keeps its word for it."""
    if act.service == "registry":
        return ""
    *_, before, verb = act.path.split("/")
    match before:
        case "similar":
            return before
        case "opinion":
            return f"{before}/{verb}"
        case _:
            return verb


def of(number: str) -> Proposal:
    return next(case for case in portfolio() if case.number == number)


def day_of(clock: str, since: date) -> date:
    return due(clock, starts_on=since, rules=rules(), calendar=calendar()).on


def case_of(act: Act) -> Proposal:
    return next(case for case in portfolio() if case.proposal_id in act.concerns)
