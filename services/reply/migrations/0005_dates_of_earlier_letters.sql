-- The dates that letters of before stamped stand in what was told of them, with their explanation:
-- they move with the calendar like all others.
INSERT INTO dates (proposal_id, reply_id, clock, task_id, unit, round, due, rests_on)
SELECT DISTINCT ON (aggregateid, told ->> 'reply_id', clock)
       aggregateid, told ->> 'reply_id', clock, coalesce(told ->> 'task_id', replies.task_id),
       told ->> 'unit', (told ->> 'round')::int, due,
       string_to_array(due ->> 'calendar', '+')
  FROM (SELECT seq, aggregateid, convert_from(payload, 'UTF8')::jsonb AS told
          FROM events
         WHERE type IN ('huiban.reply.ReplyIssued.v1', 'huiban.reply.RatingAsked.v1',
                        'huiban.reply.RedoOrdered.v1', 'huiban.reply.FaceToFaceOrdered.v1')
       ) AS those_that_stamped
 CROSS JOIN LATERAL (VALUES ('rate', told -> 'rate'), ('publish', told -> 'publish'),
                            ('redo', told -> 'answer'), ('meet', told -> 'meet')
                    ) AS stamped (clock, due)
  JOIN replies ON replies.proposal_id = aggregateid AND replies.reply_id = told ->> 'reply_id'
 WHERE jsonb_typeof(due) = 'object'
 ORDER BY aggregateid, told ->> 'reply_id', clock, seq DESC
    ON CONFLICT DO NOTHING;
