-- Among whom the work of a unit that is no more was split: the office says whose the task is.
ALTER TABLE tasks ADD COLUMN heirs text[];
CREATE INDEX tasks_without_heir ON tasks (number, task_id)
    WHERE heirs IS NOT NULL AND state NOT IN ('completed', 'ended');

-- Proposals of earlier years, as far as advice is drawn from them; under the units of today.
CREATE TABLE archived (
    proposal_id text PRIMARY KEY,
    number      text NOT NULL,
    title       text NOT NULL,
    units       text[] NOT NULL
);
CREATE INDEX archived_by_number ON archived (number DESC);
