"""How the timeline reads out what assignment tells: who handles it and whether they took it on."""

from services.portal.domain.rows import Facts
from services.portal.domain.saying import Line, Names, Saying, who


def _assigned(parts: Facts, name: Names) -> Saying:
    return Saying(f"交办：{who(parts, name)}", parts.get("meeting") or "", "milestone")


def _signed(parts: Facts, name: Names) -> Saying:
    unit = name(parts["unit"])
    return Saying(f"{unit}此前已签收，无须再签" if parts.get("carried_from") else f"{unit}签收")


def _consent_asked(parts: Facts, name: Names) -> Saying:
    unit, proposed = name(parts["unit"]), name(parts["proposed_unit"])
    return Saying(f"{unit}经办人请负责人同意退办，建议改由{proposed}办理", parts["reason"])


def _consented(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}负责人同意退办")


def _returned(parts: Facts, name: Names) -> Saying:
    unit, proposed = name(parts["unit"]), name(parts["proposed_unit"])
    return Saying(f"{unit}申请退办，建议改由{proposed}办理", parts["reason"], "alarm")


def _return_decided(parts: Facts, name: Names) -> Saying:
    unit = name(parts["unit"])
    says = f"同意{unit}退办" if parts["upheld"] else f"不同意退办，由{unit}继续办理"
    return Saying(says, parts["why"])


def _reassigned(parts: Facts, name: Names) -> Saying:
    clock = "时限自当日重新计算" if parts["policy"] == "restart" else "时限不变"
    if not parts["tasks"]:
        return Saying("任务终止，不再由原承办单位办理", parts["why"], "milestone")
    says = "改派" if parts.get("ended", True) else "增加承办单位"
    return Saying(f"{says}：{who(parts, name)}，{clock}", parts["why"], "milestone")


def _objected(parts: Facts, name: Names) -> Saying:
    unit, proposed = name(parts["unit"]), name(parts["proposed_unit"])
    return Saying(f"{unit}提出二次异议，建议改由{proposed}办理", parts["reason"], "alarm")


def _meeting_held(parts: Facts, name: Names) -> Saying:
    present = "、".join(name(unit) for unit in parts["present"])
    return Saying(f"{parts['held_on']}召开协调会：{present}", parts["minutes"])


def _objection_decided(parts: Facts, name: Names) -> Saying:
    unit = name(parts["unit"])
    says = f"领导裁定：{unit}的异议成立" if parts["upheld"] else f"领导裁定：由{unit}继续办理"
    return Saying(says, parts["why"], "milestone")


def _extension_asked(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}申请延期至{parts['until']}", parts["reason"])


def _extension_granted(parts: Facts, name: Names) -> Saying:
    says = "领导决定调整期限" if parts.get("matter_id") else "准予延期"
    return Saying(f"{says}：{_dates(parts, name)}", parts["why"])


def _extension_refused(parts: Facts, name: Names) -> Saying:
    return Saying(f"不同意{name(parts['unit'])}延期，期限不变", parts["why"])


MOVED = {
    "sign": "签收",
    "return_by": "退办",
    "answer": "办理",
    "contact": "首次沟通",
    "decide": "审定",
}


def _dates(parts: Facts, name: Names) -> str:
    return "；".join(
        f"{name(one['unit'])}{MOVED.get(one['clock'], '')}期限"
        f"由{one['before']}改为{one['due']['on']}"
        for one in parts["moved"]
    )


def _dates_moved(parts: Facts, name: Names) -> Saying:
    if rules := parts.get("rules"):
        says = f"新规则适用于正在计算的时限，期限调整：{_dates(parts, name)}"
        return Saying(says, rules)
    return Saying(f"日历更新，期限调整：{_dates(parts, name)}", parts["calendar"])


def _heir_wanted(parts: Facts, name: Names) -> Saying:
    heirs = "、".join(name(one) for one in parts["heirs"])
    among = f"（承接单位：{heirs}）" if heirs else ""
    says = f"{name(parts['unit'])}已撤销，其任务待交办机关明确承接单位{among}"
    return Saying(says, parts["why"], "alarm")


def _paused(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}的办理时限中止计算", parts["why"])


def _resumed(parts: Facts, name: Names) -> Saying:
    says = f"{name(parts['unit'])}的办理时限恢复计算，至{parts['answer']['on']}"
    return Saying(says, parts["why"])


def _handed_down(parts: Facts, name: Names) -> Saying:
    units = "、".join(name(task["unit"]) for task in parts["tasks"])
    named = [
        f"{parts[who]['name']}{what}"
        for who, what in (("deployed_by", "部署"), ("arranged_by", "安排"))
        if parts.get(who)
    ]
    by = f"（{'，'.join(named)}）" if named else ""
    return Saying(f"任务分解{by}，交{units}办理", parts.get("meeting") or "")


def _officer_named(parts: Facts, name: Names) -> Saying:
    who = f"{parts.get('section') or ''}{parts['officer']['name']}"
    return Saying(f"{name(parts['unit'])}确定由{who}经办")


def _progressed(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}报告进展：{parts['stage']}", parts["says"])


def _answered(parts: Facts, name: Names) -> Saying:
    units = "、".join(name(unit) for unit in parts["units"])
    says = f"承办单位都已答复（{units}），共{len(parts['replies'])}份答复"
    return Saying(says, "", "milestone")


