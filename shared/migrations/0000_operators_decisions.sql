-- 0.1.0 kept what operators decided without the place of the record. Of such rows the place stays
-- unknown: they are on file, and are not repeated when a read side is rebuilt.
ALTER TABLE park_actions
    ADD COLUMN IF NOT EXISTS topic text NOT NULL DEFAULT '',
    ADD COLUMN IF NOT EXISTS partition int NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS record_offset bigint NOT NULL DEFAULT 0,
    ADD COLUMN IF NOT EXISTS after bytea;
ALTER TABLE park_actions
    ALTER COLUMN topic DROP DEFAULT,
    ALTER COLUMN partition DROP DEFAULT,
    ALTER COLUMN record_offset DROP DEFAULT;
