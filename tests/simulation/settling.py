"""What the city may want: flag and settle matters, supervise, inspect; and the committee: merge."""

from collections.abc import Iterator
from datetime import date
from random import Random

from tests.simulation.case import Row, Seen
from tests.simulation.city import City
from tests.simulation.wish import On, Wish

WHO = ("office.C007", "supervision.C007")


def of_matters(on: On, seen: Seen, city: City, *, today: date, dice: Random) -> Iterator[Wish]:
    """Matters, supervisions and inspections of a proposal."""
    if seen.handling["withdrawn_on"] is not None or seen.handling["merged_into"] is not None:
        return
    parts = [one for one in seen.tasks if one["parent"] is None and one["state"] != "ended"]
    if not parts:
        return
    units = [one["unit"] for one in parts]
    yield on.office(0.02, "escalation", "matters", evidence="职责划分意见不一", parties=units[:3])
    for matter in seen.watched["matters"]:
        yield from _of_matter(on, seen, matter, city, today=today, dice=dice)
    yield on.office(
        0.04, "escalation", "supervisions", unit=dice.choice(units), demand="请说明办理进展"
    )
    for one in seen.watched["supervisions"]:
        at = f"supervisions/{one['supervision_id']}"
        if one["state"] == "open":
            yield on.unit(1.5, "escalation", one["unit"], f"{at}/answer", says="正在办理")
        if one["state"] in ("open", "answered"):
            yield on.office(0.7, "escalation", f"{at}/close", result="已经整改")
        else:
            yield on.office(0.1, "escalation", f"{at}/close", result="又一次", mistaken=True)
    unit = dice.choice(units)
    yield on.committee(
        0.03,
        "escalation",
        "inspections",
        held_on=today.isoformat(),
        place="现场",
        units=[unit],
        progress="正在施工",
        effect="尚未见效",
        findings=[{"unit": unit, "says": "缺少标识"}],
    )
    for inspection in seen.watched["inspections"]:
        for finding in inspection["findings"]:
            at = f"inspections/{inspection['inspection_id']}/findings/{finding['finding_id']}"
            answered = finding["answer"] is not None
            yield on.unit(
                0.1 if answered else 1.5,
                "escalation",
                finding["unit"],
                f"{at}/answer",
                says="已经补上",
                mistaken=answered,
            )
    if seen.watched["tracker"] is None:
        yield on.office(0.1, "escalation", "tracker", person=dice.choice(WHO))


def _of_matter(
    on: On, seen: Seen, matter: Row, city: City, *, today: date, dice: Random
) -> Iterator[Wish]:
    at = f"matters/{matter['matter_id']}"
    leads = [one for one in seen.tasks if one["role"] == "lead" and one["state"] != "ended"]
    other = dice.choice(city.others(seen.held))
    match matter["state"]:
        case "open":
            for unit in matter["parties"][:1]:
                yield on.unit(
                    0.5, "escalation", unit, f"{at}/positions", post="head", position="应由他方承担"
                )
            yield on.office(
                0.5,
                "escalation",
                f"{at}/meetings",
                held_on=today.isoformat(),
                present=matter["parties"],
                minutes="各方陈述",
            )
            for effect, likely in _effects(seen, leads, other, today=today):
                yield on.leader(
                    likely, "escalation", f"{at}/decide", decision="经市领导协调决定", effect=effect
                )
            yield on.office(0.3, "escalation", f"{at}/dismiss", why="误报")
        case "decided":
            if matter["carried_out_on"] is None:
                yield on.office(0.7, "escalation", f"{at}/carry-out", says="已经落实")
            yield on.office(0.1, "escalation", f"{at}/follow-ups", says="效果良好")
            yield on.leader(
                0.05,
                "escalation",
                f"{at}/decide",
                decision="再定一次",
                effect={"kind": "as_it_is"},
            )


def _effects(
    seen: Seen, leads: list[Row], other: str, *, today: date
) -> Iterator[tuple[Row, float]]:
    yield {"kind": "as_it_is"}, 0.7
    yield {"kind": "ask"}, 0.3
    if leads:
        yield {"kind": "new_lead", "lead": other}, 1
        later = today.fromordinal(today.toordinal() + 60).isoformat()
        yield {"kind": "new_date", "unit": leads[0]["unit"], "due_on": later}, 0.7
    helpers = [one for one in seen.tasks if one["role"] == "co_handle" and one["state"] != "ended"]
    if helpers:
        role = {"kind": "new_role", "unit": helpers[0]["unit"], "role": "reference"}
        yield role, 0.4
