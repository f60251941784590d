"""The acts of the registry as forms: units, people, delegation, calendar, rules, other systems."""

from collections.abc import Mapping
from typing import Any

from services.portal.domain import words
from services.portal.forms.asking import BY_NAME, WHY
from services.portal.forms.fields import Field
from services.portal.forms.form import Standing, upon
from shared.policy import POST_NAMES

LEVELS = tuple(words.LEVELS.items())
KINDS = (
    ("government", "人民政府"),
    ("party", "党委部门"),
    ("conference", "政协机关"),
    ("bureau", "政府部门"),
    ("agency", "派出机构"),
    ("state", "中央驻深单位"),
    ("justice", "司法机关"),
    ("body", "人民团体"),
    ("company", "企业"),
    ("street", "街道办事处"),
)
POSTS = tuple((post.value, says) for post, says in POST_NAMES.items())
SUCCESSIONS = (("renamed", "更名"), ("merged", "合并"), ("split", "分设"), ("abolished", "撤销"))
SOURCE = Field("source", "依据", hint="文号或者网址")
SINCE = Field("since", "自", "date", required=False)
UNTIL = Field("until", "至", "date", required=False)
STAND = Field("stand", "登记的样子", "kept", required=False)
DUTIES = Field(
    "duties",
    "职责",
    "rows",
    required=False,
    rows=(Field("says", "职责"), Field("source", "依据"), SINCE, UNTIL),
)
DAYS = (
    Field("day", "日期", "date"),
    Field("works", "上班", "yes", required=False),
    Field("name", "名称", hint="如：国庆节调休"),
)
YEAR = Field("year", "年度", "number", preset="next_year")

_of_registry = upon("registry", "nothing", "", room="register", stage="filing")


def _next_edition(standing: Standing) -> Mapping[str, Any]:
    """The rule set as it stands, ready to become its next edition."""
    told = standing.told
    if not told:
        return {}
    kept = {
        name: value
        for name, value in told.items()
        if name not in ("by", "entered_on", "rules", "without_source")
    }
    return {"document": {**kept, "edition": told["edition"] + 1}}


def _proposed(standing: Standing) -> list[tuple[str, str]]:
    return [
        (
            f"{one['year']}年第{one['edition']}版",
            f"{one['source']}；{len(one['days'])}天。{one['why']}",
        )
        for one in standing.told.get("proposals", ())
    ]


