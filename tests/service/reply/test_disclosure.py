"""A letter on its way to the public and back: proposed, decided, gone through, released."""

import asyncio
from typing import Any

from shared.contracts.assignment import Role
from shared.contracts.registry import Deadline, Reason
from tests.service.reply.longhua import (
    FUTIAN,
    HETAO,
    LONGHUA,
    accepted,
    act,
    approve,
    assigned,
    issue,
    listed,
    office,
    rules,
    seen,
    signed,
    submitted,
    talk,
    task,
)
from tests.world import Answer, World

LEAD, CO_HANDLER = task(LONGHUA), task(FUTIAN, Role.CO_HANDLE)
TEXT = "王志毅委员：电话13812345678，住梅龙路98号。已建成园区。"
REASONS = {"disclosure": (Reason(code="privacy", says="涉及个人隐私"),)}


async def replied(room: World, *, wished: bool = True, **letter: Any) -> Answer:
    """Longhua has replied with a letter that names a phone and an address."""
    known = rules(reasons=REASONS)
    publish = Deadline(count=20, unit="working_days", source="安徽")
    await room.hears(
        "reply",
        known.model_copy(update={"deadlines": {**known.deadlines, "publish": publish}}),
        submitted(HETAO, wants_publication=wished),
        accepted(HETAO, "20240080"),
        assigned(HETAO, LEAD, CO_HANDLER),
        signed(HETAO, LEAD),
        signed(HETAO, CO_HANDLER),
    )
    await act(room, HETAO, "opinion", {"opinion": "同意，联系28123456"}, unit=FUTIAN)
    await talk(room, HETAO)
    await act(room, HETAO, "drafts", {"text": TEXT, "result_class": "A"})
    await approve(room, HETAO)
    return await issue(room, HETAO, **letter)


async def propose(room: World, letter: str = "D09.r1", unit: Any = LONGHUA, **body: Any) -> Answer:
    path = f"/proposals/{HETAO}/letters/{letter}/propose-publication"
    return await room.tell("reply", path, body, post="officer", unit=unit)


async def decide(room: World, letter: str = "D09.r1", **body: Any) -> Answer:
    return await office(room, HETAO, f"letters/{letter}/decide-publication", body)


async def release(room: World, letter: str = "D09.r1", **body: Any) -> Answer:
    return await office(room, HETAO, f"letters/{letter}/release", body)


async def masking(room: World, letter: str = "D09.r1", form: str = "full") -> Any:
    path = f"/proposals/{HETAO}/letters/{letter}/masking"
    answer = await room.ask("reply", path, post="office", form=form)
    assert answer.status == 200
    return answer.body


async def test_from_the_units_proposal_to_the_release_and_back(room: World) -> None:
    issued = await replied(room, publication={"attribute": "open"})
    waiting = await listed(room, "disclosures", waits_for="decision")
    early = await release(room)
    decided = await decide(room, attribute="open")
    shown = await masking(room)
    spans = [{"start": one["start"], "end": one["end"]} for one in shown["proposed"]]
    unconfirmed = await release(room, mask=spans[:1])
    released = await release(room, mask=spans)
    twice = await release(room, mask=spans)
    withdrawn = await office(room, HETAO, "letters/D09.r1/withdraw-release", {"why": "有误"})
    undecided = await release(room, mask=spans)

    assert issued.told == ["ReplyIssued", "PublicationProposed"]
    assert issued.body["events"][0]["data"]["publish"]["on"] == "2024-02-19"
    assert [(row["letter_id"], row["publish_by"]) for row in waiting] == [("D09.r1", "2024-02-19")]
    assert early.code == "not-decided-yet"
    assert decided.told == ["PublicationDecided"]
    assert [(one["kind"], one["text"]) for one in shown["proposed"]] == [
        ("phone", "13812345678"),
        ("address", "住梅龙路98号"),
    ]
    assert unconfirmed.code == "maskings-unconfirmed"
    data = released.body["events"][0]["data"]
    assert data["title"] == "对市政协第20240080号提案《关于hetao的提案》的答复"
    assert "13812345678" not in str(data)
    assert "已建成园区" in data["text"]
    assert twice.code == "already-released"
    assert withdrawn.told == ["ReleaseWithdrawn"]
    assert undecided.code == "not-decided-yet"
    await decide(room, attribute="open")
    assert (await release(room, mask=spans)).status == 200, "released again after a new decision"


