-- Units have kinds, duties and effect dates; a succession names the unit that is gone, if it had
-- a code of its own, and how its work went over.
ALTER TABLE units
    ADD COLUMN kind   text NOT NULL DEFAULT '',
    ADD COLUMN duties jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN since  date,
    ADD COLUMN until  date,
    ADD CHECK (since IS NULL OR until IS NULL OR since <= until);
CREATE INDEX units_by_kind ON units (kind, code);

ALTER TABLE successions
    ADD COLUMN old_code text REFERENCES units,
    ADD COLUMN how      text CHECK (how IN ('renamed', 'merged', 'split', 'abolished')),
    ADD COLUMN "on"     date;
-- A unit that is gone is succeeded once; one that was renamed stands on under its code.
CREATE UNIQUE INDEX one_ending_per_unit ON successions (old_code)
 WHERE how <> 'renamed';
CREATE INDEX successions_by_unit ON successions (old_code);
CREATE INDEX successions_by_successor ON successions USING gin (successors);

-- A post is held from a day on and to the end of another, and may be held again later.
ALTER TABLE people ADD COLUMN mail text;
ALTER TABLE held_posts
    ADD COLUMN since date,
    ADD COLUMN until date,
    DROP CONSTRAINT held_posts_person_post_unit_key,
    ADD CHECK (since IS NULL OR until IS NULL OR since <= until);

CREATE TABLE delegations (
    delegation  text PRIMARY KEY,
    giver       text NOT NULL REFERENCES people,
    deputy      text NOT NULL REFERENCES people,
    post        text NOT NULL,
    unit        text NOT NULL REFERENCES units,
    since       date NOT NULL,
    until       date NOT NULL,
    why         text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CHECK (giver <> deputy)
);
CREATE INDEX delegations_by_giver ON delegations (giver, since);
CREATE INDEX delegations_by_deputy ON delegations (deputy, since);
CREATE INDEX delegations_by_day ON delegations (since, delegation);

CREATE TABLE accounts (
    account     text PRIMARY KEY,
    name        text NOT NULL,
    post        text NOT NULL,
    unit        text NOT NULL REFERENCES units,
    key_digest  text NOT NULL,
    acts        text[] NOT NULL,
    until       date,
    recorded_at timestamptz NOT NULL DEFAULT now()
);

-- A calendar's next edition waits for a second person; of each year one at most.
CREATE TABLE calendar_proposals (
    year        int PRIMARY KEY,
    content     jsonb NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE calendar_years
    ADD COLUMN why         text NOT NULL DEFAULT '',
    ADD COLUMN proposed_by jsonb;
ALTER TABLE calendar_days ADD COLUMN local boolean NOT NULL DEFAULT false;

DROP VIEW people_with_posts;
CREATE VIEW people_with_posts AS
SELECT person, name, mail,
       ARRAY(SELECT post FROM held_posts AS held
              WHERE held.person = people.person ORDER BY ordinal) AS posts,
       ARRAY(SELECT unit FROM held_posts AS held
              WHERE held.person = people.person ORDER BY ordinal) AS units,
       ARRAY(SELECT since FROM held_posts AS held
              WHERE held.person = people.person ORDER BY ordinal) AS sinces,
       ARRAY(SELECT until FROM held_posts AS held
              WHERE held.person = people.person ORDER BY ordinal) AS untils
  FROM people;

DROP VIEW years_with_days;
CREATE VIEW years_with_days AS
SELECT year, edition, source, provisional, why, proposed_by::text AS proposed_by,
       ARRAY(SELECT day FROM calendar_days AS differing
              WHERE differing.year = years.year ORDER BY day) AS days,
       ARRAY(SELECT works FROM calendar_days AS differing
              WHERE differing.year = years.year ORDER BY day) AS works,
       ARRAY(SELECT name FROM calendar_days AS differing
              WHERE differing.year = years.year ORDER BY day) AS names,
       ARRAY(SELECT local FROM calendar_days AS differing
              WHERE differing.year = years.year ORDER BY day) AS locals
  FROM calendar_years AS years;
