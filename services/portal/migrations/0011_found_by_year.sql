-- What is looked for is found year by year: the words of a text stand in the index with its year.
ALTER TABLE texts ADD COLUMN year int;
UPDATE texts SET year = proposals.year FROM proposals WHERE proposals.proposal_id = texts.proposal_id;
DROP INDEX texts_by_term;
CREATE INDEX texts_by_term ON texts USING gin (terms, (ARRAY[year]));
