"""The timeline's sentences: how each event is read out, and what is kept of it for that."""

from typing import Any

from services.portal.domain import says_assignment, says_escalation, says_intake, says_reply
from services.portal.domain.rows import Facts
from services.portal.domain.saying import Line, Names, Saying

LINES: dict[str, Line] = {
    **says_intake.LINES,
    **says_assignment.LINES,
    **says_reply.LINES,
    **says_escalation.LINES,
}


def sentence(kind: str, parts: Facts, name: Names) -> Saying:
    """What the timeline says of an event; ``name`` gives a unit's name."""
    line = LINES.get(kind)
    if line is None:
        return Saying(f"其他事项（{kind}）", "本页面的版本尚不认识这类事项，详情请见其来源系统。")
    return line.says(parts, name)


def parts_of(kind: str, data: Facts) -> dict[str, Any]:
    """The facts that the sentence of this event needs, and the letter that it is, if it is one;
    long texts and reckonings stay behind."""
    line = LINES.get(kind)
    parts = {key: data[key] for key in line.keeps if key in data} if line else {}
    if "tasks" in parts:
        parts["tasks"] = [
            {
                "unit": task["unit"],
                "role": task["role"],
                "sign_by": (task.get("sign") or {}).get("on"),
                "answer_by": (task.get("answer") or {}).get("on"),
            }
            for task in parts["tasks"]
        ]
    for due in ("answer", "rate", "meet"):
        if parts.get(due):
            parts[due] = {"on": parts[due]["on"]}
    return parts
