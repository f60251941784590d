"""A matter is a case: rules flag it, parties say where they stand, a leader decides, it is done."""

from typing import Any

import pytest

from shared.contracts.assignment import ExtensionGranted, MovedDue, Role
from shared.contracts.event import TaskId
from shared.contracts.intake import ProposalWithdrawn
from shared.contracts.registry import CoordinationRule, Deadline, Policy, Reason
from shared.contracts.reply import DisagreementRaised, FaceToFaceOrdered
from tests.domain.escalation.office import (
    CITY,
    FUTIAN,
    FUTIAN_BUREAU,
    INDUSTRY,
    LONGHUA,
    LONGHUA_BUREAU,
    PROPOSAL,
    day,
    due,
    rules_with,
    rung,
    someone,
)
from tests.service.escalation.acts import (
    COMMITTEE,
    LEAD,
    accepted,
    assigned,
    clocks,
    decide,
    flag,
    page,
    promised,
    reassigned,
    redo,
    returned,
    states,
    sweep,
    task,
)
from tests.world import Answer, World


def rule(code: str, threshold: int = 1) -> CoordinationRule:
    return CoordinationRule(code=code, threshold=threshold, says=code, source=None)


FIVE_DAYS = Deadline(count=5, unit="working_days", source=None)
RULES = rules_with(
    deadlines={"matter": FIVE_DAYS, "carry_out": FIVE_DAYS},
    coordination=(
        rule("several-districts", 2),
        rule("contradiction"),
        rule("beyond-powers"),
        rule("third-round", 3),
        rule("blocked-promise", 2),
    ),
    reasons={"beyond_powers": (Reason(code="other-level", says="属于上级事权"),)},
    policies={"recipients:分管领导": Policy(value="leader@city", says="领导", source=None)},
    matter=(rung(1, 3, "分管领导"),),
).model_copy(update={"edition": 2})


@pytest.fixture
async def city(watch: World) -> World:
    """Longhua leads alone; nothing was flagged."""
    await watch.hears("escalation", RULES)
    await watch.hears("escalation", accepted(), assigned(LEAD))
    return watch


async def matters(world: World) -> list[dict[str, Any]]:
    return list((await page(world))["matters"])


async def rules_flagged(world: World) -> list[str]:
    return [one["rule"] for one in await matters(world)]


async def act(world: World, path: str, *, post: str, at: str = CITY, **body: Any) -> Answer:
    path = f"/proposals/{PROPOSAL}/matters/m1/{path}"
    return await world.tell("escalation", path, body, post=post, unit=at)


async def test_several_districts_are_a_matter_for_the_city(watch: World) -> None:
    bureau = task(FUTIAN_BUREAU, Role.CO_HANDLE, "opinion", "03-15")
    own = task(LONGHUA_BUREAU, Role.CO_HANDLE, "opinion", "03-15")

    await watch.hears("escalation", RULES)
    await watch.hears("escalation", accepted(), assigned(LEAD, own))
    alone = await rules_flagged(watch)
    await watch.hears("escalation", reassigned(bureau, ended=(), on="03-04"))

    assert alone == []
    [matter] = await matters(watch)
    assert (matter["rule"], matter["parties"]) == ("several-districts", [LONGHUA, FUTIAN])
    assert matter["evidence"] == "本案涉及2个区：龙华区、福田区。"


async def test_a_contradiction_before_a_leader_is_a_matter(city: World) -> None:
    def raised(level: str) -> DisagreementRaised:
        return DisagreementRaised(
            proposal_id=PROPOSAL,
            disagreement_id="d1",
            task_id=TaskId("D01.1"),
            unit=FUTIAN,
            lead=LONGHUA,
            level=level,  # type: ignore[arg-type]
            why="用地权属不清",
            by=someone("head", LONGHUA),
            on=day("03-11"),
        )

    await city.hears("escalation", raised("office"))
    before = await rules_flagged(city)
    await city.hears("escalation", raised("leader"))

    assert before == []
    [matter] = await matters(city)
    assert (matter["rule"], matter["parties"]) == ("contradiction", [LONGHUA, FUTIAN])


