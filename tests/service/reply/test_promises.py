"""Promises: reported, checked, changed, broken, inherited; and the yearly look-back."""

import asyncio
from datetime import date
from typing import Any

from shared.contracts.event import Actor, PersonId, ProposalId, UnitCode
from shared.contracts.intake import ArchivedReply, ProposalArchived
from shared.contracts.registry import UnitSucceeded
from tests.service.reply.longhua import (
    FUTIAN,
    HETAO,
    INDUSTRY,
    LONGHUA,
    MONDAY,
    PARKS,
    PRIVATE_FIRMS,
    hand_over,
    issue,
    listed,
    merged,
    office,
    prepare,
    rules,
    seen,
    task,
)
from tests.world import Answer, World

LEAD = task(LONGHUA)
CLERK = Actor(person=PersonId("he"), name="何平", post="committee", unit=UnitCode("C004"))
TWO = [
    {"text": "建成园区", "due_on": "2024-06-28", "owner": "区工信局", "shown_by": "开园公告"},
    {"text": "开通专线", "due_on": "2024-12-31"},
]
BY_OFFICE = rules(policies={"promise.check": "office"}, numbers={"look_back.sample": 1})


async def promised(
    room: World, proposal: Any = HETAO, unit: Any = LONGHUA, *, promises: Any = TWO
) -> None:
    """A unit has promised two things."""
    await hand_over(room, proposal, task(unit))
    await prepare(room, proposal, result_class="B", unit=unit)
    assert (await issue(room, proposal, promises=promises, unit=unit)).status == 200
    await room.hears("reply", BY_OFFICE)


async def unit_does(
    room: World, verb: str, body: dict[str, Any], *, post: str = "officer", unit: Any = LONGHUA
) -> Answer:
    path = f"/proposals/{HETAO}/promises/D09.r1.p1/{verb}"
    return await room.tell("reply", path, body, post=post, unit=unit)


async def office_does(room: World, verb: str, body: dict[str, Any], which: str = "p1") -> Answer:
    return await office(room, HETAO, f"promises/D09.r1.{which}/{verb}", body)


async def test_the_unit_reports_and_the_office_finds_it_kept(room: World) -> None:
    await promised(room)

    noted = await unit_does(room, "progress", {"progress": "已封顶"})
    unreported = await office_does(room, "keep", {})
    by_unit = await unit_does(room, "keep", {"evidence": "照片"})
    reported = await unit_does(room, "report", {"evidence": "照片"})
    twice = await unit_does(room, "report", {"evidence": "照片"})
    [waiting] = await listed(room, "promises", state="reported")
    refused = await office_does(room, "refuse-report", {"why": "现场未见"})
    await unit_does(room, "report", {"evidence": "开园公告"})
    kept = await office_does(room, "keep", {})

    assert noted.told == ["PromiseProgressed"]
    assert unreported.code == "not-reported"
    assert (by_unit.status, by_unit.code) == (403, "checks-own-promise")
    assert reported.told == ["PromiseReported"]
    assert twice.code == "already-reported"
    assert waiting["promise_id"] == "D09.r1.p1"
    assert refused.told == ["PromiseReportRefused"]
    assert kept.body["events"][0]["data"]["evidence"] == "开园公告"
    shown = await seen(room, HETAO)
    first, second = shown["promises"]
    assert (first["owner"], first["shown_by"], first["kept_on"]) == (
        "区工信局",
        "开园公告",
        "2024-01-22",
    )
    assert second["owner"] == "龙华区人民政府", "without a name it is the unit's own"
    assert [note["progress"] for note in shown["notes"]] == ["已封顶"]


async def test_a_change_needs_the_head_and_the_office(room: World) -> None:
    await promised(room)
    change = {"text": "建成园区一期", "due_on": "2024-09-30", "why": "用地未批"}

    by_officer = await unit_does(room, "ask-for-change", change)
    asked = await unit_does(room, "ask-for-change", change, post="head")
    [waiting] = await listed(room, "promises", state="change_asked")
    refused = await office_does(room, "decide-change", {"granted": False, "why": "不宜"})
    undecided = await office_does(room, "decide-change", {"granted": True, "why": "同意"})
    await unit_does(room, "ask-for-change", change, post="head")
    granted = await office_does(room, "decide-change", {"granted": True, "why": "同意"})

    assert by_officer.code == "post-may-not"
    assert asked.told == ["PromiseChangeAsked"]
    assert waiting["text"] == "建成园区"
    assert refused.told == ["PromiseChangeRefused"]
    assert undecided.code == "no-change-asked"
    data = granted.body["events"][0]["data"]
    assert (data["before_on"], data["due_on"], data["why"]) == (
        "2024-06-28",
        "2024-09-30",
        "用地未批",
    )
    promise = next(
        one for one in (await seen(room, HETAO))["promises"] if one["promise_id"] == "D09.r1.p1"
    )
    assert (promise["text"], promise["first_due_on"]) == ("建成园区一期", "2024-06-28")


