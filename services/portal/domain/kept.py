"""What the timeline keeps of each event: the facts that its sentence needs."""

from typing import Any

from services.portal.domain.rows import Facts

KEPT: dict[str, tuple[str, ...]] = {
    "huiban.intake.ProposalSubmitted.v1": ("kind", "proposers"),
    "huiban.intake.ProposalAccepted.v1": ("number",),
    "huiban.intake.ProposalDeclined.v1": ("reason",),
    "huiban.intake.ProposalsMerged.v1": ("main", "members", "why"),
    "huiban.intake.ProposalDesignatedKey.v1": ("leader", "supervised_by"),
    "huiban.assignment.HandlersAssigned.v1": ("meeting", "tasks"),
    "huiban.assignment.AssignmentSigned.v1": ("unit",),
    "huiban.assignment.AssignmentReturned.v1": ("unit", "reason", "proposed_unit"),
    "huiban.assignment.ReturnDecided.v1": ("unit", "upheld", "why"),
    "huiban.assignment.HandlersReassigned.v1": ("tasks", "policy", "why"),
    "huiban.assignment.WorkHandedDown.v1": ("meeting", "tasks"),
    "huiban.assignment.WorkCompleted.v1": ("unit", "summary"),
    "huiban.assignment.WorkRolledUp.v1": ("unit",),
    "huiban.reply.ContactRecorded.v1": ("unit", "kind", "people", "summary"),
    "huiban.reply.OpinionGiven.v1": ("unit", "lead", "opinion", "days_late"),
    "huiban.reply.ReplyDrafted.v1": ("unit", "round", "draft", "result_class"),
    "huiban.reply.ReplyApproved.v1": ("unit", "draft"),
    "huiban.reply.ReplyIssued.v1": (
        "unit",
        "round",
        "document_number",
        "result_class",
        "summary",
        "days_late",
    ),
    "huiban.reply.ReplyRated.v1": ("proposer", "process", "result", "comment"),
    "huiban.reply.RedoOrdered.v1": ("unit", "round", "answer"),
    "huiban.reply.PromiseMade.v1": ("unit", "text", "due_on"),
    "huiban.reply.PromiseKept.v1": ("unit", "evidence"),
    "huiban.escalation.DeadlineNear.v1": ("unit", "clock", "due_on"),
    "huiban.escalation.DeadlineMissed.v1": ("unit", "clock", "due_on"),
    "huiban.escalation.ReminderSent.v1": ("unit", "rung", "to", "says"),
    "huiban.escalation.CoordinationFlagged.v1": ("evidence", "parties"),
    "huiban.escalation.CoordinationDecided.v1": ("decision", "effect"),
}


def parts_of(kind: str, data: Facts) -> dict[str, Any]:
    """The facts that the sentence of this event needs; long texts and reckonings stay behind."""
    parts = {key: data[key] for key in KEPT.get(kind, ()) if key in data}
    if "tasks" in parts:
        parts["tasks"] = [{"unit": task["unit"], "role": task["role"]} for task in parts["tasks"]]
    if "answer" in parts:
        parts["answer"] = {"on": parts["answer"]["on"]}
    return parts
