"""Letters by which a case is pressed or settled: reminder, supervision, minutes of a meeting."""

from datetime import date

from services.portal.domain import words
from services.portal.domain.words import word
from services.portal.papers.of_case import Case, Letter, Row
from services.portal.papers.paper import Paper
from services.portal.papers.supervising import (
    Minutes,
    Reminder,
    Settled,
    Supervision,
    minutes_paper,
    reminder_paper,
    supervision_paper,
)
from services.portal.papers.wording import stopped


def reminder_letter(case: Case, letter: Letter) -> Paper:
    """A reminder (催办单): what was due, as the clock stood then, and the how manieth it is
    of that clock."""
    act, parts, on = letter.act, letter.parts, letter.on
    unit, clock = parts["unit"], parts.get("clock") or ""

    def is_of_this_clock(one: Row) -> bool:
        said = one["parts"]
        if parts.get("clock_id"):
            return bool(said.get("clock_id") == parts["clock_id"])
        return bool(said.get("unit") == unit)

    before = case.timeline[: case.timeline.index(act) + 1]
    nth = sum(one["type"] == act["type"] and is_of_this_clock(one) for one in before)
    due = next(
        (
            date.fromisoformat(one["parts"]["due_on"])
            for one in reversed(before)
            if one["type"].startswith("huiban.escalation.Deadline")
            and one["parts"].get("unit") == unit
            and one["parts"].get("clock") == clock
        ),
        None,
    ) or next(
        (
            one["due_on"]
            for one in reversed(case.clocks)
            if one["unit"] == unit and one["kind"] == clock
        ),
        None,
    )
    task = next((one for one in case.tasks if one["unit"] == unit), {})
    return reminder_paper(
        Reminder(
            case.office(on),
            letter.number,
            on,
            case.names(unit, on),
            case.about(),
            word(words.ROLES, task["role"]) if task else "承办",
            word(words.ALARM_CLOCKS, clock) if clock else "办理",
            due,
            "已逾期" if due is not None and due < on else "尚未完成",
            nth=max(1, nth),
            demand=parts["says"],
            copies=case.copies(on),
        )
    )


def supervision_letter(case: Case, letter: Letter) -> Paper:
    """A supervision (督办单), with the leader who asked for it where one did."""
    parts, on = letter.parts, letter.on
    leader = parts.get("leader")
    return supervision_paper(
        Supervision(
            case.names(letter.act["by_unit"], on),
            letter.number,
            on,
            case.names(parts["unit"], on),
            case.about(),
            parts["demand"],
            date.fromisoformat(parts["answer"]["on"]),
            background=f"按照{leader}的要求，下列提案的办理情况现予立项督办：" if leader else "",
            contact=letter.contact,
            copies=tuple(one for one in (*case.copies(on), case.office(on)) if one),
        )
    )


def minutes_letter(case: Case, letter: Letter) -> Paper:
    """The minutes of a meeting on an objection or on a matter (协调会议纪要): what each said by
    that day, and a line for each thing settled."""
    parts, on = letter.parts, letter.on
    office = case.names(letter.act["by_unit"], on)
    matter = next(
        (one for one in case.matters if one["matter_id"] == parts.get("matter_id", object())), None
    )
    views = [
        f"{case.names(one['unit'], on)}：{stopped(one['position'])}"
        for one in case.positions
        if matter is not None and one["matter_id"] == matter["matter_id"] and one["stated_on"] <= on
    ]
    present = tuple(case.names(one, on) for one in parts["present"])
    return minutes_paper(
        Minutes(
            office,
            letter.number,
            on,
            date.fromisoformat(parts["held_on"]),
            "",
            office,
            case.about(),
            stopped(matter["evidence"] if matter is not None else _objection(case, parts)),
            tuple(Settled(line.strip()) for line in parts["minutes"].splitlines() if line.strip()),
            present,
            views="\n".join(views),
            copies=tuple(dict.fromkeys((*present, *case.copies(on)))),
        )
    )


def _objection(case: Case, parts: Row) -> str:
    """What a unit objects to, as the minutes begin."""
    task = case.task_of({"unit": "", **parts}) if parts.get("task_id") else {}
    if not task.get("objection"):
        return ""
    return f"{case.names(task['unit'], task['objected_on'])}对承办职责提出异议：{task['objection']}"
