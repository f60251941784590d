"""The pages: load, arrange, draw. They decide nothing."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.portal.acting import offers_here, offers_of
from services.portal.domain.figures import COUNTING_RULES
from services.portal.domain.ledger import LAST_PAGE, PAGE_SIZE, Filters, by_proposal, filter_says
from services.portal.domain.overview import months_of, ratings_of, totals
from services.portal.domain.steps import steps
from services.portal.domain.story import sentence
from services.portal.domain.worklist import lights_in, narrowed, worklist
from services.portal.forms.catalogue import FORMS, button_of
from services.portal.reporting import report_of
from services.portal.store import cases, ledger, overview, worklists
from services.portal.store.rows import Row
from services.portal.viewing import View, Viewing
from shared.contracts.event import ProposalId
from shared.contracts.registry import UnitLevel

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

PRESSING_SHOWN = 12
RATED = "huiban.reply.ReplyRated.v1"


@router.get("/")
async def dashboard(view: Viewing, year: int | None = None) -> Response:
    """总览：本年度的灯号、数量、急件和最新动态。"""
    years = await overview.years(view.tx)
    shown = year or (years[0] if years else view.today.year)
    lamp = view.lamp
    units = await overview.units_in_numbers(
        view.tx, year=shown, today=lamp.today, near=lamp.near_on
    )
    states = await overview.states(view.tx, year=shown)
    return view.page(
        "dashboard.html",
        year=shown,
        years=years,
        states=states,
        marks=await overview.marks(view.tx, year=shown),
        units=units,
        totals=totals(units),
        classes=await overview.classes(view.tx, year=shown),
        ratings=ratings_of(await overview.ratings_of_year(view.tx, year=shown)),
        months=months_of(await overview.months(view.tx, year=shown)),
        pressing=await overview.pressing(view.tx, until=lamp.near_on, limit=PRESSING_SHOWN),
        matters=await overview.open_matters(view.tx),
        acts=[act for act in await overview.latest_acts(view.tx) if act["type"] != RATED],
        sentence=sentence,
    )


@router.get("/units")
async def units(view: Viewing) -> Response:
    """单位一览：每个单位在办任务的灯号。"""
    lamp = view.lamp
    duties = await worklists.open_by_unit(view.tx, today=lamp.today, near=lamp.near_on)
    return view.page(
        "units.html",
        duties=duties,
        levels=[
            (level, [unit for unit in view.known.units.values() if unit.level is level])
            for level in (UnitLevel.DISTRICT, UnitLevel.CITY, UnitLevel.SECTION, UnitLevel.STREET)
        ],
    )


@router.get("/units/{unit}")
async def unit_worklist(view: Viewing, unit: str, light: str = "") -> Response:
    """一个单位的工作台：现在需要它办的事，逐组列出。"""
    found = view.known.unit(unit)
    if found.code != unit:
        return RedirectResponse(f"/units/{found.code}", status_code=308)
    duties = await worklists.duties_of(view.tx, unit)
    groups = worklist(
        duties,
        desks=await worklists.drafts_of(view.tx, unit),
        to_decide=await worklists.returns_to_decide(view.tx, unit),
        below=await worklists.work_below(view.tx, unit),
    )
    return view.page(
        "unit.html",
        unit=found,
        parents=view.known.parents(found.code),
        children=[one for one in view.known.units.values() if one.parent == found.code],
        groups=narrowed(groups, to=light, lamp=view.lamp),
        counts=lights_in(groups, lamp=view.lamp),
        only=light,
        roles=await worklists.parts_of_unit(view.tx, unit),
        button=partial(button_of, caller=view.caller if _at_home(view, unit) else None),
    )


def _at_home(view: View, unit: str) -> bool:
    """Whether the reader's own unit is shown: its duties are theirs to do."""
    return view.caller is not None and view.caller.unit == unit


