-- What waits for whom is little among much that is over: each pile of a desk has its own index.
CREATE INDEX proposals_in_state ON proposals (state, year, number, submitted_on, proposal_id);
CREATE INDEX proposals_by_category ON proposals (category);
CREATE INDEX clocks_open_by_kind ON clocks (kind, due_on)
    WHERE done_on IS NULL AND dead_on IS NULL;
CREATE INDEX tasks_extension_asked ON tasks (proposal_id)
    WHERE extension = 'asked' AND ended_on IS NULL;
CREATE INDEX tasks_objected ON tasks (proposal_id)
    WHERE objected_on IS NOT NULL AND objection_upheld IS NULL AND ended_on IS NULL;
CREATE INDEX replies_open ON replies (accepted_on, asked_on)
    WHERE void_on IS NULL AND closed_on IS NULL;
CREATE INDEX promises_in_state ON promises (state);
CREATE INDEX publications_in_state ON publications (state, decided);
CREATE INDEX supervisions_answered ON supervisions (answered_on)
    WHERE answered_on IS NOT NULL AND closed_on IS NULL;
