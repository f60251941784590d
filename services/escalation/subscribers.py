"""What escalation does when others tell it something: clocks start, stop, move and die."""

from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from typing import TypeVar

from services.escalation import store
from services.escalation.domain.clock import Awaited, Clock
from services.escalation.domain.coordinating import carried_out_by_dates, carried_out_by_tasks
from services.escalation.domain.flagging import (
    BEYOND_POWERS,
    BLOCKED_PROMISE,
    CONTRADICTION,
    REPEATED_RETURNS,
    SEVERAL_DISTRICTS,
    THIRD_ROUND,
    flag_beyond_powers,
    flag_changed_promise,
    flag_contradiction,
    flag_repeated_returns,
    flag_several_districts,
    flag_third_round,
    rule_of,
)
from services.escalation.domain.moving import (
    clocks_of_letters_moved,
    move,
    move_to,
    moved_clocks,
)
from services.escalation.domain.notifying import notices_of
from services.escalation.domain.proposal import Proposal
from services.escalation.domain.starting import (
    clock_of_extension,
    clock_of_meeting,
    clock_of_objection,
    clock_of_promise,
    clock_of_redo,
    clock_of_return,
    clocks_of_reply,
    clocks_of_tasks,
)
from services.escalation.domain.stopping import run_on, stop
from services.escalation.domain.terms import Terms
from services.escalation.staffing import staff_on
from shared.contracts import assignment, escalation, intake, reply
from shared.contracts.assignment import MovedDue
from shared.contracts.event import Due, ProposalEvent
from shared.hearing import Ears
from shared.reference import NoRules, Reference
from shared.work import Tx

ears = Ears("escalation")

MATTER = "matter"
EXTENSION = "decide_extension"

E = TypeVar("E", bound=ProposalEvent)
Hears = Callable[[E, Tx], Awaitable[None]]


def hears(kind: type[E]) -> Callable[[Hears[E]], Hears[E]]:
    """Decorate the function that hears this event; whoever subscribed to it is told as well."""

    def listen(function: Hears[E]) -> Hears[E]:
        @ears.on(kind)
        @wraps(function)
        async def on(event: E, tx: Tx) -> None:
            id = tx.causation
            await function(event, tx)
            await store.feed(tx, [(id, event)])

        return function

    return listen


@hears(intake.ProposalSubmitted)
async def on_proposal_submitted(event: intake.ProposalSubmitted, tx: Tx) -> None:
    """Those who put it will be asked to rate, and see what becomes of it."""
    await store.submit_proposal(tx, event)


@hears(intake.ProposalAccepted)
async def on_proposal_accepted(event: intake.ProposalAccepted, tx: Tx) -> None:
    """A filed proposal may be flagged, and has a committee that collects its ratings."""
    await store.open_proposal(tx, event)


@hears(intake.ProposalsMerged)
async def on_proposals_merged(event: intake.ProposalsMerged, tx: Tx) -> None:
    """The tasks of the main proposal are those of the whole group."""
    await store.join_group(tx, event)


@hears(intake.MergeUndone)
async def on_merge_undone(event: intake.MergeUndone, tx: Tx) -> None:
    """It is handled on its own again; its clocks start with the tasks that it is given."""
    await store.leave_group(tx, event)


@hears(intake.ProposalWithdrawn)
async def on_proposal_withdrawn(event: intake.ProposalWithdrawn, tx: Tx) -> None:
    """Everything that ran for it is dead."""
    await store.withdraw(tx, event)


@hears(intake.ProposalDesignatedKey)
async def on_proposal_designated_key(event: intake.ProposalDesignatedKey, tx: Tx) -> None:
    """A leader took it up, and may hold activities about it."""
    await store.note_key(tx, event)


@hears(intake.KeyDesignationTakenBack)
async def on_key_designation_taken_back(event: intake.KeyDesignationTakenBack, tx: Tx) -> None:
    """It is like any other from now on: no leader leads it, key ladders let it go."""
    await store.note_no_longer_key(tx, event)


