"""The timeline's sentences: how each event is read out from the facts that were kept of it."""

from collections.abc import Callable
from typing import NamedTuple

from services.portal.domain.rows import Facts
from services.portal.domain.words import ALARM_CLOCKS, CONTACTS, KINDS, RATINGS, ROLES, word

Names = Callable[[str], str]


class Saying(NamedTuple):
    """One line of the timeline: the act, what was said with it, and its weight."""

    says: str
    detail: str = ""
    tone: str = "act"


def sentence(kind: str, parts: Facts, name: Names) -> Saying:
    """What the timeline says of an event; ``name`` gives a unit's name."""
    says = SENTENCES.get(kind)
    if says is None:
        return Saying(f"其他事项（{kind}）", "本页面的版本尚不认识这类事项，详情请见其来源系统。")
    return says(parts, name)


def _submitted(parts: Facts, name: Names) -> Saying:
    how_many = len(parts["proposers"])
    return Saying(f"提交提案（{word(KINDS, parts['kind'])}，提案人{how_many}名）")


def _accepted(parts: Facts, name: Names) -> Saying:
    return Saying(f"审查立案，编为第{parts['number']}号", tone="milestone")


def _declined(parts: Facts, name: Names) -> Saying:
    return Saying("审查不予立案", parts["reason"], "milestone")


def _merged(parts: Facts, name: Names) -> Saying:
    return Saying(f"并案办理：共{len(parts['members'])}件，分别答复", parts["why"])


def _designated_key(parts: Facts, name: Names) -> Saying:
    by = name(parts["supervised_by"])
    return Saying(f"列为重点提案，{parts['leader']}领办，{by}督办", tone="milestone")


def _assigned(parts: Facts, name: Names) -> Saying:
    return Saying(f"交办：{_who(parts, name)}", parts.get("meeting") or "", "milestone")


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
    return Saying(f"改派：{_who(parts, name)}，{clock}", parts["why"], "milestone")


def _handed_down(parts: Facts, name: Names) -> Saying:
    units = "、".join(name(task["unit"]) for task in parts["tasks"])
    return Saying(f"任务分解，交{units}办理", parts.get("meeting") or "")


def _completed(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}办结分解任务", parts["summary"])


def _rolled_up(parts: Facts, name: Names) -> Saying:
    return Saying(f"分解任务全部办结，汇总至{name(parts['unit'])}")


def _contacted(parts: Facts, name: Names) -> Saying:
    people = "、".join(parts["people"])
    how = word(CONTACTS, parts["kind"])
    return Saying(f"{name(parts['unit'])}与{people}沟通（{how}）", parts["summary"])


def _opinion_given(parts: Facts, name: Names) -> Saying:
    says = f"{name(parts['unit'])}向{name(parts['lead'])}反馈会办意见"
    return _late(says, parts, parts["opinion"])


def _drafted(parts: Facts, name: Names) -> Saying:
    version = f"第{parts['round']}轮第{parts['draft']}稿"
    return Saying(f"{name(parts['unit'])}拟出答复{version}，拟定{parts['result_class']}类")


def _approved(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}审签同意第{parts['draft']}稿")


def _issued(parts: Facts, name: Names) -> Saying:
    again = "再次" if parts["round"] > 1 else ""
    says = f"{name(parts['unit'])}{again}答复提案人：{parts['document_number']}"
    said = _late(f"{says}，{parts['result_class']}类", parts, parts["summary"])
    return said._replace(tone="milestone") if said.tone == "act" else said


def _rated(parts: Facts, name: Names) -> Saying:
    process, result = word(RATINGS, parts["process"]), word(RATINGS, parts["result"])
    says = f"{parts['proposer']}评价：办理过程{process}，办理结果{result}"
    tone = "alarm" if parts["result"] == "dissatisfied" else "milestone"
    return Saying(says, parts.get("comment", ""), tone)


def _redo_ordered(parts: Facts, name: Names) -> Saying:
    says = (
        f"{name(parts['unit'])}重新办理（第{parts['round']}轮），{parts['answer']['on']}前再次答复"
    )
    return Saying(says, tone="alarm")


def _promised(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}承诺于{parts['due_on']}前落实", parts["text"])


def _promise_kept(parts: Facts, name: Names) -> Saying:
    return Saying(f"{name(parts['unit'])}兑现承诺", parts["evidence"], "milestone")


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


def _who(parts: Facts, name: Names) -> str:
    by_role: dict[str, list[str]] = {}
    for task in parts["tasks"]:
        by_role.setdefault(task["role"], []).append(name(task["unit"]))
    return "；".join(f"{'、'.join(units)}{word(ROLES, role)}" for role, units in by_role.items())


def _late(says: str, parts: Facts, detail: str) -> Saying:
    if late := parts.get("days_late", 0):
        return Saying(f"{says}（逾期{late}个工作日）", detail, "alarm")
    return Saying(says, detail)


SENTENCES: dict[str, Callable[[Facts, Names], Saying]] = {
    "huiban.intake.ProposalSubmitted.v1": _submitted,
    "huiban.intake.ProposalAccepted.v1": _accepted,
    "huiban.intake.ProposalDeclined.v1": _declined,
    "huiban.intake.ProposalsMerged.v1": _merged,
    "huiban.intake.ProposalDesignatedKey.v1": _designated_key,
    "huiban.assignment.HandlersAssigned.v1": _assigned,
    "huiban.assignment.AssignmentSigned.v1": _signed,
    "huiban.assignment.AssignmentReturned.v1": _returned,
    "huiban.assignment.ReturnDecided.v1": _return_decided,
    "huiban.assignment.HandlersReassigned.v1": _reassigned,
    "huiban.assignment.WorkHandedDown.v1": _handed_down,
    "huiban.assignment.WorkCompleted.v1": _completed,
    "huiban.assignment.WorkRolledUp.v1": _rolled_up,
    "huiban.reply.ContactRecorded.v1": _contacted,
    "huiban.reply.OpinionGiven.v1": _opinion_given,
    "huiban.reply.ReplyDrafted.v1": _drafted,
    "huiban.reply.ReplyApproved.v1": _approved,
    "huiban.reply.ReplyIssued.v1": _issued,
    "huiban.reply.ReplyRated.v1": _rated,
    "huiban.reply.RedoOrdered.v1": _redo_ordered,
    "huiban.reply.PromiseMade.v1": _promised,
    "huiban.reply.PromiseKept.v1": _promise_kept,
    "huiban.escalation.DeadlineNear.v1": _near,
    "huiban.escalation.DeadlineMissed.v1": _missed,
    "huiban.escalation.ReminderSent.v1": _reminded,
    "huiban.escalation.CoordinationFlagged.v1": _flagged,
    "huiban.escalation.CoordinationDecided.v1": _decided,
}
