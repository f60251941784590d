"""An answer is demanded, inspections find something, leaders act, somebody keeps an eye on it."""

from asyncio import gather
from typing import Any

import pytest

from shared.contracts.event import PersonId
from shared.contracts.intake import ProposalDesignatedKey
from shared.contracts.registry import Deadline, HeldPost, Number, PersonRegistered, Policy, Series
from tests.domain.escalation.office import (
    CITY,
    FUTIAN,
    INDUSTRY,
    LONGHUA,
    PROPOSAL,
    day,
    rules_with,
    someone,
)
from tests.service.escalation.acts import (
    COMMITTEE,
    OTHER,
    accepted,
    assigned,
    clocks,
    opinion,
    page,
    reassigned,
    signed,
    states,
    sweep,
)
from tests.world import Answer, World

FIVE_DAYS = Deadline(count=5, unit="working_days", source=None)
RULES = rules_with(
    deadlines={"supervise": FIVE_DAYS, "finding": FIVE_DAYS},
    numbers={"supervise:opinion": Number(value=10, says="逾期10日督办", source=None)},
    series={"supervision": Series(pattern="督办〔{year}〕{n}号", says="督办", source=None)},
    policies={
        "recipients:跟踪责任人": Policy(value="tracker", says="跟踪", source=None),
        "notify:tracker": Policy(value="跟踪责任人", says="跟踪", source=None),
        "notify:missed": Policy(value="跟踪责任人", says="跟踪", source=None),
    },
).model_copy(update={"edition": 2})
UNIT_OF = {"office": CITY, "supervision": CITY, "leader": CITY, "committee": COMMITTEE}


@pytest.fixture
async def handed(watch: World) -> World:
    """Longhua leads, Futian gives its opinion by 15 March; both have signed."""
    await watch.hears("escalation", RULES)
    await watch.hears(
        "escalation",
        accepted(),
        assigned(),
        signed(LONGHUA, on="03-04"),
        signed(FUTIAN, on="03-04"),
    )
    return watch


async def act(world: World, path: str, *, post: str, at: str | None = None, **body: Any) -> Answer:
    path = f"/proposals/{PROPOSAL}/{path}"
    return await world.tell("escalation", path, body, post=post, unit=at or UNIT_OF[post])


async def supervise(world: World, unit: str = "福田区", **more: Any) -> Answer:
    body = {"unit": unit, "demand": "请说明迟迟未报意见的原因", **more}
    return await act(world, "supervisions", post="supervision", **body)


async def supervisions(world: World) -> list[dict[str, Any]]:
    return list((await page(world))["supervisions"])


async def test_a_supervision_has_a_number_a_date_an_answer_and_an_end(handed: World) -> None:
    opened = await supervise(handed)
    running = (await clocks(handed))["s1/supervise"]
    answered = await act(
        handed, "supervisions/s1/answer", post="officer", at=FUTIAN, says="人手不足，周五前报送"
    )
    closed = await act(handed, "supervisions/s1/close", post="supervision", result="已报送")

    assert (opened.status, opened.told) == (201, ["SupervisionOpened"])
    assert (running["unit"], running["due_on"]) == (FUTIAN, "2024-03-08")
    assert (answered.told, closed.told) == (["SupervisionAnswered"], ["SupervisionClosed"])
    [one] = await supervisions(handed)
    assert (one["number"], one["state"]) == ("督办〔2024〕1号", "closed")
    assert (one["answer"], one["result"]) == ("人手不足，周五前报送", "已报送")
    assert (await states(handed))["s1/supervise"] == "stopped"


async def test_a_demanded_day_on_which_nobody_works_moves_on(handed: World) -> None:
    opened = await supervise(handed, answer_by="2024-04-04")

    due = opened.body["events"][0]["data"]["answer"]
    assert due["on"] == "2024-04-07"
    assert due["steps"][-1]["says"] == "2024-04-04（周四）不办公，顺延至下一个工作日"


