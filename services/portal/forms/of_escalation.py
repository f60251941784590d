"""The acts of escalation as forms: flag, settle, supervise, inspect; messages and subscriptions."""

from collections.abc import Mapping
from typing import Any

from services.portal.domain import words
from services.portal.forms.asking import BY_NAME
from services.portal.forms.fields import Field
from services.portal.forms.form import Standing, upon
from services.portal.forms.hindering import is_handled, unless

SAYS = Field("says", "情况", "text")
HELD_ON = Field("held_on", "日期", "date", preset="today")
CHANNELS = tuple(words.CHANNELS.items())
LANGUAGES = (("zh-CN", "简体中文"), ("zh-HK", "繁體中文"), ("en", "English"))

_is_undecided = unless(
    lambda matter: matter["decided_on"] is None and matter["dismissed_on"] is None,
    "这个事项已经决定。",
)
_is_to_carry_out = unless(
    lambda matter: matter["decided_on"] is not None and matter["carried_out_on"] is None,
    "没有等待落实的决定。",
)
_is_decided = unless(lambda matter: matter["decided_on"] is not None, "这个事项还没有决定。")
_is_under_supervision = unless(lambda one: one["closed_on"] is None, "这次督办已经办结。")
_is_unanswered = unless(lambda one: one["answered_on"] is None, "已经反馈。")
_is_promised = unless(lambda one: one["kept_on"] is None, "这项承诺已经兑现。")


def _matter_words(standing: Standing) -> list[tuple[str, str]]:
    return [("情况", standing.thing["evidence"] or "")]


def _demand(standing: Standing) -> list[tuple[str, str]]:
    thing = standing.thing
    return [
        (label, thing[name])
        for name, label in (("demand", "要求"), ("says", "问题"), ("answer", "反馈"))
        if thing.get(name)
    ]


def _parked(standing: Standing) -> list[tuple[str, str]]:
    return [
        (f"位置{one['position']}", f"{words.PARKED[one['state']]}：{one['type']} {one['why']}")
        for one in standing.told.get("parked", ())
    ]


def _refused(standing: Standing) -> Mapping[str, Any]:
    """The first one that the other side would not take."""
    parked = standing.told.get("parked", ())
    return next(({"position": one["position"]} for one in parked if one["state"] == "refused"), {})


_of_proposal = upon("escalation", "proposal", "/proposals/{proposal_id}", stage="watching")
_of_matter = upon(
    "escalation", "matter", "/proposals/{proposal_id}/matters/{matter_id}", stage="watching"
)
_of_supervision = upon(
    "escalation",
    "supervision",
    "/proposals/{proposal_id}/supervisions/{supervision_id}",
    stage="watching",
)
_of_notices = upon("escalation", "nothing", "", room="notices", stage="watching")
SUBSCRIPTION = Field("subscription_id", "订阅", "kept")

