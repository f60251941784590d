"""Whatever is sent: a sentence and a code, and nothing left behind."""

from collections.abc import AsyncIterator

import pytest

from shared.bounds import LARGEST_BODY
from shared.identity import mint
from tests.backbone.web.counter import NOTHING, Counter, client_of, is_problem, put_together
from tests.world import Keys


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

        assert is_problem(answer, 503, "starting-up")

    async def test_the_second_of_two_with_the_same_number_is_asked_to_look_again(
        self, counter: Counter
    ) -> None:
        await counter.lab.desk.pool.execute("CREATE UNIQUE INDEX ON noted (number)")
        await counter.say("记下", key="p1")

        answer = await counter.say("记下", key="p2")

        assert is_problem(answer, 409, "someone-was-faster")
