"""Another system is told what happens, in order and signed; what it will not take waits for it."""

import hashlib
import hmac
from asyncio import CancelledError, create_task, timeout
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.escalation.streaming import keep_streaming, stream_once
from shared.clock import OFFICE
from shared.contracts.event import PersonId
from shared.contracts.registry import (
    HeldPost,
    PersonRegistered,
    Post,
    ServiceAccountRegistered,
)
from tests.domain.escalation.office import CITY, FUTIAN, INDUSTRY, LONGHUA, PROPOSAL, day
from tests.receiving import Receiver, receiver
from tests.service.escalation.acts import OTHER, accepted, assigned, opinion, signed, sweep
from tests.world import Answer, World

NOON = datetime(2024, 3, 20, 12, tzinfo=OFFICE)
SECRET = "a-key-of-sixteen-letters"


async def subscribe(
    world: World,
    here: Receiver,
    name: str = "ledger",
    *,
    post: str = "office",
    unit: str = CITY,
    **more: Any,
) -> Answer:
    """Somebody lets another system be told at this address."""
    body = {"name": "台账", "url": here.url, "secret": SECRET, **more}
    path = f"/subscriptions/{name}"
    return await world.tell("escalation", path, body, post=post, unit=unit, method="PUT")


async def told(world: World, *, after: float = 0, patience: float = 5) -> None:
    """Everybody is told what there is, so many seconds after noon."""
    backbone = world["escalation"].backbone
    await stream_once(backbone, at=NOON + timedelta(seconds=after), patience=patience)


def kinds(here: Receiver) -> list[str]:
    """What a receiver was sent, in order."""
    return [one.headers["ce-type"].split(".")[2] for one in here.requests]


async def subscription(world: World, *, post: str = "office", unit: str = CITY) -> dict[str, Any]:
    """The one subscription that somebody has."""
    answer = await world.ask("escalation", "/subscriptions", post=post, unit=unit)
    [found] = answer.body["subscriptions"]
    return dict(found)


async def test_what_was_heard_and_what_was_told_come_in_order(watch: World) -> None:
    async with receiver() as here:
        assert (await subscribe(watch, here)).status == 200
        await watch.hears("escalation", accepted(), assigned(), signed(LONGHUA, on="03-07"))

        await told(watch)

    assert kinds(here) == [
        "ProposalAccepted",
        "HandlersAssigned",
        "DeadlineMissed",
        "AssignmentSigned",
    ]
    assert here.requests[0].headers["ce-source"] == "/huiban/intake"
    assert here.requests[0].headers["ce-subject"] == PROPOSAL
    assert here.requests[0].said["number"] == "20240080"
    assert await watch.rows("escalation", "SELECT 1 FROM feed") == []


async def test_every_request_is_signed(watch: World) -> None:
    async with receiver() as here:
        await subscribe(watch, here)
        await watch.hears("escalation", accepted())
        await told(watch)

    [request] = here.requests
    signed_text = request.headers["huiban-timestamp"].encode() + b"." + request.body
    seal = hmac.new(SECRET.encode(), signed_text, hashlib.sha256).hexdigest()
    assert request.headers["huiban-signature"] == f"v1={seal}"


async def test_while_nobody_subscribes_nothing_is_kept(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned())

    assert await watch.rows("escalation", "SELECT 1 FROM feed") == []


async def test_a_subscription_begins_with_what_comes_after_it(watch: World) -> None:
    await watch.hears("escalation", accepted())
    async with receiver() as here:
        await subscribe(watch, here)
        await watch.hears("escalation", assigned())
        await told(watch)

    assert kinds(here) == ["HandlersAssigned"]


async def test_only_what_was_asked_for_is_told(watch: World) -> None:
    async with receiver() as here:
        await subscribe(watch, here, events=["AssignmentSigned"])
        await watch.hears("escalation", accepted(), assigned(), signed(LONGHUA, on="03-05"))
        await told(watch)

    assert kinds(here) == ["AssignmentSigned"]


