"""Recording: what was decided is told, and the tables say the same."""

from collections.abc import Iterable
from typing import assert_never

from services.assignment.domain.assignment import TaskState
from services.assignment.store.desk import explained
from shared.contracts.assignment import (
    AdviceFollowed,
    AssignmentReturned,
    AssignmentSigned,
    ClockPaused,
    ClockResumed,
    DueDatesMoved,
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    HandlersAssigned,
    HandlersReassigned,
    HeirWanted,
    ItemCompleted,
    ItemDropped,
    ItemProgressed,
    ItemsPlanned,
    ItemsRolledUp,
    MovedDue,
    ObjectionDecided,
    ObjectionMeetingHeld,
    ObjectionRaised,
    OfficerNamed,
    ProgressReported,
    ProposalAnswered,
    ReturnConsentAsked,
    ReturnConsented,
    ReturnDecided,
    Task,
    WorkCompleted,
    WorkHandedDown,
    WorkRolledUp,
)
from shared.contracts.event import Due, ProposalId
from shared.work import Tx

GivesTasks = HandlersAssigned | HandlersReassigned | WorkHandedDown
MovesDates = ExtensionGranted | DueDatesMoved
OurEvent = (
    GivesTasks
    | MovesDates
    | AdviceFollowed
    | AssignmentReturned
    | AssignmentSigned
    | ClockPaused
    | ClockResumed
    | ExtensionAsked
    | ExtensionRefused
    | HeirWanted
    | ItemCompleted
    | ItemDropped
    | ItemProgressed
    | ItemsPlanned
    | ItemsRolledUp
    | ObjectionDecided
    | ObjectionMeetingHeld
    | ObjectionRaised
    | OfficerNamed
    | ProgressReported
    | ProposalAnswered
    | ReturnConsentAsked
    | ReturnConsented
    | ReturnDecided
    | WorkCompleted
    | WorkRolledUp
)


async def record(tx: Tx, *events: OurEvent) -> None:
    """Tell these events, and let the tables say the same."""
    for event in events:
        tx.record(event)
        await _apply(tx, event)


