"""Checking lists: every row with a sentence for each finding, before anything is taken over (检查).

A fault keeps the whole list out; a hint stands beside its row: what may be double, which unit may
be meant, what an earlier year answered.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from rapidfuzz import fuzz, process

from services.intake.domain.accepting import LAST_NUMBER
from services.intake.domain.reading_lists import (
    SAID,
    UNIT_COLUMNS,
    Kind,
    ListRow,
    day_of,
)
from services.intake.domain.wording import matter
from shared.contracts.event import ProposalId, UnitCode
from shared.contracts.intake import ProposalKind, Proposer
from shared.contracts.registry import RulesPublished, UnitRegistered
from shared.refusals import Refusal

NEAR_NAME = 60  # rapidfuzz: below, a name is another name
NEAR_NAMES = 3
LONGEST_NUMBER = 20
COLLECTIVE = "集体"
SEVERAL = re.compile(r".+等\d+[位名人].*")


class Units(Protocol):
    """What a list asks about units."""

    @property
    def units(self) -> Mapping[UnitCode, UnitRegistered]: ...

    def unit(self, text: str, /) -> UnitRegistered:
        """The unit of this name; raises a refusal if there is none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in a row, or that one should know."""

    row: int
    column: str
    level: Literal["fault", "hint"]
    code: str
    says: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A proposal that intake has already."""

    proposal_id: ProposalId
    year: int
    number: str | None
    title: str
    state: str
    merged_into: str | None = None

    @property
    def called(self) -> str:
        return f"第{self.number}号《{self.title}》" if self.number else f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Desk:
    """What there is already: proposals by year and number, and by what they are about."""

    by_number: Mapping[tuple[int, str], Standing] = field(default_factory=dict)
    by_matter: Mapping[str, Sequence[Standing]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inside:
    """Where in the list itself a number or a matter stands first."""

    by_number: Mapping[tuple[int, str], int]
    by_matter: Mapping[tuple[int, str], int]

    @classmethod
    def of(cls, rows: Iterable[ListRow], *, year: int) -> "Inside":
        """The first rows of a list, ``year`` where a row names none."""
        by_number: dict[tuple[int, str], int] = {}
        by_matter: dict[tuple[int, str], int] = {}
        for row in rows:
            of_year = year_of(row, default=year) or year
            if row["number"]:
                by_number.setdefault((of_year, row["number"]), row.row)
            if row["title"]:
                by_matter.setdefault((of_year, matter(row["title"])), row.row)
        return cls(by_number, by_matter)


@dataclass(frozen=True, slots=True)
class Checking:
    """What rows are checked against. ``year`` is the list's, where a row names none."""

    kind: Kind
    year: int
    rules: RulesPublished
    units: Units
    desk: Desk
    inside: Inside


def check_row(row: ListRow, *, against: Checking) -> list[Finding]:
    """Everything that is to be said of a row."""
    return [
        *_of_title(row, against),
        *_of_number(row, against),
        *_of_proposers(row, against),
        *_of_units(row, against),
        *_of_category(row, against),
        *_of_answer(row, against),
    ]


def known_as(row: ListRow, *, against: Checking) -> Standing | None:
    """The proposal that a row names, if intake has it already under the same matter."""
    year = year_of(row, default=against.year)
    found = against.desk.by_number.get((year or 0, row["number"]))
    if found is None or matter(found.title) != matter(row["title"]):
        return None
    return found


def year_of(row: ListRow, *, default: int | None = None) -> int | None:
    """The year in a row: its own column, or the beginning of its number."""
    if found := re.search(r"(19|20)\d\d", row["year"]):
        return int(found[0])
    if re.fullmatch(r"(19|20)\d{6}", row["number"]):
        return int(row["number"][:4])
    return default


def proposers_of(row: ListRow) -> tuple[Proposer, ...]:
    """The proposers, each by name; nobody else is known."""
    return tuple(Proposer(name=name) for name in dict.fromkeys(row.listed("proposers")))


def kind_of(row: ListRow) -> ProposalKind:
    """Single, joint or collective, as far as a row says so."""
    names = row.listed("proposers")
    if COLLECTIVE in row["kind"]:
        return ProposalKind.COLLECTIVE
    if len(names) > 1 or any(SEVERAL.fullmatch(name) for name in names):
        return ProposalKind.JOINT
    return ProposalKind.SINGLE


def _of_title(row: ListRow, against: Checking) -> Iterable[Finding]:
    title, limit = row["title"], against.rules.limits.get("title")
    if not title:
        yield _fault(row, "title", "title-missing", "案由没有填写")
        return
    if limit is not None and len(title) > limit and against.kind == "hand_over":
        yield _fault(row, "title", "title-too-long", f"案由有{len(title)}字，超过了{limit}字的上限")
    year = year_of(row, default=against.year) or against.year
    first = against.inside.by_matter.get((year, matter(title)), row.row)
    if first != row.row:
        yield _hint(row, "title", "same-in-list", f"与第{first}行案由相同，请核对是否重复")
    known = known_as(row, against=against)
    for same in against.desk.by_matter.get(matter(title), ()):
        if known is None or same.proposal_id != known.proposal_id:
            yield _hint(row, "title", "same-matter", f"与{same.called}案由相同，请核对是否重复")


def _of_number(row: ListRow, against: Checking) -> Iterable[Finding]:
    number, year = row["number"], year_of(row, default=None)
    if year is None and against.kind == "archive":
        yield _fault(row, "year", "year-missing", "看不出是哪一年的提案，请填写年度")
        return
    year = year or against.year
    if not number:
        if against.kind == "archive":
            yield _fault(row, "number", "number-missing", "案号没有填写")
        else:
            yield _hint(row, "number", "number-missing", "没有案号，导入时顺次编号")
        return
    if against.kind == "hand_over" and not _is_numbered(number, year=year):
        yield _fault(
            row, "number", "number-malformed", f"案号“{number}”应为{year}加四位数字，自0001起"
        )
        return
    if len(number) > LONGEST_NUMBER:
        yield _fault(row, "number", "number-malformed", f"案号“{number[:30]}”过长")
        return
    first = against.inside.by_number.get((year, number), row.row)
    if first != row.row:
        yield _fault(row, "number", "number-twice", f"案号{number}在第{first}行已经出现")
    yield from _of_number_taken(row, against, year=year, number=number)


def _of_number_taken(
    row: ListRow, against: Checking, *, year: int, number: str
) -> Iterable[Finding]:
    taken = against.desk.by_number.get((year, number))
    if taken is None:
        return
    if known_as(row, against=against) is None:
        says = f"案号{number}已经编给《{taken.title}》"
        yield _fault(row, "number", "number-taken", says)
    elif against.kind == "archive" or taken.state != "accepted":
        yield _fault(row, "number", "there-already", f"{taken.called}已经在库")
    elif taken.merged_into is not None:
        says = f"{taken.called}已并入{taken.merged_into}，随主提案一并交办，请从清单中删去"
        yield _fault(row, "number", "merged", says)
    else:
        yield _hint(row, "number", "filed-already", "已立案，只用于交办，不再重复导入")


def _is_numbered(number: str, *, year: int) -> bool:
    return (
        re.fullmatch(rf"{year}[0-9]{{4}}", number) is not None
        and 1 <= int(number[4:]) <= LAST_NUMBER
    )


def _of_proposers(row: ListRow, against: Checking) -> Iterable[Finding]:
    names = row.listed("proposers")
    if not names:
        if against.kind == "hand_over":
            yield _fault(row, "proposers", "proposers-missing", "提案人没有填写")
        else:
            yield _hint(row, "proposers", "proposers-missing", "没有提案人")
    elif len(set(names)) < len(names):
        yield _hint(row, "proposers", "proposer-twice", "同一提案人填写了两次，按一次计")


def _of_units(row: ListRow, against: Checking) -> Iterable[Finding]:
    must = against.kind == "hand_over"
    seen: dict[str, str] = {}
    for column in UNIT_COLUMNS:
        for text in row.listed(column):
            try:
                unit = against.units.unit(text)
            except Refusal:
                says = f"没有名为“{text}”的单位{_near_names(text, against.units)}"
                yield (_fault if must else _hint)(row, column, "unknown-unit", says)
                continue
            if text not in (unit.code, unit.name, unit.short_name, *unit.aliases):
                yield _hint(row, column, "unit-succeeded", f"“{text}”现为{unit.name}")
            if unit.code in seen and must:
                says = f"{unit.name}在“{seen[unit.code]}”中已经出现"
                yield _fault(row, column, "unit-twice", says)
            seen.setdefault(unit.code, SAID[column])
    if must and row["lead"] and row["split"]:
        yield _fault(row, "split", "lead-and-split", "主办和分办只能填写一种")
    if must and not row["lead"] and not row["split"]:
        yield _hint(row, "lead", "nobody-answers", "没有主办或分办单位，导入后须另行交办")
    if must and len(row.listed("lead")) > 1:
        yield _fault(row, "lead", "several-leads", "主办单位只能有一个；各答一部分的填入“分办”")


def _near_names(text: str, units: Units) -> str:
    """Which unit may be meant: shown, never taken."""
    names = {
        name: unit.name
        for unit in units.units.values()
        for name in (unit.name, unit.short_name, *unit.aliases)
    }
    near = process.extract(text, list(names), scorer=fuzz.ratio, limit=NEAR_NAMES * 2)
    likely = dict.fromkeys(names[name] for name, ratio, _ in near if ratio >= NEAR_NAME)
    return f"，是否为{'、'.join(list(likely)[:NEAR_NAMES])}" if likely else ""


def _of_category(row: ListRow, against: Checking) -> Iterable[Finding]:
    known = {one.code for one in against.rules.reasons.get("categories", ())}
    if row["category"] and known and row["category"] not in known:
        says = f"没有“{row['category']}”这一类别，可选：{'、'.join(sorted(known))}"
        level = _fault if against.kind == "hand_over" else _hint
        yield level(row, "category", "unknown-category", says)


def _of_answer(row: ListRow, against: Checking) -> Iterable[Finding]:
    if against.kind == "hand_over":
        limit = against.rules.limits.get("text")
        if limit is not None and len(row["text"]) > limit:
            says = f"正文有{len(row['text'])}字，超过了{limit}字的上限"
            yield _fault(row, "text", "text-too-long", says)
        return
    if row["answered_on"] and day_of(row["answered_on"]) is None:
        says = f"日期“{row['answered_on']}”看不懂，请写作2023-08-31"
        yield _fault(row, "answered_on", "day-malformed", says)
    known = {one.code for one in against.rules.classes}
    if row["result_class"] and row["result_class"] not in known:
        says = f"“{row['result_class']}”不在现行结果分类之内，按原文保存"
        yield _hint(row, "result_class", "unknown-class", says)


def _fault(row: ListRow, column: str, code: str, says: str) -> Finding:
    return Finding(row.row, SAID[column], "fault", code, f"第{row.row}行“{SAID[column]}”：{says}。")


def _hint(row: ListRow, column: str, code: str, says: str) -> Finding:
    return Finding(row.row, SAID[column], "hint", code, f"第{row.row}行“{SAID[column]}”：{says}。")


def similar_hint(
    row: ListRow, *, other: str, why: str, units: Sequence[str], result_class: str | None
) -> Finding:
    """A proposal that may ask the same, beside the row: who handled it, how it was answered."""
    handled = f"，由{'、'.join(units)}承办" if units else ""
    answered = f"，已答复{result_class}类" if result_class else ""
    return _hint(row, "title", "similar", f"与{other}相似（{why}）{handled}{answered}")
