"""Who has what of a task, at all levels."""

from datetime import date
from typing import Any

from services.portal.domain.branches import branch_of

DAY = date(2024, 3, 1)


def task(task_id: str, parent: str | None = None, **more: Any) -> dict[str, Any]:
    unit = task_id.partition(".")[0]
    stands = {"duty": None, "signed_on": None, "answered_on": None, "ended_on": None}
    return {"task_id": task_id, "unit": unit, "parent": parent, **stands, **more}


def test_each_level_stands_below_the_one_that_gave_it() -> None:
    top = task("D07.1", signed_on=DAY)
    bureau = task("S003.1", "D07.1", signed_on=DAY, duty="学位建设")
    street = task("T055.1", "S003.1", answered_on=DAY, signed_on=DAY)
    clocks = [{"task_id": "S003.1", "kind": "work", "due_on": DAY}]

    found = branch_of(top, [top, bureau, street], clocks)

    [below] = found.below
    assert (found.unit, found.stands, found.due_on) == ("D07", "在办", None)
    assert (below.unit, below.duty, below.due_on) == ("S003", "学位建设", DAY)
    assert [(one.unit, one.stands) for one in below.below] == [("T055", "2024-03-01办结")]


def test_what_ended_is_no_branch_any_more_and_what_is_new_waits() -> None:
    top = task("D07.1", signed_on=DAY)
    ended, fresh = task("S003.1", "D07.1", ended_on=DAY), task("S006.1", "D07.1")

    [below] = branch_of(top, [top, ended, fresh], []).below

    assert (below.unit, below.stands) == ("S006", "待签收")