def _items_planned(parts: Facts, name: Names) -> Saying:
    units = dict.fromkeys(name(item["unit"]) for item in parts["items"])
    says = f"分解为{len(parts['items'])}个工作项目，由{'、'.join(units)}负责"
    return Saying(says, "；".join(item["says"] for item in parts["items"]))


def _item_progressed(parts: Facts, name: Names) -> Saying:
    reached = f"，完成第{parts['milestone']}个节点" if parts.get("milestone") else ""
    return Saying(f"{name(parts['unit'])}报告项目{parts['item_id']}进展{reached}", parts["says"])


def _item_completed(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}办结项目{parts['item_id']}", parts["result"])


def _item_dropped(parts: Facts, name: Names) -> Saying:
    return Saying(f"取消{name(parts['unit'])}的项目{parts['item_id']}", parts["why"])


def _items_rolled_up(parts: Facts, name: Names) -> Saying:
    return Saying(f"工作项目全部办结：完成{parts['completed']}项，取消{parts['dropped']}项")


def _advice_followed(parts: Facts, name: Names) -> Saying:
    chosen, rank = name(parts["chosen"]), parts.get("rank")
    says = f"采纳分办建议的第{rank}位：{chosen}" if rank else f"未按分办建议，选定{chosen}"
    return Saying(says, "、".join(name(unit) for unit in parts["advised"]))


def _completed(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}办结分解任务", parts["summary"])


def _rolled_up(parts: Facts, name: Names) -> Saying:
    return Saying(f"分解任务全部办结，汇总至{name(parts['unit'])}")


LINES: dict[str, Line] = {
    "huiban.assignment.HandlersAssigned.v1": Line(_assigned, keeps=("meeting", "tasks")),
    "huiban.assignment.AssignmentSigned.v1": Line(_signed, keeps=("unit", "carried_from")),
    "huiban.assignment.ReturnConsentAsked.v1": Line(
        _consent_asked, keeps=("unit", "reason", "proposed_unit")
    ),
    "huiban.assignment.ReturnConsented.v1": Line(_consented, keeps=("unit",)),
    "huiban.assignment.AssignmentReturned.v1": Line(
        _returned, keeps=("unit", "task_id", "reason_code", "reason", "proposed_unit")
    ),
    "huiban.assignment.ReturnDecided.v1": Line(_return_decided, keeps=("unit", "upheld", "why")),
    "huiban.assignment.ObjectionRaised.v1": Line(
        _objected, keeps=("unit", "reason", "proposed_unit")
    ),
    "huiban.assignment.ObjectionMeetingHeld.v1": Line(
        _meeting_held, keeps=("task_id", "held_on", "present", "minutes")
    ),
    "huiban.assignment.ObjectionDecided.v1": Line(
        _objection_decided, keeps=("unit", "upheld", "why")
    ),
    "huiban.assignment.HandlersReassigned.v1": Line(
        _reassigned, keeps=("tasks", "ended", "policy", "why")
    ),
    "huiban.assignment.ExtensionAsked.v1": Line(
        _extension_asked, keeps=("unit", "task_id", "until", "reason")
    ),
    "huiban.assignment.ExtensionGranted.v1": Line(
        _extension_granted, keeps=("unit", "task_id", "moved", "why", "matter_id")
    ),
    "huiban.assignment.ExtensionRefused.v1": Line(
        _extension_refused, keeps=("unit", "task_id", "why")
    ),
    "huiban.assignment.ClockPaused.v1": Line(_paused, keeps=("unit", "why")),
    "huiban.assignment.ClockResumed.v1": Line(_resumed, keeps=("unit", "why", "answer")),
    "huiban.assignment.DueDatesMoved.v1": Line(_dates_moved, keeps=("calendar", "rules", "moved")),
    "huiban.assignment.HeirWanted.v1": Line(_heir_wanted, keeps=("unit", "heirs", "why")),
    "huiban.assignment.WorkHandedDown.v1": Line(
        _handed_down, keeps=("meeting", "tasks", "deployed_by", "arranged_by")
    ),
    "huiban.assignment.OfficerNamed.v1": Line(_officer_named, keeps=("unit", "officer", "section")),
    "huiban.assignment.ProgressReported.v1": Line(_progressed, keeps=("unit", "stage", "says")),
    "huiban.assignment.WorkCompleted.v1": Line(_completed, keeps=("unit", "summary")),
    "huiban.assignment.WorkRolledUp.v1": Line(_rolled_up, keeps=("unit",)),
    "huiban.assignment.ProposalAnswered.v1": Line(_answered, keeps=("units", "replies")),
    "huiban.assignment.ItemsPlanned.v1": Line(_items_planned, keeps=("items",)),
    "huiban.assignment.ItemProgressed.v1": Line(
        _item_progressed, keeps=("unit", "item_id", "says", "milestone")
    ),
    "huiban.assignment.ItemCompleted.v1": Line(
        _item_completed, keeps=("unit", "item_id", "result")
    ),
    "huiban.assignment.ItemDropped.v1": Line(_item_dropped, keeps=("unit", "item_id", "why")),
    "huiban.assignment.ItemsRolledUp.v1": Line(_items_rolled_up, keeps=("completed", "dropped")),
    "huiban.assignment.AdviceFollowed.v1": Line(
        _advice_followed, keeps=("advised", "chosen", "rank")
    ),
}