@pytest.mark.parametrize(
    ("reason", "unit", "flagged"),
    [
        ("other-level", LONGHUA, ["beyond-powers"]),
        ("other-level", INDUSTRY, []),
        ("not-our-duty", LONGHUA, []),
    ],
)
async def test_what_is_beyond_a_district_is_a_matter(
    city: World, reason: str, unit: str, flagged: list[str]
) -> None:
    sent_back = returned(unit, on="03-04").model_copy(  # type: ignore[arg-type]
        update={"reason_code": reason}
    )

    await city.hears("escalation", sent_back)

    assert await rules_flagged(city) == flagged


async def orders(city: World, *because: str) -> None:
    """Round after round is ordered, each for its reason."""
    for round, why in enumerate(because, start=2):
        one = redo(on="04-15").model_copy(
            update={"round": round, "reply_id": f"D09.r{round - 1}", "because": why}
        )
        await city.hears("escalation", one)


@pytest.mark.parametrize(
    ("because", "flagged"),
    [
        (["dissatisfied"], []),
        (["dissatisfied", "dissatisfied"], ["third-round"]),
        (["dissatisfied", "sent_back"], []),
        (["sent_back", "sent_back", "dissatisfied"], []),
        (["sent_back", "dissatisfied", "dissatisfied"], ["third-round"]),
    ],
)
async def test_the_third_dissatisfied_round_is_a_matter(
    city: World, because: list[str], flagged: list[str]
) -> None:
    await orders(city, *because)

    assert await rules_flagged(city) == flagged


async def test_rounds_that_are_used_up_without_satisfying_are_a_matter(city: World) -> None:
    await orders(city, "dissatisfied")
    last = redo(on="04-20").model_dump(exclude={"answer", "because"})
    await city.hears("escalation", FaceToFaceOrdered(**{**last, "reply_id": "D09.r2"}))

    assert await rules_flagged(city) == ["third-round"]


async def test_a_rating_heard_twice_counts_once(city: World) -> None:
    await orders(city, "dissatisfied")
    await city.hears("escalation", redo(on="04-15"))

    assert await rules_flagged(city) == []


async def blocked(world: World, unit: str = LONGHUA, by: str = "市工信局") -> Answer:
    return await world.tell(
        "escalation",
        f"/proposals/{PROPOSAL}/promises/D09.r1.p1/blocked",
        {"blocked_by": by, "why": "用地指标未下达"},
        post="officer",
        unit=unit,
    )


async def test_a_unit_says_that_another_blocks_its_promise(city: World) -> None:
    unknown = await blocked(city)
    await city.hears("escalation", promised(on="04-08", due_on="09-02"))

    other, itself = await blocked(city, FUTIAN), await blocked(city, by="龙华区")
    said, again = await blocked(city), await blocked(city)

    assert unknown.status == 404
    assert (other.code, itself.code) == ("not-your-promise", "blocked-by-itself")
    assert (said.status, again.code) == (201, "already-flagged")
    [matter] = await matters(city)
    assert (matter["rule"], matter["promise_id"]) == ("blocked-promise", "D09.r1.p1")
    assert matter["parties"] == [LONGHUA, INDUSTRY]


async def test_a_case_has_positions_a_meeting_and_minutes(city: World) -> None:
    await flag(city)

    said = await act(city, "positions", post="officer", at=FUTIAN, position="应由龙华区负责")
    again = await act(city, "positions", post="head", at=FUTIAN, position="可以共同负责")
    other = await act(city, "positions", post="officer", at=INDUSTRY, position="与我无关")
    silent = await act(city, "positions", post="officer", at=FUTIAN, position=" ")
    met = await act(
        city,
        "meetings",
        post="office",
        held_on="2024-03-01",
        present=["龙华区", "福田区"],
        minutes="两区同意共同负责",
    )

    assert (said.status, again.status) == (200, 200)
    assert (other.code, silent.code, met.status) == ("not-a-party", "position-missing", 200)
    [matter] = await matters(city)
    assert [(one["unit"], one["position"]) for one in matter["positions"]] == [
        (FUTIAN, "可以共同负责")
    ]
    assert matter["meetings"][0]["present"] == [LONGHUA, FUTIAN]


