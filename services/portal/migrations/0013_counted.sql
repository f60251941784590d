-- What a report counts is little among millions of rows: each kind has an index of its own.
CREATE INDEX timeline_counted ON timeline (type, on_day) INCLUDE (by_unit, proposal_id)
    WHERE type IN ('huiban.assignment.AssignmentReturned.v1', 'huiban.reply.ContactRecorded.v1');
CREATE INDEX clocks_redo ON clocks (unit) WHERE kind = 'redo';
CREATE INDEX tasks_below ON tasks (assigned_on) WHERE parent IS NOT NULL;
CREATE INDEX proposals_by_session ON proposals (session) WHERE session IS NOT NULL;
