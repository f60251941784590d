"""An act is sent until its service answers: the same command every time, a refusal never again."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import date
from uuid import uuid4

import httpx
import pytest

from deploy.demo import sending
from deploy.demo.acts import Act
from deploy.demo.cast import OFFICE, officer_of
from deploy.demo.sending import ActRefused, NoAnswer, Sender, Tokens
from deploy.demo.verbs.escalating import delivered, swept
from shared.identity import Gatekeeper
from tests.world import Keys

ADDRESSES = {
    "assignment": "http://assignment",
    "reply": "http://reply",
    "escalation": "http://escalation",
}
SIGN = Act(
    date(2024, 1, 16),
    officer_of("龙华区人民政府"),
    "assignment",
    "/proposals/p/tasks/D07.1/sign",
    {},
    "签收",
    ("p",),
)
TALK = Act(
    date(2024, 1, 16),
    officer_of("龙华区人民政府"),
    "reply",
    "/proposals/p/tasks/D07.1/contacts",
    {"kind": "call"},
    "沟通",
    ("p",),
)
SIGNED = {
    "events": [
        {
            "id": str(uuid4()),
            "type": "huiban.assignment.AssignmentSigned.v1",
            "source": "assignment",
            "key": "p",
            "sequence": 7,
            "data": {},
        }
    ]
}

SWEEP = swept(on=date(2024, 1, 16))
SWEPT = {"proposals": 9, "near": 1, "missed": 2, "reminders": 3, "flagged": 4, "supervised": 0}

Network = Callable[[httpx.Request], httpx.Response]


def answering(
    *answers: httpx.Response | httpx.TransportError,
) -> tuple[Network, list[httpx.Request]]:
    """A network that answers in this order, and what was asked of it."""
    asked: list[httpx.Request] = []
    left: Iterator[httpx.Response | httpx.TransportError] = iter(answers)

    def network(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        answer = next(left)
        if isinstance(answer, httpx.TransportError):
            raise answer
        return answer

    return network, asked


def sender(network: Network, keys: Keys) -> Sender:
    client = httpx.AsyncClient(transport=httpx.MockTransport(network))
    return Sender(client, addresses=ADDRESSES, signing_key=keys.private)


async def test_an_act_goes_out_on_its_day_signed_by_its_actor(keys: Keys) -> None:
    network, asked = answering(httpx.Response(200, json=SIGNED))

    events = await sender(network, keys).send(SIGN)

    (request,) = asked
    caller = Gatekeeper(keys.public).caller(request.headers["authorization"])
    assert (caller.person, caller.post, caller.unit) == ("officer.D07", "officer", "D07")
    assert request.url == "http://assignment/proposals/p/tasks/D07.1/sign"
    assert request.headers["huiban-today"] == "2024-01-16"
    assert request.headers["idempotency-key"] == str(SIGN.key)
    assert events == 1


async def test_a_service_that_is_away_is_asked_again_with_the_same_key(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FIRST_PAUSE_SECONDS", 0.001)
    network, asked = answering(
        httpx.ConnectError("refused"),
        httpx.ReadError("cut"),
        httpx.Response(503, json={"detail": "数据库暂时不可用"}),
        httpx.Response(425),
        httpx.Response(200, json=SIGNED),
    )

    await sender(network, keys).send(SIGN)

    assert len(asked) == 5
    assert {request.headers["idempotency-key"] for request in asked} == {str(SIGN.key)}


async def test_a_service_that_stays_away_stops_the_year(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PATIENCE_SECONDS", 0.01)
    network, _ = answering(*(httpx.ConnectError("refused") for _ in range(10)))

    with pytest.raises(NoAnswer, match=r"assignment超过.*2024-01-16"):
        await sender(network, keys).send(SIGN)


async def test_a_refusal_stops_the_year_with_its_sentence(keys: Keys) -> None:
    refusal = {"detail": "这项任务已经签收。", "code": "signed-already"}
    network, asked = answering(httpx.Response(409, json=refusal))

    with pytest.raises(ActRefused, match=r"2024-01-16.*签收.*这项任务已经签收。.*409"):
        await sender(network, keys).send(SIGN)

    assert len(asked) == 1


async def test_a_sweep_says_only_how_much_it_told(keys: Keys) -> None:
    network, _ = answering(httpx.Response(200, json={**SWEPT, "failed": 0}))

    assert await sender(network, keys).send(SWEEP) == 10


async def test_a_delivery_says_how_many_messages_went_out(keys: Keys) -> None:
    done = {"opened": 3, "taken": 2, "waiting": 0, "failed": 1, "over": 0}
    network, _ = answering(httpx.Response(200, json=done))

    assert await sender(network, keys).send(delivered(on=SWEEP.on)) == 3


async def test_a_sweep_that_failed_in_part_is_asked_again(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FIRST_PAUSE_SECONDS", 0.001)
    network, asked = answering(
        httpx.Response(200, json={**SWEPT, "failed": 1}),
        httpx.Response(200, json={**SWEPT, "failed": 0}),
    )

    await sender(network, keys).send(SWEEP)

    assert len(asked) == 2


async def test_a_refused_list_names_its_rows(keys: Keys) -> None:
    refusal = {"detail": "清单有问题。", "findings": [{"row": 3, "says": "没有这个单位"}]}
    network, _ = answering(httpx.Response(409, json=refusal))

    with pytest.raises(ActRefused, match="清单有问题。 第3行没有这个单位"):
        await sender(network, keys).send(SIGN)


async def test_a_service_is_told_what_it_must_have_heard_from_the_others(keys: Keys) -> None:
    network, asked = answering(
        httpx.Response(200, json=SIGNED), httpx.Response(200, json={"events": []})
    )
    one = sender(network, keys)

    await one.send(SIGN)
    await one.send(TALK)

    assert asked[0].headers["huiban-after"] == ""
    assert asked[1].headers["huiban-after"] == "assignment/p/7"


async def test_a_service_is_not_told_to_wait_for_itself(keys: Keys) -> None:
    network, asked = answering(
        httpx.Response(200, json=SIGNED), httpx.Response(200, json={"events": []})
    )
    one = sender(network, keys)

    await one.send(SIGN)
    await one.send(SIGN)

    assert asked[1].headers["huiban-after"] == ""


def test_a_token_is_kept_until_it_is_about_to_run_out(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = Tokens(keys.private)
    now = [1_700_000_000.0]
    for module in ("deploy.demo.sending", "shared.identity"):
        monkeypatch.setattr(f"{module}.epoch_seconds", lambda: now[0])

    first = tokens.of(OFFICE)
    now[0] += 599
    kept = tokens.of(OFFICE)
    now[0] += 1
    renewed = tokens.of(OFFICE)

    assert kept == first
    assert renewed != first


async def test_two_acts_may_be_under_way_at_once(keys: Keys) -> None:
    network, asked = answering(
        httpx.Response(200, json=SIGNED), httpx.Response(200, json={"events": []})
    )
    one = sender(network, keys)

    await asyncio.gather(one.send(SIGN), one.send(TALK))

    assert len(asked) == 2
