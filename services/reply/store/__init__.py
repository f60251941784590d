"""Every SQL statement of the reply room, by subject."""

from services.reply.store.dates import open_dates, resting_on
from services.reply.store.handling import lock_contact, lock_group, lock_handling, signatory_of
from services.reply.store.hearing import (
    end_tasks,
    leave_group,
    mark_key,
    mark_no_longer_key,
    move_answers,
    number_proposal,
    open_group,
    open_proposal,
    open_tasks,
    pause_answer,
    resume_answer,
    revise_proposal,
    sign_task,
    take_back,
)
from services.reply.store.letters import (
    lock_issued,
    lock_letter_book,
    lock_sent,
    lock_unsolved,
    sent,
)
from services.reply.store.lists import Lists
from services.reply.store.pages import (
    draft_changes,
    letter,
    may_read_draft,
    must_see,
    progress,
    proposal,
)
from services.reply.store.promises import (
    keep_archived,
    lock_item,
    lock_look_back,
    lock_promise,
    lock_promises_of,
)
from services.reply.store.ratings import lock_meeting, lock_reply
from services.reply.store.recording import OurEvent, keep_opinion, keep_text, record

__all__ = [
    "Lists",
    "OurEvent",
    "draft_changes",
    "end_tasks",
    "keep_archived",
    "keep_opinion",
    "keep_text",
    "leave_group",
    "letter",
    "lock_contact",
    "lock_group",
    "lock_handling",
    "lock_issued",
    "lock_item",
    "lock_letter_book",
    "lock_look_back",
    "lock_meeting",
    "lock_promise",
    "lock_promises_of",
    "lock_reply",
    "lock_sent",
    "lock_unsolved",
    "mark_key",
    "mark_no_longer_key",
    "may_read_draft",
    "move_answers",
    "must_see",
    "number_proposal",
    "open_dates",
    "open_group",
    "open_proposal",
    "open_tasks",
    "pause_answer",
    "progress",
    "proposal",
    "record",
    "resting_on",
    "resume_answer",
    "revise_proposal",
    "sent",
    "sign_task",
    "signatory_of",
    "take_back",
]
