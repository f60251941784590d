-- The letter templates that offices bring. Like the reports, no event tells of them: a replay of
-- the read side leaves them alone. Nothing is deleted; of a unit's templates of a kind one is in force.

CREATE TABLE templates (
    template bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    content bytea NOT NULL,
    digest text NOT NULL,
    asked text[] NOT NULL,   -- the fields that it fills in
    missing text[] NOT NULL, -- those that it names and no letter of its kind has
    brought_by text NOT NULL,
    brought_at timestamptz NOT NULL,
    in_force boolean NOT NULL DEFAULT false,
    changed_by text,
    changed_at timestamptz
);
CREATE INDEX templates_by_unit ON templates (unit, kind, template DESC);
CREATE UNIQUE INDEX templates_in_force ON templates (unit, kind) WHERE in_force;
