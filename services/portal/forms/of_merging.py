"""Proposals that ask the same: found, merged, objected to, parted, linked."""

from collections.abc import Mapping
from typing import Any

from services.portal.domain import words
from services.portal.forms.asking import WHY
from services.portal.forms.fields import Field
from services.portal.forms.form import Standing, upon
from services.portal.forms.hindering import first_of, is_filed, unless_proposal

VERDICTS = tuple(words.VERDICTS.items())
CASE = "案号；还没有案号的，写提案页的网址"
CASES = f"每行一个{CASE}"
MAIN = Field("main", "主件", "kept")
TO_MERGE = Field("members", "并入的提案", "cases", hint=CASES)

_is_merged = unless_proposal(lambda one: one["merged_into"], "这件提案没有并入他案。")
_is_main = first_of(
    is_filed,
    unless_proposal(
        lambda one: one["group_main"] == one["proposal_id"], "这件提案不是并案的主件。"
    ),
)


def _this_main(standing: Standing) -> Mapping[str, Any]:
    return {"main": standing.proposal["proposal_id"]}


def similar_words(standing: Standing) -> list[tuple[str, str]]:
    """The proposals like this one, and why each is."""
    return [
        (f"{one.get('number') or one['year']} {one['title']}", str(one["why"]))
        for one in standing.told.get("cases", ())
    ]


_of_proposal = upon("intake", "proposal", "/proposals/{proposal_id}", stage="filing")
_of_group = upon("intake", "proposal", "/groups/{main}", stage="filing")
FORMS = (
    upon("intake", "proposal", "", stage="filing")(
        "merge",
        "groups",
        "merge",
        "并案",
        "内容相同或相似的提案合并办理；各自保留案号和提案人，各得一份答复。",
        MAIN,
        TO_MERGE,
        WHY,
        hindered=is_filed,
        preset=_this_main,
        asks="/proposals/{proposal_id}/similar",
        shown=similar_words,
        weight="more",
    ),
    _of_group(
        "join-group",
        "members",
        "merge",
        "再并入他案",
        "并入已有的一组。",
        MAIN,
        TO_MERGE,
        WHY,
        hindered=_is_main,
        preset=_this_main,
        weight="more",
    ),
    _of_group(
        "undo-merge",
        "undo",
        "merge",
        "解除并案",
        "不写明哪几件的，全组解除。",
        MAIN,
        Field("members", "解除的提案", "cases", required=False, hint=CASES),
        WHY,
        Field(
            "policy",
            "期限",
            "choice",
            required=False,
            choices=(("restart", "重新计期"), ("keep", "保留原期限")),
        ),
        hindered=_is_main,
        preset=_this_main,
        weight="grave",
    ),
    _of_proposal(
        "object-to-merge",
        "object",
        "object",
        "对并案提出异议",
        "不同意并入他案的，在期限内提出。",
        WHY,
        hindered=_is_merged,
        weight="more",
    ),
    _of_proposal(
        "refuse-objection",
        "refuse-objection",
        "merge",
        "驳回并案异议",
        "维持并案，提案人会看到理由。",
        WHY,
        hindered=_is_merged,
        weight="more",
    ),
    _of_proposal(
        "link",
        "link",
        "review",
        "关联",
        "与往年或者他案有关，不合并办理。",
        Field("other", "有关的提案", "case", hint=CASE),
        WHY,
        weight="more",
    ),
    _of_proposal(
        "judge-similar",
        "similar/{other}",
        "review",
        "判断相似",
        "系统只作提示，由人判断；判断用于改进提示。",
        Field("other", "相似的提案", "case", hint=CASE),
        Field("answer", "判断", "choice", choices=VERDICTS),
        asks="/proposals/{proposal_id}/similar",
        shown=similar_words,
        weight="more",
    ),
)
