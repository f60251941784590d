"""Clocks get other dates, stand still, and end; alarms of what is over are never raised."""

from typing import Any

import pytest

from shared.contracts.assignment import (
    ClockPaused,
    ClockResumed,
    DueDatesMoved,
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    MovedDue,
)
from shared.contracts.event import ProposalId, TaskId
from shared.contracts.intake import (
    MergeUndone,
    ProposalsMerged,
    ProposalSubmitted,
    ProposalWithdrawn,
    Proposer,
)
from shared.contracts.registry import CoordinationRule, Deadline
from shared.contracts.reply import (
    ContactKind,
    ContactRecorded,
    ContactWaived,
    OpinionWithdrawn,
    PromiseBroken,
    PromiseChanged,
    PromiseInherited,
    PublicationDecided,
    RatingClosed,
    ReplyReleased,
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
    someone,
)
from tests.service.escalation.acts import (
    COMMITTEE,
    LEAD,
    OTHER,
    accepted,
    assigned,
    clocks,
    issued,
    opinion,
    page,
    promised,
    rated,
    reassigned,
    returned,
    states,
    sweep,
)
from tests.world import World

LEAD_ID, CO_ID = LEAD.task_id, TaskId("D01.1")
RULES = rules_with(
    deadlines={"decide_extension": Deadline(count=5, unit="working_days", source=None)},
    coordination=(
        CoordinationRule(code="blocked-promise", threshold=2, says="两次变更", source=None),
    ),
).model_copy(update={"edition": 2})


def act(on: str, *, unit: str = LONGHUA, post: str = "officer") -> dict[str, Any]:
    """Who acts on the proposal, and when."""
    return {"proposal_id": PROPOSAL, "by": someone(post, unit), "on": day(on)}  # type: ignore[arg-type]


def moved(task_id: str, clock: str, before: str, to: str) -> MovedDue:
    return MovedDue(
        task_id=TaskId(task_id),
        unit=LONGHUA if task_id == LEAD_ID else FUTIAN,
        clock=clock,  # type: ignore[arg-type]
        before=day(before),
        due=due("reply", day(to)),
    )


def granted(*dates: MovedDue, on: str) -> ExtensionGranted:
    return ExtensionGranted(
        **act(on, unit=CITY, post="office"), task_id=LEAD_ID, unit=LONGHUA, why="准", moved=dates
    )


@pytest.fixture
async def handed(watch: World) -> World:
    """Longhua leads until 3 June, Futian gives its opinion by 15 March."""
    await watch.hears("escalation", RULES)
    await watch.hears("escalation", accepted(), assigned())
    return watch


async def test_more_time_moves_just_the_dates_that_it_names(handed: World) -> None:
    await handed.hears(
        "escalation", granted(moved(LEAD_ID, "answer", "06-03", "07-03"), on="05-20")
    )

    now = await clocks(handed)
    assert now["D09.1/reply"]["due_on"] == "2024-07-03"
    assert now["D01.1/opinion"]["due_on"] == "2024-03-15"


async def test_alarms_of_the_old_date_die(handed: World) -> None:
    await sweep(handed, "05-31")
    await handed.hears(
        "escalation", granted(moved(LEAD_ID, "answer", "06-03", "07-03"), on="05-31")
    )

    quiet = await sweep(handed, "06-04")
    near = await sweep(handed, "06-28")

    assert (quiet.get("missed", 0), near["near"]) == (0, 1)
    assert (await clocks(handed))["D09.1/reply"]["generation"] == 2


async def test_a_missed_clock_with_a_later_date_is_not_missed_any_more(handed: World) -> None:
    await sweep(handed, "03-18")
    late = DueDatesMoved(
        **act("03-18", unit=CITY, post="office"),
        calendar="CN-2024@2",
        moved=(moved(CO_ID, "answer", "03-15", "03-22"),),
    )

    await handed.hears("escalation", late)

    assert not (await clocks(handed))["D01.1/opinion"]["missed"]
    assert (await sweep(handed, "03-25"))["missed"] == 1


