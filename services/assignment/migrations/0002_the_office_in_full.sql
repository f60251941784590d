-- What others told of a proposal: what advice and items are made from, and what makes its clocks
-- special. ``people`` are its proposers, who may see how it is handled.
CREATE TABLE proposals (
    proposal_id text PRIMARY KEY,
    year        int NOT NULL,
    title       text NOT NULL,
    text        text NOT NULL,
    put_by      text NOT NULL,
    session     text,
    people      text[] NOT NULL,
    key_leader  text,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX proposals_by_person ON proposals USING gin (people);

ALTER TABLE assignments
    ADD COLUMN withdrawn_on date,
    ADD COLUMN answered_on  date,
    ADD COLUMN handed_over  boolean NOT NULL DEFAULT false;
UPDATE assignments SET handed_over = true
 WHERE EXISTS (SELECT FROM tasks WHERE tasks.proposal_id = assignments.proposal_id);
CREATE INDEX assignments_by_main ON assignments (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX assignments_on_the_desk ON assignments (number DESC)
    WHERE NOT handed_over AND merged_into IS NULL AND withdrawn_on IS NULL;

-- ``number`` is the proposal's, so that a list in its order needs one index. ``named`` is what the
-- unit was called when it got the task. ``sign_left`` and ``answer_left`` are the working days of a
-- clock that had stood still; ``rests_on`` are the calendars by which its dates were reckoned.
ALTER TABLE tasks
    ADD COLUMN number       text,
    ADD COLUMN named        text NOT NULL DEFAULT '',
    ADD COLUMN contact      jsonb,
    ADD COLUMN sign_left    int,
    ADD COLUMN answer_left  int,
    ADD COLUMN consent      jsonb,
    ADD COLUMN object_by    jsonb,
    ADD COLUMN bound        boolean NOT NULL DEFAULT false,
    ADD COLUMN wanted_until date,
    ADD COLUMN extended     int NOT NULL DEFAULT 0,
    ADD COLUMN paused_on    date,
    ADD COLUMN answered_on  date,
    ADD COLUMN redo         int,
    ADD COLUMN instead_of   text,
    ADD COLUMN officer      text,
    ADD COLUMN officer_name text,
    ADD COLUMN section      text,
    ADD COLUMN stage        text,
    ADD COLUMN rests_on     text[] NOT NULL DEFAULT '{}',
    DROP CONSTRAINT tasks_state_check,
    ADD CHECK (state IN ('unsigned', 'signed', 'returned', 'objected', 'completed', 'ended',
                         'noted'));
UPDATE tasks SET number = assignments.number
  FROM assignments WHERE assignments.proposal_id = tasks.proposal_id;
UPDATE tasks
   SET rests_on = ARRAY(
           SELECT DISTINCT edition
             FROM unnest(ARRAY[sign, return_by, answer]) AS due,
                  unnest(string_to_array(due->>'calendar', '+')) AS edition
            WHERE due IS NOT NULL);
ALTER TABLE tasks ALTER COLUMN number SET NOT NULL;

DROP INDEX tasks_by_unit;
CREATE INDEX tasks_in_order ON tasks (number, task_id);
CREATE INDEX tasks_of_unit_in_order ON tasks (unit, number, task_id);
CREATE INDEX tasks_of_unit_by_state ON tasks (unit, state, number, task_id);
CREATE INDEX tasks_by_state ON tasks (state, number, task_id);
CREATE INDEX tasks_unanswered ON tasks (((answer->>'on')), number, task_id)
    WHERE answered_on IS NULL AND state NOT IN ('completed', 'ended', 'noted');
CREATE INDEX tasks_of_unit_unanswered ON tasks (unit, ((answer->>'on')), number, task_id)
    WHERE answered_on IS NULL AND state NOT IN ('completed', 'ended', 'noted');
CREATE INDEX tasks_by_calendar ON tasks USING gin (rests_on)
    WHERE answered_on IS NULL AND state NOT IN ('completed', 'ended', 'noted');

ALTER TABLE returns ADD COLUMN consent jsonb;
CREATE INDEX returns_pending_by_proposed ON returns (proposed_unit) WHERE decided_on IS NULL;

-- A second objection, the meeting over it and what a leader decided for good.
CREATE TABLE objections (
    proposal_id   text NOT NULL,
    nth           int NOT NULL,
    task_id       text NOT NULL,
    raised_on     date NOT NULL,
    raised_by     text NOT NULL,
    reason        text NOT NULL,
    proposed_unit text NOT NULL,
    decide        jsonb NOT NULL,
    meeting_on    date,
    present       text[],
    minutes       text,
    decided_on    date,
    decided_by    text,
    upheld        boolean,
    why           text,
    recorded_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, nth),
    FOREIGN KEY (proposal_id, task_id) REFERENCES tasks,
    CHECK ((decided_on IS NULL) = (upheld IS NULL))
);
CREATE UNIQUE INDEX one_objection_pending ON objections (proposal_id, task_id)
    WHERE decided_on IS NULL;

CREATE TABLE extensions (
    proposal_id text NOT NULL,
    nth         int NOT NULL,
    task_id     text NOT NULL,
    asked_on    date NOT NULL,
    until       date NOT NULL,
    reason      text NOT NULL,
    decided_on  date,
    granted     boolean,
    why         text,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, nth),
    FOREIGN KEY (proposal_id, task_id) REFERENCES tasks,
    CHECK ((decided_on IS NULL) = (granted IS NULL))
);
CREATE UNIQUE INDEX one_extension_pending ON extensions (proposal_id, task_id)
    WHERE decided_on IS NULL;

