"""What reply tells beyond letters: all is read out, and what was taken back is open again."""

from typing import Any

import pytest

from services.portal.domain.fold import READINGS
from services.portal.domain.story import LINES, parts_of, sentence
from shared.contracts import EVERY_EVENT
from shared.contracts.event import ProposalEvent
from shared.contracts.reply import (
    FaceToFaceHeld,
    FaceToFaceOrdered,
    OpinionGiven,
    OpinionWithdrawn,
    PromiseChanged,
    PromiseInherited,
    PromiseMade,
    PublicationDecided,
    RatingAsked,
    ReleaseWithdrawn,
    ReplyReleased,
    ReplySentBack,
)
from tests.domain.portal.stories import CLERK, FRIDAY, HEALTH, LONGHUA, PROPOSAL, folded, row

DUE: dict[str, Any] = {
    "on": "2024-03-15",
    "starts_on": "2024-03-01",
    "clock": "rate",
    "rule": "试用",
    "source": None,
    "calendar": "CN-2024@1",
    "steps": [],
}
PAPER = {
    "signed_by": "林海",
    "signed_on": "2024-03-01",
    "scan": {"name": "扫描件.pdf", "kind": "application/pdf", "size": 1, "digest": "a"},
}
# A value for every field of every event of reply: each takes those that it knows.
ALL: dict[str, Any] = {
    "proposal_id": PROPOSAL,
    "by": CLERK,
    "on": FRIDAY,
    "task_id": "D07.1",
    "unit": LONGHUA,
    "lead": HEALTH,
    "before": HEALTH,
    "handled_in": PROPOSAL,
    "reply_id": "D07.r1",
    "promise_id": "D07.r1.p1",
    "contact_id": "D07.1.c1",
    "disagreement_id": "D07.1.d1",
    "look_back": "2024",
    "item": "D07.r1.p1",
    "seed": "7",
    "round": 1,
    "draft": 2,
    "level": "office",
    "kind": "reply",
    "people": ("李娜",),
    "asked": (HEALTH,),
    "points": ("建园区",),
    "proposer": "李娜",
    "proposers": ("李娜",),
    "unanswered": ("李娜",),
    "says": "没有来过",
    "about": "选址",
    "why": "情况变化",
    "outcome": "另选址",
    "opinion": "同意",
    "summary": "已答复",
    "evidence": "公告",
    "progress": "已开工",
    "text": "建成园区",
    "title": "对提案的答复",
    "due_on": "2024-06-28",
    "before_on": "2024-05-10",
    "held_on": "2024-03-01",
    "result": "agreed",
    "process": "satisfied",
    "found": "solved",
    "attribute": "open",
    "form": "full",
    "reason": "无",
    "document_number": "龙华函〔2024〕1号",
    "result_class": "A",
    "meaning": "solved",
    "rate": DUE,
    "meet": DUE,
    "answer": DUE,
    "publish": DUE,
    "paper": PAPER,
    "letter_id": "D07.1.o1",
    "calendar": "CN-2024@2",
    "moved": (
        {
            "reply_id": "D07.r1",
            "task_id": "D07.1",
            "unit": LONGHUA,
            "clock": "rate",
            "round": 1,
            "before": "2024-03-14",
            "due": DUE,
        },
    ),
}
NAMES: dict[str, str] = {LONGHUA: "龙华区", HEALTH: "市卫健委"}
OURS = sorted(name for name, event in EVERY_EVENT.items() if event.teller() == "reply")


def made(kind: str, **changes: Any) -> ProposalEvent:
    event = EVERY_EVENT[kind].model_validate({**ALL, **changes})
    assert isinstance(event, ProposalEvent)
    return event


@pytest.mark.parametrize("kind", OURS)
def test_every_event_is_read_out_and_written(kind: str) -> None:
    event = made(kind)
    parts = parts_of(kind, event.model_dump(mode="json"))

    said = sentence(kind, parts, lambda code: NAMES.get(code, code))

    assert kind in READINGS
    assert set(LINES[kind].keeps) <= set(type(event).model_fields)
    assert any(name in said.says for name in ("龙华区", "李娜", "市卫健委", "2024年回头看"))
    assert "{" not in said.says
    assert folded(event).lines[0]["parts"] == parts


