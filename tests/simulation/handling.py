"""What people may want about tasks: sign, return, object, ask for time, change hands, plan, finish.

Some of it is wrong, and must be refused: too late, twice, another's, decided already.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tests.simulation.case import Row, Seen, day
from tests.simulation.city import City
from tests.simulation.wish import On, Wish

WHY = "经研究"
MOST_HANDS = 4  # how often a part changes hands before people are tired of it
ROLES = ("co_handle", "co_handle", "reference")


def of_tasks(on: On, seen: Seen, city: City, *, today: date, dice: Random) -> Iterator[Wish]:
    """Every part of the proposal, as its unit, the office or a leader looks at it."""
    if seen.handling["withdrawn_on"] is not None or seen.handling["merged_into"] is not None:
        return
    other = dice.choice(city.others(seen.held))
    for task in seen.tasks:
        at = f"tasks/{task['task_id']}"
        match task["state"]:
            case "unsigned":
                yield from _unsigned(on, task, at, other, city, today=today)
            case "returned":
                yield from _returned(on, task, at, other)
            case "objected":
                yield from _objected(on, seen, task, at, other, today=today)
            case "signed" if task["parent"] is not None:
                yield on.unit(3, "assignment", task["unit"], f"{at}/complete", summary="已经办结")
            case "signed" if task["answered_on"] is None:
                yield from _signed(on, seen, task, at, city, today=today, dice=dice)
            case "completed":
                yield on.unit(
                    0.1,
                    "assignment",
                    task["unit"],
                    f"{at}/complete",
                    summary="再报一次",
                    mistaken=True,
                )
            case "ended":
                yield on.unit(0.1, "assignment", task["unit"], f"{at}/sign", mistaken=True)
    yield from _of_handlers(on, seen, other, dice=dice)
    yield from _of_items(on, seen, today=today, dice=dice)


def _unsigned(on: On, task: Row, at: str, other: str, city: City, *, today: date) -> Iterator[Wish]:
    unit = task["unit"]
    yield on.unit(8 * city.pace[unit], "assignment", unit, f"{at}/sign")
    yield on.unit(0.2, "assignment", other, f"{at}/sign", mistaken=True)
    why: Row = {"reason_code": "not-our-duty", "reason": "不属于本单位职责", "proposed_unit": other}
    tired = task["generation"] > MOST_HANDS or task["bound"]
    if task["object_by"] is not None:
        last = day(task["object_by"]["on"])
        too_late = last is not None and last < today
        yield on.unit(
            1.5,
            "assignment",
            unit,
            f"{at}/object",
            post="head",
            mistaken=too_late,
            reason="仍不属于本单位职责",
            proposed_unit=other,
        )
    elif task["return_by"] is not None and not tired:
        last = day(task["return_by"]["on"])
        too_late = last is not None and last < today
        yield on.unit(
            0.3 if too_late else 1,
            "assignment",
            unit,
            f"{at}/return",
            post="head",
            mistaken=too_late,
            **why,
        )


def _returned(on: On, task: Row, at: str, other: str) -> Iterator[Wish]:
    upheld: Row = {"upheld": True, "why": WHY, "new_unit": other}
    yield on.office(2, "assignment", f"{at}/decide-return", **upheld)
    yield on.office(3, "assignment", f"{at}/decide-return", upheld=False, why=WHY)
    yield on.unit(0.3, "assignment", task["unit"], f"{at}/sign", mistaken=True)
    yield on.unit(0.2, "assignment", task["unit"], f"{at}/decide-return", mistaken=True, **upheld)


def _objected(on: On, seen: Seen, task: Row, at: str, other: str, *, today: date) -> Iterator[Wish]:
    objection = seen.open_of("objections", task)
    if objection is None or objection["meeting_on"] is None:
        yield on.office(
            3,
            "assignment",
            f"{at}/objection-meeting",
            held_on=today.isoformat(),
            present=[task["unit"], other],
            minutes="双方各陈意见",
        )
        return
    yield on.leader(2, "assignment", f"{at}/decide-objection", upheld=False, why=WHY)
    yield on.leader(1, "assignment", f"{at}/decide-objection", upheld=True, why=WHY, new_unit=other)


def _signed(
    on: On, seen: Seen, task: Row, at: str, city: City, *, today: date, dice: Random
) -> Iterator[Wish]:
    unit = task["unit"]
    yield on.unit(0.1, "assignment", unit, f"{at}/sign", mistaken=True)
    if task["officer"] is None:
        yield on.unit(
            0.5, "assignment", unit, f"{at}/officer", officer=f"officer.{unit}", section="综合科"
        )
    yield on.unit(0.2, "assignment", unit, f"{at}/progress", stage="调研", says="已经现场踏勘")
    below = [one for one in city.below.get(unit, ()) if one not in seen.held]
    if below and task["role"] != "reference":
        tasks = [
            {"unit": one, "duty": "提出方案"}
            for one in dice.sample(below, min(len(below), dice.randint(1, 2)))
        ]
        yield on.unit(0.5, "assignment", unit, f"{at}/hand-down", tasks=tasks)
    yield from _of_time(on, task, at, today=today, dice=dice)


def _of_time(on: On, task: Row, at: str, *, today: date, dice: Random) -> Iterator[Wish]:
    answer = task["answer"] and day(task["answer"]["on"])
    if task["paused_on"] is not None:
        yield on.office(1, "assignment", f"{at}/resume", why="已经协调")
        yield on.office(0.1, "assignment", f"{at}/pause", why="再停一次", mistaken=True)
        return
    yield on.office(0.05, "assignment", f"{at}/pause", why="等待上级文件")
    if task["wanted_until"] is not None:
        yield on.office(2, "assignment", f"{at}/decide-extension", granted=True, why=WHY)
        yield on.office(1, "assignment", f"{at}/decide-extension", granted=False, why=WHY)
    elif answer is not None:
        until = (answer + timedelta(days=dice.randint(5, 25))).isoformat()
        yield on.unit(
            0.15,
            "assignment",
            task["unit"],
            f"{at}/ask-extension",
            mistaken=answer < today or task["extended"] > 0,
            until=until,
            reason="须先完成勘察",
        )


def _of_handlers(on: On, seen: Seen, other: str, *, dice: Random) -> Iterator[Wish]:
    """The office changes its mind about who handles it."""
    parts = [one for one in seen.tasks if one["parent"] is None and one["state"] != "ended"]
    if max((one["generation"] for one in parts), default=0) > MOST_HANDS:
        return
    yield on.office(0.04, "assignment", "handlers", unit=other, role=dice.choice(ROLES), why=WHY)
    helpers = [one for one in parts if one["role"] == "co_handle" and one["answered_on"] is None]
    leads = [one for one in parts if one["role"] == "lead" and one["answered_on"] is None]
    if helpers:
        one = dice.choice(helpers)
        yield on.office(0.04, "assignment", f"tasks/{one['task_id']}/withdraw", why=WHY)
        yield on.office(0.04, "assignment", f"tasks/{one['task_id']}/reassign", unit=other, why=WHY)
    if leads and helpers:
        changes = [
            {"unit": leads[0]["unit"], "role": "co_handle"},
            {"unit": dice.choice(helpers)["unit"], "role": "lead"},
        ]
        yield on.office(0.03, "assignment", "change-roles", changes=changes, why=WHY)
    if leads:
        at = f"tasks/{leads[0]['task_id']}"
        yield on.office(0.04, "assignment", f"{at}/reassign", unit=other, why=WHY)
        yield on.office(0.05, "assignment", f"{at}/withdraw", why=WHY, mistaken=True)


def _of_items(on: On, seen: Seen, *, today: date, dice: Random) -> Iterator[Wish]:
    """Answering units break their part into items, and work on them."""
    items = seen.handling["items"]["items"]
    holding = {one["task_id"]: one for one in seen.tasks if one["state"] == "signed"}
    for task in holding.values():
        planned = any(one["unit"] == task["unit"] for one in items)
        if task["role"] in ("lead", "split") and task["parent"] is None and not planned:
            steps = [
                {"says": f"第{n}步", "due_on": (today + timedelta(days=20 * n)).isoformat()}
                for n in range(1, dice.randint(2, 3))
            ]
            item = {"unit": task["unit"], "officer": "李老师", "milestones": steps}
            plan = [{**item, "says": f"事项{n}"} for n in range(1, dice.randint(2, 4))]
            yield on.unit(2, "assignment", task["unit"], "items", items=plan)
    for item in items:
        at, unit = f"items/{item['item_id']}", item["unit"]
        if item["state"] != "open":
            yield on.unit(
                0.02, "assignment", unit, f"{at}/complete", result="又一次", mistaken=True
            )
            continue
        waiting = [n for n, one in enumerate(item["milestones"], 1) if one["reached_on"] is None]
        if waiting:
            yield on.unit(
                0.5, "assignment", unit, f"{at}/progress", says="已到一步", milestone=waiting[0]
            )
        yield on.unit(1, "assignment", unit, f"{at}/complete", result="全部完成")
        yield on.unit(0.05, "assignment", unit, f"{at}/drop", why="条件不具备")
