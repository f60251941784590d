"""Merging: a handed-over proposal joins a group or leaves it, and its clocks follow the policy."""

from services.assignment.domain.assignment import Assignment, Task
from services.assignment.domain.reassigning import Part, Reassigned, move
from services.assignment.domain.terms import Terms, Units
from shared.contracts.intake import MergeUndone, ProposalsMerged, ProposalWithdrawn


def follow_merging(
    assignment: Assignment, *, merged: ProposalsMerged, units: Units, terms: Terms
) -> tuple[Reassigned, ...]:
    """A member's own tasks end: it is handled in those of the main proposal.

    The main proposal's clocks stay as they are, unless the place starts them anew.
    """
    if merged.proposal_id != merged.main:
        return _end_all(assignment, told=merged, units=units, terms=terms)
    if not assignment.from_office or terms.clock_policy("merge") == "keep":
        return ()
    return move(
        assignment,
        ended=set(),
        parts=[_again(task) for task in assignment.from_office],
        policy="restart",
        why=merged.why,
        with_work=True,
        units=units,
        terms=terms,
        by=merged.by,
        on=merged.on,
    )


def follow_undoing(
    assignment: Assignment,
    *,
    group: Assignment,
    undone: MergeUndone,
    units: Units,
    terms: Terms,
) -> tuple[Reassigned, ...]:
    """A member that leaves a handed-over group gets tasks for the units that handled the group.

    Work that they handed down stays with the group.
    """
    if undone.proposal_id == undone.main or not group.from_office or assignment.from_office:
        return ()
    return move(
        assignment,
        ended=set(),
        parts=[_again(task) for task in group.from_office],
        policy="keep" if undone.policy == "keep" else "restart",
        why=undone.why,
        units=units,
        terms=terms,
        by=undone.by,
        on=undone.on,
    )


def follow_withdrawal(
    assignment: Assignment, *, withdrawn: ProposalWithdrawn, units: Units, terms: Terms
) -> tuple[Reassigned, ...]:
    """The proposers took it back: whatever is under way ends."""
    return _end_all(assignment, told=withdrawn, units=units, terms=terms)


def _again(task: Task) -> Part:
    return Part(task.unit, task.role, task.duty, instead_of=task, same_body=True)


def _end_all(
    assignment: Assignment,
    *,
    told: ProposalsMerged | ProposalWithdrawn,
    units: Units,
    terms: Terms,
) -> tuple[Reassigned, ...]:
    if not assignment.from_office:
        return ()
    return move(
        assignment,
        ended={task.task_id for task in assignment.from_office},
        policy="keep",
        why=told.why,
        units=units,
        terms=terms,
        by=told.by,
        on=told.on,
    )
