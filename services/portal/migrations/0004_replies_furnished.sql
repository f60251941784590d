-- What reply tells beyond letters and ratings: talks that are confirmed or denied, disagreements,
-- the office's check, the closing of ratings, releases, and promises that change.

ALTER TABLE tasks
    ADD COLUMN opinion_withdrawn_on date,
    ADD COLUMN unanswered           boolean; -- what was answered was taken back
ALTER TABLE clocks ADD COLUMN reopened boolean; -- what was done was taken back

ALTER TABLE replies
    ADD COLUMN publish_by         date,
    ADD COLUMN evidence           text,
    ADD COLUMN unanswered         json,
    ADD COLUMN unanswered_because text,
    ADD COLUMN paper              json,
    ADD COLUMN attachments        json,
    ADD COLUMN accepted_on        date,
    ADD COLUMN void_on            date,
    ADD COLUMN void_why           text,
    ADD COLUMN class_before       text,
    ADD COLUMN class_why          text,
    ADD COLUMN asked_on           date,
    ADD COLUMN reminded_on        date,
    ADD COLUMN closed_on          date,
    ADD COLUMN silent             json,
    ADD COLUMN meeting_ordered_on date,
    ADD COLUMN met_on             date,
    ADD COLUMN meeting_result     text,
    ADD COLUMN meeting_outcome    text,
    ADD COLUMN second_on          date,
    ADD COLUMN second_number      text,
    ADD COLUMN second_summary     text;

ALTER TABLE ratings ADD COLUMN paper json;

ALTER TABLE promises
    ADD COLUMN owner        text,
    ADD COLUMN shown_by     text,
    ADD COLUMN first_due_on date,
    ADD COLUMN promised_by  text,
    ADD COLUMN reported_on  date,
    ADD COLUMN reported     text,
    ADD COLUMN progress     text,
    ADD COLUMN state        text, -- open, reported, change_asked, kept, broken, void
    ADD COLUMN why          text;

CREATE TABLE contacts (
    proposal_id text NOT NULL,
    contact_id  text NOT NULL,
    task_id     text,
    unit        text,
    kind        text,
    stage       text,
    people      json,
    summary     text,
    talked_on   date,
    attachments json,
    PRIMARY KEY (proposal_id, contact_id)
);

-- The last word of each proposer on a talk.
CREATE TABLE contact_words (
    proposal_id text NOT NULL,
    contact_id  text NOT NULL,
    proposer    text NOT NULL,
    denies      boolean,
    says        text,
    said_on     date,
    PRIMARY KEY (proposal_id, contact_id, proposer)
);

CREATE TABLE disagreements (
    proposal_id     text NOT NULL,
    disagreement_id text NOT NULL,
    unit            text,
    lead            text,
    about           text,
    level           text,
    opened_on       date,
    settled_on      date,
    outcome         text,
    PRIMARY KEY (proposal_id, disagreement_id)
);
CREATE INDEX disagreements_open ON disagreements (opened_on) WHERE settled_on IS NULL;

-- How each letter stands in public: proposed, decided, released, withdrawn, void.
CREATE TABLE publications (
    proposal_id text NOT NULL,
    letter_id   text NOT NULL,
    kind        text,
    unit        text,
    state       text,
    proposed    text,
    decided     text,
    form        text,
    reason      text,
    title       text,
    text        text,
    released_on date,
    PRIMARY KEY (proposal_id, letter_id)
);
CREATE INDEX publications_released ON publications (released_on DESC) WHERE state = 'released';

CREATE TABLE look_backs (
    proposal_id text NOT NULL,
    look_back   text NOT NULL,
    item        text NOT NULL,
    kind        text,
    unit        text,
    opened_on   date,
    found       text,
    says        text,
    found_on    date,
    PRIMARY KEY (proposal_id, look_back, item)
);
