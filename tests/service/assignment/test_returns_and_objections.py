"""Consent, a refused return, a second objection, the meeting, and a leader's last word."""

from datetime import date
from typing import Any

import pytest

from tests.domain.assignment.office import MONDAY
from tests.service.assignment.acts import act, decide, hand_over, page, return_to_office, states
from tests.world import Answer, World

REFUSED = {"reason": "仍属全市统筹事项", "proposed_unit": "市规划资源局"}
MEETING = {
    "held_on": "2024-03-11",
    "present": ["龙华区", "市规划资源局"],
    "minutes": "各陈意见，报请领导裁定",
}


@pytest.fixture
async def refused(desk: World) -> World:
    """Longhua returned its task and was refused."""
    await hand_over(desk)
    await return_to_office(desk)
    await decide(desk, upheld=False)
    return desk


async def objects(world: World, *, post: str = "head", **body: Any) -> Answer:
    return await act(world, "D09.1", "object", unit="D09", post=post, **{**REFUSED, **body})


async def meets(world: World, **body: Any) -> Answer:
    return await act(
        world, "D09.1", "objection-meeting", unit="C007", post="office", **{**MEETING, **body}
    )


async def rules(world: World, *, post: str = "leader", **verdict: Any) -> Answer:
    return await act(
        world, "D09.1", "decide-objection", unit="C001", post=post, why="服从全局", **verdict
    )


async def test_an_officer_returns_with_the_heads_consent(desk: World) -> None:
    await hand_over(desk)

    without = await return_to_office(desk, post="officer")
    consented = await act(desk, "D09.1", "consent-to-return", unit="D09", post="head")
    returned = await return_to_office(desk, post="officer")

    assert (without.status, without.code) == (409, "consent-missing")
    assert (consented.told, returned.told) == (["ReturnConsented"], ["AssignmentReturned"])
    [found] = (await page(desk))["returns"]
    assert (found["consent"]["person"], found["consent"]["on_paper"]) == ("head.D09", False)


async def test_only_the_head_or_a_deputy_consents(desk: World) -> None:
    await hand_over(desk)

    officer = await act(desk, "D09.1", "consent-to-return", unit="D09")
    another = await act(desk, "D09.1", "consent-to-return", unit="D01", post="head")

    assert (officer.status, officer.code) == (403, "post-may-not")
    assert (another.status, another.code) == (403, "not-your-task")


async def test_a_consent_on_paper_names_a_head_of_that_day(desk: World) -> None:
    await hand_over(desk)
    wish = {"reason_code": "not-ours", "reason": "属规划职责", "proposed_unit": "C030"}

    def on_paper(person: str) -> dict[str, Any]:
        return {**wish, "consent": {"person": person, "on": MONDAY.isoformat()}}

    wrong = await act(desk, "D09.1", "return", unit="D09", **on_paper("officer.D09"))
    right = await act(desk, "D09.1", "return", unit="D09", **on_paper("deputy.D09"))

    assert (wrong.status, wrong.code) == (422, "not-head-of-unit")
    assert right.told == ["AssignmentReturned"]
    [found] = (await page(desk))["returns"]
    assert found["consent"] == {
        "person": "deputy.D09",
        "name": "龙华区分管负责人",
        "on": "2024-03-11",
        "on_paper": True,
    }


async def test_after_a_refusal_the_head_objects_and_nobody_else(refused: World) -> None:
    officer = await objects(refused, post="officer")
    head = await objects(refused)
    signed = await act(refused, "D09.1", "sign", unit="D09")

    assert (officer.status, officer.code) == (403, "post-may-not")
    assert head.told == ["ObjectionRaised"]
    assert (signed.status, signed.code) == (409, "objection-pending")


