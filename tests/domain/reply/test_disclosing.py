"""Three consents, a person who goes through the text, and a way back."""

from dataclasses import replace
from typing import Any

import pytest

from services.reply.domain.disclosing import (
    Attribute,
    Sent,
    decide_publication,
    propose_publication,
    public_title,
    release_letter,
    withdraw_release,
)
from services.reply.domain.masking import Span, proposed_maskings
from services.reply.domain.refusals import (
    AlreadyReleased,
    LetterVoid,
    MaskingsUnconfirmed,
    NeedsAttributeReason,
    NeedsReasonToDiffer,
    NotDecidedYet,
    NoTextKept,
    NothingReleased,
    NotOpen,
    NotYourLetter,
    OtherForm,
    WrongMasking,
)
from shared.contracts.registry import Reason
from shared.rules import NoSuchReason, NotInRules
from tests.domain.reply.longhua import (
    CHEN,
    LONGHUA,
    MONDAY,
    OFFICE,
    PROPOSAL,
    RULES,
    WU,
    with_rules,
)

TEXT = "已答复，电话13812345678。"
SENT = Sent(
    proposal_id=PROPOSAL,
    letter_id="D09.r1",
    unit=LONGHUA,
    kind="reply",
    title="对市政协提案的答复",
    full=TEXT,
    summary="已答复",
)
DECIDED = replace(SENT, decided="open")
WITH_REASONS = with_rules(reasons={"disclosure": (Reason(code="privacy", says="涉及个人隐私"),)})
PHONE = Span(6, 17)


def propose(sent: Sent, attribute: Attribute, by: Any = CHEN, rules: Any = WITH_REASONS) -> Any:
    return propose_publication(sent, attribute=attribute, by=by, on=MONDAY, rules=rules)


def decide(sent: Sent, attribute: Any = "open", why: str | None = None, form: Any = "full") -> Any:
    return decide_publication(
        sent, attribute=attribute, form=form, why=why, by=OFFICE, on=MONDAY, rules=RULES
    )


def release(sent: Sent = DECIDED, *, form: Any = "full", **marked: Any) -> Any:
    return release_letter(
        sent,
        form=form,
        proposed=proposed_maskings(sent.text(form)),
        mask=marked.get("mask", []),
        leave=marked.get("leave", []),
        by=OFFICE,
        on=MONDAY,
    )


def test_the_unit_proposes_and_gives_a_coded_reason_where_it_is_not_open() -> None:
    assert propose(SENT, Attribute("open")).reason is None
    proposed = propose(SENT, Attribute("closed", "privacy"))
    assert (proposed.reason_code, proposed.reason) == ("privacy", "涉及个人隐私")
    assert propose(SENT, Attribute("closed", "privacy", "涉企")).reason == "涉企"
    with pytest.raises(NeedsAttributeReason):
        propose(SENT, Attribute("on_request"))
    with pytest.raises(NoSuchReason):
        propose(SENT, Attribute("closed", "shy"))
    with pytest.raises(NotInRules):
        propose(SENT, Attribute("closed", "privacy"), rules=RULES)


def test_only_the_unit_whose_letter_it_is_proposes() -> None:
    with pytest.raises(NotYourLetter):
        propose(SENT, Attribute("open"), by=WU)


def test_the_office_gives_a_reason_where_it_differs_from_wish_or_proposal() -> None:
    assert decide(SENT).attribute == "open"
    assert decide(replace(SENT, proposed="closed"), "closed").reason is None
    for sent, attribute in (
        (replace(SENT, wished=False), "open"),
        (replace(SENT, proposed="closed"), "open"),
        (replace(SENT, proposed="open"), "on_request"),
        (SENT, "closed"),
    ):
        with pytest.raises(NeedsReasonToDiffer, match="须说明理由"):
            decide(sent, attribute)
        assert decide(sent, attribute, "经研究").reason == "经研究"


def test_a_person_confirms_each_proposed_masking_or_leaves_it() -> None:
    with pytest.raises(
        MaskingsUnconfirmed, match="还有1处疑似个人信息没有确认，第一处是“13812345678”"
    ):
        release()
    assert release(mask=[PHONE]).text == "已答复，电话＊＊＊＊＊＊＊＊＊＊＊。"
    assert release(leave=[PHONE]).text == TEXT
    more = release(mask=[PHONE, Span(0, 3)])
    assert more.text.startswith("＊＊＊，"), "a person may cover more than was proposed"


@pytest.mark.parametrize("span", [Span(-1, 2), Span(3, 3), Span(0, len(TEXT) + 1)])
def test_a_masking_lies_within_the_text(span: Span) -> None:
    with pytest.raises(WrongMasking):
        release(mask=[PHONE, span])


def test_a_summary_is_released_where_that_was_decided() -> None:
    summary = replace(DECIDED, form="summary")

    assert release(summary, form="summary").text == "已答复"
    with pytest.raises(OtherForm):
        release(summary, mask=[PHONE])


def test_a_letter_whose_words_were_not_kept_has_only_its_summary() -> None:
    with pytest.raises(NoTextKept):
        release(replace(DECIDED, full=None))


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (SENT, NotDecidedYet),
        (replace(SENT, decided="on_request"), NotOpen),
        (replace(SENT, decided="closed"), NotOpen),
        (replace(DECIDED, released=True), AlreadyReleased),
        (replace(DECIDED, void=True), LetterVoid),
    ],
)
def test_what_is_not_released(sent: Sent, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        release(sent, mask=[PHONE])


def test_what_is_public_is_withdrawn_before_it_is_decided_anew() -> None:
    public = replace(DECIDED, released=True)

    with pytest.raises(AlreadyReleased):
        decide(public, "closed", "改判")
    withdrawn = withdraw_release(public, why="信息有误", by=OFFICE, on=MONDAY, rules=RULES)
    assert withdrawn.why == "信息有误"
    with pytest.raises(NothingReleased):
        withdraw_release(SENT, why="无", by=OFFICE, on=MONDAY, rules=RULES)


def test_what_went_back_is_neither_proposed_nor_decided() -> None:
    void = replace(SENT, void=True)

    with pytest.raises(LetterVoid):
        propose(void, Attribute("open"))
    with pytest.raises(LetterVoid):
        decide(void)


def test_a_title_names_the_matter_only_if_the_proposer_agrees() -> None:
    assert public_title("reply", number="20240080", title="河套") == (
        "对市政协第20240080号提案《河套》的答复"
    )
    assert public_title("opinion", number=None, title=None) == "对市政协提案的会办意见"