CREATE TABLE pauses (
    proposal_id text NOT NULL,
    nth         int NOT NULL,
    task_id     text NOT NULL,
    paused_on   date NOT NULL,
    why         text NOT NULL,
    resumed_on  date,
    resumed_why text,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, nth),
    FOREIGN KEY (proposal_id, task_id) REFERENCES tasks
);

CREATE TABLE progress (
    proposal_id text NOT NULL,
    nth         int NOT NULL,
    task_id     text NOT NULL,
    on_day      date NOT NULL,
    stage       text NOT NULL,
    says        text NOT NULL,
    by_name     text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, nth),
    FOREIGN KEY (proposal_id, task_id) REFERENCES tasks
);

-- The replies that a proposal is owed or has got. In a merged group the tasks are the main one's.
CREATE TABLE rounds (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    round       int NOT NULL,
    reply_id    text,
    issued_on   date,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, task_id, round)
);

CREATE TABLE items (
    proposal_id  text NOT NULL REFERENCES assignments,
    item_id      text NOT NULL,
    ordinal      bigint GENERATED ALWAYS AS IDENTITY,
    number       text NOT NULL,
    says         text NOT NULL,
    task_id      text NOT NULL,
    unit         text NOT NULL,
    officer      text NOT NULL,
    state        text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'completed', 'dropped')),
    planned_on   date NOT NULL,
    next_due_on  date,
    closed_on    date,
    closed_says  text,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, item_id),
    FOREIGN KEY (proposal_id, task_id) REFERENCES tasks,
    CHECK ((state = 'open') = (closed_on IS NULL))
);
CREATE INDEX items_in_order ON items (number, ordinal);
CREATE INDEX items_of_unit ON items (unit, state, number, ordinal);

CREATE TABLE milestones (
    proposal_id text NOT NULL,
    item_id     text NOT NULL,
    nth         int NOT NULL,
    says        text NOT NULL,
    due_on      date NOT NULL,
    reached_on  date,
    PRIMARY KEY (proposal_id, item_id, nth),
    FOREIGN KEY (proposal_id, item_id) REFERENCES items
);

CREATE TABLE item_reports (
    proposal_id text NOT NULL,
    item_id     text NOT NULL,
    nth         int NOT NULL,
    on_day      date NOT NULL,
    says        text NOT NULL,
    milestone   int,
    PRIMARY KEY (proposal_id, item_id, nth),
    FOREIGN KEY (proposal_id, item_id) REFERENCES items
);

-- What was advised and what was chosen: how good the advice is.
CREATE TABLE advice (
    proposal_id text NOT NULL REFERENCES assignments,
    item_id     text NOT NULL DEFAULT '',
    on_day      date NOT NULL,
    advised     text[] NOT NULL,
    chosen      text NOT NULL,
    rank        int,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, item_id)
);
CREATE INDEX advice_by_day ON advice (on_day);

-- With which facts of the registry the open tasks were last gone through.
CREATE TABLE swept (
    what        text PRIMARY KEY,
    facts       text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
