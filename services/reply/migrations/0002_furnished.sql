-- The reply room furnished: contacts that are confirmed, opinions and drafts that go through hands,
-- the office's check, ratings that are asked for and closed, disclosure, promises that change hands.

ALTER TABLE proposals
    ADD COLUMN number            text,
    ADD COLUMN year              int,
    ADD COLUMN category          text,
    ADD COLUMN kind              text NOT NULL DEFAULT 'unknown',
    ADD COLUMN is_key            boolean NOT NULL DEFAULT false,
    ADD COLUMN wants_publication boolean NOT NULL DEFAULT true,
    ADD COLUMN submitted_on      date,
    ADD COLUMN taken_back_on     date;
CREATE INDEX proposers_by_person ON proposers (person);
CREATE INDEX proposers_by_name ON proposers (name);
CREATE INDEX members_by_main ON members (main);

ALTER TABLE tasks ADD COLUMN paused_on date;
CREATE INDEX tasks_by_unit ON tasks (unit);

-- ``because``: the first reply of a task, or what made another one necessary. ``counts_from``: the
-- first round whose contacts count for this one. A round ends with its task.
ALTER TABLE rounds
    ADD COLUMN because     text NOT NULL DEFAULT 'first',
    ADD COLUMN ended_on    date,
    ADD COLUMN counts_from int;
UPDATE rounds SET because = CASE WHEN redo THEN 'dissatisfied' ELSE 'first' END,
                  counts_from = round,
                  ended_on = (SELECT ended_on
                                FROM tasks
                               WHERE tasks.proposal_id = rounds.proposal_id
                                 AND tasks.task_id = rounds.task_id);
ALTER TABLE rounds ALTER COLUMN counts_from SET NOT NULL;

ALTER TABLE contacts
    ADD COLUMN contact_id  text,
    ADD COLUMN stage       text NOT NULL DEFAULT 'unknown',
    ADD COLUMN attachments jsonb NOT NULL DEFAULT '[]';
UPDATE contacts
   SET contact_id = numbered.id
  FROM (SELECT contact,
               task_id || '.c' || row_number() OVER (PARTITION BY proposal_id, task_id
                                                         ORDER BY contact) AS id
          FROM contacts) AS numbered
 WHERE contacts.contact = numbered.contact;
ALTER TABLE contacts
    ALTER COLUMN contact_id SET NOT NULL,
    ADD CONSTRAINT contacts_named UNIQUE (proposal_id, contact_id);

-- The last word of each proposer on a contact.
CREATE TABLE contact_words (
    proposal_id text NOT NULL,
    contact_id  text NOT NULL,
    proposer    text NOT NULL,
    denies      boolean NOT NULL,
    says        text NOT NULL DEFAULT '',
    said_on     date NOT NULL,
    entered_by  text NOT NULL,
    paper       jsonb,
    PRIMARY KEY (proposal_id, contact_id, proposer),
    FOREIGN KEY (proposal_id, contact_id) REFERENCES contacts (proposal_id, contact_id)
);
CREATE INDEX contact_words_denied ON contact_words (proposal_id) WHERE denies;

-- The talks that no proposer denies.
CREATE VIEW standing_contacts AS
    SELECT *
      FROM contacts
     WHERE NOT EXISTS (SELECT
                         FROM contact_words AS words
                        WHERE words.proposal_id = contacts.proposal_id
                          AND words.contact_id = contacts.contact_id
                          AND words.denies);

CREATE TABLE waivers (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    round       int NOT NULL,
    proposer    text NOT NULL,
    said_on     date NOT NULL,
    entered_by  text NOT NULL,
    paper       jsonb,
    PRIMARY KEY (proposal_id, task_id, round, proposer)
);

CREATE TABLE points (
    proposal_id text NOT NULL,
    position    int NOT NULL,
    says        text NOT NULL,
    PRIMARY KEY (proposal_id, position)
);

CREATE TABLE opinion_drafts (
    proposal_id    text NOT NULL,
    task_id        text NOT NULL,
    draft          int NOT NULL,
    unit           text NOT NULL,
    text           text NOT NULL,
    contradicts    text,
    drafted_on     date NOT NULL,
    drafted_by     text NOT NULL,
    drafted_for    text,
    drafter        text NOT NULL,
    checked_on     date,
    checked_by     text,
    checked_for    text,
    checker        text,
    sent_back_on   date,
    sent_back_by   text,
    sent_back_why  text,
    recorded_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (proposal_id, task_id, draft)
);