FORMS = (
    _of_proposal(
        "flag",
        "matters",
        "flag",
        "提请市级协调",
        "本级难以解决的，写明情况和涉及的单位。",
        Field("evidence", "情况", "text", tall=6),
        Field("parties", "涉及的单位", "units"),
        hindered=is_handled,
        weight="more",
    ),
    upon(
        "escalation", "promise", "/proposals/{proposal_id}/promises/{promise_id}", stage="keeping"
    )(
        "blocked",
        "blocked",
        "report_blocked",
        "报告承诺受阻",
        "因他单位原因不能兑现的，报请市级协调。",
        Field("blocked_by", "受阻于", "unit"),
        Field("why", "情况", "text"),
        hindered=_is_promised,
        weight="more",
    ),
    _of_matter(
        "state-position",
        "positions",
        "state_position",
        "表明意见",
        "涉及的单位各自说明意见，供协调参考。",
        Field("position", "意见", "text", tall=6),
        hindered=_is_undecided,
        shown=_matter_words,
    ),
    _of_matter(
        "matter-meeting",
        "meetings",
        "hold_meeting",
        "登记协调会",
        "登记日期、到会单位和纪要。",
        HELD_ON,
        Field("present", "到会单位", "units"),
        Field("minutes", "纪要", "text", tall=8),
        hindered=_is_undecided,
        shown=_matter_words,
    ),
    _of_matter(
        "decide-matter",
        "decide",
        "decide",
        "作出协调决定",
        "决定有约束力，各单位遵照执行；改由他单位主办的，重新计期。",
        Field("decision", "决定", "text", tall=6),
        Field("effect.kind", "效果", "choice", choices=tuple(words.EFFECTS.items())),
        Field("effect.lead", "新的主办单位", "unit", required=False, hint="改定主办时填写"),
        Field("effect.unit", "单位", "unit", required=False, hint="调整角色、期限或请求支持时填写"),
        Field(
            "effect.role", "新角色", "choice", required=False, choices=tuple(words.ROLES.items())
        ),
        Field("effect.due_on", "新期限", "date", required=False),
        hindered=_is_undecided,
        shown=_matter_words,
        needs_fresh_sign_in=True,
    ),
    _of_matter(
        "dismiss-matter",
        "dismiss",
        "dismiss",
        "不予协调",
        "不需要市级协调的，写明理由。",
        Field("why", "理由", "text"),
        hindered=_is_undecided,
        shown=_matter_words,
        weight="more",
    ),
    _of_matter(
        "carry-out",
        "carry-out",
        "follow_up",
        "登记决定落实",
        "写明怎样落实的。",
        SAYS,
        hindered=_is_to_carry_out,
    ),
    _of_matter(
        "follow-up",
        "follow-ups",
        "follow_up",
        "跟进决定",
        "记录落实中的情况。",
        SAYS,
        hindered=_is_decided,
        weight="more",
    ),
    _of_proposal(
        "supervise",
        "supervisions",
        "supervise",
        "督办",
        "发出督办单，写明要求；不填日期的，按规则集计算。",
        Field("unit", "督办对象", "unit"),
        Field("demand", "要求", "text"),
        Field("answer_by", "反馈期限", "date", required=False),
        hindered=is_handled,
        weight="more",
    ),
    _of_supervision(
        "answer-supervision",
        "answer",
        "answer_supervision",
        "反馈督办",
        "按督办单的要求反馈。",
        SAYS,
        hindered=_is_unanswered,
        shown=_demand,
    ),
    _of_supervision(
        "close-supervision",
        "close",
        "supervise",
        "办结督办",
        "写明结果。",
        Field("result", "结果", "text"),
        hindered=_is_under_supervision,
        shown=_demand,
    ),
    _of_proposal(
        "inspect",
        "inspections",
        "inspect",
        "登记督查",
        "登记现场督查的进展、成效和发现的问题。",
        HELD_ON,
        Field("place", "地点"),
        Field("units", "受查单位", "units"),
        Field("progress", "进展", "text", required=False),
        Field("effect", "成效", "text", required=False),
        Field(
            "findings",
            "发现的问题",
            "rows",
            required=False,
            rows=(
                Field("unit", "单位", "unit"),
                Field("says", "问题"),
                Field("answer_by", "整改期限", "date", required=False),
            ),
        ),
        hindered=is_handled,
        weight="more",
    ),
    upon(
        "escalation",
        "finding",
        "/proposals/{proposal_id}/inspections/{inspection_id}/findings/{finding_id}",
        stage="watching",
    )(
        "answer-finding",
        "answer",
        "answer_finding",
        "反馈整改",
        "说明整改情况。",
        SAYS,
        hindered=_is_unanswered,
        shown=_demand,
    ),
    _of_proposal(
        "hold-activity",
        "activities",
        "lead_key",
        "登记重点提案活动",
        "领办、督办重点提案的调研、座谈、走访和会议。",
        Field("kind", "形式", "choice", choices=tuple(words.ACTIVITIES.items())),
        HELD_ON,
        Field("units", "参加的单位", "units", required=False),
        Field("summary", "内容", "text"),
        hindered=is_handled,
        weight="more",
    ),
    _of_proposal(
        "name-tracker",
        "tracker",
        "name_tracker",
        "指定跟踪责任人",
        "由一人跟踪到底。",
        Field("person", "跟踪责任人", "person", hint=BY_NAME),
        hindered=is_handled,
        weight="more",
    ),
    _of_notices(
        "read-notice",
        "inbox/{notice_id}/read",
        "inbox",
        "标为已读",
        "这一条不再计入未读。",
        Field("notice_id", "消息", "kept"),
    ),
    _of_notices(
        "read-all-notices",
        "inbox/read",
        "inbox",
        "全部标为已读",
        "未读的全部标为已读。",
        weight="more",
    ),
    _of_notices(
        "choose-preferences",
        "inbox/preferences",
        "inbox",
        "消息设置",
        "站内消息总会收到；此外还可以从哪里收到。",
        Field("channels", "渠道", "several", required=False, choices=CHANNELS),
        Field("language", "语言", "choice", choices=LANGUAGES),
        Field("digest_hour", "每日汇总的钟点", "number", required=False, hint="不填的随时发送"),
        *(Field(f"addresses.{code}", f"{says}地址", required=False) for code, says in CHANNELS),
        method="PUT",
        asks="/inbox/preferences",
        weight="more",
    ),
    _of_notices(
        "subscribe",
        "subscriptions/{subscription_id}",
        "subscribe",
        "订阅事项",
        "把发生的事项按时送到外部系统；用密钥核对真伪。",
        Field("subscription_id", "订阅编号", hint="小写字母、数字和连字符"),
        Field("name", "名称"),
        Field("url", "接收地址"),
        Field("secret", "密钥"),
        Field("events", "事项", "lines", required=False, hint="每行一种；不填的为全部"),
        method="PUT",
        weight="more",
    ),
    _of_notices(
        "end-subscription",
        "subscriptions/{subscription_id}",
        "subscribe",
        "停止订阅",
        "不再送出。",
        SUBSCRIPTION,
        method="DELETE",
        weight="grave",
    ),
    _of_notices(
        "redrive-subscription",
        "subscriptions/{subscription_id}/redrive",
        "subscribe",
        "重新送出",
        "接收的一方恢复以后，从停下的地方继续。",
        SUBSCRIPTION,
    ),
    _of_notices(
        "skip-parked",
        "subscriptions/{subscription_id}/parked/{position}/skip",
        "subscribe",
        "跳过一条",
        "对方拒收的一条不再送出，写明理由；其后的照常送出。",
        SUBSCRIPTION,
        Field("position", "位置", "number"),
        Field("reason", "理由", "text"),
        asks="/subscriptions/{subscription_id}/parked",
        shown=_parked,
        preset=_refused,
        weight="more",
    ),
)
