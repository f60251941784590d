"""Consenting: the head of a unit, or a deputy, agrees that a task be returned."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from services.assignment.domain.assignment import Assignment, Task, TaskState
from services.assignment.domain.refusals import (
    ConsentMissing,
    NotHeadOfUnit,
    PaperFromTheFuture,
    PaperNotAccepted,
    ReturnNotToOffice,
)
from shared.contracts.assignment import Consent, Person, ReturnConsented
from shared.contracts.event import Actor, PersonId, TaskId, UnitCode
from shared.contracts.registry import PersonRegistered, Post, RulesPublished
from shared.policy import HEADS, POST_NAMES
from shared.rules import policy


class People(Protocol):
    """What the rules ask about people."""

    @property
    def people(self) -> Mapping[PersonId, PersonRegistered]:
        """Everybody whom the registry knows."""


def consent_to_return(
    assignment: Assignment, *, task_id: TaskId, by: Actor, on: date
) -> ReturnConsented:
    """Given here by the head's own act; an officer may then return the task."""
    task = assignment.held_task(task_id, by=by, state=TaskState.UNSIGNED)
    if task.parent is not None:
        raise ReturnNotToOffice
    return ReturnConsented(
        proposal_id=assignment.proposal_id, by=by, on=on, task_id=task.task_id, unit=task.unit
    )


def consent_for(
    task: Task,
    *,
    on_paper: Consent | None,
    rules: RulesPublished,
    by: Actor,
    on: date,
) -> Consent | None:
    """Whose consent a return rests on: the caller's own, one given here, or one on paper."""
    if Post(by.post) in HEADS:
        return Consent(person=by.on_behalf_of or by.person, name=by.name, on=on)
    if task.consent is not None:
        return task.consent
    wanted = policy(rules, "return.consent")
    if wanted == "none":
        return on_paper
    if on_paper is None:
        raise ConsentMissing
    if wanted != "paper":
        raise PaperNotAccepted
    if on_paper.on > on:
        raise PaperFromTheFuture(on=on_paper.on)
    return on_paper


def named_in_post(
    person: PersonId, *, posts: Collection[Post], unit: UnitCode, people: People, on: date
) -> Person:
    """Somebody who held one of these posts in a unit on a day.

    Raises:
        NotHeadOfUnit: the registry does not know them so.
    """
    found = people.people.get(person)
    if found is None or not any(
        one.post in posts and one.unit == unit and one.is_held_on(on) for one in found.posts
    ):
        says = "、".join(POST_NAMES[post] for post in POST_NAMES if post in posts)
        raise NotHeadOfUnit(name=found.name if found else person, on=on, post=says)
    return Person(person=found.person, name=found.name)
