-- A clock may stand still, may have a date that is not yet certain, and may get another date.
ALTER TABLE clocks DROP CONSTRAINT clocks_state_check;
ALTER TABLE clocks ADD CHECK (state IN ('running', 'paused', 'stopped', 'dead'));
ALTER TABLE clocks ADD COLUMN provisional boolean NOT NULL DEFAULT false;
ALTER TABLE clocks ADD COLUMN since date;
DROP INDEX clocks_by_due_date;
CREATE INDEX clocks_by_due_date ON clocks (state, due_on, proposal_id, clock_id);

ALTER TABLE proposals ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;
ALTER TABLE proposals ADD COLUMN key_leader text;
ALTER TABLE proposals ADD COLUMN tracker text;

-- Who put a proposal: they are reminded to rate, and see what is their own.
CREATE TABLE proposers (
    proposal_id text NOT NULL,
    name        text NOT NULL,
    person      text,
    PRIMARY KEY (proposal_id, name)
);
CREATE INDEX proposers_by_person ON proposers (person) WHERE person IS NOT NULL;

-- Who has rated a reply: its clock stops when all have.
CREATE TABLE ratings (
    proposal_id text NOT NULL,
    reply_id    text NOT NULL,
    proposer    text NOT NULL,
    PRIMARY KEY (proposal_id, reply_id, proposer)
);

-- How often a promise was changed.
CREATE TABLE promise_changes (
    proposal_id text NOT NULL,
    promise_id  text NOT NULL,
    times       int NOT NULL,
    PRIMARY KEY (proposal_id, promise_id)
);

-- A matter and what became of it.
ALTER TABLE matters DROP CONSTRAINT matters_state_check;
ALTER TABLE matters ADD CHECK (state IN ('open', 'decided', 'dismissed', 'lapsed'));
ALTER TABLE matters ADD COLUMN decide_by date;
ALTER TABLE matters ADD COLUMN promise_id text;
ALTER TABLE matters ADD COLUMN effect_unit text;
ALTER TABLE matters ADD COLUMN effect_role text;
ALTER TABLE matters ADD COLUMN effect_due_on date;
ALTER TABLE matters ADD COLUMN dismissed_why text;
ALTER TABLE matters ADD COLUMN carried_out_on date;
ALTER TABLE matters ADD COLUMN carried_out_says text;
CREATE INDEX matters_in_order ON matters (flagged_on DESC, proposal_id, matter_id);

CREATE TABLE positions (
    proposal_id text NOT NULL,
    matter_id   text NOT NULL,
    unit        text NOT NULL,
    position    text NOT NULL,
    stated_by   text NOT NULL,
    stated_on   date NOT NULL,
    PRIMARY KEY (proposal_id, matter_id, unit)
);

CREATE TABLE meetings (
    n           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal_id text NOT NULL,
    matter_id   text NOT NULL,
    held_on     date NOT NULL,
    present     text[] NOT NULL,
    minutes     text NOT NULL
);
CREATE INDEX meetings_of_matter ON meetings (proposal_id, matter_id);

CREATE TABLE follow_ups (
    n           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal_id text NOT NULL,
    matter_id   text NOT NULL,
    says        text NOT NULL,
    seen_by     text NOT NULL,
    seen_on     date NOT NULL
);
CREATE INDEX follow_ups_of_matter ON follow_ups (proposal_id, matter_id);

-- Supervisions, and the book of their letters: one series a year.
CREATE TABLE supervisions (
    proposal_id      text NOT NULL,
    supervision_id   text NOT NULL,
    number           text NOT NULL UNIQUE,
    unit             text NOT NULL,
    task_id          text,
    demand           text NOT NULL,
    answer_by        date NOT NULL,
    leader           text,
    clock_id         text,
    clock_generation int,
    opened_by        text NOT NULL,
    opened_on        date NOT NULL,
    state            text NOT NULL DEFAULT 'open'
                     CHECK (state IN ('open', 'answered', 'closed', 'lapsed')),
    answer           text,
    answered_on      date,
    result           text,
    closed_on        date,
    PRIMARY KEY (proposal_id, supervision_id)
);
CREATE INDEX supervisions_in_order ON supervisions (opened_on DESC, proposal_id, supervision_id);
CREATE UNIQUE INDEX one_supervision_at_a_time ON supervisions (proposal_id, unit)
    WHERE state IN ('open', 'answered');

CREATE TABLE letter_books (
    year int PRIMARY KEY,
    last int NOT NULL
);

CREATE TABLE inspections (
    proposal_id   text NOT NULL,
    inspection_id text NOT NULL,
    held_on       date NOT NULL,
    place         text NOT NULL,
    units         text[] NOT NULL,
    progress      text NOT NULL,
    effect        text NOT NULL,
    held_by       text NOT NULL,
    PRIMARY KEY (proposal_id, inspection_id)
);

CREATE TABLE findings (
    proposal_id   text NOT NULL,
    inspection_id text NOT NULL,
    finding_id    text NOT NULL,
    unit          text NOT NULL,
    says          text NOT NULL,
    answer_by     date NOT NULL,
    answer        text,
    answered_on   date,
    PRIMARY KEY (proposal_id, inspection_id, finding_id)
);

