"""Calendars over HTTP: one person enters a year's next edition, another confirms it."""

import asyncio
from typing import Any

import pytest

from tests.world import Answer, World

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
经国务院批准，现将具体安排通知如下。
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
"""
SOURCE = "国务院办公厅关于2027年部分节假日安排的通知"
DAYS = [
    {"day": "2027-02-14", "works": True, "name": "春节"},
    {"day": "2027-01-01", "works": False, "name": "元旦"},
]
ZHOU, WU = "office.zhou", "office.wu"


async def propose(
    world: World, year: int = 2027, *, person: str = ZHOU, how: str = "propose", **body: Any
) -> Answer:
    said = body if how != "propose" else {"source": SOURCE, "days": DAYS} | body
    path = f"/calendars/{year}/{how}"
    return await world.tell("registry", path, said, post="office", unit="C007", person=person)


async def confirm(world: World, proposal: str, *, person: str = WU, year: int = 2027) -> Answer:
    body = {"proposal": proposal}
    path = f"/calendars/{year}/confirm"
    return await world.tell("registry", path, body, post="office", unit="C007", person=person)


def id_of(answer: Answer) -> str:
    assert answer.status == 201, answer.body
    return str(answer.body["events"][0]["data"]["proposal"])


async def announced(world: World, **body: Any) -> Answer:
    answer = await confirm(world, id_of(await propose(world, **body)))
    assert answer.status == 200, answer.body
    return answer


async def test_a_provisional_year_becomes_official_by_two_people(seeded: World) -> None:
    before = await seeded.ask("registry", "/calendars/2027")

    proposed = await propose(seeded)
    meanwhile = await seeded.ask("registry", "/calendars/2027")
    confirmed = await confirm(seeded, id_of(proposed))

    after = await seeded.ask("registry", "/calendars/2027")
    assert before.body["provisional"] is True
    assert proposed.told == ["CalendarYearProposed"]
    assert meanwhile.body == before.body
    assert confirmed.told == ["CalendarYearAnnounced"]
    assert after.body["provisional"] is False
    assert after.body["edition"] == before.body["edition"] + 1
    assert [day["day"] for day in after.body["days"]] == ["2027-01-01", "2027-02-14"]
    event = confirmed.body["events"][0]["data"]
    assert (event["proposed_by"]["person"], event["by"]["person"]) == (ZHOU, WU)
    assert event["entered_on"] == seeded.today.isoformat()


async def test_a_notice_is_pasted_as_it_was_published(seeded: World) -> None:
    await announced(seeded, notice=NOTICE, days=None)

    found = await seeded.ask("registry", "/calendars/2027")
    assert [(day["day"][5:], day["works"]) for day in found.body["days"]] == [
        ("01-01", False),
        ("01-31", True),
        ("02-05", False),
        ("02-08", False),
        ("02-09", False),
        ("02-10", False),
        ("02-11", False),
        ("02-14", True),
    ]
    assert found.body["source"] == SOURCE


async def test_a_notice_is_read_without_keeping_anything(seeded: World) -> None:
    answer = await seeded.tell(
        "registry", "/calendars/2027/read-notice", {"notice": NOTICE}, post="office", unit="C007"
    )

    assert answer.status == 200
    assert len(answer.body["days"]) == 8
    assert answer.body["findings"] == []
    assert answer.body["passed_over"] == [1, 2]
    assert await seeded.told_by("registry", "calendar-proposal/2027") == []


async def test_a_notice_that_reaches_into_the_year_before_proposes_both(seeded: World) -> None:
    reaching = NOTICE.replace(
        "1月1日（周五）至3日（周日）放假，共3天",
        "2026年12月31日（周四）至2027年1月3日（周日）放假调休，共4天",
    )

    proposed = await propose(seeded, notice=reaching, days=None)
    confirmed = await confirm(seeded, id_of(proposed), year=2026)

    assert proposed.told == ["CalendarYearProposed", "CalendarYearProposed"]
    assert confirmed.told == ["CalendarYearAnnounced"]
    before = await seeded.ask("registry", "/calendars/2026")
    assert (before.body["days"][-1]["day"], before.body["why"]) == ("2026-12-31", SOURCE)
    waiting = await seeded.ask("registry", "/calendar-proposals")
    assert [one["year"] for one in waiting.body["proposals"]] == [2027]


async def test_a_notice_that_cannot_be_right_is_refused_line_by_line(seeded: World) -> None:
    wrong = NOTICE.replace("（周五）至3日", "（周四）至3日").replace("共7天", "共9天")

    answer = await propose(seeded, notice=wrong, days=None)

    assert (answer.status, answer.code) == (422, "notice-not-understood")
    assert [one["line"] for one in answer.body["findings"]] == [3, 4]
    assert "2027-01-01是周五，不是周四" in answer.says
    assert await seeded.told_by("registry", "calendar-proposal/2027") == []


@pytest.mark.parametrize(
    "body", [{"days": None}, {"notice": NOTICE}, {"notice": "没有日期", "days": None}], ids=str
)
async def test_days_or_a_notice_and_not_both_or_none(seeded: World, body: dict[str, Any]) -> None:
    answer = await propose(seeded, **body)

    assert answer.status == 422
    assert answer.code in ("days-or-notice", "notice-not-understood")


async def test_nobody_confirms_what_they_entered_themselves(seeded: World) -> None:
    proposal = id_of(await propose(seeded))

    answer = await confirm(seeded, proposal, person=ZHOU)

    assert (answer.status, answer.code) == (409, "same-person-confirms")
    assert answer.says == "工作日历由一人录入、另一人核对确认，录入人不能自己确认。"


async def test_what_changed_after_one_looked_is_not_confirmed(seeded: World) -> None:
    seen = id_of(await propose(seeded))
    newer = id_of(await propose(seeded, days=DAYS[1:]))

    answer = await confirm(seeded, seen)

    assert (answer.status, answer.code) == (409, "changed-meanwhile")
    assert (await confirm(seeded, newer)).status == 200


async def test_it_is_confirmed_once(seeded: World) -> None:
    proposal = id_of(await propose(seeded))

    answers = await asyncio.gather(*(confirm(seeded, proposal) for _ in range(2)))

    assert sorted(one.status for one in answers) == [200, 404]
    [other] = [one for one in answers if one.status == 404]
    assert (other.code, other.says) == ("nothing-proposed", "2027年没有待确认的工作日历。")


async def test_what_was_entered_may_be_dropped(seeded: World) -> None:
    proposal = id_of(await propose(seeded))
    body = {"proposal": proposal, "why": "录错了年份"}
    path = "/calendars/2027/drop"

    dropped = await seeded.tell("registry", path, body, post="office", unit="C007", person=ZHOU)

    assert dropped.told == ["CalendarProposalDropped"]
    assert (await confirm(seeded, proposal)).code == "nothing-proposed"
    again = await seeded.tell("registry", path, body, post="office", unit="C007")
    assert again.code == "nothing-proposed"


async def test_only_what_one_looked_at_is_dropped(seeded: World) -> None:
    await propose(seeded)
    body = {"proposal": "another", "why": "录错了年份"}

    answer = await seeded.tell("registry", "/calendars/2027/drop", body, post="office", unit="C007")

    assert (answer.status, answer.code) == (409, "changed-meanwhile")


async def test_what_waits_is_listed_page_by_page(seeded: World) -> None:
    await propose(seeded)
    await propose(seeded, 2028, days=[{"day": "2028-01-03", "works": False, "name": "元旦"}])

    first = await seeded.ask("registry", "/calendar-proposals", limit=1)
    second = await seeded.ask("registry", "/calendar-proposals", after=first.body["next"])

    assert [one["year"] for one in first.body["proposals"]] == [2027]
    assert [one["year"] for one in second.body["proposals"]] == [2028]
    assert second.body["next"] is None
    assert second.body["proposals"][0]["edition"] == 1


async def test_a_year_that_stands_like_that_is_not_proposed(seeded: World) -> None:
    await announced(seeded)

    answer = await propose(seeded)

    assert (answer.status, answer.code) == (409, "nothing-changed")


async def test_a_next_edition_drops_the_days_of_the_last(seeded: World) -> None:
    await announced(seeded)

    await announced(seeded, days=[])

    listed = await seeded.ask("registry", "/calendars/2027")
    assert (listed.body["days"], listed.body["edition"]) == ([], 3)


async def test_an_official_year_stays_official(seeded: World) -> None:
    answer = await propose(seeded, 2026, days=[], provisional=True)

    assert (answer.status, answer.code) == (409, "already-official")


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ([{"day": "2026-12-31", "works": False, "name": "元旦"}], "day-of-another-year"),
        ([{"day": "2027-01-02", "works": False, "name": "元旦"}], "day-like-its-weekday"),
        ([{"day": "2027-01-01", "works": False, "name": "元旦"}] * 2, "day-twice"),
        ([{"day": "2027-01-01", "works": False, "name": "元旦", "note": "x"}], "malformed"),
        ([{"day": "1月1日", "works": False, "name": "元旦"}], "malformed"),
    ],
)
async def test_a_day_that_does_not_fit_is_refused(
    seeded: World, days: list[dict[str, Any]], code: str
) -> None:
    answer = await propose(seeded, days=days)

    assert (answer.status, answer.code) == (422, code)


TYPHOON: dict[str, Any] = {
    "days": [{"day": "2024-09-06", "works": False, "name": "台风停工"}],
    "why": "台风红色预警，全市停工",
}


async def test_a_typhoon_day_is_the_next_edition_by_two_people(seeded: World) -> None:
    before = await seeded.ask("registry", "/calendars/2024")

    proposed = await propose(seeded, 2024, how="propose-exception", **TYPHOON)
    confirmed = await confirm(seeded, id_of(proposed), year=2024)

    after = await seeded.ask("registry", "/calendars/2024")
    assert confirmed.told == ["CalendarYearAnnounced"]
    assert after.body["edition"] == before.body["edition"] + 1
    assert after.body["source"] == before.body["source"]
    assert after.body["why"] == "台风红色预警，全市停工"
    assert len(after.body["days"]) == len(before.body["days"]) + 1
    typhoon = {"day": "2024-09-06", "works": False, "name": "台风停工", "local": True}
    assert typhoon in after.body["days"]


async def test_what_the_city_excepted_stays_when_the_notice_is_entered_again(
    seeded: World,
) -> None:
    await confirm(
        seeded,
        id_of(await propose(seeded, 2024, how="propose-exception", **TYPHOON)),
        year=2024,
    )

    await confirm(
        seeded,
        id_of(await propose(seeded, 2024, days=[{**DAYS[0], "day": "2024-02-18"}])),
        year=2024,
    )

    found = await seeded.ask("registry", "/calendars/2024")
    assert [day["day"] for day in found.body["days"]] == ["2024-02-18", "2024-09-06"]


@pytest.mark.parametrize(
    ("year", "body", "code"),
    [
        (
            2030,
            TYPHOON | {"days": [{"day": "2030-09-06", "works": False, "name": "台风停工"}]},
            "year-not-announced",
        ),
        (2023, TYPHOON, "day-of-another-year"),
        (2024, TYPHOON | {"days": TYPHOON["days"] * 2}, "day-twice"),
        (2024, TYPHOON | {"why": ""}, "malformed"),
        (2024, TYPHOON | {"days": []}, "malformed"),
        (
            2024,
            TYPHOON | {"days": [{"day": "2024-09-06", "works": True, "name": "上班"}]},
            "nothing-changed",
        ),
    ],
)
async def test_an_exception_that_makes_no_sense_is_refused(
    seeded: World, year: int, body: dict[str, Any], code: str
) -> None:
    answer = await propose(seeded, year, how="propose-exception", **body)

    assert answer.code == code


async def test_a_year_that_was_not_announced_is_unknown(seeded: World) -> None:
    answer = await seeded.ask("registry", "/calendars/2028")

    assert (answer.status, answer.code) == (404, "year-not-announced")
    assert answer.says == "2028年的工作日历尚未登记。"


async def test_a_calendar_shows_its_source(seeded: World) -> None:
    answer = await seeded.ask("registry", "/calendars/2024")

    assert answer.body["source"] == "国务院办公厅通知（2024年），经 chinesecalendar 1.11.0 核对"
    assert {"day": "2024-02-18", "works": True, "name": "春节", "local": False} in answer.body[
        "days"
    ]


@pytest.mark.parametrize("post", ["committee", "officer", "leader", "security"])
async def test_the_calendar_is_kept_by_office_and_operator(seeded: World, post: str) -> None:
    body = {"source": SOURCE, "days": DAYS}

    answer = await seeded.tell("registry", "/calendars/2027/propose", body, post=post)

    assert (answer.status, answer.code) == (403, "post-may-not")


async def test_an_operator_may_confirm_what_the_office_entered(seeded: World) -> None:
    proposal = id_of(await propose(seeded))

    answer = await seeded.tell(
        "registry", "/calendars/2027/confirm", {"proposal": proposal}, post="operator"
    )

    assert answer.status == 200
