"""Every part that pages are made of, in each of its states: to be looked at, and photographed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from services.portal.domain.comparing import compared
from services.portal.domain.hints import HINTS
from services.portal.domain.ledger import Filters
from services.portal.domain.lights import Light
from services.portal.domain.period import OfYear
from services.portal.domain.saying import Saying
from services.portal.domain.steps import STANDING_WORDS, Step
from services.portal.forms.asking import BY_NAME
from services.portal.forms.catalogue import FORMS, Offer
from services.portal.forms.crossing import Crossed
from services.portal.forms.fields import Field
from services.portal.reporting import periods
from services.portal.signin.domain.telling import WAYS, browser_says
from services.portal.troubles import ADVICE, about
from services.portal.viewing import Viewing
from shared.clock import OFFICE
from shared.contracts.registry import Post

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

LONG = "关于在老旧小区加装电梯、便利老年人出行并同步改造无障碍设施的提案（标题很长时应当换行）"
CHOICES = (("A", "已经解决"), ("B", "列入计划"))
FIELDS = (
    Field("line", "一行文字", hint="填写说明写在下面。"),
    Field("text", "一段文字", "text", tall=3, longest=120, required=False),
    Field("date", "日期", "date"),
    Field("number", "整数", "number"),
    Field("choice", "选择一项", "choice", choices=CHOICES),
    Field("several", "选择几项", "several", choices=CHOICES, hint="可以多选。"),
    Field("yes", "确认一件事", "yes", hint="勾选表示同意。"),
    Field("unit", "一个单位", "unit"),
    Field("units", "几个单位", "units", hint="用顿号分开。"),
    Field("person", "一位同事", "person", hint=BY_NAME),
    Field("lines", "一行一项", "lines", required=False),
    Field("case", "一件提案", "case"),
    Field("cases", "几件提案", "cases", required=False),
    Field("dated", "有日期的各项", "dated", hint="每行先写日期再写内容。"),
    Field("file", "一个文件", "file"),
    Field("files", "几个文件", "files", required=False),
    Field("document", "规则文本", "document", tall=3),
    Field(
        "rows",
        "几行内容",
        "rows",
        rows=(
            Field("unit", "单位", "unit"),
            Field("by", "期限", "date"),
            Field("who", "姓名", "member"),
        ),
    ),
)
WRITTEN = {
    "line": "写了一半的内容",
    "text": "已经写好的一段话。",
    "date": "2024-05-31",
    "number": "12",
    "choice": "B",
    "several-A": "yes",
    "yes": "yes",
    "unit": "市教育局",
    "units": "市教育局、市卫生健康委",
    "person": "王志毅",
    "file": '[{"name": "扫描件.pdf"}]',
    "rows-0-unit": "龙华区",
    "rows-0-by": "2024-05-31",
    "rows-0-who": "王志毅",
}
SESSION = {
    "browser": "Mozilla/5.0 (Windows NT 10.0) Chrome/90.0",
    "way": "demo",
    "address": "192.0.2.1",
    "began_at": datetime(2024, 1, 22, 9, tzinfo=OFFICE),
    "seen_at": datetime(2024, 1, 22, 9, 30, tzinfo=OFFICE),
}
SUMS = SimpleNamespace(
    title="承办提案",
    rule="按提案计，每个案号计一件。",
    columns=["主办", "会办"],
    rows=[
        ("龙华区", 9, 28),
        ("福田区", 4, 6),
        ("各区之和", 13, 34),
        ("全市", 13, 34),
        ("相差", 0, 0),
    ],
    off=False,
    sentence="各区之和与全市一致。",
)
ACTS = ("sign", "return", "progress", "ask-extension", "issue")


@router.get("/dev/components")
async def components(view: Viewing) -> Response:
    """页面构件：每一种、每一个状态。只在演示时有这一页。"""
    if not view.is_demo:
        raise HTTPException(404)  # like any address that nothing stands at
    today = view.today
    return view.page(
        "components.html",
        lights=list(Light),
        duties=_duties(today),
        steps=[
            Step("办理", standing, "2/3" if standing == "now" else "")
            for standing in STANDING_WORDS
        ],
        acts=_acts(today),
        sentence=lambda kind, _parts, _name: SAID[kind],
        cases=_cases(today),
        offers=_offers(),
        alone=FIELDS[0],
        **_forms(),
        troubles=[about(_problem(status), again="/desk") for status in ADVICE],
        hints=HINTS[Post.OFFICER],
        printed=_papers(today),
        form=FORMS["sign"],
        reported="龙华区人民政府",
        periods=await periods(view),
        period=OfYear(today.year),
        figures=_figures(today),
        filters=Filters(year=str(today.year)),
        sums=SUMS,
        crossed=_crossed(),
        session=SESSION,
        ways=WAYS,
        browser_says=browser_says,
        password_terms=SimpleNamespace(length=12, kinds=3, history=5),
        units=[],
        once="",
    )


SAID = {
    "act": Saying("龙华区人民政府签收。"),
    "milestone": Saying(
        "龙华区人民政府答复提案人。",
        "深龙华函〔2024〕12号\n今年开工10部，明年起按月公布进度。",
        "milestone",
    ),
    "alarm": Saying("市交通运输局逾期3个工作日未报会办意见。", "", "alarm"),
}


def _duties(today: date) -> list[tuple[str, dict[str, Any]]]:
    due = {
        "steps": [
            {"says": "2024-01-22交办，次日起算", "day": "2024-01-23"},
            {"says": "20个工作日", "day": "2024-02-27"},
        ],
        "rule": "shenzhen-2024@1",
        "calendar": "cn-2024@1",
        "source": None,
    }
    far, past = today + timedelta(days=90), today - timedelta(days=9)
    always = {"kind": "reply", "provisional": False, "due": due, "paused": False}
    return [
        ("正常", {**always, "due_on": far}),
        ("临期", {**always, "due_on": today + timedelta(days=1)}),
        ("今日", {**always, "due_on": today}),
        ("逾期", {**always, "due_on": past}),
        ("暂定", {**always, "due_on": far, "provisional": True}),
        ("暂停", {**always, "due_on": far, "paused": True}),
        ("办结", {**always, "due_on": far, "done_on": today}),
        ("晚了", {**always, "due_on": past, "done_on": today}),
        ("终止", {**always, "due_on": far, "dead_on": today}),
    ]


def _acts(today: date) -> list[dict[str, Any]]:
    by = {"by_name": "陈静", "by_unit": "", "by_post": "officer", "parts": {}}
    return [
        {**by, "type": "alarm", "on_day": today, "by_post": "system"},
        {**by, "type": "milestone", "on_day": today},
        {**by, "type": "act", "on_day": today - timedelta(days=20)},
    ]


def _cases(today: date) -> list[dict[str, Any]]:
    plain = {
        "proposal_id": "none",
        "number": "20240001",
        "title": "关于加装电梯的提案",
        "is_key": False,
        "merged_into": None,
        "origin": "real",
        "state": "handling",
        "due_on": today,
        "kind": "reply",
        "due": None,
        "provisional": False,
    }
    return [
        plain,
        {**plain, "is_key": True, "title": LONG, "state": "redo"},
        {**plain, "merged_into": "another", "origin": "composed", "state": "merged"},
        {**plain, "number": None, "title": None, "state": "submitted", "due_on": None},
    ]


def _offers() -> list[Offer]:
    possible = [Offer(FORMS[code], "/dev/components", None) for code in ACTS[:4]]
    return [*possible, Offer(FORMS[ACTS[4]], "/dev/components", "请先签收。")]


def _figures(today: date) -> list[tuple[str, int]]:
    return [(f"{today.year}-{month:02}", month * 2 % 5) for month in range(1, 7)]


def _crossed() -> list[Crossed]:
    before = "一、现有小区86个。\n二、今年开工10部。"
    theirs, mine = before.replace("86", "88"), before.replace("10部", "12部")
    return [Crossed(FIELDS[1], compared(before, theirs), compared(before, mine), both=False)]


def _papers(today: date) -> list[Any]:
    """Of a letter the list wants no more than this."""
    return [
        SimpleNamespace(
            address="/dev/components",
            letter=SimpleNamespace(kind=SimpleNamespace(says=says), number=number, on=today),
        )
        for says, number in (("答复", "深龙华函〔2024〕12号"), ("催办单", ""))
    ]


def _problem(status: int) -> dict[str, Any]:
    return {"status": status, "code": "an-example", "detail": "这里是一句说明原因的话。"}


def _forms() -> dict[str, Any]:
    """Every kind of field: empty, filled in, and wrong; each form has names of its own."""
    states = ("plain", "kept", "wrong")
    fields = {
        state: [replace(field, name=f"{state}-{field.name}") for field in FIELDS]
        for state in states
    }
    written = {f"kept-{name}": value for name, value in WRITTEN.items()}
    return {
        "fields": fields,
        "written": {"plain": {}, "kept": written, "wrong": {}},
        "wrong": {state: {} for state in states}
        | {"wrong": {field.name: "请改正这一项。" for field in fields["wrong"]}},
        "rows": {state: {f"{state}-rows": 2} for state in states},
    }