async def test_the_office_has_a_clock_for_deciding_on_more_time(handed: World) -> None:
    asked = ExtensionAsked(
        **act("05-20"), task_id=LEAD_ID, unit=LONGHUA, until=day("07-03"), reason="需调研"
    )
    await handed.hears("escalation", asked)
    running = (await clocks(handed))["D09.1/decide_extension"]

    refused = ExtensionRefused(
        **act("05-22", unit=CITY, post="office"), task_id=LEAD_ID, unit=LONGHUA, why="不准"
    )
    await handed.hears("escalation", refused)

    assert (running["unit"], running["due_on"], running["state"]) == (CITY, "2024-05-27", "running")
    assert (await states(handed))["D09.1/decide_extension"] == "stopped"


async def test_a_reply_makes_more_time_needless(handed: World) -> None:
    asked = ExtensionAsked(
        **act("05-20"), task_id=LEAD_ID, unit=LONGHUA, until=day("07-03"), reason="需调研"
    )

    await handed.hears("escalation", asked, issued(on="05-21"))

    assert (await states(handed))["D09.1/decide_extension"] == "stopped"


async def test_a_clock_that_stands_still_raises_no_alarm_until_it_goes_on(handed: World) -> None:
    await handed.hears(
        "escalation",
        ClockPaused(
            **act("05-20", unit=CITY, post="office"), task_id=LEAD_ID, unit=LONGHUA, why="待批"
        ),
    )
    paused = (await clocks(handed))["D09.1/reply"]
    quiet = await sweep(handed, "06-10")
    listed = await handed.ask("escalation", "/clocks", light="paused")

    await handed.hears(
        "escalation",
        ClockResumed(
            **act("06-10", unit=CITY, post="office"),
            task_id=LEAD_ID,
            unit=LONGHUA,
            why="已批",
            answer=due("reply", day("06-24")),
        ),
    )

    assert (paused["light"], paused["word"], paused["shape"]) == ("paused", "暂停计时", "‖")
    assert "D09.1/reply" not in str(quiet)
    assert [one["clock_id"] for one in listed.body["clocks"]] == ["D09.1/reply"]
    assert (await clocks(handed))["D09.1/reply"]["due_on"] == "2024-06-24"
    assert (await sweep(handed, "06-25"))["missed"] == 1


async def test_an_opinion_taken_back_is_owed_by_the_same_date(handed: World) -> None:
    taken_back = OpinionWithdrawn(
        **act("03-12", unit=FUTIAN), task_id=CO_ID, unit=FUTIAN, why="有误"
    )
    await handed.hears("escalation", opinion(on="03-11"), taken_back)

    again = (await clocks(handed))["D01.1/opinion"]

    assert (again["state"], again["due_on"], again["missed"]) == ("running", "2024-03-15", False)
    assert (await sweep(handed, "03-18"))["missed"] == 3


async def test_the_first_talk_stops_its_clock(watch: World) -> None:
    lead = LEAD.model_copy(update={"contact": due("contact", day("03-22"))})
    talked = ContactRecorded(
        **act("03-20"),
        task_id=LEAD_ID,
        unit=LONGHUA,
        kind=ContactKind.CALL,
        people=("王志毅",),
        summary="听取意见",
    )
    await watch.hears("escalation", accepted(), assigned(lead))
    before = (await clocks(watch))["D09.1/contact"]

    await watch.hears("escalation", talked)

    assert (before["state"], before["due_on"]) == ("running", "2024-03-22")
    assert (await states(watch))["D09.1/contact"] == "stopped"


async def test_a_proposer_who_needs_no_talk_stops_it_too(watch: World) -> None:
    lead = LEAD.model_copy(update={"contact": due("contact", day("03-22"))})
    waived = ContactWaived(**act("03-25"), task_id=LEAD_ID, unit=LONGHUA, proposer="王志毅")

    await watch.hears("escalation", accepted(), assigned(lead), waived)

    stopped = (await clocks(watch))["D09.1/contact"]
    assert (stopped["state"], stopped["missed"]) == ("stopped", True)


