"""What waits for whom: a desk's piles, a unit's groups, and the other seats somebody has."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.portal.domain.worklist import Group, worklist
from services.portal.forms.catalogue import (
    FORMS,
    Offer,
    address_of,
    button_of,
    may_be_done_together,
)
from services.portal.signin.domain.account import Seat
from services.portal.signin.saying import person_name
from services.portal.store import desks, overview, worklists
from services.portal.store.rows import Row
from services.portal.viewing import View
from shared.contracts.event import Actor, UnitCode
from shared.contracts.registry import Post, UnitLevel
from shared.policy import UNIT
from shared.reference import NoRules

SHOWN = 8  # of what a page only reminds of; the rest is in the ledger
AT_ONCE = 12  # of what waits for one act; the rest is one click away


@dataclass(frozen=True, slots=True)
class Pile:
    """Things that wait for the same act, and the form by which it is done.

    ``waits``: they wait for the reader; others are only to be known. ``onwards`` shows all of them.
    ``rows`` are the first of them, as many as were asked for.
    """

    code: str
    title: str
    hint: str
    rows: list[Row]
    form: str | None = None
    waits: bool = True
    onwards: str = ""

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self.rows[0]["of_all"]) if self.rows else 0

    @property
    def shown(self) -> list[Row]:
        """What there is room for."""
        return self.rows if self.waits else self.rows[:SHOWN]

    @property
    def all_of_them(self) -> str:
        """Where all of them are."""
        return self.onwards or f"/desk?pile={self.code}"

    def button(self, row: Mapping[str, Any]) -> Offer | None:
        """The one button of a row."""
        if self.form is None:
            return None
        form = FORMS[self.form]
        return Offer(form, address_of(form, row), None)

    @property
    def together(self) -> str:
        """The form by which several can be done at once, if nothing has to be written for any."""
        form = FORMS[self.form] if self.form else None
        return form.code if form and may_be_done_together(form) and self.count > 1 else ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What waits in another seat of the reader: their own, or one in which they stand in."""

    seat: Seat
    giver: str  # whose work it is; nobody's but theirs where it is empty
    count: int
    rows: list[tuple[str, Mapping[str, Any]]]  # the pile, and what waits in it

    @property
    def shown(self) -> list[tuple[str, Mapping[str, Any]]]:
        """What there is room for."""
        return self.rows[:SHOWN]


async def elsewhere(view: View) -> list[Elsewhere]:
    """The other seats that the reader may take today, each with what waits there."""
    caller = view.caller
    if caller is None or len(view.visitor.seats) < 2:
        return []
    taken = Seat(Post(caller.post), caller.unit, caller.on_behalf_of)
    found = []
    for seat in view.visitor.seats:
        if seat == taken or seat.post is Post.PROPOSER:
            continue
        there = caller.model_copy(
            update={
                "post": seat.post,
                "unit": seat.unit,
                "on_behalf_of": seat.on_behalf_of,
            }
        )
        seen = replace(view, visitor=replace(view.visitor, caller=there))
        giver = person_name(seat.on_behalf_of, view.known) if seat.on_behalf_of else ""
        found.append(Elsewhere(seat, giver, *await _waiting_for(seen, there)))
    return found


async def _waiting_for(
    view: View, caller: Actor
) -> tuple[int, list[tuple[str, Mapping[str, Any]]]]:
    post = Post(caller.post)
    if post in UNIT:
        duties = [
            (group.title, one)
            for group in await groups_of(view, caller.unit)
            for one in group.duties
            if button_of(group.code, one, caller=caller) is not None
        ]
        return len(duties), duties
    piles = [pile for pile in await piles_of(view, post, most=SHOWN) if pile.waits]
    return (
        sum(pile.count for pile in piles),
        [(pile.title, one) for pile in piles for one in pile.rows],
    )


async def groups_of(view: View, unit: str) -> tuple[Group, ...]:
    """Everything that is open for a unit, by the act that it asks for."""
    return worklist(
        await worklists.duties_of(view.tx, unit),
        desks=await worklists.drafts_of(view.tx, unit),
        to_decide=await worklists.returns_to_decide(view.tx, unit, seen=view.seen),
        below=await worklists.work_below(view.tx, unit),
        asked=await worklists.asked_of(view.tx, unit, today=view.today),
    )


def _unit_of(view: View) -> str:
    assert view.caller is not None
    return view.caller.unit


def _endorsed_kinds(view: View) -> list[str]:
    """Of which proposals a district's replies are endorsed by its leaders, by the rules."""
    unit = view.known.units.get(UnitCode(_unit_of(view)))
    try:
        policies = view.known.rules_on(view.today).policies
    except NoRules:
        return []
    if unit is None or unit.level is not UnitLevel.DISTRICT:
        return []
    wanted = {"other": ("endorse",), "key": ("endorse:key", "endorse")}
    return [
        kind
        for kind, names in wanted.items()
        if (found := next((policies[one] for one in names if one in policies), None))
        and found.value == "district"
    ]


