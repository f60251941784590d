"""The worklist asks for one act per group, the most pressing first."""

from datetime import date
from typing import Any

from services.portal.domain.lights import Lamp
from services.portal.domain.worklist import Group, held_in, lights_in, narrowed, worklist
from shared.calendar import Calendar
from shared.nearness import Horizon

EARLY, LATER = date(2024, 3, 1), date(2024, 4, 1)
LAMP = Lamp(Horizon(date(2024, 3, 8), date(2024, 3, 15)), Calendar())


def duty(kind: str, *, due_on: date = LATER) -> dict[str, Any]:
    return {"kind": kind, "due_on": due_on}


def groups(*duties: dict[str, Any], **more: Any) -> tuple[Group, ...]:
    given: dict[str, Any] = {"desks": (), "to_decide": (), "below": (), **more}
    return worklist(duties, **given)


def test_groups_without_duties_are_left_out() -> None:
    assert groups() == ()


def test_each_kind_of_duty_has_its_group_in_the_order_of_the_day() -> None:
    kinds = ("promise", "rate", "decide", "work", "reply", "opinion", "sign")

    found = groups(*(duty(kind) for kind in kinds))

    assert [group.title for group in found] == [
        "待签收",
        "会办待报",
        "答复待办",
        "分解任务待办",
        "退办待审",
        "待提案人评价",
        "承诺待兑现",
    ]


def test_a_further_round_is_a_reply_to_give() -> None:
    (group,) = groups(duty("reply"), duty("redo"))

    assert [one["kind"] for one in group.duties] == ["reply", "redo"]


def test_drafts_returns_and_work_below_come_beside() -> None:
    found = groups(
        desks=({"desk": "approval", "due_on": LATER}, {"desk": "issue", "due_on": None}),
        to_decide=(duty("decide"),),
        below=(duty("work"),),
    )

    assert [group.code for group in found] == ["approval", "issue", "to_decide", "below"]


def test_lights_are_counted_over_all_groups() -> None:
    found = groups(duty("sign", due_on=EARLY), duty("reply"), duty("opinion"))

    assert lights_in(found, lamp=LAMP) == {"red": 1, "green": 2}


def test_a_proposal_is_held_once_in_each_role_whatever_is_open_in_it() -> None:
    bus: dict[str, Any] = {"proposal_id": "bus", "role": "lead"}
    parks: dict[str, Any] = {"proposal_id": "parks", "role": "co_handle"}
    whole: dict[str, Any] = {"proposal_id": "parks", "role": None}

    found = groups(
        {**duty("contact"), **bus},
        {**duty("reply"), **bus},
        {**duty("opinion"), **parks},
        {**duty("matter"), **whole},
        below=({"proposal_id": "bus", "due_on": LATER},),
    )

    assert held_in(found) == {"lead": 1, "co_handle": 1}


def test_one_light_narrows_the_list_and_empties_groups() -> None:
    found = groups(
        duty("sign", due_on=EARLY), duty("reply"), desks=({"desk": "issue", "due_on": None},)
    )

    assert [group.code for group in narrowed(found, to="red", lamp=LAMP)] == ["sign"]
    assert narrowed(found, to="", lamp=LAMP) == found


def test_what_a_unit_is_asked_for_stands_in_groups_of_its_own() -> None:
    kinds = ("position", "countersign", "object")

    found = groups(asked=tuple({"kind": kind, "due_on": None} for kind in kinds))

    assert [group.title for group in found] == ["可提出异议", "待会签", "待表明意见"]
