-- What became of a proposal, in full: revised, turned, withdrawn, archived; and what is found by.
ALTER TABLE proposals
    DROP CONSTRAINT proposals_state_check,
    DROP CONSTRAINT proposals_check,
    DROP CONSTRAINT proposals_number_key,
    ADD COLUMN put_by            text NOT NULL DEFAULT 'member',
    ADD COLUMN body              text,
    ADD COLUMN convenor          text,
    ADD COLUMN sealed            boolean NOT NULL DEFAULT false,
    ADD COLUMN session           text,
    ADD COLUMN session_serial    text,
    ADD COLUMN category_serial   text,
    ADD COLUMN review_group      text,
    ADD COLUMN attachments       jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN revision          int NOT NULL DEFAULT 0,
    ADD COLUMN sent_back_on      date,
    ADD COLUMN sent_back_because text,
    ADD COLUMN turned_into       text,
    ADD COLUMN ended_on          date,
    ADD COLUMN ended_because     text,
    ADD COLUMN object_by         date,
    ADD COLUMN handed_over       boolean NOT NULL DEFAULT false,
    ADD COLUMN answered          boolean NOT NULL DEFAULT false,
    ADD COLUMN leads             text[] NOT NULL DEFAULT '{}',
    ADD COLUMN co_handlers       text[] NOT NULL DEFAULT '{}',
    ADD COLUMN matter            text NOT NULL DEFAULT '',
    ADD COLUMN words             text NOT NULL DEFAULT '',
    ADD COLUMN terms             text[] NOT NULL DEFAULT '{}',
    ADD COLUMN terms_version     int NOT NULL DEFAULT 0,
    ADD CONSTRAINT proposals_state_check CHECK (state IN (
        'submitted', 'sent_back', 'accepted', 'declined', 'turned', 'withdrawn', 'archived')),
    ADD CONSTRAINT a_filed_one_has_a_number CHECK (
        state = 'withdrawn' OR (state IN ('accepted', 'archived')) = (number IS NOT NULL)),
    -- An archive has numbers of other forms, which begin anew each year.
    ADD CONSTRAINT a_number_stands_once UNIQUE (year, number);

DROP INDEX proposals_by_year, proposals_by_state;
CREATE INDEX proposals_by_year ON proposals (year, ordinal);
CREATE INDEX proposals_by_state ON proposals (state, ordinal);
CREATE INDEX proposals_by_year_and_state ON proposals (year, state, ordinal);
CREATE INDEX proposals_by_year_and_category ON proposals (year, category, ordinal);
CREATE INDEX proposals_by_session ON proposals (session, ordinal) WHERE session IS NOT NULL;
CREATE INDEX proposals_by_review_group ON proposals (review_group, ordinal)
    WHERE state IN ('submitted', 'sent_back');
CREATE INDEX proposals_key ON proposals (ordinal) WHERE key;
CREATE INDEX proposals_by_number ON proposals (number) WHERE number IS NOT NULL;
CREATE INDEX proposals_by_matter ON proposals USING hash (matter);
CREATE INDEX proposals_by_person ON proposals USING gin (proposer_persons);
-- PostgreSQL's dictionaries and trigrams find nothing in Chinese: single characters and pairs do.
CREATE INDEX proposals_by_term ON proposals USING gin (terms);
CREATE INDEX proposals_to_be_worded ON proposals (terms_version, ordinal);

-- In which part of all proposals each term stands, counted now and then on a sample.
CREATE TABLE term_shares (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    stamp    uuid NOT NULL,
    upto     bigint NOT NULL,
    titles   int NOT NULL,
    terms    text[] NOT NULL,
    shares   real[] NOT NULL
);

-- Serials other than the year's number; a row is lock and counter.
CREATE TABLE series (
    name text PRIMARY KEY,
    last int NOT NULL DEFAULT 0
);

