-- What came late is little among all that was answered.
CREATE INDEX tasks_late ON tasks (proposal_id) WHERE days_late > 0;
CREATE INDEX replies_late ON replies (proposal_id) WHERE days_late > 0;
