"""Longhua's report on 2024, as a snapshot: the parts' text is the district's own, shortened."""

from datetime import date

from services.portal.domain.figures import COUNTING_RULES
from services.portal.domain.words import FIGURES
from services.portal.papers.report import Figure, Snapshot, Summed, Tally, TypicalCase
from tests.domain.portal.papers.texts import (
    HETAO,
    PRACTICE,
    PRIVATE_ECONOMY,
    PROBLEMS,
    SUGGESTIONS,
)

COUNTED = {
    "received": "37",
    "answering": "9",
    "co_handling": "28",
    "key": "1",
    "merged": "1",
    "answers_owed": "37",
    "answered": "37",
    "answered_on_time": "37",
    "replies": "10",
    "by_class": "A类4，B类5，C类1",
    "redone": "1",
    "ratings": "20份；过程满意18、基本满意2、不满意0；结果满意17、基本满意2、不满意1",
    "promises_made": "5",
    "promises_kept": "4",
    "conversion_rate": "80.0%",
    "coordination_flagged": "2",
    "coordination_decided": "2",
    "returned": "3",
    "contacts": "24",
    "handed_down": "31",
}
SITUATION = (
    "2024年，市政协交办龙华区人民政府的提案共37件（主办、承办、分办件9件，会办件28件），"
    "其中包括1件市政协重点提案，涵盖深港合作、产业用房、鹭湖片区发展、招商引资等多个领域。"
    "截至目前，37件提案均已认真研究办理并按时答复。"
)
SNAPSHOT = Snapshot(
    body="深圳市龙华区人民政府",
    period="2024年",
    as_of=date(2024, 12, 31),
    figures=tuple(
        Figure(code, FIGURES[code], COUNTED[code], rule) for code, rule in COUNTING_RULES.items()
    ),
    parts=(SITUATION, PRACTICE, "", PROBLEMS, SUGGESTIONS),
    tallies=(
        Tally(
            "承办方式",
            "件",
            "按提案计：每个案号计一件。",
            (("主办、承办、分办件", 9), ("会办件", 28)),
            "pie",
        ),
        Tally(
            "办理结果分类",
            "件",
            "按答复计：每件答复按其办理结果类别计入一类。",
            (("A类 已解决", 4), ("B类 列入计划", 5), ("C类 暂不能解决", 1)),
            "pie",
        ),
        Tally(
            "提案人对办理结果的评价",
            "份",
            "按评价表计：未反馈的不计为满意。",
            (("满意", 17), ("基本满意", 2), ("不满意", 1)),
        ),
    ),
    sums=(
        Summed(
            "各区与全市",
            "主办、分办件",
            ("提案（件）", "答复（件）", "A类答复"),
            (
                ("福田区人民政府", (12, 13, 9)),
                ("龙华区人民政府", (9, 10, 4)),
                ("南山区人民政府", (15, 15, 11)),
            ),
            (1, 0, 0),
            (35, 38, 24),
        ),
    ),
    cases=(
        TypicalCase(
            "20240080",
            "关于推动龙华深入衔接河套深圳园区发展规划的提案",
            "王志毅等6位委员提出的《关于推动龙华深入衔接河套深圳园区发展规划的提案》"
            "（第20240080号），由龙华区人民政府主办；市发展和改革委员会、市科技创新局、"
            "市工业和信息化局、福田区人民政府会办。",
            tuple(
                line for line in HETAO.splitlines() if not line.startswith(("一、", "二、", "三、"))
            ),
            ("完成合作园区选址", "举办青年创新创业大赛"),
            is_key=True,
        ),
        TypicalCase(
            "20240498",
            "关于坚持“两个毫不动摇”，推动龙华区民营经济高质量发展的提案",
            "吴联喜委员提出的《关于坚持“两个毫不动摇”，推动龙华区民营经济高质量发展的提案》"
            "（第20240498号），由龙华区人民政府主办；市工业和信息化局会办。",
            tuple(PRIVATE_ECONOMY.splitlines()[1::2]),
        ),
    ),
)