MEETING: dict[str, Any] = {
    "held_on": "2024-03-01",
    "present": ["龙华区"],
    "minutes": "纪要",
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"held_on": "2024-03-02"}, "meeting-ahead"),
        ({"present": []}, "nobody-present"),
        ({"present": ["龙华区", "D09"]}, "party-named-twice"),
        ({"minutes": " "}, "minutes-missing"),
    ],
)
async def test_a_meeting_was_held_or_is_refused(
    city: World, change: dict[str, Any], code: str
) -> None:
    await flag(city)

    answer = await act(city, "meetings", post="office", **{**MEETING, **change})

    assert answer.code == code


async def test_a_case_that_is_not_decided_in_time_climbs_too(city: World) -> None:
    await flag(city)
    running = (await clocks(city))["m1/matter"]

    missed = await sweep(city, "03-11")
    reminded = await sweep(city, "03-13")

    assert (running["unit"], running["due_on"]) == (CITY, "2024-03-08")
    assert missed["missed"] == 2  # the matter, and Longhua's signature
    assert reminded["reminders"] == 1


async def test_a_decision_stops_its_clock_and_starts_the_one_for_carrying_it_out(
    city: World,
) -> None:
    await flag(city)

    await decide(city, kind="new_lead", lead="市工信局")
    before = await states(city)
    lead = task(INDUSTRY, Role.LEAD, "reply", "06-14", generation=2)
    done = reassigned(lead, ended=("D09.1",), on="03-04").model_copy(update={"matter_id": "m1"})
    await city.hears("escalation", done)

    assert (before["m1/matter"], before["m1/carry_out"]) == ("stopped", "running")
    assert (await states(city))["m1/carry_out"] == "stopped"
    assert list(await city.told_by("escalation"))[-1] == "CoordinationCarriedOut"
    [matter] = await matters(city)
    assert matter["carried_out_on"] == "2024-03-04"


async def test_another_reassignment_does_not_carry_it_out(city: World) -> None:
    await flag(city)
    await decide(city, kind="new_lead", lead="市工信局")
    lead = task(INDUSTRY, Role.LEAD, "reply", "06-14", generation=2)

    await city.hears("escalation", reassigned(lead, ended=("D09.1",), on="03-04"))

    assert (await states(city))["m1/carry_out"] == "running"


async def test_a_new_role_is_carried_out_by_its_task(city: World) -> None:
    await flag(city)
    await decide(city, kind="new_role", unit="福田区", role="co_handle")
    part = task(FUTIAN, Role.CO_HANDLE, "opinion", "04-01", generation=2)
    done = reassigned(part, ended=(), on="03-04").model_copy(update={"matter_id": "m1"})

    await city.hears("escalation", done)

    assert (await states(city))["m1/carry_out"] == "stopped"


async def test_a_new_date_is_carried_out_when_the_date_has_moved(city: World) -> None:
    await flag(city)
    await decide(city, kind="new_date", unit="龙华区", due_on="2024-07-01")

    def moved(to: str) -> ExtensionGranted:
        one = MovedDue(
            task_id=LEAD.task_id,
            unit=LONGHUA,
            clock="answer",
            before=day("06-03"),
            due=due("reply", day(to)),
        )
        return ExtensionGranted(
            proposal_id=PROPOSAL,
            task_id=LEAD.task_id,
            unit=LONGHUA,
            why="按协调决定",
            moved=(one,),
            by=someone("office", CITY),
            on=day("03-04"),
        )

    await city.hears("escalation", moved("06-10"))
    too_early = (await states(city))["m1/carry_out"]
    await city.hears("escalation", moved("07-01"))

    assert (too_early, (await states(city))["m1/carry_out"]) == ("running", "stopped")


async def test_what_was_asked_is_carried_out_when_the_office_says_so(city: World) -> None:
    await flag(city)
    too_early = await act(city, "carry-out", post="office", says="经费已下达")
    await decide(city, kind="ask", unit="市工信局")
    running = (await clocks(city))["m1/carry_out"]

    followed = await act(city, "follow-ups", post="office", says="正在办理")
    silent = await act(city, "follow-ups", post="office", says=" ")
    done = await act(city, "carry-out", post="supervision", says="经费已下达")
    again = await act(city, "carry-out", post="office", says="经费已下达")

    assert (too_early.code, running["unit"]) == ("not-yet-decided", INDUSTRY)
    assert (followed.status, silent.code) == (200, "reason-missing")
    assert (done.status, again.code) == (200, "already-carried-out")
    [matter] = await matters(city)
    assert (matter["carried_out_says"], matter["follow_ups"][0]["says"]) == (
        "经费已下达",
        "正在办理",
    )


