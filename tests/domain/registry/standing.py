"""A small city, as the tests of the registry find it."""

from datetime import date

from services.registry.domain.register import Register
from services.registry.starting_data import starting_data
from shared.contracts.event import Actor, PersonId, UnitCode
from shared.contracts.registry import (
    CalendarDay,
    CalendarYearAnnounced,
    RulesPublished,
    UnitLevel,
    UnitRegistered,
)


def unit(
    code: str,
    name: str,
    *,
    level: str,
    under: str | None = None,
    short_name: str | None = None,
    aliases: tuple[str, ...] = (),
) -> UnitRegistered:
    return UnitRegistered(
        code=UnitCode(code),
        name=name,
        short_name=short_name or name,
        aliases=aliases,
        level=UnitLevel(level),
        parent=UnitCode(under) if under else None,
        source="名录",
    )


CITY = unit("C001", "深圳市人民政府", level="city", short_name="市政府")
TRANSPORT = unit(
    "C028",
    "市交通运输局",
    level="city",
    under="C001",
    short_name="市交通局",
    aliases=("深圳市交通运输局",),
)
LONGHUA = unit("D07", "龙华区人民政府", level="district", under="C001", short_name="龙华区")
EDUCATION = unit("S003", "龙华区教育局", level="section", under="D07")
MINZHI = unit("T051", "龙华区民治街道办事处", level="street", under="D07", short_name="民治街道")
TODAY = date(2024, 1, 15)
OPERATOR = Actor(person=PersonId("op.sun"), name="孙工", post="operator", unit=UnitCode("C001"))

UNITS = (CITY, TRANSPORT, LONGHUA, EDUCATION, MINZHI)

REGISTER = Register(units={one.code: one for one in UNITS})

SHENZHEN = starting_data("shenzhen")
(RULES,) = SHENZHEN.rules


def year(
    number: int,
    *days: tuple[str, bool],
    edition: int = 1,
    provisional: bool = False,
) -> CalendarYearAnnounced:
    return CalendarYearAnnounced(
        year=number,
        edition=edition,
        source="通知",
        provisional=provisional,
        days=tuple(
            CalendarDay(day=date.fromisoformat(day), works=works, name="春节")
            for day, works in days
        ),
    )


def published(*rules: RulesPublished) -> Register:
    return Register(rules={one.rules: one for one in rules})


def announced(*years: CalendarYearAnnounced) -> Register:
    return Register(calendars={one.year: one for one in years})
