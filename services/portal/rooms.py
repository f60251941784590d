"""Rooms beside the cases: what stands in each, and a button for every act."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from services.portal.calling import ask
from services.portal.forms.catalogue import FORMS, Offer
from services.portal.forms.form import ROOMS, Room
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.viewing import View, Viewing
from shared.policy import decide
from shared.refusals import Unknown

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


class NoSuchRoom(Unknown):
    """没有名为“{room}”的页面。"""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list that a service keeps: where it is read, what is shown of a line, and its acts."""

    title: str
    service: str
    path: str
    key: str
    shows: tuple[tuple[str, str], ...]
    forms: tuple[str, ...]
    right: str = "read"
    onwards_by: str = "after"


@dataclass(frozen=True, slots=True)
class Line:
    """What is shown of a thing, its acts, and the page of the proposal that it is about."""

    parts: list[str]
    acts: list[Offer]
    page: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A shelf with its lines; ``away`` where the service did not answer."""

    shelf: Shelf
    lines: list[Line]
    away: str = ""
    onwards: str = ""  # where the next lines are


PERIOD = (("since", "自"), ("until", "至"))
SHELVES: Mapping[Room, tuple[Shelf, ...]] = {
    "drafts": (
        Shelf(
            "我起草的",
            "intake",
            "/drafts?show=own",
            "drafts",
            (("title", "案由"), ("saved_on", "保存于")),
            ("save-draft", "ask-signatures", "submit-draft", "throw-away-draft"),
            right="intake.draft",
        ),
        Shelf(
            "请我联名的",
            "intake",
            "/drafts?show=to_sign",
            "drafts",
            (("title", "案由"), ("owner_name", "起草人"), ("until", "至")),
            ("sign-draft", "decline-to-sign"),
            right="intake.draft",
        ),
    ),
    "register": (
        Shelf(
            "单位",
            "registry",
            "/units?limit=50",
            "units",
            (("code", "编码"), ("name", "全称"), ("short_name", "简称")),
            ("put-unit", "put-duties", "rename-unit"),
        ),
        Shelf(
            "人员",
            "registry",
            "/people?limit=50",
            "people",
            (("person", "编号"), ("name", "姓名")),
            ("put-person", "end-post"),
        ),
        Shelf(
            "委托代办",
            "registry",
            "/delegations",
            "delegations",
            (("giver", "委托人"), ("deputy", "代办人"), *PERIOD),
            ("end-delegation",),
        ),
        Shelf(
            "等待确认的日历",
            "registry",
            "/calendar-proposals",
            "proposals",
            (("year", "年度"), ("source", "依据"), ("why", "说明")),
            ("confirm-year", "drop-year"),
        ),
        Shelf(
            "规则集",
            "registry",
            "/rules",
            "rules",
            (
                ("rules", "规则集"),
                ("edition", "版次"),
                ("effective_on", "施行"),
                ("source", "依据"),
            ),
            ("publish-rules",),
            onwards_by="offset",
        ),
        Shelf(
            "外部系统",
            "registry",
            "/accounts",
            "accounts",
            (("account", "账号"), ("name", "名称"), ("until", "至")),
            ("rotate-account", "end-account"),
            right="registry.audit",
        ),
    ),
    "notices": (
        Shelf(
            "消息",
            "escalation",
            "/inbox",
            "notices",
            (("says", "内容"), ("told_on", "日期")),
            ("read-notice",),
        ),
        Shelf(
            "订阅",
            "escalation",
            "/subscriptions",
            "subscriptions",
            (("name", "名称"), ("url", "接收地址"), ("state", "状态"), ("why", "说明")),
            ("redrive-subscription", "skip-parked", "end-subscription"),
            right="escalation.subscribe",
        ),
    ),
}
AWAY = "暂时不能显示，请稍后再看。"
ALSO_NAMED = ("edition",)  # which version of a thing is meant


@router.get("/rooms/{room}")
async def show_room(view: Viewing, room: str) -> Response:
    """登记簿、草稿、消息：现有的，和可以办理的。"""
    if view.caller is None:
        raise SignInFirst
    kind = next((one for one in ROOMS if one == room), None)
    if kind is None:
        raise NoSuchRoom(room=room)
    caller = view.caller
    return view.page(
        "room.html",
        title=ROOMS[kind],
        forms=[
            form
            for form in FORMS.values()
            if form.room == kind and form.stands_alone and form.is_for(caller)
        ],
        shelves=[
            await _filled(view, shelf)
            for shelf in SHELVES[kind]
            if decide(shelf.right, caller).allowed
        ],
    )


async def _filled(view: View, shelf: Shelf) -> Filled:
    after = view.request.query_params.get(f"{shelf.key}-after")
    path = shelf.path
    if after is not None:
        path += f"{'&' if '?' in path else '?'}{urlencode({shelf.onwards_by: after})}"
    answer = await ask(view, shelf.service, path)
    if not answer.done:
        says = AWAY if answer.status == 503 else str(answer.body.get("detail", AWAY))
        return Filled(shelf, [], away=says)
    return Filled(
        shelf,
        [
            Line(
                [str(line.get(name) or "") for name, _ in shelf.shows],
                _acts(view, shelf, line),
                f"/proposals/{line['proposal_id']}" if shelf.key == "notices" else "",
            )
            for line in answer.body.get(shelf.key, ())
        ],
        onwards=(
            f"?{urlencode({f'{shelf.key}-after': further})}"
            if (further := answer.body.get("next")) is not None
            else ""
        ),
    )


def _acts(view: View, shelf: Shelf, line: Mapping[str, Any]) -> list[Offer]:
    assert view.caller is not None
    found = []
    for code in shelf.forms:
        form = FORMS[code]
        names = {
            *form.places,
            *ALSO_NAMED,
            *(one.name for one in form.fields if one.kind == "kept"),
        }
        about = {name: line[name] for name in sorted(names) if line.get(name) is not None}
        if form.is_for(view.caller):
            found.append(Offer(form, f"/do/{code}?{urlencode(about)}", None))
    return found
