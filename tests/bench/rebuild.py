"""The portal's read side, built anew from the topics by `huiban replay`'s own code."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaProducer

from services.portal.subscribers import ears
from shared.contracts.assignment import AssignmentSigned, HandlersAssigned, Role, Task
from shared.contracts.event import (
    PROPOSALS,
    REFERENCE,
    SYSTEM,
    Due,
    Event,
    ProposalId,
    Step,
    TaskId,
    UnitCode,
)
from shared.contracts.intake import (
    Origin,
    ProposalAccepted,
    ProposalKind,
    ProposalSubmitted,
    Proposer,
)
from shared.contracts.reply import (
    ContactKind,
    ContactRecorded,
    OpinionGiven,
    PromiseKept,
    PromiseMade,
    Rating,
    ReplyApproved,
    ReplyDrafted,
    ReplyIssued,
    ReplyRated,
)
from shared.envelope import headers_of
from shared.replaying import rebuild
from tests.bench.surroundings import Surroundings

PROPOSAL_COUNT = 4_000
DAY = date(2024, 1, 15)
UNITS = ("D07", "C017", "C018")


def due(clock: str) -> Due:
    """A due date as a real one looks: with its steps."""
    steps = tuple(Step(says="自2024-01-15（当日不计）起，加3个工作日", day=DAY) for _ in range(3))
    return Due(
        on=date(2024, 4, 15), starts_on=DAY, clock=clock, rule=f"shenzhen-2024@1 {clock}",
        source="深圳1998年规定", calendar="CN-2024@1", steps=steps,
    )  # fmt: skip


def story(n: int) -> Iterator[Event]:
    """One proposal's year: 17 events, as the demo's are."""
    me = ProposalId(str(uuid4()))
    said: dict[str, Any] = {"proposal_id": me, "by": SYSTEM, "on": DAY}
    lead = UnitCode(UNITS[0])
    tasks = [
        Task(
            task_id=TaskId(f"{unit}.1"), unit=UnitCode(unit),
            role=Role.CO_HANDLE if i else Role.LEAD, generation=1,
            sign=due("sign"), answer=due("opinion" if i else "reply"), return_by=due("return"),
        )
        for i, unit in enumerate(UNITS)
    ]  # fmt: skip
    yield ProposalSubmitted(
        **said, year=2024, title=f"关于加快推进老旧住宅加装电梯的提案（{n}）",
        text="老旧住宅没有电梯，老人和小孩上下楼困难。" * 15, kind=ProposalKind.SINGLE,
        proposers=(Proposer(name="示例委员"),), category="社会", origin=Origin.COMPOSED,
    )  # fmt: skip
    yield ProposalAccepted(**said, number=f"2024{n:04d}")
    yield HandlersAssigned(**said, tasks=tuple(tasks))
    for task in tasks:
        yield AssignmentSigned(**said, task_id=task.task_id, unit=task.unit)
    first = tasks[0].task_id
    for kind in (ContactKind.CALL, ContactKind.VISIT):
        yield ContactRecorded(
            **said, task_id=first, unit=lead, kind=kind, people=("示例委员",), summary="当面沟通。"
        )
    for task in tasks[1:]:
        yield OpinionGiven(
            **said, task_id=task.task_id, unit=task.unit, lead=lead, opinion="同意，建议分批实施。"
        )
    yield ReplyDrafted(**said, task_id=first, unit=lead, round=1, draft=1, result_class="B")
    yield ReplyApproved(**said, task_id=first, unit=lead, round=1, draft=1)
    yield ReplyIssued(
        **said, reply_id="D07.r1", task_id=first, unit=lead, round=1,
        document_number=f"龙华函〔2024〕{n}号", result_class="B", meaning="in_progress",
        summary="已列入计划。", handled_in=me, rate=due("rate"),
    )  # fmt: skip
    yield PromiseMade(
        **said, promise_id="D07.r1.p1", reply_id="D07.r1", unit=lead, text="年底前完成。",
        due_on=date(2024, 12, 31),
    )  # fmt: skip
    yield ReplyRated(
        **said, reply_id="D07.r1", round=1, proposer="示例委员", process=Rating.SATISFIED,
        result=Rating.SATISFIED,
    )  # fmt: skip
    yield PromiseKept(**said, promise_id="D07.r1.p1", unit=lead, evidence="已验收。")


async def bench(place: Surroundings) -> dict[str, float]:
    """Events per second from the topic to swapped tables."""
    settings = place.settings(huiban_city="rebuild")
    topic = settings.topic(PROPOSALS)
    await place.topic(topic, 12)
    await place.topic(settings.topic(REFERENCE), 1)
    await place.schema("portal", package="services.portal")
    await _fill(place.kafka, topic)
    done = await rebuild(settings, service="portal", ears=ears, say=lambda _, __: None)
    assert done.parked == 0, done
    return {
        "events": done.records,
        "seconds": done.seconds,
        "events_per_second": done.records / done.seconds,
    }


async def _fill(kafka: str, topic: str) -> None:
    producer = AIOKafkaProducer(
        bootstrap_servers=kafka, acks="all", enable_idempotence=True, linger_ms=5,
        max_batch_size=500_000,
    )  # fmt: skip
    await producer.start()
    try:
        for start in range(0, PROPOSAL_COUNT, 100):
            sent = []
            for n in range(start, start + 100):
                sequences: dict[str, int] = defaultdict(int)
                for event in story(n):
                    sequences[event.teller()] += 1
                    headers = headers_of(
                        id=uuid4(), type=event.type_name(), teller=event.teller(), key=event.key,
                        sequence=sequences[event.teller()], extensions={},
                        occurred_at=datetime.now(UTC),
                    )  # fmt: skip
                    sent.append(
                        await producer.send(
                            topic, event.model_dump_json().encode(), key=event.key.encode(),
                            headers=headers,
                        )
                    )  # fmt: skip
            await asyncio.gather(*sent)
    finally:
        await producer.stop()