async def test_a_leader_decides_after_the_meeting_and_the_heir_is_bound(refused: World) -> None:
    await objects(refused)

    early = await rules(refused, upheld=True)
    held = await meets(refused)
    office = await rules(refused, post="office", upheld=True)
    decided = await rules(refused, upheld=True)

    assert (early.status, early.code) == (409, "no-meeting-yet")
    assert held.told == ["ObjectionMeetingHeld"]
    assert (office.status, office.code) == (403, "post-may-not")
    assert decided.told == ["ObjectionDecided", "HandlersReassigned"]
    assert (await states(refused))["C030.2"] == "unsigned"
    again = await return_to_office(refused, "C030.2", unit="C030", proposed_unit="福田区")
    assert (again.status, again.code) == (409, "decided-for-good")


async def test_refused_the_unit_signs_and_is_bound(refused: World) -> None:
    await objects(refused)
    await meets(refused)

    decided = await rules(refused, upheld=False)
    again = await objects(refused)
    signed = await act(refused, "D09.1", "sign", unit="D09")

    assert decided.told == ["ObjectionDecided"]
    assert (again.status, again.code) == (409, "decided-for-good")
    assert signed.told == ["AssignmentSigned"]
    [found] = (await page(refused))["objections"]
    assert (found["minutes"], found["upheld"], found["why"]) == (
        "各陈意见，报请领导裁定",
        False,
        "服从全局",
    )


async def test_the_time_to_object_is_bounded(refused: World) -> None:
    refused.today = date(2024, 3, 19)

    late = await objects(refused)

    assert (late.status, late.code) == (409, "too-late-to-object")
    assert (await page(refused))["tasks"][0]["object_by"]["on"] == "2024-03-18"


async def test_a_proposal_does_not_go_round_for_ever(desk: World) -> None:
    await hand_over(desk, {"proposal_id": (await page(desk))["proposal_id"], "lead": "D09"})
    for nth, (unit, heir) in enumerate(
        [("D09", "C021"), ("C021", "C030"), ("C030", "D01")], start=1
    ):
        await return_to_office(desk, f"{unit}.{nth}", unit=unit, proposed_unit=heir)
        await decide(desk, f"{unit}.{nth}", upheld=True)

    fourth = await return_to_office(desk, "D01.4", unit="D01", proposed_unit="D09")

    assert (fourth.status, fourth.code) == (409, "too-many-returns")


async def test_what_a_meeting_says_must_make_sense(refused: World) -> None:
    await objects(refused)

    future = await meets(refused, held_on="2024-03-12")
    unknown = await meets(refused, present=["省教育厅"])
    nobody = await meets(refused, present=[])

    assert (future.status, future.code) == (422, "meeting-in-the-future")
    assert (unknown.status, unknown.code) == (404, "unknown-unit")
    assert (nobody.status, nobody.code) == (422, "malformed")


async def test_the_office_may_keep_the_clock_when_it_upholds(desk: World) -> None:
    await hand_over(desk)
    await return_to_office(desk)
    desk.days_pass(7)

    await decide(desk, upheld=True, clock="keep")

    task = (await page(desk))["tasks"][-1]
    assert (task["task_id"], task["answer"]["on"]) == ("C030.2", "2024-06-11")
    assert task["answer"]["steps"][-1]["says"] == (
        "2024-03-18任务转接，时限按“不变”办理，仍为2024-06-11"
    )


async def test_an_officer_asks_the_head_who_consents(desk: World) -> None:
    await hand_over(desk)
    wish = {"reason_code": "not-ours", "reason": "属规划职责", "proposed_unit": "C030"}

    asked = await act(desk, "D09.1", "ask-consent-to-return", unit="D09", **wish)
    consented = await act(desk, "D09.1", "consent-to-return", unit="D09", post="head")
    again = await act(desk, "D09.1", "ask-consent-to-return", unit="D09", **wish)
    another = await act(desk, "D09.1", "ask-consent-to-return", unit="D01", **wish)

    assert asked.told == ["ReturnConsentAsked"]
    assert consented.told == ["ReturnConsented"]
    assert (again.status, again.code) == (409, "consent-given")
    assert another.status == 403
