"""The acts of intake as forms: draft, hand in, sign, review, merge, make key, import."""

from collections.abc import Mapping
from typing import Any

from services.portal.domain import words
from services.portal.forms.asking import WHY
from services.portal.forms.fields import Field
from services.portal.forms.form import Form, Hindrance, Standing, upon
from services.portal.forms.hindering import first_of, is_filed, unless_proposal
from shared.contracts.registry import Post

KINDS = tuple(words.KINDS.items())
PUT_BY = (
    ("member", "委员"),
    ("party", "民主党派"),
    ("body", "人民团体"),
    ("committee", "专门委员会"),
    ("sector", "界别"),
    ("group", "委员小组"),
)
ADVICE = tuple(words.ADVICE.items())
VERDICTS = tuple(words.VERDICTS.items())
ATTACHMENTS = Field(
    "attachments", "附件", "files", required=False, parts=("name", "digest"), kept_by="intake"
)
CASE = "案号；还没有案号的，写提案页的网址"
CASES = f"每行一个{CASE}"
PERSON = Field("person", "人员编号", required=False)


def _is_in(*states: str, says: str) -> Hindrance:
    return unless_proposal(lambda one: one["state"] in states, says)


_awaits_review = _is_in("submitted", says="这件提案已经审查。")
_was_sent_back = _is_in("sent_back", says="没有退回修改的提案。")
_is_open = _is_in(
    "submitted", "sent_back", "accepted", "merged", "handling", "redo", says="这件提案已经办结。"
)
_is_merged = unless_proposal(lambda one: one["merged_into"], "这件提案没有并入他案。")
_is_main = first_of(
    is_filed,
    unless_proposal(
        lambda one: one["group_main"] == one["proposal_id"], "这件提案不是并案的主件。"
    ),
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


def _this_main(standing: Standing) -> Mapping[str, Any]:
    return {"main": standing.proposal["proposal_id"]}


def _these_units(standing: Standing) -> Mapping[str, Any]:
    return {
        name: standing.proposal.get(name)
        for name in ("title", "text", "suggested_units", "wants_publication")
    }


_of_proposal = upon("intake", "proposal", "/proposals/{proposal_id}", stage="filing")
_of_draft = upon("intake", "nothing", "/drafts/{draft_id}", stage="filing", room="drafts")
DRAFT_ID = Field("draft_id", "草稿", "kept")
WRITING = (
    Field(
        "title", "案由", required=False, hint="如：关于加快推进老旧住宅加装电梯的提案", longest=60
    ),
    Field("text", "正文", "text", required=False, tall=16, longest=1500),
    Field("kind", "提出方式", "choice", required=False, choices=KINDS),
    Field("put_by", "提出者", "choice", required=False, choices=PUT_BY),
    Field("body", "单位名称", required=False, hint="党派、团体、专委会等填写"),
    Field("convenor", "召集人", required=False, hint="界别、小组提案填写"),
    Field("sealed", "已加盖公章", "yes", required=False),
    Field(
        "joint",
        "联名人",
        "rows",
        required=False,
        hint="联名提案填写，写姓名即可，同名的再写人员编号；各人另行签名。",
        rows=(Field("name", "姓名", "member"), PERSON),
    ),
    Field("category", "类别", "choice", required=False, choices="categories"),
    Field("suggested_units", "建议的承办单位", "units", required=False, hint="至多三家"),
    Field("wants_publication", "愿意公开", "yes", required=False, preset="yes"),
    ATTACHMENTS,
)


def _draft_words(standing: Standing) -> list[tuple[str, str]]:
    told = standing.told
    return [("案由", str(told.get("title", ""))), ("正文", str(told.get("text", "")))]


def _import_words(standing: Standing) -> list[tuple[str, str]]:
    told = standing.told
    return [
        ("文件", str(told.get("file_name", ""))),
        ("行数", f"{told.get('total', 0)}行，已检查{told.get('checked', 0)}行"),
        ("问题", f"{told.get('faults', 0)}处错误，{told.get('hints', 0)}处提示"),
        *(
            (f"第{one['row']}行{one['column']}", str(one["says"]))
            for one in told.get("findings", ())
        ),
    ]


def _similar_words(standing: Standing) -> list[tuple[str, str]]:
    return [
        (f"{one.get('number') or one['year']} {one['title']}", str(one["why"]))
        for one in standing.told.get("cases", ())
    ]


IMPORT_ID = Field("import_id", "导入", "kept")
FORMS = (
    Form(
        code="begin-draft",
        act="intake.draft",
        service="intake",
        path="/drafts",
        title="起草提案",
        says="先存为草稿，可以随时修改；联名的各自签名以后再提交。",
        about="nothing",
        stage="filing",
        fields=WRITING,
        leads_to=("save-draft", "submit-draft"),
    ),
    _of_draft(
        "save-draft",
        "",
        "draft",
        "继续写草稿",
        "别处也改过的，不会互相覆盖：请先看最新的一稿。",
        DRAFT_ID,
        Field("version", "版本", "kept"),
        *WRITING,
        method="PUT",
        asks="/drafts/{draft_id}",
        version="version",
    ),
    _of_draft(
        "submit-draft",
        "submit",
        "draft",
        "提交草稿",
        "提交以后由提案委审查。",
        DRAFT_ID,
        asks="/drafts/{draft_id}",
        shown=_draft_words,
    ),
    _of_draft(
        "ask-signatures",
        "ask-signatures",
        "draft",
        "请联名人签名",
        "各联名人会在工作台看到，可以同意或者不同意。",
        DRAFT_ID,
        asks="/drafts/{draft_id}",
        shown=_draft_words,
        weight="more",
    ),
    _of_draft(
        "throw-away-draft",
        "",
        "draft",
        "删除草稿",
        "删除以后不能恢复。",
        DRAFT_ID,
        method="DELETE",
        asks="/drafts/{draft_id}",
        shown=_draft_words,
        weight="grave",
    ),
    _of_draft(
        "sign-draft",
        "sign",
        "sign",
        "联名签名",
        "同意以下文字，作为联名提案人。",
        DRAFT_ID,
        asks="/drafts/{draft_id}",
        shown=_draft_words,
    ),
    _of_draft(
        "decline-to-sign",
        "decline",
        "sign",
        "不联名",
        "起草人会看到理由。",
        DRAFT_ID,
        Field("why", "理由", "text", required=False),
        asks="/drafts/{draft_id}",
        shown=_draft_words,
        weight="more",
    ),
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
            Field("put_by", "提出者", "choice", required=False, choices=PUT_BY),
            Field("body", "单位名称", required=False, hint="党派、团体、专委会等填写"),
            Field("convenor", "召集人", required=False, hint="界别、小组提案填写"),
            Field("sealed", "已加盖公章", "yes", required=False),
            Field("category", "类别", "choice", required=False, choices="categories"),
            Field("suggested_units", "建议的承办单位", "units", required=False, hint="至多三家"),
            Field("wants_publication", "愿意公开", "yes", required=False, preset="yes"),
            ATTACHMENTS,
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
        shown=_similar_words,
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
    upon("intake", "proposal", "", stage="filing")(
        "merge",
        "groups",
        "merge",
        "并案",
        "内容相同或相似的提案合并办理；各自保留案号和提案人，各得一份答复。",
        Field("main", "主件", "kept"),
        Field("members", "并入的提案", "cases", hint=CASES),
        WHY,
        hindered=is_filed,
        preset=_this_main,
        asks="/proposals/{proposal_id}/similar",
        shown=_similar_words,
        weight="more",
    ),
    upon("intake", "proposal", "/groups/{main}", stage="filing")(
        "join-group",
        "members",
        "merge",
        "再并入他案",
        "并入已有的一组。",
        Field("main", "主件", "kept"),
        Field("members", "并入的提案", "cases", hint=CASES),
        WHY,
        hindered=_is_main,
        preset=_this_main,
        weight="more",
    ),
    upon("intake", "proposal", "/groups/{main}", stage="filing")(
        "undo-merge",
        "undo",
        "merge",
        "解除并案",
        "不写明哪几件的，全组解除。",
        Field("main", "主件", "kept"),
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
        shown=_similar_words,
        weight="more",
    ),
    Form(
        code="bring-import",
        act="intake.import",
        service="intake",
        path="/imports",
        title="导入表格",
        says="先检查，再确认；确认之前什么都不写入。",
        about="nothing",
        stage="filing",
        room="imports",
        fields=(
            Field(
                "kind",
                "内容",
                "choice",
                choices=(("hand_over", "提案及交办清单"), ("archive", "往年档案")),
            ),
            Field("file", "表格文件", "file", parts=("name",), hint="xlsx、xls、ods 或 csv"),
        ),
        sends="file",
        leads_to=("check-import",),
    ),
    Form(
        code="check-import",
        act="intake.import",
        service="intake",
        path="/imports/{import_id}/check",
        title="检查导入",
        says="逐行检查，什么都不写入。",
        about="nothing",
        stage="filing",
        room="imports",
        fields=(IMPORT_ID,),
        asks="/imports/{import_id}",
        shown=_import_words,
        leads_to=("check-import", "confirm-import"),
    ),
    Form(
        code="confirm-import",
        act="intake.import",
        service="intake",
        path="/imports/{import_id}/confirm",
        title="确认导入",
        says="按检查过的内容写入。",
        about="nothing",
        stage="filing",
        room="imports",
        fields=(IMPORT_ID, Field("digest", "摘要", "kept")),
        asks="/imports/{import_id}",
        shown=_import_words,
        weight="grave",
    ),
)
