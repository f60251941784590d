"""Rights: who may do what, from the post that they hold and how they stand to what they ask about.

One table says it all. A decision names the rule that it rests on, so that a "no" can be looked
up; ``sight_of`` says the same of lists, for SQL to narrow them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import HeldPost, Post
from shared.refusals import NotYours


class Relation(StrEnum):
    """How the caller stands to the task, proposal or promise that they ask about."""

    OWN = "own"  # their unit's own task; their own proposal
    ABOVE = "above"  # their unit stands above the one whose task it is
    LEAD = "lead"  # their unit answers the proposal to which the other's task belongs
    PARTY = "party"  # their unit has some other part in the proposal
    NONE = "none"


EVERY_RELATION = frozenset(Relation)
OWN = frozenset({Relation.OWN})


@dataclass(frozen=True, slots=True)
class Right:
    """The posts whose holders may do an act, and how they must stand to its object."""

    posts: frozenset[Post]
    relations: frozenset[Relation] = EVERY_RELATION


HEADS = frozenset({Post.DEPUTY, Post.HEAD})
UNIT = frozenset({Post.OFFICER, Post.SECTION_HEAD}) | HEADS
CHECKERS = frozenset({Post.SECTION_HEAD}) | HEADS
OFFICE = frozenset({Post.OFFICE})
COMMITTEE = frozenset({Post.COMMITTEE})
PROPOSER = frozenset({Post.PROPOSER})
LEADER = frozenset({Post.LEADER})
SUPERVISORS = frozenset({Post.OFFICE, Post.SUPERVISION})

RIGHTS: dict[str, Right] = {
    "read": Right(frozenset(Post) - {Post.UNKNOWN}),
    "parking.operate": Right(frozenset({Post.OPERATOR})),
    # registry
    "registry.keep": Right(frozenset({Post.OPERATOR})),
    "registry.units": Right(frozenset({Post.OPERATOR})),
    "registry.people": Right(frozenset({Post.OPERATOR})),
    "registry.rules": Right(frozenset({Post.OPERATOR})),
    "registry.calendar": Right(OFFICE | {Post.OPERATOR}),
    "registry.delegate": Right(frozenset(Post) - {Post.UNKNOWN}),
    "registry.accounts": Right(frozenset({Post.SECURITY})),
    "registry.audit": Right(frozenset({Post.OPERATOR, Post.SECURITY, Post.AUDITOR})),
    # intake
    "intake.submit": Right(PROPOSER | COMMITTEE),
    "intake.draft": Right(PROPOSER | COMMITTEE),
    "intake.sign": Right(PROPOSER),
    "intake.withdraw": Right(PROPOSER | COMMITTEE),
    "intake.review": Right(COMMITTEE),
    "intake.similar": Right(PROPOSER | COMMITTEE | OFFICE),
    "intake.evaluate": Right(COMMITTEE | OFFICE | frozenset({Post.OPERATOR})),
    "intake.merge": Right(COMMITTEE | OFFICE),
    "intake.object": Right(PROPOSER, OWN),
    "intake.import": Right(COMMITTEE | OFFICE),
    # assignment
    "assignment.hand_over": Right(OFFICE),
    "assignment.decide_return": Right(OFFICE),
    "assignment.sign": Right(UNIT, OWN),
    "assignment.return": Right(UNIT, OWN),
    "assignment.hand_down": Right(UNIT, OWN),
    "assignment.complete": Right(UNIT, OWN),
    "assignment.consent": Right(HEADS, OWN),
    "assignment.object": Right(HEADS, OWN),
    "assignment.hold_meeting": Right(OFFICE),
    "assignment.decide_objection": Right(LEADER),
    "assignment.change_handlers": Right(OFFICE),
    "assignment.withdraw": Right(OFFICE | UNIT),
    "assignment.ask_extension": Right(UNIT, OWN),
    "assignment.decide_extension": Right(OFFICE),
    "assignment.pause": Right(OFFICE),
    "assignment.name_officer": Right(UNIT, OWN),
    "assignment.report_progress": Right(UNIT, OWN),
    "assignment.plan_items": Right(OFFICE | UNIT),
    "assignment.work_on_item": Right(UNIT, OWN),
    "assignment.be_advised": Right(OFFICE | COMMITTEE | UNIT),
    "assignment.judge_advice": Right(OFFICE | frozenset({Post.OPERATOR, Post.AUDITOR})),
    "assignment.sweep": Right(OFFICE | frozenset({Post.OPERATOR})),
    # reply
    "reply.contact": Right(UNIT, OWN),
    "reply.confirm_contact": Right(PROPOSER | COMMITTEE),
    "reply.opinion": Right(UNIT, OWN),
    "reply.check_opinion": Right(CHECKERS, OWN),
    "reply.issue_opinion": Right(HEADS, OWN),
    "reply.disagree": Right(HEADS | OFFICE | LEADER),
    "reply.draft": Right(UNIT, OWN),
    "reply.approve": Right(CHECKERS, OWN),
    "reply.countersign": Right(HEADS, OWN),
    "reply.endorse": Right(frozenset({Post.HEAD, Post.LEADER}), OWN),
    "reply.issue": Right(HEADS, OWN),
    "reply.record_paper": Right(UNIT, OWN),
    "reply.check": Right(OFFICE),
    "reply.ask_ratings": Right(COMMITTEE),
    "reply.rate": Right(PROPOSER | COMMITTEE),
    "reply.hold_meeting": Right(OFFICE | COMMITTEE),
    "reply.propose_publication": Right(UNIT, OWN),
    "reply.publish": Right(OFFICE),
    "reply.report_promise": Right(UNIT, OWN),
    "reply.keep_promise": Right(UNIT | OFFICE),
    "reply.change_promise": Right(HEADS, OWN),
    "reply.check_promise": Right(OFFICE),
    "reply.look_back": Right(OFFICE),
    # portal
    "signin.administer": Right(frozenset({Post.SECURITY})),
    "signin.audit": Right(frozenset({Post.AUDITOR})),
    "report.write": Right(UNIT | SUPERVISORS | COMMITTEE),
    "template.keep": Right(CHECKERS | OFFICE | frozenset({Post.OPERATOR})),
    # escalation
    "escalation.sweep": Right(frozenset({Post.OFFICE, Post.OPERATOR})),
    "escalation.flag": Right(UNIT | OFFICE),
    "escalation.decide": Right(LEADER),
    "escalation.state_position": Right(UNIT, OWN),
    "escalation.hold_meeting": Right(OFFICE),
    "escalation.dismiss": Right(OFFICE | LEADER),
    "escalation.follow_up": Right(SUPERVISORS),
    "escalation.report_blocked": Right(UNIT, OWN),
    "escalation.supervise": Right(SUPERVISORS),
    "escalation.answer_supervision": Right(UNIT, OWN),
    "escalation.name_tracker": Right(SUPERVISORS),
    "escalation.lead_key": Right(SUPERVISORS | COMMITTEE | LEADER),
    "escalation.inspect": Right(SUPERVISORS | COMMITTEE),
    "escalation.answer_finding": Right(UNIT, OWN),
    "escalation.figures": Right(SUPERVISORS | COMMITTEE | LEADER | {Post.OPERATOR, Post.AUDITOR}),
    "escalation.inbox": Right(frozenset(Post) - {Post.UNKNOWN}),
    "escalation.deliveries": Right(SUPERVISORS | {Post.OPERATOR}),
    "escalation.subscribe": Right(SUPERVISORS | COMMITTEE | HEADS | {Post.OPERATOR}),
}

POST_NAMES = {
    Post.PROPOSER: "提案人",
    Post.COMMITTEE: "提案委",
    Post.OFFICE: "交办机关",
    Post.SUPERVISION: "督查室",
    Post.OFFICER: "承办单位经办人",
    Post.SECTION_HEAD: "承办单位科室负责人",
    Post.DEPUTY: "承办单位分管负责人",
    Post.HEAD: "承办单位负责人",
    Post.LEADER: "分管领导",
    Post.OPERATOR: "系统运维",
    Post.SECURITY: "安全管理员",
    Post.AUDITOR: "审计管理员",
}
RELATION_SAYS = {
    Relation.OWN: "本单位承办的任务（本人的提案）",
    Relation.ABOVE: "下级单位的任务",
    Relation.LEAD: "本单位主办的提案中其他单位的任务",
    Relation.PARTY: "本单位参与办理的提案",
    Relation.NONE: "与本单位无关的提案",
}
# Whose work is the whole of a city's proposals; everybody else sees what concerns them.
SEES_ALL = SUPERVISORS | COMMITTEE | LEADER | {Post.OPERATOR, Post.AUDITOR}


class PostMayNot(NotYours):
    """此事由{posts}办理，您当前的身份是“{yours}”。"""


class RelationMayNot(NotYours):
    """此事限于{relations}，这一件不是。"""


class NoLongerInPost(NotYours):
    """{name}在{on}没有以“{post}”身份在该单位任职，不能以此身份办理。"""


class NotDelegated(NotYours):
    """{name}在{on}没有得到代办这一职务的授权。"""


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no, the id of the rule that says so, and for people why not."""

    allowed: bool
    rule: str
    says: str = ""


