"""Showing people: who stands ready in a demo, a few for each role."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.portal.signin.domain.account import Seat
from services.portal.signin.domain.choosing import kept_apart
from shared.contracts.event import UnitCode
from shared.contracts.registry import PersonRegistered, Post, UnitLevel, UnitRegistered

MEMBERS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Ready:
    """Somebody who can be played with one click."""

    person: str
    name: str
    seat: Seat


@dataclass(frozen=True, slots=True)
class Part:
    """A part to play, what one does in it, and in which posts; a unit's are of one level."""

    title: str
    says: str
    posts: tuple[Post, ...]
    level: UnitLevel | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A part and those who stand ready for it."""

    part: Part
    people: list[Ready]


# In the order in which a proposal meets them.
PARTS = (
    Part("政协委员", "提交提案，看办理进展，对答复作评价", (Post.PROPOSER,)),
    Part("提案委", "审查立案、并案，代录评价", (Post.COMMITTEE,)),
    Part("市政府办公厅", "交办、审定退办，看全市灯号", (Post.OFFICE, Post.SUPERVISION)),
    Part(
        "区政府",
        "签收、分解、汇总，以区的名义答复",
        (Post.OFFICER, Post.SECTION_HEAD, Post.DEPUTY, Post.HEAD),
        UnitLevel.DISTRICT,
    ),
    Part(
        "市直部门",
        "主办或会办，报会办意见",
        (Post.OFFICER, Post.SECTION_HEAD, Post.DEPUTY, Post.HEAD),
        UnitLevel.CITY,
    ),
    Part("区直部门", "办理区里分解的任务", (Post.OFFICER, Post.HEAD), UnitLevel.SECTION),
    Part("市领导", "定协调事项，看重点提案", (Post.LEADER,)),
    Part("管理员", "系统、安全、审计三员分立", (Post.OPERATOR, Post.SECURITY, Post.AUDITOR)),
)


def ready_people(
    people: Iterable[PersonRegistered],
    *,
    units: Mapping[UnitCode, UnitRegistered],
    busy: Sequence[UnitCode],
    on: date,
) -> list[Role]:
    """A cast for a demo; of units' people, those of the busiest unit of each level."""
    held: dict[str, list[Ready]] = defaultdict(list)
    for one in people:
        seats = [Seat(post.post, post.unit) for post in one.posts if post.is_held_on(on)]
        for seat in kept_apart(seats):
            held[seat.post].append(Ready(one.person, one.name, seat))
    office = {ready.seat.unit for ready in held[Post.OFFICE]}

    def cast(part: Part) -> list[Ready]:
        if part.level is None:
            # Those who came last have something to show: the demo's year brought them.
            return [ready for post in part.posts for ready in held[post][-MEMBERS_SHOWN:]]
        ready = [one for post in part.posts for one in held[post]]
        there = [
            one.seat.unit
            for one in ready
            if one.seat.unit not in office
            and one.seat.unit in units
            and units[one.seat.unit].level is part.level
        ]
        unit = next((code for code in (*busy, *there) if code in there), None)
        return [one for one in ready if one.seat.unit == unit]

    return [Role(part, ready) for part in PARTS if (ready := cast(part))]
