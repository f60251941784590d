"""What members and the committee do before a proposal is handed over."""

from io import BytesIO
from typing import Any

import xlsxwriter

from tests.story.office import CITY, COMMITTEE, OFFICE, Refused, act
from tests.world import Answer, World

Sheet = list[list[Any]]


async def begin_draft(world: World, writer: str, *joint: str, **written: Any) -> str:
    """A member begins a draft, alone or with others; its id."""
    body = {
        "title": "关于增开社区巴士的提案",
        "text": "建议如下。",
        "kind": "joint" if joint else "single",
        "joint": [{"name": name, "person": name} for name in joint],
        **written,
    }
    answer = await as_member(world, writer, "/drafts", body)
    return str(answer.body["draft_id"])


async def as_member(world: World, person: str, path: str, body: Any = None) -> Answer:
    """A member of the conference does something at intake."""
    return await act(world, "intake", path, body, post="proposer", unit=CITY, person=person)


async def review(world: World, case: str, verb: str, **body: Any) -> Answer:
    """The committee does something with a proposal."""
    path = f"/proposals/{case}/{verb}"
    return await act(world, "intake", path, body, post="committee", unit=COMMITTEE)


async def upon_group(
    world: World, main: str, verb: str, *, by_office: bool = False, **body: Any
) -> Answer:
    """The committee, or the office, does something with a group."""
    post, unit = ("office", OFFICE) if by_office else ("committee", COMMITTEE)
    path, said = f"/groups/{main}/{verb}", {"why": "经研究", **body}
    return await act(world, "intake", path, said, post=post, unit=unit)


async def merge_by_office(world: World, main: str, *others: str) -> Answer:
    """The office merges what is being handled already."""
    body = {"main": main, "members": [main, *others], "why": "诉求相同"}
    return await act(world, "intake", "/groups", body, post="office", unit=OFFICE)


async def at_intake(world: World, case: str) -> dict[str, Any]:
    """A proposal as intake knows it."""
    answer = await world.ask("intake", f"/proposals/{case}")
    assert answer.status == 200
    found: dict[str, Any] = answer.body
    return found


async def similar(world: World, writer: str, title: str) -> list[dict[str, Any]]:
    """What a member is shown while writing."""
    answer = await as_member(world, writer, "/similar", {"title": title})
    found: list[dict[str, Any]] = answer.body["cases"]
    return found


async def send_file(world: World, path: str, content: bytes, **query: str) -> Answer:
    """The committee sends a file."""
    token = world.token(post="committee", unit=COMMITTEE)
    response = await world["intake"].client.post(
        path,
        content=content,
        params=query,
        headers={"Authorization": f"Bearer {token}", "Huiban-Today": world.today.isoformat()},
    )
    answer = Answer(response.status_code, response.json())
    if answer.status >= 400:
        raise Refused(answer)
    return answer


def workbook(rows: Sheet) -> bytes:
    """An Excel file with these rows."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return written.getvalue()


async def check_list(world: World, rows: Sheet, *, kind: str = "hand_over") -> dict[str, Any]:
    """The committee brings a list and has every row checked."""
    answer = await send_file(world, "/imports", workbook(rows), kind=kind, name="清单.xlsx")
    while answer.body["checked"] < answer.body["total"]:
        path = f"/imports/{answer.body['import_id']}/check"
        answer = await act(world, "intake", path, post="committee", unit=COMMITTEE)
    found: dict[str, Any] = answer.body
    return found


async def confirm_list(world: World, checked: dict[str, Any]) -> Answer:
    """The committee takes the list over."""
    path = f"/imports/{checked['import_id']}/confirm"
    body = {"digest": checked["digest"]}
    return await act(world, "intake", path, body, post="committee", unit=COMMITTEE)


def sentences(checked: dict[str, Any], level: str) -> list[str]:
    """What was found in a list."""
    return [one["says"] for one in checked["findings"] if one["level"] == level]
