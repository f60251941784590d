"""What the reply room does when others tell it something. It hears facts and refuses none."""

from services.reply import store
from services.reply.domain.keeping_promises import inherit_promise
from services.reply.domain.listing_points import points_of
from services.reply.domain.looking_back import answered_before
from services.reply.domain.moving_dates import move_dates
from shared.clock import office_day
from shared.contracts import assignment, intake
from shared.contracts.event import SYSTEM
from shared.contracts.registry import CalendarYearAnnounced, UnitSucceeded
from shared.hearing import Ears
from shared.work import Tx

ears = Ears("reply")


@ears.on(intake.ProposalSubmitted)
async def on_proposal_submitted(event: intake.ProposalSubmitted, tx: Tx) -> None:
    """A proposal came in: its proposers will rate the replies, its points are to be answered."""
    await store.open_proposal(tx, event, points=points_of(event.text))


@ears.on(intake.ProposalRevised)
async def on_proposal_revised(event: intake.ProposalRevised, tx: Tx) -> None:
    """It bears another title, and has other points to be answered."""
    await store.revise_proposal(tx, event, points=points_of(event.text))


@ears.on(intake.ProposalAccepted)
async def on_proposal_accepted(event: intake.ProposalAccepted, tx: Tx) -> None:
    """Its number stands in the title of what is released."""
    await store.number_proposal(tx, event)


@ears.on(intake.ProposalArchived)
async def on_proposal_archived(event: intake.ProposalArchived, tx: Tx) -> None:
    """A case of an earlier year with its replies: look-backs take them up."""
    known = await tx.reference()
    replies = answered_before(event, units=known, rules=known.rules_on(event.on))
    await store.keep_archived(tx, event, replies)


@ears.on(intake.ProposalDesignatedKey)
async def on_proposal_designated_key(event: intake.ProposalDesignatedKey, tx: Tx) -> None:
    """Rules ask more of a key proposal."""
    await store.mark_key(tx, event)


@ears.on(intake.KeyDesignationTakenBack)
async def on_key_designation_taken_back(event: intake.KeyDesignationTakenBack, tx: Tx) -> None:
    """Rules ask of it what they ask of any."""
    await store.mark_no_longer_key(tx, event)


@ears.on(intake.ProposalsMerged)
async def on_proposals_merged(event: intake.ProposalsMerged, tx: Tx) -> None:
    """Proposals form a group, or one more joins it: the replies go to all of them."""
    await store.open_group(tx, event)


@ears.on(intake.MergeUndone)
async def on_merge_undone(event: intake.MergeUndone, tx: Tx) -> None:
    """A member is handled on its own again; assignment tells by whom."""
    await store.leave_group(tx, event)


@ears.on(intake.ProposalWithdrawn)
async def on_proposal_withdrawn(event: intake.ProposalWithdrawn, tx: Tx) -> None:
    """Nothing is drafted, signed or sent for it any more; what it was promised stays promised."""
    await store.take_back(tx, event)


@ears.on(assignment.HandlersAssigned)
async def on_handlers_assigned(event: assignment.HandlersAssigned, tx: Tx) -> None:
    """Units have something to talk about, to say, or to answer."""
    await store.open_tasks(tx, event.proposal_id, event.tasks)


@ears.on(assignment.WorkHandedDown)
async def on_work_handed_down(event: assignment.WorkHandedDown, tx: Tx) -> None:
    """Units below work on it: they neither answer nor opine, but may read what is said."""
    await store.note_work_below(tx, event.proposal_id, event.tasks)


@ears.on(assignment.AssignmentSigned)
async def on_assignment_signed(event: assignment.AssignmentSigned, tx: Tx) -> None:
    """A unit took its task on: from now on it may act."""
    await store.sign_task(tx, event)


@ears.on(assignment.HandlersReassigned)
async def on_handlers_reassigned(event: assignment.HandlersReassigned, tx: Tx) -> None:
    """Tasks went to others: the old ones take no further act, whatever is under way here."""
    await store.end_tasks(tx, event)
    await store.open_tasks(tx, event.proposal_id, event.tasks)


@ears.on(assignment.ExtensionGranted)
async def on_extension_granted(event: assignment.ExtensionGranted, tx: Tx) -> None:
    """There is more time to answer, for those whom the office named."""
    await store.move_answers(tx, event.proposal_id, event.moved)


@ears.on(assignment.DueDatesMoved)
async def on_due_dates_moved(event: assignment.DueDatesMoved, tx: Tx) -> None:
    """A new calendar moved what is still open."""
    await store.move_answers(tx, event.proposal_id, event.moved)


@ears.on(assignment.ClockPaused)
async def on_clock_paused(event: assignment.ClockPaused, tx: Tx) -> None:
    """While a clock stands still, nobody becomes late."""
    await store.pause_answer(tx, event)


@ears.on(assignment.ClockResumed)
async def on_clock_resumed(event: assignment.ClockResumed, tx: Tx) -> None:
    """It goes on, to a new day."""
    await store.resume_answer(tx, event)


@ears.on(UnitSucceeded)
async def on_unit_succeeded(event: UnitSucceeded, tx: Tx) -> None:
    """The one heir of a unit keeps its promises; among several the office chooses, one by one."""
    if event.old_code is None or len(event.successors) != 1 or event.on is None:
        return
    [heir] = event.successors
    if heir == event.old_code:
        return
    for promise in await store.lock_promises_of(tx, event.old_code):
        inherited = inherit_promise(
            promise, heir=heir, why=f"{event.old_name}的职责由其承接", by=SYSTEM, on=event.on
        )
        await store.record(tx, inherited)


@ears.on(CalendarYearAnnounced)
async def on_calendar_year_announced(event: CalendarYearAnnounced, tx: Tx) -> None:
    """What is still waited for and rests on an older edition of this year is reckoned anew."""
    older = [f"CN-{event.year}@{edition}" for edition in range(event.edition)]
    found = await store.resting_on(tx, older)
    if not found:
        return
    await tx.lock_all(found)
    known, on = await tx.reference(), event.entered_on or office_day()
    for proposal_id in found:
        moved = move_dates(
            proposal_id,
            await store.open_dates(tx, proposal_id),
            rules_named=known.rules_named,
            calendar=known.calendar,
            on=on,
        )
        if moved is not None:
            await store.record(tx, moved)
