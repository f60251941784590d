-- A group's replies are numbered in the order of its proposals' numbers. Its members' places were
-- the order of their keys, which is chance, and were told anew whenever the group grew.
DROP INDEX members_in_order;
ALTER TABLE members DROP COLUMN position;