async def _apply(tx: Tx, event: OurEvent) -> None:
    match event:
        case HandlersAssigned() | WorkHandedDown():
            await _give(tx, event)
        case HandlersReassigned():
            await _end(tx, event)
            await _give(tx, event)
            await _pass_items_on(tx, event)
        case AssignmentSigned():
            await tx.execute(
                "UPDATE tasks SET state = 'signed', signed_on = $3"
                " WHERE proposal_id = $1 AND task_id = $2",
                event.proposal_id,
                event.task_id,
                event.on,
            )
        case AssignmentReturned():
            await _return(tx, event)
        case ReturnConsentAsked():
            pass  # it lies on the head's desk at the portal; no decision here rests on it
        case ReturnConsented():
            await tx.execute(
                "UPDATE tasks SET consent = jsonb_build_object('person', $3::text,"
                " 'name', $4::text, 'on', $5::date) WHERE proposal_id = $1 AND task_id = $2",
                event.proposal_id,
                event.task_id,
                event.by.on_behalf_of or event.by.person,
                event.by.name,
                event.on,
            )
        case ReturnDecided():
            await _settle_return(tx, event)
        case ObjectionRaised():
            await _object(tx, event)
        case ObjectionMeetingHeld():
            await tx.execute(
                "UPDATE objections SET meeting_on = $3, present = $4, minutes = $5"
                " WHERE proposal_id = $1 AND task_id = $2 AND decided_on IS NULL",
                event.proposal_id,
                event.task_id,
                event.held_on,
                event.present,
                event.minutes,
            )
        case ObjectionDecided():
            await _settle_objection(tx, event)
        case ExtensionAsked():
            await _ask_for_time(tx, event)
        case ExtensionGranted():
            await _settle_extension(tx, event, granted=True)
            await _move_dates(tx, event.proposal_id, event.moved)
        case ExtensionRefused():
            await _settle_extension(tx, event, granted=False)
        case DueDatesMoved():
            await _move_dates(tx, event.proposal_id, event.moved, keeps_left=True)
        case ClockPaused():
            await _pause(tx, event)
        case ClockResumed():
            await _resume(tx, event)
        case HeirWanted():
            await tx.execute(
                "UPDATE tasks SET heirs = $3 WHERE proposal_id = $1 AND task_id = $2",
                event.proposal_id,
                event.task_id,
                event.heirs,
            )
        case OfficerNamed():
            await tx.execute(
                "UPDATE tasks SET officer = $3, officer_name = $4, section = $5"
                " WHERE proposal_id = $1 AND task_id = $2",
                event.proposal_id,
                event.task_id,
                event.officer.person,
                event.officer.name,
                event.section,
            )
        case ProgressReported():
            await _report(tx, event)
        case WorkCompleted():
            await tx.execute(
                "UPDATE tasks SET state = 'completed', completed_on = $3, summary = $4"
                " WHERE proposal_id = $1 AND task_id = $2",
                event.proposal_id,
                event.task_id,
                event.on,
                event.summary,
            )
        case WorkRolledUp():
            await tx.execute(
                "UPDATE tasks SET rolled_up_on = $3 WHERE proposal_id = $1 AND task_id = $2",
                event.proposal_id,
                event.task_id,
                event.on,
            )
        case ProposalAnswered():
            await tx.execute(
                "UPDATE assignments SET answered_on = $2 WHERE proposal_id = $1",
                event.proposal_id,
                event.on,
            )
        case ItemsPlanned():
            await _plan(tx, event)
        case ItemProgressed():
            await _progress_item(tx, event)
        case ItemCompleted():
            await _close_item(tx, event, state="completed", says=event.result)
        case ItemDropped():
            await _close_item(tx, event, state="dropped", says=event.why)
        case ItemsRolledUp():
            pass  # it says what the items' own rows say
        case AdviceFollowed():
            await tx.execute(
                """
                INSERT INTO advice (proposal_id, item_id, on_day, advised, chosen, rank)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                event.proposal_id,
                event.item_id or "",
                event.on,
                event.advised,
                event.chosen,
                event.rank,
            )
        case _:
            assert_never(event)


async def _end(tx: Tx, event: HandlersReassigned) -> None:
    await tx.execute(
        "UPDATE tasks SET state = 'ended', ended_on = $3, wanted_until = NULL, paused_on = NULL"
        " WHERE proposal_id = $1 AND task_id = ANY($2)",
        event.proposal_id,
        event.ended,
        event.on,
    )


async def _give(tx: Tx, event: GivesTasks) -> None:
    if not event.tasks:
        return
    number = await tx.fetchval(
        "UPDATE assignments SET handed_over = true WHERE proposal_id = $1 RETURNING number",
        event.proposal_id,
    )
    known = await tx.reference()
    await tx.executemany(
        """
        INSERT INTO tasks (proposal_id, number, task_id, unit, named, role, state, generation,
                           parent, duty, sign, return_by, answer, contact, answer_left, bound,
                           instead_of, rests_on, given_on)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $19)
        """,
        [
            (
                event.proposal_id,
                number,
                task.task_id,
                task.unit,
                known.name(task.unit),
                task.role,
                TaskState.at_first(task.role),
                task.generation,
                task.parent,
                task.duty,
                *(explained(due) for due in _dates(task)),
                task.answer_left,
                task.binding,
                task.instead_of,
                editions(_dates(task)),
                event.on,
            )
            for task in event.tasks
        ],
    )


def _dates(task: Task) -> tuple[Due | None, ...]:
    return task.sign, task.return_by, task.answer, task.contact


def editions(dates: Iterable[Due | None]) -> list[str]:
    """The calendars on which due dates rest."""
    return sorted({part for due in dates if due is not None for part in due.calendar.split("+")})


async def _pass_items_on(tx: Tx, event: HandlersReassigned) -> None:
    """Open items go to whoever takes the place of their unit; those of nobody are dropped."""
    for task in event.tasks:
        if task.instead_of is not None:
            await tx.execute(
                """
                UPDATE items
                   SET task_id = $3,
                       unit = CASE WHEN items.unit = ended.unit THEN $4 ELSE items.unit END
                  FROM tasks AS ended
                 WHERE ended.proposal_id = $1 AND ended.task_id = $2
                   AND items.proposal_id = $1 AND items.task_id = $2 AND items.state = 'open'
                """,
                event.proposal_id,
                task.instead_of,
                task.task_id,
                task.unit,
            )
    await tx.execute(
        "UPDATE items SET state = 'dropped', closed_on = $3, closed_says = $4"
        " WHERE proposal_id = $1 AND task_id = ANY($2) AND state = 'open'",
        event.proposal_id,
        event.ended,
        event.on,
        event.why,
    )


async def _return(tx: Tx, event: AssignmentReturned) -> None:
    await _set_state(tx, event, TaskState.RETURNED)
    await tx.execute(
        """
        INSERT INTO returns (proposal_id, nth, task_id, returned_on, reason_code, reason,
                             proposed_unit, decide, consent)
        SELECT $1, count(*) + 1, $2, $3, $4, $5, $6, $7, $8 FROM returns WHERE proposal_id = $1
        """,
        event.proposal_id,
        event.task_id,
        event.on,
        event.reason_code,
        event.reason,
        event.proposed_unit,
        event.decide.model_dump_json(),
        event.consent.model_dump_json() if event.consent is not None else None,
    )


async def _settle_return(tx: Tx, event: ReturnDecided) -> None:
    await tx.execute(
        "UPDATE returns SET decided_on = $3, upheld = $4, why = $5"
        " WHERE proposal_id = $1 AND task_id = $2 AND decided_on IS NULL",
        event.proposal_id,
        event.task_id,
        event.on,
        event.upheld,
        event.why,
    )
    if not event.upheld:
        await tx.execute(
            "UPDATE tasks SET state = 'unsigned', sign = coalesce($3, sign), sign_left = $4,"
            " object_by = $5 WHERE proposal_id = $1 AND task_id = $2",
            event.proposal_id,
            event.task_id,
            explained(event.sign),
            event.sign_left,
            explained(event.object_by),
        )


async def _object(tx: Tx, event: ObjectionRaised) -> None:
    await _set_state(tx, event, TaskState.OBJECTED)
    await tx.execute(
        """
        INSERT INTO objections (proposal_id, nth, task_id, raised_on, raised_by, reason,
                                proposed_unit, decide)
        SELECT $1, count(*) + 1, $2, $3, $4, $5, $6, $7 FROM objections WHERE proposal_id = $1
        """,
        event.proposal_id,
        event.task_id,
        event.on,
        event.by.name,
        event.reason,
        event.proposed_unit,
        event.decide.model_dump_json(),
    )


async def _settle_objection(tx: Tx, event: ObjectionDecided) -> None:
    await tx.execute(
        "UPDATE objections SET decided_on = $3, upheld = $4, why = $5, decided_by = $6"
        " WHERE proposal_id = $1 AND task_id = $2 AND decided_on IS NULL",
        event.proposal_id,
        event.task_id,
        event.on,
        event.upheld,
        event.why,
        event.by.name,
    )
    if not event.upheld:
        await tx.execute(
            "UPDATE tasks SET state = 'unsigned', sign = coalesce($3, sign), sign_left = $4,"
            " bound = true WHERE proposal_id = $1 AND task_id = $2",
            event.proposal_id,
            event.task_id,
            explained(event.sign),
            event.sign_left,
        )


async def _set_state(tx: Tx, event: AssignmentReturned | ObjectionRaised, state: TaskState) -> None:
    await tx.execute(
        "UPDATE tasks SET state = $3 WHERE proposal_id = $1 AND task_id = $2",
        event.proposal_id,
        event.task_id,
        state,
    )


async def _ask_for_time(tx: Tx, event: ExtensionAsked) -> None:
    await tx.execute(
        """
        WITH asked AS (
            UPDATE tasks SET wanted_until = $4 WHERE proposal_id = $1 AND task_id = $2
        )
        INSERT INTO extensions (proposal_id, nth, task_id, asked_on, until, reason)
        SELECT $1, count(*) + 1, $2, $3, $4, $5 FROM extensions WHERE proposal_id = $1
        """,
        event.proposal_id,
        event.task_id,
        event.on,
        event.until,
        event.reason,
    )


async def _settle_extension(
    tx: Tx, event: ExtensionGranted | ExtensionRefused, *, granted: bool
) -> None:
    """A date that a leader set on a matter was not asked for, and is no extension."""
    status = await tx.execute(
        "UPDATE extensions SET decided_on = $3, granted = $4, why = $5"
        " WHERE proposal_id = $1 AND task_id = $2 AND decided_on IS NULL",
        event.proposal_id,
        event.task_id,
        event.on,
        granted,
        event.why,
    )
    if status == "UPDATE 1":
        await tx.execute(
            "UPDATE tasks SET wanted_until = NULL, extended = extended + $3"
            " WHERE proposal_id = $1 AND task_id = $2",
            event.proposal_id,
            event.task_id,
            int(granted and not _is_by_a_leader(event)),
        )


def _is_by_a_leader(event: ExtensionGranted | ExtensionRefused) -> bool:
    return isinstance(event, ExtensionGranted) and event.matter_id is not None


async def _move_dates(
    tx: Tx, proposal_id: ProposalId, moved: Iterable[MovedDue], *, keeps_left: bool = False
) -> None:
    """The new dates; a day that somebody set is not counted from days that were left."""
    for one in moved:
        due = one.due.model_dump_json()
        match one.clock:
            case "decide":
                await tx.execute(
                    """
                    WITH returned AS (
                        UPDATE returns SET decide = $3
                         WHERE proposal_id = $1 AND task_id = $2 AND decided_on IS NULL
                    )
                    UPDATE objections SET decide = $3
                     WHERE proposal_id = $1 AND task_id = $2 AND decided_on IS NULL
                    """,
                    proposal_id,
                    one.task_id,
                    due,
                )
            case _:
                await tx.execute(
                    """
                    UPDATE tasks
                       SET sign = CASE WHEN $3 = 'sign' THEN $4::jsonb ELSE sign END,
                           return_by = CASE WHEN $3 = 'return_by' THEN $4::jsonb
                                            ELSE return_by END,
                           answer = CASE WHEN $3 = 'answer' THEN $4::jsonb ELSE answer END,
                           contact = CASE WHEN $3 = 'contact' THEN $4::jsonb ELSE contact END,
                           answer_left = CASE WHEN $3 = 'answer' AND NOT $5 THEN NULL
                                              ELSE answer_left END
                     WHERE proposal_id = $1 AND task_id = $2
                    """,
                    proposal_id,
                    one.task_id,
                    one.clock,
                    due,
                    keeps_left,
                )
    await rest_anew(tx, proposal_id)


async def rest_anew(tx: Tx, proposal_id: ProposalId) -> None:
    """Note on which calendars the dates of a proposal's tasks rest by now."""
    await tx.execute(
        """
        UPDATE tasks
           SET rests_on = ARRAY(
                   SELECT DISTINCT edition
                     FROM unnest(ARRAY[sign, return_by, answer, contact]) AS due,
                          unnest(string_to_array(due->>'calendar', '+')) AS edition
                    WHERE due IS NOT NULL)
         WHERE proposal_id = $1
        """,
        proposal_id,
    )


