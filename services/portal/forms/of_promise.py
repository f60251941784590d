"""The acts of reply as forms: report, keep, change and break promises; look back."""

from collections.abc import Mapping
from typing import Any

from services.portal.domain import words
from services.portal.forms.asking import ATTACHMENTS, WHY
from services.portal.forms.fields import Field
from services.portal.forms.form import Form, Standing, upon
from services.portal.forms.hindering import first_of, unless

_is_promised = unless(
    lambda promise: promise["kept_on"] is None and promise["state"] not in ("broken", "void"),
    "这项承诺已经了结。",
)
_is_reported = unless(lambda promise: promise["state"] == "reported", "没有等待核实的兑现报告。")
_change_is_asked = unless(
    lambda promise: promise["state"] == "change_asked", "没有等待审批的变更申请。"
)
_not_looked_at = unless(lambda one: one["found_on"] is None, "已经回头看过。")


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
_of_promise = upon("reply", "promise", f"{CASE}/promises/{{promise_id}}", stage="keeping")

FORMS = (
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
