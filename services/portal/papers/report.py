"""The overall-situation report (总体情况): a frozen snapshot from which the same figures come out.

Whoever counts fills a ``Snapshot`` once and keeps its JSON; text that a person edits replaces a
part's text in a new snapshot. PDF, .docx, Markdown and JSON are made from a snapshot alone.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter

from services.portal.domain.cases import day_text
from services.portal.domain.report import Report
from services.portal.domain.words import FIGURES, RATINGS, word
from services.portal.papers.wording import clean, numeral

TITLES = (
    "基本情况",
    "主要做法",
    "典型案例",
    "存在问题及下一步工作思路",
    "对政协提案工作的意见建议",
)
COMPOSED = "本报告的统计范围含标注为“组合示例”的演示记录，数字不是真实统计结果。"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is shown, and the rule by which it counts."""

    code: str
    name: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Tally:
    """A whole in its parts, drawn as a chart. A proposal handled by several units (分办) counts as
    the rule says: once per reply, or once per proposal."""

    title: str
    unit: str
    rule: str
    counts: tuple[tuple[str, int], ...]
    drawn_as: Literal["bars", "pie"] = "bars"


@dataclass(frozen=True, slots=True)
class Summed:
    """The districts' figures beside the city's, and whether they add up.

    ``repeated`` is what several of them count, each for itself, and the city counts once;
    ``together`` names those that are added up.
    """

    title: str
    rule: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    repeated: tuple[int, ...]
    whole: tuple[int, ...]
    together: str = "各区"

    @property
    def totals(self) -> tuple[int, ...]:
        """The sum of each column."""
        return tuple(sum(counts[at] for _, counts in self.rows) for at in range(len(self.columns)))

    @property
    def off(self) -> tuple[str, ...]:
        """The columns that do not add up."""
        return tuple(
            column
            for column, total, repeated, whole in zip(
                self.columns, self.totals, self.repeated, self.whole, strict=True
            )
            if total - repeated != whole
        )

    @property
    def sentence(self) -> str:
        """What the report says of it."""
        if self.off:
            off = "、".join(self.off)
            return f"{self.together}合计扣除重复计算后与全市数字不一致的有：{off}，须核对。"
        return f"{self.together}合计扣除重复计算后与全市数字一致。"


@dataclass(frozen=True, slots=True)
class TypicalCase:
    """A case that a person chose to tell: the matter, what was done, what was promised."""

    number: str
    title: str
    opening: str
    answers: tuple[str, ...]
    promises: tuple[str, ...] = ()
    is_key: bool = False
    is_composed: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a report says, as it stood when it was counted. ``parts`` are the five texts, a
    paragraph a line; the third part is told by the cases, with its text before them."""

    body: str
    period: str
    as_of: date
    figures: tuple[Figure, ...]
    parts: tuple[str, str, str, str, str]
    tallies: tuple[Tally, ...] = ()
    sums: tuple[Summed, ...] = ()
    cases: tuple[TypicalCase, ...] = ()
    is_composed: bool = False
    version: Literal[1] = 1

    @property
    def title(self) -> str:
        """The report's heading."""
        return f"{self.body}{self.period}承办市政协提案总体情况"

    @property
    def fingerprint(self) -> str:
        """A short proof that two reports are made from the same snapshot."""
        return hashlib.sha256(snapshot_json(self)).hexdigest()[:16]


_KEPT = TypeAdapter(Snapshot)


def snapshot_json(snapshot: Snapshot) -> bytes:
    """A snapshot as JSON, to be kept and to be read by machines."""
    return _KEPT.dump_json(snapshot, indent=2)


def snapshot_of_json(kept: bytes | str) -> Snapshot:
    """A snapshot that was kept.

    Raises:
        pydantic.ValidationError: it is none.
    """
    return _KEPT.validate_json(kept)


def with_text(snapshot: Snapshot, text: str, *, part: int) -> Snapshot:
    """A snapshot whose part (1 to 5) says what a person wrote; its figures stay."""
    parts = list(snapshot.parts)
    parts[part - 1] = clean(text).strip()
    first, second, third, fourth, fifth = parts
    return replace(snapshot, parts=(first, second, third, fourth, fifth))


def snapshot_of(
    report: Report,
    *,
    rules: Mapping[str, str],
    classes: Mapping[str, str] | None = None,
    tallies: Sequence[Tally] = (),
    sums: Sequence[Summed] = (),
) -> Snapshot:
    """The snapshot of a report that was written from a unit's year.

    ``rules`` has the counting rule of each figure, ``classes`` what each class means; ``tallies``
    and ``sums`` come after those that the figures themselves give.
    """
    first, second, third, fourth, fifth = ("\n".join(part.paragraphs) for part in report.parts)
    counted = report.figures
    return Snapshot(
        body=report.unit,
        period=report.period.says,
        as_of=report.as_of,
        figures=tuple(
            Figure(code, word(FIGURES, code), _shown(code, counted[code]), rule)
            for code, rule in rules.items()
        ),
        parts=(first, second, third, fourth, fifth),
        tallies=(*_tallies(counted, rules, classes or {}), *tallies),
        sums=tuple(sums),
        cases=tuple(
            TypicalCase(
                case.number,
                case.title,
                case.opening,
                case.answers,
                case.promises,
                is_key=case.is_key,
                is_composed=case.is_composed,
            )
            for part in report.parts
            for case in part.cases
        ),
        is_composed=report.is_demo,
    )