ALTER TABLE opinions
    ADD COLUMN letter_id       text,
    ADD COLUMN document_number text,
    ADD COLUMN contradicts     text,
    ADD COLUMN attachments     jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN paper           jsonb,
    ADD COLUMN withdrawn_on    date,
    ADD COLUMN withdrawn_why   text;
UPDATE opinions SET letter_id = task_id || '.o1';
ALTER TABLE opinions
    ALTER COLUMN letter_id SET NOT NULL,
    DROP CONSTRAINT opinions_pkey,
    ADD PRIMARY KEY (proposal_id, letter_id),
    ADD CONSTRAINT opinions_numbered UNIQUE (unit, document_number);
CREATE UNIQUE INDEX opinions_standing ON opinions (proposal_id, task_id)
    WHERE withdrawn_on IS NULL;

CREATE TABLE disagreements (
    proposal_id     text NOT NULL,
    disagreement_id text NOT NULL,
    task_id         text NOT NULL,
    unit            text NOT NULL,
    lead            text NOT NULL,
    about           text NOT NULL,
    level           text NOT NULL,
    opened_on       date NOT NULL,
    raised_why      text,
    settled_on      date,
    outcome         text,
    PRIMARY KEY (proposal_id, disagreement_id)
);
CREATE INDEX disagreements_open ON disagreements (proposal_id) WHERE settled_on IS NULL;

ALTER TABLE drafts
    ADD COLUMN drafted_for   text,
    ADD COLUMN approved_by   text,
    ADD COLUMN approved_for  text,
    ADD COLUMN endorsed_on   date,
    ADD COLUMN endorser      text,
    ADD COLUMN sent_back_on  date,
    ADD COLUMN sent_back_by  text,
    ADD COLUMN sent_back_why text;

CREATE TABLE draft_answers (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    round       int NOT NULL,
    draft       int NOT NULL,
    point       text NOT NULL,
    answer      text NOT NULL,
    PRIMARY KEY (proposal_id, task_id, round, draft, point),
    FOREIGN KEY (proposal_id, task_id, round, draft) REFERENCES drafts
);

-- Who was asked to put their name to which version of the lead's draft.
CREATE TABLE countersigns (
    proposal_id text NOT NULL,
    task_id     text NOT NULL,
    round       int NOT NULL,
    draft       int NOT NULL,
    unit        text NOT NULL,
    state       text NOT NULL,
    asked_on    date NOT NULL,
    answered_on date,
    answered_by text,
    why         text,
    paper       jsonb,
    PRIMARY KEY (proposal_id, task_id, round, draft, unit),
    FOREIGN KEY (proposal_id, task_id, round, draft) REFERENCES drafts
);
CREATE INDEX countersigns_open ON countersigns (unit) WHERE state = 'open';

-- Each series of a unit's letters has a book of its own.
ALTER TABLE letter_books ADD COLUMN series text NOT NULL DEFAULT 'reply';
ALTER TABLE letter_books
    DROP CONSTRAINT letter_books_pkey,
    ADD PRIMARY KEY (unit, series, year);

ALTER TABLE replies
    ADD COLUMN draft              int,
    ADD COLUMN evidence           text,
    ADD COLUMN unanswered         text[] NOT NULL DEFAULT '{}',
    ADD COLUMN unanswered_because text,
    ADD COLUMN attachments        jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN paper              jsonb,
    ADD COLUMN publish_by         date,
    ADD COLUMN accepted_on        date,
    ADD COLUMN accepted_by        text,
    ADD COLUMN void_on            date,
    ADD COLUMN void_why           text,
    ADD COLUMN class_before       text,
    ADD COLUMN class_why          text,
    ADD COLUMN asked_on           date,
    ADD COLUMN reminders          int NOT NULL DEFAULT 0,
    ADD COLUMN reminded_on        date,
    ADD COLUMN closed_on          date,
    ADD COLUMN silent             text[] NOT NULL DEFAULT '{}',
    ADD COLUMN meeting_ordered_on date,
    ADD COLUMN meet_by            date,
    ADD COLUMN met_on             date,
    ADD COLUMN meeting_result     text,
    ADD COLUMN meeting_outcome    text,
    ADD COLUMN second_on          date,
    ADD COLUMN second_number      text,
    ADD COLUMN second_summary     text;
