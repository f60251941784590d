-- What every service's schema holds for telling, hearing and answering.

-- One row per aggregate: its lock, and the number of the last event told under its key.
CREATE TABLE streams (
    key      text PRIMARY KEY,
    sequence bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

-- The event log is the outbox. Columns are named as Debezium's outbox router expects them.
CREATE TABLE events (
    seq             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id              uuid NOT NULL,
    aggregatetype   text NOT NULL,
    aggregateid     text NOT NULL,
    aggregateseq    bigint NOT NULL,
    topic           text NOT NULL,
    type            text NOT NULL,
    payload         bytea NOT NULL,
    headers         jsonb NOT NULL DEFAULT '{}',
    occurred_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    published_at    timestamptz,
    kafka_partition int,
    kafka_offset    bigint,
    blocked         text,
    UNIQUE (aggregatetype, aggregateid, aggregateseq)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX events_pending ON events (seq) WHERE published_at IS NULL;
CREATE INDEX events_blocked ON events (aggregateid) WHERE blocked IS NOT NULL;

-- How far each teller's events were taken in, per key.
CREATE TABLE cursors (
    source   text NOT NULL,
    key      text NOT NULL,
    sequence bigint NOT NULL,
    PRIMARY KEY (key, source)
) WITH (fillfactor = 70);

-- The inbox: every event taken in, once. Rows must outlive the topic's retention.
CREATE TABLE inbox (
    event_id  uuid PRIMARY KEY,
    source    text NOT NULL,
    key       text NOT NULL,
    sequence  bigint NOT NULL,
    outcome   text NOT NULL,
    heard_at  timestamptz NOT NULL DEFAULT now()
);

-- Events that could not be taken in, in the order in which they came; they hold their key.
CREATE TABLE parked (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id      uuid UNIQUE,
    topic         text NOT NULL,
    partition     int NOT NULL,
    record_offset bigint NOT NULL,
    key           text NOT NULL,
    holds         boolean NOT NULL,
    source        text,
    type          text,
    sequence      bigint,
    headers       json NOT NULL, -- not jsonb: a foreign header may hold a zero
    value         bytea,
    state         text NOT NULL CHECK (state IN ('retry', 'behind', 'gap', 'unreadable', 'dead')),
    why           text NOT NULL,
    attempts      int NOT NULL DEFAULT 0,
    next_at       timestamptz NOT NULL DEFAULT now(),
    parked_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (topic, partition, record_offset)
);
CREATE INDEX parked_by_key ON parked (key, id);

-- What operators did with parked events: on file, and done once more when a read side is rebuilt.
CREATE TABLE park_actions (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parked_id     bigint NOT NULL,
    event_id      uuid,
    topic         text NOT NULL,
    partition     int NOT NULL,
    record_offset bigint NOT NULL,
    action        text NOT NULL,
    by            text NOT NULL,
    reason        text NOT NULL,
    before        bytea,
    after         bytea,
    done_at       timestamptz NOT NULL DEFAULT now()
);

-- The newest of each reference key: units, people, calendar, rules.
CREATE TABLE reference (
    key      text PRIMARY KEY,
    type     text NOT NULL,
    data     jsonb NOT NULL,
    heard_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What was answered to a command that carried an Idempotency-Key.
CREATE TABLE answers (
    person      text NOT NULL,
    key         text NOT NULL,
    fingerprint bytea NOT NULL,
    status      int,
    body        bytea,
    answered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person, key)
);
