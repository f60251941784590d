"""What may happen to an installation at any time, and happens here in the middle of its work."""

import httpx

from deploy.local.parts import LocalParts
from tests.living import Disturbance
from tests.waiting import comes_true


def killed(service: str) -> Disturbance:
    """A service dies as by a power cut; its supervisor brings it back."""

    async def kill(parts: LocalParts) -> None:
        await _at_work(parts, service)
        await parts.services[service].kill()

    return kill


async def kafka_killed(parts: LocalParts) -> None:
    """Kafka dies and is started again."""
    assert parts.kafka is not None
    await _at_work(parts, "reply")
    await parts.kafka.kill()
    await parts.kafka.start()


async def postgres_killed(parts: LocalParts) -> None:
    """PostgreSQL dies with everybody's sessions and is started again."""
    assert parts.postgres is not None
    await _at_work(parts, "assignment")
    await parts.postgres.kill()
    await parts.postgres.start()


async def a_second_reply_comes_and_goes(parts: LocalParts) -> None:
    """A second instance of a service takes its share of the work, then leaves in order."""
    second = await parts.join("reply")
    port = int(second.job.env["HUIBAN_PORT"])

    async def has_taken_part() -> bool:
        return _handled(await _said(f"http://127.0.0.1:{port}/metrics")) > 0

    await comes_true(has_taken_part)
    await parts.leave(second.job.name)


async def _at_work(parts: LocalParts, service: str) -> None:
    """Wait until this service has something in hand: it has just told or taken in an event."""
    address = f"{parts.addresses.url(service)}/progress"
    before = await _said(address)

    async def something_happens() -> bool:
        return await _said(address) != before

    await comes_true(something_happens)


async def _said(address: str) -> str:
    async with httpx.AsyncClient(timeout=30) as client:
        return (await client.get(address)).raise_for_status().text


def _handled(figures: str) -> float:
    lines = (line for line in figures.splitlines() if 'outcome="handled"' in line)
    return sum(float(line.split()[1]) for line in lines if "_total" in line)
