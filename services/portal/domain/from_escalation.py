"""What escalation's events write: matters for coordination; alarms only stand in the timeline."""

from services.portal.domain.rows import Reading, Row, Told


def flagged(told: Told) -> tuple[Row, ...]:
    """A matter may need coordination at city level."""
    data = told.data
    matter = {
        "proposal_id": told.key,
        "matter_id": data["matter_id"],
        "rule": data["rule"],
        "evidence": data["evidence"],
        "parties": data["parties"],
        "flagged_on": data["on"],
    }
    return (("matters", (told.key, data["matter_id"]), matter),)


def decided(told: Told) -> tuple[Row, ...]:
    """A leader decided a matter."""
    data = told.data
    matter = {
        "proposal_id": told.key,
        "matter_id": data["matter_id"],
        "decision": data["decision"],
        "new_lead": data["effect"].get("lead"),
        "decided_on": data["on"],
    }
    return (("matters", (told.key, data["matter_id"]), matter),)


def only_told(told: Told) -> tuple[Row, ...]:
    """It stands in the timeline and changes nothing else."""
    return ()


READINGS: dict[str, Reading] = {
    "huiban.escalation.DeadlineNear.v1": only_told,
    "huiban.escalation.DeadlineMissed.v1": only_told,
    "huiban.escalation.ReminderSent.v1": only_told,
    "huiban.escalation.CoordinationFlagged.v1": flagged,
    "huiban.escalation.CoordinationDecided.v1": decided,
}
