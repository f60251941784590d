"""Merged, undone, taken back, made key, decided by a leader: what that does to tasks."""

from datetime import date
from typing import Any, Literal

from shared.contracts.assignment import Role
from shared.contracts.escalation import CoordinationDecided, Effect
from shared.contracts.event import ProposalEvent, ProposalId, UnitCode
from shared.contracts.intake import (
    KeyDesignationTakenBack,
    MergeUndone,
    ProposalArchived,
    ProposalDesignatedKey,
    ProposalRevised,
    ProposalsMerged,
    ProposalWithdrawn,
)
from tests.domain.assignment.office import (
    LEADER,
    MONDAY,
    OFFICE,
    OTHER_PROPOSAL,
    PROPOSAL,
)
from tests.service.assignment.acts import act, hand_over, item, page, states
from tests.service.assignment.conftest import submitted
from tests.service.assignment.test_changing_handlers import issued
from tests.world import World

LATER = date(2024, 4, 8)


def merged(member: ProposalId, *, main: ProposalId = PROPOSAL) -> ProposalsMerged:
    return ProposalsMerged(
        proposal_id=member,
        by=OFFICE,
        on=LATER,
        main=main,
        members=(PROPOSAL, OTHER_PROPOSAL),
        why="诉求相同",
        after_hand_over=True,
    )


def undone(policy: Literal["restart", "keep"]) -> MergeUndone:
    return MergeUndone(
        proposal_id=OTHER_PROPOSAL,
        by=OFFICE,
        on=LATER,
        main=PROPOSAL,
        members=(PROPOSAL, OTHER_PROPOSAL),
        why="诉求其实不同",
        after_hand_over=True,
        policy=policy,
    )


async def other_page(world: World) -> dict[str, object]:
    answer = await world.ask("assignment", f"/proposals/{OTHER_PROPOSAL}")
    assert answer.status == 200
    found: dict[str, object] = answer.body
    return found


async def other_tasks(world: World) -> list[tuple[str, str, str | None]]:
    answer = await world.ask("assignment", f"/proposals/{OTHER_PROPOSAL}")
    return [
        (task["task_id"], task["state"], task["answer"] and task["answer"]["on"])
        for task in answer.body["tasks"]
    ]


async def test_a_members_tasks_end_when_it_is_merged_after_the_hand_over(desk: World) -> None:
    await hand_over(desk, item(), item(OTHER_PROPOSAL, lead="D01"))

    await desk.hears("assignment", merged(PROPOSAL), merged(OTHER_PROPOSAL))

    assert await other_tasks(desk) == [("D01.1", "ended", "2024-06-11")]
    assert (await states(desk))["D09.1"] == "unsigned"
    assert (await other_page(desk))["merged_into"] == PROPOSAL
    signed = await desk.tell(
        "assignment",
        f"/proposals/{OTHER_PROPOSAL}/tasks/D01.1/sign",
        post="officer",
        unit="D01",
    )
    assert (signed.status, signed.code) == (409, "merged-elsewhere")


async def test_whether_it_was_handed_over_is_known_here_best(desk: World) -> None:
    await hand_over(desk, item(), item(OTHER_PROPOSAL, lead="D01"))
    as_intake_saw_it = merged(OTHER_PROPOSAL).model_copy(update={"after_hand_over": False})

    await desk.hears("assignment", as_intake_saw_it)

    assert await other_tasks(desk) == [("D01.1", "ended", "2024-06-11")]
    parted = undone("keep").model_copy(update={"after_hand_over": False})
    await desk.hears("assignment", parted)
    assert ("D09.2", "unsigned", "2024-06-11") in await other_tasks(desk)


async def test_a_merger_told_again_when_one_more_joins_changes_nothing(desk: World) -> None:
    await hand_over(desk, item(), item(OTHER_PROPOSAL, lead="D01"))
    await desk.hears("assignment", merged(PROPOSAL), merged(OTHER_PROPOSAL))
    before = await desk.told_by("assignment", OTHER_PROPOSAL)

    await desk.hears("assignment", merged(PROPOSAL), merged(OTHER_PROPOSAL))

    assert await desk.told_by("assignment", OTHER_PROPOSAL) == before
    assert (await states(desk))["D09.1"] == "unsigned"


async def test_parting_touches_only_those_that_leave(desk: World) -> None:
    await hand_over(desk, item(), item(OTHER_PROPOSAL, lead="D01"))
    await act(desk, "D09.1", "sign", unit="D09")
    await desk.hears("assignment", merged(PROPOSAL), merged(OTHER_PROPOSAL))
    before = await desk.told_by("assignment", PROPOSAL)

    await desk.hears("assignment", undone("restart"))

    assert await desk.told_by("assignment", PROPOSAL) == before
    assert (await states(desk))["D09.1"] == "signed"


