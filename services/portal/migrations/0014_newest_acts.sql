-- What happened last is read off the index: a busy day's acts are many.
CREATE INDEX timeline_newest ON timeline (on_day, at);
DROP INDEX timeline_latest;