def decide(act: str, caller: Actor, relation: Relation | None = None) -> Decision:
    """Whether a caller may do an act; without a relation, whether their post ever may."""
    refusal = _refusal(act, caller, relation)
    if refusal is None:
        return Decision(True, act)
    return Decision(False, str(refusal.facts["rule"]), refusal.sentence)


def allow(act: str, caller: Actor, relation: Relation | None = None) -> None:
    """Let the caller go on.

    Raises:
        PostMayNot: the act belongs to holders of other posts.
        RelationMayNot: it belongs to those who stand otherwise to what it is about.
    """
    refusal = _refusal(act, caller, relation)
    if refusal is not None:
        raise refusal


def _refusal(act: str, caller: Actor, relation: Relation | None) -> NotYours | None:
    right, post = RIGHTS[act], Post(caller.post)
    if post not in right.posts:
        return PostMayNot(
            posts="、".join(says for post, says in POST_NAMES.items() if post in right.posts),
            yours=POST_NAMES.get(post, caller.post),
            rule=f"{act}/post",
        )
    if relation is not None and relation not in right.relations:
        return RelationMayNot(
            relations="、".join(RELATION_SAYS[one] for one in Relation if one in right.relations),
            rule=f"{act}/relation",
        )
    return None


class Units(Protocol):
    """What rights ask about units."""

    def is_under(self, code: UnitCode, ancestor: UnitCode, /) -> bool:
        """Whether a unit stands below another in the tree."""

    def below(self, code: UnitCode, /) -> Collection[UnitCode]:
        """All units that stand below this one, at any depth."""


