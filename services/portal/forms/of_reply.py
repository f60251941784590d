"""The acts of reply as forms: list points, draft, approve, countersign, endorse, issue."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.portal.domain import words
from services.portal.domain.versions import Named, Reading, hands_of_reply, reading, replies_of
from services.portal.forms.asking import ATTACHMENTS, WHY, paper
from services.portal.forms.drafts import (
    AFTER,
    DRAFT,
    address_at,
    newest_reply,
    of_task,
    what_went_back,
)
from services.portal.forms.fields import Field
from services.portal.forms.form import Facts, Standing
from services.portal.forms.hindering import desk_is, first_of, task_answers, task_opines, unless

STAND = Field("stand", "打开时的清单", "kept", required=False)
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
    Field(
        "publication.attribute",
        "建议的公开属性",
        "choice",
        required=False,
        choices=tuple(words.OPENNESS.items()),
    ),
    Field(
        "publication.reason_code", "不公开的理由", "choice", required=False, choices="disclosure"
    ),
    Field("publication.reason", "说明", "text", required=False),
    ATTACHMENTS,
)

_may_draft = first_of(
    task_answers,
    unless(lambda task: task["desk"] not in ("issue", "endorsed"), "答复稿已经审签，等待签发。"),
)
_awaits_approval = first_of(task_answers, desk_is("approval", says="没有等待审签的答复稿。"))
_awaits_issue = first_of(
    task_answers, desk_is("issue", "endorsed", says="没有已审签、等待签发的答复稿。")
)
_awaits_endorsement = first_of(task_answers, desk_is("issue", says="没有等待区级审定的答复稿。"))
_waits_for_somebody = first_of(
    task_answers, desk_is("approval", "issue", "endorsed", says="没有等待审签、签发的答复稿。")
)


def _points(standing: Standing) -> Mapping[str, Any]:
    told = standing.told
    return {
        "points": [point["says"] for point in told.get("points", ())],
        "stand": told.get("points_stand"),
    }


def _this_draft(standing: Standing) -> Mapping[str, Any]:
    return {"draft": draft["draft"]} if (draft := newest_reply(standing)) else {}


def _next_draft(standing: Standing) -> Mapping[str, Any]:
    draft, points = newest_reply(standing), standing.told.get("points", ())
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
    at = address_at(standing, task_id, f"rounds/{found.shown.round}/drafts/{found.shown.number}")
    return replace(found, pages=f"{at}/pages", answers_at=at)


FORMS = (
    of_task(
        "list-points",
        "points",
        "draft",
        "列出建议",
        "把提案中的建议逐条列出，答复须逐条回应。",
        STAND,
        Field("points", "建议", "lines", hint="每行一条", tall=6),
        hindered=_may_draft,
        preset=_points,
        version=STAND.name,
        weight="more",
    ),
    of_task(
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
        shown=what_went_back,
        version=AFTER.name,
        reads=_reads_reply,
        previews="reply",
    ),
    of_task(
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
    of_task(
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
    of_task(
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
    of_task(
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
    of_task(
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
    of_task(
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
    of_task(
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
    of_task(
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
    of_task(
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
)