def markdown(snapshot: Snapshot) -> str:
    """The report as Markdown."""
    lines = [f"# {snapshot.title}", f"统计截至{day_text(snapshot.as_of)}。"]
    if snapshot.is_composed:
        lines.append(f"> {COMPOSED}")
    for nth, (title, text) in enumerate(zip(TITLES, snapshot.parts, strict=True), start=1):
        lines.append(f"## {numeral(nth)}、{title}")
        lines += [_escaped(line) for line in text.splitlines() if line.strip()]
        if nth == 1:
            for tally in snapshot.tallies:
                rows = [(label, f"{count}{tally.unit}") for label, count in tally.counts]
                lines += [f"**{tally.title}**（{tally.rule}）", _table(("项目", "数字"), rows)]
            for summed in snapshot.sums:
                lines += [f"**{summed.title}**（{summed.rule}）"]
                lines += [_table(("单位", *summed.columns), summed_rows(summed)), summed.sentence]
        if nth == 3:
            for at, case in enumerate(snapshot.cases, start=1):
                lines.append(f"### （{numeral(at)}）{_escaped(case.title)}{marks(case)}")
                lines += [_escaped(one) for one in (case.opening, *case.answers)]
                if case.promises:
                    lines.append(f"承诺事项：{_escaped('；'.join(case.promises))}。")
    lines.append("## 附：数字与统计口径")
    lines.append(
        _table(
            ("项目", "数字", "统计口径"),
            [(one.name, one.value, one.rule) for one in snapshot.figures],
        )
    )
    lines.append(f"数据快照校验码：{snapshot.fingerprint}")
    return "\n\n".join(lines) + "\n"


def marks(case: TypicalCase) -> str:
    """What stands in brackets behind a case's title."""
    return ("（重点）" if case.is_key else "") + ("（组合示例）" if case.is_composed else "")


def summed_counts(summed: Summed) -> list[tuple[str, tuple[int, ...]]]:
    """The rows of the table of sums: each district, their sum, what is repeated, the city."""
    return [
        *summed.rows,
        (f"{summed.together}合计", summed.totals),
        ("减：重复计算", summed.repeated),
        ("全市", summed.whole),
    ]


def summed_rows(summed: Summed) -> list[tuple[str, ...]]:
    """These rows, as they are printed."""
    return [(name, *(str(count) for count in counts)) for name, counts in summed_counts(summed)]


def _shown(code: str, figure: Any) -> str:
    match code, figure:
        case "conversion_rate", None:
            return "不计算"
        case "conversion_rate", _:
            return f"{figure:.1%}"
        case "by_class", _:
            return "，".join(f"{letter}类{count}" for letter, count in figure.items()) or "0"
        case "ratings", _:
            told = (
                f"{says}{'、'.join(f'{name}{figure[about][key]}' for key, name in RATINGS.items())}"
                for about, says in (("process", "过程"), ("result", "结果"))
            )
            return f"{figure['forms']}份；{'；'.join(told)}"
        case _:
            return str(figure)


def _tallies(
    counted: Mapping[str, Any], rules: Mapping[str, str], classes: Mapping[str, str]
) -> tuple[Tally, ...]:
    # A unit has one part in a proposal; of a city's, many have both.
    is_whole = counted["answering"] + counted["co_handling"] == counted["received"]
    found = [
        Tally(
            "承办方式",
            "件",
            rules["received" if is_whole else "answering"],
            (
                (FIGURES["answering"], counted["answering"]),
                (FIGURES["co_handling"], counted["co_handling"]),
            ),
            "pie" if is_whole else "bars",
        )
    ]
    if counted["by_class"]:
        found.append(
            Tally(
                "办理结果分类",
                "件",
                rules["by_class"],
                tuple(
                    (f"{letter}类 {classes.get(letter, '')}".rstrip(), count)
                    for letter, count in counted["by_class"].items()
                ),
                "pie",
            )
        )
    if counted["ratings"]["forms"]:
        found += [
            Tally(
                f"提案人对办理{says}的评价",
                "份",
                rules["ratings"],
                tuple((name, counted["ratings"][about][key]) for key, name in RATINGS.items()),
            )
            for about, says in (("process", "过程"), ("result", "结果"))
        ]
    return tuple(found)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_escaped(cell) for cell in line)} |" for line in lines)


def _escaped(text: str) -> str:
    """A text whose signs are no Markdown."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>|#" else one for one in text.replace("\n", " "))