def submitted(*names: str) -> ProposalSubmitted:
    return ProposalSubmitted(
        **act("02-20", unit=COMMITTEE, post="committee"),
        year=2024,
        title="跨区学位",
        text="建议如下",
        kind="joint",  # type: ignore[arg-type]
        proposers=tuple(Proposer(name=name) for name in names),
    )


async def test_the_rating_is_waited_for_until_all_have_rated(watch: World) -> None:
    await watch.hears(
        "escalation",
        submitted("王志毅", "吴联喜"),
        accepted(),
        assigned(),
        issued(on="04-08"),
        rated(on="04-10"),
    )
    one_of_two = await states(watch)
    await watch.hears("escalation", rated(on="04-11", proposer="吴联喜"))

    assert one_of_two["D09.r1/rate"] == "running"
    assert (await states(watch))["D09.r1/rate"] == "stopped"


async def test_the_committee_may_wait_no_longer(watch: World) -> None:
    closed = RatingClosed(
        **act("05-06", unit=COMMITTEE, post="committee"),
        reply_id="D09.r1",
        round=1,
        unit=LONGHUA,
        unanswered=("吴联喜",),
    )
    await watch.hears(
        "escalation",
        submitted("王志毅", "吴联喜"),
        accepted(),
        assigned(),
        issued(on="04-08"),
        closed,
    )

    assert (await states(watch))["D09.r1/rate"] == "stopped"


PUBLISHED_BY = issued(on="04-08").model_copy(update={"publish": due("publish", day("05-07"))})


@pytest.mark.parametrize(
    ("attribute", "state"), [("open", "running"), ("on_request", "stopped"), ("closed", "stopped")]
)
async def test_only_what_is_open_has_to_be_published(
    handed: World, attribute: str, state: str
) -> None:
    decided = PublicationDecided(
        **act("04-15", unit=CITY, post="office"),
        reply_id="D09.r1",
        unit=LONGHUA,
        attribute=attribute,  # type: ignore[arg-type]
    )

    await handed.hears("escalation", PUBLISHED_BY, decided)

    assert (await states(handed))["D09.r1/publish"] == state


async def test_what_is_published_is_done(handed: World) -> None:
    released = ReplyReleased(
        **act("05-08", unit=CITY, post="office"),
        reply_id="D09.r1",
        unit=LONGHUA,
        kind="reply",
        form="full",
        title="答复",
        text="全文",
    )

    await handed.hears("escalation", PUBLISHED_BY, released)

    done = (await clocks(handed))["D09.r1/publish"]
    assert (done["unit"], done["state"], done["missed"]) == (LONGHUA, "stopped", True)


def changed(on: str, before: str, to: str) -> PromiseChanged:
    return PromiseChanged(
        **act(on),
        promise_id="D09.r1.p1",
        unit=LONGHUA,
        text="新增学位900个",
        due_on=day(to),
        before_on=day(before),
        why="用地未批",
    )


async def test_a_changed_promise_is_watched_until_its_new_day(handed: World) -> None:
    await handed.hears(
        "escalation", promised(on="04-08", due_on="09-02"), changed("08-26", "09-02", "10-08")
    )

    now = (await clocks(handed))["D09.r1.p1/promise"]
    assert (now["due_on"], now["generation"]) == ("2024-10-08", 2)
    assert (await page(handed))["matters"] == []


async def test_a_promise_changed_twice_is_a_matter_for_the_city(handed: World) -> None:
    await handed.hears(
        "escalation",
        promised(on="04-08", due_on="09-02"),
        changed("08-26", "09-02", "10-08"),
        changed("10-08", "10-08", "12-02"),
    )

    [matter] = (await page(handed))["matters"]
    assert (matter["rule"], matter["promise_id"]) == ("blocked-promise", "D09.r1.p1")
    assert "已变更2次" in matter["evidence"]


async def test_a_broken_promise_is_waited_for_no_more(handed: World) -> None:
    broken = PromiseBroken(
        **act("09-05", unit=CITY, post="office"), promise_id="D09.r1.p1", unit=LONGHUA, why="未办"
    )
    await handed.hears("escalation", promised(on="04-08", due_on="09-02"), broken)

    now = (await clocks(handed))["D09.r1.p1/promise"]
    assert (now["state"], now["missed"]) == ("stopped", True)