FORMS = (
    _of_registry(
        "put-unit",
        "units/{code}",
        "units",
        "登记单位",
        "新设的单位，或者更正已有单位的登记。",
        Field("code", "编码"),
        Field("name", "全称"),
        Field("short_name", "规范简称"),
        Field("aliases", "别名", "lines", required=False, hint="每行一个", tall=3),
        Field("level", "层级", "choice", choices=LEVELS),
        Field("kind", "性质", "choice", required=False, choices=KINDS),
        Field("parent", "上级单位", "unit", required=False),
        DUTIES,
        SINCE,
        UNTIL,
        SOURCE,
        STAND,
        method="PUT",
        asks="/units/{code}",
        version=STAND.name,
    ),
    _of_registry(
        "put-duties",
        "units/{code}/duties",
        "units",
        "登记职责",
        "单位的全部职责；没有列出的不再是它的职责。",
        Field("code", "编码"),
        Field(
            "duties",
            "职责",
            "rows",
            rows=(Field("says", "职责"), Field("source", "依据"), SINCE, UNTIL),
        ),
        STAND,
        method="PUT",
        asks="/units/{code}",
        version=STAND.name,
        weight="more",
    ),
    _of_registry(
        "rename-unit",
        "units/{code}/rename",
        "units",
        "更名",
        "过去的事项仍以当时的名称为据。",
        Field("code", "编码"),
        Field("name", "新的全称"),
        Field("short_name", "新的简称"),
        Field("aliases", "别名", "lines", required=False, hint="每行一个", tall=3),
        Field("on", "自", "date", preset="today"),
        SOURCE,
        weight="more",
    ),
    _of_registry(
        "name-successors",
        "successions",
        "units",
        "登记沿革",
        "机构改革：更名、合并、分设或者撤销，谁继承谁。",
        Field("old_name", "原单位"),
        Field("successors", "继承的单位", "units"),
        Field("how", "方式", "choice", required=False, choices=SUCCESSIONS),
        Field("on", "日期", "date", required=False),
        Field("year", "年度", "number", required=False, hint="只知道年度的填写"),
        SOURCE,
    ),
    _of_registry(
        "put-person",
        "people/{person}",
        "people",
        "登记人员",
        "人员和担任的全部职务。",
        Field("person", "人员编号"),
        Field("name", "姓名"),
        Field(
            "posts",
            "职务",
            "rows",
            rows=(
                Field("post", "职务", "choice", choices=POSTS),
                Field("unit", "单位", "unit"),
                SINCE,
                UNTIL,
            ),
        ),
        Field("mail", "电子邮件", required=False),
        STAND,
        method="PUT",
        asks="/people/{person}",
        version=STAND.name,
    ),
    _of_registry(
        "end-post",
        "people/{person}/end-post",
        "people",
        "免去职务",
        "写明担任到哪一天。",
        Field("person", "人员编号"),
        Field("post", "职务", "choice", choices=POSTS),
        Field("unit", "单位", "unit"),
        Field("until", "至", "date", preset="today"),
        weight="more",
    ),
    _of_registry(
        "give-delegation",
        "delegations",
        "delegate",
        "委托代办",
        "不在岗期间由他人代办；代办的事项写明是代谁办的。",
        Field("giver", "委托人", "person", required=False, hint="姓名或人员编号；不填的是本人"),
        Field("deputy", "代办人", "person", hint=BY_NAME),
        Field("post", "职务", "choice", choices=POSTS, preset="my_post"),
        Field("unit", "单位", "unit", preset="my_unit"),
        Field("since", "自", "date", preset="today"),
        Field("until", "至", "date"),
        WHY,
    ),
    _of_registry(
        "end-delegation",
        "delegations/{delegation}/end",
        "delegate",
        "结束委托",
        "从今日起不再代办。",
        Field("delegation", "委托", "kept"),
        weight="more",
    ),
    _of_registry(
        "register-account",
        "accounts",
        "accounts",
        "登记外部系统",
        "密钥只在登记以后显示一次。",
        Field("account", "账号", hint="小写字母、数字和连字符"),
        Field("name", "名称"),
        Field("post", "身份", "choice", choices=POSTS),
        Field("unit", "单位", "unit"),
        Field("acts", "可办的事项", "lines", required=False, hint="每行一项；不填的只能查看"),
        UNTIL,
        answers=True,
        needs_fresh_sign_in=True,
    ),
    _of_registry(
        "rotate-account",
        "accounts/{account}/rotate",
        "accounts",
        "更换密钥",
        "原来的密钥立即失效；新的密钥只显示一次。",
        Field("account", "账号", "kept"),
        answers=True,
        needs_fresh_sign_in=True,
        weight="more",
    ),
    _of_registry(
        "end-account",
        "accounts/{account}/end",
        "accounts",
        "停用外部系统",
        "从今日起停用。",
        Field("account", "账号", "kept"),
        needs_fresh_sign_in=True,
        weight="grave",
    ),
    _of_registry(
        "read-calendar-notice",
        "calendars/{year}/read-notice",
        "calendar",
        "读放假通知",
        "把通知原文粘贴进来，先看读出了哪些日子，什么都不写入。",
        YEAR,
        Field("notice", "通知原文", "text", tall=12),
        answers=True,
        weight="more",
    ),
    _of_registry(
        "propose-year",
        "calendars/{year}/propose",
        "calendar",
        "提出年度日历",
        "由另一人确认以后生效，期限随之调整。",
        YEAR,
        SOURCE,
        Field("provisional", "暂定", "yes", required=False, hint="放假安排尚未正式公布的"),
        Field("notice", "通知原文", "text", required=False, tall=12),
        Field("days", "与平常不同的日子", "rows", required=False, rows=DAYS),
        Field("why", "说明", "text", required=False),
    ),
    _of_registry(
        "propose-exception",
        "calendars/{year}/propose-exception",
        "calendar",
        "提出本地例外",
        "如台风停工；由另一人确认以后生效。",
        Field("year", "年度", "number", preset="year"),
        Field("days", "与平常不同的日子", "rows", rows=DAYS),
        WHY,
        weight="more",
    ),
    _of_registry(
        "confirm-year",
        "calendars/{year}/confirm",
        "calendar",
        "确认日历",
        "由提出人以外的人确认。",
        Field("year", "年度", "kept"),
        Field("proposal", "提议", "kept"),
        asks="/calendar-proposals",
        shown=_proposed,
    ),
    _of_registry(
        "drop-year",
        "calendars/{year}/drop",
        "calendar",
        "不采用",
        "写明为什么不采用。",
        Field("year", "年度", "kept"),
        Field("proposal", "提议", "kept"),
        WHY,
        asks="/calendar-proposals",
        shown=_proposed,
        weight="more",
    ),
    _of_registry(
        "publish-rules",
        "rules/{rules}",
        "rules",
        "发布规则集",
        "从现行的一版改起；已经计期的事项是否适用，在文中写明。",
        Field("rules", "规则集", hint="如：shenzhen-2024"),
        Field("document", "内容", "document", tall=24),
        method="PUT",
        asks="/rules/{rules}/{edition}",
        preset=_next_edition,
        needs_fresh_sign_in=True,
    ),
)
