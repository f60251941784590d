"""Handing over: the office's page, with advice and similar cases beside each row, and a pre-check.

What is handed over is decided by the service. The page asks it first what would come of the list,
and an Excel list is checked row by row before anything of it is written.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from services.portal.acting import afterwards
from services.portal.calling import ask
from services.portal.forms.catalogue import FORMS
from services.portal.forms.fields import Written, rows_written
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.store import cases
from services.portal.viewing import View, Viewing
from shared.policy import allow
from shared.refusals import Unknown

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

FORM = FORMS["hand-over"]
INTAKE = "intake"  # knows the lists that were brought, and what is similar
[LIST] = [one for one in FORM.fields if one.kind == "rows"]
COLUMNS = ("lead", "split", "co_handlers", "reference")
SHOWN = 20  # rows on a page: each comes with advice of its own
MOST = 60  # rows of a list that are handed over at once
CHECKED_AT_ONCE = 5  # times that a list is checked on before its progress is shown


class NoSuchList(Unknown):
    """没有这份清单，或者它不是交办清单。"""


@dataclass(frozen=True, slots=True)
class Beside:
    """What one should know of a proposal before one decides who handles it."""

    advice: tuple[Mapping[str, Any], ...] = ()
    similar: tuple[Mapping[str, Any], ...] = ()
    away: bool = False  # the services that know did not answer


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list: its proposal, what is written in it, and what is found."""

    n: int
    proposal: Mapping[str, Any]
    written: Mapping[str, str]
    beside: Beside | None
    chosen: bool = True
    findings: tuple[str, ...] = ()
    tasks: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the service says would come of the list; or what came of it."""

    findings: Mapping[int, Sequence[str]] = field(default_factory=dict)
    tasks: Sequence[Mapping[str, Any]] = ()
    says: str = ""
    status: int = 200
    is_good: bool = False


@router.get("/hand-over")
async def show(
    view: Viewing,
    proposal_id: Annotated[list[str] | None, Query()] = None,
    list_id: Annotated[str, Query(alias="list", max_length=60)] = "",
    begin: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> Response:
    """交办：逐件选定主办、分办、会办、参阅单位，预检以后一次交办。"""
    _must_hand_over(view)
    waiting = await cases.to_hand_over(view.tx, seen=view.seen)
    named = await _named(view, list_id) if list_id else {}
    wanted = set(proposal_id or ()) or set(named)
    # What was asked for comes first; the rest of what waits is there to be chosen.
    first = [one for one in waiting if one["proposal_id"] in wanted]
    if list_id:
        listed, rest = first[:MOST], len(first[MOST:])
    else:
        others = [one for one in waiting if one["proposal_id"] not in wanted]
        ordered = [*first, *others][begin:]
        listed, rest = ordered[:SHOWN], len(ordered[SHOWN:])
    return await _page(
        view,
        [(one, named.get(one["proposal_id"], {}), one["proposal_id"] in wanted) for one in listed],
        list_id=list_id,
        missing=len(named.keys() - {one["proposal_id"] for one in first}),
        rest=rest,
        onwards="" if list_id or not rest else f"/hand-over?begin={begin + SHOWN}",
    )


@router.post("/hand-over")
async def send(view: Viewing) -> Response:
    """预检，或者交办：选中的各件一次交办；有一处不对，全部不交办，并逐处指明。"""
    _must_hand_over(view)
    sent = await view.request.form()
    written = {name: value for name, value in sent.items() if isinstance(value, str)}
    if "take" in written:
        written |= _taken(written)
    chosen = [n for n in range(rows_written(LIST, written)) if written.get(f"items-{n}-chosen")]
    if "take" in written:
        checked = Checked()
    elif not chosen:
        checked = Checked(says="请先选择要交办的提案。", status=422)
    else:
        command, wrong = FORM.command(_only(written, chosen))
        if wrong:
            checked = Checked(says="；".join(wrong.values()), status=422)
        elif "check" in written:
            answer = await ask(
                view, FORM.service, "/hand-overs/check", method="POST", command=command
            )
            checked = _checked(answer.body, chosen, status=answer.status)
        else:
            answer = await ask(
                view,
                FORM.service,
                FORM.path,
                method="POST",
                command=command,
                once=written.get("once"),
            )
            if answer.done:
                return RedirectResponse(await afterwards(view, FORM, {}, answer.positions), 303)
            checked = _checked(answer.body, chosen, status=answer.status)
    waiting = {one["proposal_id"]: one for one in await cases.to_hand_over(view.tx, seen=view.seen)}
    rows = []
    for n in range(rows_written(LIST, written)):
        proposal = waiting.get(written.get(f"items-{n}-proposal_id", ""))
        if proposal is not None:
            cells = {name: written.get(f"items-{n}-{name}", "") for name in COLUMNS}
            rows.append((proposal, cells, n in chosen))
    return await _page(
        view,
        rows,
        checked=checked,
        meeting=written.get("meeting", ""),
        list_id=written.get("list", ""),
        once=written.get("once", ""),
    )


@router.post("/hand-over/list")
async def bring(view: Viewing) -> Response:
    """导入清单：先逐行检查，什么都不写入。"""
    _must_hand_over(view)
    async with view.request.form() as sent:
        file = sent.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return await _page(view, [], checked=Checked(says="请选择清单文件。", status=422))
        name, content = file.filename, await file.read()
    importing = FORMS["bring-import"]
    answer = await ask(
        view,
        importing.service,
        importing.path,
        method="POST",
        content=content,
        params={"kind": "hand_over", "name": name},
    )
    if not answer.done:
        says = str(answer.body.get("detail", "没有收下，请稍后重试。"))
        return await _page(view, [], checked=Checked(says=says, status=answer.status))
    list_id = str(answer.body["import_id"])
    await _check_on(view, list_id, answer.body)
    return RedirectResponse(f"/hand-over/list/{list_id}", 303)


@router.get("/hand-over/list/{list_id}")
async def show_list(view: Viewing, list_id: str) -> Response:
    """清单预检：逐行的问题、提示和相似提案；确认之前什么都不写入。"""
    _must_hand_over(view)
    return _list_page(view, await _told(view, list_id))


@router.post("/hand-over/list/{list_id}")
async def go_on(view: Viewing, list_id: str) -> Response:
    """继续检查，或者确认：按检查过的内容立案，再逐件交办。"""
    _must_hand_over(view)
    told = await _told(view, list_id)
    sent = await view.request.form()
    if "confirm" not in sent:
        await _check_on(view, list_id, told)
        return RedirectResponse(f"/hand-over/list/{list_id}", 303)
    answer = await ask(
        view,
        INTAKE,
        f"/imports/{quote(list_id, safe='')}/confirm",
        method="POST",
        command={"digest": str(sent.get("digest", ""))},
        once=str(sent.get("once", "")) or None,
    )
    if not answer.done:
        says = str(answer.body.get("detail", "没有办成，请稍后重试。"))
        return _list_page(view, told, says=says, status=answer.status)
    return RedirectResponse(f"/hand-over?{urlencode({'list': list_id})}", 303)


def _must_hand_over(view: View) -> None:
    if view.caller is None:
        raise SignInFirst
    allow(FORM.act, view.caller)


def _taken(written: Written) -> dict[str, str]:
    """A unit that was advised, put where the button says: the lead is one, others are added."""
    n, _, rest = written["take"].partition(" ")
    column, _, unit = rest.partition(" ")
    if column not in COLUMNS or not n.isdecimal():
        return {}
    name = f"items-{n}-{column}"
    there = [one for one in written.get(name, "").split("、") if one]
    named = unit if column == "lead" else "、".join(dict.fromkeys((*there, unit)))
    return {name: named, f"items-{n}-chosen": "yes"}


def _only(written: Written, chosen: Sequence[int]) -> dict[str, str]:
    """The rows that were chosen, counted from the first, as the form knows them."""
    kept = {name: words for name, words in written.items() if not name.startswith("items-")}
    for nth, n in enumerate(chosen):
        for column in LIST.rows:
            kept[f"items-{nth}-{column.name}"] = written.get(f"items-{n}-{column.name}", "")
    return kept


def _checked(body: Mapping[str, Any], chosen: Sequence[int], *, status: int) -> Checked:
    findings: dict[int, list[str]] = {}
    for one in body.get("findings", ()):
        nth = one.get("row")
        if isinstance(nth, int) and 0 < nth <= len(chosen):
            findings.setdefault(chosen[nth - 1], []).append(str(one["says"]))
    return Checked(
        findings, body.get("tasks", ()), str(body.get("detail", "")), status, status < 400
    )


async def _page(
    view: View,
    rows: Sequence[tuple[Mapping[str, Any], Mapping[str, str], bool]],
    *,
    checked: Checked | None = None,
    meeting: str = "",
    list_id: str = "",
    once: str = "",
    missing: int = 0,
    rest: int = 0,
    onwards: str = "",
) -> Response:
    checked = checked or Checked()
    beside = await asyncio.gather(*(_beside(view, row[0]) for row in rows[:SHOWN]))
    by_proposal: dict[str, list[Mapping[str, Any]]] = {}
    for task in checked.tasks:
        by_proposal.setdefault(task["proposal_id"], []).append(task)
    lines = [
        Line(
            n,
            proposal,
            cells,
            beside[n] if n < len(beside) else None,
            chosen,
            tuple(checked.findings.get(n, ())),
            tuple(by_proposal.get(proposal["proposal_id"], ())),
        )
        for n, (proposal, cells, chosen) in enumerate(rows)
    ]
    return view.page(
        "hand_over.html",
        status=checked.status,
        lines=lines,
        checked=checked,
        meeting=meeting,
        list_id=list_id,
        once=once or str(uuid4()),
        missing=missing,
        rest=rest,
        onwards=onwards,
        units=[unit.name for unit in view.known.units.values()],
        columns=[one for one in LIST.rows if one.name in COLUMNS],
    )


async def _beside(view: View, proposal: Mapping[str, Any]) -> Beside:
    at = f"/proposals/{proposal['proposal_id']}"
    advised, alike = await asyncio.gather(
        ask(view, FORM.service, f"{at}/advice"),
        ask(view, INTAKE, f"{at}/similar"),
    )
    return Beside(
        tuple(advised.body.get("units", ())),
        tuple(alike.body.get("cases", ())),
        away=not (advised.done and alike.done),
    )


async def _told(view: View, list_id: str) -> Mapping[str, Any]:
    answer = await ask(view, INTAKE, f"/imports/{quote(list_id, safe='')}")
    if not answer.done or answer.body["kind"] != "hand_over":
        raise NoSuchList
    return answer.body


async def _check_on(view: View, list_id: str, told: Mapping[str, Any]) -> None:
    """Some hundred rows more; a long list shows how far it is and is gone on with."""
    path = f"/imports/{quote(list_id, safe='')}/check"
    for _ in range(CHECKED_AT_ONCE):
        if told["checked"] >= told["total"] or told["confirmed_on"]:
            return
        answer = await ask(view, INTAKE, path, method="POST")
        if not answer.done:
            return
        told = answer.body


async def _named(view: View, list_id: str) -> dict[str, dict[str, str]]:
    """Who handles what by a list that was taken over, as the fields of the page hold it."""
    path = f"/imports/{quote(list_id, safe='')}/hand-over"
    answer = await ask(view, INTAKE, path)
    if not answer.done:
        raise NoSuchList
    return {
        one["proposal_id"]: {
            "lead": one["lead"] or "",
            **{name: "、".join(one[name]) for name in COLUMNS if name != "lead"},
        }
        for one in answer.body["items"]
    }


def _list_page(
    view: View, told: Mapping[str, Any], *, says: str = "", status: int = 200
) -> Response:
    rows: dict[int, list[Mapping[str, Any]]] = {}
    for one in _in_order(told["findings"]):
        rows.setdefault(one["row"], []).append(one)
    return view.page(
        "hand_over_list.html",
        status=status,
        told=told,
        rows=rows,
        says=says,
        once=str(uuid4()),
    )


def _in_order(findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(findings, key=lambda one: (one["level"] != "fault", one["row"]))
