"""Matters for the city: flagged by a rule or by hand, decided once by a leader."""

from asyncio import gather
from typing import Any

import pytest

from shared.contracts.assignment import Role
from tests.domain.escalation.office import FUTIAN, INDUSTRY, LONGHUA
from tests.service.escalation.acts import (
    CO_HANDLER,
    LEAD,
    accepted,
    assigned,
    decide,
    decided,
    flag,
    opinion,
    page,
    reassigned,
    returned,
    sweep,
    task,
)
from tests.world import World

SECOND_LEAD = task(INDUSTRY, Role.LEAD, "reply", "06-14", generation=2)


async def matters(world: World) -> list[dict[str, Any]]:
    """The proposal's matters."""
    found: list[dict[str, Any]] = (await page(world))["matters"]
    return found


async def test_a_second_return_is_flagged_when_it_is_told(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(), returned(on="03-04"))
    before = await matters(watch)

    await watch.hears(
        "escalation",
        decided(upheld=True, on="03-05"),
        reassigned(SECOND_LEAD, ended=("D09.1",), on="03-05"),
        returned(INDUSTRY, LONGHUA, on="03-06", generation=2),
    )

    assert before == []
    [matter] = await matters(watch)
    assert (matter["matter_id"], matter["rule"], matter["state"]) == (
        "m1",
        "repeated-returns",
        "open",
    )
    assert matter["parties"] == [LONGHUA, INDUSTRY]
    assert "本案已被退办2次" in matter["evidence"]
    assert matter["flagged_by"] == "系统"
    assert await watch.told_by("escalation") == ["CoordinationFlagged"]


async def test_another_district_silent_past_its_date_is_flagged_once(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(LEAD, CO_HANDLER))

    swept = [await sweep(watch, text) for text in ("03-20", "03-21", "03-22", "03-25")]

    assert [one.get("flagged", 0) for one in swept] == [0, 1, 0, 0]
    [matter] = await matters(watch)
    assert (matter["rule"], matter["parties"]) == ("silent-district", [LONGHUA, FUTIAN])


async def test_under_a_new_lead_the_silent_district_is_flagged_again(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(LEAD, CO_HANDLER))
    await sweep(watch, "03-21")
    await decide(watch, kind="new_lead", lead="市工信局")

    await watch.hears("escalation", reassigned(SECOND_LEAD, ended=("D09.1",), on="03-21"))
    swept = await sweep(watch, "03-22")

    assert swept["flagged"] == 1
    assert [matter["parties"] for matter in await matters(watch)] == [
        [LONGHUA, FUTIAN],
        [INDUSTRY, FUTIAN],
    ]


async def test_a_district_that_gave_its_opinion_is_not_flagged(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(LEAD, CO_HANDLER), opinion(on="03-20"))

    swept = await sweep(watch, "03-25")

    assert "flagged" not in swept


async def test_a_unit_flags_a_matter_and_a_leader_decides_it(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned())

    flagged = await flag(watch)
    decision = await decide(watch, kind="new_lead", lead="市工信局")

    assert (flagged.status, flagged.told) == (201, ["CoordinationFlagged"])
    assert (decision.status, decision.told) == (200, ["CoordinationDecided"])
    effect = decision.body["events"][0]["data"]["effect"]
    assert (effect["kind"], effect["lead"]) == ("new_lead", INDUSTRY)
    [matter] = await matters(watch)
    assert (matter["state"], matter["effect"], matter["lead"]) == (
        "decided",
        "new_lead",
        INDUSTRY,
    )
    assert (matter["decision"], matter["decided_on"]) == ("经协调，明确分工", "2024-03-01")


async def test_before_the_hand_over_the_office_may_flag(watch: World) -> None:
    await watch.hears("escalation", accepted())

    unit, office = await flag(watch), await flag(watch, post="office", unit="C001")

    assert (unit.status, unit.code) == (403, "not-handling")
    assert unit.says == "龙华区不承办本案，不能就本案提请协调。"
    assert office.status == 201


async def test_who_handled_it_once_flags_it_no_more(watch: World) -> None:
    await watch.hears(
        "escalation",
        accepted(),
        assigned(),
        reassigned(SECOND_LEAD, ended=("D09.1",), on="03-05"),
    )

    assert (await flag(watch)).code == "not-handling"
    assert (await flag(watch, unit=INDUSTRY)).status == 201


@pytest.mark.parametrize(
    ("matter", "status", "code"),
    [
        ({"evidence": " "}, 422, "evidence-missing"),
        ({"parties": []}, 422, "nobody-concerned"),
        ({"parties": ["D01", "福田区"]}, 422, "party-named-twice"),
        ({"parties": ["福田"]}, 404, "unknown-unit"),
        ({"evidence": "长" * 5001}, 422, "malformed"),
        ({"because": "x"}, 422, "malformed"),
    ],
)
async def test_a_matter_says_what_it_is_about(
    watch: World, matter: dict[str, Any], status: int, code: str
) -> None:
    await watch.hears("escalation", accepted(), assigned())

    answer = await flag(watch, **matter)

    assert (answer.status, answer.code) == (status, code)


@pytest.mark.parametrize(
    ("effect", "status", "code"),
    [
        ({"kind": "new_lead"}, 422, "new-lead-missing"),
        ({"kind": "as_it_is", "lead": "市工信局"}, 422, "new-lead-not-meant"),
        ({"kind": "new_lead", "lead": "龙华区"}, 409, "already-leads"),
        ({"kind": "new_lead", "lead": "工信"}, 404, "unknown-unit"),
        ({"kind": "abolish"}, 422, "malformed"),
    ],
)
async def test_a_decision_is_possible_or_refused(
    watch: World, effect: dict[str, Any], status: int, code: str
) -> None:
    await watch.hears("escalation", accepted(), assigned())
    await flag(watch)

    answer = await decide(watch, **effect)

    assert (answer.status, answer.code) == (status, code)
    assert [matter["state"] for matter in await matters(watch)] == ["open"]


async def test_a_lead_that_returned_its_task_may_be_told_to_keep_it(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(), returned(on="03-04"))
    await flag(watch)

    answer = await decide(watch, kind="new_lead", lead="龙华区")

    assert answer.status == 200


async def test_a_lead_whose_return_was_refused_leads_as_before(watch: World) -> None:
    await watch.hears(
        "escalation",
        accepted(),
        assigned(),
        returned(on="03-04"),
        decided(upheld=False, on="03-05"),
    )
    await flag(watch)

    answer = await decide(watch, kind="new_lead", lead="龙华区")

    assert (answer.status, answer.code) == (409, "already-leads")


async def test_of_several_decisions_at_once_one_counts(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned())
    await flag(watch)

    answers = await gather(*(decide(watch) for _ in range(4)))

    assert sorted(answer.status for answer in answers) == [200, 409, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"already-decided"}


async def test_of_several_flags_at_once_one_counts(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned())

    answers = await gather(*(flag(watch) for _ in range(4)))

    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"already-flagged"}


async def test_only_a_leader_decides(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned())
    await flag(watch)

    assert (await decide(watch, post="office")).status == 403


async def test_what_is_not_there_is_neither_flagged_nor_decided(watch: World) -> None:
    unknown_proposal = await flag(watch)
    await watch.hears("escalation", accepted(), assigned())
    unknown_matter = await decide(watch, "m7")

    assert (unknown_proposal.status, unknown_proposal.code) == (404, "unknown")
    assert (unknown_matter.status, unknown_matter.code) == (404, "unknown")
    assert unknown_matter.says == "没有找到协调事项“m7”。"
