"""The figures of a year's report: from facts to numbers, each with the rule by which it counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

COUNTING_RULES: dict[str, str] = {
    "received": "按提案计：本年度立案编号、交办后由本单位主办、分办或会办的提案，每个案号计一件；"
    "并案中的每一件各计一件，参阅件和已改派他单位的不计。",
    "answering": "按提案计：收到的提案中，由本单位主办或分办（须以本单位名义答复提案人）的件数。",
    "co_handling": "按提案计：收到的提案中，由本单位会办（向主办单位提出意见）的件数。",
    "key": "按提案计：收到的提案中，被列为重点提案的件数。",
    "merged": "按提案计：收到的提案中，并入他案一并办理的件数，主件不计；"
    "并入的提案仍逐件答复、逐件评价。",
    "answers_owed": "按文书计：主办、分办的每件提案应有一份首次答复，"
    "会办的每件提案应有一份会办意见。",
    "answered": "按文书计：应有的首次答复和会办意见中，截至统计日已发出的份数。",
    "answered_on_time": "按文书计：已发出的首次答复和会办意见中，在各自期限当日或之前发出的份数；"
    "期限以最近一次交办或改派时确定的为准，迟一个工作日即不计。",
    "replies": "按答复计：本单位就收到的提案发出的答复，每发出一次计一件，重新办理后的答复另计。",
    "by_class": "按答复计：每件答复按其办理结果类别计入一类；一件提案有几次答复就计几次。",
    "redone": "按答复计：因评价不满意而责成重新办理的次数。",
    "ratings": "按评价表计：每位提案人对每件答复的评价计一次，办理过程与办理结果分开统计；"
    "未反馈的不计为满意。",
    "promises_made": "按承诺事项计：本单位在上述答复中承诺、写明期限的事项数。",
    "promises_kept": "按承诺事项计：截至统计日已附证明材料认定兑现的事项数。",
    "conversion_rate": "成果转化率＝已兑现承诺事项数÷承诺事项总数；没有承诺事项时不计算。",
    "coordination_flagged": "按协调事项计：收到的提案中提请市级协调的事项数，"
    "依规则提请和人工提请都计。",
    "coordination_decided": "按协调事项计：其中截至统计日已作出决定的事项数。",
    "returned": "按申请计：本单位在本年度提案上提出的退办申请数，无论是否同意。",
    "contacts": "按次计：本单位就收到的提案与提案人沟通并留有记录的次数。",
    "handed_down": "按任务计：本单位就收到的提案分解给下属单位的任务数。",
}

# Where the whole city is counted, these count otherwise.
OF_THE_CITY: dict[str, str] = {
    "received": "按提案计：本年度立案编号、已交办的提案，每个案号计一件；由几个单位分办的计一件，"
    "并案中的每一件各计一件。",
    "answering": "按提案计：收到的提案中，有主办或分办单位的件数。",
    "co_handling": "按提案计：收到的提案中，有会办单位的件数。",
    "answers_owed": "按文书计：每件提案的每个主办、分办单位应有一份首次答复，"
    "每个会办单位应有一份会办意见。",
    "replies": "按答复计：各单位就收到的提案发出的答复，分办的每个单位各计，重新办理后的答复另计。",
    "promises_made": "按承诺事项计：各单位在上述答复中承诺、写明期限的事项数。",
    "returned": "按申请计：各单位在本年度提案上提出的退办申请数，无论是否同意。",
    "contacts": "按次计：各单位就收到的提案与提案人沟通并留有记录的次数。",
    "handed_down": "按任务计：各单位就收到的提案分解给下属单位的任务数。",
}


@dataclass(frozen=True, slots=True)
class Received:
    """A proposal that the unit answers or co-handles, and the answer that it owes."""

    proposal_id: str
    number: str
    title: str
    role: str
    category: str | None
    origin: str | None
    is_key: bool
    is_merged: bool
    answered_on: date | None
    days_late: int | None

    @property
    def answers_proposer(self) -> bool:
        """Whether the unit owes the proposer a reply of its own."""
        return self.role in ("lead", "split")

    @property
    def is_on_time(self) -> bool:
        """Whether the answer was given, and not late."""
        return self.answered_on is not None and not self.days_late


Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Year:
    """All facts of one unit's year. Rows are read by the names of their columns."""

    received: Sequence[Received]
    replies: Sequence[Row]
    redone: int
    ratings: Sequence[Row]
    promises: Sequence[Row]
    matters: Sequence[Row]
    returned: int
    contacts: int
    handed_down: int


def figures(year: Year) -> dict[str, Any]:
    """The year in numbers, one for each counting rule."""
    received = year.received
    kept = _count(promise["kept_on"] is not None for promise in year.promises)
    made = len(year.promises)
    return {
        "received": len(received),
        "answering": _count(one.answers_proposer for one in received),
        "co_handling": _count(not one.answers_proposer for one in received),
        "key": _count(one.is_key for one in received),
        "merged": _count(one.is_merged for one in received),
        "answers_owed": len(received),
        "answered": _count(one.answered_on is not None for one in received),
        "answered_on_time": _count(one.is_on_time for one in received),
        "replies": len(year.replies),
        "by_class": dict(sorted(Counter(row["result_class"] for row in year.replies).items())),
        "redone": year.redone,
        "ratings": {
            "forms": len(year.ratings),
            "process": _tally(row["process"] for row in year.ratings),
            "result": _tally(row["result"] for row in year.ratings),
        },
        "promises_made": made,
        "promises_kept": kept,
        "conversion_rate": round(kept / made, 4) if made else None,
        "coordination_flagged": len(year.matters),
        "coordination_decided": _count(row["decided_on"] is not None for row in year.matters),
        "returned": year.returned,
        "contacts": year.contacts,
        "handed_down": year.handed_down,
    }


def _count(truths: Iterable[bool]) -> int:
    return sum(truths)


def _tally(words: Iterable[str]) -> dict[str, int]:
    counted = Counter(words)
    return {word: counted[word] for word in ("satisfied", "basically", "dissatisfied")}