CREATE TABLE activities (
    n           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal_id text NOT NULL,
    kind        text NOT NULL,
    held_on     date NOT NULL,
    leader      text NOT NULL,
    units       text[] NOT NULL,
    summary     text NOT NULL
);
CREATE INDEX activities_of_proposal ON activities (proposal_id, n);

-- Whom a proposal concerns: units that handle or handled it, alone or in its group, parties of a
-- matter, whoever owes something in it. It narrows every list and every page.
CREATE VIEW concerned AS
    SELECT proposal_id, unit FROM handlers
    UNION ALL
    SELECT proposals.proposal_id, handlers.unit
      FROM proposals JOIN handlers ON handlers.proposal_id = proposals.main
    UNION ALL
    SELECT proposal_id, party FROM matters, unnest(parties) AS party
    UNION ALL
    SELECT proposal_id, unit FROM clocks;

-- Everybody's inbox. A notice keeps facts; its sentence is made for whoever reads it. With a clock
-- it is worth telling outside only while that clock runs in this generation. ``digest`` is the day
-- on which it went into its reader's message.
CREATE TABLE notices (
    notice_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person      text NOT NULL,
    proposal_id text NOT NULL,
    kind        text NOT NULL,
    facts       json NOT NULL,
    clock_id    text,
    generation  int,
    told_on     date NOT NULL,
    read_at     timestamptz,
    digest      date
) WITH (fillfactor = 80);
CREATE INDEX notices_of_person ON notices (person, notice_id DESC);
CREATE INDEX notices_unread ON notices (person) WHERE read_at IS NULL;
CREATE INDEX notices_to_digest ON notices (person, told_on) WHERE digest IS NULL;
CREATE INDEX notices_in_digest ON notices (person, digest) WHERE digest IS NOT NULL;

CREATE TABLE preferences (
    person      text PRIMARY KEY,
    channels    text[],
    language    text NOT NULL,
    digest_hour int,
    addresses   json NOT NULL
);

-- What leaves the house: one message a person, day and channel. It is taken from here by a loop of
-- its own, so that a channel that hangs keeps nobody waiting.
CREATE TABLE deliveries (
    delivery_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person      text NOT NULL,
    digest      date NOT NULL,
    channel     text NOT NULL,
    address     text NOT NULL,
    language    text NOT NULL,
    state       text NOT NULL DEFAULT 'queued'
                CHECK (state IN ('queued', 'taken', 'failed', 'over')),
    tries       int NOT NULL DEFAULT 0,
    next_at     timestamptz NOT NULL,
    why         text NOT NULL DEFAULT '',
    UNIQUE (person, digest, channel)
) WITH (fillfactor = 70);
CREATE INDEX deliveries_due ON deliveries (channel, next_at) WHERE state = 'queued';
CREATE INDEX deliveries_by_state ON deliveries (state, delivery_id DESC);

CREATE TABLE tries (
    delivery_id bigint NOT NULL,
    n           int NOT NULL,
    tried_at    timestamptz NOT NULL,
    result      text NOT NULL,
    why         text NOT NULL,
    PRIMARY KEY (delivery_id, n)
);

-- Other systems that want to be told, and what waits for them. An event gets its position when it
-- is committed, so that nobody reads past one that is still on its way.
CREATE TABLE subscriptions (
    subscription_id text PRIMARY KEY,
    name            text NOT NULL,
    url             text NOT NULL,
    secret          text NOT NULL,
    kinds           text[] NOT NULL,
    owner           json NOT NULL,
    owner_person    text NOT NULL,
    state           text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused')),
    reached         bigint NOT NULL,
    tries           int NOT NULL DEFAULT 0,
    next_at         timestamptz NOT NULL DEFAULT '-infinity',
    why             text NOT NULL DEFAULT ''
);

CREATE TABLE feed (
    n           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    position    bigint UNIQUE,
    event_id    uuid NOT NULL,
    type        text NOT NULL,
    source      text NOT NULL,
    proposal_id text NOT NULL,
    value       bytea NOT NULL
);
CREATE INDEX feed_without_position ON feed (n) WHERE position IS NULL;

CREATE TABLE feed_head (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    position bigint NOT NULL
);
INSERT INTO feed_head (position) VALUES (0);

-- What a subscriber would not take, and what came behind it: kept whole, in order, until somebody
-- sends it again or goes on without it.
CREATE TABLE feed_parked (
    subscription_id text NOT NULL REFERENCES subscriptions ON DELETE CASCADE,
    position        bigint NOT NULL,
    event_id        uuid NOT NULL,
    type            text NOT NULL,
    source          text NOT NULL,
    proposal_id     text NOT NULL,
    value           bytea NOT NULL,
    state           text NOT NULL CHECK (state IN ('refused', 'behind', 'again', 'skipped')),
    why             text NOT NULL,
    settled_by      text,
    PRIMARY KEY (subscription_id, position)
);
CREATE INDEX feed_parked_waiting ON feed_parked (subscription_id, proposal_id)
    WHERE state <> 'skipped';
