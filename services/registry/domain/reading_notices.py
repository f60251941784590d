"""Reading a notice: the State Council's sentences about a year's holidays become its days.

    元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

Each weekday and each count in the text is compared with the calendar; what is not understood is
a finding with its line. Lines without a day, such as the preamble, are passed over.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from services.registry.domain.announcing_years import WEEKDAYS, differs, in_order
from shared.calendar import days as days_from
from shared.contracts.registry import CalendarDay

DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^（）]*)）)?"
HAS_DAY = re.compile(r"\d日")
HOLIDAY = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．])?\s*([^：\d。，]{2,20})：(.+)$")
SIGNED = re.compile(r"^(?:国务院办公厅)?\s*\d{4}年\d{1,2}月\d{1,2}日$")
FREE = re.compile(
    rf"^{DAY}(?:(?:至|到|-|—|~){DAY})?放假(?:(\d{{1,2}})天)?"
    r"(?:调休|，与周末连休|，不调休)?(?:，共(\d{1,2})天)?$"
)
WORKED = re.compile(rf"^{DAY}(?:(?:、|和|及){DAY})*上班$")
ONE_DAY_IN = re.compile(DAY)
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
ADVICE = ("鼓励", "各地区", "节假日期间", "请")
LONGEST_HOLIDAY = 15
WIDE = str.maketrans("():;,", "（）：；，")


@dataclass(frozen=True, slots=True)
class Finding:
    """A line that was not understood, or does not agree with the calendar."""

    line: int
    text: str
    says: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says: days that differ from their weekday, and what is to be looked at.

    New Year may begin or be made up in the year before: such days are ``elsewhere``.
    """

    days: tuple[CalendarDay, ...]
    elsewhere: tuple[CalendarDay, ...] = ()
    findings: tuple[Finding, ...] = ()
    passed_over: tuple[int, ...] = ()


class _Odd(Exception):
    """A sentence that cannot be right."""


def read_notice(text: str, *, year: int) -> Notice:
    """The days of a year as its notice has them."""
    found: dict[date, CalendarDay] = {}
    findings: list[Finding] = []
    passed_over: list[int] = []
    for number, line in enumerate(_lines(text), start=1):
        if not HAS_DAY.search(line) or SIGNED.match(line):
            if line:
                passed_over.append(number)
            continue
        holiday = HOLIDAY.match(line)
        if holiday is None:
            findings.append(Finding(number, line, "没有读出节日名称和日期"))
            continue
        name, sentences = holiday[1].strip(), holiday[2]
        for sentence in filter(None, re.split(r"[。；]", sentences)):
            if sentence.startswith(ADVICE):
                continue
            try:
                for day in _days_of(sentence, name=name, year=year):
                    _enter(day, found)
            except _Odd as odd:
                findings.append(Finding(number, sentence, str(odd)))
    if not found and not findings:
        findings.append(Finding(1, text.strip()[:60], "没有读出任何一天"))
    days = in_order(tuple(found.values()))
    return Notice(
        days=tuple(day for day in days if day.day.year == year),
        elsewhere=tuple(day for day in days if day.day.year != year),
        findings=tuple(findings),
        passed_over=tuple(passed_over),
    )


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield re.sub(r"\s+", "", line.translate(WIDE))


def _days_of(sentence: str, *, name: str, year: int) -> Iterator[CalendarDay]:
    """The days that a sentence sets free, or has worked, as far as they differ."""
    if free := FREE.match(sentence):
        yield from _free(free.groups(), name=name, year=year)
    elif WORKED.match(sentence):
        month: str | None = None
        for said in ONE_DAY_IN.findall(sentence):
            worked = _day(said, month=month, year=year)
            month = said[1] or month
            yield from _differing([worked], works=True, name=name)
    else:
        raise _Odd("没有读懂这一句")


def _free(said: tuple[str | None, ...], *, name: str, year: int) -> Iterator[CalendarDay]:
    first = _day(said[:4], month=None, year=year)
    last = first
    if said[6] is not None:
        last = _day(said[4:8], month=said[5] or said[1], year=int(said[0] or year))
        if last < first:
            raise _Odd(f"{last}早于{first}")
    span = list(_span(first, last))
    for count in filter(None, said[8:10]):
        if int(count) != len(span):
            raise _Odd(f"写明共{count}天，但{first}至{last}是{len(span)}天")
    yield from _differing(span, works=False, name=name)


def _span(first: date, last: date) -> Iterable[date]:
    if (last - first).days >= LONGEST_HOLIDAY:
        raise _Odd(f"{first}至{last}过长")
    return days_from(first, last)


def _day(said: tuple[str | None, ...], *, month: str | None, year: int) -> date:
    in_year, in_month, day, beside = said
    wanted_month = in_month or month
    if not wanted_month:
        raise _Odd("日期没有写月份")
    if abs(int(in_year or year) - year) > 1:
        raise _Odd(f"{in_year}年离{year}年太远")
    try:
        found = date(int(in_year or year), int(wanted_month), int(day or 0))
    except ValueError:
        raise _Odd(f"没有{wanted_month}月{day}日这一天") from None
    if weekday := WEEKDAY.search(beside or ""):
        wanted = weekday[1].replace("天", "日")
        if WEEKDAYS[found.weekday()] != wanted:
            raise _Odd(f"{found}是周{WEEKDAYS[found.weekday()]}，不是周{wanted}")
    return found


def _differing(span: Iterable[date], *, works: bool, name: str) -> Iterator[CalendarDay]:
    for one in span:
        day = CalendarDay(day=one, works=works, name=name)
        if not differs(day):
            if works:
                raise _Odd(f"{one}是周{WEEKDAYS[one.weekday()]}，本来就上班")
            continue
        yield day


def _enter(day: CalendarDay, found: dict[date, CalendarDay]) -> None:
    earlier = found.setdefault(day.day, day)
    if earlier.works != day.works:
        raise _Odd(f"{day.day}既放假又上班")
