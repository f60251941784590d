"""The acts of assignment as forms: hand over, sign, return, change, extend, hand down, complete."""

from collections.abc import Mapping
from typing import Any

from services.portal.domain import words
from services.portal.forms.asking import BY_NAME, WHY
from services.portal.forms.fields import Field
from services.portal.forms.form import Form, Standing, upon
from services.portal.forms.hindering import (
    first_of,
    is_handled,
    task_goes_on,
    task_is_from_the_office,
    task_is_signed,
    unless,
)

ROLES = tuple(words.ROLES.items())
CLOCK = Field(
    "clock",
    "期限",
    "choice",
    required=False,
    choices=(("restart", "重新计期"), ("keep", "保留原期限")),
    hint="不选的，按规则集办理",
)
WITH_WORK = Field("with_work", "下级单位的任务一并调整", "yes", required=False)
# Why a task should be returned, and whose it is: as one asks for consent, and as one returns it.
RETURN = (
    Field("reason_code", "理由", "choice", choices="return_reasons"),
    Field("reason", "说明", "text"),
    Field("proposed_unit", "建议的承办单位", "unit"),
)
NEW_UNIT = Field("new_unit", "改派给", "unit", required=False, hint="同意时填写")


def return_is_pending(task: Mapping[str, Any]) -> bool:
    """Whether a return waits for the office's decision."""
    returned, decided = task["returned_on"], task["return_decided_on"]
    return returned is not None and (decided is None or decided < returned)


def objection_is_pending(task: Mapping[str, Any]) -> bool:
    """Whether an objection waits for the leader's decision."""
    return task["objected_on"] is not None and task["objection_upheld"] is None


_is_unsigned = first_of(
    task_goes_on,
    unless(lambda task: task["role"] != "reference", "参阅单位了解情况即可，无须办理。"),
    unless(lambda task: task["signed_on"] is None, "这项任务已经签收。"),
    unless(lambda task: not return_is_pending(task), "已申请退办，请等待决定。"),
    unless(lambda task: not objection_is_pending(task), "已提出异议，请等待决定。"),
)


def _in_time_to_return(standing: Standing) -> str | None:
    last = standing.thing["return_by"]
    if last is not None and standing.today > last:
        return f"退办期限已于{last}届满。"
    return None


_may_still_return = first_of(task_is_from_the_office, _in_time_to_return, _is_unsigned)
_awaits_decision = unless(return_is_pending, "没有等待决定的退办申请。")


def _may_object(standing: Standing) -> str | None:
    task = standing.thing
    if objection_is_pending(task):
        return "已提出异议，请等待决定。"
    if task["return_upheld"] is not False or task["ended_on"] is not None:
        return "退办申请未获同意的，才能提出异议。"
    if task["object_by"] is not None and standing.today > task["object_by"]:
        return f"异议期限已于{task['object_by']}届满。"
    return None


_is_objected = unless(objection_is_pending, "没有等待决定的异议。")
_is_work_in_hand = first_of(
    unless(lambda task: task["parent"], "由办公厅直接交办的任务，以答复或者会办意见完成。"),
    unless(lambda task: task["answered_on"] is None, "这项任务已经办结。"),
    task_is_signed,
)
_is_unanswered = first_of(
    task_goes_on,
    unless(lambda task: task["answered_on"] is None, "这项任务已经办结。"),
)
_may_extend = first_of(
    task_is_from_the_office,
    task_is_signed,
    unless(lambda task: task["answered_on"] is None, "这项任务已经办结。"),
    unless(lambda task: task["extension"] != "asked", "已申请延期，请等待决定。"),
)
_extension_is_asked = unless(lambda task: task["extension"] == "asked", "没有等待决定的延期申请。")
_item_is_open = unless(
    lambda item: item["completed_on"] is None and item["dropped_on"] is None, "这个项目已经结束。"
)


def _dates_asked(standing: Standing) -> Mapping[str, Any]:
    return {"until": standing.thing.get("extension_until")}


_of_task = upon("assignment", "task", "/proposals/{proposal_id}/tasks/{task_id}", stage="handing")
_of_proposal = upon("assignment", "proposal", "/proposals/{proposal_id}", stage="handing")
_of_item = upon("assignment", "item", "/proposals/{proposal_id}/items/{item_id}")