@pytest.mark.parametrize(("unit", "seen"), [(FUTIAN, 2), (INDUSTRY, 0)])
async def test_a_unit_is_told_only_of_what_concerns_it(watch: World, unit: str, seen: int) -> None:
    async with receiver() as here:
        await subscribe(watch, here, post="head", unit=unit)
        await watch.hears("escalation", accepted(), assigned())
        await told(watch)

    assert len(here.requests) == seen


async def test_a_receiver_that_is_away_is_told_when_it_is_back(watch: World) -> None:
    async with receiver() as here:
        await subscribe(watch, here)
        await watch.hears("escalation", accepted(), assigned())
        await here.go()
        await told(watch)
        waiting = await subscription(watch)

        await here.come()
        await told(watch)
        too_soon = len(here.requests)
        await told(watch, after=2)

    assert (waiting["tries"], waiting["state"]) == (1, "active")
    assert waiting["why"] != ""
    assert too_soon == 0
    assert kinds(here) == ["ProposalAccepted", "HandlersAssigned"]


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_receiver_in_trouble_is_told_again(watch: World, status: int) -> None:
    async with receiver(status) as here:
        await subscribe(watch, here)
        await watch.hears("escalation", accepted())
        await told(watch)
        here.status = 204
        await told(watch, after=2)
        await told(watch, after=10)

    assert kinds(here) == ["ProposalAccepted"] * 2
    assert here.requests[0].headers["ce-id"] == here.requests[1].headers["ce-id"]


async def test_a_receiver_that_hangs_is_left_and_holds_no_other_up(watch: World) -> None:
    async with receiver(None) as hanging, receiver() as here:
        await subscribe(watch, hanging, "a-hanging-one")
        await subscribe(watch, here, "z-another")
        await watch.hears("escalation", accepted())
        await told(watch, patience=0.2)

    assert kinds(here) == ["ProposalAccepted"]


async def test_what_is_refused_is_parked_with_what_follows_of_that_proposal(watch: World) -> None:
    async with receiver() as here:
        here.refuses = {'"number":"20240080"'}
        await subscribe(watch, here)
        await watch.hears(
            "escalation",
            accepted(),
            accepted(OTHER, number="20240081"),
            assigned(),
            assigned(proposal_id=OTHER),
        )
        await told(watch)
        parked = await watch.ask(
            "escalation", "/subscriptions/ledger/parked", post="office", unit=CITY
        )

    subjects = [request.headers["ce-subject"] for request in here.requests]
    assert sorted(subjects) == [PROPOSAL, OTHER, OTHER]
    assert [(one["type"].split(".")[2], one["state"]) for one in parked.body["parked"]] == [
        ("ProposalAccepted", "refused"),
        ("HandlersAssigned", "behind"),
    ]
    assert (await subscription(watch))["parked"] == 2


async def test_what_was_parked_is_sent_again_in_order(watch: World) -> None:
    async with receiver() as here:
        here.refuses = {'"number":"20240080"'}
        await subscribe(watch, here)
        await watch.hears("escalation", accepted(), assigned())
        await told(watch)
        here.refuses.clear()
        here.requests.clear()

        await watch.tell("escalation", "/subscriptions/ledger/redrive", post="office", unit=CITY)
        await watch.hears("escalation", signed(LONGHUA, on="03-05"))
        await told(watch)

    assert kinds(here) == ["ProposalAccepted", "HandlersAssigned", "AssignmentSigned"]
    assert (await subscription(watch))["parked"] == 0


async def test_one_may_go_on_without_what_was_refused(watch: World) -> None:
    async with receiver() as here:
        here.refuses = {'"number":"20240080"'}
        await subscribe(watch, here)
        await watch.hears("escalation", accepted(), assigned())
        await told(watch)
        path = "/subscriptions/ledger/parked/1/skip"
        body = {"reason": "对方不收编号"}

        skipped = await watch.tell("escalation", path, body, post="office", unit=CITY)
        again = await watch.tell("escalation", path, body, post="office", unit=CITY)
        await told(watch)

    assert (skipped.status, again.status, again.code) == (200, 409, "nothing-parked")
    assert kinds(here) == ["ProposalAccepted", "HandlersAssigned"]
    assert (await subscription(watch))["parked"] == 0