@router.get("/ledger")
async def ledger_page(
    view: Viewing,
    year: str = "",
    unit: str = "",
    role: str = "",
    light: str = "",
    state: str = "",
    category: str = "",
    kind: str = "",
    key: str = "",
    origin: str = "",
    q: Annotated[str, Query(max_length=100)] = "",
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
) -> Response:
    """提案台账：筛选条件全部在网址里，可以直接转给同事。"""
    filters = Filters(
        year=year.strip(),
        unit=view.known.unit(unit).code if unit.strip() else "",
        role=role,
        light=light,
        state=state,
        category=category,
        kind=kind,
        key=key,
        origin=origin,
        q=" ".join(q.split()),
        page=page,
    ).checked()
    if _differs(filters, view.request.url.query):
        return RedirectResponse(filters.address, status_code=303)
    lamp = view.lamp
    rows, count = await ledger.page(view.tx, filters, today=lamp.today, near=lamp.near_on)
    shown = [row["proposal_id"] for row in rows]
    return view.page(
        "ledger.html",
        filters=filters,
        rows=rows,
        count=count,
        page_size=PAGE_SIZE,
        last_page=min(LAST_PAGE, -(-count // PAGE_SIZE) or 1),
        handlers=by_proposal(
            await ledger.handlers(
                view.tx, [row["merged_into"] or row["proposal_id"] for row in rows]
            )
        ),
        duties=await ledger.next_duties(view.tx, shown, unit=filters.unit),
        years=await overview.years(view.tx),
        categories=await ledger.categories(view.tx),
        unit_choices=[(unit.code, view.label(unit.code)) for unit in view.known.units.values()],
        chosen_says=lambda name, value: filter_says(name, value, unit=view.label),
    )


def _differs(filters: Filters, query: str) -> bool:
    """Whether the address is not the one that a colleague should be given."""
    return filters.address.partition("?")[2] != query and "htmx" not in query


@router.get("/proposals/{proposal_id}")
async def proposal_page(view: Viewing, proposal_id: ProposalId) -> Response:
    """一件提案的全部：文本、各方、答复、承诺、协调事项和一条时间线。"""
    found = await cases.proposal(view.tx, proposal_id)
    home = found["merged_into"] or proposal_id
    both = {proposal_id, home}
    tasks = await cases.tasks_of(view.tx, home)
    clocks = await cases.clocks_of(view.tx, both)
    replies = await cases.replies_of(view.tx, proposal_id)
    ratings = await cases.ratings_of(view.tx, proposal_id)
    promises = await cases.promises_of(view.tx, both)
    open_redo = [
        clock
        for clock in clocks
        if clock["kind"] == "redo"
        and clock["proposal_id"] == proposal_id
        and clock["done_on"] is None
        and clock["dead_on"] is None
    ]
    words = view.request.query_params
    return view.page(
        "proposal.html",
        done=FORMS.get(words.get("done", "")),
        under_way=FORMS.get(words.get("under-way", "")),
        offers_here=offers_here(view, found, tasks),
        offers_of=partial(offers_of, view, found, tasks),
        proposal=found,
        group=await cases.group_of(view.tx, found["group_main"]) if found["group_main"] else [],
        tasks=tasks,
        clocks=clocks,
        redos=open_redo,
        replies=replies,
        ratings=ratings,
        promises=promises,
        matters=await cases.matters_of(view.tx, both),
        sees_ratings=view.sees_ratings,
        contacts=await cases.things_of(view.tx, "contact", both),
        disagreements=await cases.things_of(view.tx, "disagreement", both),
        items=await cases.things_of(view.tx, "item", both),
        supervisions=await cases.things_of(view.tx, "supervision", both),
        findings=await cases.things_of(view.tx, "finding", both),
        look_backs=await cases.things_of(view.tx, "look_back", {proposal_id}),
        letters=await cases.things_of(view.tx, "letter", {proposal_id}),
        steps=steps(
            tasks=tasks,
            replies=replies,
            ratings=ratings,
            promises=promises,
            redoing=bool(open_redo),
        ),
        timeline=[
            act
            for act in await cases.timeline_of(view.tx, proposal_id)
            if act["type"] != RATED
            or all(view.sees_ratings(reply) for reply in replies if _is_of(act, reply))
        ],
        sentence=sentence,
    )


def _is_of(act: Row, reply: Row) -> bool:
    """Whether an act of the timeline may tell of this reply's rating."""
    said = act["parts"].get("reply_id")
    return said is None or said == reply["reply_id"]


@router.get("/report")
async def report_page(view: Viewing, unit: str = "", year: int | None = None) -> Response:
    """总体情况：五个部分，每个数字旁边写明统计口径。"""
    years = await overview.years(view.tx)
    shown = year or (years[0] if years else view.today.year)
    choices: dict[str, Any] = {"years": years, "units": view.known.units.values(), "year": shown}
    if not unit.strip():
        return view.page("report_choice.html", **choices)
    report = await report_of(view, unit, year=shown)
    return view.page(
        "report.html",
        **choices,
        unit=view.known.unit(unit),
        report=report,
        rules=COUNTING_RULES,
    )
