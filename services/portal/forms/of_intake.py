"""The acts of intake as forms: hand in, review, merge, make key."""

from services.portal.forms.fields import Field
from services.portal.forms.form import Form, Standing


def _awaits_review(standing: Standing) -> str | None:
    if standing.proposal["state"] != "submitted":
        return "这件提案已经审查。"
    return None


def _is_filed(standing: Standing) -> str | None:
    if standing.proposal["number"] is None:
        return "这件提案尚未立案。"
    return None


FORMS = (
    Form(
        code="submit",
        act="intake.submit",
        service="intake",
        path="/proposals",
        title="提交提案",
        says="一事一案：一件提案只写一件事，先写情况，再逐条写建议。",
        about="nothing",
        fields=(
            Field("title", "案由", hint="如：关于加快推进老旧住宅加装电梯的提案", longest=60),
            Field("text", "正文", "text", tall=16, longest=1500),
            Field("year", "年度", "number", preset="year"),
            Field("kind", "提出方式", "choice", choices="kinds"),
            Field(
                "proposers",
                "提案人",
                "rows",
                hint="第一行为第一提案人。",
                rows=(Field("name", "姓名或名称"), Field("person", "人员编号", required=False)),
            ),
            Field("category", "类别", "choice", required=False, choices="categories"),
            Field("suggested_units", "建议的承办单位", "units", required=False, hint="至多三家"),
            Field("wants_publication", "愿意公开", "yes", required=False, preset="yes"),
        ),
    ),
    Form(
        code="accept",
        act="intake.review",
        service="intake",
        path="/proposals/{proposal_id}/accept",
        title="立案",
        says="审查通过，编定案号。案号留空的，取本年度最小的空号。",
        about="proposal",
        fields=(Field("number", "案号", required=False, hint="年度加四位数字"),),
        hindered=_awaits_review,
    ),
    Form(
        code="decline",
        act="intake.review",
        service="intake",
        path="/proposals/{proposal_id}/decline",
        title="不予立案",
        says="选择规则集所列的理由，提案人会看到。",
        about="proposal",
        fields=(Field("reason_code", "理由", "choice", choices="decline_reasons"),),
        hindered=_awaits_review,
        weight="grave",
    ),
    Form(
        code="designate-key",
        act="intake.review",
        service="intake",
        path="/proposals/{proposal_id}/designate-key",
        title="确定为重点提案",
        says="明确领办领导和督办单位。",
        about="proposal",
        fields=(Field("leader", "领办领导"), Field("supervised_by", "督办单位", "unit")),
        hindered=_is_filed,
        weight="more",
    ),
    Form(
        code="merge",
        act="intake.review",
        service="intake",
        path="/groups",
        title="并案",
        says="内容相同或相似的提案合并办理；各自保留案号和提案人，各得一份答复。",
        about="proposal",
        fields=(
            Field("main", "主件", "choice", choices="proposals", preset="proposal_id"),
            Field("members", "并入的提案", "lines", choices="proposals", hint="每行一个提案编号"),
            Field("why", "理由", "text"),
        ),
        hindered=_is_filed,
        weight="more",
    ),
)
