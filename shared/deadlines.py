"""Due dates: by which day something is owed, and how a clerk would have reckoned it."""

from datetime import date, timedelta

from shared.calendar import ONE_DAY, Calendar, add_months, days
from shared.contracts.event import Due, Step
from shared.contracts.registry import Deadline, RulesPublished, TimeUnit
from shared.refusals import Refusal, Unknown
from shared.rules import name_of

WEEKDAYS = "一二三四五六日"
UNIT_WORDS: dict[TimeUnit, str] = {
    "working_days": "个工作日",
    "calendar_days": "日",
    "months": "个月",
    "unknown": "",
}


class UnknownClock(Unknown):
    """规则{rules}没有规定“{clock}”的期限。"""


class UnknownTimeUnit(Refusal):
    """规则集用了本程序不认识的时间单位，请升级程序后再办理。"""


def due(clock: str, *, starts_on: date, rules: RulesPublished, calendar: Calendar) -> Due:
    """The last day of a clock that starts on ``starts_on`` (itself not counted), explained.

    A due date is always a working day: a last day that is free moves on to the next one.
    """
    deadline = rules.deadlines.get(clock)
    if deadline is None:
        raise UnknownClock(clock=clock, rules=name_of(rules))
    return _reckoned(
        clock,
        deadline,
        starts_on=starts_on,
        rule=f"{name_of(rules)} {clock}",
        calendar=calendar,
    )


def _reckoned(
    clock: str, deadline: Deadline, *, starts_on: date, rule: str, calendar: Calendar
) -> Due:
    reached = shift(starts_on, count=deadline.count, unit=deadline.unit, calendar=calendar)
    on = calendar.next_working_day(reached)
    counts_working_days = deadline.unit == "working_days"
    asked_from = min(starts_on + ONE_DAY, on) if counts_working_days else reached
    counted = Step(says=_counting(deadline, starts_on=starts_on, reached=reached), day=reached)
    on_the_way = _differences(calendar, first=asked_from, last=on)
    return Due(
        on=on,
        starts_on=starts_on,
        clock=clock,
        rule=rule,
        source=deadline.source,
        calendar=_editions(calendar, first=asked_from, last=on),
        provisional=not _known(calendar, first=asked_from, last=on),
        steps=(
            Step(says=f"自{starts_on}（当日不计）起", day=starts_on),
            *((*on_the_way, counted) if counts_working_days else (counted, *on_the_way)),
            *_moving_on(calendar, reached=reached, on=on),
            *_provisionally(calendar, first=asked_from, last=on, on=on),
        ),
    )


def inner_due(outer: Due, *, starts_on: date, rules: RulesPublished, calendar: Calendar) -> Due:
    """The due date of work handed down: earlier than the outer one by the rules' inner margin.

    A date that comes out on a free day moves back, so that the margin is never eaten up. Where
    the margin leaves no day after ``starts_on``, the work is due on the next working day: nobody
    can be late on the day of being asked. It is never due after the outer date, unless that one
    had already passed when the work was handed down.
    """
    margin = rules.inner_margin
    reached = shift(outer.on, count=-margin.count, unit=margin.unit, calendar=calendar)
    if not calendar.is_working_day(reached):
        reached = calendar.add_working_days(reached, -1)
    on = reached
    if reached <= starts_on:
        on = calendar.add_working_days(starts_on, 1)
        if starts_on <= outer.on:
            on = min(on, outer.on)
    first, last = min(reached, on), max(outer.on, on)
    return Due(
        on=on,
        starts_on=starts_on,
        clock=outer.clock,
        rule=f"{name_of(rules)} inner_margin",
        source=margin.source,
        calendar=_editions(calendar, first=first, last=last),
        provisional=outer.provisional or not _known(calendar, first=first, last=last),
        steps=(
            Step(
                says=f"上级任务的期限为{outer.on}{'（暂定）' if outer.provisional else ''}",
                day=outer.on,
            ),
            *reversed(_differences(calendar, first=reached, last=outer.on)),
            Step(says=f"提前{margin.count}{UNIT_WORDS[margin.unit]}", day=reached),
            *(
                [Step(says=f"自{starts_on}起余下不足，定为下一个工作日且不晚于上级期限", day=on)]
                if on != reached
                else []
            ),
            *_provisionally(calendar, first=first, last=last, on=on),
        ),
    )