async def test_a_broken_promise_takes_no_further_act(room: World) -> None:
    await promised(room)

    broken = await office_does(room, "break", {"why": "项目取消"})
    reported = await unit_does(room, "report", {"evidence": "照片"})

    assert broken.told == ["PromiseBroken"]
    assert reported.code == "promise-is-broken"
    assert [one["state"] for one in await listed(room, "promises")] == ["broken", "open"]


async def test_kept_and_broken_at_once(room: World) -> None:
    await promised(room)
    await unit_does(room, "report", {"evidence": "照片"})

    answers = await asyncio.gather(
        office_does(room, "keep", {}), office_does(room, "break", {"why": "项目取消"})
    )

    assert sorted(answer.status for answer in answers) == [200, 409]


async def test_the_one_heir_of_a_unit_keeps_its_promises(room: World) -> None:
    await promised(room)
    await office_does(room, "break", {"why": "项目取消"}, "p2")
    abolished = UnitSucceeded(
        old_name="龙华区人民政府",
        old_code=LONGHUA,
        successors=(INDUSTRY,),
        year=2024,
        on=MONDAY,
        how="merged",
        source="试用",
    )

    await room.hears("reply", abolished)
    by_old = await unit_does(room, "report", {"evidence": "照片"})
    by_heir = await unit_does(room, "report", {"evidence": "照片"}, unit=INDUSTRY)

    assert (await room.told_by("reply", HETAO))[-2:] == ["PromiseInherited", "PromiseReported"]
    assert by_old.code == "not-your-promise"
    assert by_heir.status == 200
    rows = await listed(room, f"promises?unit={INDUSTRY}")
    assert [(row["promise_id"], row["state"]) for row in rows] == [("D09.r1.p1", "reported")]
    assert len(await listed(room, "promises", post="officer", unit=INDUSTRY)) == 1
    shown = (await seen(room, HETAO))["promises"][0]
    assert (shown["unit"], shown["promised_by"]) == (INDUSTRY, LONGHUA)


async def test_among_several_heirs_the_office_chooses(room: World) -> None:
    await promised(room)
    split = UnitSucceeded(
        old_name="龙华区人民政府",
        old_code=LONGHUA,
        successors=(INDUSTRY, FUTIAN),
        year=2024,
        on=MONDAY,
        how="split",
        source="试用",
    )

    await room.hears("reply", split)
    untouched = (await room.told_by("reply", HETAO))[-1]
    named = await office_does(room, "inherit", {"unit": "福田区人民政府", "why": "职责划转"})
    unknown = await office_does(room, "inherit", {"unit": "无此单位", "why": "职责划转"})

    assert untouched == "PromiseMade"
    assert named.body["events"][0]["data"]["unit"] == FUTIAN
    assert (unknown.status, unknown.code) == (404, "unknown-unit")


async def look_back(room: World, year: int = 2024, seed: str = "20241231") -> Answer:
    return await room.tell("reply", "/look-backs", {"year": year, "seed": seed}, post="office")


async def test_a_look_back_takes_every_open_promise_and_a_lot_of_what_was_solved(
    room: World,
) -> None:
    await promised(room)
    for proposal in (PARKS, PRIVATE_FIRMS):
        await hand_over(room, proposal, LEAD)
        await prepare(room, proposal)
        await issue(room, proposal)

    opened = await look_back(room)
    again = await look_back(room)
    rows = await listed(room, "look-backs/2024")
    at = f"/look-backs/2024/proposals/{HETAO}/items"
    found = {"found": "under_way", "says": "正在施工"}
    looked = await room.tell("reply", f"{at}/D09.r1.p1", found, post="office")
    twice = await room.tell("reply", f"{at}/D09.r1.p1", found, post="office")
    unknown = await room.tell("reply", f"{at}/D09.r1.p9", found, post="office")

    items = [event["data"] for event in opened.body["events"]]
    assert [one["kind"] for one in items] == ["promise", "promise", "reply"]
    assert {one["seed"] for one in items} == {"20241231"}
    assert again.code == "looked-back-already"
    assert len(rows) == 3
    assert looked.told == ["LookedBack"]
    assert twice.code == "already-looked-at"
    assert (unknown.status, unknown.code) == (404, "unknown-item")
    assert (await listed(room, "look-backs/2024"))[-1]["found"] == "under_way"
    assert (await look_back(room, 2020)).code == "nothing-to-look-at"


def archived(title: str, *replies: ArchivedReply) -> ProposalArchived:
    return ProposalArchived(
        proposal_id=ProposalId("old"),
        by=CLERK,
        on=date(2024, 1, 15),
        number="015",
        year=2022,
        title=title,
        replies=replies,
        source="清单",
    )


