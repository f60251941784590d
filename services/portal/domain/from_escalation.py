"""What escalation's events write: matters, supervisions, inspections, and the clocks of each.

Alarms and messages only stand in the timeline.
"""

from typing import Any

from services.portal.domain.rows import (
    Facts,
    Reading,
    Row,
    Told,
    clock_starts,
    clock_stops,
    proposal,
)


def flagged(told: Told) -> tuple[Row, ...]:
    """A matter may need coordination at city level."""
    data = told.data
    decide = data.get("decide")
    matter = _matter(
        told,
        rule=data["rule"],
        evidence=data["evidence"],
        parties=data["parties"],
        flagged_on=data["on"],
        decide_by=decide["on"] if decide else None,
    )
    return (matter, *_clock_of(told, "matter", due=decide))


def stated(told: Told) -> tuple[Row, ...]:
    """A party said where it stands."""
    data = told.data
    key = (told.key, data["matter_id"], data["unit"])
    position = {
        "proposal_id": told.key,
        "matter_id": data["matter_id"],
        "unit": data["unit"],
        "position": data["position"],
        "stated_on": data["on"],
    }
    return (("positions", key, position),)


def decided(told: Told) -> tuple[Row, ...]:
    """A leader decided a matter."""
    data = told.data
    effect = data["effect"]
    matter = _matter(
        told,
        decision=data["decision"],
        new_lead=effect.get("lead"),
        decided_on=data["on"],
        effect=effect["kind"],
        effect_unit=effect.get("unit"),
        effect_due_on=effect.get("due_on"),
    )
    return (
        matter,
        clock_stops(told, f"{data['matter_id']}/matter"),
        *_clock_of(told, "carry_out", due=data.get("carry_out")),
    )


def dismissed(told: Told) -> tuple[Row, ...]:
    """A matter needs no coordination."""
    data = told.data
    return (
        _matter(told, dismissed_on=data["on"], dismissed_why=data["why"]),
        clock_stops(told, f"{data['matter_id']}/matter"),
    )


def carried_out(told: Told) -> tuple[Row, ...]:
    """What was decided is done."""
    data = told.data
    return (
        _matter(told, carried_out_on=data["on"], carried_out_says=data["says"]),
        clock_stops(told, f"{data['matter_id']}/carry_out"),
    )


def supervised(told: Told) -> tuple[Row, ...]:
    """An answer is demanded of a unit."""
    data = told.data
    return (
        _supervision(
            told,
            number=data["number"],
            unit=data["unit"],
            demand=data["demand"],
            leader=data.get("leader"),
            opened_on=data["on"],
            answer_by=data["answer"]["on"],
        ),
        clock_starts(
            told,
            f"{data['supervision_id']}/supervise",
            kind="supervise",
            unit=data["unit"],
            due=data["answer"],
            task_id=data.get("task_id"),
        ),
    )


def supervision_answered(told: Told) -> tuple[Row, ...]:
    """The unit answered."""
    data = told.data
    return (
        _supervision(told, answer=data["says"], answered_on=data["on"]),
        clock_stops(told, f"{data['supervision_id']}/supervise"),
    )


def supervision_closed(told: Told) -> tuple[Row, ...]:
    """It came to its end; where it was answered before, the day of the answer counts."""
    data = told.data
    closed = _supervision(told, result=data["result"], closed_on=data["on"])
    if data.get("answered", False):
        return (closed,)
    return closed, clock_stops(told, f"{data['supervision_id']}/supervise")


def tracker_named(told: Told) -> tuple[Row, ...]:
    """Somebody keeps an eye on it."""
    return (proposal(told, tracker=told.data["name"]),)


def inspected(told: Told) -> tuple[Row, ...]:
    """Somebody looked on the spot."""
    data = told.data
    inspection = {
        "proposal_id": told.key,
        "inspection_id": data["inspection_id"],
        "held_on": data["held_on"],
        "place": data["place"],
        "units": data["units"],
        "progress": data["progress"],
        "effect": data["effect"],
    }
    rows: list[Row] = [("inspections", (told.key, data["inspection_id"]), inspection)]
    for finding in data.get("findings", ()):
        rows.append(
            _finding(
                told,
                finding["finding_id"],
                inspection_id=data["inspection_id"],
                unit=finding["unit"],
                says=finding["says"],
                answer_by=finding["answer"]["on"],
            )
        )
        rows.append(
            clock_starts(
                told,
                f"{finding['finding_id']}/finding",
                kind="finding",
                unit=finding["unit"],
                due=finding["answer"],
            )
        )
    return tuple(rows)


def finding_answered(told: Told) -> tuple[Row, ...]:
    """The unit did something about it."""
    data = told.data
    return (
        _finding(told, data["finding_id"], answer=data["says"], answered_on=data["on"]),
        clock_stops(told, f"{data['finding_id']}/finding"),
    )


def only_told(told: Told) -> tuple[Row, ...]:
    """It stands in the timeline and changes nothing else."""
    return ()


def _clock_of(told: Told, kind: str, *, due: Facts | None) -> tuple[Row, ...]:
    """The clock of whoever sees to a matter, where it has one."""
    desk = told.data.get("desk")
    if due is None or desk is None:
        return ()
    return (clock_starts(told, f"{told.data['matter_id']}/{kind}", kind=kind, unit=desk, due=due),)


def _matter(told: Told, **columns: Any) -> Row:
    matter_id = told.data["matter_id"]
    columns["proposal_id"], columns["matter_id"] = told.key, matter_id
    return "matters", (told.key, matter_id), columns


def _supervision(told: Told, **columns: Any) -> Row:
    supervision_id = told.data["supervision_id"]
    columns["proposal_id"], columns["supervision_id"] = told.key, supervision_id
    return "supervisions", (told.key, supervision_id), columns


def _finding(told: Told, finding_id: str, **columns: Any) -> Row:
    columns["proposal_id"], columns["finding_id"] = told.key, finding_id
    return "findings", (told.key, finding_id), columns


READINGS: dict[str, Reading] = {
    "huiban.escalation.DeadlineNear.v1": only_told,
    "huiban.escalation.DeadlineMissed.v1": only_told,
    "huiban.escalation.ReminderSent.v1": only_told,
    "huiban.escalation.NoticeDelivered.v1": only_told,
    "huiban.escalation.NoticeFailed.v1": only_told,
    "huiban.escalation.CoordinationFlagged.v1": flagged,
    "huiban.escalation.PositionStated.v1": stated,
    "huiban.escalation.CoordinationMeetingHeld.v1": only_told,
    "huiban.escalation.CoordinationDecided.v1": decided,
    "huiban.escalation.CoordinationDismissed.v1": dismissed,
    "huiban.escalation.CoordinationCarriedOut.v1": carried_out,
    "huiban.escalation.CoordinationFollowedUp.v1": only_told,
    "huiban.escalation.SupervisionOpened.v1": supervised,
    "huiban.escalation.SupervisionAnswered.v1": supervision_answered,
    "huiban.escalation.SupervisionClosed.v1": supervision_closed,
    "huiban.escalation.TrackerNamed.v1": tracker_named,
    "huiban.escalation.KeyActivityHeld.v1": only_told,
    "huiban.escalation.InspectionHeld.v1": inspected,
    "huiban.escalation.FindingAnswered.v1": finding_answered,
}
