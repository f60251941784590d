-- The ledger is read from a place onwards, forwards or backwards, and never counted through.
DROP INDEX proposals_in_order;
CREATE INDEX proposals_in_order
    ON proposals (year DESC, coalesce(number, '~') DESC, proposal_id DESC);
-- A proposer's own proposals.
CREATE INDEX proposals_by_proposer ON proposals USING gin ((proposers::jsonb) jsonb_path_ops);

-- The public finds what was released by its public words, and by no others.
ALTER TABLE publications
    ADD COLUMN words text,
    ADD COLUMN terms text[];
DROP INDEX publications_released;
CREATE INDEX publications_released
    ON publications (released_on DESC, proposal_id DESC, letter_id DESC)
    WHERE state = 'released';
CREATE INDEX publications_by_term ON publications USING gin (terms) WHERE state = 'released';