async def test_what_was_revised_or_is_key_no_more_is_known(desk: World) -> None:
    heard: dict[str, Any] = {"proposal_id": PROPOSAL, "by": OFFICE, "on": LATER}
    revised = ProposalRevised(**heard, revision=1, title="增设托育点", text="一、建。二、管。")
    key = ProposalDesignatedKey(**heard, leader="王", supervised_by=UnitCode("C007"))

    await desk.hears(
        "assignment",
        submitted(PROPOSAL, "设托育点"),
        revised,
        key,
        KeyDesignationTakenBack(**heard, why="调整"),
    )

    [row] = await desk.rows(
        "assignment",
        "SELECT title, text, key_leader FROM proposals WHERE proposal_id = $1",
        PROPOSAL,
    )
    assert dict(row) == {"title": "增设托育点", "text": "一、建。二、管。", "key_leader": None}


async def test_earlier_years_are_cases_that_advice_points_to(desk: World) -> None:
    old = ProposalArchived(
        proposal_id=ProposalId("old"),
        by=OFFICE,
        on=LATER,
        number="20190007",
        year=2019,
        title="在龙华增设普惠托育点",
        leads=("市教育局",),
        source="往年台账",
    )
    asked = "/advice?title=关于增设普惠托育点的提案"
    await desk.hears("assignment", old, old.model_copy(update={"proposal_id": ProposalId("o2")}))

    answer = await desk.ask("assignment", asked, post="office", unit="C007")

    assert answer.status == 200, answer
    reasons = {one["unit"]: "".join(one["reasons"]) for one in answer.body["units"]}
    assert "20190007" in reasons["C021"]


async def test_who_leaves_the_group_is_handled_on_its_own_by_the_same_units(desk: World) -> None:
    await hand_over(desk, item(), item(OTHER_PROPOSAL, lead="D01"))
    await act(desk, "D09.1", "sign", unit="D09")
    await desk.hears("assignment", merged(PROPOSAL), merged(OTHER_PROPOSAL))

    await desk.hears("assignment", undone("keep"))

    assert await other_tasks(desk) == [
        ("D01.1", "ended", "2024-06-11"),
        ("D09.2", "signed", "2024-06-11"),
        ("C021.2", "unsigned", "2024-04-11"),
        ("C030.2", "noted", None),
    ]
    assert (await other_page(desk))["merged_into"] is None


async def test_its_clocks_start_anew_where_that_is_the_policy(desk: World) -> None:
    await hand_over(desk, item())
    await desk.hears("assignment", merged(PROPOSAL), merged(OTHER_PROPOSAL))

    await desk.hears("assignment", undone("restart"))

    assert (await other_tasks(desk))[0] == ("D09.1", "unsigned", "2024-07-08")


async def test_undone_before_the_hand_over_it_is_simply_on_the_desk_again(desk: World) -> None:
    await desk.hears("assignment", merged(PROPOSAL), merged(OTHER_PROPOSAL), undone("restart"))

    answer = await hand_over(desk, item(OTHER_PROPOSAL, lead="D01"))

    assert answer.told == ["HandlersAssigned"]


async def test_a_member_is_answered_by_the_units_that_handle_the_group(desk: World) -> None:
    await hand_over(desk, item())
    await desk.hears("assignment", merged(PROPOSAL), merged(OTHER_PROPOSAL))
    to_member = issued("D09").model_copy(update={"proposal_id": OTHER_PROPOSAL})

    await desk.hears("assignment", issued("D09"), to_member)

    assert await desk.told_by("assignment", OTHER_PROPOSAL) == ["ProposalAnswered"]
    assert (await page(desk))["answers"]["answered_on"] == "2024-03-11"


async def test_withdrawing_a_unit_completes_the_members_of_the_group_too(desk: World) -> None:
    await hand_over(desk, item(split=["D09", "C021"]))
    await desk.hears("assignment", merged(PROPOSAL), merged(OTHER_PROPOSAL))
    to_member = issued("D09").model_copy(update={"proposal_id": OTHER_PROPOSAL})
    await desk.hears("assignment", issued("D09"), to_member)

    answer = await act(desk, "C021.1", "withdraw", unit="C007", post="office", why="不再涉及")

    assert answer.told == ["HandlersReassigned", "ProposalAnswered", "ProposalAnswered"]
    assert {event["key"] for event in answer.body["events"][1:]} == {PROPOSAL, OTHER_PROPOSAL}


