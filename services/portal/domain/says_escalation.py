"""How the timeline reads out what escalation tells: alarms, messages, supervision, decisions."""

from collections.abc import Callable

from services.portal.domain.rows import Facts
from services.portal.domain.saying import Line, Names, Saying
from services.portal.domain.words import ACTIVITIES, ALARM_CLOCKS, CHANNELS, EFFECTS, word


def _near(parts: Facts, name: Names) -> Saying:
    clock = word(ALARM_CLOCKS, parts["clock"])
    return Saying(f"{name(parts['unit'])}的{clock}期限将于{parts['due_on']}届满")


def _missed(parts: Facts, name: Names) -> Saying:
    clock = word(ALARM_CLOCKS, parts["clock"])
    return Saying(f"{name(parts['unit'])}的{clock}期限已于{parts['due_on']}届满", "", "alarm")


def _reminded(parts: Facts, name: Names) -> Saying:
    late = "，补发" if parts.get("late") else ""
    to = parts.get("to", "")
    return Saying(f"催办{name(parts['unit'])}{to}（第{parts['rung']}级{late}）", parts["says"])


def _delivered(parts: Facts, name: Names) -> Saying:
    tries = f"（第{parts['tries']}次发送）" if parts.get("tries", 1) > 1 else ""
    return Saying(f"通知已送达（{word(CHANNELS, parts['channel'])}）{tries}")


def _failed(parts: Facts, name: Names) -> Saying:
    says = f"通知未能送达（{word(CHANNELS, parts['channel'])}），发送{parts['tries']}次"
    return Saying(says, parts["why"], "alarm")


def _flagged(parts: Facts, name: Names) -> Saying:
    parties = "、".join(name(unit) for unit in parts["parties"])
    return Saying(f"提请市级协调，涉及{parties}", parts["evidence"], "alarm")


def _stated(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}就协调事项陈述意见", parts["position"])


def _met(parts: Facts, name: Names) -> Saying:
    present = "、".join(name(unit) for unit in parts["present"])
    return Saying(f"{parts['held_on']}召开协调会，{present}到会", parts["minutes"])


def _decided(parts: Facts, name: Names) -> Saying:
    effect = parts["effect"]
    lead, unit = effect.get("lead"), effect.get("unit")
    what = {
        "new_lead": f"改由{name(lead)}主办" if lead else "",
        "new_role": f"调整{name(unit)}的角色" if unit else "",
        "new_date": f"{name(unit)}于{effect.get('due_on')}前完成" if unit else "",
        "ask": f"请{name(unit)}予以支持" if unit else "",
    }.get(effect["kind"], "")
    return Saying(f"市级协调决定{'：' if what else ''}{what}", parts["decision"], "milestone")


def _dismissed(parts: Facts, name: Names) -> Saying:
    return Saying("不予协调", parts["why"])


def _carried_out(parts: Facts, name: Names) -> Saying:
    effect = word(EFFECTS, parts["effect"]["kind"])
    return Saying(f"协调决定已落实（{effect}）", parts["says"], "milestone")


def _followed_up(parts: Facts, name: Names) -> Saying:
    return Saying("跟踪协调决定的落实情况", parts["says"])


def _supervised(parts: Facts, name: Names) -> Saying:
    by_day = f"，{parts['answer']['on']}前反馈"
    return Saying(
        f"督办{name(parts['unit'])}（{parts['number']}）{by_day}", parts["demand"], "alarm"
    )


def _supervision_answered(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}反馈督办事项", parts["says"])


def _supervision_closed(parts: Facts, name: Names) -> Saying:
    return Saying(f"对{name(parts['unit'])}的督办办结", parts["result"])


def _tracker(parts: Facts, name: Names) -> Saying:
    return Saying(f"由{parts['name']}跟踪办理")


def _activity(parts: Facts, name: Names) -> Saying:
    kind = word(ACTIVITIES, parts["kind"])
    return Saying(
        f"{parts['leader']}于{parts['held_on']}开展领衔督办（{kind}）",
        parts["summary"],
        "milestone",
    )


def _inspected(parts: Facts, name: Names) -> Saying:
    units = "、".join(name(unit) for unit in parts["units"])
    detail = "；".join(said for said in (parts["progress"], parts["effect"]) if said)
    return Saying(f"{parts['held_on']}在{parts['place']}现场督查{units}", detail)


def _finding_answered(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}反馈督查问题的整改情况", parts["says"])


def _line(kind: str, says: Callable[[Facts, Names], Saying], *keeps: str) -> tuple[str, Line]:
    return f"huiban.escalation.{kind}.v1", Line(says, keeps=keeps)


LINES: dict[str, Line] = dict(
    [
        _line("DeadlineNear", _near, "unit", "clock", "due_on"),
        _line("DeadlineMissed", _missed, "unit", "clock", "due_on"),
        _line("ReminderSent", _reminded, "unit", "clock_id", "clock", "rung", "to", "says", "late"),
        _line("NoticeDelivered", _delivered, "channel", "tries"),
        _line("NoticeFailed", _failed, "channel", "tries", "why"),
        _line("CoordinationFlagged", _flagged, "evidence", "parties"),
        _line("PositionStated", _stated, "unit", "position"),
        _line("CoordinationMeetingHeld", _met, "matter_id", "held_on", "present", "minutes"),
        _line("CoordinationDecided", _decided, "decision", "effect"),
        _line("CoordinationDismissed", _dismissed, "why"),
        _line("CoordinationCarriedOut", _carried_out, "effect", "says"),
        _line("CoordinationFollowedUp", _followed_up, "says"),
        _line("SupervisionOpened", _supervised, "unit", "number", "demand", "answer", "leader"),
        _line("SupervisionAnswered", _supervision_answered, "unit", "says"),
        _line("SupervisionClosed", _supervision_closed, "unit", "result"),
        _line("TrackerNamed", _tracker, "name"),
        _line("KeyActivityHeld", _activity, "kind", "held_on", "leader", "summary"),
        _line("InspectionHeld", _inspected, "held_on", "place", "units", "progress", "effect"),
        _line("FindingAnswered", _finding_answered, "unit", "says"),
    ]
)
