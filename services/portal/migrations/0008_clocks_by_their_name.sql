-- A second objection waits for a leader, not for the decision on a return.
UPDATE clocks
   SET kind = 'decide_objection'
  FROM tasks
 WHERE tasks.proposal_id = clocks.proposal_id
   AND tasks.task_id = clocks.task_id
   AND clocks.kind = 'decide'
   AND objected_on IS NOT NULL;

-- A rating was shown as done once the first proposer had rated. It is waited for until all have, or
-- the committee closes it; what is void is not waited for at all.
UPDATE clocks
   SET done_on = NULL
  FROM replies
  JOIN proposals USING (proposal_id)
 WHERE clocks.proposal_id = replies.proposal_id
   AND clocks.clock_id = reply_id || '/rate'
   AND done_on IS NOT NULL
   AND replies.closed_on IS NULL
   AND void_on IS NULL
   AND EXISTS (SELECT FROM json_array_elements(proposers) AS one
                WHERE one ->> 'name'
                      NOT IN (SELECT proposer FROM ratings
                               WHERE ratings.proposal_id = replies.proposal_id
                                 AND ratings.reply_id = replies.reply_id));
UPDATE proposals
   SET state = 'replied'
 WHERE state = 'rated'
   AND EXISTS (SELECT FROM clocks
                WHERE clocks.proposal_id = proposals.proposal_id
                  AND kind = 'rate' AND done_on IS NULL AND dead_on IS NULL);
