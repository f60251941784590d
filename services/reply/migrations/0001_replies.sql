-- What the reply room knows: who handles a proposal, and everything said and sent in it.

-- Heard from intake.
CREATE TABLE proposals (
    proposal_id text PRIMARY KEY,
    title       text NOT NULL
);

CREATE TABLE proposers (
    proposal_id text NOT NULL REFERENCES proposals,
    position    int NOT NULL,
    name        text NOT NULL,
    person      text,
    PRIMARY KEY (proposal_id, position)
);

-- Merged groups: every member, the main one first.
CREATE TABLE members (
    proposal_id text PRIMARY KEY,
    main        text NOT NULL,
    position    int NOT NULL,
    UNIQUE (main, position)
);

-- Heard from assignment, under the proposal that was handed over.
CREATE TABLE tasks (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    position    bigint GENERATED ALWAYS AS IDENTITY,
    unit        text NOT NULL,
    role        text NOT NULL,
    answer_by   date,
    signed_on   date,
    ended_on    date,
    PRIMARY KEY (proposal_id, task_id)
);

-- One reply that is owed. A merged proposal has rounds of its own only where one was redone.
CREATE TABLE rounds (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    round       int NOT NULL,
    answer_by   date,
    redo        boolean NOT NULL,
    issued_on   date,
    PRIMARY KEY (proposal_id, task_id, round)
);

CREATE TABLE contacts (
    contact     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    unit        text NOT NULL,
    round       int,
    kind        text NOT NULL,
    people      text[] NOT NULL,
    summary     text NOT NULL,
    talked_on   date NOT NULL,
    noted_by    text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX contacts_by_task ON contacts (proposal_id, task_id, round);

CREATE TABLE opinions (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    unit        text NOT NULL,
    lead        text NOT NULL,
    opinion     text NOT NULL,
    days_late   int NOT NULL,
    given_on    date NOT NULL,
    given_by    text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, task_id)
);

CREATE TABLE drafts (
    proposal_id   text NOT NULL,
    task_id       text NOT NULL,
    round         int NOT NULL,
    draft         int NOT NULL,
    unit          text NOT NULL,
    result_class  text NOT NULL,
    drafted_on    date NOT NULL,
    drafted_by    text NOT NULL,
    drafter       text NOT NULL,
    approved_on   date,
    approver      text,
    recorded_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, task_id, round, draft)
);

-- The words of a draft stay in this room: events carry its number and class only.
CREATE TABLE texts (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    round       int NOT NULL,
    draft       int NOT NULL,
    text        text NOT NULL,
    PRIMARY KEY (proposal_id, task_id, round, draft),
    FOREIGN KEY (proposal_id, task_id, round, draft) REFERENCES drafts
);

-- The last number of each unit's letters of a year. Locked while a number is taken: no holes.
CREATE TABLE letter_books (
    unit text NOT NULL,
    year int NOT NULL,
    last int NOT NULL DEFAULT 0,
    PRIMARY KEY (unit, year)
);

CREATE TABLE replies (
    proposal_id              text NOT NULL,
    reply_id                 text NOT NULL,
    task_id                  text NOT NULL,
    unit                     text NOT NULL,
    round                    int NOT NULL,
    document_number          text NOT NULL,
    result_class             text NOT NULL,
    meaning                  text NOT NULL,
    summary                  text NOT NULL,
    reason                   text,
    handled_in               text NOT NULL,
    without_opinions         text[] NOT NULL,
    without_opinions_because text,
    days_late                int NOT NULL,
    rate_by                  date NOT NULL,
    issued_on                date NOT NULL,
    issued_by                text NOT NULL,
    recorded_at              timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, reply_id),
    UNIQUE (unit, document_number)
);

CREATE TABLE ratings (
    proposal_id text NOT NULL,
    reply_id    text NOT NULL,
    proposer    text NOT NULL,
    process     text NOT NULL,
    result      text NOT NULL,
    comment     text NOT NULL,
    rated_on    date NOT NULL,
    entered_by  text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, reply_id, proposer),
    FOREIGN KEY (proposal_id, reply_id) REFERENCES replies
);

CREATE TABLE promises (
    proposal_id text NOT NULL,
    promise_id  text NOT NULL,
    reply_id    text NOT NULL,
    unit        text NOT NULL,
    text        text NOT NULL,
    due_on      date NOT NULL,
    made_on     date NOT NULL,
    kept_on     date,
    evidence    text,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, promise_id),
    FOREIGN KEY (proposal_id, reply_id) REFERENCES replies
);
