"""How the timeline reads out what escalation tells: alarms, reminders, what the city settled."""

from services.portal.domain.rows import Facts
from services.portal.domain.saying import Line, Names, Saying
from services.portal.domain.words import ALARM_CLOCKS, word


def _near(parts: Facts, name: Names) -> Saying:
    clock = word(ALARM_CLOCKS, parts["clock"])
    return Saying(f"{name(parts['unit'])}的{clock}期限将于{parts['due_on']}届满")


def _missed(parts: Facts, name: Names) -> Saying:
    clock = word(ALARM_CLOCKS, parts["clock"])
    return Saying(f"{name(parts['unit'])}的{clock}期限已于{parts['due_on']}届满", "", "alarm")


def _reminded(parts: Facts, name: Names) -> Saying:
    return Saying(f"催办{name(parts['unit'])}（第{parts['rung']}级）", parts["says"])


def _flagged(parts: Facts, name: Names) -> Saying:
    parties = "、".join(name(unit) for unit in parts["parties"])
    return Saying(f"提请市级协调，涉及{parties}", parts["evidence"], "alarm")


def _decided(parts: Facts, name: Names) -> Saying:
    lead = parts["effect"].get("lead")
    says = f"市级协调决定：改由{name(lead)}主办" if lead else "市级协调决定"
    return Saying(says, parts["decision"], "milestone")


LINES: dict[str, Line] = {
    "huiban.escalation.DeadlineNear.v1": Line(_near, keeps=("unit", "clock", "due_on")),
    "huiban.escalation.DeadlineMissed.v1": Line(_missed, keeps=("unit", "clock", "due_on")),
    "huiban.escalation.ReminderSent.v1": Line(_reminded, keeps=("unit", "rung", "to", "says")),
    "huiban.escalation.CoordinationFlagged.v1": Line(_flagged, keeps=("evidence", "parties")),
    "huiban.escalation.CoordinationDecided.v1": Line(_decided, keeps=("decision", "effect")),
}
