"""Attachments over HTTP: known by their content, kept once, delivered to be saved."""

from pathlib import Path

import pytest

from tests.conftest import Opening
from tests.service.intake.acts import called, draft, fetch, page, review, send_file, submit
from tests.service.intake.conftest import RULES
from tests.world import Answer, World

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"


async def bring(
    world: World, content: bytes = PDF, name: str = "方案.pdf", *, person: str = "p-wang"
) -> Answer:
    return await send_file(
        world, "/attachments", content, name=name, post="proposer", unit="C001", person=person
    )


def kept_in(folder: Path) -> list[str]:
    """The digests under which files are kept."""
    return [path.name for path in folder.rglob("*") if path.is_file()]


async def test_a_file_is_kept_by_its_digest(intake: World, tmp_path: Path) -> None:
    first = await bring(intake)
    again = await bring(intake, name="另一个名字.pdf", person="p-wu")

    assert first.status == 201
    assert first.body | {"name": ""} == again.body | {"name": ""}
    assert (first.body["kind"], first.body["size"]) == ("application/pdf", len(PDF))
    assert kept_in(tmp_path) == [first.body["digest"]]


async def test_it_goes_with_the_proposal_and_is_delivered_as_a_download(intake: World) -> None:
    brought = (await bring(intake)).body
    file = {"name": brought["name"], "digest": brought["digest"]}
    await draft(intake, draft_id=called("d"), attachments=[file])
    path = f"/drafts/{called('d')}/attachments/{brought['digest']}"
    before = await fetch(intake, path, post="proposer", unit="C001", person="p-wang")
    submitted = await intake.tell(
        "intake", f"/drafts/{called('d')}/submit", None, post="proposer", person="p-wang"
    )

    response = await fetch(intake, f"/proposals/{called('d')}/attachments/{brought['digest']}")

    assert before.content == response.content == PDF
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E6")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in response.headers["content-security-policy"]
    told = submitted.body["events"][0]["data"]["attachments"]
    assert told == [brought]


async def test_who_may_not_see_the_proposal_does_not_get_its_files(intake: World) -> None:
    brought = (await bring(intake)).body
    file = {"name": brought["name"], "digest": brought["digest"]}
    await draft(intake, draft_id=called("d"), attachments=[file])
    await intake.tell(
        "intake", f"/drafts/{called('d')}/submit", None, post="proposer", person="p-wang"
    )
    path = f"/proposals/{called('d')}/attachments"

    stranger = await fetch(
        intake, f"{path}/{brought['digest']}", post="proposer", unit="C001", person="p-wu"
    )
    nothing = await fetch(intake, f"{path}/{'0' * 64}")

    assert (stranger.status_code, nothing.status_code) == (404, 404)


async def test_one_attaches_what_one_has_brought(intake: World) -> None:
    brought = (await bring(intake)).body

    answer = await draft(
        intake, person="p-wu", attachments=[{"name": "方案.pdf", "digest": brought["digest"]}]
    )

    assert (answer.status, answer.code) == (422, "not-uploaded")


async def test_a_revision_keeps_the_files_that_were_there(intake: World) -> None:
    brought = (await bring(intake)).body
    file = {"name": brought["name"], "digest": brought["digest"]}
    await draft(intake, draft_id=called("d"), attachments=[file])
    await intake.tell(
        "intake", f"/drafts/{called('d')}/submit", None, post="proposer", person="p-wang"
    )
    await review(intake, "d", "send-back", why="请修改")

    body = {"title": "关于公交的提案", "text": "改了。", "attachments": [file]}
    revised = await review(intake, "d", "revise", **body)

    assert revised.status == 200
    assert (await page(intake, "d"))["attachments"] == [brought]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"MZ\x90\x00" + b"\x00" * 300, "方案.pdf", "kind-not-allowed"),
        (b"<html><script>alert(1)</script></html>", "说明.txt", "kind-not-allowed"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "照片.png", "kind-not-allowed"),
        (PDF, "方案.docx", "name-unlike-content"),
        (b"", "空.pdf", "file-empty"),
        (PDF + b" " * 1000, "大.pdf", "file-too-large"),
        (PDF + b" " * 5_000_000, "更大.pdf", "file-too-large"),
    ],
)
async def test_what_is_no_attachment_is_refused_by_its_content(
    intake: World, content: bytes, name: str, code: str
) -> None:
    answer = await bring(intake, content, name)

    assert (answer.status, answer.code) == (422, code)
    assert name in answer.says


async def test_only_files_may_be_larger_than_a_form(intake: World) -> None:
    answer = await send_file(intake, "/similar", b" " * 5_000_000)

    assert (answer.status, answer.code) == (413, "http-413")


async def test_there_are_not_more_than_the_rules_allow(intake: World) -> None:
    files = [
        (await bring(intake, text.encode(), f"{text}.txt", person="committee.C004")).body
        for text in ("甲", "乙", "丙")
    ]
    named = [{"name": one["name"], "digest": one["digest"]} for one in files]
    for one in ("甲", "乙", "丙"):
        await send_file(intake, "/attachments", one.encode(), name=f"{one}.txt")

    too_many = await submit(intake, "a", attachments=named)
    twice = await submit(intake, "a", attachments=[named[0], named[0]])
    two = await submit(intake, "a", attachments=named[:2])

    assert (too_many.code, twice.code) == ("too-many-attachments", "attached-twice")
    assert two.status == 201


async def test_a_file_that_is_lost_is_not_found(intake: World, tmp_path: Path) -> None:
    brought = (await send_file(intake, "/attachments", PDF, name="方案.pdf")).body
    file = {"name": brought["name"], "digest": brought["digest"]}
    await submit(intake, "a", attachments=[file])
    for path in (tmp_path / "attachments").rglob(brought["digest"]):
        path.unlink()

    response = await fetch(intake, f"/proposals/{called('a')}/attachments/{brought['digest']}")

    assert response.status_code == 404


async def test_without_a_place_for_them_none_is_taken(
    open_world: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HUIBAN_STORE", raising=False)
    async with open_world("intake") as world:
        await world.hears("intake", RULES)

        answer = await send_file(world, "/attachments", PDF, name="方案.pdf")

    assert (answer.status, answer.code) == (503, "store-missing")


async def test_a_store_that_is_away_says_so(
    open_world: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("HUIBAN_STORE", str(tmp_path / "file" / "store"))
    async with open_world("intake") as world:
        await world.hears("intake", RULES)

        answer = await send_file(world, "/attachments", PDF, name="方案.pdf")

    assert (answer.status, answer.code) == (503, "store-away")
