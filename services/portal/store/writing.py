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
               put_by = coalesce(excluded.put_by, had.put_by),
               body = coalesce(excluded.body, had.body),
               session = coalesce(excluded.session, had.session),
               session_serial = coalesce(excluded.session_serial, had.session_serial),
               category_serial = coalesce(excluded.category_serial, had.category_serial),
               review_group = coalesce(excluded.review_group, had.review_group),
               attachments = coalesce(excluded.attachments, had.attachments),
               turned_into = coalesce(excluded.turned_into, had.turned_into),
               closed_on = coalesce(excluded.closed_on, had.closed_on),
               closed_because = coalesce(excluded.closed_because, had.closed_because),
               archive = coalesce(excluded.archive, had.archive),
               answered_on = coalesce(excluded.answered_on, had.answered_on),
               tracker = coalesce(excluded.tracker, had.tracker)
        """,
    "texts": """
        INSERT INTO texts AS had
        SELECT * FROM json_populate_recordset(NULL::texts, $1::text::json)
            ON CONFLICT (proposal_id) DO UPDATE
           SET text = excluded.text, words = excluded.words, terms = excluded.terms,
               year = coalesce(excluded.year, had.year)
        """,
    "links": """
        INSERT INTO links
        SELECT * FROM json_populate_recordset(NULL::links, $1::text::json)
            ON CONFLICT DO NOTHING
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
               answered_on = CASE WHEN excluded.unanswered THEN excluded.answered_on
                                  ELSE coalesce(excluded.answered_on, had.answered_on)
                             END,
               days_late = CASE WHEN excluded.unanswered THEN excluded.days_late
                                ELSE coalesce(excluded.days_late, had.days_late)
                           END,
               opinion_withdrawn_on
                   = coalesce(excluded.opinion_withdrawn_on, had.opinion_withdrawn_on),
               answer = coalesce(excluded.answer, had.answer),
               desk = coalesce(excluded.desk, had.desk),
               rolled_up_on = coalesce(excluded.rolled_up_on, had.rolled_up_on),
               ended_on = coalesce(excluded.ended_on, had.ended_on),
               end_why = coalesce(excluded.end_why, had.end_why),
               contact_by = coalesce(excluded.contact_by, had.contact_by),
               instead_of = coalesce(excluded.instead_of, had.instead_of),
               binding = coalesce(excluded.binding, had.binding),
               officer = coalesce(excluded.officer, had.officer),
               section = coalesce(excluded.section, had.section),
               stage = coalesce(excluded.stage, had.stage),
               progress = coalesce(excluded.progress, had.progress),
               progressed_on = coalesce(excluded.progressed_on, had.progressed_on),
               extension_until = coalesce(excluded.extension_until, had.extension_until),
               extension_why = coalesce(excluded.extension_why, had.extension_why),
               extension = coalesce(excluded.extension, had.extension),
               paused_why = coalesce(excluded.paused_why, had.paused_why),
               objected_on = coalesce(excluded.objected_on, had.objected_on),
               objection = coalesce(excluded.objection, had.objection),
               object_by = coalesce(excluded.object_by, had.object_by),
               meeting_on = coalesce(excluded.meeting_on, had.meeting_on),
               minutes = coalesce(excluded.minutes, had.minutes),
               objection_upheld = coalesce(excluded.objection_upheld, had.objection_upheld),
               objection_why = coalesce(excluded.objection_why, had.objection_why),
               consented_on = coalesce(excluded.consented_on, had.consented_on),
               draft = coalesce(excluded.draft, had.draft),
               draft_round = coalesce(excluded.draft_round, had.draft_round)
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
               done_on = CASE WHEN excluded.reopened AND had.due_on IS NOT NULL
                              THEN excluded.done_on
                              ELSE coalesce(excluded.done_on, had.done_on)
                         END,
               dead_on = CASE WHEN excluded.done_on IS NULL THEN had.dead_on END,
               paused = coalesce(excluded.paused, had.paused),
               clock = coalesce(excluded.clock, had.clock)
        """,
    "replies": """
        INSERT INTO replies AS had
        SELECT * FROM json_populate_recordset(NULL::replies, $1::text::json)
            ON CONFLICT (proposal_id, reply_id) DO UPDATE
           SET task_id = coalesce(excluded.task_id, had.task_id),
               unit = coalesce(excluded.unit, had.unit),
               round = coalesce(excluded.round, had.round),
               document_number = coalesce(excluded.document_number, had.document_number),
               result_class = coalesce(excluded.result_class, had.result_class),
               meaning = coalesce(excluded.meaning, had.meaning),
               summary = coalesce(excluded.summary, had.summary),
               reason = coalesce(excluded.reason, had.reason),
               without_opinions = coalesce(excluded.without_opinions, had.without_opinions),
               because = coalesce(excluded.because, had.because),
               days_late = coalesce(excluded.days_late, had.days_late),
               issued_on = coalesce(excluded.issued_on, had.issued_on),
               publish_by = coalesce(excluded.publish_by, had.publish_by),
               evidence = coalesce(excluded.evidence, had.evidence),
               unanswered = coalesce(excluded.unanswered, had.unanswered),
               unanswered_because = coalesce(excluded.unanswered_because, had.unanswered_because),
               paper = coalesce(excluded.paper, had.paper),
               attachments = coalesce(excluded.attachments, had.attachments),
               accepted_on = coalesce(excluded.accepted_on, had.accepted_on),
               void_on = coalesce(excluded.void_on, had.void_on),
               void_why = coalesce(excluded.void_why, had.void_why),
               class_before = coalesce(excluded.class_before, had.class_before),
               class_why = coalesce(excluded.class_why, had.class_why),
               asked_on = coalesce(excluded.asked_on, had.asked_on),
               reminded_on = coalesce(excluded.reminded_on, had.reminded_on),
               closed_on = coalesce(excluded.closed_on, had.closed_on),
               silent = coalesce(excluded.silent, had.silent),
               meeting_ordered_on = coalesce(excluded.meeting_ordered_on, had.meeting_ordered_on),
               met_on = coalesce(excluded.met_on, had.met_on),
               meeting_result = coalesce(excluded.meeting_result, had.meeting_result),
               meeting_outcome = coalesce(excluded.meeting_outcome, had.meeting_outcome),
               second_on = coalesce(excluded.second_on, had.second_on),
               second_number = coalesce(excluded.second_number, had.second_number),
               second_summary = coalesce(excluded.second_summary, had.second_summary)
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
               evidence = coalesce(excluded.evidence, had.evidence),
               owner = coalesce(excluded.owner, had.owner),
               shown_by = coalesce(excluded.shown_by, had.shown_by),
               first_due_on = coalesce(excluded.first_due_on, had.first_due_on),
               promised_by = coalesce(excluded.promised_by, had.promised_by),
               reported_on = coalesce(excluded.reported_on, had.reported_on),
               reported = coalesce(excluded.reported, had.reported),
               progress = coalesce(excluded.progress, had.progress),
               state = coalesce(excluded.state, had.state),
               why = coalesce(excluded.why, had.why)
        """,
    "items": """
        INSERT INTO items AS had
        SELECT * FROM json_populate_recordset(NULL::items, $1::text::json)
            ON CONFLICT (proposal_id, item_id) DO UPDATE
           SET says = coalesce(excluded.says, had.says),
               unit = coalesce(excluded.unit, had.unit),
               task_id = coalesce(excluded.task_id, had.task_id),
               officer = coalesce(excluded.officer, had.officer),
               milestones = coalesce(excluded.milestones, had.milestones),
               reached = coalesce(excluded.reached, had.reached),
               progress = coalesce(excluded.progress, had.progress),
               progressed_on = coalesce(excluded.progressed_on, had.progressed_on),
               planned_on = coalesce(excluded.planned_on, had.planned_on),
               completed_on = coalesce(excluded.completed_on, had.completed_on),
               dropped_on = coalesce(excluded.dropped_on, had.dropped_on),
               result = coalesce(excluded.result, had.result)
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
    "contacts": """
        INSERT INTO contacts AS had
        SELECT * FROM json_populate_recordset(NULL::contacts, $1::text::json)
            ON CONFLICT (proposal_id, contact_id) DO UPDATE
           SET task_id = coalesce(excluded.task_id, had.task_id),
               unit = coalesce(excluded.unit, had.unit),
               kind = coalesce(excluded.kind, had.kind),
               stage = coalesce(excluded.stage, had.stage),
               people = coalesce(excluded.people, had.people),
               summary = coalesce(excluded.summary, had.summary),
               talked_on = coalesce(excluded.talked_on, had.talked_on),
               attachments = coalesce(excluded.attachments, had.attachments)
        """,
    "contact_words": """
        INSERT INTO contact_words
        SELECT * FROM json_populate_recordset(NULL::contact_words, $1::text::json)
            ON CONFLICT (proposal_id, contact_id, proposer) DO UPDATE
           SET denies = excluded.denies, says = excluded.says, said_on = excluded.said_on
        """,
    "countersigns": """
        INSERT INTO countersigns AS had
        SELECT * FROM json_populate_recordset(NULL::countersigns, $1::text::json)
            ON CONFLICT (proposal_id, task_id, round, draft, unit) DO UPDATE
           SET asked_on = coalesce(excluded.asked_on, had.asked_on),
               answered_on = coalesce(excluded.answered_on, had.answered_on)
        """,
    "signatures": """
        INSERT INTO signatures AS had
        SELECT * FROM json_populate_recordset(NULL::signatures, $1::text::json)
            ON CONFLICT (proposal_id, person) DO UPDATE
           SET title = coalesce(excluded.title, had.title),
               author = coalesce(excluded.author, had.author),
               until = coalesce(excluded.until, had.until),
               answer = coalesce(excluded.answer, had.answer)
        """,
    "disagreements": """
        INSERT INTO disagreements AS had
        SELECT * FROM json_populate_recordset(NULL::disagreements, $1::text::json)
            ON CONFLICT (proposal_id, disagreement_id) DO UPDATE
           SET unit = coalesce(excluded.unit, had.unit),
               lead = coalesce(excluded.lead, had.lead),
               about = coalesce(excluded.about, had.about),
               level = coalesce(excluded.level, had.level),
               opened_on = coalesce(excluded.opened_on, had.opened_on),
               settled_on = coalesce(excluded.settled_on, had.settled_on),
               outcome = coalesce(excluded.outcome, had.outcome)
        """,
    "publications": """
        INSERT INTO publications AS had
        SELECT * FROM json_populate_recordset(NULL::publications, $1::text::json)
            ON CONFLICT (proposal_id, letter_id) DO UPDATE
           SET kind = coalesce(excluded.kind, had.kind),
               unit = coalesce(excluded.unit, had.unit),
               state = coalesce(excluded.state, had.state),
               proposed = coalesce(excluded.proposed, had.proposed),
               decided = coalesce(excluded.decided, had.decided),
               form = coalesce(excluded.form, had.form),
               reason = coalesce(excluded.reason, had.reason),
               title = coalesce(excluded.title, had.title),
               text = coalesce(excluded.text, had.text),
               words = coalesce(excluded.words, had.words),
               terms = coalesce(excluded.terms, had.terms),
               released_on = coalesce(excluded.released_on, had.released_on)
        """,
    "look_backs": """
        INSERT INTO look_backs AS had
        SELECT * FROM json_populate_recordset(NULL::look_backs, $1::text::json)
            ON CONFLICT (proposal_id, look_back, item) DO UPDATE
           SET kind = coalesce(excluded.kind, had.kind),
               unit = coalesce(excluded.unit, had.unit),
               opened_on = coalesce(excluded.opened_on, had.opened_on),
               found = coalesce(excluded.found, had.found),
               says = coalesce(excluded.says, had.says),
               found_on = coalesce(excluded.found_on, had.found_on)
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
