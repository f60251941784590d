-- What intake tells besides: by whom a proposal is put, its serials, how its review may end, links.
ALTER TABLE proposals
    ADD COLUMN put_by          text,
    ADD COLUMN body            text,
    ADD COLUMN session         text,
    ADD COLUMN session_serial  text,
    ADD COLUMN category_serial text,
    ADD COLUMN review_group    text,
    ADD COLUMN attachments     json,
    ADD COLUMN turned_into     text,
    ADD COLUMN closed_on       date,
    ADD COLUMN closed_because  text,
    ADD COLUMN archive         json;

CREATE TABLE links (
    proposal_id text NOT NULL,
    linked      text NOT NULL,
    why         text,
    PRIMARY KEY (proposal_id, linked)
);
