"""The acts of reply as forms: talk, opine, draft, issue, rate, publish, promise, look back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from services.portal.domain import words
from services.portal.domain.versions import (
    Named,
    Reading,
    hands_of_opinion,
    hands_of_reply,
    opinions_of,
    reading,
    replies_of,
)
from services.portal.forms.fields import Field
from services.portal.forms.form import Facts, Form, Hindrance, Standing, upon
from services.portal.forms.hindering import first_of, task_answers, task_opines, unless

WHY = Field("why", "理由", "text")
AFTER = Field("after", "接着哪一稿写", "kept", required=False)
DRAFT = Field("draft", "稿次", "number", preset="draft")
PROPOSER = Field("proposer", "提案人", "choice", choices="proposers", preset="one_proposer")
HINT = "系统登记文件名和校验值，原件由本单位留存"
ATTACHMENTS = Field("attachments", "附件", "files", required=False, hint=HINT)
OPENNESS = tuple(words.OPENNESS.items())
LETTER_FORMS = tuple(words.FORMS.items())
RATINGS = tuple(words.RATINGS.items())
NOT_OPEN_WHY = (
    Field("reason_code", "不公开的理由", "choice", required=False, choices="disclosure"),
    Field("reason", "说明", "text", required=False),
)


def paper(*, required: bool) -> tuple[Field, ...]:
    """A signed paper: by whom, when, and its scan."""
    return (
        Field("paper.signed_by", "纸质件签字人", required=required),
        Field("paper.signed_on", "签字日期", "date", required=required),
        Field("paper.scan", "扫描件", "file", required=required, hint=HINT),
    )


def newest_of(drafts: list[Any], task_id: str) -> Mapping[str, Any]:
    """The newest draft of a task among those that the service told."""
    found = [one for one in drafts if one["task_id"] == task_id]
    return max(found, key=lambda one: (one.get("round", 1), one["draft"]), default={})


def _draft(standing: Standing) -> Mapping[str, Any]:
    return newest_of(standing.told.get("drafts", []), standing.thing["task_id"])


def _this_draft(standing: Standing) -> Mapping[str, Any]:
    return {"draft": draft["draft"]} if (draft := _draft(standing)) else {}


def _in_this_round(standing: Standing) -> int:
    """The number of the newest version in the round that the task is in; 0 while there is none."""
    task_id, drafts = standing.thing["task_id"], standing.told.get("drafts", ())
    rounds = [one["round"] for one in standing.told.get("rounds", ()) if one["task_id"] == task_id]
    here = [
        one["draft"]
        for one in drafts
        if one["task_id"] == task_id and one["round"] == max(rounds, default=1)
    ]
    return max(here, default=0)


def _next_draft(standing: Standing) -> Mapping[str, Any]:
    draft, points = _draft(standing), standing.told.get("points", ())
    read = standing.reading
    answered = dict(read.answers) if read and read.shown == read.versions[0] else {}
    return {
        "after": _in_this_round(standing) if standing.told else None,
        "text": draft.get("text"),
        "result_class": draft.get("result_class"),
        "answers": [
            {"point": point["says"], "answer": answered.get(point["says"], "")} for point in points
        ],
    }


def _what_went_back(standing: Standing) -> list[tuple[str, str]]:
    draft = _draft(standing) or _opinion(standing)
    return [("退回的理由", draft["sent_back_why"])] if draft.get("sent_back_why") else []


def _points(standing: Standing) -> Mapping[str, Any]:
    return {"points": [point["says"] for point in standing.told.get("points", ())]}


def _opinion(standing: Standing) -> Mapping[str, Any]:
    return newest_of(standing.told.get("opinion_drafts", []), standing.thing["task_id"])


def _this_opinion(standing: Standing) -> Mapping[str, Any]:
    return {"draft": opinion["draft"]} if (opinion := _opinion(standing)) else {}


def _next_opinion(standing: Standing) -> Mapping[str, Any]:
    opinion = _opinion(standing)
    return {
        "after": opinion.get("draft", 0) if standing.told else None,
        "opinion": opinion.get("text"),
        "contradicts": opinion.get("contradicts"),
    }


def _asked_of_us(standing: Standing) -> Mapping[str, Any]:
    """The draft under which this unit is asked to put its name."""
    unit = standing.thing["unit"]
    return next(
        (
            one
            for one in standing.told.get("countersigns", ())
            if one["unit"] == unit and one["state"] == "open"
        ),
        {},
    )


def _to_countersign(standing: Standing) -> Mapping[str, Any]:
    asked = _asked_of_us(standing)
    return {"lead_task": asked.get("task_id"), "draft": asked.get("draft")}


def _reads_reply(standing: Standing, about: Facts, named: Named) -> Reading | None:
    return _read_reply(standing, standing.thing["task_id"], about, named)


def _reads_countersigned(standing: Standing, about: Facts, named: Named) -> Reading | None:
    asked = _asked_of_us(standing)
    return _read_reply(standing, asked["task_id"], about, named) if asked else None


def _read_reply(standing: Standing, task_id: str, about: Facts, named: Named) -> Reading | None:
    told = standing.told
    found = reading(
        replies_of(told, task_id),
        hands=lambda one: list(hands_of_reply(told, task_id, one, named=named)),
        shown=about.get("shown", ""),
        since=about.get("since", ""),
    )
    if found is None:
        return None
    at = _at(standing, task_id, f"rounds/{found.shown.round}/drafts/{found.shown.number}")
    return replace(found, pages=f"{at}/pages", answers_at=at)


def _reads_opinion(standing: Standing, about: Facts, _: Named) -> Reading | None:
    told, task_id = standing.told, standing.thing["task_id"]
    found = reading(
        opinions_of(told, task_id),
        hands=lambda one: list(hands_of_opinion(told, task_id, one)),
        shown=about.get("shown", ""),
        since=about.get("since", ""),
    )
    if found is None:
        return None
    return replace(
        found, pages=_at(standing, task_id, f"opinion/drafts/{found.shown.number}/pages")
    )


def _at(standing: Standing, task_id: str, what: str) -> str:
    proposal_id = standing.proposal["proposal_id"]
    return f"/proposals/{proposal_id}/tasks/{quote(task_id, safe='')}/{what}"


def _desk_is(*desks: str, says: str) -> Hindrance:
    return unless(lambda task: task["desk"] in desks, says)


_may_draft = first_of(
    task_answers,
    unless(lambda task: task["desk"] not in ("issue", "endorsed"), "答复稿已经审签，等待签发。"),
)
_awaits_approval = first_of(task_answers, _desk_is("approval", says="没有等待审签的答复稿。"))
_awaits_issue = first_of(
    task_answers, _desk_is("issue", "endorsed", says="没有已审签、等待签发的答复稿。")
)
_awaits_endorsement = first_of(task_answers, _desk_is("issue", says="没有等待区级审定的答复稿。"))
_waits_for_somebody = first_of(
    task_answers, _desk_is("approval", "issue", "endorsed", says="没有等待审签、签发的答复稿。")
)
_owes_an_opinion = first_of(
    task_opines, unless(lambda task: task["answered_on"] is None, "会办意见已经提出。")
)
_opinion_to_check = first_of(
    _owes_an_opinion, _desk_is("opinion-check", says="没有等待核稿的会办意见。")
)
_opinion_to_issue = first_of(
    _owes_an_opinion, _desk_is("opinion-issue", says="没有已核稿、等待签发的会办意见。")
)
_opinion_with_somebody = first_of(
    _owes_an_opinion, _desk_is("opinion-check", "opinion-issue", says="没有送核的会办意见。")
)
_opinion_is_given = first_of(
    task_opines, unless(lambda task: task["answered_on"], "会办意见还没有提出。")
)
_is_unsettled = unless(lambda one: one["settled_on"] is None, "这项分歧已经解决。")
_holds = unless(lambda reply: reply["void_on"] is None, "这次答复已经退回重办。")
_is_unchecked = first_of(
    _holds, unless(lambda reply: reply["accepted_on"] is None, "这次答复已经审核。")
)
_rating_runs = first_of(
    _holds, unless(lambda reply: reply["closed_on"] is None, "这次评价已经结束。")
)
_is_not_asked = first_of(
    _rating_runs, unless(lambda reply: reply["asked_on"] is None, "已经请提案人评价。")
)
_is_asked = first_of(
    _rating_runs, unless(lambda reply: reply["asked_on"] is not None, "还没有请提案人评价。")
)
_is_to_meet = unless(
    lambda reply: reply["meeting_ordered_on"] is not None and reply["met_on"] is None,
    "没有等待进行的面商。",
)
_is_promised = unless(
    lambda promise: promise["kept_on"] is None and promise["state"] not in ("broken", "void"),
    "这项承诺已经了结。",
)
_is_reported = unless(lambda promise: promise["state"] == "reported", "没有等待核实的兑现报告。")
_change_is_asked = unless(
    lambda promise: promise["state"] == "change_asked", "没有等待审批的变更申请。"
)
_is_not_released = first_of(
    unless(lambda letter: letter["state"] != "void", "这份文书已经作废。"),
    unless(lambda letter: letter["state"] != "released", "已经公开。"),
)
_is_to_release = first_of(
    _is_not_released, unless(lambda letter: letter["decided"] == "open", "没有决定主动公开。")
)
_is_released = unless(lambda letter: letter["state"] == "released", "还没有公开。")
_not_looked_at = unless(lambda one: one["found_on"] is None, "已经回头看过。")


def _letter_words(standing: Standing) -> list[tuple[str, str]]:
    told = standing.told
    if not told:
        return []
    marks = [
        (
            f"建议遮盖 {one['start']}–{one['end']}",
            f"{one['text']}（{words.word(words.MASKED, one['kind'])}）",
        )
        for one in told.get("proposed", ())
    ]
    return [(str(told.get("title", "")), str(told.get("text", ""))), *marks]


def _reported(standing: Standing) -> list[tuple[str, str]]:
    promise = standing.thing
    return [("承诺", promise["text"]), ("报告", promise["reported"] or "")]


def _wanted(standing: Standing) -> list[tuple[str, str]]:
    wanted: Mapping[str, Any] = next(
        (
            one
            for one in standing.told.get("promises", ())
            if one["promise_id"] == standing.thing["promise_id"]
        ),
        {},
    )
    return [
        ("承诺", f"{standing.thing['text']}（{standing.thing['due_on']}前）"),
        ("改为", f"{wanted.get('wanted_text') or ''}（{wanted.get('wanted_due_on') or ''}前）"),
        ("理由", wanted.get("wanted_why") or standing.thing["why"] or ""),
    ]


CASE = "/proposals/{proposal_id}"
_of_task = upon("reply", "task", f"{CASE}/tasks/{{task_id}}", asks=CASE)
_of_reply = upon("reply", "reply", f"{CASE}/replies/{{reply_id}}", stage="rating")
_of_letter = upon("reply", "letter", f"{CASE}/letters/{{letter_id}}", stage="rating")
_of_promise = upon("reply", "promise", f"{CASE}/promises/{{promise_id}}", stage="keeping")
_of_contact = upon("reply", "contact", f"{CASE}/contacts/{{contact_id}}")
_of_disagreement = upon("reply", "disagreement", f"{CASE}/disagreements/{{disagreement_id}}")

ISSUING = (
    DRAFT,
    Field("summary", "摘要", "text", longest=200),
    Field("reason", "理由", "text", required=False, hint="C类、D类必填"),
    Field("evidence", "办结依据", "text", required=False, hint="A类必填"),
    Field(
        "promises",
        "承诺事项",
        "rows",
        required=False,
        hint="B类必填",
        rows=(
            Field("text", "事项"),
            Field("due_on", "完成期限", "date"),
            Field("owner", "责任人", required=False),
            Field("shown_by", "兑现的标志", required=False),
        ),
    ),
    Field(
        "without_opinions_because",
        "未附会办意见的原因",
        "text",
        required=False,
        hint="会办意见逾期未到、先行答复的填写，答复中会写明",
    ),
    Field("unanswered_because", "未逐条回应的原因", "text", required=False),
    Field("publication.attribute", "建议的公开属性", "choice", required=False, choices=OPENNESS),
    Field(
        "publication.reason_code", "不公开的理由", "choice", required=False, choices="disclosure"
    ),
    Field("publication.reason", "说明", "text", required=False),
    ATTACHMENTS,
)

FORMS = (
    _of_task(
        "contact",
        "contacts",
        "contact",
        "记录沟通",
        "先沟通再办件，沟通充分再回复。提案人会看到这条记录。",
        Field("kind", "方式", "choice", choices=tuple(words.CONTACTS.items())),
        Field("people", "提案人", "lines", hint="每行一人", preset="proposer_names", tall=2),
        Field("summary", "内容", "text"),
        Field("talked_on", "日期", "date", required=False, preset="today"),
        ATTACHMENTS,
        hindered=task_answers,
        asks="",
    ),
    _of_contact(
        "confirm-contact",
        "confirm",
        "confirm_contact",
        "确认沟通",
        "确认承办单位同您沟通过。由提案委代为登记的，附纸质件。",
        PROPOSER,
        *paper(required=False),
    ),
    _of_contact(
        "deny-contact",
        "deny",
        "confirm_contact",
        "没有沟通过",
        "说明实际情况，办公厅会看到。",
        PROPOSER,
        Field("says", "情况", "text"),
        *paper(required=False),
        weight="more",
    ),
    _of_task(
        "waive-contact",
        "waive-contact",
        "confirm_contact",
        "不必沟通",
        "提案人表示不必沟通，直接答复即可。",
        PROPOSER,
        *paper(required=False),
        hindered=first_of(
            task_answers, unless(lambda task: task["contacted_on"] is None, "已经沟通过。")
        ),
        asks="",
        weight="more",
    ),
    _of_task(
        "draft-opinion",
        "opinion/drafts",
        "opinion",
        "起草会办意见",
        "由本单位另一人核稿，负责人签发，报主办单位。",
        AFTER,
        Field("opinion", "会办意见", "text", tall=10),
        Field("contradicts", "与主办意见不一致之处", "text", required=False),
        ATTACHMENTS,
        hindered=_owes_an_opinion,
        preset=_next_opinion,
        shown=_what_went_back,
        version=AFTER.name,
        reads=_reads_opinion,
        previews="opinion",
    ),
    _of_task(
        "opinion",
        "opinion",
        "opinion",
        "直接提出会办意见",
        "规则集允许一步提出的，意见直接报主办单位，由主办单位统一答复提案人。",
        Field("opinion", "会办意见", "text", tall=10),
        Field("contradicts", "与主办意见不一致之处", "text", required=False),
        ATTACHMENTS,
        hindered=_owes_an_opinion,
        asks="",
        weight="more",
    ),
    _of_task(
        "check-opinion",
        "opinion/check",
        "check_opinion",
        "核稿会办意见",
        "由起草人以外的人核稿。",
        DRAFT,
        hindered=_opinion_to_check,
        preset=_this_opinion,
        reads=_reads_opinion,
    ),
    _of_task(
        "issue-opinion",
        "opinion/issue",
        "issue_opinion",
        "签发会办意见",
        "由负责人签发，报主办单位。",
        DRAFT,
        ATTACHMENTS,
        hindered=_opinion_to_issue,
        preset=_this_opinion,
        reads=_reads_opinion,
    ),
    _of_task(
        "issue-opinion-on-paper",
        "opinion/issue",
        "record_paper",
        "登记纸质会办意见",
        "负责人在纸上签发的，由经办人登记。",
        DRAFT,
        ATTACHMENTS,
        *paper(required=True),
        hindered=_opinion_with_somebody,
        preset=_this_opinion,
        reads=_reads_opinion,
        weight="more",
    ),
    _of_task(
        "send-back-opinion",
        "opinion/send-back",
        "check_opinion",
        "退改会办意见",
        "写明怎样修改。",
        DRAFT,
        WHY,
        hindered=_opinion_with_somebody,
        preset=_this_opinion,
        reads=_reads_opinion,
        weight="more",
    ),
    _of_task(
        "withdraw-opinion",
        "opinion/withdraw",
        "issue_opinion",
        "撤回会办意见",
        "主办单位答复之前可以撤回，重新提出。",
        WHY,
        hindered=_opinion_is_given,
        asks="",
        weight="grave",
    ),
    _of_disagreement(
        "raise-disagreement",
        "raise",
        "disagree",
        "提级协商",
        "本级商不成的，报请上一级。",
        WHY,
        hindered=_is_unsettled,
        weight="more",
    ),
    _of_disagreement(
        "settle-disagreement",
        "settle",
        "disagree",
        "解决分歧",
        "写明商定的结果。",
        Field("outcome", "结果", "text"),
        hindered=_is_unsettled,
    ),
    _of_task(
        "list-points",
        "points",
        "draft",
        "列出建议",
        "把提案中的建议逐条列出，答复须逐条回应。",
        Field("points", "建议", "lines", hint="每行一条", tall=6),
        hindered=_may_draft,
        preset=_points,
        weight="more",
    ),
    _of_task(
        "draft",
        "drafts",
        "draft",
        "拟稿",
        "逐条回应提案的建议；新的一稿取代前一稿。",
        AFTER,
        Field("text", "答复正文", "text", tall=18, longest=6000),
        Field("result_class", "结果类别", "choice", choices="classes"),
        Field(
            "answers",
            "逐条回应",
            "rows",
            required=False,
            hint="左边是列出的建议，右边写明怎样回应。",
            rows=(Field("point", "建议"), Field("answer", "回应")),
        ),
        hindered=_may_draft,
        preset=_next_draft,
        shown=_what_went_back,
        version=AFTER.name,
        reads=_reads_reply,
        previews="reply",
    ),
    _of_task(
        "approve",
        "approve",
        "approve",
        "审签",
        "由拟稿人以外的负责人审签最新一稿。",
        DRAFT,
        hindered=_awaits_approval,
        preset=_this_draft,
        reads=_reads_reply,
        stage="answering",
    ),
    _of_task(
        "send-back-draft",
        "send-back",
        "approve",
        "退改答复稿",
        "写明怎样修改。",
        DRAFT,
        WHY,
        hindered=_waits_for_somebody,
        preset=_this_draft,
        reads=_reads_reply,
        stage="answering",
        weight="more",
    ),
    _of_task(
        "ask-to-countersign",
        "ask-to-countersign",
        "draft",
        "送会签",
        "请会办单位在答复稿上会签。",
        DRAFT,
        hindered=_awaits_issue,
        preset=_this_draft,
        reads=_reads_reply,
        stage="answering",
        weight="more",
    ),
    _of_task(
        "countersign",
        "countersign",
        "countersign",
        "会签",
        "同意主办单位的答复稿。",
        Field("lead_task", "主办任务", "kept"),
        DRAFT,
        hindered=task_opines,
        preset=_to_countersign,
        reads=_reads_countersigned,
        stage="answering",
        weight="more",
    ),
    _of_task(
        "countersign-on-paper",
        "countersign",
        "record_paper",
        "登记纸质会签",
        "负责人在纸上会签的，由经办人登记。",
        Field("lead_task", "主办任务", "kept"),
        DRAFT,
        *paper(required=True),
        hindered=task_opines,
        preset=_to_countersign,
        reads=_reads_countersigned,
        stage="answering",
        weight="more",
    ),
    _of_task(
        "refuse-countersign",
        "refuse-countersign",
        "countersign",
        "不予会签",
        "退回主办单位修改，写明理由。",
        Field("lead_task", "主办任务", "kept"),
        DRAFT,
        WHY,
        hindered=task_opines,
        preset=_to_countersign,
        reads=_reads_countersigned,
        stage="answering",
        weight="more",
    ),
    _of_task(
        "endorse",
        "endorse",
        "endorse",
        "区级审定",
        "以区政府名义答复的，由区领导审定。",
        DRAFT,
        hindered=_awaits_endorsement,
        preset=_this_draft,
        reads=_reads_reply,
        stage="answering",
        weight="more",
    ),
    _of_task(
        "issue",
        "issue",
        "issue",
        "签发答复",
        "编定文号，发给提案人；并案的各件各得一份。",
        *ISSUING,
        hindered=_awaits_issue,
        preset=_this_draft,
        reads=_reads_reply,
        needs_fresh_sign_in=True,
        stage="answering",
    ),
    _of_task(
        "issue-on-paper",
        "issue",
        "record_paper",
        "登记纸质签发",
        "负责人在纸上签发的，由经办人登记。",
        *ISSUING,
        *paper(required=True),
        hindered=_awaits_issue,
        preset=_this_draft,
        reads=_reads_reply,
        needs_fresh_sign_in=True,
        stage="answering",
        weight="more",
    ),
    _of_reply(
        "accept-reply",
        "accept",
        "check",
        "审核通过",
        "答复合乎要求，可以请提案人评价。",
        hindered=_is_unchecked,
    ),
    _of_reply(
        "send-back-reply",
        "send-back",
        "check",
        "退回重办",
        "这次答复作废，由承办单位重新办理。",
        WHY,
        hindered=_is_unchecked,
        weight="grave",
    ),
    _of_reply(
        "change-class",
        "change-class",
        "check",
        "更正类别",
        "与办理结果不符的，由办公厅更正。",
        Field("result_class", "结果类别", "choice", choices="classes"),
        WHY,
        hindered=_holds,
        weight="more",
    ),
    _of_reply(
        "ask-for-ratings",
        "ask-for-ratings",
        "ask_ratings",
        "请提案人评价",
        "从今日起计算评价期限。",
        hindered=_is_not_asked,
    ),
    _of_reply(
        "rate",
        "ratings",
        "rate",
        "评价",
        "办理过程和办理结果分别评价；结果不满意的，重新办理。由提案委代为登记的，附纸质件。",
        PROPOSER,
        Field("process", "办理过程", "choice", choices=RATINGS),
        Field("result", "办理结果", "choice", choices=RATINGS),
        Field("comment", "意见", "text", required=False),
        *paper(required=False),
        hindered=_rating_runs,
    ),
    _of_reply(
        "remind-of-rating",
        "remind-of-rating",
        "ask_ratings",
        "提醒评价",
        "提醒还没有评价的提案人。",
        hindered=_is_asked,
        weight="more",
    ),
    _of_reply(
        "close-ratings",
        "close-ratings",
        "ask_ratings",
        "结束评价",
        "逾期未反馈的记为“未反馈”，不视为满意；此后承办单位可以看到评价。",
        hindered=_is_asked,
        weight="more",
    ),
    _of_reply(
        "hold-meeting",
        "hold-meeting",
        "hold_meeting",
        "登记面商",
        "再次不满意的，当面协商。",
        Field("held_on", "日期", "date", preset="today"),
        Field("people", "到场的人", "lines", hint="每行一人"),
        Field("result", "结果", "choice", choices=tuple(words.MEETINGS.items())),
        Field("outcome", "商定的内容", "text"),
        ATTACHMENTS,
        hindered=_is_to_meet,
    ),
    _of_reply(
        "second-answer",
        "second-answer",
        "issue",
        "二次答复",
        "承诺事项全部兑现以后，再次答复提案人。",
        Field("summary", "摘要", "text"),
        hindered=first_of(
            _holds, unless(lambda reply: reply["meaning"] == "in_progress", "限于B类答复。")
        ),
        stage="keeping",
        weight="more",
    ),
    _of_letter(
        "propose-publication",
        "propose-publication",
        "propose_publication",
        "建议公开属性",
        "不主动公开的，写明理由。",
        Field("attribute", "公开属性", "choice", choices=OPENNESS),
        *NOT_OPEN_WHY,
        hindered=_is_not_released,
        weight="more",
    ),
    _of_letter(
        "decide-publication",
        "decide-publication",
        "publish",
        "审定公开属性",
        "与建议不同的，写明理由。",
        Field("attribute", "公开属性", "choice", choices=OPENNESS),
        Field("form", "形式", "choice", choices=LETTER_FORMS),
        Field("why", "理由", "text", required=False),
        hindered=_is_not_released,
        weight="more",
    ),
    _of_letter(
        "release",
        "release",
        "publish",
        "公开",
        "先看要遮盖的地方：同意遮盖的写在上面一表，不必遮盖的写在下面一表。",
        Field("form", "形式", "choice", choices=LETTER_FORMS, preset="form"),
        Field(
            "mask",
            "遮盖",
            "rows",
            required=False,
            rows=(Field("start", "遮盖从", "number"), Field("end", "遮盖到", "number")),
        ),
        Field(
            "leave",
            "不遮盖",
            "rows",
            required=False,
            rows=(Field("start", "保留从", "number"), Field("end", "保留到", "number")),
        ),
        hindered=_is_to_release,
        asks="/proposals/{proposal_id}/letters/{letter_id}/masking",
        shown=_letter_words,
        needs_fresh_sign_in=True,
    ),
    _of_letter(
        "withdraw-release",
        "withdraw-release",
        "publish",
        "撤回公开",
        "写明理由；从公开页撤下。",
        WHY,
        hindered=_is_released,
        weight="grave",
    ),
    _of_promise(
        "promise-progress",
        "progress",
        "report_promise",
        "报告承诺进展",
        "写明办到哪一步。",
        Field("progress", "进展", "text"),
        hindered=_is_promised,
        weight="more",
    ),
    _of_promise(
        "report-kept",
        "report",
        "report_promise",
        "报告已兑现",
        "写明兑现的依据，由办公厅核实。",
        Field("evidence", "依据", "text"),
        ATTACHMENTS,
        hindered=first_of(
            _is_promised, unless(lambda one: one["state"] != "reported", "已经报告，请等待核实。")
        ),
    ),
    _of_promise(
        "keep",
        "keep",
        "keep_promise",
        "登记兑现",
        "核实以后登记；依据留空的，用承办单位报告的依据。",
        Field("evidence", "依据", "text", required=False),
        hindered=_is_promised,
        shown=_reported,
    ),
    _of_promise(
        "refuse-report",
        "refuse-report",
        "check_promise",
        "兑现未获认可",
        "写明还缺什么。",
        WHY,
        hindered=_is_reported,
        shown=_reported,
        weight="more",
    ),
    _of_promise(
        "ask-for-change",
        "ask-for-change",
        "change_promise",
        "申请变更承诺",
        "由负责人申请，写明新的内容、期限和理由。",
        Field("text", "承诺", "text", preset="text_of_promise"),
        Field("due_on", "完成期限", "date"),
        WHY,
        hindered=first_of(
            _is_promised,
            unless(lambda one: one["state"] != "change_asked", "已经申请，请等待审批。"),
        ),
        weight="more",
    ),
    _of_promise(
        "decide-change",
        "decide-change",
        "check_promise",
        "审批变更",
        "同意的，按新的内容和期限。",
        Field("granted", "同意变更", "yes", required=False),
        WHY,
        hindered=_change_is_asked,
        asks=CASE,
        shown=_wanted,
    ),
    _of_promise(
        "break-promise",
        "break",
        "check_promise",
        "认定未兑现",
        "写明理由；记入单位的成果转化情况。",
        WHY,
        hindered=_is_promised,
        weight="grave",
    ),
    _of_promise(
        "inherit-promise",
        "inherit",
        "check_promise",
        "移交承诺",
        "职责划转的，由接手的单位继续兑现。",
        Field("unit", "接手的单位", "unit"),
        WHY,
        hindered=_is_promised,
        weight="more",
    ),
    Form(
        code="open-look-back",
        act="reply.look_back",
        service="reply",
        path="/look-backs",
        title="开展回头看",
        says="按种子抽取一年的承诺和答复；同样的种子抽到同样的。",
        about="nothing",
        stage="keeping",
        fields=(
            Field("year", "年度", "number", preset="year"),
            Field("seed", "种子", hint="如会议上抽取的数字"),
        ),
        preset=lambda standing: {"year": standing.today.year},
        weight="more",
    ),
    upon("reply", "look_back", "/look-backs/{year}/proposals/{proposal_id}/items", stage="keeping")(
        "look-back",
        "{item}",
        "look_back",
        "登记回头看",
        "写明现在怎样。",
        Field("found", "结果", "choice", choices=tuple(words.FOUND.items())),
        Field("says", "情况", "text"),
        hindered=_not_looked_at,
    ),
)
