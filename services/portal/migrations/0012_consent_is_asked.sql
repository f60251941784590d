-- That somebody asks the head of their unit to let a task be returned: it lies on the head's desk.
ALTER TABLE tasks
    ADD COLUMN consent_asked_on  date,
    ADD COLUMN consent_asked_why text;