@hears(assignment.HandlersAssigned)
async def on_handlers_assigned(event: assignment.HandlersAssigned, tx: Tx) -> None:
    """Each unit's clocks for signing, talking and answering start."""
    await store.open_handlers(
        tx,
        event.proposal_id,
        event.tasks,
        generation=max((task.generation for task in event.tasks), default=1),
        office=event.by.unit,
    )
    await store.open_clocks(tx, clocks_of_tasks(event, event.tasks))
    await _flag_several_districts(tx, event)
    await _notify(tx, event)


@hears(assignment.WorkHandedDown)
async def on_work_handed_down(event: assignment.WorkHandedDown, tx: Tx) -> None:
    """The units below have clocks of their own, earlier than the one above."""
    await store.open_handlers(tx, event.proposal_id, event.tasks)
    await store.open_clocks(tx, clocks_of_tasks(event, event.tasks))
    await _notify(tx, event)


@hears(assignment.HandlersReassigned)
async def on_handlers_reassigned(event: assignment.HandlersReassigned, tx: Tx) -> None:
    """Old alarms die; the new handlers' clocks start in the next generation.

    If a leader had decided so, the decision is carried out.
    """
    await store.end_handlers(tx, event.proposal_id, event.ended)
    await store.end_clocks(tx, event.proposal_id, event.ended)
    await store.open_handlers(tx, event.proposal_id, event.tasks, generation=event.generation)
    await store.open_clocks(tx, clocks_of_tasks(event, event.tasks))
    proposal = await store.lock_proposal(tx, event.proposal_id)
    await _carried_out(
        tx,
        carried_out_by_tasks(proposal, matter_id=event.matter_id, tasks=event.tasks, on=event.on),
    )
    await _flag_several_districts(tx, event)
    await _notify(tx, event)


@hears(assignment.AssignmentSigned)
async def on_assignment_signed(event: assignment.AssignmentSigned, tx: Tx) -> None:
    """The clock for signing stops."""
    await _stop(tx, event, Awaited.SIGNING, subject=event.task_id)


@hears(assignment.AssignmentReturned)
async def on_assignment_returned(event: assignment.AssignmentReturned, tx: Tx) -> None:
    """Signing stands still, the office's clock starts. Some returns are a matter for the city."""
    await _pause(tx, event, Awaited.SIGNING, subject=event.task_id)
    await store.open_return(tx, event)
    office = await store.office_of(tx, event.proposal_id)
    await store.open_clocks(tx, [clock_of_return(event, office=office or event.unit)])
    proposal = await _known(tx, event)
    known = await tx.reference()
    terms = Terms(known.rules_on(event.on), known.calendar)
    decide, coordination = terms.due(MATTER, on=event.on), terms.rules.coordination
    await _flag(
        tx,
        flag_repeated_returns(
            proposal,
            rule=rule_of(coordination, REPEATED_RETURNS),
            units=known.units,
            decide=decide,
            on=event.on,
        ),
    )
    proposal = await _known(tx, event)
    await _flag(
        tx,
        flag_beyond_powers(
            proposal,
            event,
            rule=rule_of(coordination, BEYOND_POWERS),
            rules=terms.rules,
            units=known.units,
            decide=decide,
        ),
    )


@hears(assignment.ReturnDecided)
async def on_return_decided(event: assignment.ReturnDecided, tx: Tx) -> None:
    """The office's clock stops; if the unit has to go on, its clock for signing runs on."""
    await _stop(tx, event, Awaited.RETURN_DECISION, subject=event.task_id)
    await _notify(tx, event)
    if not event.upheld:
        await _sign_after_all(tx, event, until=event.sign)


@hears(assignment.ObjectionRaised)
async def on_objection_raised(event: assignment.ObjectionRaised, tx: Tx) -> None:
    """Signing stands still once more; the office has to bring it before a leader by a day."""
    await _pause(tx, event, Awaited.SIGNING, subject=event.task_id)
    await store.hold_handler(tx, event.proposal_id, event.task_id)
    desk = await store.office_of(tx, event.proposal_id) or event.unit
    await store.open_clocks(tx, [clock_of_objection(event, desk=desk)])
    await _notify(tx, event)


