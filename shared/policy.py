"""Who may do what: each act of the office, and the posts whose holders may do it.

Whether a task is one's own unit's is decided where the task is known, by the act itself.
"""

from shared.contracts.event import Actor
from shared.contracts.registry import Post
from shared.refusals import NotYours

UNIT = frozenset({Post.OFFICER, Post.HEAD})

ACTS: dict[str, frozenset[Post]] = {
    "registry.keep": frozenset({Post.OPERATOR}),
    "intake.submit": frozenset({Post.PROPOSER, Post.COMMITTEE}),
    "intake.review": frozenset({Post.COMMITTEE}),
    "assignment.hand_over": frozenset({Post.OFFICE}),
    "assignment.decide_return": frozenset({Post.OFFICE}),
    "assignment.sign": UNIT,
    "assignment.return": UNIT,
    "assignment.hand_down": UNIT,
    "assignment.complete": UNIT,
    "reply.contact": UNIT,
    "reply.opinion": UNIT,
    "reply.draft": UNIT,
    "reply.keep_promise": UNIT,
    "reply.approve": frozenset({Post.HEAD}),
    "reply.issue": frozenset({Post.HEAD}),
    "reply.rate": frozenset({Post.PROPOSER, Post.COMMITTEE}),
    "escalation.sweep": frozenset({Post.OFFICE, Post.OPERATOR}),
    "escalation.flag": UNIT | {Post.OFFICE},
    "escalation.decide": frozenset({Post.LEADER}),
    "parking.operate": frozenset({Post.OPERATOR}),
    "read": frozenset(Post) - {Post.UNKNOWN},
}

POST_NAMES = {
    Post.PROPOSER: "提案人",
    Post.COMMITTEE: "提案委",
    Post.OFFICE: "交办机关",
    Post.OFFICER: "承办单位经办人",
    Post.HEAD: "承办单位负责人",
    Post.LEADER: "分管领导",
    Post.OPERATOR: "系统运维",
}


class PostMayNot(NotYours):
    """此事由{posts}办理，您当前的身份是“{yours}”。"""


def allow(act: str, caller: Actor) -> None:
    """Let the caller go on.

    Raises:
        PostMayNot: the act belongs to holders of other posts.
    """
    may = ACTS[act]
    if Post(caller.post) not in may:
        raise PostMayNot(
            posts="、".join(POST_NAMES[post] for post in Post if post in may),
            yours=POST_NAMES.get(Post(caller.post), caller.post),
        )
