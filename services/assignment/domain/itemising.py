"""Itemising: a proposal is broken into items, each with a unit, milestones and an officer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from services.assignment.domain.advising import followed
from services.assignment.domain.assignment import Assignment, Task
from services.assignment.domain.refusals import (
    FaultyList,
    Finding,
    HasNoPart,
    ItemClosed,
    MilestonePassed,
    MilestoneReached,
    MilestonesOutOfOrder,
    NoSuchItem,
    NoSuchMilestone,
    NotPlanner,
    NotYourItem,
)
from services.assignment.domain.terms import Units
from shared.contracts.assignment import (
    AdviceFollowed,
    Item,
    ItemCompleted,
    ItemDropped,
    ItemProgressed,
    ItemsPlanned,
    ItemsRolledUp,
    Milestone,
)
from shared.contracts.event import Actor, TaskId, UnitCode
from shared.contracts.registry import Post, UnitRegistered
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Row:
    """One item as its planner wrote it; ``advised`` are the units that were offered for it."""

    says: str
    unit: str
    milestones: tuple[Milestone, ...]
    officer: str = ""
    advised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """An item as it stands, with the places of the milestones that were reached."""

    item_id: str
    unit: UnitCode
    task_id: TaskId
    milestones: int
    reached: frozenset[int] = frozenset()
    completed: bool = False
    dropped: bool = False

    @property
    def open(self) -> bool:
        return not self.completed and not self.dropped


def plan_items(
    assignment: Assignment,
    *,
    rows: Sequence[Row],
    planned: int,
    units: Units,
    by: Actor,
    on: date,
) -> tuple[ItemsPlanned | AdviceFollowed, ...]:
    """Every item is planned, or none: then each fault of each row is named.

    The office plans, or a unit that answers the proposer. ``planned`` items are there already.
    """
    assignment.must_be_handed_over()
    if by.post != Post.OFFICE and by.unit not in {task.unit for task in assignment.answering}:
        raise NotPlanner
    findings: list[Finding] = []
    items: list[Item] = []
    advice: list[tuple[Item, list[UnitCode]]] = []
    for n, row in enumerate(rows, start=1):
        try:
            unit = units.unit(row.unit)
            task = _task_for(assignment, unit=unit, units=units)
            _must_be_ahead(row.milestones, on=on)
            item = Item(
                item_id=f"i{planned + n}",
                says=row.says,
                task_id=task.task_id,
                unit=unit.code,
                milestones=row.milestones,
                officer=row.officer,
            )
            items.append(item)
            if row.advised:
                advice.append((item, [units.unit(text).code for text in row.advised]))
        except Refusal as fault:
            findings.append(
                Finding.of(
                    fault,
                    row=n,
                    column="milestones" if "due_on" in fault.facts else "unit",
                    proposal_id=assignment.proposal_id,
                    number=assignment.number,
                )
            )
    if findings:
        raise FaultyList(findings)
    return (
        ItemsPlanned(proposal_id=assignment.proposal_id, by=by, on=on, items=tuple(items)),
        *(
            followed(
                assignment.proposal_id,
                advised,
                chosen=[item.unit],
                by=by,
                on=on,
                item_id=item.item_id,
            )
            for item, advised in advice
        ),
    )


def _task_for(assignment: Assignment, *, unit: UnitRegistered, units: Units) -> Task:
    """The unit's own task, else that of the nearest unit above it which has one."""
    held = assignment.open_task_of(unit.code)
    if held is not None:
        return held
    above = [
        task for task in assignment.tasks if task.open and units.is_under(unit.code, task.unit)
    ]
    if not above:
        raise HasNoPart(unit=unit.name)
    return max(above, key=lambda task: len(list(assignment.way_up(task))))


def _must_be_ahead(milestones: Sequence[Milestone], *, on: date) -> None:
    for milestone in milestones:
        if milestone.due_on < on:
            raise MilestonePassed(due_on=milestone.due_on)
    if any(later.due_on < earlier.due_on for earlier, later in pairwise(milestones)):
        raise MilestonesOutOfOrder(due_on=milestones[-1].due_on)


def progress_item(
    assignment: Assignment,
    *,
    items: Sequence[Standing],
    item_id: str,
    says: str,
    milestone: int | None,
    by: Actor,
    on: date,
) -> ItemProgressed:
    """A unit reports on its item, and which milestone it has reached, if any."""
    item = _own(items, item_id, by=by)
    if milestone is not None:
        if not 1 <= milestone <= item.milestones:
            raise NoSuchMilestone(milestone=milestone)
        if milestone in item.reached:
            raise MilestoneReached(milestone=milestone)
    return ItemProgressed(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        item_id=item_id,
        unit=item.unit,
        says=says,
        milestone=milestone,
    )