async def test_where_everything_stays_there_is_nothing_to_carry_out(city: World) -> None:
    await flag(city)
    await decide(city)

    answer = await act(city, "carry-out", post="office", says="无")

    assert answer.code == "nothing-to-carry-out"
    assert "m1/carry_out" not in await states(city)


async def test_a_wrong_flag_is_dismissed_with_a_reason_and_counted(city: World) -> None:
    await flag(city)
    silent = await act(city, "dismiss", post="office", why=" ")
    dismissed = await act(city, "dismiss", post="office", why="属于业务咨询")
    decided = await decide(city)
    again = await act(city, "dismiss", post="leader", why="同上")

    assert (silent.code, dismissed.told) == ("reason-missing", ["CoordinationDismissed"])
    assert (decided.code, again.code) == ("already-dismissed", "already-dismissed")
    assert (await states(city))["m1/matter"] == "stopped"
    answer = await city.ask("escalation", "/coordination/2024", post="office", unit=CITY)
    [figures] = answer.body["rules"]
    assert (figures["rule"], figures["flagged"], figures["dismissed"]) == ("by-hand", 1, 1)


async def test_figures_say_what_was_flagged_decided_and_changed(city: World) -> None:
    await flag(city)
    city.today = day("03-11")
    await decide(city, kind="new_lead", lead="市工信局")
    await flag(city)

    answer = await city.ask("escalation", "/coordination/2024", post="leader", unit=CITY)
    refused = await city.ask("escalation", "/coordination/2024", post="officer", unit=LONGHUA)

    [figures] = answer.body["rules"]
    assert figures == {
        "rule": "by-hand",
        "flagged": 2,
        "open": 1,
        "decided": 1,
        "dismissed": 0,
        "lapsed": 0,
        "late": 1,
        "mean_days": 10.0,
        "longest_days": 10,
        "new_lead": 1,
        "new_role": 0,
        "new_date": 0,
        "asked": 0,
        "as_it_is": 0,
        "carried_out": 0,
    }
    assert refused.status == 403


async def test_a_withdrawn_proposal_leaves_nothing_to_settle(city: World) -> None:
    await flag(city)
    withdrawn = ProposalWithdrawn(
        proposal_id=PROPOSAL, why="已解决", by=someone("committee", COMMITTEE), on=day("03-04")
    )

    await city.hears("escalation", withdrawn)

    answer = await decide(city)
    assert (answer.status, answer.code) == (409, "matter-lapsed")


@pytest.mark.parametrize(
    ("effect", "code"),
    [
        ({"kind": "new_role", "unit": "福田区"}, "effect-incomplete"),
        ({"kind": "new_role", "unit": "福田区", "role": "lead"}, "role-not-given"),
        ({"kind": "new_date", "unit": "龙华区"}, "effect-incomplete"),
        ({"kind": "new_date", "unit": "福田区", "due_on": "2024-07-01"}, "owes-nothing"),
        ({"kind": "new_date", "unit": "龙华区", "due_on": "2024-03-01"}, "date-not-ahead"),
        ({"kind": "ask"}, "effect-incomplete"),
        ({"kind": "ask", "unit": "市工信局", "role": "split"}, "effect-overfull"),
        ({"kind": "as_it_is", "unit": "市工信局"}, "effect-overfull"),
    ],
)
async def test_a_decision_says_just_what_it_needs(
    city: World, effect: dict[str, Any], code: str
) -> None:
    await flag(city)

    answer = await decide(city, **effect)

    assert answer.code == code


async def test_matters_are_listed_for_whom_they_concern(city: World) -> None:
    await flag(city)

    listed = {}
    for unit in (LONGHUA, FUTIAN, INDUSTRY):
        answer = await city.ask("escalation", "/matters", post="head", unit=unit)
        listed[unit] = [one["matter_id"] for one in answer.body["matters"]]
    decided = await city.ask("escalation", "/matters", state="decided")
    by_rule = await city.ask("escalation", "/matters", rule="by-hand", limit=1)

    assert listed == {LONGHUA: ["m1"], FUTIAN: ["m1"], INDUSTRY: []}
    assert (decided.body["matters"], by_rule.body["more"]) == ([], False)