UPDATE replies
   SET draft = (SELECT max(draft)
                  FROM drafts
                 WHERE drafts.proposal_id = replies.handled_in
                   AND drafts.task_id = replies.task_id
                   AND drafts.round = replies.round);
CREATE UNIQUE INDEX replies_second_numbers ON replies (unit, second_number);
CREATE INDEX replies_in_order ON replies (issued_on DESC, proposal_id, reply_id);
CREATE INDEX replies_handled_in ON replies (handled_in, reply_id);

ALTER TABLE ratings ADD COLUMN paper jsonb;

-- How each letter stands in public: what the unit proposes, the office decides, was released.
CREATE TABLE publications (
    proposal_id          text NOT NULL,
    letter_id            text NOT NULL,
    kind                 text NOT NULL,
    unit                 text NOT NULL,
    sent_on              date NOT NULL,
    proposed             text,
    proposed_reason_code text,
    proposed_reason      text,
    decided              text,
    form                 text NOT NULL DEFAULT 'full',
    decided_on           date,
    decided_reason       text,
    released_on          date,
    title                text,
    text                 text,
    withdrawn_on         date,
    withdrawn_why        text,
    void_on              date,
    PRIMARY KEY (proposal_id, letter_id)
);
CREATE INDEX publications_in_order ON publications (sent_on, proposal_id, letter_id);
INSERT INTO publications (proposal_id, letter_id, kind, unit, sent_on)
SELECT proposal_id, reply_id, 'reply', unit, issued_on FROM replies
 UNION ALL
SELECT proposal_id, letter_id, 'opinion', unit, given_on FROM opinions;

ALTER TABLE promises
    ADD COLUMN owner          text NOT NULL DEFAULT '',
    ADD COLUMN shown_by       text NOT NULL DEFAULT '',
    ADD COLUMN reported_on    date,
    ADD COLUMN reported       text,
    ADD COLUMN attachments    jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN refused_why    text,
    ADD COLUMN wanted_text    text,
    ADD COLUMN wanted_due_on  date,
    ADD COLUMN wanted_why     text,
    ADD COLUMN wanted_on      date,
    ADD COLUMN changed_on     date,
    ADD COLUMN first_due_on   date,
    ADD COLUMN broken_on      date,
    ADD COLUMN broken_why     text,
    ADD COLUMN void_on        date,
    ADD COLUMN promised_by    text;
UPDATE promises SET first_due_on = due_on, promised_by = unit;
CREATE INDEX promises_by_unit ON promises (unit, due_on);
CREATE INDEX promises_open ON promises (due_on, proposal_id, promise_id)
    WHERE kept_on IS NULL AND broken_on IS NULL AND void_on IS NULL;

CREATE TABLE promise_notes (
    note        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal_id text NOT NULL,
    promise_id  text NOT NULL,
    progress    text NOT NULL,
    noted_on    date NOT NULL,
    noted_by    text NOT NULL,
    FOREIGN KEY (proposal_id, promise_id) REFERENCES promises
);
CREATE INDEX promise_notes_by_promise ON promise_notes (proposal_id, promise_id);

CREATE TABLE look_backs (
    proposal_id text NOT NULL,
    look_back   text NOT NULL,
    item        text NOT NULL,
    kind        text NOT NULL,
    unit        text NOT NULL,
    seed        text NOT NULL,
    opened_on   date NOT NULL,
    found       text,
    says        text,
    found_on    date,
    found_by    text,
    PRIMARY KEY (look_back, proposal_id, item)
);

-- The proposals that concern somebody: those in which one of these units has or had a part, in the
-- proposal itself or in the main one of its group, and those which this person put.
CREATE FUNCTION concerning(their_units text[], their_person text, their_name text)
    RETURNS SETOF text LANGUAGE sql STABLE
    AS $$
        SELECT proposal_id FROM tasks WHERE unit = ANY(their_units)
         UNION
        SELECT members.proposal_id
          FROM tasks JOIN members ON members.main = tasks.proposal_id
         WHERE tasks.unit = ANY(their_units)
         UNION
        SELECT proposal_id FROM proposers WHERE person = their_person
         UNION
        SELECT proposal_id FROM proposers WHERE person IS NULL AND name = their_name
    $$;