def relation_to(
    unit: UnitCode,
    *,
    caller: Actor,
    answering: Iterable[UnitCode],
    taking_part: Iterable[UnitCode],
    units: Units,
) -> Relation:
    """How the caller stands to a task of ``unit`` in a proposal, the nearest relation first.

    ``answering`` are the units that answer the proposer, ``taking_part`` all that have a task.
    """
    if caller.unit == unit:
        return Relation.OWN
    if units.is_under(unit, caller.unit):
        return Relation.ABOVE
    if caller.unit in answering:
        return Relation.LEAD
    return Relation.PARTY if caller.unit in taking_part else Relation.NONE


@dataclass(frozen=True, slots=True)
class Sight:
    """What a caller may see of proposals: all, or what concerns these units or this person."""

    everything: bool
    units: tuple[UnitCode, ...] = ()
    person: PersonId | None = None


def sight_of(caller: Actor, units: Units) -> Sight:
    """A unit sees what concerns it and the units below it; a proposer sees their own."""
    post = Post(caller.post)
    if post in SEES_ALL:
        return Sight(everything=True)
    if post in UNIT:
        return Sight(everything=False, units=(caller.unit, *units.below(caller.unit)))
    return Sight(everything=False, person=caller.on_behalf_of or caller.person)


class People(Protocol):
    """What rights ask about people: the posts they hold, and for whom they act."""

    def posts_of(self, person: PersonId, /) -> Collection[HeldPost] | None:
        """Every post of somebody, ended ones too; None for somebody not registered."""

    def may_act_for(
        self, giver: PersonId, deputy: PersonId, /, *, held: HeldPost, on: date
    ) -> bool:
        """Whether somebody was allowed to act in another's post on a day."""


def must_hold_post(caller: Actor, people: People, *, on: date) -> None:
    """A registered person acts in a post held on the day, or by delegation in another's.

    Whom the registry does not know is believed as the sign-in signed them: other sign-ins than
    our own bring people of their own.

    Raises:
        NoLongerInPost: the post has ended, or was never theirs.
        NotDelegated: nobody let them act for the person they name.
    """
    holder = caller.on_behalf_of or caller.person
    posts = people.posts_of(holder)
    wanted = HeldPost(post=Post(caller.post), unit=caller.unit)
    if posts is not None and not any(
        (held.post, held.unit) == (wanted.post, wanted.unit) and held.is_held_on(on)
        for held in posts
    ):
        raise NoLongerInPost(
            name=caller.name, on=on, post=POST_NAMES.get(wanted.post, caller.post), rule="post-held"
        )
    if caller.on_behalf_of is not None and not people.may_act_for(
        caller.on_behalf_of, caller.person, held=wanted, on=on
    ):
        raise NotDelegated(name=caller.name, on=on, rule="delegation")
