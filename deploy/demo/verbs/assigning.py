"""Assigning: handed over, signed for or returned, handed down, finished."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from deploy.demo import letters
from deploy.demo.acts import Act, upon
from deploy.demo.cast import LEADER, OFFICE, deputy_of, head_of, officer_of
from deploy.demo.portfolio import LONGHUA, DistrictWork, Proposal
from deploy.demo.units import code_of, task_of


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a plan: who does what by when, and what came of it."""

    says: str
    unit: str
    milestone: str
    due_on: date
    done_on: date
    result: str


def handed_over(cases: Sequence[Proposal], *, on: date, meeting: str | None) -> Act:
    items = [
        {
            "proposal_id": case.proposal_id,
            "lead": case.lead,
            "split": list(case.split),
            "co_handlers": list(case.co_handlers),
            "reference": list(case.reference),
        }
        for case in cases
    ]
    body = {"meeting": meeting, "items": items}
    concerns = tuple(case.proposal_id for case in cases)
    return Act(on, OFFICE, "assignment", "/hand-overs", body, f"交办{len(cases)}件", concerns)


def signed(case: Proposal, unit: str, *, on: date, generation: int = 1) -> Act:
    path = f"tasks/{task_of(unit, generation)}/sign"
    return upon(case, on, officer_of(unit), "assignment", path, {}, f"{unit}签收")


def returned(
    case: Proposal, unit: str, *, on: date, code: str, reason: str, proposed: str, generation: int
) -> Act:
    path = f"tasks/{task_of(unit, generation)}/return"
    body = {"reason_code": code, "reason": reason, "proposed_unit": proposed}
    why = f"{unit}申请退办，建议改由{proposed}承办"
    return upon(case, on, head_of(unit), "assignment", path, body, why)


def decided_return(
    case: Proposal, unit: str, *, on: date, why: str, generation: int, new_unit: str | None = None
) -> Act:
    path = f"tasks/{task_of(unit, generation)}/decide-return"
    body = {"upheld": new_unit is not None, "why": why, "new_unit": new_unit}
    says = f"同意退办，改由{new_unit}承办" if new_unit else f"不同意退办，{unit}继续办理"
    return upon(case, on, OFFICE, "assignment", path, body, says)


def objected(case: Proposal, unit: str, *, on: date, reason: str, proposed: str) -> Act:
    """A second objection, signed by the head."""
    path = f"tasks/{task_of(unit)}/object"
    body = {"reason": reason, "proposed_unit": proposed}
    return upon(case, on, head_of(unit), "assignment", path, body, f"{unit}提出二次异议")


def met_about_objection(
    case: Proposal, unit: str, *, on: date, present: Sequence[str], minutes: str
) -> Act:
    path = f"tasks/{task_of(unit)}/objection-meeting"
    body = {"held_on": on.isoformat(), "present": list(present), "minutes": minutes}
    return upon(case, on, OFFICE, "assignment", path, body, "召开协调会")


def decided_objection(case: Proposal, unit: str, *, on: date, why: str) -> Act:
    """A leader decides that the unit keeps the task, for good."""
    path = f"tasks/{task_of(unit)}/decide-objection"
    body = {"upheld": False, "why": why}
    return upon(case, on, LEADER, "assignment", path, body, f"领导裁定由{unit}办理")


def asked_for_time(case: Proposal, unit: str, *, on: date, until: date, reason: str) -> Act:
    path = f"tasks/{task_of(unit)}/ask-extension"
    body = {"until": until.isoformat(), "reason": reason}
    return upon(case, on, officer_of(unit), "assignment", path, body, f"{unit}申请延期")


def granted_time(case: Proposal, unit: str, *, on: date, why: str) -> Act:
    path = f"tasks/{task_of(unit)}/decide-extension"
    body = {"granted": True, "why": why}
    return upon(case, on, OFFICE, "assignment", path, body, f"准予{unit}延期")


def handed_down(
    case: Proposal,
    *,
    on: date,
    meeting: str | None,
    unit: str = LONGHUA,
    work: Sequence[DistrictWork] = (),
) -> Act:
    """The head deploys, the deputy arranges, each unit below answers for its duty."""
    path = f"tasks/{task_of(unit)}/hand-down"
    tasks = [{"unit": code_of(one.unit), "duty": one.duty} for one in work or case.district_work]
    body = {
        "meeting": meeting,
        "deployed_by": head_of(unit).person,
        "arranged_by": deputy_of(unit).person,
        "tasks": tasks,
    }
    why = f"{unit}分解给{len(tasks)}个单位"
    return upon(case, on, head_of(unit), "assignment", path, body, why)


def progressed(case: Proposal, unit: str, *, on: date, stage: str, says: str) -> Act:
    path = f"tasks/{task_of(unit)}/progress"
    body = {"stage": stage, "says": says}
    return upon(case, on, officer_of(unit), "assignment", path, body, f"{unit}报告进展")


def completed(case: Proposal, work: DistrictWork, *, on: date) -> Act:
    path = f"tasks/{task_of(work.unit)}/complete"
    body = {"summary": letters.finished(work)}
    return upon(case, on, officer_of(work.unit), "assignment", path, body, f"{work.unit}报办结")


def itemised(case: Proposal, *, on: date, items: Sequence[Item]) -> Act:
    """The lead makes a list of items from what is suggested, each with its unit and day."""
    body = {
        "items": [
            {
                "says": item.says,
                "unit": code_of(item.unit),
                "officer": officer_of(item.unit).name,
                "milestones": [{"says": item.milestone, "due_on": item.due_on.isoformat()}],
            }
            for item in items
        ]
    }
    return upon(case, on, officer_of(LONGHUA), "assignment", "items", body, "工作项目化")


def item_completed(case: Proposal, nth: int, item: Item) -> Act:
    path = f"items/i{nth}/complete"
    who, body = officer_of(item.unit), {"result": item.result}
    return upon(case, item.done_on, who, "assignment", path, body, f"第{nth}项办结")
