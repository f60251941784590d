"""Composes the portfolio: two real cases, and 35 that are honestly marked as made for the demo.

``python -m deploy.demo.compose`` writes ``portfolio.json`` anew from ``data/``: the records as
published (``real_proposals.jsonl``), and what the demo makes of each of them (``cases.json``).
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

HERE = Path(__file__).parent
RECORDS = HERE / "data" / "real_proposals.jsonl"
CASES = HERE / "data" / "cases.json"
PORTFOLIO = HERE / "portfolio.json"

REPORT = "龙华区《建议提案办理的总体情况》（2024年）"
SURNAMES = (
    "赵钱孙李周郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
    "戚谢邹喻柏窦章云苏潘葛范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤"
)  # the order of 百家姓, without the surnames of the two real proposers
ORDINALS = "一二三四五六七八九十"

Record = dict[str, Any]
Case = dict[str, Any]


def compose() -> list[Case]:
    """The 37 cases of the year in the order of their numbers, all derived from the data files."""
    records = {record["id"]: record for record in _records()}
    surnames = iter(SURNAMES)
    cases = sorted(json.loads(CASES.read_text("utf-8")), key=lambda case: str(case["number"]))
    return [_composed(case, record=records[case["source"]], surnames=surnames) for case in cases]


def render(portfolio: list[Case]) -> str:
    """The file as it is committed."""
    return json.dumps(portfolio, ensure_ascii=False, indent=1) + "\n"


def _records() -> Iterator[Record]:
    for line in RECORDS.read_text("utf-8").splitlines():
        yield json.loads(line)


def _composed(case: Case, *, record: Record, surnames: Iterator[str]) -> Case:
    real = record["number"] == case["number"]
    told = _as_recorded(record) if real else _as_made_up(case, record=record, surnames=surnames)
    return {
        "proposal_id": str(uuid5(NAMESPACE_URL, f"huiban:demo/2024/{case['number']}")),
        "number": case["number"],
        "year": 2024,
        "origin": "real" if real else "composed",
        **told,
        "category": case["category"],
        "part": "answering" if case.get("answering") else "co_handling",
        "lead": case.get("lead"),
        "split": case.get("split", []),
        "co_handlers": case["co_handlers"],
        "reference": case.get("reference", []),
        "handed_over_on": case.get("off_session", "2024-01-15"),
        "merged_into": case.get("merged_into"),
        "merged_why": case.get("merged_why"),
        "key": case.get("key"),
        "district_work": case["district_work"],
        "asks": case["asks"],
        "reply": _reply(case),
        "other_replies": {
            unit: _reply(reply) for unit, reply in case.get("other_replies", {}).items()
        },
        "second_reply": _reply(case["second_reply"]) if "second_reply" in case else None,
    }


def _reply(case: Case) -> Case:
    """What a unit answers: the class, the words, and what comes of it."""
    return {
        "result": case["result"],
        "answer": case["answer"],
        "reason": case.get("reason"),
        "drafts": case.get("drafts", 1),
        "promises": case.get("promises", []),
        "ratings": case.get("ratings", []),
    }


def _as_recorded(record: Record) -> Case:
    """A real case: what the report names, and not a word more."""
    return {
        "title": record["title"],
        "text": (
            f"本件题名、编号、提案人、主办和会办单位取自{REPORT}。提案原文未公开，"
            f"以下为报告所载内容：\n{record['text']}\n"
            "演示中的办理日期、经办人、沟通、评价均为演示所编，不是历史记录。"
        ),
        "kind": "joint" if record.get("proposer_count", 1) > 1 else "single",
        "proposers": list(_named_and_unnamed(record["proposers"])),
        "source": f"{REPORT} {record['source_url']}",
    }


def _named_and_unnamed(proposers: list[str]) -> Iterator[str]:
    """王志毅等6位委员 names one of six: the others stay, as people whose names are not known."""
    for proposer in proposers:
        several = re.fullmatch(r"(.+)等(\d+)位委员", proposer)
        if several is None:
            yield proposer
            continue
        yield several[1]
        for nth in range(2, int(several[2]) + 1):
            yield f"第{ORDINALS[nth - 1]}提案人（姓名未载）"


def _as_made_up(case: Case, *, record: Record, surnames: Iterator[str]) -> Case:
    """A composed case: it says so itself, and names the record it was made from."""
    proposers = case["proposers"]
    where = record.get("source_url") or record.get("source_title")
    year = f"{record['year']}年" if record["year"] else "年份不详"
    asks = "".join(f"\n（{ORDINALS[n]}）{ask}。" for n, ask in enumerate(case["asks"]))
    return {
        "title": case["title"],
        "text": (
            f"本件是组合示例：据真实记录{record['id']}《{record['title']}》"
            f"（{record['city']}，{year}）改写，提案人、内容和办理过程均非真实。\n"
            f"一、情况\n{case['situation']}\n二、建议{asks}"
        ),
        "kind": case["kind"],
        "proposers": (
            [proposers]
            if isinstance(proposers, str)
            else [f"{next(surnames)}委员（示例）" for _ in range(proposers)]
        ),
        "source": f"组合示例，据{record['id']}《{record['title']}》改写 {where}",
    }


def main() -> None:
    PORTFOLIO.write_text(render(compose()), "utf-8")


if __name__ == "__main__":
    main()
