"""A command that is sent again takes effect once, and is answered alike."""

import asyncio

import pytest

from tests.backbone.conftest import accepted
from tests.backbone.web.counter import (
    NOTHING,
    Counter,
    is_problem,
)


class TestSaidTwice:
    async def test_the_same_command_again_gets_the_same_answer_and_no_second_event(
        self, counter: Counter
    ) -> None:
        first = await counter.say("记下", once="k")
        second = await counter.say("记下", once="k")

        assert second.status_code == first.status_code == 201
        assert second.json() == first.json()
        assert second.headers["idempotent-replayed"] == "true"
        assert "idempotent-replayed" not in first.headers
        assert await counter.left_behind() == (["记下"], ["huiban.intake.ProposalDeclined.v1"], 1)

    async def test_twins_at_once_are_one_command(self, counter: Counter) -> None:
        answers = await asyncio.gather(*(counter.say("慢", once="k") for _ in range(6)))

        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.text for answer in answers}) == 1
        assert await counter.left_behind() == (["慢"], ["huiban.intake.ProposalDeclined.v1"], 1)

    async def test_the_twin_of_a_refused_command_is_decided_anew(self, counter: Counter) -> None:
        answers = await asyncio.gather(*(counter.say("不喜欢", once="k") for _ in range(3)))

        assert {answer.status_code for answer in answers} == {409}
        assert await counter.left_behind() == NOTHING

    async def test_without_a_key_twice_is_two_commands(self, counter: Counter) -> None:
        await counter.say("记下")
        await counter.say("记下")

        noted, _, _ = await counter.left_behind()
        assert noted == ["记下", "记下"]

    async def test_another_body_under_the_same_key_is_refused(self, counter: Counter) -> None:
        await counter.say("记下", once="k")

        answer = await counter.say("记下别的", once="k")

        assert is_problem(answer, 422, "key-reused")
        noted, _, _ = await counter.left_behind()
        assert noted == ["记下"]

    async def test_another_address_under_the_same_key_is_refused(self, counter: Counter) -> None:
        await counter.say("记下", key="p1", once="k")

        answer = await counter.say("记下", key="p2", once="k")

        assert is_problem(answer, 422, "key-reused")

    async def test_two_people_may_choose_the_same_key(self, counter: Counter) -> None:
        await counter.say("记下", once="k", person="甲")

        answer = await counter.say("记下", once="k", person="乙")

        noted, _, answers = await counter.left_behind()
        assert answer.status_code == 201
        assert (noted, answers) == (["记下", "记下"], 2)

    async def test_a_malformed_command_can_be_sent_again_corrected(self, counter: Counter) -> None:
        answer = await counter.say("", once="k")

        assert is_problem(answer, 422, "malformed")
        assert await counter.left_behind() == NOTHING

        corrected = await counter.say("记下", once="k")

        assert corrected.status_code == 201
        noted, _, answers = await counter.left_behind()
        assert (noted, answers) == (["记下"], 1)

    async def test_a_refused_command_can_be_sent_again_corrected(self, counter: Counter) -> None:
        await counter.say("不喜欢", once="k")

        corrected = await counter.say("喜欢", once="k")

        assert corrected.status_code == 201

    @pytest.mark.parametrize("key", ["", "k" * 201])
    async def test_a_key_has_1_to_200_characters(self, counter: Counter, key: str) -> None:
        answer = await counter.say("记下", once=key)

        assert is_problem(answer, 422, "wrong-key")
        assert await counter.left_behind() == NOTHING

    async def test_a_key_of_200_characters_will_do(self, counter: Counter) -> None:
        answer = await counter.say("记下", once="k" * 200)

        assert answer.status_code == 201


class TestParkedEvents:
    async def test_what_an_operator_does_twice_is_answered_alike(self, counter: Counter) -> None:
        counter.lab.broken = {"20240001"}
        await counter.lab.hearing.hear([counter.lab.record(accepted("p1", 1), sequence=1)])
        request = {
            "json": {"reason": "演练"},
            "headers": {
                "Authorization": f"Bearer {counter.token('operator', '运维')}",
                "Idempotency-Key": "k",
            },
        }

        first = await counter.client.post("/parked/1/skip", **request)  # type: ignore[arg-type]
        second = await counter.client.post("/parked/1/skip", **request)  # type: ignore[arg-type]

        assert first.status_code == 200
        assert second.json() == first.json()
