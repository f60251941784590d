-- A report is about a year, a session, or the days between two dates: its code says which. What was
-- begun before is about the year that it named.

ALTER TABLE reports ADD COLUMN period text;
UPDATE reports SET period = year::text;
ALTER TABLE reports ALTER COLUMN period SET NOT NULL;
ALTER TABLE reports DROP COLUMN year; -- and with it that a unit has one report a year
ALTER TABLE reports ADD UNIQUE (unit, period);