async def test_letters_are_numbered_without_holes(handed: World) -> None:
    await handed.hears(
        "escalation", accepted(OTHER, number="20240081"), assigned(proposal_id=OTHER)
    )
    body = {"unit": "龙华区", "demand": "请说明"}
    path = "/proposals/{}/supervisions"

    refused = await supervise(handed, unit="市工信局")
    await gather(
        supervise(handed),
        *(
            handed.tell("escalation", path.format(one), body, post="supervision", unit=CITY)
            for one in (PROPOSAL, OTHER)
        ),
    )

    assert (refused.status, refused.code) == (409, "not-handling-now")
    rows = await handed.rows("escalation", "SELECT number FROM supervisions ORDER BY number")
    assert [row["number"] for row in rows] == [f"督办〔2024〕{n}号" for n in (1, 2, 3)]


async def test_a_rule_supervises_what_is_late_for_too_long_once(handed: World) -> None:
    swept = [await sweep(handed, text) for text in ("03-28", "03-29", "04-01")]

    assert [one.get("supervised", 0) for one in swept] == [0, 1, 0]
    [one] = await supervisions(handed)
    assert (one["unit"], one["clock_id"], one["opened_by"]) == (FUTIAN, "D01.1/opinion", "系统")
    assert "会办意见应于2024-03-15前完成，已逾期10个工作日" in one["demand"]


async def test_what_was_done_is_not_supervised(handed: World) -> None:
    await handed.hears("escalation", opinion(on="03-28"))

    assert "supervised" not in await sweep(handed, "03-29")


async def test_a_supervision_that_is_not_answered_is_missed_too(handed: World) -> None:
    await supervise(handed)

    assert (await sweep(handed, "03-11"))["missed"] == 1


async def test_a_supervision_lapses_with_its_task(handed: World) -> None:
    await supervise(handed)

    await handed.hears("escalation", reassigned(ended=("D01.1",), on="03-05"))

    [one] = await supervisions(handed)
    assert (one["state"], (await states(handed))["s1/supervise"]) == ("lapsed", "dead")
    answer = await act(handed, "supervisions/s1/answer", post="officer", at=FUTIAN, says="迟了")
    assert (answer.status, answer.code) == (409, "supervision-over")


async def test_only_whom_it_concerns_answers(handed: World) -> None:
    await supervise(handed)

    answer = await act(handed, "supervisions/s1/answer", post="officer", at=LONGHUA, says="不是我")
    twice = await supervise(handed)
    empty = await act(handed, "supervisions/s1/answer", post="officer", at=FUTIAN, says=" ")
    unknown = await act(handed, "supervisions/s9/close", post="supervision", result="x")

    assert (answer.status, answer.code) == (403, "not-supervised")
    assert (twice.status, twice.code) == (409, "already-supervised")
    assert (empty.status, empty.code) == (422, "result-missing")
    assert (unknown.status, unknown.says) == (404, "没有找到督办“s9”。")


async def test_of_two_who_supervise_at_once_one_does(handed: World) -> None:
    answers = await gather(supervise(handed), supervise(handed))

    assert sorted(answer.status for answer in answers) == [201, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"already-supervised"}


@pytest.mark.parametrize("post", ["officer", "leader", "committee"])
async def test_only_office_and_supervision_demand_answers(handed: World, post: str) -> None:
    body = {"unit": "福田区", "demand": "请说明"}

    answer = await act(handed, "supervisions", post=post, at=UNIT_OF.get(post, FUTIAN), **body)

    assert (answer.status, answer.code) == (403, "post-may-not")


async def test_supervisions_are_listed_for_whom_they_concern(handed: World) -> None:
    await supervise(handed)

    found = {
        unit: len(
            (await handed.ask("escalation", "/supervisions", post="head", unit=unit)).body[
                "supervisions"
            ]
        )
        for unit in (FUTIAN, LONGHUA, INDUSTRY)
    }
    closed = await handed.ask("escalation", "/supervisions", state="closed")

    assert found == {FUTIAN: 1, LONGHUA: 1, INDUSTRY: 0}
    assert closed.body["supervisions"] == []


