"""What somebody reads before they approve: a version beside an earlier one, and its hands."""

from typing import Any

from services.portal.domain.versions import (
    Hand,
    Reading,
    Version,
    hands_of_opinion,
    hands_of_reply,
    opinions_of,
    reading,
    replies_of,
)


def draft(number: int, text: str | None = "正文", **more: Any) -> dict[str, Any]:
    return {
        "task_id": "D07.1",
        "unit": "D07",
        "round": 1,
        "draft": number,
        "result_class": "A",
        "drafted_on": f"2024-03-0{number}",
        "drafter": "陈",
        "approved_on": None,
        "approver": None,
        "endorsed_on": None,
        "endorser": None,
        "sent_back_on": None,
        "sent_back_by": None,
        "sent_back_why": None,
        "unanswered": [],
        "text": text,
        **more,
    }


BACK = {"sent_back_on": "2024-03-03", "sent_back_by": "孙", "sent_back_why": "补充数据"}
APPROVED = {"approved_on": "2024-03-04", "approver": "孙"}


def read(*drafts: dict[str, Any], shown: str = "", since: str = "", **told: Any) -> Reading | None:
    whole = {"drafts": drafts, **told}
    return reading(
        replies_of(whole, "D07.1"),
        hands=lambda one: list(hands_of_reply(whole, "D07.1", one, named=lambda code: code)),
        shown=shown,
        since=since,
    )


def test_the_newest_is_read_beside_the_one_that_was_sent_back() -> None:
    found = read(draft(1, "一", **BACK), draft(2, "二"), draft(3, "三"))

    assert found is not None
    assert (found.shown.number, found.since and found.since.number) == (3, 1)
    assert found.changed


def test_else_beside_the_one_before_and_the_first_beside_none() -> None:
    second, first = read(draft(1), draft(2)), read(draft(1))

    assert second is not None
    assert second.since is not None
    assert second.since.number == 1
    assert second.changed == 0
    assert first is not None
    assert first.since is None


def test_any_two_can_be_chosen_and_nonsense_chooses_nothing() -> None:
    drafts = [draft(1), draft(2), draft(3)]

    chosen, nonsense = read(*drafts, shown="1.2", since="1.3"), read(*drafts, shown="9", since="x")

    assert chosen is not None
    assert (chosen.shown.number, chosen.since and chosen.since.number) == (2, 3)
    assert nonsense is not None
    assert nonsense.shown.number == 3


def test_what_is_not_for_the_reader_is_not_read() -> None:
    assert read(draft(1, None)) is None
    assert read() is None


def hands(*drafts: dict[str, Any], **told: Any) -> list[Hand]:
    found = read(*drafts, **told)
    assert found is not None
    return list(found.hands)


def test_whose_turn_it_is_is_said() -> None:
    assert [(one.does, one.where) for one in hands(draft(1))] == [
        *(("拟稿", "done"), ("审签", "now"), ("签发", "later")),
    ]
    assert [(one.does, one.where) for one in hands(draft(1, **APPROVED))] == [
        *(("拟稿", "done"), ("审签", "done"), ("签发", "now")),
    ]


def asked(unit: str, state: str, **more: Any) -> dict[str, Any]:
    return {
        "task_id": "D07.1",
        "round": 1,
        "draft": 1,
        "unit": unit,
        "state": state,
        "answered_on": None,
        "answered_by": None,
        "why": None,
        **more,
    }


def test_each_unit_that_was_asked_to_sign_is_a_hand() -> None:
    signed = asked("C020", "signed", answered_on="2024-03-05", answered_by="魏")

    found = hands(draft(1, **APPROVED), countersigns=[signed, asked("C028", "open")])

    assert [(one.does, one.where, one.who) for one in found[2:]] == [
        *(("会签", "done", "C020魏"), ("会签", "now", "C028"), ("签发", "later", "")),
    ]


def test_with_a_version_that_was_sent_back_it_ends_and_the_reason_stands() -> None:
    refused = asked("C020", "sent_back", answered_on="2024-03-05", answered_by="魏", why="数据有误")

    found = hands(draft(1, **APPROVED, **BACK), countersigns=[refused, asked("C028", "ended")])

    assert [(one.where, one.why) for one in found[2:]] == [
        *(("back", "数据有误"), ("later", ""), ("back", "补充数据")),
    ]


def test_an_opinion_goes_through_three_hands() -> None:
    opinion = {
        "task_id": "C020.1",
        "draft": 1,
        "text": "同意",
        "contradicts": "选址",
        "drafted_on": "2024-03-01",
        "drafter": "魏",
        "checked_on": "2024-03-02",
        "checker": "吴",
        "sent_back_on": None,
        "sent_back_by": None,
        "sent_back_why": None,
    }
    told = {"opinion_drafts": [opinion]}
    [version] = opinions_of(told, "C020.1")

    assert version.text == "同意\n与主办意见不一致之处：选址"
    assert [one.where for one in hands_of_opinion(told, "C020.1", version)] == [
        *("done", "done", "now"),
    ]


def test_a_version_says_which_round_it_is_of() -> None:
    version = Version(2, "正文", "陈", replies_of({"drafts": [draft(1)]}, "D07.1")[0].drafted_on, 2)

    assert version.says == "第2次答复第2稿（陈，2024-03-01）"
    assert version.code == "2.2"
