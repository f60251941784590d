"""The overall-situation report (总体情况): five parts, written from figures alone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.portal.domain.cases import Case, day_text
from services.portal.domain.figures import Facts, counting_rules, figures
from services.portal.domain.period import Days, OfYear, Period

TYPICAL_CASES = 3
FIELDS_NAMED = 6


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting at which work was handed over or handed down."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part of the report."""

    title: str
    paragraphs: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A unit's report on a period, as it stands on a day."""

    unit: str
    period: Period
    as_of: date
    figures: dict[str, Any]
    parts: tuple[Part, ...]
    is_demo: bool
    rules: Mapping[str, str]

    @property
    def title(self) -> str:
        """The report's heading."""
        return f"{self.unit}{self.period.says}承办市政协提案总体情况"

    def as_json(self) -> dict[str, Any]:
        """Figures, the rule beside each of them, and the five parts as text."""
        return {
            "title": self.title,
            "unit": self.unit,
            "year": self.period.year if isinstance(self.period, OfYear) else None,
            "period": {
                "code": self.period.code,
                "says": self.period.says,
                "since": self.period.since if isinstance(self.period, Days) else None,
                "until": self.period.until if isinstance(self.period, Days) else None,
            },
            "as_of": self.as_of,
            **self.figures,
            "counting_rules": self.rules,
            "contains_composed_records": self.is_demo,
            "parts": [
                {
                    "title": part.title,
                    "paragraphs": part.paragraphs,
                    "cases": [
                        {
                            "number": case.number,
                            "title": case.title,
                            "composed": case.is_composed,
                            "opening": case.opening,
                            "answers": case.answers,
                            "promises": case.promises,
                        }
                        for case in part.cases
                    ],
                }
                for part in self.parts
            ],
        }


def write_report(
    facts: Facts,
    *,
    unit: str,
    period: Period,
    as_of: date,
    meetings: Sequence[Meeting],
    cases: Sequence[Case],
) -> Report:
    """The five parts of a unit's report, from its facts."""
    return written(
        figures(facts),
        unit=unit,
        period=period,
        as_of=as_of,
        meetings=meetings,
        cases=cases,
        fields=fields_named(one.category for one in facts.received),
        is_demo=any(one.origin == "composed" for one in (*facts.received, *facts.owed)),
    )


def fields_named(categories: Iterable[str | None]) -> tuple[str, ...]:
    """The categories that a report names: those with most proposals."""
    counted = Counter(category for category in categories if category)
    return tuple(category for category, _ in counted.most_common(FIELDS_NAMED))


def written(
    counted: dict[str, Any],
    *,
    unit: str,
    period: Period,
    as_of: date,
    meetings: Sequence[Meeting],
    cases: Sequence[Case],
    fields: Sequence[str],
    is_demo: bool,
    is_city: bool = False,
) -> Report:
    """The five parts of a report from its figures: of one unit, or of the whole city."""
    return Report(
        unit=unit,
        period=period,
        as_of=as_of,
        figures=counted,
        parts=(
            Part(
                "一、基本情况",
                _situation(
                    counted, unit=unit, period=period, as_of=as_of, fields=fields, is_city=is_city
                ),
            ),
            Part("二、主要做法", _practice(counted, meetings=meetings)),
            Part("三、典型案例", cases=_typical(cases)),
            Part("四、存在问题及下一步工作思路", _problems(counted)),
            Part("五、对政协提案工作的意见建议", _suggestions(counted, within=period.within)),
        ),
        is_demo=is_demo,
        rules=counting_rules(period, is_city=is_city),
    )


def _situation(
    counted: dict[str, Any],
    *,
    unit: str,
    period: Period,
    as_of: date,
    fields: Sequence[str],
    is_city: bool,
) -> tuple[str, ...]:
    received = (
        f"{period.says}，全市各单位承办市政协提案共{counted['received']}件"
        f"（其中有会办单位的{counted['co_handling']}件），"
        f"其中包括{counted['key']}件市政协重点提案"
        if is_city
        else f"{period.says}，市政协交办{unit}的提案共{counted['received']}件（主办、承办、分办件"
        f"{counted['answering']}件，会办件{counted['co_handling']}件），"
        f"其中包括{counted['key']}件市政协重点提案"
    )
    named = "、".join(fields)
    late = counted["answered"] - counted["answered_on_time"]
    waiting = counted["answers_owed"] - counted["answered"]
    answered = (
        f"截至{day_text(as_of)}，应提交的{counted['answers_owed']}份答复和会办意见"
        f"已提交{counted['answered']}份，其中按时{counted['answered_on_time']}份"
    )
    if late:
        answered += f"、逾期{late}份"
    if waiting:
        answered += f"，尚有{waiting}份未提交"
    classes = "、".join(f"{code}类{count}件" for code, count in counted["by_class"].items())
    return (
        f"{received}，涵盖{named}等领域。" if named else f"{received}。",
        f"{answered}。",
        f"共发出答复{counted['replies']}件，办理结果为{classes}。" if classes else "尚未发出答复。",
        _ratings(counted["ratings"]),
    )


