-- What is looked for is found year by year: the words of a text stand in the index with its year.
-- A number is found whole, not by the pairs in it, which stand in nearly every text.
ALTER TABLE texts ADD COLUMN year int;
UPDATE texts
   SET year = (SELECT proposals.year FROM proposals
                WHERE proposals.proposal_id = texts.proposal_id),
       terms = terms || ARRAY(SELECT DISTINCT number[1]
                                FROM regexp_matches(words, '\d{3,}', 'g') AS number);
UPDATE publications
   SET terms = terms || ARRAY(SELECT DISTINCT number[1]
                                FROM regexp_matches(words, '\d{3,}', 'g') AS number)
 WHERE words IS NOT NULL;
DROP INDEX texts_by_term;
CREATE INDEX texts_by_term ON texts USING gin (terms, (ARRAY[year]));
