"""Desks: everybody's own start page, with what needs them now and one button a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.portal.forms.catalogue import FORMS, Offer, address_of, without_object
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.store import desks, overview
from services.portal.store.rows import Row
from services.portal.viewing import View, Viewing
from shared.contracts.registry import Post
from shared.policy import UNIT

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class Pile:
    """Things that wait for the same act, and the form by which it is done."""

    code: str
    title: str
    hint: str
    rows: list[Row]
    form: str | None = None

    def button(self, row: Mapping[str, Any]) -> Offer | None:
        """The one button of a row."""
        if self.form is None:
            return None
        form = FORMS[self.form]
        return Offer(form, address_of(form, row), None)


@router.get("/desk")
async def desk(view: Viewing) -> Response:
    """工作台：现在需要您办的事。"""
    if view.caller is None:
        raise SignInFirst
    post = Post(view.caller.post)
    if post in UNIT:
        return RedirectResponse(f"/units/{view.caller.unit}", status_code=303)
    if post is Post.PROPOSER:
        person = view.caller.on_behalf_of or view.caller.person
        return view.page(
            "desk_proposer.html",
            proposals=await desks.of_proposer(view.tx, person),
            forms=without_object(view.caller),
            rate=lambda row: address_of(FORMS["rate"], row),
        )
    found = [*await _piles(view, post), *await _waiting(view, post)]
    piles = [pile for pile in found if pile.rows]
    return view.page(
        "desk.html",
        piles=piles,
        waiting=sum(len(pile.rows) for pile in piles if pile.form is not None),
        forms=without_object(view.caller),
    )


# What waits for whom besides: the list in the store, its title, its hint, and the form.
WAITING: Mapping[Post, tuple[tuple[str, str, str, str], ...]] = {
    Post.OFFICE: (
        ("extension", "延期待审批", "可以同意较早的日期。", "decide-extension"),
        ("objection", "异议待协商", "登记协商会以后报请裁定。", "objection-meeting"),
        ("unchecked", "答复待审核", "合乎要求的，请提案委安排评价。", "accept-reply"),
        ("reported", "承诺待核实", "核实以后登记兑现。", "keep"),
        ("change", "承诺变更待审批", "同意的，按新的内容和期限。", "decide-change"),
        ("publication", "公开属性待审定", "与建议不同的，写明理由。", "decide-publication"),
        ("release", "待公开", "先看要遮盖的地方。", "release"),
    ),
    Post.SUPERVISION: (("supervision", "督办待办结", "已经反馈的。", "close-supervision"),),
    Post.COMMITTEE: (("unasked", "待请评价", "已经审核的答复，请提案人评价。", "ask-for-ratings"),),
    Post.LEADER: (("objection", "异议待裁定", "裁定有约束力，不得再退办。", "decide-objection"),),
}


async def _waiting(view: View, post: Post) -> list[Pile]:
    return [
        Pile(code, title, hint, await desks.waiting(view.tx, code), form)
        for code, title, hint, form in WAITING.get(post, ())
    ]


async def _piles(view: View, post: Post) -> list[Pile]:
    tx, today = view.tx, view.today
    matters = Pile(
        "matters",
        "待协调事项",
        "决定有约束力，各单位遵照执行。",
        await overview.open_matters(tx, seen=view.seen),
    )
    red = Pile(
        "red",
        "红灯",
        "已逾期的任务，最早到期的在前。",
        await desks.red_lights(tx, today=today, seen=view.seen),
    )
    match post:
        case Post.OFFICE:
            return [
                Pile(
                    "to-hand-over",
                    "待交办",
                    "已立案、尚未交办；一份清单可以一次交办。",
                    await desks.in_state(tx, "accepted"),
                ),
                Pile(
                    "to-decide",
                    "退办待审定",
                    "决定作出之前，原单位继续承担。",
                    await desks.returns_waiting(tx),
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
                    await desks.in_state(tx, "submitted"),
                    form="accept",
                ),
                Pile(
                    "to-rate",
                    "待评价",
                    "逾期未反馈的记为“未反馈”，不视为满意。",
                    await desks.ratings_waiting(tx),
                    form="rate",
                ),
            ]
        case Post.LEADER:
            keys = await desks.key_proposals(tx, year=today.year)
            return [
                Pile(matters.code, matters.title, matters.hint, matters.rows, "decide-matter"),
                red,
                Pile("key", "重点提案", "由市领导领办。", keys),
            ]
        case _:
            return [matters, red]