def _ratings(ratings: dict[str, Any]) -> str:
    if not ratings["forms"]:
        return "尚未收到提案人评价。"
    process, result = ratings["process"], ratings["result"]
    return (
        f"收到提案人评价{ratings['forms']}份：对办理过程满意{process['satisfied']}份、"
        f"基本满意{process['basically']}份、不满意{process['dissatisfied']}份；"
        f"对办理结果满意{result['satisfied']}份、基本满意{result['basically']}份、"
        f"不满意{result['dissatisfied']}份。"
    )


def _practice(counted: dict[str, Any], *, meetings: Sequence[Meeting]) -> tuple[str, ...]:
    held = "；".join(f"{day_text(meeting.on)}，{meeting.name}" for meeting in meetings)
    deployed = f"{held}。" if held else ""
    handed_down = (
        f"就承办的提案向下属单位分解任务{counted['handed_down']}项，"
        "逐项明确承担单位和早于市级期限的内部期限。"
        if counted["handed_down"]
        else "没有向下属单位分解任务。"
    )
    return (
        f"（一）认真部署，分解任务。{deployed}{handed_down}",
        f"（二）主动沟通，提高质量。坚持先沟通再办件、沟通充分再答复，与提案人沟通并留有记录"
        f"{counted['contacts']}次；没有沟通记录的答复不能发出。",
        f"（三）跟踪督办，保障落实。答复中写明期限的承诺事项{counted['promises_made']}项，"
        f"已附证明材料认定兑现{counted['promises_kept']}项{_rate(counted)}；"
        f"因评价不满意重新办理{counted['redone']}件次。",
    )


def _rate(counted: dict[str, Any]) -> str:
    rate = counted["conversion_rate"]
    return "" if rate is None else f"，成果转化率{rate:.1%}"


def _typical(cases: Sequence[Case]) -> tuple[Case, ...]:
    """Cases that the unit answered: such as a source names come first, then key ones."""
    order = sorted(cases, key=lambda case: (case.is_composed, not case.is_key, case.number))
    named = [case for case in order if not case.is_composed or case.is_key]
    return tuple(named[:TYPICAL_CASES])


def _problems(counted: dict[str, Any]) -> tuple[str, ...]:
    late = counted["answered"] - counted["answered_on_time"]
    waiting = counted["answers_owed"] - counted["answered"]
    dissatisfied = counted["ratings"]["result"]["dissatisfied"]
    open_promises = counted["promises_made"] - counted["promises_kept"]
    found = (
        (late, f"按时办理仍有差距：{late}份答复或会办意见逾期提交，须把内部期限和催办再提前。"),
        (waiting, f"仍有{waiting}份答复或会办意见未提交，须逐件明确责任人和完成日期。"),
        (
            dissatisfied,
            f"沟通联系需加强：{dissatisfied}份评价对办理结果不满意，"
            "须在答复前与提案人充分沟通，重新办理的逐件回访。",
        ),
        (
            counted["returned"],
            f"协调配合需增强：申请退办{counted['returned']}件次，须在签收前核清职责，避免推诿。",
        ),
        (
            open_promises,
            f"跟踪落实需持续：{open_promises}项承诺尚未兑现，列入台账，到期逐项核查并补充答复。",
        ),
    )
    said = tuple(says for count, says in found if count)
    return said or ("统计范围内没有逾期、退办、不满意或未兑现的事项；继续保持办理质量。",)


def _suggestions(counted: dict[str, Any], *, within: str) -> tuple[str, ...]:
    found = (
        (
            counted["coordination_flagged"],
            f"部分提案需市级高位协调：{within}提请市级协调{counted['coordination_flagged']}项，"
            f"已决定{counted['coordination_decided']}项。建议优化市区之间的沟通协调机制，"
            "明确受理和答复期限。",
        ),
        (
            counted["merged"],
            f"内容相同或相似的提案宜合并办理：{within}并入他案办理{counted['merged']}件。"
            "建议在立案审查时即行并案，避免重复办理，提高成果转化率。",
        ),
    )
    said = tuple(says for count, says in found if count)
    return said or ("暂无。",)
