-- What a unit's desk shows is little among all that the unit ever handled.
CREATE INDEX tasks_at_desk ON tasks (unit)
    WHERE ended_on IS NULL
      AND desk IN ('approval', 'issue', 'endorsed', 'opinion-check', 'opinion-issue');
CREATE INDEX tasks_consent_asked ON tasks (unit)
    WHERE consent_asked_on IS NOT NULL AND consented_on IS NULL AND ended_on IS NULL;

-- What a report between two days counts is little among the work of many years.
CREATE INDEX tasks_handed_on ON tasks (assigned_on) WHERE parent IS NULL AND ended_on IS NULL;
CREATE INDEX tasks_answered_on ON tasks (coalesce(answered_on, 'infinity'), assigned_on)
    WHERE parent IS NULL AND ended_on IS NULL;
CREATE INDEX tasks_at_a_meeting ON tasks (assigned_on) WHERE meeting IS NOT NULL;
CREATE INDEX replies_issued ON replies (issued_on) INCLUDE (unit, result_class)
    WHERE void_on IS NULL;
CREATE INDEX ratings_given ON ratings (rated_on) INCLUDE (process, result);
