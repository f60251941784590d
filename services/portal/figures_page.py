"""The page of figures: a year counted in every way, each figure leading to the ledger."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.portal.districts import TILES, Tile
from services.portal.domain.ledger import UNCATEGORISED, Filters, filter_says
from services.portal.domain.overview import Month, Said, months_of, ratings_of, shade_of
from services.portal.ledger_page import Asked, district_choices, question_of
from services.portal.store import figures, ledger, overview
from services.portal.store.rows import Row
from services.portal.viewing import View, Viewing
from shared.contracts.event import UnitCode
from shared.contracts.registry import UnitLevel

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

# By what the figures can be narrowed; what they are themselves divided by is left to the ledger.
NARROWED_BY = ("year", "district", "unit", "category", "kind", "key", "origin")
ROLES_COUNTED = ("lead", "split", "co_handle")
NONE: dict[str, Any] = {"proposals": 0, "red": 0, "yellow": 0, "green": 0}


@dataclass(frozen=True, slots=True)
class District:
    """A district's figures, its square on the map, and how dark that is."""

    unit: UnitCode
    name: str
    tile: Tile | None
    shade: int
    row: Row


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that is counted of the proposals that the filters leave."""

    whole: Row
    states: dict[str, int]
    categories: list[Row]
    units: list[Row]
    districts: list[District]
    roles: list[Row]
    parts: Row | None
    classes: list[Row]
    ratings: list[Said]
    months: list[Month]


@router.get("/figures")
async def figures_page(view: Viewing, filters: Asked) -> Response:
    """统计：按单位、角色、类别、评价、时限和区逐项计数，每个数字都可点到台账。"""
    years = await overview.years(view.tx)
    asked = narrowed(filters, year=years[0] if years else view.today.year)
    if asked.query != view.request.url.query:
        return RedirectResponse(f"/figures?{asked.query}", status_code=303)
    return view.page(
        "figures.html",
        filters=asked,
        years=years,
        found=await statistics_of(view, asked),
        district_choices=district_choices(view),
        unit_choices=[(unit.code, view.label(unit.code)) for unit in view.known.units.values()],
        categories=[*await ledger.categories(view.tx), UNCATEGORISED],
        chosen_says=lambda name, value: filter_says(name, value, unit=view.label),
        roles_counted=ROLES_COUNTED,
        uncategorised=UNCATEGORISED,
    )


def narrowed(filters: Filters, *, year: int) -> Filters:
    """The filters by which figures can be narrowed; always of some year."""
    kept = {name: getattr(filters, name) for name in NARROWED_BY}
    return Filters(**kept | {"year": filters.year or str(year)})


async def statistics_of(view: View, filters: Filters) -> Statistics:
    """The figures of the proposals that the reader may see and these filters leave."""
    tx, question = view.tx, question_of(view, filters)
    await figures.plan_for_what_is_asked(tx)
    standing = await figures.standing(tx, question)
    roles = await figures.by_role(tx, question)
    return Statistics(
        whole=next((row for row in standing if not row["by"]), NONE),
        states={row["state"]: row["proposals"] for row in standing if row["by"] == "state"},
        categories=[row for row in standing if row["by"] == "category"],
        units=await figures.by_unit(tx, question),
        districts=_districts(view, await _by_district(view, filters)),
        roles=sorted(
            (row for row in roles if row["role"] in ROLES_COUNTED),
            key=lambda row: ROLES_COUNTED.index(row["role"]),
        ),
        parts=next((row for row in roles if row["role"] is None), None),
        classes=await figures.by_class(tx, question),
        ratings=ratings_of(await figures.by_rating(tx, question)),
        months=months_of(await figures.by_month(tx, question), year=int(filters.year)),
    )


async def _by_district(view: View, filters: Filters) -> dict[UnitCode, Row]:
    places = {
        code: district
        for district, _ in district_choices(view)
        for code in (district, *view.known.below(UnitCode(district)))
    }
    rows = await figures.by_district(view.tx, question_of(view, filters), places=places)
    return {row["district"]: row for row in rows}


def _districts(view: View, rows: dict[UnitCode, Row]) -> list[District]:
    most = max((row["proposals"] for row in rows.values()), default=0)
    nothing = NONE | dict.fromkeys((*ROLES_COUNTED, "on_time", "late", "waiting"), 0)
    return [
        District(
            unit.code,
            unit.short_name,
            TILES.get(unit.code),
            shade_of(rows.get(unit.code, nothing)["proposals"], most=most),
            rows.get(unit.code, nothing),
        )
        for unit in view.known.units.values()
        if unit.level is UnitLevel.DISTRICT
    ]
