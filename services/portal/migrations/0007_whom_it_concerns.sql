-- The units that have or had a part in a proposal, or in the one in which it is handled: by these
-- every list is narrowed, so they stand in the row itself.
ALTER TABLE proposals ADD COLUMN units text[];
UPDATE proposals
   SET units = (SELECT array_agg(DISTINCT unit ORDER BY unit)
                  FROM tasks
                 WHERE tasks.proposal_id IN (proposals.proposal_id, proposals.merged_into)
                   AND unit IS NOT NULL);
CREATE INDEX proposals_by_unit ON proposals USING gin (units);

CREATE INDEX clocks_due ON clocks (due_on) WHERE done_on IS NULL AND dead_on IS NULL;
CREATE INDEX publications_by_unit ON publications (unit) WHERE state = 'released';