def resumed_due(paused: Due, *, paused_on: date, starts_on: date, calendar: Calendar) -> Due:
    """The due date of a clock that stood still since ``paused_on`` and goes on after ``starts_on``.

    It has the working days that were left, one at least: nobody can be late on the day of being
    told to go on.
    """
    left = calendar.working_days_between(paused_on, paused.on)
    counted = max(left, 1)
    on = calendar.add_working_days(starts_on, counted)
    first = min(starts_on + ONE_DAY, on)
    return Due(
        on=on,
        starts_on=starts_on,
        clock=paused.clock,
        rule=paused.rule,
        source=paused.source,
        calendar=_editions(calendar, first=first, last=on),
        provisional=paused.provisional or not _known(calendar, first=first, last=on),
        steps=(
            Step(
                says=f"原期限为{paused.on}{'（暂定）' if paused.provisional else ''}", day=paused.on
            ),
            Step(
                says=f"自{paused_on}起停止计时，余{left}个工作日"
                + ("，按1个工作日计" if counted > left else ""),
                day=paused_on,
            ),
            Step(says=f"自{starts_on}（当日不计）起继续计时", day=starts_on),
            *_differences(calendar, first=first, last=on),
            Step(says=f"加{counted}个工作日", day=on),
            *_provisionally(calendar, first=first, last=on, on=on),
        ),
    )


def kept_due(kept: Due, *, on: date) -> Due:
    """The due date of a task that takes another's place with the clock as it was."""
    told = Step(says=f"{on}任务转接，时限按“不变”办理，仍为{kept.on}", day=kept.on)
    return kept.model_copy(update={"steps": (*kept.steps, told)})


def extended_due(
    before: Due,
    *,
    until: date,
    on: date,
    says: str,
    rule: str,
    source: str | None,
    calendar: Calendar,
) -> Due:
    """The due date that somebody set on ``on`` in place of the reckoned one.

    ``says`` tells who did: "经批准延期". A date on a free day moves on to the next working day.
    """
    ends_on = calendar.next_working_day(until)
    first = min(on, until)
    return Due(
        on=ends_on,
        starts_on=before.starts_on,
        clock=before.clock,
        rule=rule,
        source=source,
        calendar=_editions(calendar, first=first, last=ends_on),
        provisional=not _known(calendar, first=until, last=ends_on),
        steps=(
            *before.steps,
            Step(says=f"{on}{says}，由{before.on}改为{until}", day=until),
            *_moving_on(calendar, reached=until, on=ends_on),
            *_provisionally(calendar, first=until, last=ends_on, on=ends_on),
        ),
    )


def moved_due(
    before: Due, *, deadline: Deadline, calendar: Calendar, newer: RulesPublished | None = None
) -> Due:
    """A due date reckoned anew from the day on which its clock started, by the calendar as it
    stands now; by the rules from which it came, or by ``newer`` ones that apply to it as well."""
    rule = before.rule
    if newer is not None:
        rule = f"{name_of(newer)} {rule.rpartition(' ')[2]}"
    anew = _reckoned(
        before.clock, deadline, starts_on=before.starts_on, rule=rule, calendar=calendar
    )
    return told_as_moved(anew, before=before, newer=newer)


