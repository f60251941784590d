"""What other rooms do in full is followed: objections, meetings, what is void, who is named."""

from typing import Any

import pytest

from shared.contracts.assignment import (
    HandlersReassigned,
    ObjectionDecided,
    ObjectionRaised,
    OfficerNamed,
    Person,
    Role,
)
from shared.contracts.event import Due, PersonId, ProposalEvent, TaskId, UnitCode
from shared.contracts.intake import KeyDesignationTakenBack, ProposalDesignatedKey
from shared.contracts.registry import HeldPost, PersonRegistered, Policy, Post
from shared.contracts.reply import (
    FaceToFaceHeld,
    FaceToFaceOrdered,
    RatingAsked,
    ReplySentBack,
)
from tests.domain.escalation.office import (
    CITY,
    FUTIAN,
    INDUSTRY,
    LONGHUA,
    PROPOSAL,
    day,
    due,
    rules_with,
    rung,
    someone,
)
from tests.service.escalation.acts import (
    LEAD,
    accepted,
    assigned,
    clocks,
    decided,
    issued,
    page,
    promised,
    rated,
    reassigned,
    redo,
    returned,
    states,
    sweep,
    task,
)
from tests.world import World


def act(on: str, *, unit: UnitCode = LONGHUA, post: str = "head") -> dict[str, Any]:
    """Who acts on the proposal, and when."""
    return {"proposal_id": PROPOSAL, "by": someone(post, unit), "on": day(on)}


def of_lead(on: str, **by: Any) -> dict[str, Any]:
    return {**act(on, **by), "task_id": LEAD.task_id, "unit": LONGHUA}


async def hears(world: World, *events: ProposalEvent) -> None:
    """Each is told twice, as it may happen."""
    for event in events:
        await world.hears("escalation", event)
        await world.hears("escalation", event)


@pytest.fixture
async def handed(watch: World) -> World:
    """Longhua leads until 3 June, Futian gives its opinion by 15 March."""
    await watch.hears("escalation", accepted(), assigned())
    return watch


def objected(on: str = "03-08") -> ObjectionRaised:
    return ObjectionRaised(
        **of_lead(on),
        reason="仍不属于本单位职责",
        proposed_unit=INDUSTRY,
        decide=due("decide_objection", day("03-22")),
    )


def ruled(*, upheld: bool, sign: Due | None = None) -> ObjectionDecided:
    return ObjectionDecided(
        **of_lead("03-12", unit=CITY, post="leader"), upheld=upheld, why="裁定", sign=sign
    )


async def test_signing_stands_still_while_an_objection_runs(handed: World) -> None:
    await hears(handed, returned(on="03-04"), decided(upheld=False, on="03-06", sign_by="03-13"))
    await hears(handed, objected())

    now = await states(handed)
    assert now["D09.1/sign"] == "paused"
    assert now["D09.1/decide_objection"] == "running"
    assert (await clocks(handed))["D09.1/decide_objection"]["unit"] == CITY


async def test_a_refused_objection_lets_signing_go_on(handed: World) -> None:
    await hears(handed, objected(), ruled(upheld=False, sign=due("sign", day("03-18"))))

    now = await clocks(handed)
    assert now["D09.1/decide_objection"]["state"] == "stopped"
    assert (now["D09.1/sign"]["state"], now["D09.1/sign"]["due_on"]) == ("running", "2024-03-18")


async def test_with_an_upheld_objection_the_clocks_of_the_task_die(handed: World) -> None:
    lead = task(INDUSTRY, Role.LEAD, "reply", "06-12", generation=2)
    await hears(handed, objected(), ruled(upheld=True))
    await handed.hears("escalation", reassigned(lead, ended=("D09.1",), on="03-12"))

    now = await states(handed)
    assert now["D09.1/decide_objection"] == "stopped"
    assert (now["D09.1/sign"], now["C009.2/sign"]) == ("dead", "running")


async def test_an_objection_decided_too_late_was_missed(handed: World) -> None:
    late = ruled(upheld=False).model_copy(update={"on": day("03-25")})
    await hears(handed, objected(), late)

    assert (await clocks(handed))["D09.1/decide_objection"]["missed"]


async def test_the_committee_s_day_is_the_day_of_the_rating(handed: World) -> None:
    await hears(handed, issued(on="04-01"))
    await hears(
        handed,
        RatingAsked(
            **act("04-12", unit=CITY, post="committee"),
            reply_id="D09.r1",
            round=1,
            unit=LONGHUA,
            rate=due("rate", day("05-10")),
        ),
    )

    assert (await clocks(handed))["D09.r1/rate"]["due_on"] == "2024-05-10"