async def _pause(tx: Tx, event: ClockPaused) -> None:
    await tx.execute(
        """
        WITH stands AS (
            UPDATE tasks SET paused_on = $3 WHERE proposal_id = $1 AND task_id = $2
        )
        INSERT INTO pauses (proposal_id, nth, task_id, paused_on, why)
        SELECT $1, count(*) + 1, $2, $3, $4 FROM pauses WHERE proposal_id = $1
        """,
        event.proposal_id,
        event.task_id,
        event.on,
        event.why,
    )


async def _resume(tx: Tx, event: ClockResumed) -> None:
    await tx.execute(
        """
        WITH goes_on AS (
            UPDATE tasks SET paused_on = NULL, answer = $4, answer_left = $5
             WHERE proposal_id = $1 AND task_id = $2
        )
        UPDATE pauses SET resumed_on = $3, resumed_why = $6
         WHERE proposal_id = $1 AND task_id = $2 AND resumed_on IS NULL
        """,
        event.proposal_id,
        event.task_id,
        event.on,
        event.answer.model_dump_json(),
        event.left,
        event.why,
    )
    await rest_anew(tx, event.proposal_id)


async def _report(tx: Tx, event: ProgressReported) -> None:
    await tx.execute(
        """
        WITH told AS (
            UPDATE tasks SET stage = $4 WHERE proposal_id = $1 AND task_id = $2
        )
        INSERT INTO progress (proposal_id, nth, task_id, on_day, stage, says, by_name)
        SELECT $1, count(*) + 1, $2, $3, $4, $5, $6 FROM progress WHERE proposal_id = $1
        """,
        event.proposal_id,
        event.task_id,
        event.on,
        event.stage,
        event.says,
        event.by.name,
    )


