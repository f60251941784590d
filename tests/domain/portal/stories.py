"""A proposal's story, told in a few plain words, as the fold hears it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from services.portal.domain.fold import Folded, fold
from shared.contracts.assignment import HandlersAssigned, Role, Task
from shared.contracts.event import (
    Actor,
    Due,
    PersonId,
    ProposalEvent,
    ProposalId,
    Step,
    TaskId,
    UnitCode,
)
from shared.contracts.reply import ReplyIssued
from shared.envelope import Heard

PROPOSAL, SIBLING = ProposalId("p-1"), ProposalId("p-2")
LONGHUA, TRANSPORT, HEALTH = UnitCode("D07"), UnitCode("C030"), UnitCode("C031")
OFFICE = UnitCode("C007")
MONDAY, TUESDAY, FRIDAY = date(2024, 1, 15), date(2024, 1, 16), date(2024, 1, 19)
OFFICER = Actor(person=PersonId("li"), name="李娜", post="officer", unit=LONGHUA)
CLERK = Actor(person=PersonId("he"), name="何平", post="office", unit=OFFICE)
LEAD_TASK, CO_TASK = TaskId("D07.1"), TaskId("C030.1")


def due(on: date, *, clock: str = "reply") -> Due:
    """A due date with one step of explanation."""
    return Due(
        on=on,
        starts_on=MONDAY,
        clock=clock,
        rule=f"shenzhen-2024@1 {clock}",
        source=None,
        calendar="CN-2024@1",
        steps=(Step(says=f"应于{on}前", day=on),),
    )


def task(unit: UnitCode, role: Role, **more: Any) -> Task:
    """A unit's first task, to be signed by Friday and answered by the end of April."""
    given: dict[str, Any] = {
        "task_id": TaskId(f"{unit}.1"),
        "unit": unit,
        "role": role,
        "generation": 1,
        "sign": due(FRIDAY, clock="sign"),
        "answer": due(date(2024, 4, 15)),
        **more,
    }
    return Task(**given)


def assigned(*tasks: Task) -> HandlersAssigned:
    """The office hands it over on Monday."""
    return HandlersAssigned(proposal_id=PROPOSAL, by=CLERK, on=MONDAY, tasks=tasks)


def issued(*, round: int = 1, proposal_id: ProposalId = PROPOSAL, **more: Any) -> ReplyIssued:
    """Longhua answers on Tuesday; ``handled_in`` is always the first proposal."""
    given: dict[str, Any] = {
        "reply_id": f"D07.r{round}",
        "task_id": LEAD_TASK,
        "unit": LONGHUA,
        "round": round,
        "document_number": "龙华区函〔2024〕1号",
        "result_class": "A",
        "meaning": "solved",
        "summary": "已解决。",
        "handled_in": PROPOSAL,
        "rate": due(date(2024, 2, 5), clock="rate"),
        **more,
    }
    return ReplyIssued(proposal_id=proposal_id, by=OFFICER, on=TUESDAY, **given)


def told(event: ProposalEvent, *, sequence: int = 1) -> Heard:
    """An event as it arrives."""
    return Heard(
        id=uuid4(),
        type=event.type_name(),
        source=f"/huiban/{event.teller()}",
        key=event.key,
        sequence=sequence,
        time=datetime(2024, 1, 15, 9, tzinfo=UTC),
        value=event.model_dump_json().encode(),
    )


def folded(*events: ProposalEvent) -> Folded:
    """What these events write together."""
    return fold(told(event, sequence=n) for n, event in enumerate(events, start=1))


def row(written: Folded, table: str, *key: str) -> dict[str, Any]:
    """What was written of one thing of the proposal."""
    return written.rows[table][(PROPOSAL, *key)]


def keys(written: Folded, table: str) -> Iterable[tuple[str, ...]]:
    """What a table got rows for."""
    return written.rows[table].keys()