# What waits for whom besides: the list in the store, its title, its hint, and the form.
WAITING: Mapping[Post, tuple[tuple[str, str, str, str], ...]] = {
    Post.OFFICE: (
        ("extension", "延期待审批", "可以同意较早的日期。", "decide-extension"),
        ("objection", "异议待协商", "登记协商会以后报请裁定。", "objection-meeting"),
        ("disagreement", "分歧待协商", "商不成的，报请市领导。", "settle-disagreement"),
        ("unchecked", "答复待审核", "合乎要求的，请提案委安排评价。", "accept-reply"),
        ("reported", "承诺待核实", "核实以后登记兑现。", "keep"),
        ("change", "承诺变更待审批", "同意的，按新的内容和期限。", "decide-change"),
        ("publication", "公开属性待审定", "与建议不同的，写明理由。", "decide-publication"),
        ("release", "待公开", "先看要遮盖的地方。", "release"),
        ("carry-out", "协调决定待落实", "跟进到落实为止。", "carry-out"),
        ("look-back", "待回头看", "看一看现在怎样。", "look-back"),
    ),
    Post.SUPERVISION: (
        ("supervision", "督办待办结", "已经反馈的。", "close-supervision"),
        ("carry-out", "协调决定待落实", "跟进到落实为止。", "carry-out"),
    ),
    Post.COMMITTEE: (("unasked", "待请评价", "已经审核的答复，请提案人评价。", "ask-for-ratings"),),
    Post.LEADER: (
        ("objection-met", "异议待裁定", "裁定有约束力，不得再退办。", "decide-objection"),
        ("disagreement-up", "分歧待裁定", "主办、会办意见不一致的。", "settle-disagreement"),
    ),
}


async def piles_of(view: View, post: Post, *, most: int) -> list[Pile]:
    """What is on a desk, of each pile no more than so many."""
    return [
        *await _own_piles(view, post, most=most),
        *[
            Pile(code, title, hint, await desks.waiting(view.tx, code, most=most), form)
            for code, title, hint, form in WAITING.get(post, ())
        ],
    ]


async def _own_piles(view: View, post: Post, *, most: int) -> list[Pile]:
    tx, today = view.tx, view.today
    matters = Pile(
        "matters",
        "待协调事项",
        "决定有约束力，各单位遵照执行。",
        await overview.open_matters(tx, seen=view.seen, most=most),
        {Post.OFFICE: "matter-meeting", Post.LEADER: "decide-matter"}.get(post),
        waits=post in (Post.OFFICE, Post.LEADER),
    )
    red = Pile(
        "red",
        "红灯",
        "已逾期的任务，最早到期的在前。",
        await desks.red_lights(tx, today=today, seen=view.seen, most=most),
        "supervise" if post in (Post.OFFICE, Post.SUPERVISION) else None,
        waits=False,
        onwards="/ledger?light=red",
    )
    match post:
        case Post.OFFICE:
            return [
                Pile(
                    "to-hand-over",
                    "待交办",
                    "已立案、尚未交办；一份清单可以一次交办。",
                    await desks.in_state(tx, "accepted", most=most),
                    form="hand-over",
                ),
                Pile(
                    "to-decide",
                    "退办待审定",
                    "决定作出之前，原单位继续承担。",
                    await desks.returns_waiting(tx, most=most),
                    form="decide-return",
                ),
                matters,
                red,
            ]
        case Post.COMMITTEE:
            return [
                Pile(
                    "to-review",
                    "待审查",
                    "立案、不予立案，或者并案。",
                    await desks.in_state(tx, "submitted", most=most),
                    form="accept",
                ),
                Pile(
                    "to-rate",
                    "待评价",
                    "逾期未反馈的记为“未反馈”，不视为满意。",
                    await desks.ratings_waiting(tx, most=most),
                    form="rate",
                    waits=False,
                    onwards=f"/ledger?state=replied&year={today.year}",
                ),
            ]
        case Post.LEADER:
            endorsing = Pile(
                "endorse",
                "答复待区级审定",
                "区级承办单位的重要答复，审定以后方可签发。",
                await desks.to_endorse(tx, _unit_of(view), kinds=_endorsed_kinds(view), most=most),
                "endorse",
            )
            keys = await desks.key_proposals(tx, year=today.year, most=most)
            return [
                endorsing,
                matters,
                red,
                Pile(
                    "key",
                    "重点提案",
                    "由市领导领办。",
                    keys,
                    waits=False,
                    onwards=f"/ledger?key=yes&year={today.year}",
                ),
            ]
        case _:
            return [matters, red]
