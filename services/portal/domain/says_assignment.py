"""How the timeline reads out what assignment tells: who handles it and whether they took it on."""

from services.portal.domain.rows import Facts
from services.portal.domain.saying import Line, Names, Saying, who


def _assigned(parts: Facts, name: Names) -> Saying:
    return Saying(f"交办：{who(parts, name)}", parts.get("meeting") or "", "milestone")


def _signed(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}签收")


def _returned(parts: Facts, name: Names) -> Saying:
    unit, proposed = name(parts["unit"]), name(parts["proposed_unit"])
    return Saying(f"{unit}申请退办，建议改由{proposed}办理", parts["reason"], "alarm")


def _return_decided(parts: Facts, name: Names) -> Saying:
    unit = name(parts["unit"])
    says = f"同意{unit}退办" if parts["upheld"] else f"不同意退办，由{unit}继续办理"
    return Saying(says, parts["why"])


def _reassigned(parts: Facts, name: Names) -> Saying:
    clock = "时限自当日重新计算" if parts["policy"] == "restart" else "时限不变"
    return Saying(f"改派：{who(parts, name)}，{clock}", parts["why"], "milestone")


def _handed_down(parts: Facts, name: Names) -> Saying:
    units = "、".join(name(task["unit"]) for task in parts["tasks"])
    return Saying(f"任务分解，交{units}办理", parts.get("meeting") or "")


def _completed(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}办结分解任务", parts["summary"])


def _rolled_up(parts: Facts, name: Names) -> Saying:
    return Saying(f"分解任务全部办结，汇总至{name(parts['unit'])}")


LINES: dict[str, Line] = {
    "huiban.assignment.HandlersAssigned.v1": Line(_assigned, keeps=("meeting", "tasks")),
    "huiban.assignment.AssignmentSigned.v1": Line(_signed, keeps=("unit",)),
    "huiban.assignment.AssignmentReturned.v1": Line(
        _returned, keeps=("unit", "reason", "proposed_unit")
    ),
    "huiban.assignment.ReturnDecided.v1": Line(_return_decided, keeps=("unit", "upheld", "why")),
    "huiban.assignment.HandlersReassigned.v1": Line(_reassigned, keeps=("tasks", "policy", "why")),
    "huiban.assignment.WorkHandedDown.v1": Line(_handed_down, keeps=("meeting", "tasks")),
    "huiban.assignment.WorkCompleted.v1": Line(_completed, keeps=("unit", "summary")),
    "huiban.assignment.WorkRolledUp.v1": Line(_rolled_up, keeps=("unit",)),
}
