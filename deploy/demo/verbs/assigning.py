"""Assigning: handed over, signed for or returned, handed down, finished."""

from collections.abc import Sequence
from datetime import date

from deploy.demo import letters
from deploy.demo.acts import Act, upon
from deploy.demo.cast import OFFICE, head_of, officer_of
from deploy.demo.portfolio import LONGHUA, DistrictWork, Proposal
from deploy.demo.units import task_of


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


def handed_down(case: Proposal, *, on: date, meeting: str | None) -> Act:
    path = f"tasks/{task_of(LONGHUA)}/hand-down"
    tasks = [{"unit": work.unit, "duty": work.duty} for work in case.district_work]
    body = {"meeting": meeting, "tasks": tasks}
    why = f"区政府分解给{len(tasks)}个单位"
    return upon(case, on, head_of(LONGHUA), "assignment", path, body, why)


def completed(case: Proposal, work: DistrictWork, *, on: date) -> Act:
    path = f"tasks/{task_of(work.unit)}/complete"
    body = {"summary": letters.finished(work)}
    return upon(case, on, officer_of(work.unit), "assignment", path, body, f"{work.unit}报办结")
