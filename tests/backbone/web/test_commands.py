"""Commands over HTTP: who may give them, and that they are committed before the answer."""

import asyncio
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from shared.identity import mint
from tests.backbone.web.counter import (
    NOTHING,
    SECRET,
    SERVICE,
    Counter,
    is_problem,
)
from tests.world import Keys


class TestWhoMayAsk:
    async def test_no_command_without_a_token(self, counter: Counter) -> None:
        answer = await counter.client.post("/notes/p1", json={"text": "记下"})

        assert is_problem(answer, 401, "not-signed-in")
        assert answer.headers["www-authenticate"] == "Bearer"
        assert await counter.left_behind() == NOTHING

    async def test_no_command_with_an_expired_token(self, counter: Counter, keys: Keys) -> None:
        token = mint(
            keys.private, person="王", name="王", post="committee", unit="C001", minutes=-1
        )

        answer = await counter.send(
            "POST", "/notes/p1", json={"text": "记"}, headers={"Authorization": f"Bearer {token}"}
        )

        assert is_problem(answer, 401, "not-signed-in")
        assert "过期" in answer.json()["detail"]
        assert await counter.left_behind() == NOTHING

    async def test_no_command_with_a_token_that_another_signed(
        self, counter: Counter, tmp_path: Path
    ) -> None:
        foreign = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        (key := tmp_path / "foreign.pem").write_bytes(foreign)
        token = mint(key, person="王", name="王", post="committee", unit="C001")

        answer = await counter.send(
            "POST", "/notes/p1", json={"text": "记"}, headers={"Authorization": f"Bearer {token}"}
        )

        assert is_problem(answer, 401, "not-signed-in")
        assert await counter.left_behind() == NOTHING

    async def test_no_command_from_a_post_to_which_the_act_does_not_belong(
        self, counter: Counter
    ) -> None:
        answer = await counter.say("记下", post="officer", once="k")

        assert is_problem(answer, 403, "post-may-not")
        assert "提案委" in answer.json()["detail"]
        assert await counter.left_behind() == NOTHING

    async def test_no_command_from_a_post_that_nobody_knows(self, counter: Counter) -> None:
        answer = await counter.say("记下", post="emperor")

        assert is_problem(answer, 403, "post-may-not")

    async def test_nothing_is_shown_to_whoever_did_not_sign_in(self, counter: Counter) -> None:
        answer = await counter.client.get("/notes")

        assert is_problem(answer, 401, "not-signed-in")


class TestOneTransaction:
    async def test_a_command_answers_with_the_event_that_it_caused(self, counter: Counter) -> None:
        answer = await counter.say("记下")

        [told] = answer.json()["events"]
        assert answer.status_code == 201
        assert told["type"] == "huiban.intake.ProposalDeclined.v1"
        assert (told["source"], told["key"], told["sequence"]) == (SERVICE, "p1", 1)
        assert told["data"]["reason"] == "记下"
        assert await counter.left_behind() == (["记下"], [told["type"]], 0)

    async def test_a_refused_command_leaves_nothing_behind(self, counter: Counter) -> None:
        answer = await counter.say("不喜欢", once="k")

        assert is_problem(answer, 409, "not-liked-here")
        assert answer.json()["detail"] == "“不喜欢”不能记录在此。"
        assert await counter.left_behind() == NOTHING

    async def test_an_error_of_ours_leaves_nothing_behind_and_says_nothing_of_itself(
        self, counter: Counter
    ) -> None:
        answer = await counter.say("出错", once="k")

        assert is_problem(answer, 500, "internal-error")
        assert SECRET not in answer.text
        assert await counter.left_behind() == NOTHING

    async def test_what_fails_at_commit_is_not_answered_as_done(self, counter: Counter) -> None:
        answer = await counter.send("POST", "/promises/p1", headers={"Idempotency-Key": "k"})

        assert is_problem(answer, 500, "internal-error")
        assert await counter.left_behind() == NOTHING

    async def test_the_relay_is_woken_when_there_is_something_to_tell(
        self, counter: Counter
    ) -> None:
        woken: list[str] = []
        counter.backbone.relay.wake = lambda: woken.append("woken")  # type: ignore[method-assign]

        await counter.say("不喜欢")
        assert woken == []

        await counter.say("记下")
        assert woken == ["woken"]

    async def test_an_event_carries_the_trace_of_its_request(self, counter: Counter) -> None:
        trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

        await counter.say("记下", more={"traceparent": trace})

        [told] = await counter.lab.logged("p1")
        assert json.loads(told["headers"])["traceparent"] == trace

    async def test_two_at_once_on_one_key_count_one_after_the_other(self, counter: Counter) -> None:
        answers = await asyncio.gather(*(counter.say("慢") for _ in range(8)))

        sequences = sorted(answer.json()["events"][0]["sequence"] for answer in answers)
        assert sequences == list(range(1, 9))
