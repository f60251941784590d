"""Every act is lived: each command is walked in some life, or is named here with the reason."""

from tests.matrix import (
    test_a_disagreement,
    test_a_joint_draft,
    test_a_key_proposal,
    test_a_life,
    test_a_merged_group,
    test_an_opinion_at_once,
    test_contacts,
    test_countersigning,
    test_handlers_change,
    test_matters,
    test_not_filed,
    test_promises,
    test_published,
    test_rounds,
    test_told,
)
from tests.matrix.ways import WAYS

LIVES = (
    test_a_disagreement.LIFE,
    test_a_joint_draft.LIFE,
    test_a_key_proposal.LIFE,
    test_a_life.LIFE,
    test_a_merged_group.LIFE,
    test_an_opinion_at_once.LIFE,
    test_contacts.LIFE,
    test_countersigning.LIFE,
    test_handlers_change.LIFE,
    test_matters.LIFE,
    test_not_filed.LIFE,
    test_promises.LIFE,
    test_promises.BROKEN,
    test_published.LIFE,
    test_rounds.LIFE,
    test_told.LIFE,
)
OF_PROPOSALS = ("intake", "assignment", "reply", "escalation")
# What is decided by the post alone, and by what stands in nobody's hands (see test_posts).
PARKING = {f"POST /parked/{{parked_id}}/{verb}" for verb in ("redrive", "correct", "skip")}
ELSEWHERE = {
    "POST /sweep": "upon no proposal: the office's post alone decides",
    "POST /deliver": "upon no proposal: the office's post alone decides",
    "POST /imports": "upon no proposal yet: a list is brought, committee and office alike may",
    "POST /imports/{import_id}/check": "the list of both committee and office",
    "POST /imports/{import_id}/confirm": "the list of both committee and office",
    "POST /attachments": "upon no proposal yet: a file of one's own",
    "POST /hand-overs/check": "keeps nothing: it answers what a list would come to",
    "POST /similar": "keeps nothing: it answers what is like a title",
    "POST /inbox/read": "one's own notices, whoever one is",
    "PUT /inbox/preferences": "one's own wishes, whoever one is",
    "POST /subscriptions/{subscription_id}/parked/{position}/skip": (
        "needs a system that refuses an event: tests/service/escalation/test_streaming.py"
    ),
}


def test_each_command_is_walked_in_some_life() -> None:
    walked = {(step.service, step.way) for life in LIVES for step in life if step.walked}
    commands = {
        (service, way)
        for service in OF_PROPOSALS
        for way in WAYS[service]
        if not way.startswith("GET") and way not in PARKING
    }

    not_walked = {way for _, way in commands - walked}
    assert not_walked == ELSEWHERE.keys(), "an act without a life, or a reason without need"
