-- A proposal as far as escalation needs it: where its clocks belong, which story it is in. A merged
-- one is handled in the tasks of the main one of its group.
CREATE TABLE proposals (
    proposal_id text PRIMARY KEY,
    number      text,
    main        text,
    committee   text,
    office      text,
    generation  int NOT NULL DEFAULT 0,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX proposals_by_group ON proposals (main) WHERE main IS NOT NULL;

-- Who handles it, and who did.
CREATE TABLE handlers (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    unit        text NOT NULL,
    role        text NOT NULL,
    parent      text,
    returned    boolean NOT NULL DEFAULT false,
    ended       boolean NOT NULL DEFAULT false,
    PRIMARY KEY (proposal_id, task_id)
);

-- Every return, in order.
CREATE TABLE returns (
    n             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal_id   text NOT NULL,
    unit          text NOT NULL,
    proposed_unit text NOT NULL,
    returned_on   date NOT NULL
);
CREATE INDEX returns_of_proposal ON returns (proposal_id, n);

-- What the city has to settle.
CREATE TABLE matters (
    proposal_id text NOT NULL,
    matter_id   text NOT NULL,
    rule        text NOT NULL,
    generation  int NOT NULL,
    evidence    text NOT NULL,
    parties     text[] NOT NULL,
    flagged_by  text NOT NULL,
    flagged_on  date NOT NULL,
    state       text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'decided')),
    decision    text,
    effect      text,
    lead        text,
    decided_by  text,
    decided_on  date,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, matter_id)
);
CREATE UNIQUE INDEX one_open_matter_per_rule ON matters (proposal_id, rule) WHERE state = 'open';

-- Who owes what by when, and what was told of it.
CREATE TABLE clocks (
    proposal_id  text NOT NULL,
    clock_id     text NOT NULL,
    clock        text NOT NULL,
    awaits       text NOT NULL,
    subject      text NOT NULL,
    unit         text NOT NULL,
    started_on   date NOT NULL,
    due_on       date NOT NULL,
    generation   int NOT NULL DEFAULT 1,
    state        text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'stopped', 'dead')),
    stopped_on   date,
    near_told    boolean NOT NULL DEFAULT false,
    missed       boolean NOT NULL DEFAULT false,
    told_rungs   int[] NOT NULL DEFAULT '{}',
    -- When to look again, and the rules and calendars by which that day was found.
    next_look_on date,
    looked_with  text NOT NULL DEFAULT '',
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, clock_id)
) WITH (fillfactor = 80);
CREATE INDEX clocks_to_look_at ON clocks (next_look_on) WHERE state = 'running';
CREATE INDEX clocks_looked_with ON clocks (looked_with) WHERE state = 'running';
CREATE INDEX clocks_by_due_date ON clocks (due_on, proposal_id, clock_id) WHERE state = 'running';
CREATE INDEX clocks_by_unit ON clocks (unit, due_on);