async def _plan(tx: Tx, event: ItemsPlanned) -> None:
    await tx.executemany(
        """
        INSERT INTO items (proposal_id, item_id, number, says, task_id, unit, officer, planned_on,
                           next_due_on)
        SELECT $1, $2, number, $3, $4, $5, $6, $7, $8 FROM assignments WHERE proposal_id = $1
        """,
        [
            (
                event.proposal_id,
                item.item_id,
                item.says,
                item.task_id,
                item.unit,
                item.officer,
                event.on,
                min((one.due_on for one in item.milestones), default=None),
            )
            for item in event.items
        ],
    )
    await tx.executemany(
        "INSERT INTO milestones (proposal_id, item_id, nth, says, due_on)"
        " VALUES ($1, $2, $3, $4, $5)",
        [
            (event.proposal_id, item.item_id, nth, milestone.says, milestone.due_on)
            for item in event.items
            for nth, milestone in enumerate(item.milestones, start=1)
        ],
    )


async def _progress_item(tx: Tx, event: ItemProgressed) -> None:
    await tx.execute(
        """
        INSERT INTO item_reports (proposal_id, item_id, nth, on_day, says, milestone)
        SELECT $1, $2, count(*) + 1, $3, $4, $5 FROM item_reports
         WHERE proposal_id = $1 AND item_id = $2
        """,
        event.proposal_id,
        event.item_id,
        event.on,
        event.says,
        event.milestone,
    )
    if event.milestone is not None:
        await tx.execute(
            "UPDATE milestones SET reached_on = $4"
            " WHERE proposal_id = $1 AND item_id = $2 AND nth = $3",
            event.proposal_id,
            event.item_id,
            event.milestone,
            event.on,
        )
        await tx.execute(
            "UPDATE items SET next_due_on = (SELECT min(due_on) FROM milestones"
            " WHERE proposal_id = $1 AND item_id = $2 AND reached_on IS NULL)"
            " WHERE proposal_id = $1 AND item_id = $2",
            event.proposal_id,
            event.item_id,
        )


async def _close_item(tx: Tx, event: ItemCompleted | ItemDropped, *, state: str, says: str) -> None:
    await tx.execute(
        "UPDATE items SET state = $3, closed_on = $4, closed_says = $5, next_due_on = NULL"
        " WHERE proposal_id = $1 AND item_id = $2",
        event.proposal_id,
        event.item_id,
        state,
        event.on,
        says,
    )
