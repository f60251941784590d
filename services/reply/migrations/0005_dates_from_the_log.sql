-- Of letters sent before dates were kept as they were explained, the room's own log still says how:
-- a new edition of the calendar moves those too.
INSERT INTO dates (proposal_id, reply_id, clock, task_id, unit, round, due, rests_on)
SELECT DISTINCT ON (proposal_id, reply_id, clock)
       proposal_id, reply_id, clock,
       coalesce(told ->> 'task_id', replies.task_id),
       told ->> 'unit',
       (told ->> 'round')::int,
       due,
       string_to_array(due ->> 'calendar', '+')
  FROM events
 CROSS JOIN LATERAL (SELECT convert_from(payload, 'UTF8')::jsonb AS told) AS data
 CROSS JOIN LATERAL (VALUES ('rate', told -> 'rate'), ('publish', told -> 'publish'),
                            ('redo', told -> 'answer'), ('meet', told -> 'meet')
                    ) AS stamped (clock, due)
  JOIN replies ON replies.proposal_id = aggregateid AND replies.reply_id = told ->> 'reply_id'
 WHERE type IN ('huiban.reply.ReplyIssued.v1', 'huiban.reply.RatingAsked.v1',
                'huiban.reply.RedoOrdered.v1', 'huiban.reply.FaceToFaceOrdered.v1')
   AND jsonb_typeof(due) = 'object'
 ORDER BY proposal_id, reply_id, clock, seq DESC
    ON CONFLICT DO NOTHING;
