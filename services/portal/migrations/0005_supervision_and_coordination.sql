-- What became of a matter between its flag and its end, and who keeps an eye on a proposal.
ALTER TABLE proposals ADD COLUMN tracker text;

ALTER TABLE matters ADD COLUMN decide_by date;
ALTER TABLE matters ADD COLUMN effect text;
ALTER TABLE matters ADD COLUMN effect_unit text;
ALTER TABLE matters ADD COLUMN effect_due_on date;
ALTER TABLE matters ADD COLUMN dismissed_on date;
ALTER TABLE matters ADD COLUMN dismissed_why text;
ALTER TABLE matters ADD COLUMN carried_out_on date;
ALTER TABLE matters ADD COLUMN carried_out_says text;
DROP INDEX matters_open;
CREATE INDEX matters_open ON matters (flagged_on)
    WHERE decided_on IS NULL AND dismissed_on IS NULL;

CREATE TABLE positions (
    proposal_id text NOT NULL,
    matter_id   text NOT NULL,
    unit        text NOT NULL,
    position    text,
    stated_on   date,
    PRIMARY KEY (proposal_id, matter_id, unit)
);

CREATE TABLE supervisions (
    proposal_id    text NOT NULL,
    supervision_id text NOT NULL,
    number         text,
    unit           text,
    demand         text,
    leader         text,
    opened_on      date,
    answer_by      date,
    answer         text,
    answered_on    date,
    result         text,
    closed_on      date,
    PRIMARY KEY (proposal_id, supervision_id)
);
CREATE INDEX supervisions_open ON supervisions (opened_on) WHERE closed_on IS NULL;

CREATE TABLE inspections (
    proposal_id   text NOT NULL,
    inspection_id text NOT NULL,
    held_on       date,
    place         text,
    units         json,
    progress      text,
    effect        text,
    PRIMARY KEY (proposal_id, inspection_id)
);

CREATE TABLE findings (
    proposal_id   text NOT NULL,
    finding_id    text NOT NULL,
    inspection_id text,
    unit          text,
    says          text,
    answer_by     date,
    answer        text,
    answered_on   date,
    PRIMARY KEY (proposal_id, finding_id)
);
