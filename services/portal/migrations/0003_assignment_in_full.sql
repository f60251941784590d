-- What the portal shows of tasks in full: first contact, officer, progress, extensions, pauses,
-- objections; and the items into which a proposal was broken.
ALTER TABLE tasks
    ADD COLUMN contact_by      date,
    ADD COLUMN instead_of      text,
    ADD COLUMN binding         boolean,
    ADD COLUMN officer         text,
    ADD COLUMN section         text,
    ADD COLUMN stage           text,
    ADD COLUMN progress        text,
    ADD COLUMN progressed_on   date,
    ADD COLUMN extension_until date,
    ADD COLUMN extension_why   text,
    ADD COLUMN extension       text,
    ADD COLUMN paused_why      text,
    ADD COLUMN objected_on     date,
    ADD COLUMN objection       text,
    ADD COLUMN object_by       date,
    ADD COLUMN meeting_on      date,
    ADD COLUMN minutes         text,
    ADD COLUMN objection_upheld boolean,
    ADD COLUMN objection_why   text;

ALTER TABLE proposals
    ADD COLUMN answered_on date;

CREATE TABLE items (
    proposal_id text NOT NULL,
    item_id     text NOT NULL,
    says        text,
    unit        text,
    task_id     text,
    officer     text,
    milestones  json,
    reached     int,
    progress    text,
    progressed_on date,
    planned_on  date,
    completed_on date,
    dropped_on  date,
    result      text,
    PRIMARY KEY (proposal_id, item_id)
) WITH (fillfactor = 70);
CREATE INDEX items_by_unit ON items (unit);
