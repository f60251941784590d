"""Wandering: what may happen next to a proposal, found from what the services show of it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from tests.story import answering, office, watching
from tests.story.seeing import handling, matters, said
from tests.world import World

Row = dict[str, Any]
Choice = tuple[int, Callable[[], Awaitable[Any]]]  # how likely, and what happens

UNITS = ("C018", "C019", "C020", "C025", "C027", "C028", "C032", "D01", "D03", "D07", "D09")
MOST_RETURNS = 3
BELOW_LONGHUA = ("S003", "S006", "S008", "T054", "T055", "T056")


@dataclass(frozen=True)
class Case:
    """A proposal on its way, who put it, and what was merged into it."""

    id: str
    proposers: tuple[str, ...]
    members: tuple["Case", ...] = ()


async def something_happens(world: World, case: Case, *, dice: Random) -> bool:
    """One of the acts that are possible now takes place; False when nothing is left to do."""
    choices = [choice async for choice in _choices(world, case, dice=dice)]
    if not choices:
        return False
    [(_, act)] = dice.choices(choices, [likely for likely, _ in choices])
    await act()
    return True


async def _choices(world: World, case: Case, *, dice: Random) -> AsyncIterator[Choice]:
    parts = list((await handling(world, case.id)).values())
    home = await said(world, case.id)
    for choice in _of_tasks(world, case, parts, dice=dice):
        yield choice
    for choice in _of_opinions(world, case, home):
        yield choice
    for one in (case, *case.members):
        words = home if one is case else await said(world, one.id)
        for choice in _of_drafts(world, one, words, home, dice=dice):
            yield choice
        for choice in _of_replies(world, one, words, dice=dice):
            yield choice
    for choice in _of_matters(world, case, parts, await matters(world, case.id), dice=dice):
        yield choice


def _of_tasks(world: World, case: Case, parts: list[Row], *, dice: Random) -> Iterator[Choice]:
    held = {task["unit"] for task in parts if task["state"] not in ("completed", "ended")}
    other = dice.choice([unit for unit in UNITS if unit not in held])
    below = [unit for unit in BELOW_LONGHUA if unit not in held]
    for task in parts:
        at = partial(_at, world, case, task)
        match task["state"]:
            case "unsigned":
                yield 8, at(office.sign)
                if _may_be_returned(task, world.today):
                    yield 6, at(office.return_task, proposed=other)
            case "returned":
                yield 4, at(office.decide_return, upheld=True, new_unit=other)
                yield 3, at(office.decide_return, upheld=False)
            case "signed" if task["parent"]:
                yield 4, at(office.complete)
            case "signed" if task["unit"] == office.LONGHUA and below:
                yield 3, at(office.hand_down, below=dice.sample(below, 1 + (len(below) > 3)))


def _of_opinions(world: World, case: Case, home: Row) -> Iterator[Choice]:
    if not any(
        task["role"] in ("lead", "split") and not task["ended_on"] for task in home["tasks"]
    ):
        return
    for task in _missing_opinions(home):
        if task["signed_on"]:
            yield 1, _at(world, case, task, answering.opine)


def _of_drafts(
    world: World, case: Case, words: Row, home: Row, *, dice: Random
) -> Iterator[Choice]:
    for task in home["tasks"]:
        rounds = [one for one in words["rounds"] if one["task_id"] == task["task_id"]]
        if not task["signed_on"] or task["ended_on"] or not rounds or rounds[0]["issued_on"]:
            continue
        here = {"task_id": task["task_id"], "round": rounds[0]["round"]}
        talked = any(here.items() <= contact.items() for contact in words["contacts"])
        drafts = [draft for draft in words["drafts"] if here.items() <= draft.items()]
        at = partial(_at, world, case, task)
        yield 1 if talked else 6, at(answering.talk)
        yield 1 if drafts else 6, at(answering.draft, result_class=dice.choice("ABCD"))
        if drafts and not drafts[0]["approved_on"]:
            yield 6, at(answering.approve, draft=drafts[0]["draft"])
        owed = [_day(one["answer_by"]) for one in _missing_opinions(home)]
        if talked and drafts and drafts[0]["approved_on"] and all(d < world.today for d in owed):
            yield 8, at(answering.issue, **_letter(drafts[0], world.today, owed=bool(owed)))


def _letter(draft: Row, today: date, *, owed: bool) -> Row:
    due_on = (today + timedelta(days=30)).isoformat()
    return {
        "draft": draft["draft"],
        "reason": "条件所限",
        "promises": [{"text": "分步完成", "due_on": due_on}]
        if draft["result_class"] == "B"
        else [],
        "without_opinions_because": "逾期未提" if owed else None,
    }


def _of_replies(world: World, case: Case, words: Row, *, dice: Random) -> Iterator[Choice]:
    rated = {(one["reply_id"], one["proposer"]) for one in words["ratings"]}
    for reply in words["replies"]:
        for proposer in case.proposers:
            if (reply["reply_id"], proposer) not in rated:
                result = dice.choice(["satisfied", "basically", "dissatisfied"])
                yield (
                    2,
                    partial(
                        answering.rate, world, case.id, reply["reply_id"], proposer, result=result
                    ),
                )
    for promise in words["promises"]:
        if not promise["kept_on"]:
            yield 2, partial(answering.keep_promise, world, case.id, promise["promise_id"])


def _of_matters(
    world: World, case: Case, parts: list[Row], flagged: list[Row], *, dice: Random
) -> Iterator[Choice]:
    if not any(matter["rule"] == "by-hand" for matter in flagged):
        yield 1, partial(watching.flag, world, case.id, "市交通局", "龙华区")
    leads = {task["unit"] for task in parts if task["role"] == "lead" and task["state"] != "ended"}
    lead = dice.choice([unit for unit in UNITS if unit not in leads])
    for matter in flagged:
        if matter["state"] == "open":
            decide = partial(watching.decide_matter, world, case.id, matter["matter_id"])
            yield 2, decide
            yield 3, partial(decide, lead=lead)


def _missing_opinions(home: Row) -> list[Row]:
    given = {opinion["task_id"] for opinion in home["opinions"]}
    return [
        task
        for task in home["tasks"]
        if task["role"] == "co_handle" and not task["ended_on"] and task["task_id"] not in given
    ]


def _at(
    world: World, case: Case, task: Row, verb: Callable[..., Awaitable[Any]], **how: Any
) -> Callable[[], Awaitable[Any]]:
    unit, _, generation = task["task_id"].partition(".")
    return partial(verb, world, case.id, unit, generation=int(generation), **how)


def _may_be_returned(task: Row, today: date) -> bool:
    """In time, not refused before, and not by a leader's decision."""
    return (
        task["return_by"] is not None
        and today <= _day(task["return_by"]["on"])
        and task["object_by"] is None
        and not task["bound"]
        and task["generation"] <= MOST_RETURNS
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)
