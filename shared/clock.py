"""The one place that reads the clock. A day is a day in the office's time zone."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

OFFICE = ZoneInfo("Asia/Shanghai")


def office_day() -> date:
    """Today, where the office is."""
    return datetime.now(OFFICE).date()  # noqa: TID251


def epoch_seconds() -> float:
    """Seconds since 1970, for tokens and for the age of events."""
    return time.time()


def monotonic_seconds() -> float:
    """Seconds of a clock that never goes back, for pauses and ages within a process."""
    return time.monotonic()
