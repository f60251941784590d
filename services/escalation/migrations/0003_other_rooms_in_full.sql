-- Whom a unit named to handle its task.
ALTER TABLE handlers ADD COLUMN officer text;

-- Replies that did not satisfy their proposers. Those of rounds before this are counted by their
-- clocks: until now every next round was taken for one.
CREATE TABLE dissatisfied (
    proposal_id text NOT NULL,
    reply_id    text NOT NULL,
    task_id     text NOT NULL,
    PRIMARY KEY (proposal_id, reply_id)
);
INSERT INTO dissatisfied (proposal_id, reply_id, task_id)
SELECT proposal_id, left(clock_id, -length('/redo')), subject
  FROM clocks
 WHERE awaits = 'reply' AND clock_id LIKE '%/redo';
