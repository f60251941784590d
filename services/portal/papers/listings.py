"""What is seen on a page, as sheets: the ledger as it is filtered, a year's figures, promises."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from services.portal.domain import words
from services.portal.domain.cases import proposers_text
from services.portal.domain.ledger import UNCATEGORISED
from services.portal.domain.overview import Month, Said
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


HELD = ("lead", "split", "co_handle", "red", "yellow", "green", *words.TIMELY)
HELD_TITLES = ("主办", "分办", "会办", "已逾期", "临期", "正常", *words.TIMELY.values())
BY_PART = "按提案计；灯号以最急的一项任务为准，时限以首次答复或会办意见为准"


def statistics_sheets(
    *,
    states: Mapping[str, int],
    categories: Sequence[Row],
    roles: Sequence[Row],
    units: Sequence[tuple[str, Row]],
    districts: Sequence[tuple[str, Row]],
    classes: Sequence[Row],
    ratings: Sequence[Said],
    months: Sequence[Month],
    above: Sequence[str],
) -> tuple[Sheet, ...]:
    """A year's figures as the page of figures shows them, each sheet with its counting rule."""

    def sheet(
        title: str, first: str, counted: Sequence[str], rows: Iterable[Sequence[Any]], rule: str
    ) -> Sheet:
        fields = (Field(name, Kind.NUMBER, width=16) for name in counted)
        return Sheet(
            title,
            (Field(first, width=28), *fields),
            tuple(tuple(row) for row in rows),
            above,
            (rule,),
        )

    return (
        sheet(
            "状态",
            "状态",
            ("提案（件）",),
            ((word(words.STATES, state), count) for state, count in states.items()),
            "按提案计，每个案号计一件。",
        ),
        sheet(
            "角色和时限",
            "角色",
            (
                "提案（件）",
                "应提交（份）",
                *(f"{says}（{by}）" for says in words.TIMELY.values() for by in "件份"),
            ),
            (
                (
                    word(words.ROLES, row["role"]),
                    row["proposals"],
                    row["parts"],
                    *(row[one + by] for one in words.TIMELY for by in ("", "_parts")),
                )
                for row in roles
            ),
            "件按提案计，每件计一次；份按首次答复和会办意见计，分办给几个单位就计几份。",
        ),
        sheet(
            "各区",
            "区",
            ("提案", *HELD_TITLES),
            ((name, row["proposals"], *(row[one] for one in HELD)) for name, row in districts),
            f"{BY_PART}；区政府或区内单位承办的，每个区各计一次。",
        ),
        sheet(
            "各单位",
            "单位",
            HELD_TITLES,
            ((name, *(row[one] for one in HELD)) for name, row in units),
            f"{BY_PART}；一件提案由几个单位分办、会办的，每个单位各计一次。",
        ),
        sheet(
            "办理结果类别",
            "类别",
            ("提案（件）", "答复（份）"),
            (
                (
                    f"{row['result_class']}类 {word(words.MEANINGS, row['meaning'])}",
                    row["proposals"],
                    row["replies"],
                )
                for row in classes
            ),
            "件按提案计，一件有几份答复的可能列入几类；份按答复计，分办的每个单位、"
            "重新办理的每一次各计一份。",
        ),
        sheet(
            "评价",
            "评价",
            ("过程（提案）", "过程（评价表）", "结果（提案）", "结果（评价表）"),
            (
                (
                    word(words.RATINGS, row.rating),
                    row.process_proposals,
                    row.process,
                    row.result_proposals,
                    row.result,
                )
                for row in ratings
            ),
            "每位提案人对每份答复填一份评价表；没有反馈的不计为满意。",
        ),
        sheet(
            "类别",
            "类别",
            ("提案", "已逾期", "临期", "正常", "重点"),
            (
                (
                    row["category"] or UNCATEGORISED,
                    *(row[one] for one in ("proposals", "red", "yellow", "green", "key_ones")),
                )
                for row in categories
            ),
            "按提案计；灯号以一件提案最急的一项任务为准。",
        ),
        sheet(
            "各月",
            "月份",
            ("交办（件）", "答复（件）", "答复（份）"),
            ((one.month, one.handed_over, one.answered, one.replies) for one in months),
            "交办按提案计；答复的件按提案计、份按答复计。",
        ),
    )
