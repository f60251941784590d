"""Listing points: what a proposal suggests, one by one, so that each can be answered (逐条答复).

They are read from the numbered suggestions of its text; whoever answers may correct the list.
"""

import re
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from services.reply.domain.handling import Handling
from services.reply.domain.refusals import PointsChangedMeanwhile, PointTwice
from shared.contracts.event import Actor, TaskId
from shared.contracts.reply import PointsListed

CHINESE = "一二三四五六七八九十"
LONGEST = 300
# The marks by which a list is numbered, the outermost first: 一、  （一）  1.  （1）  ①
MARKS = (
    rf"[{CHINESE}]{{1,3}}、",
    rf"[（(][{CHINESE}]{{1,3}}[）)]、?",
    r"\d{1,2}(?:[、．]|\.(?!\d))",
    r"[（(]\d{1,2}[）)]、?",
    r"[①②③④⑤⑥⑦⑧⑨⑩]",
    rf"第[{CHINESE}]{{1,3}}[，、：]",
)
SUGGESTIONS = re.compile(r"(?:^|\n|。)[^\n。]{0,12}?(?:建议|对策|措施)[^\n。；]{0,12}?(?:[：:]|\n)")


def points_of(text: str) -> tuple[str, ...]:
    """The numbered suggestions of a proposal's text, without their numbers; none if it has none.

    Where the text says from where on it suggests, what stands before is no suggestion.
    """
    found = list(SUGGESTIONS.finditer(text))
    suggesting = text[found[-1].end() :] if found else text
    for mark in MARKS:
        starts = list(re.finditer(rf"(?:^|(?<=[\n。；;：:！？\s])){mark}", suggesting))
        if len(starts) > 1:
            ends = [*(one.start() for one in starts[1:]), len(suggesting)]
            points = (
                _first_line(suggesting[one.end() : end])
                for one, end in zip(starts, ends, strict=True)
            )
            return tuple(dict.fromkeys(point for point in points if point))
    return ()


def _first_line(point: str) -> str:
    return point.strip().partition("\n")[0].strip().rstrip("；;。 ")[:LONGEST]


def stand_of(points: Sequence[str]) -> str:
    """A mark of what a list says; it is another one as soon as anything in it is."""
    return sha256("\n".join(points).encode()).hexdigest()[:16]


def list_points(
    handling: Handling,
    *,
    task_id: TaskId,
    points: tuple[str, ...],
    by: Actor,
    on: date,
    stand: str | None = None,
) -> PointsListed:
    """The list as the answering unit reads the proposal; it is told, so that nobody drops a point
    unseen.

    ``stand`` marks the list that its writer had before them; None where they do not say.
    """
    task = handling.task_of(by.unit, task_id=task_id)
    _ = task.open_round
    if stand is not None and stand != stand_of(handling.points):
        raise PointsChangedMeanwhile
    if len(set(points)) < len(points):
        raise PointTwice
    return PointsListed(
        proposal_id=handling.proposal_id,
        by=by,
        on=on,
        task_id=task_id,
        unit=task.unit,
        points=points,
    )