FORMS = (
    Form(
        code="hand-over",
        act="assignment.hand_over",
        service="assignment",
        path="/hand-overs",
        title="交办",
        says="一份清单一次交办：有一处不对，全部不交办，并逐处指明。",
        about="nothing",
        stage="handing",
        page="/hand-over",
        fields=(
            Field("meeting", "交办会议", required=False, hint="如：市政府提案交办会"),
            Field(
                "items",
                "清单",
                "rows",
                rows=(
                    Field("proposal_id", "提案", "choice", choices="to_hand_over"),
                    Field("lead", "主办", "unit", required=False),
                    Field("split", "分办", "units", required=False),
                    Field("co_handlers", "会办", "units", required=False),
                    Field("reference", "参阅", "units", required=False),
                    Field("advised", "采纳的建议", "units", required=False),
                ),
            ),
        ),
    ),
    _of_task(
        "sign",
        "sign",
        "sign",
        "签收",
        "签收后由本单位承办，不能再退办。",
        hindered=_is_unsigned,
    ),
    _of_task(
        "return",
        "return",
        "return",
        "退办",
        "写明理由和建议的承办单位；决定之前责任不变，不得自行转交。须经单位负责人同意。",
        *RETURN,
        Field(
            "consent.person",
            "书面同意的负责人",
            "person",
            required=False,
            hint="姓名或人员编号；已在线同意的不填",
        ),
        Field("consent.on", "书面同意的日期", "date", required=False),
        hindered=_may_still_return,
        weight="more",
    ),
    _of_task(
        "ask-consent-to-return",
        "ask-consent-to-return",
        "return",
        "请示退办",
        "请本单位负责人同意退办；同意以后再申请退办，在此之前责任不变。",
        *RETURN,
        hindered=first_of(
            _may_still_return,
            unless(lambda task: task["consented_on"] is None, "负责人已经同意退办。"),
        ),
        weight="more",
    ),
    _of_task(
        "consent-to-return",
        "consent-to-return",
        "consent",
        "同意退办",
        "单位负责人同意以后，经办人方可申请退办。",
        hindered=_may_still_return,
        shown=lambda standing: (
            [("请示的理由", standing.thing["consent_asked_why"])]
            if standing.thing["consent_asked_why"]
            else []
        ),
        weight="more",
    ),
    _of_task(
        "decide-return",
        "decide-return",
        "decide_return",
        "审定退办",
        "同意的，改派他单位；不同意的，由原单位继续承办。",
        Field("upheld", "同意退办", "yes", required=False),
        NEW_UNIT,
        WHY,
        CLOCK,
        hindered=_awaits_decision,
        shown=lambda standing: [
            ("理由", standing.thing["return_reason"] or ""),
        ],
    ),
    _of_task(
        "object",
        "object",
        "object",
        "提出异议",
        "退办申请未获同意，仍认为不属本单位职责的，由单位负责人提出，报请市领导决定。",
        Field("reason", "理由", "text"),
        Field("proposed_unit", "建议的承办单位", "unit"),
        hindered=_may_object,
        weight="more",
    ),
    _of_task(
        "objection-meeting",
        "objection-meeting",
        "hold_meeting",
        "登记异议协商会",
        "登记会议日期、到会单位和纪要。",
        Field("held_on", "日期", "date", preset="today"),
        Field("present", "到会单位", "units"),
        Field("minutes", "纪要", "text", tall=8),
        hindered=_is_objected,
    ),
    _of_task(
        "decide-objection",
        "decide-objection",
        "decide_objection",
        "裁定异议",
        "裁定有约束力，不得再退办。",
        Field("upheld", "异议成立", "yes", required=False),
        NEW_UNIT,
        WHY,
        CLOCK,
        hindered=_is_objected,
        needs_fresh_sign_in=True,
        shown=lambda standing: [
            ("异议", standing.thing["objection"] or ""),
            ("会议纪要", standing.thing["minutes"] or ""),
        ],
    ),
    _of_proposal(
        "add-handler",
        "handlers",
        "change_handlers",
        "增加承办单位",
        "新增的单位从今日起计期。",
        Field("unit", "单位", "unit"),
        Field("role", "角色", "choice", choices=ROLES),
        Field("duty", "任务", required=False),
        WHY,
        hindered=is_handled,
        weight="more",
    ),
    _of_proposal(
        "change-roles",
        "change-roles",
        "change_handlers",
        "调整角色",
        "一次写明各单位的新角色；主办不能空缺。",
        Field(
            "changes",
            "调整",
            "rows",
            rows=(Field("unit", "单位", "unit"), Field("role", "角色", "choice", choices=ROLES)),
        ),
        WHY,
        CLOCK,
        WITH_WORK,
        hindered=is_handled,
        weight="more",
    ),
    _of_task(
        "reassign",
        "reassign",
        "change_handlers",
        "改派",
        "改由他单位承办，本项任务结束。",
        Field("unit", "改派给", "unit"),
        WHY,
        CLOCK,
        WITH_WORK,
        hindered=_is_unanswered,
        weight="more",
    ),
    _of_task(
        "withdraw-task",
        "withdraw",
        "withdraw",
        "撤回任务",
        "误派或者不再需要的任务，由交办的一方撤回。",
        WHY,
        hindered=_is_unanswered,
        weight="grave",
    ),
    _of_task(
        "name-officer",
        "officer",
        "name_officer",
        "指定经办人",
        "提案人和办公厅会看到经办科室。",
        Field("officer", "经办人", "person", hint=BY_NAME),
        Field("section", "科室", required=False),
        hindered=task_goes_on,
        stage="handling",
        weight="more",
    ),
    _of_task(
        "progress",
        "progress",
        "report_progress",
        "报告进度",
        "写明办到哪一步。",
        Field("stage", "阶段", hint="如：调研"),
        Field("says", "情况", "text"),
        hindered=task_is_signed,
        stage="handling",
        weight="more",
    ),
    _of_task(
        "hand-down",
        "hand-down",
        "hand_down",
        "分解任务",
        "交给下级单位办理，期限早于本单位的期限，答复仍由本单位作出。",
        Field("meeting", "部署会议", required=False),
        Field(
            "deployed_by",
            "部署的领导",
            "person",
            required=False,
            hint="负责人的姓名或人员编号",
        ),
        Field(
            "arranged_by",
            "安排的领导",
            "person",
            required=False,
            hint="分管负责人的姓名或人员编号",
        ),
        Field(
            "tasks",
            "分解给",
            "rows",
            rows=(
                Field("unit", "单位", "choice", choices="units_below"),
                Field("duty", "任务", required=False),
                Field("until", "内部期限", "date", required=False),
            ),
            hint="内部期限留空的，按规则集早于本单位的期限。",
        ),
        shows_branches=True,
        hindered=first_of(
            task_is_signed,
            unless(lambda task: task["answered_on"] is None, "这项任务已经办结，不再分解。"),
        ),
        stage="handling",
    ),
    _of_task(
        "complete",
        "complete",
        "complete",
        "办结",
        "报告分解任务的办理结果；最后一项办结时自动汇总到上级单位。",
        Field("summary", "办理结果", "text"),
        hindered=_is_work_in_hand,
        stage="handling",
    ),
    _of_task(
        "ask-extension",
        "ask-extension",
        "ask_extension",
        "申请延期",
        "在期限届满之前申请，写明理由和延至的日期。",
        Field("until", "延至", "date"),
        Field("reason", "理由", "text"),
        hindered=_may_extend,
        stage="handling",
        weight="more",
    ),
    _of_task(
        "decide-extension",
        "decide-extension",
        "decide_extension",
        "审批延期",
        "可以同意较早的日期；会办单位的期限可以一并调整。",
        Field("granted", "同意延期", "yes", required=False),
        Field("until", "延至", "date", required=False),
        Field("co_handlers_until", "会办意见延至", "date", required=False),
        WITH_WORK,
        WHY,
        hindered=_extension_is_asked,
        preset=_dates_asked,
        shown=lambda standing: [
            ("申请延至", str(standing.thing["extension_until"] or "")),
            ("理由", standing.thing["extension_why"] or ""),
        ],
        stage="handling",
    ),
    _of_task(
        "pause",
        "pause",
        "pause",
        "暂停计时",
        "因提案人原因或者不可抗力，期限停止计算。",
        WHY,
        hindered=first_of(
            _is_unanswered, unless(lambda task: not task["paused_why"], "这项任务已经暂停计时。")
        ),
        stage="handling",
        weight="more",
    ),
    _of_task(
        "resume",
        "resume",
        "pause",
        "恢复计时",
        "从今日起继续计算，期限相应顺延。",
        WHY,
        hindered=unless(lambda task: task["paused_why"], "这项任务没有暂停计时。"),
        stage="handling",
        weight="more",
    ),
    _of_proposal(
        "plan-items",
        "items",
        "plan_items",
        "工作项目化",
        "把提案分成项目，逐项写明单位、经办人和节点。",
        Field(
            "items",
            "项目",
            "rows",
            rows=(
                Field("says", "项目"),
                Field("unit", "单位", "unit"),
                Field("officer", "经办人", required=False),
                Field("milestones", "节点（日期在前，每行一个）", "dated", tall=3),
                Field("advised", "采纳的建议", "units", required=False),
            ),
        ),
        hindered=is_handled,
        stage="handling",
        weight="more",
    ),
    _of_item(
        "item-progress",
        "progress",
        "work_on_item",
        "报告项目进度",
        "到达节点的，写明是第几个。",
        Field("says", "情况", "text"),
        Field("milestone", "到达的节点", "number", required=False, hint="第一个节点写1"),
        hindered=_item_is_open,
    ),
    _of_item(
        "complete-item",
        "complete",
        "work_on_item",
        "项目完成",
        "写明结果。",
        Field("result", "结果", "text"),
        hindered=_item_is_open,
    ),
    _of_item(
        "drop-item",
        "drop",
        "plan_items",
        "取消项目",
        "写明为什么不再进行。",
        WHY,
        hindered=_item_is_open,
        weight="grave",
    ),
)
