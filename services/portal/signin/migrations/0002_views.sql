-- Views of the ledger that people keep for themselves, or for everybody in their unit. They are
-- told by no event, so they live where no replay comes.
CREATE TABLE views (
    number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person   text NOT NULL,
    unit     text NOT NULL,
    name     text NOT NULL,
    query    text NOT NULL,
    shared   boolean NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (person, name)
);
CREATE INDEX views_shared ON views (unit) WHERE shared;
