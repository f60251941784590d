"""Giving opinions: a co-handler tells the lead what it thinks, once, late rather than never."""

from datetime import date

from services.reply.domain.handling import Handling, days_late
from services.reply.domain.refusals import AlreadyGaveOpinion, NotCoHandler
from services.reply.domain.wording import keep_within
from shared.calendar import Calendar
from shared.contracts.assignment import Role
from shared.contracts.event import Actor, TaskId
from shared.contracts.registry import RulesPublished
from shared.contracts.reply import OpinionGiven


def give_opinion(
    handling: Handling,
    *,
    task_id: TaskId,
    opinion: str,
    by: Actor,
    on: date,
    rules: RulesPublished,
    calendar: Calendar,
) -> OpinionGiven:
    """One opinion per task; a reassignment makes a new task, which owes an opinion of its own."""
    task = handling.task_of(by.unit, task_id=task_id)
    if task.role is not Role.CO_HANDLE:
        raise NotCoHandler
    if task.opinion_given:
        raise AlreadyGaveOpinion
    keep_within(rules, opinion=opinion)
    return OpinionGiven(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        lead=handling.lead,
        opinion=opinion,
        days_late=days_late(task.answer_by, on=on, calendar=calendar),
    )
