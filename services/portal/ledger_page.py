"""The ledger's page: filters, order and columns in the address, views that people keep."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.portal.domain.ledger import (
    COLUMNS,
    COUNTED_TO,
    KEPT,
    LONGEST_NAME,
    LONGEST_QUERY,
    ORDERS,
    UNCATEGORISED,
    Filters,
    filter_says,
    filters_of,
    name_for_a_view,
)
from services.portal.signin.domain.refusals import SignInFirst
from services.portal.signin.room import signin_of
from services.portal.signin.store import views
from services.portal.store import ledger, overview
from services.portal.store.asking import Question
from services.portal.viewing import View, Viewing
from shared.contracts.event import Actor, UnitCode
from shared.contracts.registry import UnitLevel
from shared.reference import NoRules

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


async def _asked(
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
    district: str = "",
    merged: str = "",
    timely: str = "",
    result_class: str = "",
    rating: str = "",
    process: str = "",
    handed: str = "",
    replied: str = "",
    q: Annotated[str, Query(max_length=LONGEST_QUERY)] = "",
    order: str = "",
    cols: Annotated[list[str] | None, Query()] = None,
    before: str = "",
    after: str = "",
) -> Filters:
    """The view that an address asks for, as everything that shows the ledger reads it."""
    return Filters(
        year=year.strip(),
        unit=view.known.unit(unit).code if unit.strip() else "",
        role=role,
        light=light,
        state=state,
        category=category,
        kind=kind,
        key=key,
        origin=origin,
        district=view.known.unit(district).code if district.strip() else "",
        merged=merged,
        timely=timely,
        result_class=result_class.strip(),
        rating=rating,
        process=process,
        handed=handed.strip(),
        replied=replied.strip(),
        q=" ".join(q.split()),
        order=order,
        cols=",".join(cols or ()),
        before=before,
        after="" if before else after,
    ).checked()


def question_of(view: View, filters: Filters) -> Question:
    """What a reader asks with these filters."""
    return Question(
        filters,
        view.lamp.near,
        view.seen,
        within=(
            (UnitCode(filters.district), *view.known.below(UnitCode(filters.district)))
            if filters.district
            else ()
        ),
    )


Asked = Annotated[Filters, Depends(_asked)]


@router.get("/ledger")
async def ledger_page(view: Viewing, filters: Asked) -> Response:
    """提案台账：筛选条件全部在网址里，可以直接转给同事。"""
    if filters.query != view.request.url.query:  # not the address that a colleague should get
        return RedirectResponse(filters.address, status_code=303)
    question = question_of(view, filters)
    page = await ledger.page(view.tx, question)
    count = await ledger.count(view.tx, question)
    besides = filters.counts_besides if 0 < count <= COUNTED_TO else ""
    return view.page(
        "ledger.html",
        filters=filters,
        page=page,
        rows=page.rows,
        count=count,
        besides=besides,
        count_besides=await ledger.count_besides(view.tx, question) if besides else 0,
        counted_to=COUNTED_TO,
        columns=COLUMNS,
        kept=KEPT,
        orders=ORDERS,
        years=await overview.years(view.tx),
        categories=[*await ledger.categories(view.tx), UNCATEGORISED],
        districts=district_choices(view),
        classes=_classes(view, filters.result_class),
        unit_choices=[(unit.code, view.label(unit.code)) for unit in view.known.units.values()],
        chosen_says=lambda name, value: filter_says(name, value, unit=view.label),
        views=await _views_of(view),
        here=filters.from_the_start.query,
        longest_name=LONGEST_NAME,
    )


def _classes(view: View, chosen: str) -> list[str]:
    """The result classes of today's rule set; and the one that is chosen, whoever knows it."""
    try:
        known = [one.code for one in view.known.rules_on(view.today).classes]
    except NoRules:
        known = []
    return known + [chosen] * (bool(chosen) and chosen not in known)


def district_choices(view: View) -> list[tuple[UnitCode, str]]:
    """The districts of the city."""
    return [
        (unit.code, unit.short_name)
        for unit in view.known.units.values()
        if unit.level is UnitLevel.DISTRICT
    ]


@router.post("/ledger/views")
async def save_view(
    view: Viewing,
    name: Annotated[str, Form()] = "",
    query: Annotated[str, Form()] = "",
    shared: Annotated[str, Form()] = "",
) -> Response:
    """保存视图：给当前的筛选条件、顺序和列起个名称，也可以与本单位共用。"""
    caller = _somebody(view)
    filters = filters_of(query)
    async with signin_of(view.request).desk.transaction() as tx:
        await views.save(
            tx,
            caller.person,
            unit=caller.unit,
            name=name_for_a_view(name),
            query=filters.query,
            shared=bool(shared),
        )
    return RedirectResponse(filters.address, status_code=303)


@router.post("/ledger/views/{number}/forget")
async def forget_view(view: Viewing, number: int) -> Response:
    """删除自己保存的视图。"""
    caller = _somebody(view)
    async with signin_of(view.request).desk.transaction() as tx:
        await views.forget(tx, caller.person, number=number)
    back = urlsplit(view.request.headers.get("referer", "")).query
    return RedirectResponse(filters_of(back).address, status_code=303)


async def _views_of(view: View) -> list[dict[str, object]]:
    caller = _somebody(view)
    async with signin_of(view.request).desk.transaction() as tx:
        return await views.of(tx, caller.person, unit=caller.unit)


def _somebody(view: View) -> Actor:
    if view.caller is None:
        raise SignInFirst
    return view.caller
