"""A report's figures: from facts to numbers, each with the rule by which it counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.portal.domain.period import Days, Period

# {whose} proposals: of a year or of a session.
COUNTING_RULES: dict[str, str] = {
    "received": "按提案计：{whose}立案编号、交办后由本单位主办、分办或会办的提案，每个案号计一件；"
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
    "returned": "按申请计：本单位在{whose}提案上提出的退办申请数，无论是否同意。",
    "contacts": "按次计：本单位就收到的提案与提案人沟通并留有记录的次数。",
    "handed_down": "按任务计：本单位就收到的提案分解给下属单位的任务数。",
}

# Where the whole city is counted, these count otherwise.
OF_THE_CITY: dict[str, str] = {
    "received": "按提案计：{whose}立案编号、已交办的提案，每个案号计一件；由几个单位分办的计一件，"
    "并案中的每一件各计一件。",
    "answering": "按提案计：收到的提案中，有主办或分办单位的件数。",
    "co_handling": "按提案计：收到的提案中，有会办单位的件数。",
    "answers_owed": "按文书计：每件提案的每个主办、分办单位应有一份首次答复，"
    "每个会办单位应有一份会办意见。",
    "replies": "按答复计：各单位就收到的提案发出的答复，分办的每个单位各计，重新办理后的答复另计。",
    "promises_made": "按承诺事项计：各单位在上述答复中承诺、写明期限的事项数。",
    "returned": "按申请计：各单位在{whose}提案上提出的退办申请数，无论是否同意。",
    "contacts": "按次计：各单位就收到的提案与提案人沟通并留有记录的次数。",
    "handed_down": "按任务计：各单位就收到的提案分解给下属单位的任务数。",
}


# Where things are counted by the day on which they happened, these count otherwise.
OF_DAYS: dict[str, str] = {
    "received": "按提案计：期内（含首尾两日，下同）交办或改派给本单位主办、分办或会办的提案，"
    "按交到本单位之日计，每个案号计一件；并案中的每一件各计一件，参阅件和已改派他单位的不计。",
    "answers_owed": "按文书计：期内应办的首次答复和会办意见，包括期初尚未提交的，"
    "以及期内交办、改派的，按提案逐件计。",
    "answered": "按文书计：期内应办的首次答复和会办意见中，截至期末（期末未到的截至统计日，下同）"
    "已发出的份数，按发出之日计。",
    "replies": "按答复计：本单位期内发出的答复，按发出之日计，不论提案何时交办；"
    "每发出一次计一件，重新办理后的答复另计。",
    "by_class": "按答复计：期内发出的每件答复按其办理结果类别计入一类；"
    "一件提案有几次答复就计几次。",
    "redone": "按答复计：期内因评价不满意而责成重新办理的次数，按责成之日计。",
    "ratings": "按评价表计：期内对本单位答复的评价，按评价之日计；"
    "每位提案人对每件答复的评价计一次，办理过程与办理结果分开统计；未反馈的不计为满意。",
    "promises_made": "按承诺事项计：本单位期内承诺、写明期限的事项数，按作出承诺之日计。",
    "promises_kept": "按承诺事项计：期内承诺的事项中，截至期末已附证明材料认定兑现的事项数。",
    "coordination_flagged": "按协调事项计：本单位承办的提案中，期内提请市级协调的事项数，"
    "按提请之日计，依规则提请和人工提请都计。",
    "coordination_decided": "按协调事项计：其中截至期末已作出决定的事项数。",
    "returned": "按申请计：本单位期内提出的退办申请数，按申请之日计，无论是否同意。",
    "contacts": "按次计：本单位期内与提案人沟通并留有记录的次数，按记录之日计。",
    "handed_down": "按任务计：本单位期内分解给下属单位的任务数，按分解之日计。",
}
OF_THE_CITY_IN_DAYS: dict[str, str] = {
    "received": "按提案计：期内（含首尾两日，下同）交办或改派到现承办单位的提案，每个案号计一件；"
    "由几个单位分办的计一件，并案中的每一件各计一件；先后交到几个单位的，在各自所在的期内各计一次。",
    "answering": OF_THE_CITY["answering"],
    "co_handling": OF_THE_CITY["co_handling"],
    "replies": "按答复计：各单位期内发出的答复，按发出之日计，不论提案何时交办；"
    "分办的每个单位各计，重新办理后的答复另计。",
    "ratings": "按评价表计：期内提交的评价，按评价之日计；每位提案人对每件答复的评价计一次，"
    "办理过程与办理结果分开统计；未反馈的不计为满意。",
    "promises_made": "按承诺事项计：各单位期内承诺、写明期限的事项数，按作出承诺之日计。",
    "coordination_flagged": "按协调事项计：期内提请市级协调的事项数，按提请之日计，"
    "依规则提请和人工提请都计。",
    "returned": "按申请计：各单位期内提出的退办申请数，按申请之日计，无论是否同意。",
    "contacts": "按次计：各单位期内与提案人沟通并留有记录的次数，按记录之日计。",
    "handed_down": "按任务计：各单位期内分解给下属单位的任务数，按分解之日计。",
}


def counting_rules(period: Period, *, is_city: bool) -> dict[str, str]:
    """The rule by which each figure of a report counts."""
    rules = COUNTING_RULES | (OF_THE_CITY if is_city else {})
    if isinstance(period, Days):
        rules = COUNTING_RULES | OF_DAYS | (OF_THE_CITY_IN_DAYS if is_city else {})
    return {code: rule.format(whose=period.within) for code, rule in rules.items()}


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
class Facts:
    """All facts of one unit in a period. Rows are read by the names of their columns.

    ``owed`` are the proposals to which it owes an answer then: of a year, all that it received.
    """

    received: Sequence[Received]
    owed: Sequence[Received]
    replies: Sequence[Row]
    redone: int
    ratings: Sequence[Row]
    promises: Sequence[Row]
    matters: Sequence[Row]
    returned: int
    contacts: int
    handed_down: int


def figures(facts: Facts) -> dict[str, Any]:
    """The facts in numbers, one for each counting rule."""
    received, owed = facts.received, facts.owed
    kept = _count(promise["kept_on"] is not None for promise in facts.promises)
    made = len(facts.promises)
    return {
        "received": len(received),
        "answering": _count(one.answers_proposer for one in received),
        "co_handling": _count(not one.answers_proposer for one in received),
        "key": _count(one.is_key for one in received),
        "merged": _count(one.is_merged for one in received),
        "answers_owed": len(owed),
        "answered": _count(one.answered_on is not None for one in owed),
        "answered_on_time": _count(one.is_on_time for one in owed),
        "replies": len(facts.replies),
        "by_class": dict(sorted(Counter(row["result_class"] for row in facts.replies).items())),
        "redone": facts.redone,
        "ratings": {
            "forms": len(facts.ratings),
            "process": _tally(row["process"] for row in facts.ratings),
            "result": _tally(row["result"] for row in facts.ratings),
        },
        "promises_made": made,
        "promises_kept": kept,
        "conversion_rate": round(kept / made, 4) if made else None,
        "coordination_flagged": len(facts.matters),
        "coordination_decided": _count(row["decided_on"] is not None for row in facts.matters),
        "returned": facts.returned,
        "contacts": facts.contacts,
        "handed_down": facts.handed_down,
    }


def _count(truths: Iterable[bool]) -> int:
    return sum(truths)


def _tally(words: Iterable[str]) -> dict[str, int]:
    counted = Counter(words)
    return {word: counted[word] for word in ("satisfied", "basically", "dissatisfied")}