async def test_whoever_has_left_the_post_is_told_no_more(watch: World) -> None:
    held = HeldPost.model_validate({"post": "head", "unit": FUTIAN, "until": day("03-10")})
    head = PersonRegistered(person=PersonId(f"head.{FUTIAN}"), name="某人", posts=(held,))
    await watch.hears("escalation", head)
    async with receiver() as here:
        await subscribe(watch, here, post="head", unit=FUTIAN)
        await watch.hears("escalation", accepted(), assigned())
        await told(watch)

    assert here.requests == []
    stopped = await subscription(watch, post="operator")
    assert stopped["state"] == "paused"
    assert "没有以“承办单位负责人”身份" in stopped["why"]


async def test_a_service_account_is_told_until_it_ends(watch: World) -> None:
    account = ServiceAccountRegistered(
        account="bridge",
        name="数据桥",
        post=Post.OFFICE,
        unit=CITY,
        key_digest=hashlib.sha256(b"secret").hexdigest(),
        acts=("escalation.subscribe",),
        until=day("03-20"),
    )
    await watch.hears("escalation", account)
    async with receiver() as here:
        response = await watch["escalation"].client.put(
            "/subscriptions/bridge",
            json={"name": "数据桥", "url": here.url, "secret": SECRET},
            headers={"Authorization": "Key bridge.secret", "Huiban-Today": "2024-03-01"},
        )
        assert response.status_code == 200, response.text
        await watch.hears("escalation", accepted())
        await told(watch)
        await watch.hears("escalation", assigned())
        await told(watch, after=24 * 3600)

    assert kinds(here) == ["ProposalAccepted"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"url": "http://example.cn/hook"}, 422, "wrong-address"),
        ({"url": "ftp://127.0.0.1/hook"}, 422, "wrong-address"),
        ({"url": "https://me:word@example.cn"}, 422, "wrong-address"),
        ({"secret": "short"}, 422, "malformed"),
        ({"events": ["ProposalEaten"]}, 422, "unknown-events"),
    ],
)
async def test_a_subscription_makes_sense_or_is_refused(
    watch: World, change: dict[str, Any], status: int, code: str
) -> None:
    async with receiver() as here:
        answer = await subscribe(watch, here, **change)

    assert (answer.status, answer.code) == (status, code)


async def test_another_s_subscription_is_not_there(watch: World) -> None:
    async with receiver() as here:
        await subscribe(watch, here)
        taken_over = await subscribe(watch, here, post="head", unit=FUTIAN)
        parked = await watch.ask(
            "escalation", "/subscriptions/ledger/parked", post="head", unit=FUTIAN
        )
        ended = await watch.tell(
            "escalation", "/subscriptions/ledger", post="office", unit=CITY, method="DELETE"
        )
        gone = await watch.tell(
            "escalation", "/subscriptions/ledger", post="office", unit=CITY, method="DELETE"
        )

    assert [answer.status for answer in (taken_over, parked, ended, gone)] == [404, 404, 200, 404]
    assert gone.code == "not-subscriber"


async def test_an_officer_does_not_subscribe(watch: World) -> None:
    async with receiver() as here:
        answer = await subscribe(watch, here, post="officer", unit=FUTIAN)

    assert answer.status == 403


async def test_what_a_sweep_tells_is_told_as_well(watch: World) -> None:
    await watch.hears("escalation", accepted(), assigned(), opinion(on="03-05"))
    async with receiver() as here:
        await subscribe(watch, here, events=["DeadlineMissed"])
        await sweep(watch, "03-07")
        await told(watch)

    assert kinds(here) == ["DeadlineMissed", "DeadlineMissed"]


async def test_the_loop_tells_by_itself(watch: World) -> None:
    async with receiver() as here:
        await subscribe(watch, here)
        await watch.hears("escalation", accepted())
        telling = create_task(keep_streaming(watch["escalation"].backbone))

        async with timeout(20):
            await here.came.wait()

        telling.cancel()
        with suppress(CancelledError):
            await telling
    assert kinds(here) == ["ProposalAccepted"]
