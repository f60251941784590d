"""Coordinating: what a leader decided on a matter is carried out; the decision binds."""

from services.assignment.domain.assignment import Assignment, TaskState
from services.assignment.domain.reassigning import Part, Reassigned, move
from services.assignment.domain.terms import Terms, Units
from shared.contracts.assignment import ExtensionGranted, MovedDue, Role
from shared.contracts.escalation import CoordinationDecided


def follow_coordination(
    assignment: Assignment, *, decided: CoordinationDecided, units: Units, terms: Terms
) -> tuple[Reassigned | ExtensionGranted, ...]:
    """A new lead, a new role, a new date. Money or a rule that is asked for changes no task.

    A merged proposal without tasks of its own gets none: it is handled in those of the main one.
    """
    if assignment.withdrawn or (assignment.merged_into is not None and not assignment.tasks):
        return ()
    effect = decided.effect
    match effect.kind:
        case "new_lead":
            return _new_lead(assignment, decided=decided, units=units, terms=terms)
        case "new_role":
            return _new_role(assignment, decided=decided, units=units, terms=terms)
        case "new_date":
            return _new_date(assignment, decided=decided, terms=terms)
        case "ask" | "as_it_is" | "unknown":
            return ()


def _new_lead(
    assignment: Assignment, *, decided: CoordinationDecided, units: Units, terms: Terms
) -> tuple[Reassigned, ...]:
    """The new lead takes the place of every unit that answered so far.

    A unit that leads already and has not returned its task just goes on.
    """
    lead = decided.effect.lead or decided.effect.unit
    if lead is None:
        return ()
    answering = assignment.answering
    if any(
        task.unit == lead
        and task.role is Role.LEAD
        and task.state not in (TaskState.RETURNED, TaskState.OBJECTED)
        for task in answering
    ):
        return ()
    before = next((task for task in answering if task.role is Role.LEAD), None)
    return _move(
        assignment,
        parts=[
            Part(
                lead,
                Role.LEAD,
                instead_of=before or next(iter(answering), None),
                same_body=before is not None and before.unit == lead,
            )
        ],
        ended=[task.task_id for task in answering],
        decided=decided,
        units=units,
        terms=terms,
    )


def _new_role(
    assignment: Assignment, *, decided: CoordinationDecided, units: Units, terms: Terms
) -> tuple[Reassigned, ...]:
    """A unit gets another part. Beside a unit that answers for its own part, a lead does so too.

    Who is the only one to answer goes on answering: else nobody would.
    """
    unit, role = decided.effect.unit, decided.effect.role
    if unit is None or role is None or role is Role.UNKNOWN:
        return ()
    if role is Role.LEAD:
        return _new_lead(assignment, decided=decided, units=units, terms=terms)
    before = assignment.open_task_of(unit)
    if before is not None and before.parent is None and before.role is role:
        return ()
    others = [task for task in assignment.answering if task.unit != unit]
    if not others and not role.answers_proposer:
        return ()
    parts = [Part(unit, role, instead_of=before, same_body=True)]
    if role is Role.SPLIT:
        parts += [
            Part(task.unit, Role.SPLIT, task.duty, instead_of=task, same_body=True)
            for task in others
            if task.role is Role.LEAD
        ]
    return _move(assignment, parts=parts, ended=[], decided=decided, units=units, terms=terms)


def _move(
    assignment: Assignment,
    *,
    parts: list[Part],
    ended: list[str],
    decided: CoordinationDecided,
    units: Units,
    terms: Terms,
) -> tuple[Reassigned, ...]:
    return move(
        assignment,
        ended={task.task_id for task in assignment.tasks if task.task_id in ended},
        parts=parts,
        policy=terms.clock_policy("coordination"),
        why=decided.decision,
        matter_id=decided.matter_id,
        binding=True,
        units=units,
        terms=terms,
        by=decided.by,
        on=decided.on,
    )


def _new_date(
    assignment: Assignment, *, decided: CoordinationDecided, terms: Terms
) -> tuple[ExtensionGranted, ...]:
    """The answer of a unit is due on the day that the leader named, sooner or later."""
    unit, until = decided.effect.unit, decided.effect.due_on
    task = assignment.open_task_of(unit) if unit is not None else None
    if task is None or task.answer is None or until is None or task.answered_on is not None:
        return ()
    due = terms.set_due(
        task.answer,
        until=until,
        on=decided.on,
        says="经领导决定",
        by_rule="coordination",
        source=None,
    )
    moved = MovedDue(
        task_id=task.task_id,
        unit=task.unit,
        clock="answer",
        before=task.answer.on,
        due=due,
        round=task.redo,
    )
    return (
        ExtensionGranted(
            proposal_id=assignment.proposal_id,
            by=decided.by,
            on=decided.on,
            task_id=task.task_id,
            unit=task.unit,
            why=decided.decision,
            moved=(moved,),
            matter_id=decided.matter_id,
        ),
    )
