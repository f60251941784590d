"""The acts of assignment as forms: hand over, sign, return, decide, hand down, complete."""

from services.portal.forms.fields import Field
from services.portal.forms.form import Form, Standing


def _awaits_hand_over(standing: Standing) -> str | None:
    match standing.proposal["state"]:
        case "accepted":
            return None
        case "submitted":
            return "这件提案尚未立案。"
        case "merged":
            return "这件提案随主件办理。"
        case _:
            return "这件提案已经交办。"


def _is_unsigned(standing: Standing) -> str | None:
    task = standing.thing
    if task["ended_on"] is not None:
        return "这项任务已经改派。"
    if task["role"] == "reference":
        return "参阅单位了解情况即可，无须办理。"
    if task["signed_on"] is not None:
        return "这项任务已经签收。"
    return "已申请退办，请等待决定。" if _return_is_pending(standing) else None


def _return_is_pending(standing: Standing) -> bool:
    task = standing.thing
    returned, decided = task["returned_on"], task["return_decided_on"]
    return returned is not None and (decided is None or decided < returned)


def _may_still_return(standing: Standing) -> str | None:
    last = standing.thing["return_by"]
    if standing.thing["parent"]:
        return "上级单位分解的任务，请与上级单位商定。"
    if last is not None and standing.today > last:
        return f"退办期限已于{last}届满。"
    return _is_unsigned(standing)


def _awaits_decision(standing: Standing) -> str | None:
    return None if _return_is_pending(standing) else "没有等待决定的退办申请。"


def _is_in_hand(standing: Standing) -> str | None:
    task = standing.thing
    if task["ended_on"] is not None:
        return "这项任务已经改派。"
    return None if task["signed_on"] is not None else "请先签收。"


def _is_work_in_hand(standing: Standing) -> str | None:
    if not standing.thing["parent"]:
        return "由办公厅直接交办的任务，以答复或者会办意见完成。"
    if standing.thing["answered_on"] is not None:
        return "这项任务已经办结。"
    return _is_in_hand(standing)


FORMS = (
    Form(
        code="hand-over",
        act="assignment.hand_over",
        service="assignment",
        path="/hand-overs",
        title="交办",
        says="一份清单一次交办：有一处不对，全部不交办，并逐处指明。",
        about="nothing",
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
                ),
            ),
        ),
    ),
    Form(
        code="sign",
        act="assignment.sign",
        service="assignment",
        path="/proposals/{proposal_id}/tasks/{task_id}/sign",
        title="签收",
        says="签收后由本单位承办，不能再退办。",
        about="task",
        hindered=_is_unsigned,
    ),
    Form(
        code="return",
        act="assignment.return",
        service="assignment",
        path="/proposals/{proposal_id}/tasks/{task_id}/return",
        title="退办",
        says="写明理由和建议的承办单位；决定之前责任不变，不得自行转交。",
        about="task",
        fields=(
            Field("reason_code", "理由", "choice", choices="return_reasons"),
            Field("reason", "说明", "text"),
            Field("proposed_unit", "建议的承办单位", "unit"),
        ),
        hindered=_may_still_return,
        weight="more",
    ),
    Form(
        code="decide-return",
        act="assignment.decide_return",
        service="assignment",
        path="/proposals/{proposal_id}/tasks/{task_id}/decide-return",
        title="审定退办",
        says="同意的，改派他单位并从今日起重新计期；不同意的，由原单位继续承办。",
        about="task",
        fields=(
            Field("upheld", "同意退办", "yes", required=False),
            Field("new_unit", "改派给", "unit", required=False, hint="同意时填写"),
            Field("why", "理由", "text"),
        ),
        hindered=_awaits_decision,
    ),
    Form(
        code="hand-down",
        act="assignment.hand_down",
        service="assignment",
        path="/proposals/{proposal_id}/tasks/{task_id}/hand-down",
        title="分解任务",
        says="交给下级单位办理，期限早于本单位的期限，答复仍由本单位作出。",
        about="task",
        fields=(
            Field("meeting", "部署会议", required=False),
            Field(
                "tasks",
                "分解给",
                "rows",
                rows=(
                    Field("unit", "单位", "unit", choices="units_below"),
                    Field("duty", "任务", required=False),
                ),
            ),
        ),
        hindered=_is_in_hand,
    ),
    Form(
        code="complete",
        act="assignment.complete",
        service="assignment",
        path="/proposals/{proposal_id}/tasks/{task_id}/complete",
        title="办结",
        says="报告分解任务的办理结果；最后一项办结时自动汇总到上级单位。",
        about="task",
        fields=(Field("summary", "办理结果", "text"),),
        hindered=_is_work_in_hand,
    ),
)
