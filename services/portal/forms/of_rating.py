"""The acts of reply as forms: check the letter, rate it, meet, answer once more, release."""

from services.portal.domain import words
from services.portal.forms.asking import ATTACHMENTS, PROPOSER, WHY, paper
from services.portal.forms.fields import Field
from services.portal.forms.form import Standing, upon
from services.portal.forms.hindering import first_of, unless

OPENNESS = tuple(words.OPENNESS.items())
LETTER_FORMS = tuple(words.FORMS.items())
RATINGS = tuple(words.RATINGS.items())
NOT_OPEN_WHY = (
    Field("reason_code", "不公开的理由", "choice", required=False, choices="disclosure"),
    Field("reason", "说明", "text", required=False),
)

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
_is_not_released = first_of(
    unless(lambda letter: letter["state"] != "void", "这份文书已经作废。"),
    unless(lambda letter: letter["state"] != "released", "已经公开。"),
)
_is_to_release = first_of(
    _is_not_released, unless(lambda letter: letter["decided"] == "open", "没有决定主动公开。")
)
_is_released = unless(lambda letter: letter["state"] == "released", "还没有公开。")


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


_of_reply = upon("reply", "reply", "/proposals/{proposal_id}/replies/{reply_id}", stage="rating")
_of_letter = upon("reply", "letter", "/proposals/{proposal_id}/letters/{letter_id}", stage="rating")

FORMS = (
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
)
