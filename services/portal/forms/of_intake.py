"""A proposal is handed in, looked at, filed or not, withdrawn, made a key one."""

from collections.abc import Mapping
from typing import Any

from services.portal.domain import words
from services.portal.forms.asking import WHY
from services.portal.forms.fields import Field
from services.portal.forms.form import Form, Hindrance, Standing, upon
from services.portal.forms.hindering import first_of, is_filed, unless_proposal
from services.portal.forms.of_draft import ATTACHMENTS, KINDS, ON_WHOSE_BEHALF, PERSON, WISHES
from services.portal.forms.of_merging import similar_words
from shared.contracts.registry import Post

ADVICE = tuple(words.ADVICE.items())


def _is_in(*states: str, says: str) -> Hindrance:
    return unless_proposal(lambda one: one["state"] in states, says)


_awaits_review = _is_in("submitted", says="这件提案已经审查。")
_was_sent_back = _is_in("sent_back", says="没有退回修改的提案。")
_is_open = _is_in(
    "submitted", "sent_back", "accepted", "merged", "handling", "redo", says="这件提案已经办结。"
)
_is_key = unless_proposal(lambda one: one["is_key"], "这件提案不是重点提案。")
_is_not_key = unless_proposal(lambda one: not one["is_key"], "这件提案已经是重点提案。")


def _this_year(standing: Standing) -> Mapping[str, Any]:
    return {"year": standing.today.year}


def _their_own(standing: Standing) -> Mapping[str, Any]:
    """Members put their own proposals: their name stands there already."""
    caller = standing.caller
    if caller.post != Post.PROPOSER:
        return _this_year(standing)
    themselves = {"name": caller.name, "person": caller.on_behalf_of or caller.person}
    own = {"kind": "single", "put_by": "member", "proposers": [themselves]}
    return {**_this_year(standing), **own}


def _these_units(standing: Standing) -> Mapping[str, Any]:
    return {
        name: standing.proposal.get(name)
        for name in ("title", "text", "suggested_units", "wants_publication")
    }


_of_proposal = upon("intake", "proposal", "/proposals/{proposal_id}", stage="filing")
FORMS = (
    Form(
        code="submit",
        act="intake.submit",
        service="intake",
        path="/proposals",
        title="提交提案",
        says="一事一案：一件提案只写一件事，先写情况，再逐条写建议。",
        about="nothing",
        stage="filing",
        fields=(
            Field("title", "案由", hint="如：关于加快推进老旧住宅加装电梯的提案", longest=60),
            Field("text", "正文", "text", tall=16, longest=1500),
            Field("year", "年度", "number", preset="year"),
            Field("kind", "提出方式", "choice", choices=KINDS),
            Field(
                "proposers",
                "提案人",
                "rows",
                hint="第一行为第一提案人；写姓名或名称即可，同名的再写人员编号。",
                rows=(Field("name", "姓名或名称", "member"), PERSON),
            ),
            *ON_WHOSE_BEHALF,
            *WISHES,
        ),
        preset=_their_own,
    ),
    Form(
        code="look-for-similar",
        act="intake.similar",
        service="intake",
        path="/similar",
        title="查相似提案",
        says="提交之前，看看有没有人提过。",
        about="nothing",
        stage="filing",
        fields=(
            Field("title", "案由"),
            Field("text", "正文", "text", required=False, tall=6, hint="有正文的，理由说得更全"),
        ),
        answers=True,
        weight="more",
    ),
    _of_proposal(
        "accept",
        "accept",
        "review",
        "立案",
        "审查通过，编定案号。案号留空的，取本年度最小的空号。",
        Field("number", "案号", required=False, hint="年度加四位数字"),
        Field("one_matter", "一事一案", "yes", required=False, preset="yes"),
        Field("category", "类别", "choice", required=False, choices="categories"),
        hindered=_awaits_review,
        asks="/proposals/{proposal_id}/similar",
        shown=similar_words,
    ),
    _of_proposal(
        "advise",
        "advise",
        "review",
        "初审意见",
        "审查组的建议，供审定时参考。",
        Field("review_group", "审查组", required=False, choices="review_groups", kind="choice"),
        Field("advice", "建议", "choice", choices=ADVICE),
        WHY,
        hindered=_awaits_review,
        weight="more",
    ),
    _of_proposal(
        "categorise",
        "categorise",
        "review",
        "归类",
        "类别决定由哪个审查组审查。",
        Field("category", "类别", "choice", choices="all_categories"),
        hindered=_awaits_review,
        weight="more",
    ),
    _of_proposal(
        "send-back-proposal",
        "send-back",
        "review",
        "退回修改",
        "提案人会看到理由，修改后再交。",
        WHY,
        hindered=_awaits_review,
        weight="more",
    ),
    _of_proposal(
        "revise",
        "revise",
        "submit",
        "修改后再交",
        "按退回的理由修改。",
        Field("title", "案由", longest=60),
        Field("text", "正文", "text", tall=16, longest=1500),
        Field("suggested_units", "建议的承办单位", "units", required=False),
        Field("wants_publication", "愿意公开", "yes", required=False),
        ATTACHMENTS,
        hindered=_was_sent_back,
        preset=_these_units,
    ),
    _of_proposal(
        "turn",
        "turn",
        "review",
        "转办",
        "不作提案立案，转作社情民意等处理。",
        Field("into", "转作", "choice", choices="turned_into"),
        WHY,
        hindered=_awaits_review,
        weight="more",
    ),
    _of_proposal(
        "decline",
        "decline",
        "review",
        "不予立案",
        "选择规则集所列的理由，提案人会看到。",
        Field("reason_code", "理由", "choice", choices="decline_reasons"),
        hindered=_awaits_review,
        weight="grave",
    ),
    _of_proposal(
        "withdraw-proposal",
        "withdraw",
        "withdraw",
        "撤案",
        "各承办单位停止办理。",
        WHY,
        hindered=_is_open,
        weight="grave",
    ),
    _of_proposal(
        "designate-key",
        "designate-key",
        "review",
        "确定为重点提案",
        "明确领办领导和督办单位。",
        Field("leader", "领办领导"),
        Field("supervised_by", "督办单位", "unit"),
        hindered=first_of(is_filed, _is_not_key),
        weight="more",
    ),
    _of_proposal(
        "take-back-key",
        "take-back-key",
        "review",
        "取消重点",
        "写明为什么不再作为重点提案。",
        WHY,
        hindered=_is_key,
        weight="more",
    ),
)