def moved_on(before: Due, *, calendar: Calendar) -> Due:
    """A date that somebody set: it only moves on where its day is free by the new calendar."""
    on = calendar.next_working_day(before.on)
    first = min(before.on, on)
    return before.model_copy(
        update={
            "on": on,
            "calendar": _editions(calendar, first=first, last=on),
            "provisional": not _known(calendar, first=first, last=on),
            "steps": (
                *before.steps,
                Step(says=f"日历更新后重新核对，原期限为{before.on}", day=before.on),
                *_moving_on(calendar, reached=before.on, on=on),
                *_provisionally(calendar, first=first, last=on, on=on),
            ),
        }
    )


def told_as_moved(anew: Due, *, before: Due, newer: RulesPublished | None = None) -> Due:
    """The new reckoning, opened by the date that stood before."""
    why = "日历更新" if newer is None else f"规则{name_of(newer)}适用于正在计算的时限"
    told = Step(says=f"{why}，重新计算；原期限为{before.on}", day=before.on)
    return anew.model_copy(update={"steps": (told, *anew.steps)})


def shift(day: date, *, count: int, unit: TimeUnit, calendar: Calendar) -> date:
    """The day ``count`` units after ``day`` (before it, if negative), free or not."""
    match unit:
        case "working_days":
            return calendar.add_working_days(day, count)
        case "calendar_days":
            return day + timedelta(days=count)
        case "months":
            return add_months(day, count)
        case "unknown":
            raise UnknownTimeUnit


def _counting(deadline: Deadline, *, starts_on: date, reached: date) -> str:
    says = f"加{deadline.count}{UNIT_WORDS[deadline.unit]}"
    if deadline.unit == "months" and reached.day != starts_on.day:
        says += f"（{reached.month}月没有{starts_on.day}日，取月末）"
    return says


def _differences(calendar: Calendar, *, first: date, last: date) -> list[Step]:
    """Each holiday and each make-up day met from ``first`` to ``last``."""
    steps = []
    told_to = date.min
    for day in days(first, last):
        named = calendar.named(day)
        if named is None or day <= told_to:
            continue
        if named.works:
            steps.append(Step(says=f"{day:%m-%d}补班，计入工作日", day=day))
        else:
            begins, ends = _stretch(calendar, day)
            steps.append(Step(says=_holiday(calendar, begins=begins, ends=ends), day=ends))
            told_to = ends
    return steps


def _stretch(calendar: Calendar, day: date) -> tuple[date, date]:
    """The unbroken free days around ``day``, as the notice counts them."""
    begins = ends = day
    while not calendar.is_working_day(begins - ONE_DAY):
        begins -= ONE_DAY
    while not calendar.is_working_day(ends + ONE_DAY):
        ends += ONE_DAY
    return begins, ends


def _holiday(calendar: Calendar, *, begins: date, ends: date) -> str:
    named = (calendar.named(day) for day in days(begins, ends))
    names = "、".join(dict.fromkeys(day.name for day in named if day))
    span = f"{begins}" if begins == ends else f"{begins}至{ends:%m-%d}"
    return f"{span}{names}放假，不计"


def _moving_on(calendar: Calendar, *, reached: date, on: date) -> list[Step]:
    if reached == on:
        return []
    named = calendar.named(reached)
    why = named.name if named else f"周{WEEKDAYS[reached.weekday()]}"
    return [Step(says=f"末日{reached}（{why}）不办公，顺延至下一个工作日", day=on)]


def _provisionally(calendar: Calendar, *, first: date, last: date, on: date) -> list[Step]:
    return [
        Step(says=f"{year}年放假安排尚未正式公布，此日暂定", day=on)
        for year in range(first.year, last.year + 1)
        if not calendar.knows(date(year, 1, 1))
    ]


def _known(calendar: Calendar, *, first: date, last: date) -> bool:
    return all(calendar.knows(date(year, 1, 1)) for year in range(first.year, last.year + 1))


def _editions(calendar: Calendar, *, first: date, last: date) -> str:
    return "+".join(calendar.edition(year) for year in range(first.year, last.year + 1))