async def test_what_is_taken_back_ends_and_stays_ended(desk: World) -> None:
    await hand_over(desk)
    taken_back = ProposalWithdrawn(proposal_id=PROPOSAL, by=OFFICE, on=LATER, why="已经解决")

    await desk.hears("assignment", taken_back)

    assert set((await states(desk)).values()) == {"ended"}
    signed = await act(desk, "D09.1", "sign", unit="D09")
    assert (signed.status, signed.code) == (409, "taken-back")
    added = await desk.tell(
        "assignment",
        f"/proposals/{PROPOSAL}/handlers",
        {"unit": "D01", "role": "co_handle", "why": "涉及"},
        post="office",
        unit="C007",
    )
    assert (added.status, added.code) == (409, "taken-back")
    assert (await page(desk))["withdrawn_on"] == "2024-04-08"


async def test_taken_back_before_the_hand_over_it_is_not_handed_over(desk: World) -> None:
    taken_back = ProposalWithdrawn(proposal_id=PROPOSAL, by=OFFICE, on=LATER, why="已经解决")
    await desk.hears("assignment", taken_back)

    answer = await hand_over(desk)

    assert [finding["code"] for finding in answer.body["findings"]] == ["taken-back"]


async def test_a_key_proposal_has_a_clock_of_its_own(desk: World) -> None:
    key = ProposalDesignatedKey(
        proposal_id=PROPOSAL,
        by=OFFICE,
        on=MONDAY,
        leader="林副市长",
        supervised_by=UnitCode("C004"),
    )
    await desk.hears("assignment", submitted(PROPOSAL, "新增学位"), key)

    await hand_over(desk)

    found = await page(desk)
    assert found["key_leader"] == "林副市长"
    assert found["tasks"][0]["answer"]["rule"] == "shenzhen-2024@1 reply:key"


async def test_made_key_afterwards_its_clocks_stay_as_they_are(desk: World) -> None:
    await desk.hears("assignment", submitted(PROPOSAL, "新增学位"))
    await hand_over(desk)
    before = (await page(desk))["tasks"]

    await desk.hears(
        "assignment",
        ProposalDesignatedKey(
            proposal_id=PROPOSAL,
            by=OFFICE,
            on=LATER,
            leader="林副市长",
            supervised_by=UnitCode("C004"),
        ),
    )

    assert (await page(desk))["tasks"] == before


async def test_off_session_proposals_have_a_clock_of_their_own(desk: World) -> None:
    await desk.hears("assignment", submitted(PROPOSAL, "新增学位", session=None))

    await hand_over(desk)

    assert (await page(desk))["tasks"][0]["answer"]["on"] == "2024-07-11"


def decided(effect: Effect) -> CoordinationDecided:
    return CoordinationDecided(
        proposal_id=PROPOSAL,
        by=LEADER,
        on=MONDAY,
        matter_id="m1",
        decision="经市领导协调",
        effect=effect,
    )


async def test_a_leader_sets_a_role(desk: World) -> None:
    await hand_over(desk)

    effect = Effect(kind="new_role", unit=UnitCode("C021"), role=Role.SPLIT)
    await desk.hears("assignment", decided(effect))

    tasks = {task["task_id"]: task for task in (await page(desk))["tasks"]}
    assert [(task_id, task["role"]) for task_id, task in tasks.items() if task["bound"]] == [
        ("C021.2", "split"),
        ("D09.2", "split"),
    ]


async def test_a_leader_sets_a_date_which_is_no_extension(desk: World) -> None:
    await hand_over(desk)

    effect = Effect(kind="new_date", unit=UnitCode("D09"), due_on=date(2024, 5, 6))
    await desk.hears("assignment", decided(effect))

    task = (await page(desk))["tasks"][0]
    assert (task["answer"]["on"], task["extended"]) == ("2024-05-06", 0)
    assert "2024-03-11经领导决定，由2024-06-11改为2024-05-06" in [
        step["says"] for step in task["answer"]["steps"]
    ]


async def test_money_that_is_asked_for_changes_nothing(desk: World) -> None:
    await hand_over(desk)

    await desk.hears("assignment", decided(Effect(kind="ask", unit=UnitCode("C021"))))

    assert await desk.told_by("assignment") == ["HandlersAssigned"]


async def test_what_is_heard_twice_takes_effect_once(desk: World) -> None:
    await hand_over(desk, item(), item(OTHER_PROPOSAL, lead="D01"))
    events: list[ProposalEvent] = [merged(OTHER_PROPOSAL), issued("D09")]
    records = [desk.record(event, sequence=nth) for event, nth in zip(events, (2, 1), strict=True)]

    for _ in range(2):
        await desk["assignment"].backbone.hearing.hear(records)

    assert list(await desk.told_by("assignment")).count("ProposalAnswered") == 1
    assert list(await desk.told_by("assignment")).count("HandlersReassigned") == 1