@hears(assignment.ObjectionDecided)
async def on_objection_decided(event: assignment.ObjectionDecided, tx: Tx) -> None:
    """That clock stops; if the unit has to go on, so does its clock for signing.

    If not, its task ends with the next event, and its clocks with it.
    """
    await _stop(tx, event, Awaited.OBJECTION_DECISION, subject=event.task_id)
    await _notify(tx, event)
    if not event.upheld:
        await _sign_after_all(tx, event, until=event.sign)


@hears(assignment.HeirWanted)
async def on_heir_wanted(event: assignment.HeirWanted, tx: Tx) -> None:
    """The office is told that it has to choose; whatever runs, runs on."""
    await tx.lock(event.proposal_id)
    await _notify(tx, event)


@hears(assignment.OfficerNamed)
async def on_officer_named(event: assignment.OfficerNamed, tx: Tx) -> None:
    """What the rules tell to whoever handles it is told to this person."""
    await store.name_officer(tx, event)


@hears(assignment.ExtensionAsked)
async def on_extension_asked(event: assignment.ExtensionAsked, tx: Tx) -> None:
    """The office has to decide; where no rule says by when, it has no clock."""
    known = await tx.reference()
    due = Terms(known.rules_on(event.on), known.calendar).due(EXTENSION, on=event.on)
    if due is not None:
        office = await store.office_of(tx, event.proposal_id) or event.unit
        await store.open_clocks(tx, [clock_of_extension(event, office=office, due=due)])


@hears(assignment.ExtensionGranted)
async def on_extension_granted(event: assignment.ExtensionGranted, tx: Tx) -> None:
    """The office's clock stops, and just those dates move that the event names."""
    await _stop(tx, event, Awaited.EXTENSION_DECISION, subject=event.task_id)
    await _move(tx, event, event.moved)
    await _notify(tx, event)


@hears(assignment.ExtensionRefused)
async def on_extension_refused(event: assignment.ExtensionRefused, tx: Tx) -> None:
    """The office's clock stops; the unit's date stays."""
    await _stop(tx, event, Awaited.EXTENSION_DECISION, subject=event.task_id)
    await _notify(tx, event)


@hears(assignment.ClockPaused)
async def on_clock_paused(event: assignment.ClockPaused, tx: Tx) -> None:
    """What the unit owes stands still."""
    await _pause(tx, event, Awaited.REPLY, Awaited.OPINION, Awaited.WORK, subject=event.task_id)


@hears(assignment.ClockResumed)
async def on_clock_resumed(event: assignment.ClockResumed, tx: Tx) -> None:
    """It goes on, to the day that is told."""
    paused = [
        clock
        for clock in await store.clocks_awaiting(
            tx,
            event.proposal_id,
            Awaited.REPLY,
            Awaited.OPINION,
            Awaited.WORK,
            subject=event.task_id,
        )
        if clock.state == "paused"
    ]
    running = [run_on(clock, until=event.answer, on=event.on) for clock in paused]
    await store.stand_clocks(tx, running, look_on=event.on)


@hears(assignment.DueDatesMoved)
async def on_due_dates_moved(event: assignment.DueDatesMoved, tx: Tx) -> None:
    """A new calendar moved open dates; their alarms follow."""
    await _move(tx, event, event.moved)


@hears(assignment.WorkCompleted)
async def on_work_completed(event: assignment.WorkCompleted, tx: Tx) -> None:
    """The clock of what was handed down stops."""
    await _stop(tx, event, Awaited.WORK, subject=event.task_id)


@hears(reply.ContactRecorded)
async def on_contact_recorded(event: reply.ContactRecorded, tx: Tx) -> None:
    """The unit has talked with the proposer: the first talk counts."""
    await _stop(tx, event, Awaited.CONTACT, subject=event.task_id)


