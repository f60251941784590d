"""The announced calendars and a small rule set, as the tests of reckoning use them."""

from datetime import date
from pathlib import Path

from shared.calendar import Calendar
from shared.contracts.registry import CalendarYearAnnounced, Deadline, RulesPublished, TimeUnit

FILES = Path(__file__).resolve().parents[3] / "services" / "registry" / "data" / "calendars"
YEARS = tuple(
    CalendarYearAnnounced.model_validate_json(file.read_text("utf-8"))
    for file in sorted(FILES.glob("*.json"))
)
CALENDAR = Calendar(YEARS)


def day(text: str) -> date:
    return date.fromisoformat(text)


def rules(
    *, margin: tuple[int, TimeUnit] = (10, "working_days"), **deadlines: tuple[int, TimeUnit]
) -> RulesPublished:
    """A rule set with these clocks and nothing else."""
    return RulesPublished(
        rules="shenzhen-2024",
        place="shenzhen",
        year=2024,
        edition=1,
        effective_on=date(2024, 1, 1),
        source="试用规则",
        deadlines={
            clock: Deadline(count=count, unit=unit, source="某市规定")
            for clock, (count, unit) in deadlines.items()
        },
        inner_margin=Deadline(count=margin[0], unit=margin[1], source=None),
        near=Deadline(count=7, unit="calendar_days", source=None),
        classes=(),
        decline_reasons=(),
        return_reasons=(),
        ladders={},
        coordination=(),
        limits={},
    )
