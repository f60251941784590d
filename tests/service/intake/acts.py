"""What people do at intake, as the tests say it."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID, uuid5

import httpx
import xlsxwriter

from shared.contracts.assignment import HandlersAssigned, Role, Task
from shared.contracts.event import Actor, Due, PersonId, ProposalId, Step, TaskId, UnitCode
from shared.contracts.reply import ReplyIssued
from tests.world import Answer, World

NAMES = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
CLERK = Actor(person=PersonId("he"), name="何平", post="office", unit=UnitCode("C007"))
Sheet = list[list[Any]]


def called(name: str) -> str:
    """An id for a proposal that the test calls by a name."""
    return str(uuid5(NAMES, name))


async def submit(world: World, name: str = "bus", **form: Any) -> Answer:
    """The committee enters a proposal."""
    body = {
        "proposal_id": called(name),
        "year": 2024,
        "title": f"关于{name}的提案",
        "text": "建议增开社区公交。",
        "kind": "single",
        "proposers": [{"name": "王志毅", "person": "p-wang"}],
        **form,
    }
    return await world.tell("intake", "/proposals", body, post="committee", unit="C004")


async def review(world: World, name: str, act: str, **body: Any) -> Answer:
    """The committee does something with a proposal."""
    return await world.tell(
        "intake", f"/proposals/{called(name)}/{act}", body, post="committee", unit="C004"
    )


async def by_proposer(
    world: World, name: str, act: str, *, person: str = "p-wang", **body: Any
) -> Answer:
    """A proposer does something with a proposal."""
    return await world.tell(
        "intake", f"/proposals/{called(name)}/{act}", body, post="proposer", person=person
    )


async def file(world: World, *names: str, **form: Any) -> None:
    """Proposals are submitted and accepted, in this order."""
    for name in names:
        await submit(world, name, **form)
        assert (await review(world, name, "accept")).status == 200


async def merge(world: World, *names: str, main: str, by: str = "committee") -> Answer:
    """The committee merges proposals, or somebody else."""
    body = {
        "main": called(main),
        "members": [called(name) for name in names],
        "why": "均建议增开社区公交",
    }
    return await world.tell("intake", "/groups", body, post=by, unit="C004")


async def upon_group(
    world: World, main: str, act: str, *, by: str = "committee", **body: Any
) -> Answer:
    """Somebody does something with a group."""
    path = f"/groups/{called(main)}/{act}"
    return await world.tell("intake", path, {"why": "经研究", **body}, post=by, unit="C004")


async def page(world: World, name: str) -> dict[str, Any]:
    """A proposal's page."""
    answer = await world.ask("intake", f"/proposals/{called(name)}")
    assert answer.status == 200
    found: dict[str, Any] = answer.body
    return found


async def listed(world: World, **query: Any) -> list[str]:
    """The titles of a list."""
    answer = await world.ask("intake", "/proposals", **query)
    assert answer.status == 200
    return [line["title"] for line in answer.body["proposals"]]


async def draft(world: World, *, person: str = "p-wang", **written: Any) -> Answer:
    """A member begins a draft."""
    body = {"title": "关于增开公交的提案", "text": "建议增开。", **written}
    return await world.tell("intake", "/drafts", body, post="proposer", person=person)


async def upon_draft(
    world: World, name: str, act: str, *, person: str = "p-wang", **body: Any
) -> Answer:
    """A member does something with a draft."""
    return await world.tell(
        "intake", f"/drafts/{called(name)}/{act}", body or None, post="proposer", person=person
    )


async def handed_over(world: World, name: str, *units: str) -> None:
    """The office handed a proposal over to these units, the first one leads."""
    roles = [Role.LEAD, *[Role.CO_HANDLE] * (len(units) - 1)]
    tasks = tuple(
        Task(task_id=TaskId(f"{unit}.1"), unit=UnitCode(unit), role=role, generation=1)
        for unit, role in zip(units, roles, strict=True)
    )
    await world.hears(
        "intake",
        HandlersAssigned(
            proposal_id=ProposalId(called(name)), by=CLERK, on=world.today, tasks=tasks
        ),
    )


async def answered(world: World, name: str, unit: str) -> None:
    """The lead answered it, class B."""
    day = date(2024, 5, 6)
    rate = Due(
        on=day,
        starts_on=day,
        clock="rate",
        rule="test@1 rate",
        source=None,
        calendar="test@1",
        steps=(Step(says="试", day=day),),
    )
    await world.hears(
        "intake",
        ReplyIssued(
            proposal_id=ProposalId(called(name)),
            by=CLERK,
            on=world.today,
            reply_id=f"{unit}.r1",
            task_id=TaskId(f"{unit}.1"),
            unit=UnitCode(unit),
            round=1,
            document_number="龙华区函〔2024〕1号",
            result_class="B",
            meaning="in_progress",
            summary="已列入计划。",
            handled_in=ProposalId(called(name)),
            rate=rate,
        ),
    )


async def send_file(
    world: World,
    path: str,
    content: bytes,
    *,
    post: str = "committee",
    unit: str = "C004",
    person: str | None = None,
    **query: str,
) -> Answer:
    """Somebody sends a file."""
    response = await world["intake"].client.post(
        path, content=content, params=query, headers=headers(world, post, unit, person)
    )
    return Answer(response.status_code, response.json())


async def fetch(
    world: World,
    path: str,
    *,
    post: str = "committee",
    unit: str = "C004",
    person: str | None = None,
    **query: Any,
) -> httpx.Response:
    """Somebody fetches a file."""
    return await world["intake"].client.get(
        path, params=query, headers=headers(world, post, unit, person)
    )


def headers(world: World, post: str, unit: str, person: str | None) -> dict[str, str]:
    token = world.token(post=post, unit=unit, person=person)
    return {"Authorization": f"Bearer {token}", "Huiban-Today": world.today.isoformat()}


def workbook(rows: Sheet) -> bytes:
    """A workbook with these rows."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("清单")
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, days)
                elif cell is not None:
                    sheet.write(at, column, cell)
    return written.getvalue()


async def bring(world: World, rows: Sheet, *, kind: str = "hand_over") -> Answer:
    """The committee brings a list."""
    return await send_file(world, "/imports", workbook(rows), kind=kind, name="清单.xlsx")


async def checked(world: World, rows: Sheet, *, kind: str = "hand_over") -> dict[str, Any]:
    """A list that was brought and checked to its end."""
    shown = (await bring(world, rows, kind=kind)).body
    while shown["checked"] < shown["total"]:
        path = f"/imports/{shown['import_id']}/check"
        answer = await world.tell("intake", path, None, post="committee", unit="C004")
        assert answer.status == 200, answer
        shown = answer.body
    found: dict[str, Any] = shown
    return found


async def confirm(world: World, shown: dict[str, Any], *, digest: str | None = None) -> Answer:
    """The committee confirms a list."""
    body = {"digest": digest or shown["digest"]}
    path = f"/imports/{shown['import_id']}/confirm"
    return await world.tell("intake", path, body, post="committee", unit="C004")
