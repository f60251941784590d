-- What earlier years were answered, as far as the archive knows: look-backs take it up too.

CREATE TABLE archived (
    proposal_id text NOT NULL,
    item        text NOT NULL,
    title       text NOT NULL,
    unit        text NOT NULL,
    meaning     text NOT NULL,
    answered_in int NOT NULL,
    PRIMARY KEY (proposal_id, item)
);

CREATE INDEX archived_to_look_back_at ON archived (meaning, answered_in);
