-- Proposals as they were handed in, and what the committee made of them.
CREATE TABLE proposals (
    proposal_id       text PRIMARY KEY,
    ordinal           bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    year              int NOT NULL,
    title             text NOT NULL,
    text              text NOT NULL,
    kind              text NOT NULL,
    proposer_names    text[] NOT NULL,
    proposer_persons  text[] NOT NULL,
    category          text,
    suggested_units   text[] NOT NULL,
    wants_publication boolean NOT NULL,
    origin            text NOT NULL,
    source            text,
    submitted_on      date NOT NULL,
    state             text NOT NULL DEFAULT 'submitted'
                      CHECK (state IN ('submitted', 'accepted', 'declined')),
    number            text UNIQUE,
    reviewed_on       date,
    reason_code       text,
    reason            text,
    main              text REFERENCES proposals,
    merged_on         date,
    merged_because    text,
    key               boolean NOT NULL DEFAULT false,
    leader            text,
    supervised_by     text,
    recorded_at       timestamptz NOT NULL DEFAULT now(),
    CHECK ((state = 'accepted') = (number IS NOT NULL)),
    CHECK ((state = 'declined') = (reason_code IS NOT NULL))
);
CREATE INDEX proposals_by_year ON proposals (year, ordinal);
CREATE INDEX proposals_by_state ON proposals (state, ordinal);
CREATE INDEX proposals_by_group ON proposals (main) WHERE main IS NOT NULL;

-- One row per year: its lock, and the number up to which every number is used.
CREATE TABLE registers (
    year      int PRIMARY KEY,
    used_upto int NOT NULL DEFAULT 0
);