INSPECTION: dict[str, Any] = {
    "held_on": "2024-03-01",
    "place": "龙华区教育局",
    "units": ["龙华区", "福田区"],
    "progress": "选址已定",
    "effect": "",
    "findings": [{"unit": "福田区", "says": "意见未报"}],
}


async def test_what_an_inspection_found_must_be_answered(handed: World) -> None:
    held = await act(handed, "inspections", post="supervision", **INSPECTION)
    running = (await clocks(handed))["i1.1/finding"]
    path = "inspections/i1/findings/i1.1/answer"
    other = await act(handed, path, post="officer", at=LONGHUA, says="已整改")
    answered = await act(handed, path, post="officer", at=FUTIAN, says="已报送")
    again = await act(handed, path, post="officer", at=FUTIAN, says="已报送")

    assert (held.status, held.told) == (201, ["InspectionHeld"])
    assert (running["unit"], running["due_on"]) == (FUTIAN, "2024-03-08")
    assert (other.status, other.code) == (403, "not-your-finding")
    assert (answered.status, again.code) == (200, "finding-answered-before")
    [inspection] = (await page(handed))["inspections"]
    assert inspection["findings"][0]["answer"] == "已报送"
    assert (await states(handed))["i1.1/finding"] == "stopped"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"held_on": "2024-03-02"}, "meeting-ahead"),
        ({"units": []}, "nobody-inspected"),
        ({"units": ["市工信局"], "findings": []}, "not-handling-now"),
        ({"progress": " "}, "nothing-seen"),
        ({"units": ["龙华区"]}, "finding-elsewhere"),
        ({"findings": [{"unit": "福田区", "says": " "}]}, "finding-missing"),
    ],
)
async def test_an_inspection_saw_something_or_is_refused(
    handed: World, change: dict[str, Any], code: str
) -> None:
    answer = await act(handed, "inspections", post="supervision", **{**INSPECTION, **change})

    assert answer.code == code


ACTIVITY: dict[str, Any] = {
    "kind": "research",
    "held_on": "2024-03-01",
    "units": ["龙华区"],
    "summary": "到现场调研学位情况",
}


async def test_the_leader_of_a_key_proposal_holds_activities(handed: World) -> None:
    too_early = await act(handed, "activities", post="office", **ACTIVITY)
    await handed.hears(
        "escalation",
        ProposalDesignatedKey(
            proposal_id=PROPOSAL,
            leader="市政府分管领导",
            supervised_by=CITY,
            by=someone("committee", COMMITTEE),
            on=day("03-01"),
        ),
    )

    held = await act(handed, "activities", post="office", **ACTIVITY)
    ahead = await act(handed, "activities", post="office", **{**ACTIVITY, "held_on": "2024-03-09"})
    silent = await act(handed, "activities", post="office", **{**ACTIVITY, "summary": " "})

    assert (too_early.status, too_early.code) == (409, "not-key")
    assert (held.status, ahead.code, silent.code) == (201, "meeting-ahead", "summary-missing")
    [activity] = (await page(handed))["activities"]
    assert (activity["leader"], activity["kind"]) == ("市政府分管领导", "research")


async def test_whoever_keeps_an_eye_on_it_hears_of_every_missed_date(handed: World) -> None:
    held = HeldPost.model_validate({"post": "supervision", "unit": CITY})
    zhou = PersonRegistered(person=PersonId("zhou"), name="周明", posts=(held,))
    await handed.hears("escalation", zhou)

    named = await act(handed, "tracker", post="office", person="zhou")
    again = await act(handed, "tracker", post="office", person="zhou")
    unknown = await act(handed, "tracker", post="office", person="nobody")
    await sweep(handed, "03-18")
    inbox = await handed.ask("escalation", "/inbox", post="supervision", unit=CITY, person="zhou")

    assert (named.told, again.code, unknown.status) == (["TrackerNamed"], "already-tracking", 404)
    assert [notice["says"] for notice in inbox.body["notices"]] == [
        "第20240080号提案：福田区的会办意见已于2024-03-15逾期",
        "请您跟踪第20240080号提案，直至办结",
    ]
    assert (await page(handed))["tracker"] == "zhou"
