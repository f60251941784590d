-- Filed proposals on the desk; merged_into names the main proposal of the group.
CREATE TABLE assignments (
    proposal_id text PRIMARY KEY,
    number      text NOT NULL,
    merged_into text,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CHECK (merged_into <> proposal_id)
);
CREATE INDEX assignments_by_number ON assignments (number);

-- Each unit's part in a proposal, with its dates as they were explained when it was given.
CREATE TABLE tasks (
    proposal_id  text NOT NULL REFERENCES assignments,
    task_id      text NOT NULL,
    ordinal      bigint GENERATED ALWAYS AS IDENTITY,
    unit         text NOT NULL,
    role         text NOT NULL CHECK (role IN ('lead', 'split', 'co_handle', 'reference')),
    state        text NOT NULL
                 CHECK (state IN ('unsigned', 'signed', 'returned', 'completed', 'ended', 'noted')),
    generation   int NOT NULL CHECK (generation > 0),
    parent       text,
    duty         text NOT NULL,
    sign         jsonb,
    return_by    jsonb,
    answer       jsonb,
    given_on     date NOT NULL,
    signed_on    date,
    completed_on date,
    summary      text,
    rolled_up_on date,
    ended_on     date,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, task_id),
    FOREIGN KEY (proposal_id, parent) REFERENCES tasks,
    CHECK ((role = 'reference') = (answer IS NULL)),
    CHECK ((state = 'completed') = (completed_on IS NOT NULL)),
    CHECK ((state = 'ended') = (ended_on IS NOT NULL))
);
CREATE INDEX tasks_by_unit ON tasks (unit, state);
CREATE UNIQUE INDEX one_lead ON tasks (proposal_id)
    WHERE role = 'lead' AND parent IS NULL AND state <> 'ended';
CREATE UNIQUE INDEX one_part_per_unit ON tasks (proposal_id, unit)
    WHERE state NOT IN ('completed', 'ended');

-- Every return and what became of it; a task may be returned again after a refusal.
CREATE TABLE returns (
    proposal_id   text NOT NULL,
    nth           int NOT NULL,
    task_id       text NOT NULL,
    returned_on   date NOT NULL,
    reason_code   text NOT NULL,
    reason        text NOT NULL,
    proposed_unit text NOT NULL,
    decide        jsonb NOT NULL,
    decided_on    date,
    upheld        boolean,
    why           text,
    recorded_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, nth),
    FOREIGN KEY (proposal_id, task_id) REFERENCES tasks,
    CHECK ((decided_on IS NULL) = (upheld IS NULL))
);
CREATE UNIQUE INDEX one_return_pending ON returns (proposal_id, task_id)
    WHERE decided_on IS NULL;
