"""Commands over HTTP: who may give them; once each; committed before the answer leaves."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from shared import web
from shared.bounds import LARGEST_BODY
from shared.clock import office_day
from shared.contracts.event import UnitCode
from shared.contracts.registry import UnitLevel, UnitRegistered
from shared.identity import mint
from tests.backbone.conftest import accepted
from tests.backbone.counter import SECRET, SERVICE, Counter, client_of, opened, put_together
from tests.world import Keys, copy_of

NOTHING: tuple[list[str], list[str], int] = ([], [], 0)


@pytest.fixture(scope="module")
async def one_database(admin_url: str, template: str) -> AsyncIterator[str]:
    async with copy_of(admin_url, template) as url:
        yield url


@pytest.fixture
async def counter(one_database: str, keys: Keys) -> AsyncIterator[Counter]:
    async with opened(put_together(one_database, keys), keys) as here:
        yield here


@pytest.fixture
async def demo_counter(one_database: str, keys: Keys) -> AsyncIterator[Counter]:
    async with opened(put_together(one_database, keys, demo=True), keys) as here:
        yield here


def is_problem(answer: httpx.Response, status: int, code: str) -> bool:
    """Whether this is a complete problem document of that kind, with a Chinese sentence."""
    body = answer.json()
    return (
        answer.status_code == status
        and answer.headers["content-type"] == "application/problem+json"
        and body["type"] == f"urn:huiban:problem:{code}"
        and body["code"] == code
        and body["status"] == status
        and bool(body["title"])
        and any("\u4e00" <= character <= "\u9fff" for character in body["detail"])
    )


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


class TestBadInput:
    async def test_every_part_that_does_not_fit_is_named(self, counter: Counter) -> None:
        answer = await counter.send(
            "POST", "/notes/p1", json={"text": "", "count": "三", "colour": "红"}
        )

        assert is_problem(answer, 422, "malformed")
        assert {one["field"]: one["says"] for one in answer.json()["findings"]} == {
            "body.text": "文字过短，至少1字",
            "body.count": "应为整数",
            "body.colour": "不认识的字段",
        }

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"[]",
            b'"text"',
            b"null",
            b"\xff\xfe{}",
            b'{"text": "\xff"}',
            b'{"text": "\\ud800"}',
            b'{"\\ud800": "text", "text": "x"}',
            b'{"text": 1}',
            b'{"text": "x", "count": ' + b"9" * 5000 + b"}",
            b'{"text": "x", "count": 1e400}',
            b'{"text": "x", "count": NaN}',
            b"[" * 100_000,
            b'{"text": "' + b"x" * 1_000_000 + b'"}',
            b'{"text": "x"' + b"".join(b', "x%d": 1' % n for n in range(5000)) + b"}",
        ],
        ids=lambda body: repr(body[:24]),
    )
    async def test_a_body_that_makes_no_sense_is_refused(
        self, counter: Counter, body: bytes
    ) -> None:
        answer = await counter.send(
            "POST",
            "/notes/p1",
            content=body,
            headers={"Content-Type": "application/json", "Idempotency-Key": "k"},
        )

        assert is_problem(answer, answer.status_code, answer.json()["code"])
        assert answer.status_code in (400, 422)
        assert len(answer.content) < 20_000
        assert await counter.left_behind() == NOTHING

    async def test_a_form_is_no_json(self, counter: Counter) -> None:
        answer = await counter.send("POST", "/notes/p1", data={"text": "x"})

        assert is_problem(answer, 422, "malformed")

    async def test_a_character_that_cannot_be_kept_is_refused(self, counter: Counter) -> None:
        answer = await counter.say("记\0下", once="k")

        assert is_problem(answer, 422, "malformed")
        assert await counter.left_behind() == NOTHING

    @pytest.mark.parametrize("path", ["/notes/%00", "/notes/%ff%fe", "/notes/" + "x" * 5000])
    async def test_an_address_that_cannot_be_kept_does_no_harm(
        self, counter: Counter, path: str
    ) -> None:
        answer = await counter.send("POST", path, json={"text": "x"})

        assert answer.status_code < 500

    async def test_a_number_beyond_all_bounds_is_refused(self, counter: Counter) -> None:
        answer = await counter.send("GET", "/notes", params={"after": "9" * 30})

        assert is_problem(answer, 422, "malformed")

    @pytest.mark.parametrize("announced", [True, False])
    async def test_a_body_too_large_is_refused_before_it_is_read(
        self, counter: Counter, announced: bool
    ) -> None:
        read = 0

        async def chunks() -> AsyncIterator[bytes]:
            nonlocal read
            yield b'{"text": "'
            while read < 3 * LARGEST_BODY:
                read += 1_000_000
                yield b"x" * 1_000_000
            yield b'"}'

        headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
        if announced:
            headers["Content-Length"] = str(3 * LARGEST_BODY)

        answer = await counter.send("POST", "/notes/p1", content=chunks(), headers=headers)

        assert is_problem(answer, 413, "http-413")
        assert read <= (0 if announced else LARGEST_BODY + 1_000_000)
        assert await counter.left_behind() == NOTHING

    async def test_a_body_as_large_as_allowed_is_read(self, counter: Counter) -> None:
        padding = b" " * (LARGEST_BODY - len(b'{"text": "x"}'))

        answer = await counter.send(
            "POST",
            "/notes/p1",
            content=padding + b'{"text": "x"}',
            headers={"Content-Type": "application/json"},
        )

        assert answer.status_code == 201

    async def test_an_unknown_address_is_a_problem(self, counter: Counter) -> None:
        assert is_problem(await counter.send("GET", "/nowhere"), 404, "http-404")

    async def test_an_unknown_method_is_a_problem(self, counter: Counter) -> None:
        answer = await counter.send("DELETE", "/notes")

        assert is_problem(answer, 405, "http-405")
        assert answer.headers["allow"] == "GET"

    async def test_an_unknown_unit_is_named(self, counter: Counter) -> None:
        answer = await counter.send("GET", "/units/没有这个局")

        assert is_problem(answer, 404, "unknown-unit")
        assert "没有这个局" in answer.json()["detail"]


class TestTroubleBelow:
    async def test_a_database_that_went_away_is_said_and_nothing_took_effect(
        self, counter: Counter
    ) -> None:
        await counter.lab.desk.pool.execute(
            "CREATE FUNCTION go_away() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;"
            " CREATE TRIGGER go_away BEFORE INSERT ON noted EXECUTE FUNCTION go_away()"
        )

        answer = await counter.say("记下", once="k")

        assert is_problem(answer, 503, "database-away")
        assert answer.headers["retry-after"]
        assert await counter.left_behind() == NOTHING

    async def test_before_the_database_is_there_a_request_is_asked_to_come_again(
        self, keys: Keys
    ) -> None:
        app = put_together("postgresql://127.0.0.1:1/none", keys)
        token = mint(keys.private, person="王", name="王", post="committee", unit="C001")

        async with client_of(app) as client:
            answer = await client.get("/notes", headers={"Authorization": f"Bearer {token}"})

        assert is_problem(answer, 503, "database-away")

    async def test_the_second_of_two_with_the_same_number_is_asked_to_look_again(
        self, counter: Counter
    ) -> None:
        await counter.lab.desk.pool.execute("CREATE UNIQUE INDEX ON noted (number)")
        await counter.say("记下", key="p1")

        answer = await counter.say("记下", key="p2")

        assert is_problem(answer, 409, "someone-was-faster")


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