def complete_item(
    assignment: Assignment,
    *,
    items: Sequence[Standing],
    item_id: str,
    result: str,
    by: Actor,
    on: date,
) -> tuple[ItemCompleted | ItemsRolledUp, ...]:
    """With the last one the items of the proposal are rolled up."""
    item = _own(items, item_id, by=by)
    completed = ItemCompleted(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        item_id=item_id,
        unit=item.unit,
        result=result,
    )
    return completed, *_rolled_up(assignment, items=items, closing=item_id, by=by, on=on)


def drop_item(
    assignment: Assignment,
    *,
    items: Sequence[Standing],
    item_id: str,
    why: str,
    by: Actor,
    on: date,
) -> tuple[ItemDropped | ItemsRolledUp, ...]:
    """Whoever may plan takes an item off again, with a reason."""
    if by.post != Post.OFFICE and by.unit not in {task.unit for task in assignment.answering}:
        raise NotPlanner
    item = _item(items, item_id)
    dropped = ItemDropped(
        proposal_id=assignment.proposal_id,
        by=by,
        on=on,
        item_id=item_id,
        unit=item.unit,
        why=why,
    )
    rolled_up = _rolled_up(assignment, items=items, closing=item_id, by=by, on=on, finished=False)
    return dropped, *rolled_up


def _own(items: Sequence[Standing], item_id: str, *, by: Actor) -> Standing:
    item = _item(items, item_id)
    if item.unit != by.unit:
        raise NotYourItem
    return item


def _item(items: Sequence[Standing], item_id: str) -> Standing:
    item = next((item for item in items if item.item_id == item_id), None)
    if item is None:
        raise NoSuchItem(item_id=item_id)
    if not item.open:
        raise ItemClosed
    return item


def _rolled_up(
    assignment: Assignment,
    *,
    items: Sequence[Standing],
    closing: str,
    by: Actor,
    on: date,
    finished: bool = True,
) -> tuple[ItemsRolledUp, ...]:
    others = [item for item in items if item.item_id != closing]
    completed = sum(item.completed for item in others) + finished
    if any(item.open for item in others) or not completed:
        return ()
    return (
        ItemsRolledUp(
            proposal_id=assignment.proposal_id,
            by=by,
            on=on,
            completed=completed,
            dropped=len(items) - completed,
        ),
    )


DIGITS = "一二三四五六七八九十"
MARKS = {
    "一、": re.compile(rf"(?:^|(?<=[\n。；：:;\s]))([{DIGITS}]{{1,3}})、"),
    "（一）": re.compile(rf"(?:^|(?<=[\n。；：:;\s]))[（(]([{DIGITS}]{{1,3}})[）)]"),
    "1.": re.compile(r"(?:^|(?<=[\n。；：:;\s]))(\d{1,2})(?:[.．](?!\d)|、)"),
    "（1）": re.compile(r"(?:^|(?<=[\n。；：:;\s]))[（(](\d{1,2})[）)]"),
    "一是": re.compile(rf"(?:^|(?<=[\n。；：:;，\s]))([{DIGITS}]{{1,2}})是"),
}
ASKS = re.compile(r"建议|对策|措施|举措|意见")
HEADING = re.compile(r"[。；\n]")
SHORTEST, LONGEST = 4, 200


def suggestions_in(text: str) -> tuple[str, ...]:
    """The numbered suggestions in a proposal's text, each in its first sentence.

    Where only some of the outer parts ask for something ("一、问题 二、建议"), what is numbered
    within those is meant.
    """
    parts = _parts(text)
    asking = [part for part in parts if ASKS.search(HEADING.split(part, maxsplit=1)[0])]
    if parts and 0 < len(asking) < len(parts):
        within = [suggestion for part in asking for suggestion in _parts(part)]
        parts = within or asking
    said = (HEADING.split(part.strip(), maxsplit=1)[0].strip() for part in parts)
    return tuple(one[:LONGEST] for one in said if len(one) >= SHORTEST)


def _parts(text: str) -> list[str]:
    """What stands under each number of the outermost numbering, without the numbers."""
    runs = [run for mark in MARKS.values() if len(run := _run(mark, text)) > 1]
    if not runs:
        return []
    run = min(runs, key=lambda found: found[0].start())
    ends = [mark.start() for mark in run[1:]] + [len(text)]
    return [text[mark.end() : end].strip() for mark, end in zip(run, ends, strict=True)]


def _run(mark: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The marks that count 1, 2, 3 … from the first 1 on."""
    run: list[re.Match[str]] = []
    for found in mark.finditer(text):
        if _number(found[1]) == len(run) + 1:
            run.append(found)
    return run


def _number(says: str) -> int:
    if says.isdecimal():
        return int(says)
    tens, ten, ones = says.rpartition("十")
    if not ten:
        return DIGITS.index(says) + 1 if len(says) == 1 else 0
    return (DIGITS.index(tens) + 1 if tens else 1) * 10 + (DIGITS.index(ones) + 1 if ones else 0)
