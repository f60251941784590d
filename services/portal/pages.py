"""The pages: load, arrange, draw. They decide nothing."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.portal.desks import hints_for
from services.portal.domain.ledger import Filters
from services.portal.domain.overview import months_of
from services.portal.domain.steps import steps
from services.portal.domain.story import sentence
from services.portal.domain.telling import (
    PROPOSERS_WAIT_FOR,
    is_for_proposers,
    kept_from,
    lines_for,
    told_to,
)
from services.portal.domain.worklist import held_in, lights_in, narrowed
from services.portal.forms.catalogue import button_of, other_way
from services.portal.ledger_page import question_of
from services.portal.papers.report import summed_rows
from services.portal.printing import may_have_whole_file, printed_of
from services.portal.reporting import PeriodAsked, material_of, periods
from services.portal.standing import offers_here, offers_of
from services.portal.store import cases, figures, overview, worklists
from services.portal.store.seeing import Seen
from services.portal.viewing import View, Viewing
from services.portal.waiting import AT_ONCE, elsewhere, groups_of
from shared.contracts.event import ProposalId
from shared.contracts.registry import UnitLevel

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

PRESSING_SHOWN = 12
MATTERS_SHOWN = 20
# What offices keep among themselves: the page's name of it, and how the store calls one.
AMONG_OFFICES = (
    ("disagreements", "disagreement"),
    ("items", "item"),
    ("supervisions", "supervision"),
    ("findings", "finding"),
    ("look_backs", "look_back"),
)


@router.get("/")
async def dashboard(view: Viewing, year: int | None = None) -> Response:
    """总览：本年度的灯号、数量、急件和最新动态。"""
    years = await overview.years(view.tx)
    shown = year or (years[0] if years else view.today.year)
    filters = Filters(year=str(shown))
    lamp, question = view.lamp, question_of(view, filters)
    standing = await figures.standing(view.tx, question)
    roles = await figures.by_role(view.tx, question)
    return view.page(
        "dashboard.html",
        filters=filters,
        year=shown,
        years=years,
        states={row["state"]: row["proposals"] for row in standing if row["by"] == "state"},
        whole=next(row for row in standing if not row["by"]),
        parts=next(row for row in roles if row["role"] is None),
        months=months_of(await figures.by_month(view.tx, question), year=shown),
        pressing=await overview.pressing(
            view.tx, near=lamp.near, limit=PRESSING_SHOWN, seen=view.seen
        ),
        matters=await overview.open_matters(view.tx, seen=view.seen, most=MATTERS_SHOWN),
        acts=await overview.latest_acts(
            view.tx,
            seen=view.seen,
            told=told_to(view.seen.sight),
            untold=kept_from(view.seen.sight),
        ),
        sentence=sentence,
    )


@router.get("/units")
async def units(view: Viewing) -> Response:
    """单位一览：每个单位在办任务的灯号。"""
    lamp = view.lamp
    shown = [unit for unit in view.known.units.values() if view.seen.unit(unit.code)]
    duties = await worklists.open_by_unit(view.tx, near=lamp.near)
    return view.page(
        "units.html",
        duties=duties,
        levels=[
            (level, [unit for unit in shown if unit.level is level])
            for level in (UnitLevel.DISTRICT, UnitLevel.CITY, UnitLevel.SECTION, UnitLevel.STREET)
        ],
    )


@router.get("/units/{unit}")
async def unit_worklist(view: Viewing, unit: str, light: str = "", group: str = "") -> Response:
    """一个单位的工作台：现在需要它办的事，逐组列出；给出一组的，只列这一组，全部列出。"""
    found = view.unit(unit)
    if found.code != unit:
        return RedirectResponse(f"/units/{found.code}", status_code=308)
    groups = await groups_of(view, unit)
    caller = view.caller if _at_home(view, unit) else None
    button = partial(button_of, caller=caller)
    lit = narrowed(groups, to=light, lamp=view.lamp)
    # Once nothing in a group waits any more, one is back at the desk.
    shown = [one for one in lit if one.code == group] or lit
    mine = [one for one in shown if any(button(one.code, duty) for duty in one.duties)]
    return view.page(
        "unit.html",
        hints=hints_for(view) if caller else None,
        unit=found,
        parents=[one for one in view.known.parents(found.code) if view.seen.unit(one)],
        children=[one for one in view.known.units.values() if one.parent == found.code],
        mine=mine,
        others=[one for one in shown if one not in mine],
        only_group=shown[0] if [one.code for one in shown] == [group] else None,
        room=worklists.LONGEST_WORKLIST if group else AT_ONCE,
        waiting=sum(button(one.code, duty) is not None for one in groups for duty in one.duties),
        counts=lights_in(groups, lamp=view.lamp),
        only=light,
        held=held_in(groups),
        button=button,
        once=str(uuid4()),
        elsewhere=await elsewhere(view) if caller is not None else [],
        other_way=partial(other_way, caller=caller, today=view.today),
    )


def _at_home(view: View, unit: str) -> bool:
    """Whether the reader's own unit is shown: its duties are theirs to do."""
    return view.caller is not None and view.caller.unit == unit


