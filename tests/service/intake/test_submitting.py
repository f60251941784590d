"""Handing in over HTTP: what was written is kept and told, and form is refused in sentences."""

from typing import Any

import pytest

from tests.service.intake.acts import called, page, submit
from tests.world import World


async def test_a_proposal_is_kept_as_it_was_handed_in(intake: World) -> None:
    answer = await submit(
        intake,
        "bus",
        title="  关于增开社区公交的提案 ",
        kind="joint",
        proposers=[{"name": "王志毅", "person": "p-wang"}, {"name": "吴联喜"}],
        category="社会",
        suggested_units=["市交通运输局"],
        wants_publication=False,
        origin="composed",
        source="为演示编写",
    )

    assert answer.status == 201
    assert answer.told == ["ProposalSubmitted"]
    shown = await page(intake, "bus")
    assert shown["title"] == "关于增开社区公交的提案"
    assert shown["text"] == "建议增开社区公交。"
    assert shown["proposers"] == [
        {"name": "王志毅", "person": "p-wang"},
        {"name": "吴联喜", "person": None},
    ]
    assert (shown["kind"], shown["category"], shown["state"]) == ("joint", "社会", "submitted")
    assert (shown["suggested_units"], shown["wants_publication"]) == (["C020"], False)
    assert (shown["origin"], shown["source"]) == ("composed", "为演示编写")
    assert (shown["submitted_on"], shown["number"]) == ("2024-01-15", None)


async def test_without_an_id_it_gets_one(intake: World) -> None:
    answer = await submit(intake, proposal_id=None)

    [told] = answer.body["events"]
    seen = await intake.ask("intake", f"/proposals/{told['key']}")
    assert seen.body["proposal_id"] == told["data"]["proposal_id"]


async def test_the_same_id_is_not_used_twice(intake: World) -> None:
    await submit(intake, "bus")

    answer = await submit(intake, "bus", title="另一件")

    assert (answer.status, answer.code) == (409, "already-submitted")
    assert (await page(intake, "bus"))["title"] == "关于bus的提案"


async def test_sent_again_under_the_same_idempotency_key_it_is_handed_in_once(
    intake: World,
) -> None:
    body = {
        "year": 2024,
        "title": "关于公交的提案",
        "text": "建议增开。",
        "kind": "single",
        "proposers": [{"name": "王志毅"}],
    }
    answers = [
        await intake.tell(
            "intake",
            "/proposals",
            body,
            post="committee",
            unit="C004",
            headers={"Idempotency-Key": "k1"},
        )
        for _ in range(2)
    ]

    assert answers[0].body == answers[1].body
    assert await intake.told_by("intake") == ["ProposalSubmitted"]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"proposers": [{"name": "甲"}, {"name": "乙"}]}, "single-has-one-proposer"),
        ({"kind": "joint"}, "joint-needs-two"),
        (
            {"kind": "collective", "proposers": [{"name": "甲"}, {"name": "乙"}]},
            "collective-is-one-body",
        ),
        (
            {"kind": "joint", "proposers": [{"name": "甲"}, {"name": "甲"}]},
            "proposer-named-twice",
        ),
        ({"title": " "}, "title-missing"),
        ({"text": "\n"}, "text-missing"),
        ({"title": "题" * 31}, "title-too-long"),
        ({"text": "文" * 101}, "text-too-long"),
        ({"suggested_units": ["C003", "C004", "C020"]}, "too-many-suggested-units"),
        ({"suggested_units": ["C020", "市交通运输局"]}, "unit-suggested-twice"),
        ({"title": "题" * 501}, "malformed"),
        ({"kind": "unknown"}, "malformed"),
        ({"proposers": []}, "malformed"),
        ({"year": 24}, "malformed"),
        ({"subject": "题"}, "malformed"),
        ({"text": "\x00"}, "malformed"),
    ],
)
async def test_what_does_not_keep_to_the_form_is_refused(
    intake: World, form: dict[str, Any], code: str
) -> None:
    answer = await submit(intake, **form)

    assert (answer.status, answer.code) == (422, code)
    assert await intake.told_by("intake") == []


async def test_a_unit_is_found_whole_or_not_at_all(intake: World) -> None:
    answer = await submit(intake, suggested_units=["交通"])

    assert (answer.status, answer.code) == (404, "unknown-unit")
    assert "没有名为“交通”的单位" in answer.says


async def test_a_proposer_hands_in_their_own_proposal_only(intake: World) -> None:
    body = {
        "year": 2024,
        "title": "关于公交的提案",
        "text": "建议增开。",
        "kind": "single",
        "proposers": [{"name": "王志毅", "person": "p-wang"}],
    }

    own = await intake.tell("intake", "/proposals", body, post="proposer", person="p-wang")
    other = await intake.tell("intake", "/proposals", body, post="proposer", person="p-wu")

    assert own.status == 201
    assert (other.status, other.code) == (403, "not-among-proposers")


async def test_a_unit_s_officer_does_not_submit(intake: World) -> None:
    answer = await intake.tell("intake", "/proposals", {}, post="officer", unit="C020")

    assert answer.status == 403


async def test_an_unknown_proposal_has_no_page(intake: World) -> None:
    answer = await intake.ask("intake", f"/proposals/{called('nothing')}")

    assert (answer.status, answer.code) == (404, "unknown")
