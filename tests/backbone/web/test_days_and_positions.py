"""Which day it is, and what is waited for before an answer."""

import asyncio

import pytest

from shared import web
from shared.clock import office_day
from shared.contracts.event import UnitCode
from shared.contracts.registry import UnitLevel, UnitRegistered
from tests.backbone.web.counter import (
    NOTHING,
    SERVICE,
    Counter,
    is_problem,
)


class TestWhichDay:
    async def test_today_is_the_day_in_the_office(self, counter: Counter) -> None:
        before = office_day()

        answer = await counter.send("GET", "/today")

        assert answer.json() in {before.isoformat(), office_day().isoformat()}

    async def test_a_day_may_not_be_named_outside_a_demo(self, counter: Counter) -> None:
        answer = await counter.send("GET", "/today", headers={"Huiban-Today": "2024-01-22"})

        assert is_problem(answer, 403, "demo-clock-refused")

    async def test_a_demo_has_the_day_that_it_is_told(self, demo_counter: Counter) -> None:
        answer = await demo_counter.say("记下", more={"Huiban-Today": "2024-01-22"})

        assert answer.json()["events"][0]["data"]["on"] == "2024-01-22"

    @pytest.mark.parametrize("text", ["", "22.1.2024", "2024-02-30", "明天"])
    async def test_a_day_that_is_none_is_refused(self, demo_counter: Counter, text: str) -> None:
        answer = await demo_counter.send("GET", "/today", headers={"Huiban-Today": text.encode()})

        assert is_problem(answer, 422, "wrong-day")


class TestAfterAnother:
    async def test_what_was_heard_already_is_not_waited_for(self, counter: Counter) -> None:
        await counter.lab.hearing.hear(counter.lab.story("p1", 1))

        answer = await counter.say("记下", more={"Huiban-After": "intake/p1/1"})

        assert answer.status_code == 201

    async def test_a_request_waits_for_what_comes_in_time(self, counter: Counter) -> None:
        asking = asyncio.create_task(
            counter.send("GET", "/notes", headers={"Huiban-After": "intake/p1/2, intake/p2/1"})
        )
        await asyncio.sleep(0.02)
        assert not asking.done()

        await counter.lab.hearing.hear(
            [*counter.lab.story("p1", 1, 2), *counter.lab.story("p2", 1)]
        )

        assert sorted((await asking).json()) == ["20240001", "20240001", "20240002"]

    async def test_what_does_not_come_in_time_is_said(
        self, counter: Counter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(web, "WAIT_SECONDS", 0.05)

        answer = await counter.say("记下", more={"Huiban-After": "intake/p1/1"})

        assert is_problem(answer, 503, "not-heard-yet")
        assert answer.headers["retry-after"] == "1"
        assert await counter.left_behind() == NOTHING

    async def test_what_this_service_told_itself_is_not_waited_for(self, counter: Counter) -> None:
        answer = await counter.say("记下", more={"Huiban-After": f"{SERVICE}/p1/7"})

        assert answer.status_code == 201

    async def test_a_key_may_have_a_slash_in_it(self, counter: Counter) -> None:
        unit = UnitRegistered(
            code=UnitCode("D09"),
            name="龙华区人民政府",
            short_name="龙华区政府",
            level=UnitLevel.DISTRICT,
            parent=None,
            source="测试",
        )
        await counter.lab.hearing.hear(
            [counter.lab.record(unit, sequence=1, teller="registry", topic="reference")]
        )

        answer = await counter.send(
            "GET", "/units/龙华区政府", headers={"Huiban-After": "registry/unit/D09/1"}
        )

        assert answer.json() == "D09"

    @pytest.mark.parametrize(
        "text", ["intake", "intake/p1", "intake/p1/x", "/p1/1", "intake//1", "a/b/" + "9" * 5000]
    )
    async def test_a_position_that_is_none_is_refused(self, counter: Counter, text: str) -> None:
        answer = await counter.say("记下", more={"Huiban-After": text})

        assert is_problem(answer, 422, "wrong-position")
        assert len(answer.json()["detail"]) < 300
