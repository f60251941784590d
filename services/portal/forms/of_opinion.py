"""The acts of reply as forms: opine, check and issue an opinion; settle disagreements."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.portal.domain.versions import Named, Reading, hands_of_opinion, opinions_of, reading
from services.portal.forms.asking import ATTACHMENTS, WHY, paper
from services.portal.forms.drafts import (
    AFTER,
    DRAFT,
    address_at,
    newest_opinion,
    of_task,
    what_went_back,
)
from services.portal.forms.fields import Field
from services.portal.forms.form import Facts, Standing, upon
from services.portal.forms.hindering import desk_is, first_of, task_opines, unless

_owes_an_opinion = first_of(
    task_opines, unless(lambda task: task["answered_on"] is None, "会办意见已经提出。")
)
_opinion_to_check = first_of(
    _owes_an_opinion, desk_is("opinion-check", says="没有等待核稿的会办意见。")
)
_opinion_to_issue = first_of(
    _owes_an_opinion, desk_is("opinion-issue", says="没有已核稿、等待签发的会办意见。")
)
_opinion_with_somebody = first_of(
    _owes_an_opinion, desk_is("opinion-check", "opinion-issue", says="没有送核的会办意见。")
)
_opinion_is_given = first_of(
    task_opines, unless(lambda task: task["answered_on"], "会办意见还没有提出。")
)
_is_unsettled = unless(lambda one: one["settled_on"] is None, "这项分歧已经解决。")


def _this_opinion(standing: Standing) -> Mapping[str, Any]:
    return {"draft": opinion["draft"]} if (opinion := newest_opinion(standing)) else {}


def _next_opinion(standing: Standing) -> Mapping[str, Any]:
    opinion = newest_opinion(standing)
    return {
        "after": opinion.get("draft", 0) if standing.told else None,
        "opinion": opinion.get("text"),
        "contradicts": opinion.get("contradicts"),
    }


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
        found, pages=address_at(standing, task_id, f"opinion/drafts/{found.shown.number}/pages")
    )


_of_disagreement = upon(
    "reply", "disagreement", "/proposals/{proposal_id}/disagreements/{disagreement_id}"
)

FORMS = (
    of_task(
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
        shown=what_went_back,
        version=AFTER.name,
        reads=_reads_opinion,
        previews="opinion",
    ),
    of_task(
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
    of_task(
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
    of_task(
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
    of_task(
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
    of_task(
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
    of_task(
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
)
