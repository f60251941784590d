-- The overall-situation reports that people write: their words, and the snapshots that were frozen.
-- Like who may come in, no event says any of it: a replay of the read side leaves it alone.

CREATE TABLE reports (
    report bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit text NOT NULL,
    year int NOT NULL,
    parts json NOT NULL DEFAULT '[null, null, null, null, null]', -- null: as the figures say it
    cases json,                                                   -- null: nobody has chosen yet
    revision int NOT NULL DEFAULT 1,
    begun_by text NOT NULL,
    begun_at timestamptz NOT NULL,
    edited_by text NOT NULL,
    edited_at timestamptz NOT NULL,
    UNIQUE (unit, year)
);

CREATE TABLE report_snapshots (
    report bigint NOT NULL REFERENCES reports,
    number int NOT NULL,
    as_of date NOT NULL,
    frozen_by text NOT NULL,
    frozen_at timestamptz NOT NULL,
    fingerprint text NOT NULL,
    snapshot bytea NOT NULL, -- its JSON as it was frozen, byte for byte
    PRIMARY KEY (report, number)
);
