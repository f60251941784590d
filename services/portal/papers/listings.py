"""What is seen on a page, as sheets: the ledger as it is filtered, a year's figures, promises."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from services.portal.domain import words
from services.portal.domain.cases import proposers_text
from services.portal.domain.words import word
from services.portal.papers.sheets import Field, Kind, Sheet, Value

Row = Mapping[str, Any]
Names = Callable[[str], str]
# A promise's standing, as a list says it.
PROMISES = {
    "open": "落实中",
    "reported": "已申报，待核实",
    "change_asked": "申请变更",
    "kept": "已兑现",
    "broken": "未兑现",
    "void": "已失效",
}
LEDGER: dict[str, Field] = {
    "number": Field("案号", width=14),
    "title": Field("案由", width=48),
    "proposers": Field("提案人", width=20),
    "leads": Field("主办、分办", width=26),
    "co_handlers": Field("会办", width=30),
    "state": Field("状态", width=12),
    "duty": Field("下一期限", width=34),
    "last_on": Field("最近", Kind.DATE, width=12),
    "year": Field("年度", Kind.NUMBER, width=8),
    "kind": Field("提案形式", width=12),
    "category": Field("类别", width=12),
    "submitted_on": Field("提交", Kind.DATE, width=12),
    "accepted_on": Field("立案", Kind.DATE, width=12),
    "assigned_on": Field("交办", Kind.DATE, width=12),
    "key": Field("重点提案", Kind.YES_NO, width=10),
    "origin": Field("来源", width=12),
}


def ledger_sheet(
    rows: Iterable[Row],
    *,
    columns: Sequence[str],
    names: Names,
    light: Callable[[Row], str],
    above: Sequence[str],
) -> Sheet:
    """The ledger's rows in their order, with the columns that are shown. Each row has its
    ``handlers`` and its next ``duty``; ``light`` says how that stands."""

    def value(row: Row, column: str) -> Value:
        match column:
            case "proposers":
                people = [one["name"] for one in row["proposers"] or ()]
                return proposers_text(people, kind=row["kind"])
            case "leads":
                return _units(row, "lead", "split", names=names)
            case "co_handlers":
                return _units(row, "co_handle", names=names)
            case "state":
                return word(words.STATES, row["state"]) if row["state"] else ""
            case "duty":
                return _duty(row["duty"], names=names, light=light)
            case "kind":
                return word(words.KINDS, row["kind"]) if row["kind"] else ""
            case "origin":
                return word(words.ORIGINS, row["origin"]) if row["origin"] else ""
            case "key":
                return bool(row["is_key"])
            case _:
                found: Value = row[column]
                return found

    return Sheet(
        "提案台账",
        [LEDGER[column] for column in columns],
        ([value(row, column) for column in columns] for row in rows),
        above,
    )


def _units(row: Row, *roles: str, names: Names) -> str:
    return "、".join(names(hand["unit"]) for hand in row["handlers"] if hand["role"] in roles)


def _duty(duty: Row | None, *, names: Names, light: Callable[[Row], str]) -> str:
    if duty is None:
        return ""
    provisional = "（暂定）" if duty["provisional"] else ""
    what = word(words.CLOCKS, duty["kind"])
    return f"{duty['due_on']}{provisional} {names(duty['unit'])}{what}，{light(duty)}"


def promise_sheet(
    rows: Iterable[Row], *, names: Names, light: Callable[[Row], str], above: Sequence[str]
) -> Sheet:
    """The promises with what became of each."""
    return Sheet(
        "答复承诺事项清单",
        (
            Field("案号", width=14),
            Field("案由", width=40),
            Field("承诺单位", width=24),
            Field("责任人", width=12),
            Field("答复文号", width=22),
            Field("承诺事项", width=48),
            Field("完成期限", Kind.DATE, width=12),
            Field("状态", width=16),
            Field("灯号", width=12),
            Field("兑现日期", Kind.DATE, width=12),
            Field("进展、证明", width=40),
        ),
        (
            (
                row["number"],
                row["title"],
                names(row["unit"]),
                row["owner"],
                row["document_number"],
                row["text"],
                row["due_on"],
                word(PROMISES, row["state"] or "open"),
                light(row),
                row["kept_on"],
                row["evidence"] or row["reported"] or row["progress"],
            )
            for row in rows
        ),
        above,
    )


def statistics_sheets(
    *,
    units: Sequence[Row],
    states: Mapping[str, int],
    classes: Sequence[Row],
    ratings: Sequence[Row],
    months: Sequence[Row],
    names: Names,
    above: Sequence[str],
) -> tuple[Sheet, ...]:
    """A year's figures as the overview shows them, each sheet with the rule by which it counts."""
    number = Kind.NUMBER
    counted = ("lead", "split", "co_handle", "red", "yellow", "green", "done", "late")
    titles = ("主办", "分办", "会办", "已逾期", "临期", "正常", "按期办结", "逾期办结")
    return (
        Sheet(
            "各单位",
            (Field("单位", width=28), *(Field(title, number, width=10) for title in titles)),
            tuple((names(row["unit"]), *(row[name] for name in counted)) for row in units),
            above,
            ("主办、分办、会办按提案计；灯号和办结按期限计，一件提案由几个单位分办的，各计一次。",),
        ),
        Sheet(
            "状态",
            (Field("状态", width=20), Field("件数", number, width=10)),
            tuple((word(words.STATES, state), count) for state, count in states.items()),
            above,
            ("按提案计，每个案号计一件。",),
        ),
        Sheet(
            "答复分类",
            (
                Field("类别", width=10),
                Field("含义", width=28),
                Field("答复件数", number, width=12),
            ),
            tuple(
                (
                    f"{row['result_class']}类",
                    word(words.MEANINGS, row["meaning"]),
                    row["replies"],
                )
                for row in classes
            ),
            above,
            ("按答复计；一件提案有几次答复、几个单位答复，就计几次。",),
        ),
        Sheet(
            "评价",
            (
                Field("评价", width=16),
                Field("对办理过程", number, width=14),
                Field("对办理结果", number, width=14),
            ),
            tuple(
                (word(words.RATINGS, row["rating"]), row["process"], row["result"])
                for row in ratings
            ),
            above,
            ("按评价表计；没有反馈的不计为满意。",),
        ),
        Sheet(
            "各月",
            (
                Field("月份", width=10),
                Field("交办件数", number, width=12),
                Field("答复件数", number, width=12),
            ),
            tuple((f"{row['month']}月", row["handed_over"], row["replied"]) for row in months),
            above,
            ("交办按提案计，答复按答复计。",),
        ),
    )