async def test_what_was_sent_back_is_waited_for_no_more(handed: World) -> None:
    sent_back = ReplySentBack(
        **of_lead("04-10", unit=CITY, post="office"),
        reply_id="D09.r1",
        round=1,
        why="没有逐条答复",
        promises=("D09.r1.p1",),
    )
    letter = issued(on="04-01").model_copy(update={"publish": due("publish", day("04-29"))})
    again = redo(on="04-10").model_copy(update={"because": "sent_back"})
    await hears(handed, letter, promised(on="04-01", due_on="12-31"), sent_back, again)

    now = await states(handed)
    assert {now["D09.r1/rate"], now["D09.r1/publish"], now["D09.r1.p1/promise"]} == {"dead"}
    assert now["D09.r1/redo"] == "running"
    assert (await sweep(handed, "05-31"))["missed"] == 3  # two who never signed, and an opinion


async def test_who_must_meet_has_a_clock_until_they_met(handed: World) -> None:
    ordered = FaceToFaceOrdered(
        **of_lead("04-20"), reply_id="D09.r1", round=2, meet=due("meet", day("05-13"))
    )
    held = FaceToFaceHeld(
        **of_lead("05-09", unit=CITY, post="office"),
        reply_id="D09.r1",
        round=2,
        held_on=day("05-08"),
        people=("王志毅",),
        result="agreed",
        outcome="达成一致",
    )

    await hears(handed, ordered)
    before = (await clocks(handed))["D09.r1/meet"]
    await hears(handed, held)

    assert (before["state"], before["unit"], before["due_on"]) == ("running", LONGHUA, "2024-05-13")
    assert (await states(handed))["D09.r1/meet"] == "stopped"


async def test_nobody_meets_for_a_task_that_has_ended(handed: World) -> None:
    await handed.hears("escalation", reassigned(ended=("D09.1",), on="04-01"))
    await hears(
        handed,
        FaceToFaceOrdered(
            **of_lead("04-20"), reply_id="D09.r1", round=2, meet=due("meet", day("05-13"))
        ),
    )

    assert "D09.r1/meet" not in await states(handed)


async def test_when_all_tasks_end_so_do_their_clocks_and_alarms(handed: World) -> None:
    merged = HandlersReassigned(
        **act("03-05", unit=CITY, post="committee"),
        generation=1,
        ended=(TaskId("D09.1"), TaskId("D01.1")),
        tasks=(),
        policy="keep",
        why="并案办理",
    )
    await hears(handed, returned(FUTIAN, on="03-04"), merged)

    assert set((await states(handed)).values()) == {"dead"}
    assert await sweep(handed, "06-28") == {}


KEY = due("reply:key", day("06-03"))
LADDERS = rules_with(
    policies={
        "recipients:单位负责人": Policy(value="named;head@own", says="试", source=None),
        "recipients:督查室": Policy(value="supervision@city", says="试", source=None),
    },
).model_copy(
    update={
        "edition": 2,
        "ladders": {
            "reply": (rung(1, 3, "单位负责人"),),
            "reply:key": (rung(1, -30, "督查室"),),
        },
    }
)


async def reminded(world: World) -> list[tuple[str, str]]:
    rows = await world.rows(
        "escalation",
        "SELECT convert_from(payload, 'UTF8')::json ->> 'to' AS rung,"
        "       convert_from(payload, 'UTF8')::json -> 'recipients' #>> '{}' AS people"
        "  FROM events WHERE type LIKE '%ReminderSent%' ORDER BY seq",
    )
    return [(row["rung"], row["people"]) for row in rows]


async def test_what_is_key_no_more_goes_by_the_common_ladder(watch: World) -> None:
    key = LEAD.model_copy(update={"answer": KEY})
    act_of_committee = act("03-02", unit=CITY, post="committee")
    await watch.hears("escalation", LADDERS, accepted(), assigned(key))
    await watch.hears(
        "escalation",
        ProposalDesignatedKey(**act_of_committee, leader="王市长", supervised_by=CITY),
    )
    await hears(watch, KeyDesignationTakenBack(**act_of_committee, why="调整"))

    await sweep(watch, "05-06")
    before = await reminded(watch)
    await sweep(watch, "06-07")

    assert before == []
    assert [to for to, _ in await reminded(watch)] == ["单位负责人"]
    shown = await watch.ask("escalation", f"/proposals/{PROPOSAL}", day="2024-06-07")
    assert shown.body.get("leader") is None


async def test_whom_the_unit_named_is_told(watch: World) -> None:
    li, wu = (
        PersonRegistered(
            person=PersonId(name),
            name=name,
            posts=(HeldPost(post=Post.OFFICER, unit=LONGHUA),),
        )
        for name in ("li", "wu")
    )
    await watch.hears("escalation", LADDERS, li, wu)
    await watch.hears("escalation", accepted(), assigned())
    await hears(
        watch,
        OfficerNamed(**of_lead("03-04"), officer=Person(person=PersonId("wu"), name="吴")),
    )

    await sweep(watch, "06-07")

    assert ("单位负责人", '["wu"]') in await reminded(watch)


async def test_ratings_of_all_still_end_the_clock(handed: World) -> None:
    await hears(handed, issued(on="04-01"), rated(on="04-10"))

    assert (await states(handed))["D09.r1/rate"] == "stopped"
    assert await page(handed)