def test_what_was_signed_on_paper_says_so() -> None:
    parts = parts_of(
        "huiban.reply.ReplyIssued.v1", made("huiban.reply.ReplyIssued.v1").model_dump(mode="json")
    )

    said = sentence("huiban.reply.ReplyIssued.v1", parts, lambda _: "龙华区")

    assert "龙华函〔2024〕1号（林海2024-03-01书面签署）" in said.says


def test_an_opinion_taken_back_is_owed_again_and_may_be_given_again() -> None:
    given = OpinionGiven.model_validate({**ALL, "task_id": "C031.1"})
    back = OpinionWithdrawn.model_validate({**ALL, "task_id": "C031.1"})

    owed = folded(given, back)
    assert row(owed, "tasks", "C031.1")["answered_on"] is None
    assert row(owed, "clocks", "C031.1/answer")["done_on"] is None
    again = folded(given, back, given)
    assert row(again, "clocks", "C031.1/answer")["done_on"] == "2024-01-19"
    assert row(again, "clocks", "C031.1/answer")["reopened"] is True


def test_what_is_sent_back_is_void_with_its_clocks_and_promises() -> None:
    back = ReplySentBack.model_validate({**ALL, "promises": ("D07.r1.p1",)})

    written = folded(PromiseMade.model_validate(ALL), back)

    assert row(written, "replies", "D07.r1")["void_why"] == "情况变化"
    assert row(written, "publications", "D07.r1")["state"] == "void"
    assert row(written, "promises", "D07.r1.p1")["state"] == "void"
    for clock in ("D07.r1/publish", "D07.r1.p1/promise"):
        assert row(written, "clocks", clock)["done_on"] == "2024-01-19"


def test_asking_anew_moves_the_day_by_which_it_is_to_be_rated() -> None:
    written = folded(RatingAsked.model_validate(ALL))

    assert row(written, "clocks", "D07.r1/rate")["due_on"] == "2024-03-15"


def test_a_promise_goes_to_another_day_and_another_unit() -> None:
    written = folded(
        PromiseMade.model_validate(ALL),
        PromiseChanged.model_validate({**ALL, "due_on": "2024-09-30", "text": "一期"}),
        PromiseInherited.model_validate({**ALL, "unit": HEALTH, "before": LONGHUA}),
    )

    promise = row(written, "promises", "D07.r1.p1")
    assert (promise["text"], promise["first_due_on"], promise["due_on"]) == (
        "一期",
        "2024-06-28",
        "2024-09-30",
    )
    assert (promise["unit"], promise["promised_by"]) == (HEALTH, LONGHUA)
    clock = row(written, "clocks", "D07.r1.p1/promise")
    assert (clock["unit"], clock["due_on"]) == (HEALTH, "2024-09-30")


def test_a_letter_is_public_until_it_is_withdrawn() -> None:
    public = folded(ReplyReleased.model_validate(ALL))
    gone = folded(ReplyReleased.model_validate(ALL), ReleaseWithdrawn.model_validate(ALL))

    assert row(public, "publications", "D07.r1")["state"] == "released"
    assert row(public, "clocks", "D07.r1/publish")["done_on"] is not None
    assert (
        row(gone, "publications", "D07.r1")["state"],
        row(gone, "publications", "D07.r1")["text"],
    ) == (
        "withdrawn",
        "",
    )


@pytest.mark.parametrize(("attribute", "waits"), [("open", True), ("closed", False)])
def test_what_is_not_open_is_not_waited_for(attribute: str, waits: bool) -> None:
    written = folded(PublicationDecided.model_validate({**ALL, "attribute": attribute}))

    assert (len(written.rows["clocks"]) == 0) is waits


def test_who_must_meet_owes_it_until_they_met() -> None:
    here = {**ALL, "reply_id": "D07.r2", "round": 2}
    ordered = FaceToFaceOrdered.model_validate({**here, "meet": {**DUE, "clock": "meet"}})
    held = FaceToFaceHeld.model_validate(here)

    waits = row(folded(ordered), "clocks", "D07.r2/meet")
    done = row(folded(ordered, held), "clocks", "D07.r2/meet")

    assert (waits["kind"], waits["unit"], waits["due_on"]) == ("meet", LONGHUA, "2024-03-15")
    assert (waits["done_on"], done["done_on"]) == (None, "2024-01-19")
