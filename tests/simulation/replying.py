"""What people may want to say: talks, opinions, drafts, signatures, letters, ratings, promises."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tests.simulation.case import Case, Row, Seen, day
from tests.simulation.city import City
from tests.simulation.wish import On, Wish

SOLVED, PROMISED = "A", "B"
CLASSES = "AAABBBCD"
RESULTS = ("satisfied", "satisfied", "satisfied", "basically", "dissatisfied")


def of_words(
    on: On, case: Case, seen: Seen, city: City, *, today: date, dice: Random
) -> Iterator[Wish]:
    """Everything that may be said in a proposal today."""
    words = seen.words
    if words["taken_back_on"] is not None:
        return
    parts = [one for one in words["tasks"] if one["ended_on"] is None and one["signed_on"]]
    for task in parts:
        if task["role"] == "co_handle":
            yield from _of_opinion(on, case, words, task, city, dice=dice)
        if task["role"] in ("lead", "split"):
            yield from _of_round(on, case, seen, task, city, today=today, dice=dice)
    yield from _of_contacts(on, case, words)
    yield from _of_disagreements(on, words)
    for reply in words["replies"]:
        yield from _of_reply(on, case, words, reply, today=today, dice=dice)
    yield from _of_publications(on, words)
    yield from _of_promises(on, words, today=today, dice=dice)


def _of_opinion(
    on: On, case: Case, words: Row, task: Row, city: City, *, dice: Random
) -> Iterator[Wish]:
    at, unit = f"tasks/{task['task_id']}", task["unit"]
    pace = city.pace[unit]
    standing = [
        one
        for one in words["opinions"]
        if one["task_id"] == task["task_id"] and one["withdrawn_on"] is None
    ]
    if standing:
        yield on.unit(0.03, "reply", unit, f"{at}/opinion/withdraw", post="head", why="情况有变")
        yield on.unit(0.1, "reply", unit, f"{at}/opinion/drafts", opinion="同意", mistaken=True)
    elif words["home"] == words["proposal_id"]:
        yield on.unit(0.3, "reply", unit, f"{at}/contacts", **_talk(words))
        yield from _of_opinion_draft(on, case, task, pace, dice=dice)
    for one in words["countersigns"]:
        if one["unit"] == unit and one["state"] == "asked":
            asked = {"lead_task": one["task_id"], "draft": one["draft"]}
            yield on.unit(3, "reply", unit, f"{at}/countersign", post="head", **asked)
            yield on.unit(
                0.5, "reply", unit, f"{at}/refuse-countersign", post="head", why="数字不符", **asked
            )
            yield on.unit(0.1, "reply", unit, f"{at}/countersign", mistaken=True, **asked)


def _of_opinion_draft(
    on: On, case: Case, task: Row, pace: float, *, dice: Random
) -> Iterator[Wish]:
    at, unit = f"tasks/{task['task_id']}/opinion", task["unit"]
    newest = case.opinions.get(task["task_id"])
    if newest is None or dice.random() < 0.1:
        against = "主办方案没有考虑用地" if dice.random() < 0.08 else None
        words: Row = {"opinion": "同意", "contradicts": against}
        yield on.unit(2 * pace, "reply", unit, f"{at}/drafts", **words)
    if newest is None:
        return
    draft: Row = {"draft": newest.draft}
    if newest.checked:
        yield on.unit(3 * pace, "reply", unit, f"{at}/issue", post="head", **draft)
        return
    yield on.unit(3 * pace, "reply", unit, f"{at}/check", post="section_head", **draft)
    yield on.unit(0.1, "reply", unit, f"{at}/issue", post="head", mistaken=True, **draft)
    back: Row = {**draft, "why": "不够具体"}
    yield on.unit(0.2, "reply", unit, f"{at}/send-back", post="section_head", **back)


def _talk(words: Row) -> Row:
    people = [one["name"] for one in words["proposers"]][:1] or ["提案人"]
    return {"kind": "visit", "people": people, "summary": "当面听取意见"}


def _of_round(
    on: On, case: Case, seen: Seen, task: Row, city: City, *, today: date, dice: Random
) -> Iterator[Wish]:
    words, unit = seen.words, task["unit"]
    at, pace = f"tasks/{task['task_id']}", city.pace[unit]
    rounds = [one for one in words["rounds"] if one["task_id"] == task["task_id"]]
    open_round = next((one for one in rounds if one["issued_on"] is None), None)
    if open_round is None or (
        words["home"] != words["proposal_id"] and open_round["because"] == "first"
    ):
        if rounds:
            late: Row = {"text": "又一稿", "result_class": "A", "answers": []}
            yield on.unit(0.1, "reply", unit, f"{at}/drafts", mistaken=open_round is None, **late)
        return
    here = {"task_id": task["task_id"], "round": open_round["round"]}
    drafts = [one for one in words["drafts"] if here.items() <= one.items()]
    drafts = [one for one in drafts if one["sent_back_on"] is None][:1]
    talked = any(here.items() <= one.items() and not one["denied_by"] for one in words["contacts"])
    yield on.unit(0.3 if talked else 3 * pace, "reply", unit, f"{at}/contacts", **_talk(words))
    if not talked:
        name = case.planned.proposers[0]
        yield on.proposer(0.1, "reply", name, f"{at}/waive-contact", proposer=name)
    if not drafts or dice.random() < 0.05:
        answers = [{"point": one["says"], "answer": "已经落实"} for one in words["points"]]
        yield on.unit(
            3 * pace,
            "reply",
            unit,
            f"{at}/drafts",
            text="您的提案收悉，现答复如下。联系电话13812345678。",
            result_class=dice.choice(CLASSES),
            answers=answers[: dice.randint(0, len(answers))] if dice.random() < 0.2 else answers,
        )
    for draft in drafts:
        yield from _of_draft(on, seen, task, draft, pace, today=today, dice=dice)


def _of_draft(
    on: On, seen: Seen, task: Row, draft: Row, pace: float, *, today: date, dice: Random
) -> Iterator[Wish]:
    unit, at, number = task["unit"], f"tasks/{task['task_id']}", draft["draft"]
    if draft["approved_on"] is None:
        yield on.unit(3 * pace, "reply", unit, f"{at}/approve", post="section_head", draft=number)
        yield on.unit(
            0.2,
            "reply",
            unit,
            f"{at}/approve",
            post="section_head",
            person=f"officer.{unit}",
            draft=number,
            mistaken=True,
        )
        yield on.unit(
            0.3,
            "reply",
            unit,
            f"{at}/send-back",
            post="section_head",
            draft=number,
            why="数字有误",
        )
        yield on.unit(
            0.1, "reply", unit, f"{at}/issue", post="head", mistaken=True, **_letter(draft, today)
        )
        return
    yield on.unit(0.4, "reply", unit, f"{at}/ask-to-countersign", draft=number)
    yield on.unit(0.5, "reply", unit, f"{at}/endorse", post="head", draft=number)
    for post, likely in (("head", 3), ("deputy", 1)):
        yield on.unit(
            likely * pace,
            "reply",
            unit,
            f"{at}/issue",
            post=post,
            **_letter(draft, today, publication=dice.choice(PUBLICATIONS)),
        )


PUBLICATIONS = (
    {"attribute": "open"},
    {"attribute": "open"},
    {"attribute": "on_request", "reason_code": "privacy"},
    None,
)


def _letter(draft: Row, today: date, *, publication: Row | None = None) -> Row:
    due_on = (today + timedelta(days=60)).isoformat()
    promised = draft["result_class"] == PROMISED
    return {
        "draft": draft["draft"],
        "summary": "社区巴士已经增开",
        "reason": "条件所限",
        "evidence": "通车公告",
        "promises": [{"text": "分步完成", "due_on": due_on}] if promised else [],
        "without_opinions_because": "逾期未提",
        "unanswered_because": "不属本单位职责",
        "publication": publication,
    }


def _of_contacts(on: On, case: Case, words: Row) -> Iterator[Wish]:
    for contact in words["contacts"][:3]:
        for name in case.planned.proposers:
            at = f"contacts/{contact['contact_id']}"
            if name in contact["confirmed_by"]:
                yield on.proposer(
                    0.05, "reply", name, f"{at}/confirm", proposer=name, mistaken=True
                )
                continue
            yield on.proposer(0.3, "reply", name, f"{at}/confirm", proposer=name)
            yield on.proposer(
                0.01 if contact["denied_by"] else 0.04,
                "reply",
                name,
                f"{at}/deny",
                proposer=name,
                says="没有人联系过我",
            )


def _of_disagreements(on: On, words: Row) -> Iterator[Wish]:
    for one in words["disagreements"]:
        if one["settled_on"] is not None:
            continue
        at = f"disagreements/{one['disagreement_id']}"
        outcome: Row = {"outcome": "达成一致"}
        why: Row = {"why": "协商不成"}
        match one["level"]:
            case "heads":
                yield on.unit(2, "reply", one["unit"], f"{at}/settle", post="head", **outcome)
                yield on.unit(1, "reply", one["lead"], f"{at}/raise", post="head", **why)
                yield on.office(0.2, "reply", f"{at}/settle", mistaken=True, **outcome)
            case "office":
                yield on.office(2, "reply", f"{at}/settle", **outcome)
                yield on.office(1, "reply", f"{at}/raise", **why)
            case "leader":
                yield on.leader(2, "reply", f"{at}/settle", **outcome)


def _of_reply(
    on: On, case: Case, words: Row, reply: Row, *, today: date, dice: Random
) -> Iterator[Wish]:
    at = f"replies/{reply['reply_id']}"
    if reply["void_on"] is not None:
        yield on.office(0.1, "reply", f"{at}/accept", mistaken=True)
        return
    if reply["accepted_on"] is None:
        yield on.office(1, "reply", f"{at}/accept")
        yield on.office(0.08, "reply", f"{at}/send-back", why="遗漏要点")
    other = dice.choice("ACD")
    if other != reply["result_class"]:
        yield on.office(0.03, "reply", f"{at}/change-class", result_class=other, why="尚未解决")
    rated = {one["proposer"] for one in words["ratings"] if one["reply_id"] == reply["reply_id"]}
    for name in case.planned.proposers:
        process = {"proposer": name, "process": "satisfied", "result": dice.choice(RESULTS)}
        again = name in rated or reply["closed_on"] is not None
        yield on.proposer(
            0.05 if again else 1, "reply", name, f"{at}/ratings", mistaken=again, **process
        )
        yield on.proposer(0.05, "reply", "旁人", f"{at}/ratings", mistaken=True, **process)
    silent = set(case.planned.proposers) - rated
    if reply["closed_on"] is None:
        if silent:
            yield on.committee(0.3, "reply", f"{at}/remind-of-rating")
        yield on.committee(0.5, "reply", f"{at}/close-ratings")
    if reply["meeting_ordered_on"] is not None and reply["met_on"] is None:
        yield on.committee(
            2,
            "reply",
            f"{at}/hold-meeting",
            held_on=today.isoformat(),
            people=[(silent and sorted(silent)[0]) or "提案人"],
            result=dice.choice(["agreed", "differs"]),
            outcome="当面沟通",
        )
    if reply["second_on"] is None and reply["result_class"] == PROMISED:
        yield on.unit(
            0.5, "reply", reply["unit"], f"{at}/second-answer", post="head", summary="已经解决"
        )


def _of_publications(on: On, words: Row) -> Iterator[Wish]:
    for one in words["publications"]:
        at = f"letters/{one['letter_id']}"
        if one["void_on"] is not None:
            continue
        if one["decided"] is None:
            yield on.office(
                0.7, "reply", f"{at}/decide-publication", attribute="open", why="应予公开"
            )
            yield on.office(0.2, "reply", f"{at}/release", mistaken=True)
        elif one["decided"] == "open" and one["released_on"] is None:
            yield on.office(0.7, "reply", f"{at}/release", leave=[])
        elif one["released_on"] is not None and one["withdrawn_on"] is None:
            yield on.office(0.02, "reply", f"{at}/withdraw-release", why="信息有误")


def _of_promises(on: On, words: Row, *, today: date, dice: Random) -> Iterator[Wish]:
    for one in words["promises"]:
        at, unit = f"promises/{one['promise_id']}", one["unit"]
        due_on = day(one["due_on"]) or today
        if one["kept_on"] or one["broken_on"] or one["void_on"]:
            yield on.office(0.05, "reply", f"{at}/keep", mistaken=True)
            continue
        yield on.unit(0.1, "reply", unit, f"{at}/progress", progress="完成一半")
        if one["reported_on"] is not None:
            yield on.office(1.5, "reply", f"{at}/keep")
            yield on.office(0.4, "reply", f"{at}/refuse-report", why="现场未见")
        else:
            yield on.unit(0.4, "reply", unit, f"{at}/report", evidence="现场照片")
            yield on.office(0.05, "reply", f"{at}/keep", mistaken=True)
        if one["wanted_due_on"] is not None:
            yield on.office(1, "reply", f"{at}/decide-change", granted=True, why="同意")
            yield on.office(0.5, "reply", f"{at}/decide-change", granted=False, why="不宜")
        else:
            later = (max(today, due_on) + timedelta(days=dice.randint(10, 60))).isoformat()
            change: Row = {"text": "分两步完成", "due_on": later, "why": "车辆未到"}
            yield on.unit(0.05, "reply", unit, f"{at}/ask-for-change", post="head", **change)
        if due_on < today:
            yield on.office(0.1, "reply", f"{at}/break", why="项目取消")
