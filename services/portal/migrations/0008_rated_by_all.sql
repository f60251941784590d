-- Whoever waits for ratings waits for those of all proposers: a clock that the first one stopped
-- runs again, and what was shown as rated is replied to.
UPDATE clocks
   SET done_on = found.done_on
  FROM (SELECT replies.proposal_id, reply_id,
               least(void_on, replies.closed_on,
                     CASE WHEN asked <@ rated THEN last_on END) AS done_on
          FROM replies
          LEFT JOIN proposals USING (proposal_id)
         CROSS JOIN LATERAL (
               SELECT coalesce(array_agg(one ->> 'name'), '{}') AS asked
                 FROM json_array_elements(proposers) AS one) AS everybody
         CROSS JOIN LATERAL (
               SELECT array_agg(proposer) AS rated, max(rated_on) AS last_on
                 FROM ratings
                WHERE ratings.proposal_id = replies.proposal_id
                  AND ratings.reply_id = replies.reply_id) AS those_who_rated) AS found
 WHERE clocks.proposal_id = found.proposal_id
   AND clocks.clock_id = found.reply_id || '/rate'
   AND clocks.dead_on IS NULL
   AND clocks.done_on IS DISTINCT FROM found.done_on;
UPDATE proposals
   SET state = 'replied'
 WHERE state = 'rated'
   AND EXISTS (SELECT FROM clocks
                WHERE clocks.proposal_id = proposals.proposal_id
                  AND kind = 'rate' AND done_on IS NULL AND dead_on IS NULL
                  AND clock_id IN (SELECT DISTINCT ON (task_id) reply_id || '/rate'
                                     FROM replies
                                    WHERE replies.proposal_id = clocks.proposal_id
                                    ORDER BY task_id, round DESC));

-- A leader's decision on a second objection is no office's decision on a return.
UPDATE clocks
   SET kind = 'decide_objection'
  FROM tasks
 WHERE clocks.kind = 'decide'
   AND tasks.proposal_id = clocks.proposal_id
   AND clocks.clock_id = tasks.task_id || '/decide'
   AND objected_on IS NOT NULL;
