"""Writing: folded events are laid over the tables, with a handful of statements a batch."""

from pydantic_core import to_json

from services.portal.domain.fold import Folded
from services.portal.store.settling import settling
from shared.work import Tx

# Rows travel as one JSON document a table: PostgreSQL takes it apart faster than a driver packs
# arrays, and a row names only the columns that it knows.
OVERLAYS: dict[str, str] = {
    "proposals": """
        INSERT INTO proposals AS had
        SELECT * FROM json_populate_recordset(NULL::proposals, $1::text::json)
            ON CONFLICT (proposal_id) DO UPDATE
           SET number = coalesce(excluded.number, had.number),
               year = coalesce(excluded.year, had.year),
               title = coalesce(excluded.title, had.title),
               kind = coalesce(excluded.kind, had.kind),
               category = coalesce(excluded.category, had.category),
               origin = coalesce(excluded.origin, had.origin),
               source = coalesce(excluded.source, had.source),
               proposers = coalesce(excluded.proposers, had.proposers),
               suggested_units = coalesce(excluded.suggested_units, had.suggested_units),
               wants_publication = coalesce(excluded.wants_publication, had.wants_publication),
               state = coalesce(excluded.state, had.state),
               submitted_on = coalesce(excluded.submitted_on, had.submitted_on),
               accepted_on = coalesce(excluded.accepted_on, had.accepted_on),
               declined_on = coalesce(excluded.declined_on, had.declined_on),
               decline_reason = coalesce(excluded.decline_reason, had.decline_reason),
               assigned_on = coalesce(excluded.assigned_on, had.assigned_on),
               meeting = coalesce(excluded.meeting, had.meeting),
               is_key = coalesce(excluded.is_key, had.is_key),
               key_leader = coalesce(excluded.key_leader, had.key_leader),
               key_supervisor = coalesce(excluded.key_supervisor, had.key_supervisor),
               group_main = coalesce(excluded.group_main, had.group_main),
               merged_into = coalesce(excluded.merged_into, had.merged_into),
               tracker = coalesce(excluded.tracker, had.tracker)
        """,
    "texts": """
        INSERT INTO texts
        SELECT * FROM json_populate_recordset(NULL::texts, $1::text::json)
            ON CONFLICT (proposal_id) DO UPDATE
           SET text = excluded.text, words = excluded.words, terms = excluded.terms
        """,
    "tasks": """
        INSERT INTO tasks AS had
        SELECT * FROM json_populate_recordset(NULL::tasks, $1::text::json)
            ON CONFLICT (proposal_id, task_id) DO UPDATE
           SET unit = coalesce(excluded.unit, had.unit),
               role = coalesce(excluded.role, had.role),
               generation = coalesce(excluded.generation, had.generation),
               parent = coalesce(excluded.parent, had.parent),
               duty = coalesce(excluded.duty, had.duty),
               meeting = coalesce(excluded.meeting, had.meeting),
               handed_by = coalesce(excluded.handed_by, had.handed_by),
               assigned_on = coalesce(excluded.assigned_on, had.assigned_on),
               return_by = coalesce(excluded.return_by, had.return_by),
               signed_on = coalesce(excluded.signed_on, had.signed_on),
               returned_on = coalesce(excluded.returned_on, had.returned_on),
               return_reason = coalesce(excluded.return_reason, had.return_reason),
               proposed_unit = coalesce(excluded.proposed_unit, had.proposed_unit),
               return_decided_on = coalesce(excluded.return_decided_on, had.return_decided_on),
               return_upheld = coalesce(excluded.return_upheld, had.return_upheld),
               return_why = coalesce(excluded.return_why, had.return_why),
               contacted_on = coalesce(excluded.contacted_on, had.contacted_on),
               answered_on = coalesce(excluded.answered_on, had.answered_on),
               days_late = coalesce(excluded.days_late, had.days_late),
               answer = coalesce(excluded.answer, had.answer),
               desk = coalesce(excluded.desk, had.desk),
               rolled_up_on = coalesce(excluded.rolled_up_on, had.rolled_up_on),
               ended_on = coalesce(excluded.ended_on, had.ended_on),
               end_why = coalesce(excluded.end_why, had.end_why)
        """,
    "clocks": """
        INSERT INTO clocks AS had
        SELECT * FROM json_populate_recordset(NULL::clocks, $1::text::json)
            ON CONFLICT (proposal_id, clock_id) DO UPDATE
           SET kind = coalesce(excluded.kind, had.kind),
               unit = coalesce(excluded.unit, had.unit),
               task_id = coalesce(excluded.task_id, had.task_id),
               due_on = coalesce(excluded.due_on, had.due_on),
               provisional = coalesce(excluded.provisional, had.provisional),
               due = coalesce(excluded.due, had.due),
               done_on = CASE WHEN excluded.due_on IS NOT NULL AND had.due_on IS NOT NULL
                              THEN excluded.done_on
                              ELSE coalesce(excluded.done_on, had.done_on)
                         END,
               dead_on = CASE WHEN excluded.done_on IS NULL THEN had.dead_on END,
               paused = coalesce(excluded.paused, had.paused)
        """,
    "replies": """
        INSERT INTO replies
        SELECT * FROM json_populate_recordset(NULL::replies, $1::text::json)
            ON CONFLICT DO NOTHING
        """,
    "ratings": """
        INSERT INTO ratings
        SELECT * FROM json_populate_recordset(NULL::ratings, $1::text::json)
            ON CONFLICT DO NOTHING
        """,
    "promises": """
        INSERT INTO promises AS had
        SELECT * FROM json_populate_recordset(NULL::promises, $1::text::json)
            ON CONFLICT (proposal_id, promise_id) DO UPDATE
           SET reply_id = coalesce(excluded.reply_id, had.reply_id),
               unit = coalesce(excluded.unit, had.unit),
               text = coalesce(excluded.text, had.text),
               due_on = coalesce(excluded.due_on, had.due_on),
               made_on = coalesce(excluded.made_on, had.made_on),
               kept_on = coalesce(excluded.kept_on, had.kept_on),
               evidence = coalesce(excluded.evidence, had.evidence)
        """,
    "matters": """
        INSERT INTO matters AS had
        SELECT * FROM json_populate_recordset(NULL::matters, $1::text::json)
            ON CONFLICT (proposal_id, matter_id) DO UPDATE
           SET rule = coalesce(excluded.rule, had.rule),
               evidence = coalesce(excluded.evidence, had.evidence),
               parties = coalesce(excluded.parties, had.parties),
               flagged_on = coalesce(excluded.flagged_on, had.flagged_on),
               decision = coalesce(excluded.decision, had.decision),
               new_lead = coalesce(excluded.new_lead, had.new_lead),
               decided_on = coalesce(excluded.decided_on, had.decided_on),
               decide_by = coalesce(excluded.decide_by, had.decide_by),
               effect = coalesce(excluded.effect, had.effect),
               effect_unit = coalesce(excluded.effect_unit, had.effect_unit),
               effect_due_on = coalesce(excluded.effect_due_on, had.effect_due_on),
               dismissed_on = coalesce(excluded.dismissed_on, had.dismissed_on),
               dismissed_why = coalesce(excluded.dismissed_why, had.dismissed_why),
               carried_out_on = coalesce(excluded.carried_out_on, had.carried_out_on),
               carried_out_says = coalesce(excluded.carried_out_says, had.carried_out_says)
        """,
    "positions": """
        INSERT INTO positions
        SELECT * FROM json_populate_recordset(NULL::positions, $1::text::json)
            ON CONFLICT (proposal_id, matter_id, unit) DO UPDATE
           SET position = excluded.position, stated_on = excluded.stated_on
        """,
    "supervisions": """
        INSERT INTO supervisions AS had
        SELECT * FROM json_populate_recordset(NULL::supervisions, $1::text::json)
            ON CONFLICT (proposal_id, supervision_id) DO UPDATE
           SET number = coalesce(excluded.number, had.number),
               unit = coalesce(excluded.unit, had.unit),
               demand = coalesce(excluded.demand, had.demand),
               leader = coalesce(excluded.leader, had.leader),
               opened_on = coalesce(excluded.opened_on, had.opened_on),
               answer_by = coalesce(excluded.answer_by, had.answer_by),
               answer = coalesce(excluded.answer, had.answer),
               answered_on = coalesce(excluded.answered_on, had.answered_on),
               result = coalesce(excluded.result, had.result),
               closed_on = coalesce(excluded.closed_on, had.closed_on)
        """,
    "inspections": """
        INSERT INTO inspections
        SELECT * FROM json_populate_recordset(NULL::inspections, $1::text::json)
            ON CONFLICT DO NOTHING
        """,
    "findings": """
        INSERT INTO findings AS had
        SELECT * FROM json_populate_recordset(NULL::findings, $1::text::json)
            ON CONFLICT (proposal_id, finding_id) DO UPDATE
           SET inspection_id = coalesce(excluded.inspection_id, had.inspection_id),
               unit = coalesce(excluded.unit, had.unit),
               says = coalesce(excluded.says, had.says),
               answer_by = coalesce(excluded.answer_by, had.answer_by),
               answer = coalesce(excluded.answer, had.answer),
               answered_on = coalesce(excluded.answered_on, had.answered_on)
        """,
}
APPEND_LINES = """
    INSERT INTO timeline
    SELECT * FROM json_populate_recordset(NULL::timeline, $1::text::json)
    """


async def write(tx: Tx, folded: Folded) -> None:
    """Write what was folded: a handful of statements, however many events it was."""
    async with settling(tx, folded):
        for table, rows in folded.rows.items():
            if rows:
                await tx.execute(OVERLAYS[table], to_json(list(rows.values())).decode())
        if folded.lines:
            await tx.execute(APPEND_LINES, to_json(folded.lines).decode())
