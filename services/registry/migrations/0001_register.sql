-- What stands in the register. The history of each row is in the event log.
CREATE TABLE units (
    code        text PRIMARY KEY,
    name        text NOT NULL,
    short_name  text NOT NULL,
    aliases     text[] NOT NULL,
    level       text NOT NULL CHECK (level IN ('city', 'district', 'section', 'street')),
    parent      text REFERENCES units,
    source      text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CHECK (parent <> code)
);
CREATE INDEX units_by_parent ON units (parent, code);
CREATE INDEX units_by_level ON units (level, code);

-- Every name that a unit goes by, its code included: one name, one unit.
CREATE TABLE unit_names (
    name text PRIMARY KEY,
    unit text NOT NULL REFERENCES units
);
CREATE INDEX unit_names_by_unit ON unit_names (unit);

CREATE TABLE successions (
    old_name    text PRIMARY KEY,
    successors  text[] NOT NULL,
    year        int NOT NULL,
    source      text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE people (
    person      text PRIMARY KEY,
    name        text NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE held_posts (
    person  text NOT NULL REFERENCES people,
    ordinal int NOT NULL,
    post    text NOT NULL,
    unit    text NOT NULL REFERENCES units,
    PRIMARY KEY (person, ordinal),
    UNIQUE (person, post, unit)
);
CREATE INDEX held_posts_by_unit ON held_posts (unit, post, person);

-- The newest edition of each year.
CREATE TABLE calendar_years (
    year        int PRIMARY KEY,
    edition     int NOT NULL,
    source      text NOT NULL,
    provisional boolean NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE calendar_days (
    day   date PRIMARY KEY,
    year  int NOT NULL REFERENCES calendar_years,
    works boolean NOT NULL,
    name  text NOT NULL,
    CHECK (extract(year FROM day) = year),
    CHECK (works = (extract(isodow FROM day) >= 6))
);

-- Every edition of each rule set.
CREATE TABLE rule_sets (
    rules        text NOT NULL,
    edition      int NOT NULL,
    effective_on date NOT NULL,
    content      jsonb NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (rules, edition)
);

-- Rows with what belongs to them, as the facts are told.
CREATE VIEW people_with_posts AS
SELECT person, name,
       ARRAY(SELECT post FROM held_posts AS held
              WHERE held.person = people.person ORDER BY ordinal) AS posts,
       ARRAY(SELECT unit FROM held_posts AS held
              WHERE held.person = people.person ORDER BY ordinal) AS units
  FROM people;

CREATE VIEW years_with_days AS
SELECT year, edition, source, provisional,
       ARRAY(SELECT day FROM calendar_days AS differing
              WHERE differing.year = years.year ORDER BY day) AS days,
       ARRAY(SELECT works FROM calendar_days AS differing
              WHERE differing.year = years.year ORDER BY day) AS works,
       ARRAY(SELECT name FROM calendar_days AS differing
              WHERE differing.year = years.year ORDER BY day) AS names
  FROM calendar_years AS years;
