"""Makes the registry's calendar files from a package that follows the State Council's notices.

Run once when a year is announced: ``python -m deploy.data.make_calendars``. The files are
committed; the package is not asked at run time.
"""

from importlib.metadata import version
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

from shared.contracts.registry import CalendarDay, CalendarYearAnnounced

HERE = Path(__file__).resolve().parents[2] / "services" / "registry" / "data" / "calendars"
FIRST, LAST = 2018, 2026
CHECKED_WITH = version("chinesecalendar")
SATURDAY = 5
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年",
}


def announced(year: int) -> CalendarYearAnnounced:
    """The days of a year that differ from their weekday: free ones of Monday to Friday, and
    worked ones of a weekend."""
    free = {day: NAMES[name] for day, name in holidays.items() if day.weekday() < SATURDAY}
    worked = {day: NAMES[name] for day, name in workdays.items() if day.weekday() >= SATURDAY}
    return CalendarYearAnnounced(
        year=year,
        edition=1,
        source=f"国务院办公厅通知（{year}年），经 chinesecalendar {CHECKED_WITH} 核对",
        provisional=False,
        days=tuple(
            CalendarDay(day=day, works=day in worked, name=(free | worked)[day])
            for day in sorted(free | worked)
            if day.year == year
        ),
    )


def not_announced(year: int) -> CalendarYearAnnounced:
    """A year whose notice is not out: no day differs from its weekday yet."""
    return CalendarYearAnnounced(
        year=year,
        edition=1,
        source="国务院办公厅通知尚未公布，暂按周一至周五为工作日",
        provisional=True,
        days=(),
    )


def main() -> None:
    """Write one file a year."""
    years = [announced(year) for year in range(FIRST, LAST + 1)] + [not_announced(LAST + 1)]
    for year in years:
        (HERE / f"{year.year}.json").write_text(year.model_dump_json(indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
