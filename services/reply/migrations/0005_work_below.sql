-- Units to whom work was handed down have no task in these books, for they neither answer nor give
-- an opinion; but what becomes of the proposal concerns them, as every other room says.
CREATE TABLE work_below (
    proposal_id text NOT NULL,
    unit        text NOT NULL,
    PRIMARY KEY (proposal_id, unit)
);
CREATE INDEX work_below_of_unit ON work_below (unit, proposal_id);

CREATE OR REPLACE FUNCTION concerning(their_units text[], their_person text, their_name text)
    RETURNS SETOF text LANGUAGE sql STABLE
    AS $$
        WITH theirs AS (
            SELECT proposal_id FROM tasks WHERE unit = ANY(their_units)
             UNION
            SELECT proposal_id FROM work_below WHERE unit = ANY(their_units)
        )
        SELECT proposal_id FROM theirs
         UNION
        SELECT members.proposal_id
          FROM theirs JOIN members ON members.main = theirs.proposal_id
         UNION
        SELECT proposal_id FROM proposers WHERE person = their_person
         UNION
        SELECT proposal_id FROM proposers WHERE person IS NULL AND name = their_name
    $$;
