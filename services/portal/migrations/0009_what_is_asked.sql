-- Which clock of the rule set runs: how far ahead its light warns depends on it.
ALTER TABLE clocks ADD COLUMN clock text;
UPDATE clocks SET clock = due->>'clock' WHERE due IS NOT NULL;
DROP VIEW open_clocks;
CREATE VIEW open_clocks AS
    SELECT proposal_id, clock_id, kind, coalesce(clock, kind) AS clock, unit, task_id, due_on,
           provisional, due
      FROM clocks
     WHERE done_on IS NULL AND dead_on IS NULL AND paused IS NOT TRUE AND due_on IS NOT NULL;

-- A head's consent to a return, and which version of a draft stands approved.
ALTER TABLE tasks
    ADD COLUMN consented_on date,
    ADD COLUMN draft        int,
    ADD COLUMN draft_round  int;

-- Whom a lead asked to put their name to a version. What was overtaken is asked no more: then
-- another version stands approved in the lead's task, or none.
CREATE TABLE countersigns (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    round       int NOT NULL,
    draft       int NOT NULL,
    unit        text NOT NULL,
    asked_on    date,
    answered_on date,
    PRIMARY KEY (proposal_id, task_id, round, draft, unit)
);
CREATE INDEX countersigns_asked ON countersigns (unit) WHERE answered_on IS NULL;

-- Who was asked to put a draft proposal together with its author, until when, and what they said.
CREATE TABLE signatures (
    proposal_id text NOT NULL,
    person      text NOT NULL,
    title       text,
    author      text,
    until       timestamptz,
    answer      text, -- asked, given, declined
    PRIMARY KEY (proposal_id, person)
);
CREATE INDEX signatures_asked ON signatures (person) WHERE answer = 'asked';

-- What nobody has decided yet, by the one who is to.
CREATE INDEX tasks_refused ON tasks (unit)
    WHERE return_upheld IS FALSE AND objected_on IS NULL AND ended_on IS NULL;