@hears(reply.ContactWaived)
async def on_contact_waived(event: reply.ContactWaived, tx: Tx) -> None:
    """The proposer needs no talk: that counts as one."""
    await _stop(tx, event, Awaited.CONTACT, subject=event.task_id)


@hears(reply.OpinionGiven)
async def on_opinion_given(event: reply.OpinionGiven, tx: Tx) -> None:
    """The co-handler's clock stops."""
    await _stop(tx, event, Awaited.OPINION, subject=event.task_id)


@hears(reply.OpinionWithdrawn)
async def on_opinion_withdrawn(event: reply.OpinionWithdrawn, tx: Tx) -> None:
    """The opinion is owed again, by the same date."""
    for clock in await store.clocks_awaiting(
        tx, event.proposal_id, Awaited.OPINION, subject=event.task_id
    ):
        if clock.state == "stopped":
            running = run_on(clock, until=None, on=event.on)
            await store.stand_clocks(tx, [running], look_on=event.on)


@hears(reply.DisagreementRaised)
async def on_disagreement_raised(event: reply.DisagreementRaised, tx: Tx) -> None:
    """When it has come as far as a leader, it is a matter for the city."""
    known, proposal = await tx.reference(), await _known(tx, event)
    terms = Terms(known.rules_on(event.on), known.calendar)
    await _flag(
        tx,
        flag_contradiction(
            proposal,
            event,
            rule=rule_of(terms.rules.coordination, CONTRADICTION),
            units=known.units,
            decide=terms.due(MATTER, on=event.on),
        ),
    )


@hears(reply.ReplyIssued)
async def on_reply_issued(event: reply.ReplyIssued, tx: Tx) -> None:
    """The answering unit's clock stops, and of opinions it did without; others start.

    More time that was still asked for is not needed any more.
    """
    await _stop(tx, event, Awaited.REPLY, Awaited.EXTENSION_DECISION, subject=event.task_id)
    for clock in await store.silent_clocks(tx, event.proposal_id, event.without_opinions):
        await _stop(tx, event, Awaited.OPINION, subject=clock.subject)
    committee = await store.committee_of(tx, event.proposal_id) or event.unit
    await store.open_clocks(tx, clocks_of_reply(event, committee=committee))


@hears(reply.ReplySentBack)
async def on_reply_sent_back(event: reply.ReplySentBack, tx: Tx) -> None:
    """It is void: nobody rates or publishes it, and what it promised is promised no more."""
    await tx.lock(event.proposal_id)
    await store.end_clocks_awaiting(
        tx,
        event.proposal_id,
        Awaited.RATING,
        Awaited.PUBLICATION,
        Awaited.PROMISE,
        subjects=[event.reply_id, *event.promises],
    )


@hears(reply.RatingAsked)
async def on_rating_asked(event: reply.RatingAsked, tx: Tx) -> None:
    """The committee asks by a day of its own: that is the rating's day from now on."""
    running = await _running(tx, event, Awaited.RATING, subject=event.reply_id)
    moved = [move(clock, due=event.rate, on=event.on) for clock in running]
    await store.stand_clocks(tx, moved, look_on=event.on)


@hears(reply.ReplyRated)
async def on_reply_rated(event: reply.ReplyRated, tx: Tx) -> None:
    """A form came back: when all proposers have rated, nobody is waited for any more."""
    if await store.note_rating(tx, event):
        await _stop(tx, event, Awaited.RATING, subject=event.reply_id)


@hears(reply.RatingClosed)
async def on_rating_closed(event: reply.RatingClosed, tx: Tx) -> None:
    """The committee waits no longer."""
    await _stop(tx, event, Awaited.RATING, subject=event.reply_id)