async def test_a_promise_goes_to_the_unit_that_took_over(handed: World) -> None:
    inherited = PromiseInherited(
        **act("06-03", unit=CITY, post="office"),
        promise_id="D09.r1.p1",
        unit=INDUSTRY,
        before=LONGHUA,
        why="机构改革",
    )
    await handed.hears("escalation", promised(on="04-08", due_on="09-02"), inherited)

    now = (await clocks(handed))["D09.r1.p1/promise"]
    assert (now["unit"], now["due_on"], now["state"]) == (INDUSTRY, "2024-09-02", "running")


async def test_with_a_withdrawn_proposal_everything_dies(handed: World) -> None:
    await handed.hears("escalation", returned(on="03-04"))
    withdrawn = ProposalWithdrawn(**act("03-05", unit=COMMITTEE, post="committee"), why="已解决")

    await handed.hears("escalation", withdrawn, assigned())

    assert set((await states(handed)).values()) == {"dead"}
    assert await sweep(handed, "06-28") == {}


def merged(proposal_id: ProposalId) -> ProposalsMerged:
    return ProposalsMerged(
        proposal_id=proposal_id,
        main=PROPOSAL,
        members=(PROPOSAL, OTHER),
        why="同",
        after_hand_over=True,
        by=someone("committee", COMMITTEE),
        on=day("03-04"),
    )


async def test_merged_after_the_hand_over_a_member_s_own_clocks_die(handed: World) -> None:
    await handed.hears(
        "escalation", accepted(OTHER, number="20240081"), assigned(proposal_id=OTHER)
    )
    ended = reassigned(ended=("D09.1", "D01.1"), on="03-04").model_copy(
        update={"proposal_id": OTHER}
    )

    await handed.hears("escalation", merged(OTHER), ended)

    answer = await page(handed, OTHER)
    assert {clock["state"] for clock in answer["clocks"]} == {"dead"}
    assert set((await states(handed)).values()) == {"running"}


async def test_a_member_that_leaves_its_group_has_clocks_of_its_own(handed: World) -> None:
    undone = MergeUndone(
        proposal_id=OTHER,
        main=PROPOSAL,
        members=(PROPOSAL, OTHER),
        why="诉求不同",
        after_hand_over=True,
        by=someone("committee", COMMITTEE),
        on=day("03-11"),
    )
    await handed.hears("escalation", accepted(OTHER, number="20240081"), merged(OTHER), undone)
    await handed.hears("escalation", assigned(proposal_id=OTHER))

    await handed.hears("escalation", reassigned(ended=("D09.1",), on="03-12"))

    own = {one["clock_id"]: one["state"] for one in (await page(handed, OTHER))["clocks"]}
    assert own["D09.1/reply"] == "running"


async def test_whose_it_is_sees_it_and_nobody_else(handed: World) -> None:
    path = f"/proposals/{PROPOSAL}"

    seen = {
        unit: (await handed.ask("escalation", path, post="officer", unit=unit)).status
        for unit in (LONGHUA, FUTIAN, INDUSTRY)
    }
    listed = {
        unit: len(
            (await handed.ask("escalation", "/clocks", post="head", unit=unit)).body["clocks"]
        )
        for unit in (LONGHUA, INDUSTRY)
    }

    assert seen == {LONGHUA: 200, FUTIAN: 200, INDUSTRY: 404}
    assert listed == {LONGHUA: 4, INDUSTRY: 0}


async def test_a_proposer_sees_their_own(watch: World) -> None:
    mine = submitted("王志毅").model_copy(
        update={"proposers": (Proposer(name="王志毅", person="wang"),)}  # type: ignore[arg-type]
    )
    await watch.hears("escalation", mine, accepted(), assigned())

    own = await watch.ask("escalation", f"/proposals/{PROPOSAL}", post="proposer", person="wang")
    other = await watch.ask("escalation", f"/proposals/{PROPOSAL}", post="proposer", person="li")

    assert (own.status, other.status) == (200, 404)
