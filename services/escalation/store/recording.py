"""Recording: events are told, and the tables say the same. A row changes only because of one."""

from collections.abc import Sequence
from typing import assert_never

from services.escalation.domain.starting import (
    clock_of_decision,
    clock_of_matter,
    clock_of_supervision,
    clocks_of_inspection,
)
from services.escalation.store import coordination, supervision
from services.escalation.store.clocks import open_clocks
from services.escalation.store.feed import feed
from shared.contracts.escalation import (
    CoordinationCarriedOut,
    CoordinationDecided,
    CoordinationDismissed,
    CoordinationFlagged,
    CoordinationFollowedUp,
    CoordinationMeetingHeld,
    DeadlineMissed,
    DeadlineNear,
    FindingAnswered,
    InspectionHeld,
    KeyActivityHeld,
    NoticeDelivered,
    NoticeFailed,
    PositionStated,
    ReminderSent,
    SupervisionAnswered,
    SupervisionClosed,
    SupervisionOpened,
    TrackerNamed,
)
from shared.work import Tx

Alarm = DeadlineNear | DeadlineMissed | ReminderSent
OurEvent = (
    Alarm
    | NoticeDelivered
    | NoticeFailed
    | CoordinationFlagged
    | PositionStated
    | CoordinationMeetingHeld
    | CoordinationDecided
    | CoordinationDismissed
    | CoordinationCarriedOut
    | CoordinationFollowedUp
    | SupervisionOpened
    | SupervisionAnswered
    | SupervisionClosed
    | TrackerNamed
    | KeyActivityHeld
    | InspectionHeld
    | FindingAnswered
)


async def record(tx: Tx, *events: OurEvent) -> None:
    """Tell these events, and let the tables say the same.

    Alarms come in thousands when a day begins: they are written together.
    """
    alarms: list[Alarm] = []
    for event in events:
        tx.record(event)
        if isinstance(event, DeadlineNear | DeadlineMissed | ReminderSent):
            alarms.append(event)
        else:
            await _apply(tx, event)
    await _note_alarms(tx, alarms)
    if events:
        await feed(tx, [(told.id, told.event) for told in tx.recorded[-len(events) :]])


async def _note_alarms(tx: Tx, alarms: Sequence[Alarm]) -> None:
    if not alarms:
        return
    await tx.execute(
        """
        UPDATE clocks
           SET near_told = clocks.near_told OR told.near,
               missed = clocks.missed OR told.missed,
               told_rungs = clocks.told_rungs || told.rungs
          FROM (SELECT proposal_id, clock_id, bool_or(near) AS near, bool_or(missed) AS missed,
                       array_remove(array_agg(rung), NULL) AS rungs
                  FROM unnest($1::text[], $2::text[], $3::boolean[], $4::boolean[], $5::int[])
                       AS alarms (proposal_id, clock_id, near, missed, rung)
                 GROUP BY proposal_id, clock_id) AS told
         WHERE clocks.proposal_id = told.proposal_id
           AND clocks.clock_id = told.clock_id
        """,
        [one.proposal_id for one in alarms],
        [one.clock_id for one in alarms],
        [isinstance(one, DeadlineNear) for one in alarms],
        [isinstance(one, DeadlineMissed) for one in alarms],
        [one.rung if isinstance(one, ReminderSent) else None for one in alarms],
    )


async def _apply(tx: Tx, event: OurEvent) -> None:
    match event:
        case DeadlineNear() | DeadlineMissed() | ReminderSent():
            await _note_alarms(tx, [event])
        case NoticeDelivered() | NoticeFailed():
            pass  # the delivery itself says how it stands
        case CoordinationFlagged():
            await coordination.open_matter(tx, event)
            await open_clocks(tx, clock_of_matter(event))
        case PositionStated():
            await coordination.state_position(tx, event)
        case CoordinationMeetingHeld():
            await coordination.hold_meeting(tx, event)
        case CoordinationDecided():
            await coordination.decide_matter(tx, event)
            await open_clocks(tx, clock_of_decision(event))
        case CoordinationDismissed():
            await coordination.dismiss_matter(tx, event)
        case CoordinationCarriedOut():
            await coordination.carry_out(tx, event)
        case CoordinationFollowedUp():
            await coordination.follow_up(tx, event)
        case SupervisionOpened():
            await supervision.open_supervision(tx, event)
            await open_clocks(tx, [clock_of_supervision(event)])
        case SupervisionAnswered():
            await supervision.answer_supervision(tx, event)
        case SupervisionClosed():
            await supervision.close_supervision(tx, event)
        case TrackerNamed():
            await supervision.name_tracker(tx, event)
        case KeyActivityHeld():
            await supervision.hold_activity(tx, event)
        case InspectionHeld():
            await supervision.hold_inspection(tx, event)
            await open_clocks(tx, clocks_of_inspection(event))
        case FindingAnswered():
            await supervision.answer_finding(tx, event)
        case _:
            assert_never(event)
