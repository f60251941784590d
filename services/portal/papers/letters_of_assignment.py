"""Letters about whose task a case is: hand-over notice, return, extension asked and decided."""

from datetime import date

from services.portal.domain import words
from services.portal.domain.words import word
from services.portal.papers.handing_over import (
    ExtensionDecision,
    ExtensionWish,
    HandedOver,
    HandOver,
    Return,
    extension_decision_paper,
    extension_wish_paper,
    hand_over_paper,
    return_paper,
)
from services.portal.papers.of_case import Case, Letter
from services.portal.papers.paper import Paper
from services.portal.papers.wording import stopped

ANSWERING = ("lead", "split")


def hand_over_letter(case: Case, letter: Letter) -> Paper:
    """The notice to all units that were given a task (交办通知): of their days it names the first,
    a co-handler's only where nobody who answers has one."""
    parts, on, about = letter.parts, letter.on, case.about()
    tasks = parts["tasks"]

    def units(*roles: str) -> tuple[str, ...]:
        return tuple(case.names(one["unit"], on) for one in tasks if one["role"] in roles)

    def first_day(name: str) -> date | None:
        days = sorted(one[name] for one in tasks if one.get(name) and one["role"] in ANSWERING)
        days = days or sorted(one[name] for one in tasks if one.get(name))
        return date.fromisoformat(days[0]) if days else None

    office = case.names(letter.act["by_unit"], on)
    leads = units(*ANSWERING) or tuple(case.names(one, on) for one in case.units(*ANSWERING))
    return hand_over_paper(
        HandOver(
            office,
            letter.number,
            on,
            tuple(dict.fromkeys(units("lead", "split", "co_handle", "reference"))),
            about.session,
            (
                HandedOver(
                    about,
                    leads,
                    units("co_handle"),
                    first_day("sign_by"),
                    first_day("answer_by"),
                    is_split=any(one["role"] == "split" for one in tasks),
                ),
            ),
            meeting=parts.get("meeting") or "",
            contact=letter.contact,
            copies=case.copies(on),
        )
    )


def return_letter(case: Case, letter: Letter) -> Paper:
    """A unit gives its task back (退办函), in the role in which it had it."""
    parts, on = letter.parts, letter.on
    return return_paper(
        Return(
            case.names(parts["unit"], on),
            letter.number,
            on,
            case.office(on),
            case.about(),
            word(words.ROLES, case.task_of(parts).get("role") or "lead"),
            case.reasons.get(parts.get("reason_code") or "", "不属于本单位职责"),
            stopped(parts["reason"]),
            case.names(parts["proposed_unit"], on),
            contact=letter.contact,
            copies=case.copies(on),
        )
    )


def extension_wish_letter(case: Case, letter: Letter) -> Paper:
    """A unit asks for more time (延期申请), with its progress as it stands."""
    parts, on = letter.parts, letter.on
    task = case.task_of(parts)
    return extension_wish_paper(
        ExtensionWish(
            case.names(parts["unit"], on),
            letter.number,
            on,
            case.office(on),
            case.about(),
            _due_before(case, letter),
            date.fromisoformat(parts["until"]),
            stopped(parts["reason"]),
            progress=stopped(task.get("progress") or ""),
            contact=letter.contact,
            copies=case.copies(on),
        )
    )


def extension_decision_letter(case: Case, letter: Letter) -> Paper:
    """The answer to that wish (延期批复): the day before and the new one, or the day that stays."""
    parts, on = letter.parts, letter.on
    granted = next(
        (
            one
            for one in parts.get("moved", ())
            if one["clock"] == "answer" and parts.get("unit") in (None, one["unit"])
        ),
        None,
    )
    unit = parts.get("unit") or (granted or {}).get("unit", "")
    return extension_decision_paper(
        ExtensionDecision(
            case.names(letter.act["by_unit"], on),
            letter.number,
            on,
            case.names(unit, on),
            case.about(),
            "",
            date.fromisoformat(granted["before"]) if granted else _due_before(case, letter),
            date.fromisoformat(granted["due"]["on"]) if granted else None,
            stopped(parts["why"]),
            contact=letter.contact,
            copies=case.copies(on),
        )
    )


def _due_before(case: Case, letter: Letter) -> date:
    """The day by which a unit's answer was due when this letter was written: that before the first
    move that came later, else the day as it stands."""
    parts = letter.parts
    later = case.timeline[case.timeline.index(letter.act) :]
    moved = next(
        (
            one
            for act in later
            for one in act["parts"].get("moved") or ()
            if one["clock"] == "answer" and one["unit"] == parts["unit"]
        ),
        None,
    )
    if moved is not None:
        return date.fromisoformat(moved["before"])
    task = case.task_of(parts).get("task_id")
    days = [
        clock["due_on"]
        for clock in case.clocks
        if clock["task_id"] == task and clock["clock_id"].startswith(f"{task}/answer")
    ]
    return days[-1] if days else letter.on