@hears(reply.RedoOrdered)
async def on_redo_ordered(event: reply.RedoOrdered, tx: Tx) -> None:
    """The next round has a clock of its own, unless the task has gone to others meanwhile.

    Dissatisfied round after round, it becomes a matter for the city.
    """
    home = await store.lock_home(tx, event.proposal_id)
    if await store.has_ended(tx, home, event.task_id):
        return
    await store.open_clocks(tx, [clock_of_redo(event)])
    await _flag_dissatisfied(tx, event)
    await _notify(tx, event)


@hears(reply.FaceToFaceOrdered)
async def on_face_to_face_ordered(event: reply.FaceToFaceOrdered, tx: Tx) -> None:
    """The rounds are used up; the clock for meeting the proposers starts."""
    home = await store.lock_home(tx, event.proposal_id)
    if await store.has_ended(tx, home, event.task_id):
        return
    await store.open_clocks(tx, clock_of_meeting(event))
    await _flag_dissatisfied(tx, event)
    await _notify(tx, event)


@hears(reply.FaceToFaceHeld)
async def on_face_to_face_held(event: reply.FaceToFaceHeld, tx: Tx) -> None:
    """They met: its clock stops."""
    await _stop(tx, event, Awaited.MEETING, subject=event.reply_id)


@hears(reply.DatesMoved)
async def on_dates_moved(event: reply.DatesMoved, tx: Tx) -> None:
    """A new calendar moved open dates of replies; their alarms follow."""
    await tx.lock(event.proposal_id)
    clocks = await store.all_clocks(tx, event.proposal_id)
    moved = clocks_of_letters_moved(clocks, event.moved, on=event.on)
    await store.stand_clocks(tx, moved, look_on=event.on)


@hears(reply.PublicationDecided)
async def on_publication_decided(event: reply.PublicationDecided, tx: Tx) -> None:
    """What is not open need not be published."""
    if event.attribute != "open":
        await _stop(tx, event, Awaited.PUBLICATION, subject=event.reply_id)


@hears(reply.ReplyReleased)
async def on_reply_released(event: reply.ReplyReleased, tx: Tx) -> None:
    """It is public."""
    await _stop(tx, event, Awaited.PUBLICATION, subject=event.reply_id)


@hears(reply.PromiseMade)
async def on_promise_made(event: reply.PromiseMade, tx: Tx) -> None:
    """A promise is watched until its day."""
    await store.open_clocks(tx, [clock_of_promise(event)])


@hears(reply.PromiseChanged)
async def on_promise_changed(event: reply.PromiseChanged, tx: Tx) -> None:
    """It is watched until its new day; changed again and again, it is a matter for the city."""
    clocks = await store.clocks_awaiting(
        tx, event.proposal_id, Awaited.PROMISE, subject=event.promise_id
    )
    moved = [move_to(clock, day=event.due_on, provisional=False, on=event.on) for clock in clocks]
    await store.stand_clocks(tx, moved, look_on=event.on)
    times = await store.note_change_of_promise(tx, event)
    known, proposal = await tx.reference(), await _known(tx, event)
    terms = Terms(known.rules_on(event.on), known.calendar)
    await _flag(
        tx,
        flag_changed_promise(
            proposal,
            event,
            times=times,
            rule=rule_of(terms.rules.coordination, BLOCKED_PROMISE),
            units=known.units,
            decide=terms.due(MATTER, on=event.on),
        ),
    )
    await _notify(tx, event)


@hears(reply.PromiseKept)
async def on_promise_kept(event: reply.PromiseKept, tx: Tx) -> None:
    """The promise's clock stops."""
    await _stop(tx, event, Awaited.PROMISE, subject=event.promise_id)


@hears(reply.PromiseBroken)
async def on_promise_broken(event: reply.PromiseBroken, tx: Tx) -> None:
    """It will not be kept: nobody is reminded of it any more."""
    await _stop(tx, event, Awaited.PROMISE, subject=event.promise_id)


@hears(reply.PromiseInherited)
async def on_promise_inherited(event: reply.PromiseInherited, tx: Tx) -> None:
    """Another unit has to keep it, by the same day."""
    await store.hand_on_promise(tx, event)


