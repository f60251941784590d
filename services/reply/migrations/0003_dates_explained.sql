-- The dates that replies stamped themselves, as they were explained, and the calendars on which they
-- rest: a new edition moves them. Of letters sent before this only the day was kept; it stays.
CREATE TABLE dates (
    proposal_id text NOT NULL,
    reply_id    text NOT NULL,
    clock       text NOT NULL,
    task_id     text NOT NULL,
    unit        text NOT NULL,
    round       int NOT NULL,
    due         jsonb NOT NULL,
    rests_on    text[] NOT NULL,
    PRIMARY KEY (proposal_id, reply_id, clock)
);
CREATE INDEX dates_resting_on ON dates USING gin (rests_on);
