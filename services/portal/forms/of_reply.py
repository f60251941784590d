"""The acts of reply as forms: talk, opine, draft, approve, issue, rate, keep."""

from services.portal.forms.fields import Field
from services.portal.forms.form import Form, Standing


def _answers_and_is_signed(standing: Standing) -> str | None:
    task = standing.thing
    if task["ended_on"] is not None:
        return "这项任务已经改派。"
    if task["parent"] or task["role"] not in ("lead", "split"):
        return "由主办、分办单位办理。"
    return None if task["signed_on"] is not None else "请先签收。"


def _owes_an_opinion(standing: Standing) -> str | None:
    task = standing.thing
    if task["ended_on"] is not None:
        return "这项任务已经改派。"
    if task["role"] != "co_handle":
        return "由会办单位提出。"
    if task["answered_on"] is not None:
        return "会办意见已经提出。"
    return None if task["signed_on"] is not None else "请先签收。"


def _awaits_approval(standing: Standing) -> str | None:
    if standing.thing["desk"] != "approval":
        return "没有等待审签的答复稿。"
    return _answers_and_is_signed(standing)


def _awaits_issue(standing: Standing) -> str | None:
    if standing.thing["desk"] != "issue":
        return "没有已审签、等待签发的答复稿。"
    return _answers_and_is_signed(standing)


def _is_not_kept(standing: Standing) -> str | None:
    return "这项承诺已经兑现。" if standing.thing["kept_on"] is not None else None


FORMS = (
    Form(
        code="contact",
        act="reply.contact",
        service="reply",
        path="/proposals/{proposal_id}/tasks/{task_id}/contacts",
        title="记录沟通",
        says="先沟通再办件，沟通充分再回复。提案人会看到这条记录。",
        about="task",
        fields=(
            Field("kind", "方式", "choice", choices="contact_kinds"),
            Field("people", "提案人", "lines", hint="每行一人", preset="proposer_names", tall=2),
            Field("summary", "内容", "text"),
        ),
        hindered=_answers_and_is_signed,
    ),
    Form(
        code="opinion",
        act="reply.opinion",
        service="reply",
        path="/proposals/{proposal_id}/tasks/{task_id}/opinion",
        title="提出会办意见",
        says="意见报主办单位，由主办单位统一答复提案人。",
        about="task",
        fields=(Field("opinion", "会办意见", "text", tall=10),),
        hindered=_owes_an_opinion,
    ),
    Form(
        code="draft",
        act="reply.draft",
        service="reply",
        path="/proposals/{proposal_id}/tasks/{task_id}/drafts",
        title="拟稿",
        says="逐条回应提案的建议；新的一稿取代前一稿。",
        about="task",
        fields=(
            Field("text", "答复正文", "text", tall=18, longest=6000),
            Field("result_class", "结果类别", "choice", choices="classes"),
        ),
        hindered=_answers_and_is_signed,
    ),
    Form(
        code="approve",
        act="reply.approve",
        service="reply",
        path="/proposals/{proposal_id}/tasks/{task_id}/approve",
        title="审签",
        says="由拟稿人以外的负责人审签最新一稿。",
        about="task",
        fields=(Field("draft", "稿次", "number", preset="draft"),),
        hindered=_awaits_approval,
    ),
    Form(
        code="issue",
        act="reply.issue",
        service="reply",
        path="/proposals/{proposal_id}/tasks/{task_id}/issue",
        title="签发答复",
        says="编定文号，发给提案人；并案的各件各得一份。B类须写明承诺和期限，C、D类须写明理由。",
        about="task",
        fields=(
            Field("draft", "稿次", "number", preset="draft"),
            Field("summary", "摘要", "text", longest=200),
            Field("reason", "理由", "text", required=False, hint="C类、D类必填"),
            Field(
                "promises",
                "承诺事项",
                "rows",
                required=False,
                hint="B类必填",
                rows=(Field("text", "事项"), Field("due_on", "完成期限", "date")),
            ),
            Field(
                "without_opinions_because",
                "未附会办意见的原因",
                "text",
                required=False,
                hint="会办意见逾期未到、先行答复的填写，答复中会写明",
            ),
        ),
        hindered=_awaits_issue,
        needs_fresh_sign_in=True,
    ),
    Form(
        code="rate",
        act="reply.rate",
        service="reply",
        path="/proposals/{proposal_id}/replies/{reply_id}/ratings",
        title="评价",
        says="办理过程和办理结果分别评价；结果不满意的，重新办理。",
        about="reply",
        fields=(
            Field("proposer", "提案人", "choice", choices="proposers"),
            Field("process", "办理过程", "choice", choices="ratings"),
            Field("result", "办理结果", "choice", choices="ratings"),
            Field("comment", "意见", "text", required=False),
        ),
    ),
    Form(
        code="keep",
        act="reply.keep_promise",
        service="reply",
        path="/proposals/{proposal_id}/promises/{promise_id}/keep",
        title="登记兑现",
        says="写明兑现的依据。",
        about="promise",
        fields=(Field("evidence", "依据", "text"),),
        hindered=_is_not_kept,
    ),
)