async def test_what_is_on_request_only_is_not_released(room: World) -> None:
    await replied(room)

    uncoded = await propose(room, attribute="on_request")
    proposed = await propose(room, attribute="on_request", reason_code="privacy")
    decided = await decide(room, attribute="on_request")
    refused = await release(room)

    assert (uncoded.status, uncoded.code) == (422, "needs-attribute-reason")
    assert proposed.body["events"][0]["data"]["reason"] == "涉及个人隐私"
    assert decided.status == 200
    assert refused.code == "not-open"
    assert [one["letter_id"] for one in await listed(room, "disclosures")] == ["D01.1.o1"]


async def test_the_office_says_why_it_differs(room: World) -> None:
    await replied(room, wished=False)
    await propose(room, attribute="open")

    against = await decide(room, attribute="open")
    explained = await decide(room, attribute="open", form="summary", why="涉及公共利益")
    other_form = await release(room, form="full")
    released = await release(room, form="summary")

    assert against.code == "needs-reason-to-differ"
    assert explained.status == 200
    assert other_form.code == "other-form"
    data = released.body["events"][0]["data"]
    assert (data["text"], data["title"]) == ("已建立协同机制", "对市政协第20240080号提案的答复")


async def test_a_co_handlers_letter_is_published_too(room: World) -> None:
    await replied(room)

    strangers = await propose(room, "D01.1.o1", attribute="open")
    ours = await propose(room, "D01.1.o1", FUTIAN, attribute="open")
    await decide(room, "D01.1.o1", attribute="open")
    shown = await masking(room, "D01.1.o1")
    left = [{"start": one["start"], "end": one["end"]} for one in shown["proposed"]]
    released = await release(room, "D01.1.o1", leave=left)

    assert (strangers.status, strangers.code) == (403, "not-your-letter")
    assert ours.status == 200
    data = released.body["events"][0]["data"]
    assert (data["kind"], data["unit"]) == ("opinion", FUTIAN)
    assert data["title"].endswith("的会办意见")


async def test_a_letter_that_went_back_is_not_published(room: World) -> None:
    await replied(room)
    await office(room, HETAO, "replies/D09.r1/send-back", {"why": "遗漏要点"})

    assert (await propose(room, attribute="open")).code == "letter-void"
    assert (await decide(room, attribute="open")).code == "letter-void"
    assert [one["letter_id"] for one in await listed(room, "disclosures")] == ["D01.1.o1"]


async def test_two_release_at_once(room: World) -> None:
    await replied(room)
    await decide(room, attribute="open", form="summary")

    answers = await asyncio.gather(*(release(room, form="summary") for _ in range(2)))

    assert sorted(answer.status for answer in answers) == [200, 409]
    assert {one.code for one in answers if one.status == 409} == {"already-released"}


async def test_only_the_office_decides_and_what_does_not_exist_is_unknown(room: World) -> None:
    await replied(room)
    path = f"/proposals/{HETAO}/letters/D09.r1"

    by_unit = await room.tell(
        "reply", f"{path}/release", {"form": "full"}, post="head", unit=LONGHUA
    )
    peek = await room.ask("reply", f"{path}/masking", post="head", unit=LONGHUA)
    nowhere = await decide(room, "D09.r9", attribute="open")
    wrong = await release(room, mask=[{"start": 5, "end": 2}])

    assert (by_unit.status, peek.status) == (403, 403)
    assert (nowhere.status, nowhere.code) == (404, "unknown-letter")
    assert wrong.code == "not-decided-yet"
    await decide(room, attribute="open")
    assert (await release(room, mask=[{"start": 5, "end": 2}])).code == "wrong-masking"
    [row] = await listed(room, "disclosures", waits_for="release")
    assert row["letter_id"] == "D09.r1"
    assert [
        one["letter_id"] for one in await listed(room, "disclosures", waits_for="attribute")
    ] == ["D01.1.o1"]
    assert await listed(room, "disclosures", post="officer", unit="D05") == []
    assert len((await seen(room, HETAO))["publications"]) == 2