async def _known(tx: Tx, event: ProposalEvent) -> Proposal:
    found = await store.lock_proposals(tx, [event.proposal_id])
    return found.get(event.proposal_id, Proposal(event.proposal_id))


async def _running(tx: Tx, event: ProposalEvent, *awaits: Awaited, subject: str) -> list[Clock]:
    await tx.lock(event.proposal_id)
    found = await store.clocks_awaiting(tx, event.proposal_id, *awaits, subject=subject)
    return [clock for clock in found if clock.state in ("running", "paused")]


async def _stop(tx: Tx, event: ProposalEvent, *awaits: Awaited, subject: str) -> None:
    for clock in await _running(tx, event, *awaits, subject=subject):
        if missed := stop(clock, on=event.on):
            await store.record(tx, missed)
        await store.stop_clock(tx, clock, on=event.on)


async def _pause(tx: Tx, event: ProposalEvent, *awaits: Awaited, subject: str) -> None:
    for clock in await _running(tx, event, *awaits, subject=subject):
        if clock.state == "paused":
            continue
        if missed := stop(clock, on=event.on):
            await store.record(tx, missed)
        await store.pause_clock(tx, clock, on=event.on)


async def _sign_after_all(
    tx: Tx, event: assignment.ReturnDecided | assignment.ObjectionDecided, *, until: Due | None
) -> None:
    await store.keep_handler(tx, event.proposal_id, event.task_id)
    for clock in await store.clocks_awaiting(
        tx, event.proposal_id, Awaited.SIGNING, subject=event.task_id
    ):
        if clock.state == "paused":
            running = run_on(clock, until=until, on=event.on)
            await store.stand_clocks(tx, [running], look_on=event.on)


async def _move(tx: Tx, event: ProposalEvent, moved: Sequence[MovedDue]) -> None:
    await tx.lock(event.proposal_id)
    clocks = await store.all_clocks(tx, event.proposal_id)
    await store.stand_clocks(tx, moved_clocks(clocks, moved, on=event.on), look_on=event.on)
    proposal = await _known(tx, event)
    await _carried_out(tx, carried_out_by_dates(proposal, moved, on=event.on))


async def _carried_out(tx: Tx, done: escalation.CoordinationCarriedOut | None) -> None:
    if done is not None:
        await store.record(tx, done)
        await _stop(tx, done, Awaited.CARRYING_OUT, subject=done.matter_id)


async def _flag(tx: Tx, matter: escalation.CoordinationFlagged | None) -> None:
    if matter is not None:
        await store.record(tx, matter)
        await _notify(tx, matter)


async def _flag_several_districts(tx: Tx, event: ProposalEvent) -> None:
    known, proposal = await tx.reference(), await _known(tx, event)
    try:
        terms = Terms(known.rules_on(event.on), known.calendar)
    except NoRules:
        return
    await _flag(
        tx,
        flag_several_districts(
            proposal,
            rule=rule_of(terms.rules.coordination, SEVERAL_DISTRICTS),
            units=known.units,
            decide=terms.due(MATTER, on=event.on),
            on=event.on,
        ),
    )


async def _flag_dissatisfied(tx: Tx, event: reply.RedoOrdered | reply.FaceToFaceOrdered) -> None:
    dissatisfied = await store.note_dissatisfied(tx, event)
    known, proposal = await tx.reference(), await _known(tx, event)
    terms = Terms(known.rules_on(event.on), known.calendar)
    await _flag(
        tx,
        flag_third_round(
            proposal,
            event,
            dissatisfied=dissatisfied,
            rule=rule_of(terms.rules.coordination, THIRD_ROUND),
            units=known.units,
            decide=terms.due(MATTER, on=event.on),
        ),
    )


async def _notify(tx: Tx, event: ProposalEvent) -> None:
    known: Reference = await tx.reference()
    try:
        staff = staff_on(known, event.on)
    except NoRules:
        return
    proposal = await _known(tx, event)
    await store.open_notices(tx, notices_of(event, proposal=proposal, staff=staff))