-- What its writer has not handed in yet. Nobody else sees it but those who were asked to sign.
CREATE TABLE drafts (
    draft_id   text PRIMARY KEY,
    owner      text NOT NULL,
    owner_name text NOT NULL,
    version    int NOT NULL,
    content    jsonb NOT NULL,
    saved_on   date NOT NULL,
    saved_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX drafts_by_owner ON drafts (owner, saved_at);

CREATE TABLE signatures (
    draft_id    text NOT NULL REFERENCES drafts ON DELETE CASCADE,
    person      text NOT NULL,
    name        text NOT NULL,
    wording     text NOT NULL,
    until       timestamptz NOT NULL,
    answer      text CHECK (answer IN ('signed', 'declined')),
    why         text,
    answered_on date,
    PRIMARY KEY (draft_id, person)
);
CREATE INDEX signatures_by_person ON signatures (person);

-- Who brought which content; the content itself lies in the store, by its digest.
CREATE TABLE uploads (
    digest      text NOT NULL,
    person      text NOT NULL,
    kind        text NOT NULL,
    size        bigint NOT NULL,
    uploaded_on date NOT NULL,
    PRIMARY KEY (digest, person)
);

CREATE TABLE advice (
    proposal_id  text NOT NULL REFERENCES proposals,
    review_group text NOT NULL,
    advice       text NOT NULL,
    why          text NOT NULL,
    by_name      text NOT NULL,
    given_on     date NOT NULL,
    PRIMARY KEY (proposal_id, review_group)
);

CREATE TABLE objections (
    proposal_id     text NOT NULL REFERENCES proposals,
    person          text NOT NULL,
    name            text NOT NULL,
    main            text NOT NULL,
    why             text NOT NULL,
    objected_on     date NOT NULL,
    refused_on      date,
    refused_because text,
    PRIMARY KEY (proposal_id, main, person)
);

CREATE TABLE links (
    proposal_id text NOT NULL REFERENCES proposals,
    linked      text NOT NULL REFERENCES proposals,
    why         text NOT NULL,
    linked_on   date NOT NULL,
    PRIMARY KEY (proposal_id, linked)
);

-- What the committee said of candidates: by these the suggestions are measured.
CREATE TABLE similar_answers (
    proposal_id text NOT NULL REFERENCES proposals,
    other       text NOT NULL REFERENCES proposals,
    answer      text NOT NULL,
    score       real,
    answered_on date NOT NULL,
    PRIMARY KEY (proposal_id, other)
);

-- Heard of others: which units have or had a part in a proposal, and what it was answered.
CREATE TABLE concerned (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    unit        text NOT NULL,
    answers     boolean NOT NULL,
    ended       boolean NOT NULL DEFAULT false,
    PRIMARY KEY (proposal_id, task_id)
);
CREATE INDEX concerned_units ON concerned (unit, proposal_id);

CREATE TABLE replies (
    proposal_id  text NOT NULL,
    reply_id     text NOT NULL,
    unit         text NOT NULL,
    result_class text,
    says         text,
    summary      text,
    issued_on    date,
    PRIMARY KEY (proposal_id, reply_id)
);

-- A list in two steps: every row is checked, then all are taken over or none.
CREATE TABLE imports (
    import_id    text PRIMARY KEY,
    kind         text NOT NULL CHECK (kind IN ('hand_over', 'archive')),
    file_name    text NOT NULL,
    digest       text NOT NULL,
    source       text NOT NULL,
    total        int NOT NULL,
    notes        jsonb NOT NULL DEFAULT '[]',
    person       text NOT NULL,
    brought_on   date NOT NULL,
    confirmed_on date
);

CREATE TABLE import_rows (
    import_id   text NOT NULL REFERENCES imports,
    row         int NOT NULL,
    cells       jsonb NOT NULL,
    checked     boolean NOT NULL DEFAULT false,
    findings    jsonb NOT NULL DEFAULT '[]',
    proposal_id text,
    PRIMARY KEY (import_id, row)
);
CREATE INDEX import_rows_unchecked ON import_rows (import_id, row) WHERE NOT checked;

-- Apart from the import, so that it can be read while a transaction takes the list over.
CREATE TABLE import_progress (
    import_id text PRIMARY KEY,
    done      int NOT NULL
);
