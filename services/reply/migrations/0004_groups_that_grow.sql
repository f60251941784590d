-- A member's place in its group is only an order. When a group grew, places were taken anew one
-- member after the other, and two could not stand on the same one meanwhile: all events waited.
ALTER TABLE members DROP CONSTRAINT members_main_position_key;
CREATE INDEX members_in_order ON members (main, position);