async def test_what_the_archive_says_is_under_way_is_taken_up_until_it_is_solved(
    room: World,
) -> None:
    under_way = ArchivedReply(unit="福田区人民政府", result_class="B", on=date(2023, 3, 1))
    done = ArchivedReply(unit="福田区人民政府", result_class="A")
    unknown = ArchivedReply(unit="无此单位", result_class="B")
    of_no_class = ArchivedReply(unit="福田区人民政府", result_class="已采纳")
    await room.hears("reply", BY_OFFICE, archived("旧案", under_way, done, unknown, of_no_class))

    first = await look_back(room, 2022)
    second = await look_back(room, 2023)
    at = "/look-backs/2023/proposals/old/items/archive.1"
    await room.tell("reply", at, {"found": "solved", "says": "已完成"}, post="office")
    third = await look_back(room, 2024)

    assert [(one["data"]["item"], one["data"]["kind"]) for one in first.body["events"]] == [
        ("archive.2", "reply")
    ]
    assert [(one["data"]["item"], one["data"]["kind"]) for one in second.body["events"]] == [
        ("archive.1", "promise")
    ]
    assert [one["title"] for one in await listed(room, "look-backs/2023")] == ["旧案"]
    assert third.code == "nothing-to-look-at"


async def test_two_look_back_upon_one_year_at_once(room: World) -> None:
    await promised(room)

    answers = await asyncio.gather(look_back(room), look_back(room))

    assert sorted(answer.status for answer in answers) == [200, 409]


async def test_when_all_is_kept_the_proposers_get_a_second_answer(room: World) -> None:
    await room.hears("reply", *merged(HETAO, PARKS))
    await promised(room)
    path = f"/proposals/{HETAO}/replies/D09.r1/second-answer"
    body = {"summary": "园区已开园，专线已开通"}

    early = await room.tell("reply", path, body, post="head", unit=LONGHUA)
    for which in ("p1", "p2"):
        await room.tell(
            "reply",
            f"/proposals/{HETAO}/promises/D09.r1.{which}/report",
            {"evidence": "公告"},
            post="officer",
            unit=LONGHUA,
        )
        await office_does(room, "keep", {}, which)
    stranger = await room.tell("reply", path, body, post="head", unit=FUTIAN)
    answered = await room.tell("reply", path, body, post="head", unit=LONGHUA)
    twice = await room.tell("reply", path, body, post="head", unit=LONGHUA)

    assert (early.code, "2项" in early.says) == ("promises-still-open", True)
    assert (stranger.status, stranger.code) == (403, "not-your-letter")
    assert [event["data"]["document_number"] for event in answered.body["events"]] == [
        "龙华区函〔2024〕3号",
        "龙华区函〔2024〕4号",
    ]
    assert {event["data"]["result_class"] for event in answered.body["events"]} == {"A"}
    assert twice.code == "not-in-progress"
    [reply] = (await seen(room, HETAO))["replies"]
    assert (reply["result_class"], reply["class_before"], reply["second_number"]) == (
        "A",
        "B",
        "龙华区函〔2024〕3号",
    )


async def test_the_conversion_rate_is_counted_by_its_rule(room: World) -> None:
    await promised(room)
    await promised(room, PARKS, INDUSTRY)
    await unit_does(room, "report", {"evidence": "照片"})
    await office_does(room, "keep", {})
    await office_does(room, "break", {"why": "项目取消"}, "p2")
    room.today = date(2025, 1, 2)
    await promised(room, PRIVATE_FIRMS, promises=[{**one, "due_on": "2025-12-31"} for one in TWO])

    by_unit = await listed(room, "conversion", by="unit", year=2024)
    by_year = await listed(room, "conversion", by="year")
    by_category = await listed(room, "conversion", by="category")
    own = await listed(room, "conversion", post="head", unit=INDUSTRY)

    assert by_unit["rows"] == [
        {"of": INDUSTRY, "made": 2, "kept": 0, "broken": 0, "open": 2, "rate": 0.0},
        {"of": LONGHUA, "made": 2, "kept": 1, "broken": 1, "open": 0, "rate": 0.5},
    ]
    assert [(row["of"], row["made"]) for row in by_year["rows"]] == [("2024", 4), ("2025", 2)]
    assert [row["of"] for row in by_category["rows"]] == ["未分类"]
    assert [row["of"] for row in own["rows"]] == [INDUSTRY]
    assert by_unit["rule"].startswith("按承诺事项计")


async def test_promises_are_listed_by_what_one_asks_for(room: World) -> None:
    await promised(room)

    assert len(await listed(room, "promises", due_before="2024-07-01")) == 1
    assert len(await listed(room, f"promises?unit={LONGHUA}&limit=1")) == 1
    assert await listed(room, "promises", post="officer", unit="D05") == []
    assert len(await listed(room, "promises", post="proposer", person="王志毅")) == 2