@router.get("/proposals/{proposal_id}")
async def proposal_page(view: Viewing, proposal_id: ProposalId) -> Response:
    """一件提案的全部：文本、各方、答复、承诺、协调事项和一条时间线。"""
    seen = view.seen
    found = await cases.proposal(view.tx, proposal_id, seen=seen)
    home = found["merged_into"] or proposal_id
    both = {proposal_id, home}
    tasks = await cases.tasks_of(view.tx, home)
    clocks = await cases.clocks_of(view.tx, both)
    replies = await cases.replies_of(view.tx, proposal_id)
    ratings = await cases.ratings_of(view.tx, proposal_id, seen=seen)
    promises = await cases.promises_of(view.tx, both)
    matters = await cases.matters_of(view.tx, both)
    if seen.sight.person is not None:
        tasks = [task for task in tasks if is_for_proposers(task)]
        clocks = [clock for clock in clocks if clock["kind"] in PROPOSERS_WAIT_FOR]
        matters = []
    things: dict[str, Any] = await cases.all_things(view.tx, both, kinds=_kinds_for(seen))
    open_redo = [
        clock
        for clock in clocks
        if clock["kind"] == "redo"
        and clock["proposal_id"] == proposal_id
        and clock["done_on"] is None
        and clock["dead_on"] is None
    ]
    printed, drafts = await printed_of(view, found)
    return view.page(
        "proposal.html",
        printed=printed,
        drafts=drafts,
        whole_file=may_have_whole_file(view),
        offers_here=offers_here(view, found, tasks),
        offers_of=partial(offers_of, view, found, tasks),
        proposal=found,
        group=await cases.group_of(view.tx, found["group_main"], seen=seen)
        if found["group_main"]
        else [],
        tasks=tasks,
        clocks=clocks,
        redos=open_redo,
        replies=replies,
        ratings=ratings,
        promises=promises,
        matters=matters,
        contacts=things["contact"],
        letters=[one for one in things["letter"] if one["proposal_id"] == proposal_id],
        **{name: things[kind] for name, kind in AMONG_OFFICES},
        sees_ratings=lambda reply: reply["closed_on"] is not None or not seen.sight.units,
        steps=steps(
            tasks=tasks,
            replies=replies,
            ratings=ratings,
            promises=promises,
            redoing=bool(open_redo),
        ),
        timeline=lines_for(
            seen.sight,
            await cases.timeline_of(view.tx, proposal_id),
            ratings_over=all(
                reply["closed_on"] is not None or reply["void_on"] is not None for reply in replies
            ),
        ),
        sentence=sentence,
    )


def _kinds_for(seen: Seen) -> list[str]:
    """What the page tells beside the parties: a proposer is told of talks and letters alone."""
    among = [] if seen.sight.person is not None else [kind for _, kind in AMONG_OFFICES]
    return ["contact", "letter", *among]


@router.get("/report")
async def report_page(view: Viewing, asked: PeriodAsked, unit: str = "") -> Response:
    """总体情况：五个部分，每个数字旁边写明统计口径。"""
    offered = await periods(view)
    period = asked or offered.years[0]
    choices: dict[str, Any] = {"periods": offered, "period": period}
    choices["units"] = [one for one in view.known.units.values() if view.seen.unit(one.code)]
    if not unit.strip():
        return view.page("report_choice.html", **choices)
    query = urlencode({"unit": view.unit(unit).code, "period": period.code})
    if "since" in view.request.query_params:  # the form's address is not the one to pass on
        return RedirectResponse(f"/report?{query}", status_code=303)
    material = await material_of(view, unit, period=period)
    report = material.report
    return view.page(
        "report.html",
        **choices,
        unit=view.unit(unit),
        report=report,
        rules=report.rules,
        query=query,
        sums=[(one, summed_rows(one)) for one in material.sums],
    )
