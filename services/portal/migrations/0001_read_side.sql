-- What the portal shows. Every row is written by events alone and can be rebuilt from them, so
-- each column but a key may still be unknown: an event says only what it says.

CREATE TABLE proposals (
    proposal_id       text PRIMARY KEY,
    number            text,
    year              int,
    title             text,
    kind              text,
    category          text,
    origin            text,
    source            text,
    proposers         json,
    suggested_units   json,
    wants_publication boolean,
    state             text,
    submitted_on      date,
    accepted_on       date,
    declined_on       date,
    decline_reason    text,
    assigned_on       date,
    meeting           text,
    is_key            boolean,
    key_leader        text,
    key_supervisor    text,
    group_main        text,
    merged_into       text
) WITH (fillfactor = 80);
CREATE INDEX proposals_in_order ON proposals (year DESC, number DESC NULLS FIRST, proposal_id);
CREATE INDEX proposals_by_number ON proposals (number);
CREATE INDEX proposals_by_state ON proposals (year, state);
CREATE INDEX proposals_by_group ON proposals (group_main) WHERE group_main IS NOT NULL;
CREATE INDEX proposals_merged ON proposals (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX proposals_key ON proposals (year) WHERE is_key;

-- Apart from the proposals, because it is long and never changes. ``words`` are title and
-- proposers in their plain form, ``terms`` the pairs of characters in them: PostgreSQL's own
-- dictionaries and trigrams find nothing in Chinese.
CREATE TABLE texts (
    proposal_id text PRIMARY KEY,
    text        text,
    words       text,
    terms       text[]
);
CREATE INDEX texts_by_term ON texts USING gin (terms);

CREATE TABLE tasks (
    proposal_id       text NOT NULL,
    task_id           text NOT NULL,
    unit              text,
    role              text,
    generation        int,
    parent            text,
    duty              text,
    meeting           text,
    handed_by         text,
    assigned_on       date,
    return_by         date,
    signed_on         date,
    returned_on       date,
    return_reason     text,
    proposed_unit     text,
    return_decided_on date,
    return_upheld     boolean,
    return_why        text,
    contacted_on      date,
    answered_on       date,
    days_late         int,
    answer            text,
    desk              text,
    rolled_up_on      date,
    ended_on          date,
    end_why           text,
    PRIMARY KEY (proposal_id, task_id)
) WITH (fillfactor = 70);
CREATE INDEX tasks_by_unit ON tasks (unit, role);

-- What somebody owes by a day. It is open until done or dead, and stands still while a return is
-- decided; its light is never stored, because it changes with the day.
CREATE TABLE clocks (
    proposal_id text NOT NULL,
    clock_id    text NOT NULL,
    kind        text,
    unit        text,
    task_id     text,
    due_on      date,
    provisional boolean,
    due         json,
    done_on     date,
    dead_on     date,
    paused      boolean,
    PRIMARY KEY (proposal_id, clock_id)
) WITH (fillfactor = 70);
CREATE INDEX clocks_open ON clocks (unit, due_on) WHERE done_on IS NULL AND dead_on IS NULL;

CREATE VIEW open_clocks AS
    SELECT proposal_id, clock_id, kind, unit, task_id, due_on, provisional, due
      FROM clocks
     WHERE done_on IS NULL AND dead_on IS NULL AND paused IS NOT TRUE AND due_on IS NOT NULL;

CREATE TABLE replies (
    proposal_id      text NOT NULL,
    reply_id         text NOT NULL,
    task_id          text,
    unit             text,
    round            int,
    document_number  text,
    result_class     text,
    meaning          text,
    summary          text,
    reason           text,
    without_opinions json,
    because          text,
    days_late        int,
    issued_on        date,
    PRIMARY KEY (proposal_id, reply_id)
);
CREATE INDEX replies_by_unit ON replies (unit);

CREATE TABLE ratings (
    proposal_id text NOT NULL,
    reply_id    text NOT NULL,
    proposer    text NOT NULL,
    process     text,
    result      text,
    comment     text,
    rated_on    date,
    PRIMARY KEY (proposal_id, reply_id, proposer)
);

CREATE TABLE promises (
    proposal_id text NOT NULL,
    promise_id  text NOT NULL,
    reply_id    text,
    unit        text,
    text        text,
    due_on      date,
    made_on     date,
    kept_on     date,
    evidence    text,
    PRIMARY KEY (proposal_id, promise_id)
);
CREATE INDEX promises_by_unit ON promises (unit);

CREATE TABLE matters (
    proposal_id text NOT NULL,
    matter_id   text NOT NULL,
    rule        text,
    evidence    text,
    parties     json,
    flagged_on  date,
    decision    text,
    new_lead    text,
    decided_on  date,
    PRIMARY KEY (proposal_id, matter_id)
);
CREATE INDEX matters_open ON matters (flagged_on) WHERE decided_on IS NULL;

-- One line per event. ``parts`` are the facts that its sentence needs, not the sentence itself:
-- a unit is shown under the name that it bears on the day of reading.
CREATE TABLE timeline (
    proposal_id text NOT NULL,
    teller      text NOT NULL,
    sequence    bigint NOT NULL,
    type        text NOT NULL,
    on_day      date NOT NULL,
    at          timestamptz NOT NULL,
    by_name     text NOT NULL,
    by_post     text NOT NULL,
    by_unit     text NOT NULL,
    parts       json NOT NULL,
    PRIMARY KEY (proposal_id, teller, sequence)
);
CREATE INDEX timeline_latest ON timeline (on_day);
