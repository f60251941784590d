"""Everything that assignment keeps: filed proposals, their tasks and items, what became of them."""

from services.assignment.store.advice import (
    advice_report,
    asking,
    held_above,
    history,
    keep_archived,
    newest_of_history,
    proposed_for,
    waiting_on_the_desk,
)
from services.assignment.store.answers import (
    opinion_given,
    opinion_withdrawn,
    record_change,
    redo_ordered,
    reply_issued,
    settle,
)
from services.assignment.store.desk import (
    designate,
    join_group,
    leave_group,
    lock_assignment,
    lock_assignments,
    lock_group,
    open_assignment,
    open_proposal,
    revise_proposal,
    take_back_key,
    withdraw,
)
from services.assignment.store.items import items, items_of
from services.assignment.store.pages import (
    assignment,
    counts,
    tasks,
    tasks_due,
    tasks_without_heir,
)
from services.assignment.store.recording import record
from services.assignment.store.sweeping import (
    held_by,
    note_swept,
    swept_with,
    with_open_dates,
)

__all__ = [
    "advice_report",
    "asking",
    "assignment",
    "counts",
    "designate",
    "held_above",
    "held_by",
    "history",
    "items",
    "items_of",
    "join_group",
    "keep_archived",
    "leave_group",
    "lock_assignment",
    "lock_assignments",
    "lock_group",
    "newest_of_history",
    "note_swept",
    "open_assignment",
    "open_proposal",
    "opinion_given",
    "opinion_withdrawn",
    "proposed_for",
    "record",
    "record_change",
    "redo_ordered",
    "reply_issued",
    "revise_proposal",
    "settle",
    "swept_with",
    "take_back_key",
    "tasks",
    "tasks_due",
    "tasks_without_heir",
    "waiting_on_the_desk",
    "with_open_dates",
    "withdraw",
]
